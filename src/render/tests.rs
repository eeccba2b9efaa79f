//! The same page through every renderer.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use snapbox::{assert_data_eq, file};

use super::*;
use crate::document::{
    Attention, Block, Cell, Column, Command, Document, Entry, Facts, Fold, Level, Line, Mark, Notice, Rating,
    Row, Severity, Table, Trend,
};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn portfolio() -> Table {
    let columns = vec![
        Column::marker("mark"),
        Column::new("project", "Project").stretch(),
        Column::new("manager", "Manager").priority(6).stretch(),
        Column::new("phase", "Phase").priority(7),
        Column::new("overall", "Overall").group("as reported"),
        Column::ratings("schedule", "Sched").group("as reported").priority(3),
        Column::ratings("cost", "Cost").group("as reported").priority(3),
        Column::ratings("computed", "say").group("figures").priority(1),
        Column::figures("done", "Done").priority(4),
        Column::figures("budget", "Budget").group("EUR").unit("EUR").priority(5),
        Column::figures("forecast", "Forecast").group("EUR").unit("EUR").priority(2),
        Column::figures("variance", "±").priority(2),
        Column::figures("finish", "Baseline").group("finish").priority(8),
        Column::figures("slip", "Slip").group("finish").priority(1),
        Column::new("top_risk", "Top risk").priority(9),
        Column::data("currency"),
    ];
    let money = |amount: i64| Cell::money(Decimal::from(amount), "EUR");
    let mut table = Table::new("projects", columns).main();
    table.group("Customer 360");
    table.row(vec![
        Rating::shape(Level::Red).into(),
        Cell::reference("erp-rollout"),
        "Novak".into(),
        "build".into(),
        Rating::word(Level::Red).moved(Some(Trend::Worse)).into(),
        Rating::shape(Level::Red).into(),
        Rating::shape(Level::Amber).into(),
        Rating::shape(Level::Red).into(),
        Cell::percent(Decimal::from(48)),
        money(3_200_000),
        money(3_584_000),
        Cell::percent_change(Decimal::from(12)),
        Cell::date(date(2026, 6, 30)),
        Cell::Days(76),
        "R-004 20".into(),
        "EUR".into(),
    ]);
    table.row(vec![
        Rating::shape(Level::Green).marked(Mark::GreenerThanFigures).into(),
        Cell::reference("payroll-cloud"),
        "Okoye".into(),
        "test".into(),
        Rating::word(Level::Green).moved(Some(Trend::Same)).into(),
        Rating::shape(Level::Green).into(),
        Rating::shape(Level::Green).into(),
        Rating::shape(Level::Red).into(),
        Cell::percent(Decimal::from(81)),
        money(640_000),
        money(729_600),
        Cell::percent_change(Decimal::from(14)),
        Cell::date(date(2027, 1, 31)),
        Cell::Days(34),
        "R-002 12".into(),
        "EUR".into(),
    ]);
    table.group("Without a programme | and <hostile> \u{1b}[31mtext");
    table.row(vec![
        Rating::shape(Level::Amber).marked(Mark::NotReported).into(),
        Cell::reference("branch-wifi"),
        "=HYPERLINK(\"http://x\")".into(),
        "plan".into(),
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
        Rating::shape(Level::Amber).into(),
        Cell::percent(Decimal::from(20)),
        Cell::money("210000.50".parse::<Decimal>().unwrap(), "USD"),
        Cell::Missing,
        Cell::Missing,
        Cell::date(date(2026, 4, 30)),
        Cell::Missing,
        "R-001 9".into(),
        "USD".into(),
    ]);
    let mut total = vec![Cell::Empty, "3 projects".into()];
    total.extend(std::iter::repeat_n(Cell::Empty, 7));
    total.push(money(3_840_000));
    table.footer.push(total);
    table.note = Some("1 of 3 projects has no forecast".into());
    table
}

