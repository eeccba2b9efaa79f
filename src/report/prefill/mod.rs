//! The pre-filling of a status file: what the register knows already, and what only the manager can say.
//!
//! Facts that still hold are carried over. Judgements (ratings, forecasts, the summary) are left open with
//! the last value and what the figures say beside them, so that nobody submits last week's opinion unread.
//! The layout is `templates/status.toml`.

mod carried;
mod figures;
mod milestones;
mod moderation;
mod ratings;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::analysis::{calendar, rating};
use crate::model::config::RagScale;
use crate::model::decision::DecisionState;
use crate::model::{Date, Decision, Name, Period, Project, Register, Status};

pub use carried::{AgileDraft, AgileFigure, CustomDraft, OverrideDraft, OverrideEntry};
pub use figures::{Booked, CategoryDraft, Figure};
pub use milestones::MilestoneDraft;
pub use moderation::{CarriedForward, Moderated, moderated};
pub use ratings::RatingDraft;

/// Everything that the status template shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prefill {
    /// The line that tells an editor what the file is.
    pub schema: &'static str,
    /// The project's id.
    pub id: String,
    /// The project's name.
    pub name: String,
    /// The period, such as `2026-W47`.
    pub period: Period,
    /// The period as people name it: `week 47`.
    pub period_spoken: String,
    /// Its days: `16–22 Nov 2026`.
    pub span: String,
    /// When the report is due: `Fri 20 Nov`.
    pub due_spoken: String,
    /// What the cadence counts: `week`, `fortnight`, `month` or `quarter`.
    pub unit: &'static str,
    /// Who reports, a person's id.
    pub by: String,
    /// The day up to which the figures hold.
    pub date: Date,
    /// The report before this one.
    pub last: Option<Status>,
    /// How that report is named in comments: `last week`, or `week 44` where one was left out.
    pub last_spoken: String,
    /// What the last report said would come next.
    pub planned: Vec<String>,
    /// Decisions that are open in the register.
    pub decisions: Vec<OpenDecision>,
    /// Progress, money and forecasts, in the order of the format.
    pub figures: Vec<Figure>,
    /// The forecast by category of cost, where the charter or the last report splits it.
    pub categories: Vec<CategoryDraft>,
    /// What was booked, where booked costs are kept.
    pub booked: Option<Booked>,
    /// The words of the register's rating scale.
    pub scale: &'static str,
    /// The ratings, overall first.
    pub ratings: Vec<RatingDraft>,
    /// An override that is still in force.
    #[serde(rename = "override")]
    pub override_: Option<OverrideDraft>,
    /// Every milestone of the charter, in its order.
    pub milestones: Vec<MilestoneDraft>,
    /// Figures of the sprint, for agile and hybrid projects.
    pub agile: Option<AgileDraft>,
    /// The organisation's own fields, as they were.
    pub custom: Vec<CustomDraft>,
}

/// A decision that somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenDecision {
    /// Its id in the project, such as `D-003`.
    pub id: String,
    /// What is to be decided.
    pub title: String,
}

/// What the parts of the pre-filling look at.
struct Known<'a> {
    charter: &'a Project,
    last: Option<&'a Status>,
    last_spoken: &'a str,
    date: Date,
    /// Keys that a report of this project must have.
    required: Vec<&'a str>,
}

impl Known<'_> {
    /// `last week 58`, when there was a last report and it had the value.
    fn last_said(&self, value: Option<impl ToString>) -> Option<String> {
        value.map(|value| format!("{} {}", self.last_spoken, value.to_string()))
    }

    /// Whether a key is asked of the manager: it is required, it was given last time, or nothing was yet.
    fn asks(&self, key: &str, last_had: bool) -> bool {
        last_had || self.last.is_none() || self.required.contains(&key)
    }
}

/// Fills in a status file for a period as far as the register goes, as seen on a day; nothing when the
/// project's charter was not read.
///
/// It wants the charter, risks, changes, benefits, actuals, decisions and the newest reports loaded.
pub fn status(register: &Register, day: Date, project: &str, period: Period) -> Option<Prefill> {
    let shelf = register.projects.get(project)?;
    let charter: &Project = shelf.get(&Name::Sole)?;
    let config = &register.config;
    let last = calendar::previous(register, project, period);
    let due = calendar::terms(config, project, Some(charter)).deadline(period);
    let date = if period.contains(day) { day } else { due };
    let unit = period.cadence().unit();
    let last_spoken = match last {
        Some((earlier, _)) if earlier == period.previous() => format!("last {unit}"),
        Some((earlier, _)) => earlier.spoken(),
        None => String::new(),
    };
    let class = config.class(charter.class.as_deref());
    let required = config.status.required.iter().chain(class.iter().flat_map(|c| &c.status_required));
    let known = Known {
        charter,
        last: last.map(|(_, status)| status),
        last_spoken: &last_spoken,
        date,
        required: required.map(String::as_str).collect(),
    };
    let decisions = shelf.records::<Decision>().filter(|(_, d)| d.state == DecisionState::Open);
    Some(Prefill {
        schema: "#:schema ../../../.pmo/schema/status.json",
        id: project.to_owned(),
        name: charter.name.clone(),
        period,
        period_spoken: period.spoken(),
        span: span(period),
        due_spoken: due.0.format("%a %-d %b").to_string(),
        unit,
        by: charter.manager.clone(),
        date,
        last: known.last.cloned(),
        planned: known.last.map(|s| s.next.clone()).unwrap_or_default(),
        decisions: decisions
            .map(|(name, d)| OpenDecision {
                id: crate::model::place::file_stem(&<Decision as crate::model::Record>::SPEC, name),
                title: d.title.clone(),
            })
            .collect(),
        booked: figures::booked(shelf),
        figures: figures::all(&known, shelf),
        categories: figures::categories(&known),
        scale: match config.rag.scale {
            RagScale::Three => "green, amber, red",
            RagScale::Five => "green, amber-green, amber, amber-red, red",
        },
        ratings: ratings::all(&known, rating::rate(register, project, day).as_ref()),
        override_: carried::override_in_force(&known),
        milestones: milestones::all(&known),
        agile: carried::agile(&known),
        custom: carried::custom(&known),
        last_spoken: last_spoken.clone(),
    })
}

/// The days of a period: `16–22 Nov 2026`, `28 Dec 2026 – 3 Jan 2027`.
fn span(period: Period) -> String {
    let (first, last) = (period.first().0, period.last().0);
    let to = last.format("%-d %b %Y");
    let same = |format: &str| first.format(format).to_string() == last.format(format).to_string();
    if same("%Y-%m") {
        format!("{}–{to}", first.format("%-d"))
    } else if same("%Y") {
        format!("{} – {to}", first.format("%-d %b"))
    } else {
        format!("{} – {to}", first.format("%-d %b %Y"))
    }
}

/// A number as TOML writes it: `742_000`.
fn underscored(number: impl ToString) -> String {
    let text = number.to_string();
    let (sign, plain) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = plain.split_once('.').map_or((plain, ""), |(w, _)| (w, &plain[w.len()..]));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out + fraction
}

/// `15 days late`, `3 days early`, `on time`.
fn slip(days: i64) -> String {
    let counted = crate::text::count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    match days {
        0 => "on time".to_owned(),
        1.. => format!("{counted} late"),
        _ => format!("{counted} early"),
    }
}

/// Joins what there is to say.
fn comment(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
