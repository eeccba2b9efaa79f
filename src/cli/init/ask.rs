//! The questions of `pmo init`, each of which a flag answers too.

use inquire::{InquireError, Select, Text};

use crate::model::Cadence;
use crate::model::policy::OfficeKind;

use super::{Choice, CliError, Init};

/// Asks for what no flag said.
pub(super) fn complete(choice: &mut Choice, said: &Init) -> Result<(), CliError> {
    let mut asked = || -> Result<(), InquireError> {
        if said.name.is_none() {
            let name = Text::new("Organisation, as reports name it:").with_default(&choice.name);
            choice.name = name.prompt()?;
        }
        if said.currency.is_none() {
            choice.currency = Text::new("Currency:").with_default(&choice.currency).prompt()?;
        }
        if said.cadence.is_none() {
            let words = ["every week", "every two weeks", "every month", "every quarter"];
            choice.cadence = match Select::new("Projects report:", words.to_vec()).raw_prompt()?.index {
                0 => Cadence::Weekly,
                1 => Cadence::Fortnightly,
                2 => Cadence::Monthly,
                _ => Cadence::Quarterly,
            };
        }
        if said.kind.is_none() {
            let words = [
                "controlling: broken files and promises are errors",
                "supportive: findings are advice",
                "directive: most findings are errors",
            ];
            choice.kind = match Select::new("The PMO is:", words.to_vec()).raw_prompt()?.index {
                0 => OfficeKind::Controlling,
                1 => OfficeKind::Supportive,
                _ => OfficeKind::Directive,
            };
        }
        Ok(())
    };
    asked().map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            CliError::new("stopped; nothing was written")
        }
        error => CliError::from(error).hint("every question has a flag: pmo init --help"),
    })
}
