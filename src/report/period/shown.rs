//! Which sections the readers of a report see: what stands in the others is left out, of the data as of the page.

use crate::analysis::withhold::WITHHELD;
use crate::model::audience::Section;
use crate::report::head::Head;

use super::{Overdue, Part, PeriodReport, Troubled};

/// Takes out of a project's part what belongs to sections that the readers do not see.
///
/// It comes before the parts are put together: a project that is named in no section that is shown stands
/// among the other projects.
pub(super) fn sift(head: &Head, part: &mut Part) {
    if !head.shows(Section::Movements) {
        part.change = None;
    }
    if !head.shows(Section::Attention) {
        (part.troubled, part.watermelon) = (None, None);
    }
    if !head.shows(Section::Attention) || !head.shows(Section::Ratings) {
        part.escalated = None;
    }
    if !head.shows(Section::Decisions) {
        part.decisions.clear();
    }
    if !head.shows(Section::Risks) {
        part.waiting.clear();
    }
    if !head.shows(Section::Milestones) {
        part.upcoming.clear();
    }
    part.overdue.retain(|one| head.shows(section(one)));
    if let Some(troubled) = part.troubled.as_mut().filter(|_| !head.shows(Section::Words)) {
        mute(troubled);
    }
}

/// Takes out of a report what is known of all projects together and belongs to such sections.
pub(super) fn keep(report: &mut PeriodReport) {
    let head = &report.head;
    if !head.shows(Section::Attention) {
        report.not_reported.clear();
    }
    if !head.shows(Section::Movements) {
        report.changed.gone.clear();
    }
    if !head.shows(Section::Words) {
        report.programmes.clear();
    }
    if !head.shows(Section::Projects) {
        report.rest.clear();
    }
    report.rest.iter_mut().for_each(|standing| standing.keep(head));
}

/// The section that an overdue item belongs to.
fn section(overdue: &Overdue) -> Section {
    match overdue.what {
        "issue" => Section::Issues,
        "risk review" => Section::Risks,
        _ => Section::Actions,
    }
}

/// Leaves out what the manager says, but that there is a path to green.
fn mute(troubled: &mut Troubled) {
    (troubled.note, troubled.override_) = (None, None);
    if let Some(path) = &mut troubled.path_to_green {
        WITHHELD.clone_into(path);
    }
}
