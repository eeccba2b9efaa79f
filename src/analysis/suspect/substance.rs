//! What counts of a record to those that link to it, and the fingerprint of that.

use serde::{Serialize, Serializer};

use crate::analysis::calendar;
use crate::model::mark;
use crate::model::risk::ThreePoint;
use crate::model::{
    Action, Assumption, Benefit, Change, Date, Decision, Issue, Lesson, NumberOr, Objective, Project,
    RecordId, Ref, Register, Request, Review, Risk, Status, Target,
};
use rust_decimal::Decimal;

/// The kinds of record that have a substance, beside milestones.
pub const KINDS: [&str; 12] = [
    "project",
    "risk",
    "issue",
    "assumption",
    "action",
    "decision",
    "change",
    "review",
    "benefit",
    "lesson",
    "request",
    "objective",
];

/// What the hashed text begins with. A change of what counts is a new version, whose fingerprints begin with `2-`.
const VERSION: &str = "pmo substance 1";

/// What counts of a record, as names and values in a fixed order; what is not stated is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substance(Vec<(&'static str, String)>);

impl Serialize for Substance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A value that is another now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What it is.
    pub name: &'static str,
    /// What it was.
    pub from: Option<String>,
    /// What it is now.
    pub to: Option<String>,
}

impl Substance {
    /// Eight hexadecimal digits that are the same wherever and whenever they are reckoned: FNV-1a of 64 bits, folded
    /// to 32, over the version and one line `name=value` for each value.
    pub fn fingerprint(&self) -> String {
        let mut hash = mark::START;
        let mut add = |text: &str| hash = mark::over(hash, text.bytes());
        add(VERSION);
        for (name, value) in &self.0 {
            add("\n");
            add(name);
            add("=");
            add(value);
        }
        format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
    }

