//! What projects have brought so far, beside what was planned: also of those that are closed.

mod line;
mod page;
mod sums;
mod worth;

use serde::Serialize;

use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::lifecycle::ProjectState;
use crate::model::{Benefit, Name, Number, Project, Register, Reports, Scope};

use super::converted::Converted;
use super::head::{Asked, Head};
use super::incomplete::Incomplete;

pub use line::{BenefitRow, Delivery};
pub use sums::{Counted, Money, Unit};
pub use worth::Worth;

/// By what benefits are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The project that brings it.
    #[default]
    Project,
    /// The project's programme.
    Programme,
    /// The objective that it serves.
    Objective,
    /// What sort of gain it is.
    Kind,
}

impl Group {
    /// The groupings with the words that name them.
    pub const ALL: [(&'static str, Self); 4] = [
        ("project", Self::Project),
        ("programme", Self::Programme),
        ("objective", Self::Objective),
        ("kind", Self::Kind),
    ];

    /// The grouping of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, group)| group)
    }
}

/// What a report on benefits is asked for; an empty list allows any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Only this project.
    pub project: Option<String>,
    /// Only projects of these programmes, by id or name.
    pub programme: Vec<String>,
    /// Only projects of these divisions.
    pub division: Vec<String>,
    /// In which groups.
    pub group_by: Group,
}

impl Options {
    /// Whether the benefits of a project are listed: it was decided on, and not broken off.
    fn keeps(&self, register: &Register, id: &str, charter: &Project) -> bool {
        let any = |wanted: &[String], has: &[Option<&str>]| {
            wanted.is_empty()
                || wanted.iter().any(|word| has.iter().flatten().any(|own| own.eq_ignore_ascii_case(word)))
        };
        let programme = charter.programme.as_deref();
        let name = programme.and_then(|id| Some(register.programme(id)?.name.as_str()));
        let is_asked_for = self.project.as_deref() == Some(id);
        let is_due = !matches!(charter.state, ProjectState::Proposed | ProjectState::Terminated);
        (is_asked_for || (self.project.is_none() && is_due))
            && any(&self.programme, &[programme, name])
            && any(&self.division, &[charter.division.as_deref()])
    }
}

/// The report on benefits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Benefits {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Options,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How many benefits, and how many of them are known in which way.
    pub counts: Counted,
    /// What is money, by currency: amounts of a year.
    pub money: Vec<Money>,
    /// The same in the register's own currency, where there are several.
    pub converted: Option<Converted<Money>>,
    /// What is not money, by unit; counted, and never added up.
    pub units: Vec<Unit>,
    /// The discount rate in percent.
    pub discount_rate: Option<Number>,
    /// What the projects are worth as investments, those with the highest net present value first.
    pub investments: Vec<Worth>,
    /// The benefits, in the order of their groups.
    pub benefits: Vec<BenefitRow>,
}

/// What the report reads: benefits, what names them, and what their projects cost.
pub fn scope(asked: &Asked) -> Scope {
    Scope::kinds(&["project", "programme", "person", "objective", "benefit", "actuals"])
        .with_reports(Reports::Newest(1))
        .on(asked.day)
}

/// Makes the report.
pub fn benefits(register: &Register, asked: &Asked, options: Options) -> Benefits {
    let head = Head::new("benefits", register, asked);
    // Where money is withheld there is none to add up, and nobody knows what was measured.
    let is_priced = !head.withholds(Withhold::Money);
    let is_shown = head.shows(Section::Benefits);
    let (mut rows, mut investments) = (Vec::new(), Vec::new());
    for (id, charter, shelf) in register.charters() {
        if !options.keeps(register, id, charter) {
            continue;
        }
        for (name, benefit) in shelf.records::<Benefit>() {
            rows.push(BenefitRow::of(register, (id, charter), (name, benefit), asked.day));
        }
        if is_priced && is_shown {
            investments.extend(Worth::of(register, id, &charter.name, asked.day));
        }
    }
    investments.sort_by_key(|worth| std::cmp::Reverse(worth.net_present_value.value));
    rows.sort_by_cached_key(|row| (row.group(options.group_by), row.project.clone(), row.benefit.clone()));
    if !is_priced {
        rows.iter_mut().for_each(|row| row.measurement_due_since = None);
    }
    if !is_shown {
        rows.clear();
    }
    Benefits {
        incomplete: Incomplete::of(register, &scope(asked)),
        counts: Counted::of(&rows),
        money: if is_priced { sums::money(&rows, &head.currency) } else { Vec::new() },
        converted: if is_priced { sums::converted(register, &rows, asked.day) } else { None },
        units: sums::units(&rows),
        discount_rate: register.config.finance.discount_rate.map(|percent| Number(percent.0)),
        investments,
        benefits: rows,
        head,
        options,
    }
}

impl Benefits {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}

/// The objective's name, or its id where it has no record.
fn objective_name(register: &Register, id: &str) -> String {
    let record = register.own.get::<crate::model::Objective>(&Name::Slug(id.to_owned()));
    record.map_or(id, |objective| objective.name.as_str()).to_owned()
}
