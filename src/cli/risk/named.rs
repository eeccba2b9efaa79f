//! The risk that a command names.

use crate::analysis::exposure::is_open;
use crate::model::{RecordId, Register, Risk, Slot};

use super::super::noun::one;
use super::super::{CliError, Context};

/// The risk of that reference; an error where it is something else, or its file cannot be read.
pub(super) fn risk<'a>(
    context: &Context,
    register: &'a Register,
    reference: &str,
) -> Result<(RecordId, &'a Risk), CliError> {
    let id = context.resolve(register, reference)?;
    if id.kind != "risk" {
        return Err(CliError::new(format!("{id} is {}, not a risk", one(id.kind)))
            .hint("`pmo risk list` names the risks"));
    }
    let record = register.slot(&id).and_then(Slot::record_or_draft);
    let risk = record.and_then(|record| record.as_any().downcast_ref());
    risk.map(|risk| (id.clone(), risk)).ok_or_else(|| {
        CliError::new(format!("{} cannot be read", id.path())).hint("`pmo check` shows what is wrong with it")
    })
}

/// The same, where it can still happen.
pub(super) fn open_risk<'a>(
    context: &Context,
    register: &'a Register,
    reference: &str,
) -> Result<(RecordId, &'a Risk), CliError> {
    let (id, risk) = self::risk(context, register, reference)?;
    if is_open(risk) {
        return Ok((id, risk));
    }
    let on = risk.closed_on.map(|day| format!(" on {day}")).unwrap_or_default();
    let what = if risk.state == crate::model::risk::RiskState::Occurred { "occurred" } else { "was closed" };
    Err(CliError::new(format!("{id} {what}{on}"))
        .hint(format!("`pmo reopen {id}` opens it again, `pmo show {id}` shows it")))
}
