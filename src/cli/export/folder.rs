//! `pmo export csv`: a folder with one file a table, or one table alone.

use std::path::Path;

use clap::Args;
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use crate::exchange::export::{self, Gathered, forms};
use crate::text::{self, near};

use super::super::{CliError, Context, Done, Outcome};
use super::part::Part;
use super::{carried, counted, tell_left_out};

/// A folder with one CSV file a kind.
#[derive(Debug, Args)]
pub(super) struct Csv {
    /// Only this table, such as risk or project.milestone; on standard output unless -o is given
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(names))]
    table: Option<String>,
    #[command(flatten)]
    part: Part,
}

impl Csv {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let folder = match (&self.table, &context.output) {
            (Some(_), _) => None,
            (None, Some(folder)) => Some(folder.clone()),
            (None, None) => {
                return Err(CliError::new(
                    "`pmo export csv` writes one file a kind, and needs a folder for them",
                )
                .hint("pmo export csv -o register")
                .hint("pmo export csv --table risk   prints one table"));
            }
        };
        let loaded = self.part.load(context)?;
        let gathered = match &folder {
            Some(folder) => {
                let gathered = carried(context, &loaded)?;
                write(context, folder, &gathered)?;
                gathered
            }
            None => {
                let gathered = export::gather(&loaded.register);
                one(context, self.table.as_deref().unwrap_or_default(), &gathered)?;
                gathered
            }
        };
        tell_left_out(context, &gathered);
        Ok(Done::Fine)
    }
}

/// The names of all tables, for the shell.
fn names() -> Vec<CompletionCandidate> {
    forms().iter().map(|form| CompletionCandidate::new(form.name())).collect()
}

fn one(context: &Context, name: &str, gathered: &Gathered<'_>) -> Result<(), CliError> {
    let Some(form) = export::Form::named(name) else {
        let names: Vec<String> = forms().iter().map(export::Form::name).collect();
        let error = CliError::new(format!("there is no table `{}`", text::escape::terminal(name)))
            .hint(format!("the tables are {}", text::list(&names, "and")));
        return Err(match near::nearest(name, names.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        });
    };
    let table = export::table_of(form, gathered)?;
    context.put_by(|stream| export::csv(&table, stream))
}

fn write(context: &Context, folder: &Path, gathered: &Gathered<'_>) -> Result<(), CliError> {
    context.make_folder(folder)?;
    // A file of an earlier export whose table has no rows now must not stay as it was.
    let is_there = |form: &export::Form| folder.join(format!("{}.csv", form.name())).exists();
    let tables = export::tables(gathered, &is_there)?;
    for table in &tables {
        let path = folder.join(format!("{}.csv", table.name()));
        context.write_file_by(&path, |stream| export::csv(table, stream))?;
    }
    let path = folder.join(format!("{}.csv", export::DRAFT));
    let has_drafts = !gathered.carried.is_empty();
    if has_drafts || path.exists() {
        context.write_file_by(&path, |stream| export::drafts_csv(&gathered.carried, stream))?;
    }
    context.say(&format!(
        "wrote {} in {} to {}",
        counted(gathered),
        text::count(tables.len() + usize::from(has_drafts), "table"),
        folder.display()
    ));
    Ok(())
}
