//! The report of a period as a page.

use std::collections::BTreeSet;

use crate::document::{Attention, Block, Command, Document, Facts, Line, Notice, Severity};
use crate::model::audience::Section;
use crate::report::compact;
use crate::report::head::period_line;
use crate::report::portfolio::counts;
use crate::report::{totals, wanted};
use crate::text;

use super::{PeriodReport, ahead};

/// How many silent projects are listed before the rest is counted.
const SILENT: usize = 10;
/// How many lines a table has before the rest is counted.
const ROWS: usize = 20;

pub(super) fn page(report: &PeriodReport) -> Document {
    let head = &report.head;
    let listed = text::count(report.summary.listed, "project");
    let mut page = head
        .page(format!("{} report", head.title()))
        .subtitle(period_line(report.span.period).text(format!(" · {listed}")));
    opening(report, &mut page);
    if report.summary.listed == 0 && report.changed.is_empty() {
        page.paragraph("There is no project to report on.");
        page.push(Block::Commands(vec![
            Command::new("pmo report portfolio"),
            Command::new("pmo project add"),
        ]));
        return page;
    }
    exceptions(report, &mut page);
    let mut milestones = ahead::milestone_table(&report.milestones[..report.milestones.len().min(ROWS)]);
    milestones.note = milestones_note(report);
    section(&mut page, "Milestones in the next four weeks", milestones);
    let mut overdue = ahead::overdue_table(&report.overdue[..report.overdue.len().min(ROWS)]);
    overdue.note = more(report.overdue.len(), "pmo action list");
    section(&mut page, "Overdue", overdue);
    let is_all = report.rest.len() == report.summary.listed;
    let heading = if is_all { "Projects" } else { "The other projects" };
    section(&mut page, heading, compact::table("projects", &report.rest));
    if report.held_back > 0 {
        let (count, are) = (text::count(report.held_back, "item"), text::plural(report.held_back, "is"));
        page.paragraph(Line::new().dim(format!("{count} {are} held back by the programmes and left out.")));
    }
    page.push(Block::Commands(commands(report)));
    page
}

/// What could not be used, and that the period is closed.
pub(in crate::report) fn opening(report: &PeriodReport, page: &mut Document) {
    report.incomplete.tell(page);
    closed(report, page);
    if report.is_past {
        let text =
            "an earlier period: reports and dates are of then, everything else is as the register says now";
        page.push(Block::Notice(Notice { severity: Severity::Info, text: text.into(), next: None }));
    }
}

/// What needs somebody and what changed: the sections that come first, up to the watermelons.
pub(in crate::report) fn exceptions(report: &PeriodReport, page: &mut Document) {
    silent(report, page);
    if report.summary.listed > 0 {
        page.paragraph(counts(&report.summary));
    }
    let mut money = Facts::new("money", 1);
    totals::tell(&report.totals, report.converted.as_ref(), &mut money);
    if !money.items.is_empty() {
        page.push(Block::Facts(money));
    }
    let told: BTreeSet<&str> = report.decisions.iter().map(|wanted| wanted.record.as_str()).collect();
    let words = report.programmes.iter().map(|words| words.line(|record| told.contains(record)));
    attention(page, "Programmes", words.collect());
    attention(page, "Beyond tolerance", report.escalations.iter().map(|one| one.line()).collect());
    attention(page, "Escalated, and not answered", report.waiting.iter().map(|one| one.line()).collect());
    let shown = &report.decisions[..report.decisions.len().min(ROWS)];
    let mut decisions = wanted::table(shown, &report.head.currency);
    decisions.note = more(report.decisions.len(), "pmo decision list");
    section(page, "Needs a decision", decisions);
    changed(report, page);
    attention(page, "Reds and ambers", report.troubled.iter().map(|one| one.line()).collect());
    attention(page, "Greener than the figures", report.watermelons.iter().map(|one| one.line()).collect());
}

fn section(page: &mut Document, title: &str, table: crate::document::Table) {
    if !table.rows.is_empty() {
        page.heading(title);
        page.table(table);
    }
}

fn attention(page: &mut Document, title: &str, items: Vec<Attention>) {
    if !items.is_empty() {
        page.heading(title);
        page.push(Block::Attention(items));
    }
}

fn more(all: usize, command: &str) -> Option<Line> {
    (all > ROWS).then(|| Line::new().text(format!("and {} more: ", all - ROWS)).code(command))
}

/// That the period is closed, and with which words.
fn closed(report: &PeriodReport, page: &mut Document) {
    let Some(closed) = &report.closed else { return };
    let mut text = Line::new().text("the period is closed");
    if let Some(on) = closed.on {
        text = text.text(", since ").value(crate::document::Cell::date(on.0));
    }
    if let Some(reason) = closed.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        text = text.text(format!(": {reason}"));
    }
    page.push(Block::Notice(Notice { severity: Severity::Info, text, next: None }));
}

/// The reports that are missing.
fn silent(report: &PeriodReport, page: &mut Document) {
    let silent = &report.not_reported;
    let lines: Vec<Attention> =
        silent.iter().take(SILENT).map(|one| one.line(report.closed.is_some())).collect();
    attention(page, "Not reported", lines);
    if silent.len() > SILENT {
        page.paragraph(
            Line::new().text(format!("and {} more: ", silent.len() - SILENT)).code("pmo status due"),
        );
    }
}

fn changed(report: &PeriodReport, page: &mut Document) {
    let (changed, before) = (&report.changed, report.span.previous.spoken());
    let unknown = changed.against.is_none() && !changed.is_first;
    if (changed.is_empty() && !unknown) || !report.head.shows(Section::Movements) {
        return;
    }
    page.heading(if changed.is_first {
        "What changed".to_owned()
    } else {
        format!("What changed since {before}")
    });
    let tally = changed.tally.words();
    if !tally.is_empty() {
        page.paragraph(tally);
    }
    let mut lines: Vec<Attention> = changed.projects.iter().map(|change| change.line()).collect();
    lines.extend(changed.gone.iter().map(|gone| Attention {
        mark: None,
        subject: gone.project.clone(),
        text: match &gone.name {
            Some(name) => Line::new().text(format!("taken off the register ({name})")),
            None => Line::new().text("taken off the register"),
        },
        next: None,
    }));
    if !lines.is_empty() {
        page.push(Block::Attention(lines));
    }
    if unknown {
        page.paragraph(Line::new().dim(format!(
            "Not known, for want of the register as it stood at the end of {before}: new scores of risks, and \
             changes of state, programme or name that have no date."
        )));
    }
}

fn milestones_note(report: &PeriodReport) -> Option<Line> {
    let mut words = Vec::new();
    if report.milestones.len() > ROWS {
        words.push(format!("and {} more", report.milestones.len() - ROWS));
    }
    if report.milestones_told > 0 {
        let stand = if report.milestones_told == 1 { "stands" } else { "stand" };
        let count = text::count(report.milestones_told, "more milestone");
        words.push(format!("{count} of these weeks {stand} above, among what changed"));
    }
    (!words.is_empty()).then(|| words.join("; ").into())
}

fn commands(report: &PeriodReport) -> Vec<Command> {
    let mut commands = Vec::new();
    if let Some(first) = report.troubled.first() {
        commands.push(Command::new(format!("pmo report project {}", first.project)));
    }
    commands.push(Command::new("pmo report portfolio"));
    if !report.not_reported.is_empty() && report.closed.is_none() {
        commands.push(Command::new("pmo status due"));
    }
    commands
}
