//! `pmo schema`: what a kind of file may hold, as JSON Schema for editors and other programs.

use clap::Args;

use crate::change::Plan;
use crate::load::{config_schema, schema_of_kind};
use crate::model::KINDS;
use crate::store::Source as _;
use crate::text::{Align, count, pad};

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
  pmo schema pmo                  what pmo.toml may hold
  pmo schema --write              refresh .pmo/schema/ after an update")]
pub struct Schema {
    /// The kind of record, such as risk, or pmo for pmo.toml
    kind: Option<String>,
    /// Write every schema to .pmo/schema/, where editors look for them
    #[arg(long, conflicts_with = "kind")]
    write: bool,
}

impl Schema {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        if self.write {
            return write(context);
        }
        let text = match self.kind.as_deref() {
            None => list(),
            Some(SETTINGS) => serde_json::to_string_pretty(config_schema())? + "\n",
            Some(name) => serde_json::to_string_pretty(schema_of_kind(kind_named(name)?))? + "\n",
        };
        context.put(&text)?;
        Ok(Done::Fine)
    }
}

/// Brings the register's `.pmo/schema/` up to date.
fn write(context: &Context) -> Outcome {
    let source = context.source()?;
    let kinds = KINDS.iter().map(|kind| (kind.spec.name, schema_of_kind(kind)));
    let mut plan = Plan::new();
    for (name, schema) in kinds.chain([(SETTINGS, config_schema())]) {
        let path = format!(".pmo/schema/{name}.json");
        let text = serde_json::to_string_pretty(schema)? + "\n";
        match source.read_if_present(&path)? {
            Some(before) => plan.rewrite(path, &before, text),
            None => plan.create(path, text),
        };
    }
    let changed = plan.paths().len();
    context.apply(&plan)?;
    context.say(&match changed {
        0 => ".pmo/schema/ is as it should be".to_owned(),
        n => format!("wrote {} to .pmo/schema/", count(n, "schema")),
    });
    Ok(Done::Fine)
}

fn list() -> String {
    let width = KINDS.iter().map(|kind| kind.spec.name.len()).max().unwrap_or(0);
    let line = |name: &str, about: &str| format!("{}  {about}\n", pad(name, width, Align::Left));
    let kinds = KINDS.iter().map(|kind| line(kind.spec.name, kind.spec.about));
    kinds.chain([line(SETTINGS, "The register's own settings, pmo.toml.")]).collect()
}
