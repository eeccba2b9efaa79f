//! The pack for a steering meeting: the first screen of the period's report, then one page a project.

mod page;

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::calendar;
use crate::analysis::difference::{self, Difference, Past, Span};
use crate::document::Document;
use crate::model::audience::Section;
use crate::model::status::Agile;
use crate::model::{Programme, Register, Scope};

use super::head::{Asked, Head, Making};
use super::incomplete::Incomplete;
use super::period::{self, Before, PeriodReport, Question};
use super::project::{self, ProjectReport};
use super::selection::{Selection, Sort};

/// The pack for a steering meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardPack {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// The programme that it is about; the whole register unless given.
    pub programme: Option<String>,
    /// What people call the programme.
    pub programme_name: Option<String>,
    /// The report of the period.
    pub report: PeriodReport,
    /// One page a project, in the order of attention.
    pub projects: Vec<BoardPage>,
}

/// The page of a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardPage {
    /// What changed since the period before; `changes` are the project's requests for change.
    #[serde(rename = "changed")]
    pub changes: Vec<Difference>,
    /// The sprint that the newest report speaks of.
    pub sprint: Option<Agile>,
    /// Everything about the project.
    #[serde(flatten)]
    pub sheet: ProjectReport,
}

/// What the pack reads.
pub fn scope(span: &Span) -> Scope {
    period::scope(span)
}

/// The projects of a programme and of those that are part of it.
pub fn of_programme(register: &Register, id: &str) -> Selection {
    let mut programme = vec![id.to_owned()];
    // As many rounds as there can be levels; programmes that are each other's parents end it too.
    for _ in 0..register.programmes.len() {
        let known = programme.len();
        let is_part = |charter: &Programme| charter.parent.as_ref().is_some_and(|of| programme.contains(of));
        let part = register
            .programmes
            .keys()
            .filter(|id| !programme.contains(id) && register.programme(id).is_some_and(is_part));
        let part: Vec<String> = part.cloned().collect();
        programme.extend(part);
        if programme.len() == known {
            break;
        }
    }
    Selection { programme, ..Selection::default() }
}

/// Makes the pack; of one programme, and those below it, where one is named.
pub fn board(
    register: &Register,
    before: Option<&Before>,
    asked: &Asked,
    question: Question,
    programme: Option<&str>,
) -> BoardPack {
    let selection = programme.map_or(question.selection, |id| of_programme(register, id));
    let question = Question { selection, ..question };
    let span = question.span;
    let head = Head { period: span.period, ..Head::new("board", register, asked) };
    // The pack says once how it was made, and not on every sheet.
    let asked = &Asked { making: Making::default(), ..asked.clone() };
    let report = period::period(register, before, asked, &question);
    let past = before.map(|before| Past::new(register, &before.register));
    let ids: Vec<&str> = register.charters().map(|(id, ..)| id).collect();
    let held = period::Held::of(register, span.until);
    let sheets = ids.par_iter().filter(|id| !held.has_project(id)).filter_map(|id| {
        let mut sheet = project::sheet(register, id, asked, Incomplete::default())?;
        if !question.selection.keeps(&sheet.standing) {
            return None;
        }
        held.sift_sheet(&mut sheet);
        let mut changes = difference::of(register, past.as_ref(), id, &span);
        held.sift_differences(id, &mut changes);
        if !head.shows(Section::Movements) {
            changes.clear();
        }
        let newest = calendar::newest(register, id, asked.day);
        let sprint = newest.and_then(|(_, status)| status.agile).filter(|_| head.shows(Section::Milestones));
        Some(BoardPage { changes, sprint, sheet })
    });
    let mut projects: Vec<BoardPage> =
        if head.shows(Section::Projects) { sheets.collect() } else { Vec::new() };
    projects.sort_by(|a, b| Sort::Attention.compare(&a.sheet.standing, &b.sheet.standing));
    BoardPack {
        head,
        programme: programme.map(str::to_owned),
        programme_name: programme.and_then(|id| Some(register.programme(id)?.name.clone())),
        report,
        projects,
    }
}

impl BoardPack {
    /// The pack as a page, which breaks before each project.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
