//! `pmo set REF key=value …`: changes keys of a record, with their types checked.

use clap::Args;

use crate::change::{AssignError, Assignment, Plan, assign};
use crate::model::{Kind, RecordId};
use crate::store::Source as _;
use crate::syntax::{self, EditError};
use crate::text;

use super::writing::{Deed, Writing};
use super::{CliError, Context, Outcome, complete};

mod guard;

pub(super) use guard::on_scale;

/// Changes keys of a record.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo set crm/R-003 owner=amir-haddad probability=4
  pmo set crm budget.approved=1_300_000 milestone.go-live.baseline=2027-02-14
  pmo set crm/R-003 links=\"#go-live, data-platform/R-004\"
  pmo set crm/I-002 due=                 an empty value removes the key
  pmo set @jana-novak email=jana@northwind.example --commit")]
pub struct Set {
    /// The record, such as crm, crm/R-003, @jana-novak or crm/2026-W47
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// What to change: a key of the file, dotted for tables, and its new value
    #[arg(value_name = "KEY=VALUE", required = true)]
    assignments: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Set {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.reference, &[])?;
        let id = context.resolve(&before.register, &self.reference)?;
        let kind = kind_of(&id)?;
        let mut assignments = Vec::new();
        for typed in &self.assignments {
            assignments
                .push(Assignment::read(kind, &before.register.config.field, typed).map_err(explained)?);
        }
        guard::once(&assignments)?;
        guard::on_scale(&before.register, &id, &assignments)?;
        guard::allowed(&before.register, &id, &assignments)?;
        let plan = planned(context, &id, &assignments)?;
        let after = plan.planned(&id.path()).map(String::from_utf8_lossy).unwrap_or_default();
        let note = guard::note(context, &before.register, &id, &assignments, &after);
        let note = note.map(|note| format!("\n{note}")).unwrap_or_default();
        let keys: Vec<&str> = assignments.iter().map(|assignment| assignment.path.as_str()).collect();
        let keys = text::list(&keys, "and");
        let deed = Deed {
            done: format!("set {keys} of {id}{note}"),
            message: format!("{id}: set {keys}"),
            next: vec![format!("pmo show {id}")],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// The machinery of a record's kind.
pub(super) fn kind_of(id: &RecordId) -> Result<&'static Kind, CliError> {
    Kind::named(id.kind)
        .ok_or_else(|| CliError::new(format!("there is no kind of record called {}", id.kind)))
}

/// The kind of record that a user names, singular or plural.
pub(super) fn kind_named(name: &str) -> Result<&'static Kind, CliError> {
    if let Some(kind) = Kind::named(name) {
        return Ok(kind);
    }
    let error = CliError::new(format!("there is no kind of record called `{}`", text::terminal(name)));
    let near = text::nearest(name, crate::model::KINDS.iter().map(|kind| kind.spec.name));
    Err(match near {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => {
            let names: Vec<&str> = crate::model::KINDS.iter().map(|kind| kind.spec.name).collect();
            error.hint(format!("the kinds are {}", text::list(&names, "and")))
        }
    })
}

/// Plans assignments to a record's file.
pub(super) fn planned(
    context: &Context,
    id: &RecordId,
    assignments: &[Assignment],
) -> Result<Plan, CliError> {
    let (path, before) = text_of(context, id)?;
    let after = assign(&before, assignments).map_err(|error| {
        if let AssignError::Edit { cause: EditError::Missing(missing), .. } = &error
            && let Some(error) = guard::no_such_element(id, &before, missing)
        {
            return error;
        }
        let hint = format!("`pmo check {path}` shows where, `pmo edit {id}` opens the file");
        CliError::from(error).hint(hint)
    })?;
    let mut plan = Plan::new();
    plan.rewrite(path, before.as_bytes(), after);
    Ok(plan)
}

/// The path and text of a record's file.
pub(super) fn text_of(context: &Context, id: &RecordId) -> Result<(String, String), CliError> {
    let path = id.path();
    let mut bytes = Vec::new();
    context.source()?.read(&path, &mut bytes)?;
    match syntax::read::decode(&bytes) {
        Ok(text) => Ok((path, text.to_owned())),
        Err(mistake) => {
            let error = CliError::new(format!("{path}: {}", mistake.message));
            Err(mistake.help.into_iter().fold(error, CliError::hint))
        }
    }
}

/// What is wrong with an assignment, with its remedy.
fn explained(error: AssignError) -> CliError {
    let hint = match &error {
        AssignError::Form(_) => {
            Some("write  pmo set REF key=value,  in quotes where the value has blanks".to_owned())
        }
        AssignError::Unfit(mistake) => mistake.help.clone(),
        AssignError::Edit { .. } => None,
    };
    hint.into_iter().fold(CliError::from(error), CliError::hint)
}