    /// The names and values.
    pub fn facts(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// What is another than it was.
    pub fn changed_since(&self, before: &Self) -> Vec<Changed> {
        let value = |all: &Self, name: &str| {
            all.0.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
        };
        let gone = before.0.iter().filter(|(name, _)| value(self, name).is_none());
        let names = self.0.iter().chain(gone).map(|(name, _)| *name);
        names
            .map(|name| Changed { name, from: value(before, name), to: value(self, name) })
            .filter(|changed| changed.from != changed.to)
            .collect()
    }

    fn add(&mut self, name: &'static str, value: Option<impl Into<String>>) {
        // Spaces and line ends are layout.
        let value = value.map(Into::into).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.0.extend(value.filter(|text| !text.is_empty()).map(|text| (name, text)));
    }

    fn date(&mut self, name: &'static str, date: Option<Date>) {
        self.add(name, date.map(|date| date.to_string()));
    }

    fn number(&mut self, name: &'static str, number: Option<Decimal>) {
        self.add(name, number.map(plain));
    }
}

/// Whether a fingerprint is of the version that this program reckons, so that it can be compared.
pub fn is_comparable(seen: &str) -> bool {
    // A later version says which it is: `2-3f2c1a9e`.
    seen.split_once('-').is_none_or(|(version, _)| version.parse::<u32>().is_err())
}

/// What counts of that to which a reference leads, read in the files of `home`, on a day; nothing where it leads to
/// nothing that was read, or to something that has no substance, such as a person or a report.
///
/// The day decides which report is the newest.
pub fn substance(register: &Register, link: &Ref, home: Option<&str>, day: Date) -> Option<Substance> {
    let target = link.target(home)?;
    let newest = |project: &str| calendar::newest(register, project, day).map(|(_, status)| status);
    if let Target::Milestone { project, id } = &target {
        return milestone(register.project(project)?, newest(project), id);
    }
    let id = register.resolve(link, home)?;
    if id.kind == "project" {
        return Some(of_project(register.project(&id.home)?, newest(&id.home)));
    }
    of_record(register, &id)
}

fn milestone(charter: &Project, status: Option<&Status>, id: &str) -> Option<Substance> {
    let agreed = charter.milestone(id)?;
    let reported = status.and_then(|status| status.milestone.get(id));
    let mut all = Substance(vec![("kind", "milestone".to_owned())]);
    all.date("agreed", agreed.baseline);
    match reported.and_then(|reported| reported.actual) {
        Some(actual) => all.date("reached", Some(actual)),
        None => all.date("forecast", reported.and_then(|reported| reported.forecast)),
    }
    if charter.state.is_over() {
        all.add("project", Some(charter.state.word()));
    }
    Some(all)
}

fn of_project(charter: &Project, status: Option<&Status>) -> Substance {
    let mut all = Substance(vec![("kind", "project".to_owned())]);
    all.add("state", Some(charter.state.word()));
    all.date("start", charter.schedule.start);
    all.date("finish", charter.schedule.finish);
    all.date("forecast", status.and_then(|status| status.forecast_finish));
    all.number("budget", charter.budget.approved.map(|budget| budget.0));
    all
}

fn of_record(register: &Register, id: &RecordId) -> Option<Substance> {
    let kind = KINDS.into_iter().find(|kind| *kind == id.kind)?;
    let mut all = Substance(vec![("kind", kind.to_owned())]);
    match kind {
        "risk" => risk(register.get(id)?, &mut all),
        "issue" => {
            let issue: &Issue = register.get(id)?;
            all.add("severity", issue.severity.map(|severity| severity.word()));
            all.date("due", issue.due);
            all.date("closed", issue.closed_on);
            all.add("resolution", issue.resolution.as_deref());
        }
        "assumption" => {
            let assumption: &Assumption = register.get(id)?;
            all.add("confidence", assumption.confidence.map(|confidence| confidence.word()));
            all.add("outcome", assumption.outcome.as_deref());
            all.date("closed", assumption.closed_on);
        }
        "action" => {
            let action: &Action = register.get(id)?;
            all.date("due", action.due);
            all.date("done", action.done_on);
        }
        "decision" => {
            let decision: &Decision = register.get(id)?;
            all.add("state", Some(decision.state.word()));
            all.date("wanted by", decision.wanted_by);
            all.add("outcome", decision.outcome.as_deref());
        }
        "change" => {
            let change: &Change = register.get(id)?;
            all.add("state", Some(change.state.word()));
            all.number("cost", change.effect.cost.map(|cost| cost.0));
            all.add("days", change.effect.days.map(|days| days.to_string()));
            all.add("scope", change.effect.scope.as_deref());
        }
        "review" => {
            let review: &Review = register.get(id)?;
            all.date("planned", review.planned);
            all.date("held", review.held_on);
            all.add("outcome", review.outcome.map(|outcome| outcome.word()));
        }
        "benefit" => {
            let benefit: &Benefit = register.get(id)?;
            all.add("unit", benefit.unit.as_deref());
            all.number("baseline", benefit.baseline.map(|number| number.0));
            all.number("target", benefit.target.map(|number| number.0));
            all.number("forecast", benefit.forecast.map(|number| number.0));
            all.date("from", benefit.from);
        }
        "lesson" => all.add("advice", register.get::<Lesson>(id)?.advice.as_deref()),
        "request" => {
            let request: &Request = register.get(id)?;
            all.add("state", Some(request.state.word()));
            all.number("cost", request.estimated_cost.map(|cost| cost.0));
            all.add("days", request.estimated_days.map(|days| days.to_string()));
            all.date("wanted by", request.wanted_by);
        }
        _ => {
            let objective: &Objective = register.get(id)?;
            all.add("unit", objective.unit.as_deref());
            all.number("baseline", objective.baseline.map(|number| number.0));
            all.number("target", objective.target.map(|number| number.0));
            all.date("until", objective.until);
        }
    }
    Some(all)
}

fn risk(risk: &Risk, all: &mut Substance) {
    all.add("state", Some(risk.state.word()));
    all.add("probability", risk.probability.map(|level| level.to_string()));
    let impact = risk.impact.as_ref().map(|impact| match impact {
        NumberOr::Number(level) => plain(level.0),
        NumberOr::Table(levels) => {
            let levels: Vec<String> = levels.iter().map(|(name, level)| format!("{name} {level}")).collect();
            levels.join(", ")
        }
    });
    all.add("impact", impact);
    all.number("chance", risk.chance.map(|chance| chance.0));
    all.add("cost effect", risk.cost_effect.as_ref().map(estimate));
    all.add("days effect", risk.days_effect.as_ref().map(estimate));
}

/// An estimate of one point or of three.
fn estimate(estimate: &NumberOr<ThreePoint>) -> String {
    match estimate {
        NumberOr::Number(number) => plain(number.0),
        NumberOr::Table(points) => {
            [points.low, points.likely, points.high].map(|point| plain(point.0)).join(" to ")
        }
    }
}

/// A number without the zeros that say nothing: `1200.0` and `1_200` are the same.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}
