//! Open risks of a project: threats and opportunities, never one against the other.

use serde::Serialize;

use crate::analysis::exposure::{self, Band, RiskView};
use crate::analysis::risk_life;
use crate::document::Level;
use crate::document::{Cell, Column, Rating, Table};
use crate::model::risk::Response;
use crate::model::{Date, Number, Percent, Project, Register, Shelf, Status};

/// An open risk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RiskLine {
    /// Its reference.
    pub risk: String,
    /// What it is about.
    pub title: String,
    /// Probability on the register's scale.
    pub probability: Option<u8>,
    /// The worst impact on the register's scale.
    pub impact: Option<u32>,
    /// Probability times worst impact.
    pub score: Option<u32>,
    /// The band of the score.
    pub band: Option<Band>,
    /// The score as first raised.
    pub initial_score: Option<u32>,
    /// The score after the response.
    pub target_score: Option<u32>,
    /// Its chance in percent.
    pub chance: Option<Percent>,
    /// Chance times effect.
    pub expected_value: Option<Number>,
    /// Its owner, by name.
    pub owner: Option<String>,
    /// What is done about it.
    pub response: Option<Response>,
    /// When its owner looks at it again.
    pub review_by: Option<Date>,
    /// Whether that day lies behind.
    pub is_review_overdue: bool,
}

/// Open threats and opportunities, the highest first.
pub(super) fn open(
    register: &Register,
    id: &str,
    charter: &Project,
    shelf: &Shelf,
    status: Option<&Status>,
    day: Date,
) -> (Vec<RiskLine>, Vec<RiskLine>) {
    let exposure = exposure::of(id, Some(charter), shelf, status, &register.config.risk);
    let config = &register.config.risk;
    let line = |view: &RiskView<'_>| {
        let risk = view.risk;
        let at = |assessment: &Option<Box<crate::model::risk::Assessment>>| {
            let assessment = assessment.as_ref()?;
            exposure::score(assessment.probability, assessment.impact.as_ref())
        };
        RiskLine {
            risk: view.id.to_string(),
            title: risk.title.clone(),
            probability: risk.probability,
            impact: risk.impact.as_ref().and_then(exposure::worst_impact),
            score: view.score,
            band: view.band,
            initial_score: at(&risk.initial),
            target_score: at(&risk.target),
            chance: risk.chance,
            expected_value: view.expected,
            owner: risk.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
            response: risk.response,
            review_by: risk_life::review_due(risk, config),
            is_review_overdue: risk_life::is_review_overdue(risk, config, day),
        }
    };
    (exposure.threats.iter().map(line).collect(), exposure.opportunities.iter().map(line).collect())
}

/// Risks as a table.
///
/// The band marks threats only: a high opportunity is no alarm.
pub(in crate::report) fn table(
    key: &str,
    title: &str,
    lines: &[RiskLine],
    currency: &str,
    banded: bool,
) -> Table {
    let marker = Column::marker("band");
    let columns = vec![
        if banded { marker } else { Column { data_only: true, ..marker } },
        Column::new("risk", title),
        Column::new("title", "").stretch(),
        Column::figures("score", "Score"),
        Column::figures("target_score", "Target").priority(4),
        Column::figures("expected_value", "Expected").unit(currency).priority(3),
        Column::new("owner", "Owner").priority(1).stretch(),
        Column::new("response", "Response").priority(2),
        Column::figures("review_by", "Review").priority(2),
    ];
    let mut table = Table::new(key, columns);
    for line in lines {
        let band = |band: Band| match band {
            Band::Green => Level::Green,
            Band::Amber => Level::Amber,
            Band::Red => Level::Red,
        };
        table.row(vec![
            Cell::of(line.band, |found| Rating::shape(band(found)).into()),
            Cell::reference(line.risk.rsplit('/').next().unwrap_or(&line.risk)),
            Cell::text(&line.title),
            Cell::of(line.score, |score| Cell::Integer(score.into())),
            Cell::of(line.target_score, |score| Cell::Integer(score.into())),
            Cell::of(line.expected_value, |value| Cell::money(value.0, currency)),
            Cell::of(line.owner.as_deref(), Cell::text),
            Cell::of(line.response, |response| Cell::text(response.word())),
            Cell::of(line.review_by, |by| Cell::date(by.0)),
        ]);
    }
    let overdue = lines.iter().filter(|line| line.is_review_overdue).count();
    table.note = (overdue > 0).then(|| format!("{overdue} past the review date").into());
    table
}
