use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use scraper::{Html, Selector};

use super::*;
use crate::document::{
    Attention, Cell, Column, Command, Entry, Facts, Fold, Inline, Level, Line, Mark, Notice, Rating, Row,
    Severity, Table, Trend,
};

/// Texts that try to be more than text.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" style=\"position:fixed\" x=\"",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</td></tr></table><form action=//evil.example>",
    "<!--",
    "]]><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% include 'pmo.toml' %}{# no #}",
    "&lt;b&gt; &#60;script&#62; &amp",
    "javascript:alert(1) https://evil.example/",
    "\u{202e}live\u{2066}\u{200f}\u{200b}",
    "\u{0}\u{1b}[31m\u{7f}\u{9b}31m\u{85}",
    "line\r\nbreak\u{2028}and\u{2029}\ttab",
    "\u{e000}# \u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{feff}",
];

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn ratings() -> Vec<Rating> {
    let mut all = Vec::new();
    for level in [Level::Red, Level::AmberRed, Level::Amber, Level::AmberGreen, Level::Green, Level::Grey] {
        for mark in [Mark::Level, Mark::NotReported, Mark::GreenerThanFigures] {
            for trend in [None, Some(Trend::Better), Some(Trend::Same), Some(Trend::Worse)] {
                all.extend(
                    [Rating::shape(level), Rating::word(level), Rating::both(level)]
                        .map(|rating| rating.marked(mark).moved(trend)),
                );
            }
        }
    }
    all
}

/// Every kind of cell, with this text wherever a cell takes text.
fn cells(text: &str) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Empty,
        Cell::Missing,
        Cell::text(text),
        Cell::reference(text),
        Cell::Integer(-3),
        Cell::Number { value: Decimal::new(12345678, 2), decimals: 1, unit: Some(text.to_owned()) },
        Cell::money(1_250_000, text),
        Cell::money_change(-5, text),
        Cell::percent_change(12),
        Cell::date(date(2027, 2, 28)),
        Cell::date(date(12026, 2, 28)),
        Cell::Span(date(2026, 11, 16), date(2026, 11, 22)),
        Cell::Days(76),
        Cell::Spark(vec![Some(Decimal::ONE), None, Some(Decimal::TEN)]),
        Cell::Spark(vec![None]),
    ];
    cells.extend(ratings().into_iter().step_by(17).map(Cell::from));
    cells
}

/// Every kind of span with this text.
fn line(text: &str) -> Line {
    let mut line = Line::new().text(text).strong(text).dim(text).code(text);
    line.0.extend(cells(text).into_iter().map(Inline::Value));
    line
}

/// A page with every kind of block, and this text in every place that takes one.
fn page(text: &str) -> Document {
    let mut page = Document::new(text, date(2026, 11, 20))
        .subtitle(text)
        .source(text)
        .imprint("source", "Source", text)
        .imprint("day", "Day", "2026-11-20");
    for severity in [Severity::Info, Severity::Warning, Severity::Error] {
        page.push(Block::Notice(Notice { severity, text: line(text), next: Some(text.into()) }));
    }
    page.paragraph(line(text));
    for columns in [1, 3] {
        let mut facts = Facts::new("facts", columns);
        facts.add("fact", text, line(text));
        page.push(Block::Facts(facts));
    }
    page.table(table(text));
    for sheet in [false, false, false, true, true] {
        if sheet {
            page.push(Block::NewPage(text.into()));
            page.paragraph(text);
        }
        page.heading(text);
        page.push(Block::List(vec![line(text), line(text)]));
        page.push(Block::Attention(vec![Attention {
            mark: Some(Rating::shape(Level::Red)),
            subject: text.into(),
            text: line(text),
            next: Some(text.into()),
        }]));
        page.table(table(text));
    }
    let (subject, points) = (text.to_owned(), vec![line(text), line(text)]);
    let entry = Entry { mark: Some(Rating::shape(Level::Red)), subject, text: line(text), points };
    let blocks = vec![Block::Entries(vec![entry]), Block::Table(table(text))];
    page.push(Block::Fold(Fold { title: text.into(), blocks }));
    page.push(Block::Commands(vec![Command::noted(text, text), Command::new(text)]));
    page
}

