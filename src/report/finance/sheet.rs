//! Budget control of one project on a page.

mod page;

use serde::Serialize;

use crate::analysis::earned_value::{Absent, Known};
use crate::analysis::finance::{self, FiscalYear, Reserve};
use crate::analysis::standing::Standing as Analysed;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::{Date, Number, Register};
use crate::report::head::{Asked, Head};
use crate::report::incomplete::Incomplete;
use crate::report::project::Investment;
use crate::report::standing;

use super::{CategoryLine, FinanceLine, line, scope_of};

/// Budget control of one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FinanceSheet {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The amounts of the project.
    #[serde(flatten)]
    pub line: FinanceLine,
    /// Forecast − actual: what is still to be spent.
    pub to_spend: Option<Number>,
    /// The agreed figures, those in force first, then the superseded ones.
    pub agreed: Vec<AgreedLine>,
    /// The contingency, and what was drawn of it.
    pub contingency: Reserve,
    /// The management reserve, and what was drawn of it.
    pub management_reserve: Reserve,
    /// Categories of cost.
    pub categories: Vec<CategoryLine>,
    /// The fiscal years from the first cost to the expected finish.
    pub years: Vec<YearLine>,
    /// What it is worth as an investment; nothing where no benefit is money.
    pub investment: Option<Investment>,
}

/// The figures that were agreed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreedLine {
    /// The day of the approval.
    pub approved_on: Option<Date>,
    /// The change or decision that set them.
    pub by: Option<String>,
    /// The budget at completion.
    pub budget: Option<Number>,
    /// The finish.
    pub finish: Option<Date>,
    /// Whether they are in force.
    pub is_in_force: bool,
}

/// A fiscal year of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearLine {
    /// What people call it.
    pub name: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The planned value that falls into it.
    pub baseline: Option<Number>,
    /// What was spent in it.
    pub actual: Option<Number>,
    /// What was spent in it and is expected of its rest.
    pub forecast: Option<Number>,
    /// Why, for what is not known.
    pub absent: Vec<Absent>,
}

/// Makes the sheet of one project; nothing when it has no charter that could be read.
pub fn sheet(register: &Register, id: &str, asked: &Asked) -> Option<FinanceSheet> {
    let head = Head::new("finance-project", register, asked).in_its_own_currency();
    let line = line(register, standing::gather(register, id, asked.day)?, &head, asked.day)?;
    let at = Analysed::of(register, id, asked.day)?;
    let [contingency, management_reserve] = Reserve::both(at.charter, at.status());
    let is_priced = !head.withholds(Withhold::Money);
    let amount = |key: &str| line.amounts.get(key).copied().flatten();
    let spent = amount("forecast").zip(amount("actual"));
    let years = match is_priced {
        true => finance::years(register, &at, asked.day).into_iter().map(YearLine::of).collect(),
        false => Vec::new(),
    };
    let worth = is_priced && head.shows(Section::Benefits);
    Some(FinanceSheet {
        incomplete: Incomplete::of(register, &scope_of(id, asked)),
        to_spend: spent.and_then(|(forecast, actual)| forecast.0.checked_sub(actual.0)).map(Number),
        agreed: agreed(&at),
        contingency,
        management_reserve,
        categories: CategoryLine::of(std::slice::from_ref(&line)),
        years,
        investment: if worth { Investment::of(register, id, asked.day) } else { None },
        line,
        head,
    })
}

/// What is agreed now, then what was before.
fn agreed(at: &Analysed<'_>) -> Vec<AgreedLine> {
    let charter = at.charter;
    let set = charter.baseline.as_ref();
    let by = set.and_then(|set| set.change.as_ref().or(set.decision.as_ref()));
    let now = AgreedLine {
        approved_on: set.and_then(|set| set.approved_on),
        by: by.map(ToString::to_string),
        budget: charter.budget.approved.map(Number::from),
        finish: charter.schedule.finish,
        is_in_force: true,
    };
    let earlier = charter.superseded.iter().map(|earlier| AgreedLine {
        approved_on: earlier.approved_on,
        by: None,
        budget: earlier.budget.map(Number::from),
        finish: earlier.finish,
        is_in_force: false,
    });
    std::iter::once(now).chain(earlier).collect()
}

impl YearLine {
    fn of(year: FiscalYear) -> Self {
        let figures = year.figures;
        let all: [Known; 3] = [figures.baseline, figures.actual, figures.forecast];
        let mut absent: Vec<Absent> = all.into_iter().filter_map(Known::err).collect();
        absent.dedup();
        Self {
            name: year.name,
            first: year.first,
            last: year.last,
            baseline: figures.baseline.ok(),
            actual: figures.actual.ok(),
            forecast: figures.forecast.ok(),
            absent,
        }
    }
}

impl FinanceSheet {
    /// The sheet as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
