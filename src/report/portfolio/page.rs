//! The portfolio as a page.

use crate::document::{
    Attention, Block, Cell, Column, Command, Document, Facts, Level, Line, Mark, Notice, Rating, Severity,
    Table,
};
use crate::model::status::Dimension;
use crate::report::converted::Converted;
use crate::report::head::period_line;
use crate::report::ratings::{Counts, level};
use crate::report::standing::{Standing, shape};
use crate::report::totals::{self, Totals};
use crate::report::wanted;
use crate::text;

use super::{Portfolio, Selection, Share, Summary};

/// How many decisions the page lists before it counts the rest.
const DECISIONS: usize = 12;

pub(super) fn page(report: &Portfolio) -> Document {
    let head = &report.head;
    let listed = text::count(report.summary.listed, "project");
    let mut page = head
        .page(format!("{} portfolio", head.title()))
        .subtitle(Line::new().text(format!("{listed} · ")).line(period_line(head.period)));
    report.incomplete.tell(&mut page);
    passed_over(report, &mut page);
    silent(report, &mut page);
    if report.summary.listed == 0 {
        let words = if report.summary.left_out > 0 {
            format!(
                "No project is listed; {} left out by the filter.",
                text::count(report.summary.left_out, "project")
            )
        } else {
            "There is no project yet.".to_owned()
        };
        page.paragraph(words);
        page.push(Block::Commands(vec![Command::new("pmo project add"), Command::new("pmo demo")]));
        return page;
    }
    page.paragraph(counts(&report.summary));
    page.push(Block::Facts(shares(report)));
    attention(report, &mut page);
    decisions(report, &mut page);
    if !report.projects.is_empty() {
        page.heading("Projects");
        page.table(projects(report));
    }
    page.push(Block::Commands(commands(report)));
    page
}

/// What programmes say of projects that are not theirs.
fn passed_over(report: &Portfolio, page: &mut Document) {
    if !report.passed_over.is_empty() {
        let words = format!(
            "passed over, because it speaks of projects of others: {}",
            text::list(&report.passed_over, "and")
        );
        let next = Some("pmo check".to_owned());
        page.push(Block::Notice(Notice { severity: Severity::Warning, text: words.into(), next }));
    }
}

/// The reports that are missing, said before anything else.
fn silent(report: &Portfolio, page: &mut Document) {
    let silent: Vec<&Standing> = report.projects.iter().filter(|standing| standing.is_silent()).collect();
    if silent.is_empty() {
        return;
    }
    let have = text::plural(silent.len(), "has");
    let mut line =
        Line::new().text(format!("{} {have} not reported: ", text::count(silent.len(), "project")));
    const SHOWN: usize = 6;
    for (at, standing) in silent.iter().take(SHOWN).enumerate() {
        line = if at > 0 { line.text(", ") } else { line };
        line = line.strong(&standing.project);
    }
    if silent.len() > SHOWN {
        line = line.text(format!(" and {} more", silent.len() - SHOWN));
    }
    let next = Some("pmo status due".to_owned());
    page.push(Block::Notice(Notice { severity: Severity::Warning, text: line, next }));
}

/// The projects by rating, now and before: `● 7 green   ▲ 6 amber   ■ 3 red`.
pub(in crate::report) fn counts(summary: &Summary) -> Line {
    let one = |line: Line, count: usize, level: Level| {
        let gap = if line.is_empty() { "" } else { "   " };
        let sign = Rating::shape(level);
        line.text(gap).rating(sign).text(tied(&format!(" {count} {}", level.word())))
    };
    let rag = &summary.rag;
    let mut line = Line::new();
    line = one(line, rag.green, Level::Green);
    line = one(line, rag.amber, Level::Amber);
    line = one(line, rag.red, Level::Red);
    if rag.unknown > 0 {
        line = line.text("   ").value(Cell::Missing).text(tied(&format!(" {} not rated", rag.unknown)));
    }
    let mut aside = |count: usize, words: &str, mark: Mark| {
        if count > 0 {
            let words = tied(&format!("{count} {words} "));
            line = std::mem::take(&mut line)
                .text("   ")
                .text(words)
                .rating(Rating::shape(Level::Amber).marked(mark));
        }
    };
    aside(summary.greener_than_figures, "greener than figures", Mark::GreenerThanFigures);
    aside(summary.not_reported, "not reported", Mark::NotReported);
    let before = &summary.rag_before;
    if before.green + before.amber + before.red > 0 {
        line = line.dim(tied(&format!("   before: {} · {} · {}", before.green, before.amber, before.red)));
    }
    line
}

