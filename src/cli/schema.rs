//! `pmo schema`: what a kind of file may hold, as JSON Schema for editors and other programs.

use clap::Args;

use crate::load::{config_schema, schema_of_kind};
use crate::model::KINDS;
use crate::text::{Align, pad};

use super::set::kind_named;
use super::{Context, Done, Outcome};

/// What `pmo.toml` is called among the kinds.
const SETTINGS: &str = "pmo";

/// Prints the JSON Schema of a kind of file, or lists the kinds.
///
/// Editors find the schemas in .pmo/schema/, where `pmo init` writes them.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo schema                      the kinds of file
  pmo schema status               what a status report may hold
  pmo schema pmo                  what pmo.toml may hold")]
pub struct Schema {
    /// The kind of record, such as risk, or pmo for pmo.toml
    kind: Option<String>,
}

impl Schema {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let text = match self.kind.as_deref() {
            None => list(),
            Some(SETTINGS) => serde_json::to_string_pretty(config_schema())? + "\n",
            Some(name) => serde_json::to_string_pretty(schema_of_kind(kind_named(name)?))? + "\n",
        };
        context.put(&text)?;
        Ok(Done::Fine)
    }
}

fn list() -> String {
    let width = KINDS.iter().map(|kind| kind.spec.name.len()).max().unwrap_or(0);
    let line = |name: &str, about: &str| format!("{}  {about}\n", pad(name, width, Align::Left));
    let kinds = KINDS.iter().map(|kind| line(kind.spec.name, kind.spec.about));
    kinds.chain([line(SETTINGS, "The register's own settings, pmo.toml.")]).collect()
}
