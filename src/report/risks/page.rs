//! Risks over projects as a page: what needs somebody, what changed, the highest, what repeats.

use std::collections::BTreeMap;

use crate::analysis::sum::Sum;
use crate::document::{Attention, Block, Cell, Column, Command, Document, Facts, Level, Line, Rating, Table};
use crate::model::audience::Section;
use crate::model::risk::RiskKind;
use crate::report::exposure::Total;
use crate::report::head::period_line;
use crate::text;

use super::{Alike, Changes, Counts, Entry, Repeat, Risks, level};

/// How many of a list are named one by one.
const NAMED: usize = 12;

/// The open risks by reference.
type Known<'a> = BTreeMap<&'a str, &'a Entry>;

pub(super) fn page(report: &Risks) -> Document {
    let head = &report.head;
    let subtitle = format!(
        "{} and {} in {} · ",
        text::count(report.threats.open, "open threat"),
        text::count(report.opportunities.open, "open opportunity"),
        text::count(report.projects, "project")
    );
    let mut page = head.page(format!("{} risks", head.title()));
    if !head.shows(Section::Risks) {
        report.incomplete.tell(&mut page);
        page.paragraph("Risks are not among what these readers see.");
        return page;
    }
    page = page.subtitle(Line::new().text(subtitle).line(period_line(head.period)));
    report.incomplete.tell(&mut page);
    if report.risks.is_empty() && report.changes.is_none() {
        page.paragraph("There is no open risk.");
        page.push(Block::Commands(vec![Command::noted("pmo risk add PROJECT", "records one")]));
        return page;
    }
    let known: Known<'_> = report.risks.iter().map(|entry| (entry.risk.as_str(), entry)).collect();
    page.push(Block::Facts(summary(report)));
    needs_somebody(report, &known, &mut page);
    if let (Some(since), Some(changed)) = (&report.compared, &report.changes) {
        page.heading(format!("Changed since {}", since.since));
        page.push(changes(changed, &known));
    }
    for (title, key, risks) in [
        ("Top threats", "top_threats", &report.top_threats),
        ("Top opportunities", "top_opportunities", &report.top_opportunities),
    ] {
        if !risks.is_empty() {
            page.heading(title);
            page.table(top(key, risks, &known, &head.currency));
        }
    }
    if head.shows(Section::Attention) {
        repeated(report, &mut page);
    }
    page.push(Block::Table(data(report)));
    page.push(Block::Commands(commands(report)));
    page
}

fn summary(report: &Risks) -> Facts {
    let mut facts = Facts::new("summary", 1);
    let counts = |kind: RiskKind, counts: &Counts| {
        use crate::model::risk_scale::Band;
        let mut line = Line::new();
        for (count, band) in
            [(counts.high, Band::Red), (counts.moderate, Band::Amber), (counts.low, Band::Green)]
        {
            line = if line.is_empty() { line } else { line.text("   ") };
            line = line.rating(Rating::shape(level(kind, band))).text(format!(" {count} {}", band.level()));
        }
        if counts.unassessed > 0 { line.text(format!("   {} not assessed", counts.unassessed)) } else { line }
    };
    if report.threats.open > 0 {
        facts.add("threats", "Threats", counts(RiskKind::Threat, &report.threats));
    }
    if report.opportunities.open > 0 {
        facts.add("opportunities", "Opportunities", counts(RiskKind::Opportunity, &report.opportunities));
    }
    for total in &report.exposure {
        if let Some(line) = expected(total) {
            facts.add(&format!("expected_{}", total.currency.to_lowercase()), "Expected", line);
        }
    }
    facts
}

/// `threats 1.20 M EUR, 0.80 M after responses · opportunities 0.10 M · contingency left 0.90 M`.
fn expected(total: &Total) -> Option<Line> {
    let mut said = false;
    let mut money = |sum: &Sum| {
        let currency = if said { "" } else { total.currency.as_str() };
        sum.value.map(|value| {
            said = true;
            Cell::money(value.0, currency)
        })
    };
    let exposed = &total.exposed;
    let mut line = Line::new();
    if let Some(now) = money(&exposed.threats.now) {
        line = line.text("threats ").value(now);
        if let Some(after) = money(&exposed.threats.after).filter(|_| exposed.threats.after.missing == 0) {
            line = line.text(", ").value(after).text(" after responses");
        }
    }
    if let Some(now) = money(&exposed.opportunities.now) {
        line = line.dot().text("opportunities ").value(now);
    }
    if line.is_empty() {
        return None;
    }
    if let Some(left) = total.contingency_left.as_ref().and_then(&mut money) {
        line = line.dot().text("contingency left ").value(left);
    }
    let missing = exposed.together.missing;
    let verb = text::plural(missing, "has");
    Some(match missing {
        0 => line,
        _ => line.dot().text(format!("{} {verb} no figures", text::count(missing, "risk"))),
    })
}