/// Words that stay on one line.
fn tied(words: &str) -> String {
    let (before, words) = words.split_at(words.len() - words.trim_start().len());
    if before.len() > 1 {
        format!("{before}{}", words.replace(' ', "\u{a0}"))
    } else {
        format!("{before}{words}").replace(' ', "\u{a0}")
    }
}

/// States, programmes and divisions with their counts, and the money.
fn shares(report: &Portfolio) -> Facts {
    let summary = &report.summary;
    let mut facts = Facts::new("summary", 1);
    facts.add("state", "State", share_line(&summary.state, false));
    if summary.programme.iter().any(|share| share.id.is_some()) {
        facts.add("programme", "Programme", share_line(&summary.programme, true));
    }
    if summary.division.iter().any(|share| share.id.is_some()) {
        facts.add("division", "Division", share_line(&summary.division, true));
    }
    totals::tell(&report.totals, report.converted.as_ref(), &mut facts);
    facts
}

/// `Customer 360 4 ■ 1 ▲ 2 · Operations 3`.
fn share_line(shares: &[Share], rated: bool) -> Line {
    let mut line = Line::new();
    for share in shares {
        line = line.dot().text(tied(&format!("{} ", share.name))).strong(share.projects.to_string());
        if rated {
            line = troubled(line, &share.rag);
        }
    }
    line
}

fn troubled(mut line: Line, rag: &Counts) -> Line {
    for (count, level) in [(rag.red, Level::Red), (rag.amber, Level::Amber)] {
        if count > 0 {
            line = line.text("\u{a0}").rating(Rating::shape(level)).text(count.to_string());
        }
    }
    line
}

/// What needs somebody, beyond what every line of the table says.
fn attention(report: &Portfolio, page: &mut Document) {
    let items: Vec<Attention> = report.exceptions.iter().map(crate::report::Exception::line).collect();
    if !items.is_empty() {
        page.heading("Needs attention");
        page.push(Block::Attention(items));
    }
}

fn decisions(report: &Portfolio, page: &mut Document) {
    if report.decisions.is_empty() {
        return;
    }
    page.heading("Needs a decision");
    let shown = &report.decisions[..report.decisions.len().min(DECISIONS)];
    let mut table = wanted::table(shown, &report.head.currency);
    if report.decisions.len() > DECISIONS {
        table.note =
            Some(format!("and {} more: pmo decision list", report.decisions.len() - DECISIONS).into());
    }
    page.table(table);
}