fn table(text: &str) -> Table {
    let row = cells(text);
    let mut columns: Vec<Column> = (0..row.len())
        .map(|at| match at % 4 {
            0 => Column::new(format!("key_{at}"), text).group(text),
            1 => Column::figures(text, "").unit(text),
            2 => Column::ratings("quality", "qual").stretch(),
            _ => Column::new("name", text),
        })
        .collect();
    columns[0].hugs = true;
    let mut table = Table::new(text, columns);
    table.row(row.clone());
    table.rows.push(Row::Group(text.into()));
    // A column of which every cell is empty is not shown at all.
    table.row(row.iter().map(|cell| if *cell == Cell::Empty { "x".into() } else { cell.clone() }).collect());
    table.footer.push(row);
    table.note = Some(line(text));
    table
}

fn made(document: &Document) -> String {
    html(document, false, &Templates::built_in()).unwrap()
}

fn parsed(html: &str) -> Html {
    let parsed = Html::parse_document(html);
    assert_eq!(parsed.errors, Vec::<String>::new(), "{html}");
    parsed
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The elements of a page in order, with the names of their attributes.
fn shape(page: &Html) -> Vec<String> {
    let element = |element: scraper::ElementRef<'_>| {
        let names: BTreeSet<&str> = element.value().attrs().map(|(name, _)| name).collect();
        format!("{} {names:?}", element.value().name())
    };
    select(page, "*").into_iter().map(element).collect()
}

#[test]
fn hostile_text_is_inert_in_every_place() {
    let harmless = shape(&parsed(&made(&page("harmless"))));
    assert!(harmless.len() > 1000);
    for text in HOSTILE {
        let html = made(&page(text));
        let obeyed =
            |c: char| (c.is_control() && !"\n\t".contains(c)) || "\u{202e}\u{2066}\u{200f}".contains(c);
        assert!(!html.contains(obeyed), "{text:?}");
        assert_eq!(shape(&parsed(&html)), harmless, "{text:?}");
    }
}

#[test]
fn what_was_written_is_what_is_read() {
    for text in HOSTILE.iter().take(12) {
        let page = parsed(&made(&page(text)));
        for (selector, at) in
            [("h1", 0), ("h2", 2), ("nav a", 0), ("dt", 0), ("code.next", 0), ("th .ref", 0)]
        {
            let found: String = select(&page, selector)[at].text().collect();
            assert_eq!(found, *text, "{selector}");
        }
        let meta = select(&page, "meta[name='pmo:source']");
        assert_eq!(meta[0].attr("content"), Some(*text));
    }
}

#[test]
fn nothing_runs_and_nothing_is_fetched() {
    let page = parsed(&made(&page("x")));
    assert!(select(&page, "script, link, img, iframe, object, embed, form, base, [style], [src]").is_empty());
    for link in select(&page, "[href]") {
        assert!(link.attr("href").unwrap().starts_with('#'));
    }
    let policy = select(&page, "meta[http-equiv='Content-Security-Policy']")[0].attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    let style: String = select(&page, "style")[0].text().collect();
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("{#"), "{style}");
}

