//! The risks of a project as the risk reports list them, taken while the project is at hand.

use serde::Serialize;

use crate::analysis::exposure::{self, has_response, is_open, is_outside_appetite};
use crate::analysis::risk_life;
use crate::analysis::risk_matrix::{Judged, Stage, judged};
use crate::analysis::risk_worth::Worth;
use crate::analysis::{calendar, cost};
use crate::document::{Cell, Level, Rating};
use crate::model::risk::{Response, RiskKind, RiskState};
use crate::model::risk_scale::Band;
use crate::model::{Date, KindSet, Number, RecordId, Register, Reports, Risk, Scope};

use crate::report::head::Asked;
use crate::report::standing::{self, Standing};

/// A risk with all that the risk reports say of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its reference.
    pub risk: String,
    /// What it is about.
    pub title: String,
    /// Whether it would harm or help.
    pub kind: RiskKind,
    /// Its category.
    pub category: Option<String>,
    /// The supplier that it hangs on.
    pub supplier: Option<String>,
    /// The owner's id.
    pub owner: Option<String>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// Its project's programme.
    pub programme: Option<String>,
    /// The division that owns its project.
    pub division: Option<String>,
    /// The currency of its amounts.
    pub currency: String,
    /// Where it stands.
    pub state: RiskState,
    /// What is done about it.
    pub response: Option<Response>,
    /// The day it was raised.
    pub raised: Option<Date>,
    /// When its owner looks at it again.
    pub review_by: Option<Date>,
    /// Whether that day lies behind.
    pub is_review_overdue: bool,
    /// Whether it is a threat beyond the register's appetite.
    pub is_outside_appetite: bool,
    /// Its place on the scales as first raised.
    pub initial: Option<Judged>,
    /// Its place on the scales now.
    pub current: Option<Judged>,
    /// Its place on the scales after the response.
    pub target: Option<Judged>,
    /// What it is worth.
    #[serde(flatten)]
    pub worth: Worth,
    /// The project that it is in.
    #[serde(skip)]
    pub project: String,
    /// Why it may happen.
    #[serde(skip)]
    pub cause: Option<String>,
    /// Whether it can still happen.
    #[serde(skip)]
    pub is_open: bool,
    /// Whether it says what is done about it.
    #[serde(skip)]
    pub has_response: bool,
}

impl Entry {
    /// Its place on the scales at a stage.
    pub fn at(&self, stage: Stage) -> Option<Judged> {
        match stage {
            Stage::Initial => self.initial,
            Stage::Current => self.current,
            Stage::Target => self.target,
        }
    }

    /// Its score now.
    pub fn score(&self) -> Option<u32> {
        self.current.map(|judged| judged.score)
    }

    /// Whether nobody answers for it.
    pub fn lacks_owner(&self) -> bool {
        self.owner.as_deref().is_none_or(|owner| owner.trim().is_empty())
    }

    /// Whether it lies above the lowest band and nothing says what is done about it.
    pub fn lacks_response(&self) -> bool {
        !self.has_response && self.current.is_some_and(|judged| judged.band > Band::Green)
    }

    /// The marker of its band now.
    pub fn mark(&self) -> Cell {
        self.current.map_or(Cell::Missing, |judged| Rating::shape(level(self.kind, judged.band)).into())
    }
}

/// The level that shows a band: of a threat its colour; of an opportunity the other way about, where high is good and
/// low is no alarm.
pub fn level(kind: RiskKind, band: Band) -> Level {
    match (kind, band) {
        (RiskKind::Threat, Band::Red) => Level::Red,
        (_, Band::Amber) => Level::Amber,
        (RiskKind::Threat, Band::Green) | (RiskKind::Opportunity, Band::Red) => Level::Green,
        (RiskKind::Opportunity, Band::Green) => Level::Grey,
    }
}

/// A project with its risks.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// How the project stands.
    pub standing: Standing,
    /// Its risks, closed ones too, by number.
    pub risks: Vec<Entry>,
    /// What is left of its contingency.
    pub contingency_left: Option<Number>,
}

/// What the risk reports read.
pub fn scope(asked: &Asked) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(asked.day)
}

/// The kinds of record that need not stay once [`hold`] has seen a project.
pub fn passing() -> KindSet {
    KindSet::of(&["risk", "change", "benefit", "actuals"])
}

/// The risks of every project with a readable charter.
pub fn hold_all(register: &Register, day: Date) -> Vec<Held> {
    let ids: Vec<&str> = register.charters().map(|(id, ..)| id).collect();
    ids.into_iter().filter_map(|id| hold(register, id, day)).collect()
}

/// The risks of a project; nothing when it has no charter that could be read.
pub fn hold(register: &Register, id: &str, day: Date) -> Option<Held> {
    let standing = standing::gather(register, id, day)?;
    let charter = register.project(id)?;
    let shelf = register.projects.get(id)?;
    let status =
        calendar::filing(register, id, day).and_then(|filing| filing.newest).map(|(_, status)| status);
    let currency = cost::currency(register, charter);
    let entry = |(name, risk): (&crate::model::Name, &Risk)| {
        let config = &register.config.risk;
        let at = RecordId { kind: "risk", home: id.to_owned(), name: name.clone() };
        Entry {
            risk: at.to_string(),
            title: risk.title.clone(),
            kind: risk.kind,
            category: risk.category.clone(),
            supplier: risk.supplier.clone(),
            owner_name: risk.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
            owner: risk.owner.clone(),
            programme: charter.programme.clone(),
            division: charter.division.clone(),
            currency: currency.to_owned(),
            state: risk.state,
            response: risk.response,
            raised: risk.raised,
            review_by: risk_life::review_due(risk, config),
            is_review_overdue: is_open(risk) && risk_life::is_review_overdue(risk, config, day),
            is_outside_appetite: is_open(risk) && is_outside_appetite(risk, config),
            initial: judged(risk, Stage::Initial, config),
            current: judged(risk, Stage::Current, config),
            target: judged(risk, Stage::Target, config),
            worth: Worth::of(risk),
            project: id.to_owned(),
            cause: risk.cause.clone(),
            is_open: is_open(risk),
            has_response: has_response(risk),
        }
    };
    Some(Held {
        risks: shelf.records::<Risk>().map(entry).collect(),
        contingency_left: exposure::remaining_contingency(charter, status),
        standing,
    })
}