fn columns(report: &Portfolio) -> Vec<Column> {
    let own = &report.head.currency;
    let money = |key: &str, title: &str| Column::figures(key, title).group(own).unit(own);
    let declared = |key: &str, title: &str| Column::ratings(key, title).group("as reported").priority(5);
    // The programme's word has a column only where one was said.
    let is_moderated = report.projects.iter().any(|standing| standing.moderation.is_some());
    let assessed = match is_moderated {
        true => Column::ratings("assessed", "says").group("programme").priority(1),
        false => Column::data("assessed"),
    };
    vec![
        Column::marker("mark"),
        Column::new("project", "Project"),
        Column::new("manager", "Manager").priority(6).stretch(),
        Column::new("stage", "Phase").priority(7),
        Column::new("overall", "Overall").group("as reported"),
        declared("schedule", "Sched"),
        declared("cost", "Cost"),
        declared("scope", "Scope").priority(8),
        declared("risk", "Risk").priority(13),
        declared("benefits", "Benef").priority(13),
        declared("resources", "Res").priority(13),
        declared("quality", "Qual").priority(13),
        Column::ratings("computed", "say").group("figures").priority(1),
        assessed,
        Column::figures("percent_complete", "Done").priority(4),
        money("approved", "Budget").priority(3),
        money("spent", "Spent").priority(11),
        money("forecast", "Forecast").priority(3),
        Column::figures("variance_percent", "±").group(own).priority(2),
        Column::figures("finish_baseline", "Baseline").group("finish").priority(10),
        Column::figures("finish_forecast", "Forecast").group("finish").priority(9),
        Column::figures("slip_days", "Slip").group("finish").priority(2),
        Column::figures("slip_from_original_days", "From first").group("finish").priority(13),
        Column::figures("top_risk_and_score", "Top risk").priority(6).seen_only(),
        Column::data("top_risk"),
        Column::data("top_risk_score"),
        Column::figures("report_age_days", "Days old").group("report").priority(12),
        Column::data("name"),
        Column::data("state"),
        Column::data("phase"),
        Column::data("programme"),
        Column::data("division"),
        Column::data("method"),
        Column::data("currency"),
        Column::data("report"),
        Column::data("missed_periods"),
        Column::data("overall_before"),
        Column::data("greener_than_figures"),
        Column::data("assessed_by"),
        Column::data("assessed_for"),
    ]
}

fn cells(standing: &Standing) -> Vec<Cell> {
    let cost = &standing.cost;
    let money = |amount: Option<crate::model::Number>| {
        Cell::of(amount, |amount| Cell::money(amount.0, &cost.currency))
    };
    let text = |text: Option<&str>| Cell::of(text, Cell::text);
    let risk = standing.top_risk.as_ref();
    let said = standing.moderation.as_ref();
    let mut cells = vec![
        standing.mark().into(),
        Cell::reference(&standing.project),
        Cell::text(&standing.manager_name),
        stage(standing),
        standing.overall(),
    ];
    for dimension in Dimension::ALL {
        cells.push(shape(standing.dimension(dimension).and_then(|rated| rated.declared)));
    }
    cells.extend([
        shape(standing.rating.computed),
        said.map_or(Cell::Empty, |said| shape(Some(said.assessed))),
        Cell::of(standing.percent_complete, |done| Cell::percent(done.0)),
        money(cost.approved),
        money(cost.spent),
        money(cost.forecast),
        Cell::of(cost.variance_percent, |percent| Cell::percent_change(percent.0)),
        Cell::of(standing.finish.baseline, |date| Cell::date(date.0)),
        Cell::of(standing.finish.forecast, |date| Cell::date(date.0)),
        Cell::of(standing.finish.slip_days, Cell::Days),
        standing.finish.slip_from_original_days.map_or(Cell::Empty, Cell::Days),
        risk.map_or(Cell::Empty, |risk| Cell::text(format!("{} {}", risk.short(), risk.score))),
        risk.map_or(Cell::Empty, |risk| Cell::text(risk.short())),
        risk.map_or(Cell::Empty, |risk| Cell::Integer(risk.score.into())),
        Cell::of(standing.report.age_days, Cell::Integer),
        Cell::text(&standing.name),
        Cell::text(standing.state.word()),
        text(standing.phase.as_deref()),
        text(standing.programme.as_deref()),
        text(standing.division.as_deref()),
        text(standing.method.map(|method| method.word())),
        Cell::text(&cost.currency),
        Cell::of(standing.report.newest, |period| Cell::text(period.to_string())),
        Cell::Integer(standing.report.missed),
        Cell::of(standing.rating.before, |rag| Rating::word(level(rag)).into()),
        Cell::text(if standing.rating.is_greener { "yes" } else { "no" }),
        text(said.and_then(|said| said.by.as_deref())),
        Cell::of(said, |said| Cell::text(said.period.to_string())),
    ]);
    cells
}

/// The phase of a project under way; of any other its state, which says more.
fn stage(standing: &Standing) -> Cell {
    if standing.state == crate::model::lifecycle::ProjectState::Active {
        Cell::of(standing.phase.as_deref(), Cell::text)
    } else {
        Cell::text(standing.state.word())
    }
}

