//! `pmo rm REF`: removes a record that nothing refers to.

use clap::Args;

use crate::change::{Plan, refer};
use crate::model::RecordId;
use crate::store::{EntryKind, Source};
use crate::text;

use super::writing::{Deed, Writing};
use super::{CliError, Context, Outcome, complete};

/// How many referrers are named in full.
const NAMED: usize = 12;

/// Removes a record.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo rm crm/R-003
  pmo rm crm --dry-run              a project goes with everything in its folder
  pmo rm @jana-novak --commit

What has happened is better closed than removed: pmo close REF keeps it in the register.")]
pub struct Remove {
    /// The record, such as crm/R-003
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    #[command(flatten)]
    writing: Writing,
}

impl Remove {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let id = context.resolve(&before.register, &self.reference)?;
        let referrers = refer::referrers(&before.register, &id);
        if !referrers.is_empty() {
            let count = text::count(referrers.len(), "place");
            let mut error = CliError::new(format!("{id} cannot be removed: {count} in the register name it"));
            let named = referrers.iter().take(NAMED).map(|referrer| {
                let who = referrer.record.as_ref().map_or_else(|| referrer.path.clone(), ToString::to_string);
                format!("  {who}: {}  ({})", referrer.key.trim_start_matches("key:"), referrer.path)
            });
            let listed: Vec<String> = named.collect();
            let rest = referrers.len().saturating_sub(NAMED);
            let more = if rest > 0 { format!("\n  and {rest} more") } else { String::new() };
            error = CliError::new(format!("{}\n{}{more}", error.source, listed.join("\n")));
            return Err(error
                .hint("change those first with `pmo set` or `pmo edit`")
                .hint(format!("`pmo close {id}` keeps it and its history in the register")));
        }
        let mut plan = Plan::new();
        let files = files_of(&context.source()?, &id)?;
        for path in &files {
            plan.remove(path.as_str());
        }
        let done = match files.len() {
            1 => format!("removed {id} ({})", files[0]),
            n => format!("removed {id} and everything in its folder ({n} files)"),
        };
        let deed = Deed { command: "pmo rm", done, message: format!("{id}: removed"), next: Vec::new() };
        self.writing.carry_out(context, &before, &plan, deed)
    }
}

/// Every file that belongs to a record: its own, and for a project or programme its folder's.
pub(super) fn files_of(source: &dyn Source, id: &RecordId) -> Result<Vec<String>, CliError> {
    let mut files = Vec::new();
    let folder = match id.kind {
        "project" => format!("projects/{}", id.home),
        "programme" => format!("programmes/{}", id.home),
        _ => return Ok(vec![id.path()]),
    };
    if id.kind == "programme" {
        files.push(id.path());
    }
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in source.list(&folder)? {
            let path = format!("{folder}/{}", entry.name);
            match entry.kind {
                EntryKind::File => files.push(path),
                EntryKind::Folder => folders.push(path),
                EntryKind::Link | EntryKind::Other => {
                    return Err(CliError::new(format!(
                        "{path} is no plain file, so the folder is left alone"
                    ))
                    .hint("move or remove it by hand first"));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