/// What somebody has to do something about, each list by its reason.
fn needs_somebody(report: &Risks, known: &Known<'_>, page: &mut Document) {
    if !report.head.shows(Section::Attention) {
        return;
    }
    let lists = [
        ("Outside appetite", &report.outside_appetite, ""),
        ("Review overdue", &report.review_overdue, "review"),
        ("Without an owner", &report.without_owner, "owner=PERSON"),
        ("Without a response", &report.without_response, "response=mitigate"),
        ("Not assessed", &report.unassessed, "probability=N impact=N"),
    ];
    for (title, risks, next) in lists {
        if risks.is_empty() {
            continue;
        }
        page.heading(format!("{title} ({})", risks.len()));
        let entries = risks.iter().filter_map(|risk| known.get(risk.as_str()));
        let items = entries.take(NAMED).map(|entry| Attention {
            mark: entry.current.map(|judged| Rating::shape(level(entry.kind, judged.band))),
            subject: entry.risk.clone(),
            text: about(entry, title == "Review overdue"),
            next: match next {
                "" => None,
                "review" => Some(format!("pmo risk review {}", entry.risk)),
                _ => Some(format!("pmo set {} {next}", entry.risk)),
            },
        });
        page.push(Block::Attention(items.collect()));
        more(risks.len(), page);
    }
}

fn more(count: usize, page: &mut Document) {
    if count > NAMED {
        page.paragraph(format!("and {} more, which -O json lists", count - NAMED));
    }
}

/// `20 Integration partner leaves · Jana Novak`.
fn about(entry: &Entry, with_review: bool) -> Line {
    let mut line = Line::new();
    if let Some(score) = entry.score() {
        line = line.text(format!("{score}  "));
    }
    line = line.text(&entry.title);
    if let Some(day) = entry.review_by.filter(|_| with_review) {
        line = line.text(" · due ").value(Cell::date(day.0));
    }
    match &entry.owner_name {
        Some(owner) if !entry.lacks_owner() => line.dim(format!(" · {owner}")),
        _ => line,
    }
}

fn changes(changes: &Changes, known: &Known<'_>) -> Block {
    let title = |risk: &str| known.get(risk).map_or(String::new(), |entry| format!(" {}", entry.title));
    let score = |score: Option<u32>| score.map_or("·".to_owned(), |score| score.to_string());
    let is_worse = |risk: &str| known.get(risk).is_some_and(|entry| entry.kind == RiskKind::Threat);
    let mut items: Vec<(Option<Level>, String, Line)> = Vec::new();
    for (word, moved) in [("raised", &changes.raised), ("lowered", &changes.lowered)] {
        for one in moved.iter() {
            let mark =
                is_worse(&one.risk).then_some(if word == "raised" { Level::Red } else { Level::Green });
            let text = format!("{word} {} → {}:{}", score(one.from), score(one.to), title(&one.risk));
            items.push((mark, one.risk.clone(), text.into()));
        }
    }
    for risk in &changes.new {
        let text =
            format!("new, {}:{}", score(known.get(risk.as_str()).and_then(|e| e.score())), title(risk));
        items.push((None, risk.clone(), text.into()));
    }
    for gone in &changes.closed {
        let state = gone.state.unwrap_or("no longer in the register");
        let text = format!("{state}, {} then: {}", score(gone.score), gone.title);
        items.push((None, gone.risk.clone(), text.into()));
    }
    if items.is_empty() {
        return Block::Paragraph("No risk came, went, or changed its score.".into());
    }
    let item = |(mark, subject, text): (Option<Level>, String, Line)| Attention {
        mark: mark.map(Rating::shape),
        subject,
        text,
        next: None,
    };
    Block::Attention(items.into_iter().map(item).collect())
}

fn columns(currency: &str) -> Vec<Column> {
    let score = |key: &str, title: &str| Column::figures(key, title).group("score");
    vec![
        Column::marker("band"),
        Column::new("risk", "Risk"),
        Column::new("title", "").stretch(),
        score("initial_score", "First").priority(5),
        score("score", "Now"),
        score("target_score", "Target").priority(3),
        Column::figures("expected_value", "Expected").unit(currency).priority(2),
        Column::new("owner", "Owner").priority(1).stretch(),
        Column::new("response", "Response").priority(4),
        Column::figures("review_by", "Review").priority(4),
        Column::new("category", "Category").priority(6),
    ]
}