fn projects(report: &Portfolio) -> Table {
    let mut table = Table::new("projects", columns(report)).main();
    let mut open: Option<(String, String)> = None;
    for standing in &report.projects {
        let group = report.options.group_by.map(|by| by.title(standing));
        if group.is_some() && group != open {
            table.group(group.as_ref().map_or("", |(_, title)| title));
            open = group;
        }
        table.row(cells(standing));
    }
    table.footer.extend(report.totals.iter().map(|total| footer(total, &table.columns, "total")));
    if let Some(total) = report.converted.as_ref().and_then(Converted::sum) {
        let title = format!("all in {}", total.currency);
        table.footer.push(footer(total, &table.columns, &title));
    }
    table.note = note(report);
    table
}

/// The totals under the columns that they belong to.
fn footer(total: &Totals, columns: &[Column], title: &str) -> Vec<Cell> {
    let money = |sum: &crate::report::totals::Sum| {
        sum.value.map_or(Cell::Missing, |value| Cell::money(value.0, &total.currency))
    };
    columns
        .iter()
        .map(|column| match column.key.as_str() {
            "project" => Cell::text(title),
            "approved" => money(&total.approved),
            "spent" => money(&total.spent),
            "forecast" => money(&total.forecast),
            "variance_percent" => Cell::of(total.variance_percent, |percent| Cell::percent_change(percent.0)),
            _ => Cell::Empty,
        })
        .collect()
}

/// What the totals lack, and who is not listed.
fn note(report: &Portfolio) -> Option<Line> {
    let mut parts = Vec::new();
    let missing = |count: usize, what: &str| {
        (count > 0).then(|| format!("{} without {what}", text::count(count, "project")))
    };
    let of = |pick: fn(&Totals) -> usize| report.totals.iter().map(pick).sum::<usize>();
    parts.extend(missing(of(|total| total.approved.missing), "a budget"));
    parts.extend(missing(of(|total| total.spent.missing), "actual cost"));
    parts.extend(missing(of(|total| total.forecast.missing), "a forecast"));
    let mut note = match parts.as_slice() {
        [] => Line::new(),
        _ => Line::new().text(format!("not in the totals: {}", text::list(&parts, "and"))),
    };
    for total in &report.totals {
        note = compared(note, total);
    }
    let left_out = report.summary.left_out;
    if left_out > 0 {
        let words = if report.options.selection == Selection::default() {
            let verb = if left_out == 1 { "is" } else { "are" };
            format!("{} that {verb} closed or terminated", text::count(left_out, "project"))
        } else {
            text::count(left_out, "other project")
        };
        note = apart(note).text(format!("{words} not listed"));
    }
    (!note.is_empty()).then_some(note)
}

/// The line, ready for another part.
fn apart(line: Line) -> Line {
    if line.is_empty() { line } else { line.text("; ") }
}

/// Says what a total's ± is reckoned over, where that is not all that its neighbours add up.
fn compared(note: Line, total: &Totals) -> Line {
    let (approved, forecast) = (&total.compared_approved, &total.compared_forecast);
    let is_all = approved.counted == total.approved.counted && forecast.counted == total.forecast.counted;
    let (Some(from), Some(to), false) = (approved.value, forecast.value, is_all) else { return note };
    let projects = match approved.counted {
        1 => "the one project".to_owned(),
        several => format!("the {}", text::count(several, "project")),
    };
    apart(note)
        .text(format!("± is over {projects} with both figures ("))
        .value(Cell::money(from.0, ""))
        .text(" → ")
        .value(Cell::money(to.0, total.currency.as_str()))
        .text(")")
}

fn commands(report: &Portfolio) -> Vec<Command> {
    let first = report
        .projects
        .first()
        .map(|standing| Command::new(format!("pmo report project {}", standing.project)));
    let mut commands: Vec<Command> = first.into_iter().collect();
    commands.push(Command::new("pmo check"));
    commands
}
