//! A project's report as a page.

use crate::document::{Block, Cell, Column, Command, Document, Facts, Line, Notice, Rating, Severity, Table};
use crate::model::Number;
use crate::model::lifecycle::ProjectState;
use crate::report::head::period_line;
use crate::report::ratings::{Movement, level};
use crate::report::standing::{Standing, shape};
use crate::report::wanted;

use super::{ProjectReport, benefits, dependencies, milestones, open, people, risks};

pub(super) fn page(report: &ProjectReport) -> Document {
    let (head, standing) = (&report.head, &report.standing);
    let subtitle = Line::new()
        .text(format!("{} · {} · ", standing.project, standing.state.word()))
        .line(period_line(head.period));
    let mut page = head.page(standing.name.clone()).subtitle(subtitle);
    report.incomplete.tell(&mut page);
    notices(report, &mut page);
    page.paragraph(verdict(report));
    page.push(Block::Facts(facts(report)));
    words(report, &mut page);
    if !report.ratings.is_empty() {
        page.heading("Ratings");
        page.table(ratings(report));
    }
    let notes = report.ratings.iter().filter_map(|why| {
        Some(Line::new().strong(why.dimension.word()).text(": ").text(why.note.as_deref()?))
    });
    let notes: Vec<Line> = notes.collect();
    if !notes.is_empty() {
        page.push(Block::List(notes));
    }
    let mut section = |title: &str, table: Table| {
        if !table.rows.is_empty() {
            page.heading(title);
            page.table(table);
        }
    };
    let currency = &standing.cost.currency;
    section("Needs a decision", wanted::table(&report.decisions, currency));
    section("Milestones", milestones::table(&report.milestones));
    section("Dependencies", dependencies::table(&report.dependencies));
    section("Threats", risks::table("threats", "Threat", &report.threats, currency, true));
    section(
        "Opportunities",
        risks::table("opportunities", "Opportunity", &report.opportunities, currency, false),
    );
    section("Issues", open::issue_table(&report.issues));
    section("Actions", open::action_table(&report.actions));
    section("Changes", open::change_table(&report.changes, currency));
    section("Benefits", benefits::table(&report.benefits));
    if let Some(investment) = &report.investment {
        investment.show(&mut page);
    }
    if let Some(agile) = &report.agile {
        agile.show(&mut page);
    }
    let mut section = |title: &str, table: Table| {
        if !table.rows.is_empty() {
            page.heading(title);
            page.table(table);
        }
    };
    section("Team", people::table(&report.people));
    page.push(Block::Commands(commands(standing)));
    page
}

pub(in crate::report) fn notices(report: &ProjectReport, page: &mut Document) {
    let (standing, filed) = (&report.standing, &report.standing.report);
    let mut warn = |text: Line, next: Option<String>| {
        page.push(Block::Notice(Notice { severity: Severity::Warning, text, next }));
    };
    if standing.is_silent() {
        let draft = if filed.has_draft { ", a draft is there" } else { "" };
        let last = match filed.newest {
            Some(period) => format!("; what follows is of {}", period.spoken()),
            None => String::new(),
        };
        let text = Line::new()
            .text(format!("no report for {}, due ", filed.wanted.spoken()))
            .value(Cell::date(filed.due.0))
            .text(format!("{draft}{last}"));
        let verb = if filed.has_draft { "submit" } else { "new" };
        warn(text, Some(format!("pmo status {verb} {}", standing.project)));
    }
    if let (true, Some(declared)) = (standing.rating.is_greener, standing.rating.declared) {
        let why = standing.rating.reasons.join(", ");
        let text = format!("reported {declared}; the figures say {}: {why}", standing.rating.figures);
        warn(text.into(), Some(format!("pmo explain rag {}", standing.project)));
    }
    if let Some(given) = report.words.as_ref().and_then(|words| words.override_.as_ref()) {
        let text = given.line();
        page.push(Block::Notice(Notice { severity: Severity::Info, text, next: None }));
    }
}

/// The declared rating beside the computed one, with the reasons.
pub(in crate::report) fn verdict(report: &ProjectReport) -> Line {
    let standing = &report.standing;
    let rated = &standing.rating;
    let mut line = Line::new();
    match rated.declared {
        Some(declared) => {
            let trend = rated.movement.map(Movement::trend);
            line = line.rating(Rating::both(level(declared)).moved(trend)).text(" as reported");
            if let Some(period) = standing.report.newest {
                line = line.text(format!(" for {}", period.spoken()));
            }
            if let Some(date) = standing.report.date {
                line = line.text(" (figures of ").value(Cell::date(date.0)).text(")");
            }
        }
        None => line = line.text("not reported yet"),
    }
    if let Some(computed) = rated.computed {
        line = line.text("   ").rating(Rating::both(level(computed))).text(" by the figures");
        if !rated.reasons.is_empty() && computed.is_troubled() {
            line = line.dim(format!(": {}", rated.reasons.join(", ")));
        }
    }
    if let Some(said) = &standing.moderation {
        line = line.text("   ").rating(Rating::both(level(said.assessed)));
        line = line.text(format!(" as assessed {}", said.source()));
        if let Some(comment) = &said.comment {
            line = line.dim(format!(": {comment}"));
        }
    }
    line
}

