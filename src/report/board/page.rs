//! The board pack as a page with breaks for print.

use crate::document::{Attention, Block, Cell, Document, Line};
use crate::model::status::Agile;
use crate::report::head::period_line;
use crate::report::period;
use crate::report::project::{self, milestones, risks};
use crate::report::wanted::Wanted;
use crate::text;

use super::{BoardPack, BoardPage};

/// How many risks a page has room for.
const RISKS: usize = 5;

pub(super) fn page(pack: &BoardPack) -> Document {
    let (head, report) = (&pack.head, &pack.report);
    let of = pack.programme_name.as_deref().or(pack.programme.as_deref()).unwrap_or(head.title());
    let listed = text::count(pack.projects.len(), "project");
    let mut page = head
        .page(format!("{of} board pack"))
        .subtitle(period_line(report.span.period).text(format!(" · {listed}")));
    period::opening(report, &mut page);
    period::exceptions(report, &mut page);
    if pack.projects.is_empty() {
        page.paragraph("There is no project to report on.");
    }
    for one in &pack.projects {
        sheet(one, &report.span.previous.spoken(), &mut page);
    }
    page
}

/// The page of one project.
fn sheet(one: &BoardPage, previous: &str, page: &mut Document) {
    let (sheet, standing) = (&one.sheet, &one.sheet.standing);
    let currency = &standing.cost.currency;
    let title = format!("{} · {} · {}", standing.name, standing.project, standing.state);
    page.push(Block::NewPage(title));
    project::notices(sheet, page);
    page.paragraph(project::verdict(sheet));
    page.push(Block::Facts(project::facts(sheet)));
    if let Some(words) = one.sprint.and_then(sprint) {
        page.paragraph(words);
    }
    if let Some(words) = &sheet.words {
        page.heading(format!("Summary for {}", words.period.spoken()));
        page.paragraph(words.summary.as_str());
        if let Some(path) = words.path_to_green.as_deref().filter(|path| !path.is_empty()) {
            page.paragraph(Line::new().strong("To green:").text(format!(" {path}")));
        }
    }
    if !one.changes.is_empty() {
        page.heading(format!("What changed since {previous}"));
        page.push(Block::List(one.changes.iter().map(|change| period::told(change, currency)).collect()));
    }
    if !sheet.milestones.is_empty() {
        page.heading("Milestones");
        page.table(milestones::table(&sheet.milestones));
    }
    let shown = &sheet.threats[..sheet.threats.len().min(RISKS)];
    if !shown.is_empty() {
        page.heading("Top risks");
        let mut table = risks::table("threats", "Threat", shown, currency, true);
        let more = sheet.threats.len() - shown.len();
        if more > 0 {
            table.note =
                Some(format!("and {more} more: pmo risk list --project {}", standing.project).into());
        }
        page.table(table);
    }
    if !sheet.decisions.is_empty() {
        page.heading("Decisions wanted");
        page.push(Block::Attention(sheet.decisions.iter().map(|one| decision(one, currency)).collect()));
    }
}

/// `Sprint 14, until 13 Nov: 29 of 34 points; 270 of 480 in all`.
fn sprint(said: Agile) -> Option<Line> {
    let of = |part: Option<u32>, whole: Option<u32>, words: &str| match (part, whole) {
        (Some(part), Some(whole)) => Some(format!("{part} of {whole} {words}")),
        (Some(part), None) => Some(format!("{part} {words}")),
        _ => None,
    };
    let parts =
        [of(said.completed, said.committed, "points"), of(said.done_total, said.scope_total, "in all")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut line = Line::new();
    if let Some(number) = said.sprint {
        line = line.text(format!("Sprint {number}"));
    }
    if let Some(end) = said.sprint_end {
        let before = if line.is_empty() { "Sprint until " } else { ", until " };
        line = line.text(before).value(Cell::date(end.0));
    }
    if !parts.is_empty() {
        let before = if line.is_empty() { "Points: " } else { ": " };
        line = line.text(before).text(parts.join("; "));
    }
    (!line.is_empty()).then_some(line)
}

/// What is to be decided, by whom and when, and what the project recommends.
fn decision(wanted: &Wanted, currency: &str) -> Attention {
    let mut text = Line::new().text(wanted.title.trim_end_matches('.'));
    if let Some(of) = &wanted.of {
        text = text.text(format!(", of {of}"));
    }
    if let Some(by) = wanted.wanted_by {
        text = text.text(", by ").value(Cell::date(by.0));
    }
    if let Some(late) = wanted.overdue_days.filter(|days| *days > 0) {
        let late = text::count(usize::try_from(late).unwrap_or(usize::MAX), "day");
        text = text.text(format!(" ({late} ago)"));
    }
    if let Some(cost) = wanted.cost {
        text = text.text(", ").value(Cell::money_change(cost.0, currency));
    }
    if let Some(days) = wanted.days.filter(|days| *days != 0) {
        text = text.text(", ").value(Cell::Days(days)).text("\u{a0}d");
    }
    text = match wanted.recommendation.as_deref().map(str::trim) {
        Some(words) if !words.is_empty() => text.text(". ").strong("Recommended:").text(format!(" {words}")),
        _ if wanted.is_change => text,
        _ => text.text(". ").dim("No recommendation."),
    };
    Attention { mark: None, subject: wanted.record.clone(), text, next: None }
}