fn page() -> Document {
    let mut page = Document::new("Northwind IT", date(2026, 11, 20))
        .subtitle("3 projects · week 47, 16–22 Nov 2026")
        .source("work tree on 3f2c1a9");
    page.push(Block::Notice(Notice {
        severity: Severity::Error,
        text: Line::new()
            .text("2 files could not be read: ")
            .code("projects/crm/risks/R-003.toml")
            .text(" and another"),
        next: Some("pmo check".into()),
    }));
    page.paragraph(
        Line::new()
            .rating(Rating::both(Level::Green))
            .text(" 7   ")
            .rating(Rating::both(Level::Red).moved(Some(Trend::Worse)))
            .text(" 3   ")
            .dim("week 46: 8 · 2"),
    );
    page.heading("Needs attention");
    let attention = |mark: Rating, subject: &str, text: Line, next: Option<&str>| Attention {
        mark: Some(mark),
        subject: subject.into(),
        text,
        next: next.map(String::from),
    };
    page.push(Block::Attention(vec![
        attention(
            Rating::shape(Level::Red),
            "erp-rollout",
            "red without a path to green".into(),
            Some("pmo edit erp-rollout/2026-W47"),
        ),
        attention(
            Rating::shape(Level::Green).marked(Mark::GreenerThanFigures),
            "payroll-cloud",
            Line::new()
                .text("reported green; the figures say red: go-live 34 days late, cost ")
                .value(Cell::percent_change(Decimal::from(14))),
            None,
        ),
        attention(
            Rating::shape(Level::Amber).marked(Mark::NotReported),
            "branch-wifi",
            Line::new()
                .text("no report for week 47, due ")
                .value(Cell::date(date(2026, 11, 20)))
                .text(" from Amir Haddad"),
            Some("pmo status chase"),
        ),
    ]));
    let mut facts = Facts::new("money", 1);
    facts.add(
        "money",
        "Money",
        Line::new()
            .text("approved ")
            .value(Cell::money(Decimal::from(14_200_000), "EUR"))
            .text(" · spent ")
            .value(Cell::money(Decimal::from(8_900_000), "EUR"))
            .text(" on the 14 projects that have both figures, and some more words to reach the edge"),
    );
    facts.add("next", "Next 4 wks", "4 milestones, 1 already late");
    page.push(Block::Facts(facts));
    let mut grid = Facts::new("facts", 3);
    for (key, label) in
        [("manager", "Manager"), ("sponsor", "Sponsor"), ("phase", "Phase"), ("finish", "Finish")]
    {
        grid.add(key, label, "a value that is _too_ long for a narrow column of facts");
    }
    page.push(Block::Facts(grid));
    page.table(portfolio());
    page.push(Block::List(vec![
        "first point".into(),
        Line::new().strong("second").text(" point, [not](a link)"),
    ]));
    page.push(Block::Commands(vec![
        Command::new("pmo report portfolio"),
        Command::noted("pmo check", "7 findings"),
        Command::new("pmo status due"),
    ]));
    page
}

#[test]
fn terminal_at_80_columns() {
    let text = terminal(&page(), &Screen::default());
    assert_data_eq!(text, file!["tests/terminal-80.txt"].raw());
}

#[test]
fn terminal_at_120_columns() {
    let text = terminal(&page(), &Screen { width: 120, ..Screen::default() });
    assert_data_eq!(text, file!["tests/terminal-120.txt"].raw());
}

#[test]
fn terminal_at_200_columns_with_exact_figures() {
    let text = terminal(&page(), &Screen { width: 200, exact: true, ..Screen::default() });
    assert_data_eq!(text, file!["tests/terminal-200.txt"].raw());
}

#[test]
fn terminal_without_utf8_is_all_ascii() {
    let text = terminal(&page(), &Screen { width: 120, unicode: false, ..Screen::default() });
    assert!(text.is_ascii(), "{text}");
    assert_data_eq!(text, file!["tests/terminal-ascii.txt"].raw());
}