#[test]
fn the_page_has_landmarks_headings_in_order_and_ids_once() {
    let page = parsed(&made(&page("Some words")));
    assert_eq!(select(&page, "html")[0].attr("lang"), Some("en-GB"));
    for landmark in ["body > header", "body > nav[aria-label]", "body > main", "body > footer", "title", "h1"]
    {
        assert_eq!(select(&page, landmark).len(), 1, "{landmark}");
    }
    let headings: Vec<&str> =
        select(&page, "h1, h2, h3, h4, h5, h6").iter().map(|heading| heading.value().name()).collect();
    assert_eq!(headings, ["h1", "h2", "h2", "h2", "h2", "h3", "h2", "h3"]);
    assert_eq!(select(&page, "nav a").len(), 5);
    let ids: Vec<&str> = select(&page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    let there = |id: &str| assert!(ids.contains(&id), "{id} of {ids:?}");
    for link in select(&page, "a") {
        there(link.attr("href").unwrap().trim_start_matches('#'));
    }
    for region in select(&page, "[aria-labelledby]") {
        there(region.attr("aria-labelledby").unwrap());
    }
    // The skip link is the first thing that the keyboard reaches.
    assert_eq!(select(&page, "a")[0].attr("href"), Some("#content"));
}

#[test]
fn a_table_says_what_its_titles_stand_for() {
    let page = parsed(&made(&page("Some words")));
    for table in select(&page, "table") {
        let captions = table.select(&Selector::parse("caption").unwrap()).count();
        assert_eq!(captions, 1);
        // Every row covers as many columns as the first body row.
        let cells = |row: scraper::ElementRef<'_>| -> usize {
            let span = |cell: scraper::ElementRef<'_>| cell.attr("colspan").map_or(1, |n| n.parse().unwrap());
            row.child_elements().map(span).sum()
        };
        let rows = Selector::parse("tbody tr, tfoot tr").unwrap();
        assert_eq!(table.select(&rows).map(cells).collect::<BTreeSet<_>>().len(), 1);
        let parent = scraper::ElementRef::wrap(table.parent().unwrap()).unwrap();
        assert_eq!(parent.attr("tabindex"), Some("0"), "who has no mouse cannot scroll");
    }
    let titles = select(&page, "th");
    assert!(titles.len() > 20);
    for title in titles {
        let scope = title.attr("scope").unwrap();
        assert!(["col", "colgroup", "row", "rowgroup"].contains(&scope), "{scope}");
        assert!(title.text().any(|text| !text.trim().is_empty()), "a title without words");
    }
    assert!(!select(&page, "tbody th[scope=row]").is_empty());
}

#[test]
fn a_rating_is_never_colour_alone() {
    let mut document = Document::new("t", date(2026, 11, 20));
    for rating in ratings() {
        document.paragraph(Cell::from(rating));
    }
    let page = parsed(&made(&document));
    let words = ["red", "amber-red", "amber", "amber-green", "green", "grey", "not rated"];
    let shown = select(&page, "main .rag");
    assert_eq!(shown.len(), ratings().len());
    for (found, rating) in shown.iter().zip(ratings()) {
        let text: String = found.text().collect();
        assert!(words.iter().any(|word| text.contains(word)), "{text}");
        assert!(text.contains(rating.level.word()) || rating.level == Level::Grey, "{text}");
    }
    // What the eye sees differs from level to level, in black and white as well.
    let levels = [Level::Red, Level::AmberRed, Level::Amber, Level::AmberGreen, Level::Green, Level::Grey];
    let mut document = Document::new("t", date(2026, 11, 20));
    for level in levels {
        document.paragraph(Cell::from(Rating::shape(level)));
    }
    let page = parsed(&made(&document));
    let seen: BTreeSet<String> =
        select(&page, "main .rag > [aria-hidden]").iter().map(|shape| shape.text().collect()).collect();
    assert_eq!(seen.len(), levels.len(), "{seen:?}");
}

#[test]
fn colours_have_contrast_in_light_dark_and_print() {
    let css = Templates::built_in().source("report-style.css").unwrap().to_owned();
    let mut themes = 0;
    for block in css.split(":root {").skip(1) {
        themes += 1;
        let block = block.split('}').next().unwrap();
        let colour = |name: &str| luminance(block.split(&format!("--{name}: #")).nth(1).unwrap());
        for ground in ["paper", "soft"] {
            for ink in ["ink", "dim", "red", "amber", "green", "link"] {
                let (a, b) = (colour(ink), colour(ground));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= 4.5, "{ink} on {ground} in theme {themes}: {ratio:.2}");
            }
        }
    }
    assert_eq!(themes, 3);
}

/// The relative luminance of `rrggbb`, by WCAG 2.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn a_register_pours_the_page_into_a_layout_of_its_own() {
    let own = "<html lang={{ lang }}><title>Ours: {{ title }}</title>{{ body }}";
    let templates = Templates::with_own([(LAYOUT.to_owned(), own.to_owned())]);
    let mut document = Document::new("A & B", date(2026, 11, 20));
    document.paragraph("<b>");
    let made = html(&document, false, &templates).unwrap();
    assert_eq!(made, "<html lang=en-GB><title>Ours: A &amp; B</title><p>&lt;b&gt;</p>\n\n");
    let css = [("report-style.css".to_owned(), ":root { --ink: #123456; }".to_owned())];
    assert!(html(&document, false, &Templates::with_own(css)).unwrap().contains("--ink: #123456"));
}
