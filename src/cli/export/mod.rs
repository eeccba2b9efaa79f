//! `pmo export`: the register for other programs, whole or in part.

mod folder;
mod ics;
mod part;
mod sqlite;
mod workbook;

use clap::{Args, Subcommand};

use crate::exchange::export::{self, Gathered};
use crate::load::Loaded;
use crate::model::Scope;
use crate::render;
use crate::text;

use super::{CliError, Context, Done, Outcome};

use part::Part;

/// Write the register for other programs: workbook, CSV, JSON, YAML, calendar, database
///
/// Every record that counts is carried with everything that it says, typed and exact; figures that follow from
/// them are for `pmo report`. `pmo import` reads these files back. docs/export.md describes the tables.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo export xlsx -o register.xlsx         a workbook: reports first, then a sheet for each kind
  pmo export csv -o register               a folder with one CSV file a kind
  pmo export csv --table risk              one table, on standard output
  pmo export json -o register.json         everything as one tree, for programs
  pmo export json --project crm | jq '.records.risk[].title'
  pmo export csv -o moved --state active --programme customer-360
  pmo export json --audience suppliers     without what is withheld from them (docs/audiences.md)
  pmo export csv -o half-year --at 2026-06-30
  pmo export ics --person jana-novak -o jana.ics
  pmo export sqlite -o register.db && sqlite3 register.db 'SELECT * FROM portfolio'")]
pub struct Export {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    /// A workbook: a sheet for each main report and for each kind; `pmo import` reads it back
    Xlsx(workbook::Xlsx),
    /// A folder with one CSV file a kind, exact and typed; `pmo import` reads it back
    Csv(folder::Csv),
    /// One tree with every record, for programs; `pmo import` reads it back
    Json(Tree),
    /// The same as YAML
    Yaml(Tree),
    /// A calendar to subscribe to: milestones, reviews, deadlines, decisions wanted, what is due
    Ics(ics::Ics),
    /// A database: typed tables with keys, and views on the main figures
    Sqlite(sqlite::Sqlite),
}

#[derive(Debug, Args)]
struct Tree {
    #[command(flatten)]
    part: Part,
}

impl Export {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.format {
            Format::Xlsx(workbook) => workbook.run(context),
            Format::Csv(csv) => csv.run(context),
            Format::Ics(calendar) => calendar.run(context),
            Format::Sqlite(database) => database.run(context),
            Format::Json(tree) => tree.run(context, true),
            Format::Yaml(tree) => tree.run(context, false),
        }
    }
}

impl Tree {
    fn run(self, context: &Context, is_json: bool) -> Outcome {
        let loaded = self.part.load(context)?;
        let gathered = carried(context, &loaded)?;
        let whole = export::whole(&loaded.register, &gathered, context.today, &loaded.source);
        context.put_by(|stream| match is_json {
            true => render::json_to(&whole, stream),
            false => render::yaml_to(&whole.head, "records", whole.records.kinds(), stream),
        })?;
        tell_left_out(context, &gathered);
        if let Some(path) = &context.output {
            context.say(&format!("wrote {} to {}", counted(&gathered), path.display()));
        }
        Ok(Done::Fine)
    }
}

impl Part {
    /// The register without what is not asked for or withheld.
    fn load(&self, context: &Context) -> Result<Loaded, CliError> {
        let mut loaded = context.load_for(&self.readers, &Scope::all())?;
        let choice = self.choice(&loaded.register)?;
        loaded.register = export::select(loaded.register, &choice);
        Ok(loaded)
    }
}

/// What a register carries, drafts as their files included.
fn carried<'a>(context: &Context, loaded: &'a Loaded) -> Result<Gathered<'a>, CliError> {
    let mut gathered = export::gather(&loaded.register);
    if !gathered.drafts.is_empty() {
        let source = context.source()?;
        gathered.carry(|path| String::from_utf8(source.read_if_present(path).ok()??).ok());
    }
    Ok(gathered)
}

/// How many records are carried, and how many drafts.
fn counted(gathered: &Gathered<'_>) -> String {
    let records = text::count(gathered.count(), "record");
    match gathered.carried.len() {
        0 => records,
        drafts => format!("{records} and {}", text::count(drafts, "draft")),
    }
}

/// Says which records are not carried, and why.
fn tell_left_out(context: &Context, gathered: &Gathered<'_>) {
    const SHOWN: usize = 5;
    let tell = |ids: &[crate::model::RecordId], noun: &str, why: &str| {
        if ids.is_empty() {
            return;
        }
        let mut names: Vec<String> = ids.iter().take(SHOWN).map(ToString::to_string).collect();
        if ids.len() > SHOWN {
            names.push(format!("{} more", ids.len() - SHOWN));
        }
        context.say(&format!(
            "left out: {} {why}: {}",
            text::count(ids.len(), noun),
            text::list(&names, "and")
        ));
    };
    tell(&gathered.drafts, "draft", "with something left to be filled in");
    tell(&gathered.broken, "file", "that cannot be read (`pmo check` says why)");
}
