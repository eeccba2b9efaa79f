//! `pmo benefit measure REF VALUE`: records a measured value.

use clap::Args;
use iso_currency::Currency;

use crate::analysis::{benefits, cost};
use crate::change::Plan;
use crate::model::{Benefit, Date, Number, RecordId, Register, Slot};
use crate::syntax::{self, NewValue};
use crate::text;

use super::super::set::text_of;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  pmo benefit measure crm/B-001 412                    measured today
  pmo benefit measure crm/B-001 412 --on 2026-11-01
  pmo benefit measure crm/B-001 \"412 hours\"            refused if the benefit has another unit
  pmo benefit measure crm/B-002 285_000 --note \"Yearly cost at October's rate\" --commit";

/// What was measured.
#[derive(Clone, Debug, Args)]
pub(super) struct Measure {
    /// The benefit, such as crm/B-001
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// The value in the benefit's unit, which may stand behind it
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: String,
    /// The day it was measured; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// What there is to say about it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Measure {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &[])?;
        let register = &before.register;
        let id = context.resolve(register, &self.reference)?;
        let benefit = benefit(register, &id)?;
        let on = self.on.unwrap_or(context.today);
        if on > context.today {
            let error = CliError::new(format!("{on} has not come yet, so nothing was measured then"));
            return Err(error
                .hint(format!("today is {}; an expected value is the benefit's `forecast`", context.today)));
        }
        if let Some(known) = benefit.measurement.iter().find(|point| point.date == on) {
            let error = CliError::new(format!("{id} has a measurement of {on} already: {}", known.value));
            let at = benefit.measurement.iter().position(|point| point.date == on).unwrap_or_default();
            return Err(
                error.hint(format!("correct it with `pmo set {id} measurement[{at}].value={}`", self.value))
            );
        }
        let (digits, value) = self.read(&id, benefit, register)?;
        let (path, text) = text_of(context, &id)?;
        let mut entries =
            vec![("date".to_owned(), literal(&on.to_string())?), ("value".to_owned(), literal(&digits)?)];
        entries.extend(self.note.as_deref().map(|note| ("note".to_owned(), NewValue::text(note))));
        let after = syntax::append_table(&text, "measurement", &entries).map_err(|error| {
            CliError::from(error)
                .hint(format!("`pmo check {path}` shows where, `pmo edit {id}` opens the file"))
        })?;
        let mut plan = Plan::new();
        plan.rewrite(path, text.as_bytes(), after);
        let unit =
            benefit.unit.as_deref().map(|unit| format!(" {}", text::terminal(unit))).unwrap_or_default();
        let deed = Deed {
            done: format!("measured {id} on {on}: {value}{unit}{}", reached(benefit, value)),
            message: format!("{id}: measured {value}{unit} on {on}"),
            next: vec![format!("pmo report benefits {}", id.home)],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }

    /// The value as it was typed and as a number, if it fits the benefit's unit.
    fn read(
        &self,
        id: &RecordId,
        benefit: &Benefit,
        register: &Register,
    ) -> Result<(String, Number), CliError> {
        let typed = self.value.trim();
        let end = typed.find(|c: char| !(c.is_ascii_digit() || "+-._".contains(c))).unwrap_or(typed.len());
        let (digits, said) = (typed[..end].to_owned(), typed[end..].trim());
        let (true, Ok(value)) = (NewValue::literal(&digits).is_some(), digits.parse::<Number>()) else {
            let error = CliError::new(format!("`{}` is not a number", text::terminal(typed)));
            return Err(
                error.hint("write it like 412, 9.40 or 285_000, with a point and without a separator but _")
            );
        };
        let unit = benefit.unit.as_deref().unwrap_or("").trim();
        if !said.is_empty() && !is_unit(said, unit) {
            let (said, has) = (text::terminal(said), text::terminal(unit));
            let what =
                if unit.is_empty() { "names no unit".to_owned() } else { format!("is measured in {has}") };
            let error = CliError::new(format!("`{said}` is not the unit of {id}, which {what}"));
            return Err(error
                .hint(format!("convert the value, or change the unit with `pmo set {id} unit=\"{said}\"`")));
        }
        if is_unit("percent", unit) && !fits_percent(benefit, value) {
            let error =
                CliError::new(format!("{value} is no percentage from 0 to 100, as {id} is measured in"));
            return Err(error.hint("a share is written in percent: 41, not 0.41 or 4100"));
        }
        let own = register.project(&id.home).map_or("", |charter| cost::currency(register, charter));
        let minor = benefits::currency(benefit, own).and_then(|code| Currency::from_code(code)?.exponent());
        if let Some(decimals) = minor.filter(|decimals| value.0.normalize().scale() > u32::from(*decimals)) {
            let of = benefits::currency(benefit, own).unwrap_or_default();
            let error =
                CliError::new(format!("{value} is more exact than {of} is, which has {decimals} decimals"));
            return Err(error.hint("round it to what can be paid"));
        }
        Ok((digits, value))
    }
}

/// How far the value is on the way to the target, in words.
fn reached(benefit: &Benefit, value: Number) -> String {
    let got = benefits::gain(benefit, value.0);
    let all = benefit.target.and_then(|target| benefits::gain(benefit, target.0));
    match got.zip(all).and_then(|(got, all)| cost::percent_of(got, all)) {
        Some(percent) => format!(", {} % of the way to the target", percent.round_dp(0)),
        None => String::new(),
    }
}

/// Whether two words name one unit.
fn is_unit(said: &str, unit: &str) -> bool {
    let plain = |word: &str| {
        let word = word.trim().to_lowercase();
        if word == "%" { "percent".to_owned() } else { word.trim_end_matches('s').to_owned() }
    };
    plain(said) == plain(unit)
}

/// Whether a percentage is one of a whole; where the benefit itself goes beyond 0 to 100 it is a change.
fn fits_percent(benefit: &Benefit, value: Number) -> bool {
    let fits = |value: Number| (Number::ZERO..=Number::from(100)).contains(&value);
    fits(value) || [benefit.baseline, benefit.target].into_iter().flatten().any(|known| !fits(known))
}

fn literal(text: &str) -> Result<NewValue, CliError> {
    NewValue::literal(text)
        .ok_or_else(|| CliError::new(format!("`{}` cannot be written", text::terminal(text))))
}

fn benefit<'a>(register: &'a Register, id: &RecordId) -> Result<&'a Benefit, CliError> {
    if id.kind != "benefit" {
        return Err(CliError::new(format!("{id} is a {}, not a benefit", id.kind))
            .hint("`pmo benefit list` names the benefits"));
    }
    let record = register.slot(id).and_then(Slot::record_or_draft);
    record.and_then(|record| record.as_any().downcast_ref()).ok_or_else(|| {
        CliError::new(format!("{} cannot be read", id.path())).hint("`pmo check` shows what is wrong with it")
    })
}