#[test]
fn colour_changes_no_letter() {
    let plain = terminal(&page(), &Screen { width: 120, ..Screen::default() });
    let coloured = terminal(&page(), &Screen { width: 120, colour: true, ..Screen::default() });
    assert!(coloured.contains("\u{1b}[31m") || coloured.contains("\u{1b}[1m\u{1b}[31m"));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn no_line_is_wider_than_the_screen_and_none_ends_in_blanks() {
    for width in [40, 60, 80, 100, 120, 132, 200] {
        let text = terminal(&page(), &Screen { width, ..Screen::default() });
        for line in text.lines() {
            assert!(crate::text::width(line) <= width, "{width}: {line}");
            assert_eq!(line.trim_end(), line);
        }
    }
}

#[test]
fn hostile_text_never_reaches_a_terminal() {
    let text = terminal(&page(), &Screen { width: 200, ..Screen::default() });
    assert!(!text.contains('\u{1b}'));
    let table = Row::Group("x\u{9b}31m\u{202e}".into());
    let mut page = Document::new("t\u{7}", date(2026, 11, 20));
    page.push(Block::Table(Table {
        rows: vec![table],
        columns: vec![Column::new("a", "A\u{1b}")],
        ..Table::default()
    }));
    let text = terminal(&page, &Screen::default());
    assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
}

#[test]
fn markdown_page() {
    assert_data_eq!(markdown(&page(), false), file!["tests/page.md"].raw());
}

#[test]
fn what_is_folded_is_open_on_a_terminal_and_closed_in_markdown() {
    let hostile = "a | <b>\u{1b}[31m</details>\n# x";
    let mut page = Document::new("t", date(2026, 11, 20));
    let entry = Entry {
        mark: Some(Rating::shape(Level::Red)),
        subject: "crm".into(),
        text: Line::new().text(hostile),
        points: vec![Line::new().text("go-live slips"), Line::new().text(hostile)],
    };
    page.push(Block::Fold(Fold { title: hostile.into(), blocks: vec![Block::Entries(vec![entry])] }));
    let shown = terminal(&page, &Screen::default());
    assert!(shown.contains("  ■ crm  a | <b>") && shown.contains("\n    go-live slips\n"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let shown = markdown(&page, false);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.iter().filter(|line| **line == "</details>").count(), 1, "{shown}");
    assert!(lines[3].starts_with("<summary>a | &lt;b&gt;") && !shown.contains('\u{1b}'), "{shown}");
    assert!(
        shown.contains("\n\n- ■ **crm** a")
            && !shown.contains("<b>")
            && shown.contains("\n  - go-live slips\n"),
        "{shown}"
    );
    assert!(csv(&page).unwrap().contains("crm,go-live slips"));
}

#[test]
fn a_date_begins_no_list_in_markdown() {
    let mut page = Document::new("t", date(2026, 11, 20)).language(crate::model::Language::DeDe);
    page.paragraph(
        Line::new().value(Cell::date(date(2026, 9, 14))).text(" and ").value(Cell::date(date(2026, 10, 1))),
    );
    assert_eq!(markdown(&page, false), "# t\n\n14\\. Sept. and 1. Okt.\n");
}

#[test]
fn html_page() {
    let made = html(&page(), false, &crate::template::Templates::built_in()).unwrap();
    // Its looks are the template's business.
    let (head, rest) = made.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    assert_data_eq!(format!("{head}<style></style>{body}"), file!["tests/page.html"].raw());
}

#[test]
fn csv_carries_the_main_table_with_exact_values() {
    assert_data_eq!(csv(&page()).unwrap(), file!["tests/page.csv"].raw());
}

#[test]
fn csv_of_a_page_without_a_table_of_its_own_is_long() {
    let mut page = page();
    page.blocks.retain(|block| !matches!(block, Block::Table(_)));
    assert_data_eq!(csv(&page).unwrap(), file!["tests/facts.csv"].raw());
    assert!(csv_of_table(&page, "projects").is_err());
}

#[test]
fn a_new_page_begins_under_a_rule_with_its_title() {
    let mut page = Document::new("Board pack", chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
    page.paragraph("The first page.");
    page.push(Block::NewPage("CRM migration".to_owned()));
    page.heading("Money");
    let drawn = terminal(&page, &Screen { width: 20, ..Screen::default() });
    assert_eq!(drawn, "Board pack\n\n  The first page.\n\n────────────────────\nCRM migration\n\nMoney\n");
    let written = markdown(&page, false);
    assert_eq!(written, "# Board pack\n\nThe first page.\n\n---\n\n# CRM migration\n\n## Money\n");
}
