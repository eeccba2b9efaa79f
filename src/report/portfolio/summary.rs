//! How many projects there are, by rating, state, programme and division.

use serde::Serialize;

use crate::model::Rag;
use crate::model::lifecycle::ProjectState;
use crate::report::ratings::Counts;
use crate::report::selection::Selection;
use crate::report::standing::Standing;

/// How many projects there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Projects that are listed.
    pub listed: usize,
    /// Projects that the filter left out, ended ones unless asked for.
    pub left_out: usize,
    /// Of the listed, by the rating under which they count.
    pub rag: Counts,
    /// The same by the rating of the report before.
    pub rag_before: Counts,
    /// Of the listed, how many owe a report that was not filed.
    pub not_reported: usize,
    /// Of the listed, how many are rated greener than their figures.
    pub greener_than_figures: usize,
    /// Of the listed, by state.
    pub state: Vec<Share>,
    /// Of the listed, by programme.
    pub programme: Vec<Share>,
    /// Of the listed, by division.
    pub division: Vec<Share>,
}

/// The projects that share a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The value as it stands in files; nothing for projects without one.
    pub id: Option<String>,
    /// What people call it.
    pub name: String,
    /// How many projects.
    pub projects: usize,
    /// Of them, by rating.
    pub rag: Counts,
}

impl Summary {
    /// Counts the projects that the selection keeps.
    pub(in crate::report) fn of(all: &[Standing], selection: &Selection) -> Self {
        let listed: Vec<&Standing> = all.iter().filter(|standing| selection.keeps(standing)).collect();
        let mut summary = Self {
            listed: listed.len(),
            left_out: all.len() - listed.len(),
            not_reported: listed.iter().filter(|standing| standing.is_silent()).count(),
            greener_than_figures: listed.iter().filter(|standing| standing.rating.is_greener).count(),
            ..Self::default()
        };
        for standing in &listed {
            summary.rag.add(standing.rating.counted);
            summary.rag_before.add(standing.rating.before);
            let state = standing.state.word();
            add(&mut summary.state, Some(state), state, standing.rating.counted);
            let programme = standing.programme.as_deref();
            let name = standing.programme_name.as_deref().or(programme).unwrap_or("none");
            add(&mut summary.programme, programme, name, standing.rating.counted);
            let division = standing.division.as_deref();
            add(&mut summary.division, division, division.unwrap_or("none"), standing.rating.counted);
        }
        let place = |share: &Share| {
            ProjectState::ALL.iter().position(|state| Some(state.word()) == share.id.as_deref())
        };
        summary.state.sort_by_key(place);
        let by_name = |share: &Share| (share.id.is_none(), share.name.to_lowercase(), share.id.clone());
        summary.programme.sort_by_key(by_name);
        summary.division.sort_by_key(by_name);
        summary
    }
}

fn add(shares: &mut Vec<Share>, id: Option<&str>, name: &str, rag: Option<Rag>) {
    let found = shares.iter().position(|share| share.id.as_deref() == id);
    let at = found.unwrap_or_else(|| {
        let fresh =
            Share { id: id.map(String::from), name: name.to_owned(), projects: 0, rag: Counts::default() };
        shares.push(fresh);
        shares.len() - 1
    });
    shares[at].projects += 1;
    shares[at].rag.add(rag);
}