fn cell(entry: &Entry, key: &str) -> Cell {
    let optional = |text: Option<&str>| text.map_or(Cell::Missing, Cell::text);
    let score = |judged: Option<crate::analysis::risk_matrix::Judged>| {
        Cell::of(judged, |one| Cell::Integer(one.score.into()))
    };
    let money =
        |value: Option<crate::model::Number>| Cell::of(value, |value| Cell::money(value.0, &entry.currency));
    let yes = |is: bool| if is { Cell::text("yes") } else { Cell::Empty };
    match key {
        "band" => entry.mark(),
        "risk" => Cell::reference(&entry.risk),
        "title" => Cell::text(&entry.title),
        "kind" => Cell::text(if entry.kind == RiskKind::Threat { "threat" } else { "opportunity" }),
        "initial_score" => score(entry.initial),
        "score" => score(entry.current),
        "target_score" => score(entry.target),
        "expected_value" => money(entry.worth.now),
        "expected_value_after" => money(entry.worth.after),
        "plan_cost" => money(entry.worth.plan_cost),
        "net_gain" => money(entry.worth.net),
        "currency" => Cell::text(&entry.currency),
        "owner" => optional(entry.owner_name.as_deref()),
        "response" => optional(entry.response.map(|response| response.word())),
        "review_by" => Cell::of(entry.review_by, |day| Cell::date(day.0)),
        "category" => optional(entry.category.as_deref()),
        "supplier" => optional(entry.supplier.as_deref()),
        "programme" => optional(entry.programme.as_deref()),
        "division" => optional(entry.division.as_deref()),
        "state" => Cell::text(entry.state.word()),
        "outside_appetite" => yes(entry.is_outside_appetite),
        "review_overdue" => yes(entry.is_review_overdue),
        "without_owner" => yes(entry.lacks_owner()),
        "without_response" => yes(entry.lacks_response()),
        _ => Cell::Empty,
    }
}

fn top(key: &str, risks: &[String], known: &Known<'_>, currency: &str) -> Table {
    let mut table = Table::new(key, columns(currency));
    for entry in risks.iter().filter_map(|risk| known.get(risk.as_str())) {
        let cells = table.columns.iter().map(|column| cell(entry, &column.key)).collect();
        table.row(cells);
    }
    table
}

/// Every open risk, for machine formats.
fn data(report: &Risks) -> Table {
    let mut columns = columns(&report.head.currency);
    let rest = [
        "kind",
        "state",
        "supplier",
        "programme",
        "division",
        "currency",
        "expected_value_after",
        "plan_cost",
        "net_gain",
        "outside_appetite",
        "review_overdue",
        "without_owner",
        "without_response",
    ];
    columns.extend(rest.map(Column::data));
    let mut table = Table::new("risks", columns).main().for_data();
    for entry in &report.risks {
        let cells = table.columns.iter().map(|column| cell(entry, &column.key)).collect();
        table.row(cells);
    }
    table
}

fn repeated(report: &Risks, page: &mut Document) {
    if !report.repeats.is_empty() {
        page.heading("Repeats over projects");
        page.table(repeats(&report.repeats, &report.head.currency));
        more(report.repeats.len(), page);
    }
    if !report.alike.is_empty() {
        page.heading("Perhaps the same");
        let line = |alike: &Alike| {
            let named: Vec<String> = alike
                .risks
                .iter()
                .zip(&alike.titles)
                .take(3)
                .map(|(risk, title)| format!("{risk} {title}"))
                .collect();
            let left = alike.risks.len() - named.len();
            let line = Line::new().text(named.join(" · "));
            if left > 0 { line.text(format!(" · and {left} more")) } else { line }
        };
        page.push(Block::List(report.alike.iter().take(NAMED).map(line).collect()));
        more(report.alike.len(), page);
    }
}

fn repeats(repeats: &[Repeat], own: &str) -> Table {
    let columns = vec![
        Column::new("by", "What").priority(1),
        Column::new("value", "").stretch(),
        Column::figures("projects", "Projects"),
        Column::figures("threats", "Threats"),
        Column::figures("opportunities", "Opportunities").priority(2),
        Column::figures("highest_score", "Highest"),
        Column::figures("threatened", "Expected").unit(own).priority(3),
        Column::data("currency"),
        Column::data("risks"),
    ];
    let mut table = Table::new("repeats", columns);
    for one in repeats.iter().take(NAMED) {
        let currency = one.currency.as_deref().unwrap_or(own);
        let risks: Vec<&str> = one.threats.iter().chain(&one.opportunities).map(String::as_str).collect();
        let threatened = one.threatened.as_ref().and_then(|sum| sum.value);
        table.row(vec![
            Cell::text(one.by),
            Cell::text(&one.value),
            Cell::count(one.projects),
            Cell::count(one.threats.len()),
            Cell::count(one.opportunities.len()),
            Cell::of(one.highest_score, |score| Cell::Integer(score.into())),
            Cell::of(threatened, |value| Cell::money(value.0, currency)),
            one.currency.as_deref().map_or(Cell::Missing, Cell::text),
            Cell::text(risks.join(" ")),
        ]);
    }
    table
}

fn commands(report: &Risks) -> Vec<Command> {
    let mut commands = vec![Command::new("pmo risk matrix")];
    if report.exposure.iter().any(|total| total.exposed.together.counted > 0) {
        commands.push(Command::new("pmo report exposure"));
    }
    if report.changes.is_none() {
        commands.push(Command::noted("pmo report risks --since last-month", "with what changed"));
    }
    commands
}
