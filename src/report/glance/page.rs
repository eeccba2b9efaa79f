//! The glance as a page of one screen.

use crate::document::{Attention, Block, Cell, Command, Document, Facts, Line};
use crate::report::compact;
use crate::report::head::period_line;
use crate::report::portfolio::counts;
use crate::report::totals;
use crate::text;

use super::{Glance, Mine};

/// How many exceptions fit beside the rest on one screen.
const EXCEPTIONS: usize = 8;

/// How many things due are listed.
const DUE: usize = 10;

pub(super) fn page(glance: &Glance) -> Document {
    let head = &glance.head;
    let mut subtitle = text::count(glance.summary.listed, "project");
    if glance.programmes > 0 {
        subtitle.push_str(&format!(", {}", text::count(glance.programmes, "programme")));
    }
    let subtitle = Line::new().text(format!("{subtitle} · ")).line(period_line(head.period));
    let mut page = head.page(head.title()).subtitle(subtitle);
    glance.incomplete.tell(&mut page);
    if glance.summary.listed == 0 {
        page.paragraph("There is no project here yet.");
        page.push(Block::Commands(vec![Command::new("pmo project add"), Command::new("pmo demo")]));
        return page;
    }
    if let Some(mine) = &glance.mine {
        due_from(mine, &mut page);
    }
    page.paragraph(counts(&glance.summary));
    exceptions(glance, &mut page);
    page.push(Block::Facts(facts(glance)));
    page.push(Block::Commands(vec![
        Command::new("pmo report portfolio"),
        match glance.findings {
            Some(count) => Command::noted("pmo check", text::count(count, "finding")),
            None => Command::new("pmo check"),
        },
        Command::new("pmo status due"),
    ]));
    page
}

fn exceptions(glance: &Glance, page: &mut Document) {
    if glance.exceptions.is_empty() {
        return;
    }
    page.heading("Needs attention");
    let lines = glance.exceptions.iter().take(EXCEPTIONS).map(|exception| exception.line());
    page.push(Block::Attention(lines.collect()));
    if glance.exceptions.len() > EXCEPTIONS {
        let more = glance.exceptions.len() - EXCEPTIONS;
        page.paragraph(Line::new().dim(format!("and {more} more: ")).code("pmo report portfolio"));
    }
}

fn facts(glance: &Glance) -> Facts {
    let mut facts = Facts::new("glance", 1);
    totals::tell(&glance.totals, glance.converted.as_ref(), &mut facts);
    let ahead = &glance.ahead;
    let mut line = Line::new();
    if ahead.milestones > 0 {
        line = line.text(text::count(ahead.milestones, "milestone"));
        if ahead.milestones_late > 0 {
            line = line.text(format!(", {} already late", ahead.milestones_late));
        }
    }
    if ahead.decisions > 0 {
        line = line.dot().text(format!("{} wanted", text::count(ahead.decisions, "decision")));
    }
    if ahead.actions_overdue > 0 {
        line = line.dot().text(format!("{} overdue", text::count(ahead.actions_overdue, "action")));
    }
    if !line.is_empty() {
        facts.add("ahead", "Next 4 wks", line);
    }
    facts
}

/// What is due from the person who asks, and how their projects stand.
fn due_from(mine: &Mine, page: &mut Document) {
    if !mine.due.is_empty() {
        page.heading(format!("Due from {}", mine.name));
        let item = |due: &super::Due| Attention {
            mark: None,
            subject: due.record.clone(),
            text: Line::new().text(format!("{}, by ", due.what)).value(Cell::date(due.by.0)),
            next: Some(due.next.clone()),
        };
        page.push(Block::Attention(mine.due.iter().take(DUE).map(item).collect()));
        if mine.due.len() > DUE {
            page.paragraph(Line::new().dim(format!("and {} more", mine.due.len() - DUE)));
        }
    }
    if mine.projects.is_empty() {
        return;
    }
    page.heading("Your projects");
    page.table(compact::table("mine", &mine.projects));
}