pub(in crate::report) fn facts(report: &ProjectReport) -> Facts {
    let standing = &report.standing;
    let cost = &standing.cost;
    let money = |amount: Option<Number>| Cell::of(amount, |amount| Cell::money(amount.0, &cost.currency));
    let index = |value: Option<Number>| Cell::of(value, |value| Cell::number(value.0, 2));
    let mut facts = Facts::new("facts", 3);
    facts.add("manager", "Manager", standing.manager_name.clone());
    facts.add("sponsor", "Sponsor", Cell::of(standing.sponsor_name.as_deref(), Cell::text));
    let programme = standing.programme_name.as_deref().or(standing.programme.as_deref());
    facts.add("programme", "Programme", Cell::of(programme, Cell::text));
    facts.add("division", "Division", Cell::of(standing.division.as_deref(), Cell::text));
    facts.add("phase", "Phase", Cell::of(report.gates.phase.as_deref(), Cell::text));
    gates(report, &mut facts);
    if let Some(method) = standing.method {
        facts.add("method", "Method", method.word());
    }
    facts.add("percent_complete", "Done", Cell::of(standing.percent_complete, |done| Cell::percent(done.0)));
    facts.add("approved", "Budget", money(cost.approved));
    if let Some(first) = cost.original {
        facts.add("approved_first", "Budget first", Cell::money(first.0, &cost.currency));
    }
    facts.add("spent", "Spent", money(cost.spent));
    facts.add("forecast", "Forecast", money(cost.forecast));
    if let Some(percent) = cost.variance_percent {
        facts.beside("forecast_variance_percent", Cell::percent_change(percent.0), "");
    }
    facts.add(
        "finish_baseline",
        "Finish agreed",
        Cell::of(standing.finish.baseline, |date| Cell::date(date.0)),
    );
    if let Some(first) = standing.finish.original {
        facts.add("finish_first", "Finish first agreed", Cell::date(first.0));
    }
    let expected = Cell::of(standing.finish.forecast, |date| Cell::date(date.0));
    if standing.state == ProjectState::Terminated {
        facts.add("stopped_on", "Stopped", expected);
    } else {
        facts.add("finish_expected", "Finish expected", expected);
    }
    if let Some(days) = standing.finish.slip_days.filter(|days| *days != 0) {
        facts.beside("slip_days", Cell::Days(days), "\u{a0}d");
    }
    let original = standing.finish.slip_from_original_days;
    if let Some(days) = original.filter(|_| original != standing.finish.slip_days) {
        facts.beside("slip_from_original_days", Cell::Days(days), "\u{a0}d from the first");
    }
    facts.add("cpi", "CPI", index(cost.cpi));
    facts.add("spi_t", "SPI(t)", index(cost.spi_t));
    if let Some(confidence) = report.words.as_ref().and_then(|words| words.confidence) {
        facts.add("confidence", "Confidence", Cell::percent(confidence.0));
    }
    facts
}

/// The gate that was held last, and the one that comes next.
fn gates(report: &ProjectReport, facts: &mut Facts) {
    let gates = &report.gates;
    if let Some(last) = &gates.last {
        let outcome = gates.last_outcome.map(|outcome| format!(" {}", outcome.word())).unwrap_or_default();
        facts.add("last_gate", "Last gate", format!("{last}{outcome}"));
    }
    if let Some(next) = &gates.next {
        facts.add("next_gate", "Next gate", next.as_str());
    }
}

/// What the manager says.
fn words(report: &ProjectReport, page: &mut Document) {
    let Some(words) = &report.words else { return };
    page.heading(format!("Summary for {}", words.period.spoken()));
    page.paragraph(words.summary.as_str());
    if let Some(path) = &words.path_to_green {
        page.heading("Path to green");
        page.paragraph(path.as_str());
    }
    for (title, points) in [("Achieved", &words.achieved), ("Next", &words.next)] {
        if !points.is_empty() {
            page.heading(title);
            page.push(Block::List(points.iter().map(|point| point.as_str().into()).collect()));
        }
    }
}

/// The declared rating of each dimension beside the computed one.
fn ratings(report: &ProjectReport) -> Table {
    let columns = vec![
        Column::new("dimension", "Dimension"),
        Column::ratings("declared", "Reported"),
        Column::ratings("before", "Before").priority(2),
        Column::ratings("computed", "Figures"),
        Column::new("reasons", "What the figures say").stretch(),
        Column::data("note"),
    ];
    let mut table = Table::new("ratings", columns);
    for (rated, why) in report.standing.rating.dimensions.iter().zip(&report.ratings) {
        if rated.declared.is_none() && rated.computed.is_none_or(|rag| rag == crate::model::Rag::Grey) {
            continue;
        }
        let optional = |text: String| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
        table.row(vec![
            Cell::text(rated.dimension.word()),
            shape(rated.declared),
            shape(rated.before),
            shape(rated.computed),
            optional(why.reasons.join(", ")),
            optional(why.note.clone().unwrap_or_default()),
        ]);
    }
    table
}

fn commands(standing: &Standing) -> Vec<Command> {
    let id = &standing.project;
    let mut commands = Vec::new();
    if standing.report.owed {
        commands.push(Command::new(format!("pmo status new {id}")));
    }
    commands.push(Command::new(format!("pmo explain rag {id}")));
    commands.push(Command::new("pmo report portfolio"));
    commands
}
