//! `pmo import KIND FILE`: the rows of a workbook, CSV, JSON or YAML into records.

mod all;
mod desk;
mod example;
mod kept;
mod msproject;
mod page;
mod reading;
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::change::ChangeError;
use crate::exchange::import::rows::Refusal;
use crate::exchange::import::{Proposal, Target, guess, propose, rejects};
use crate::load::{self, Loaded};
use crate::model::Scope;
use crate::render;
use crate::store::{self, Source};
use crate::text;

use super::commit::CommitOptions;
use super::noun::place;
use super::writing::{Deed, Writing};
use super::{CliError, Context, Done, Outcome, complete};

use desk::Files;
use kept::beside;
use reading::{read_mapping, unknown_kind};

/// Bring records in from a workbook, a CSV, or what another program exported
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo import projects portfolio.xlsx --guess -o map.toml    propose a mapping, to be corrected
  pmo import projects portfolio.xlsx --map map.toml         see what would happen, row by row
  pmo import projects portfolio.xlsx --map map.toml --write --commit
  pmo import risks risks.csv --project crm                  columns named as fields need no mapping
  pmo import msproject plan.xml --project crm               a plan of Microsoft Project, saved as XML
  pmo import --example jira > jira.toml                     a mapping to begin with
  pmo import all register.xlsx                              what pmo export wrote")]
pub struct Import {
    /// What the rows are: projects, people, programmes, risks, issues, actions, milestones, benefits, allocations,
    /// status, actuals, any other kind of record; all: what pmo export wrote, a folder, workbook or tree; msproject: a
    /// plan of Microsoft Project
    #[arg(value_name = "KIND", required_unless_present = "example")]
    kind: Option<String>,
    /// The file: CSV, XLSX, ODS, JSON or YAML; of all also a folder; of msproject XML
    #[arg(value_name = "FILE", required_unless_present = "example")]
    file: Option<PathBuf>,
    /// Write it, all or nothing; without this it is only shown what would happen
    #[arg(long, conflicts_with = "guess")]
    write: bool,
    /// Write the rows that can be read although others are refused
    #[arg(long, requires = "write")]
    skip_refused: bool,
    /// The file for the rows that are refused, with the reason beside each; of all a folder [default, on --write:
    /// risks.rejects.csv beside risks.csv]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// The mapping: which column is which field, and how cells are read
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Propose a mapping from the headers, and print it
    #[arg(long, conflicts_with_all = ["map", "rejects"])]
    guess: bool,
    /// The project of rows that name none; the id of the project that a plan becomes
    #[arg(long, value_name = "ID", add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    /// Who manages the project that a plan becomes, where the plan does not say it
    #[arg(long, value_name = "ID", add = ArgValueCandidates::new(complete::people))]
    manager: Option<String>,
    /// Print an example of a mapping, or list them
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["kind", "file"])]
    example: Option<String>,
    /// The sheet of a workbook, by name or number
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    sheet: Option<String>,
    /// The row of the header, counted from 1
    #[arg(long, value_name = "ROW", help_heading = "Reading")]
    header: Option<usize>,
    /// The sign between the cells of a CSV; tab for a tab
    #[arg(long, value_name = "SIGN", help_heading = "Reading")]
    delimiter: Option<String>,
    /// The encoding of a CSV, such as windows-1252
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    encoding: Option<String>,
    /// The format of what is shown
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    commit: CommitOptions,
}

/// How the result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Import {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        if let Some(name) = &self.example {
            return example::run(context, name);
        }
        let (Some(kind), Some(file)) = (&self.kind, &self.file) else {
            return Err(
                CliError::new("say what is imported, and from which file").hint("pmo import projects FILE")
            );
        };
        match kind.as_str() {
            "all" => return all::run(&self, context, file),
            "msproject" => return msproject::run(&self, context, file),
            _ => {}
        }
        if file.is_dir() {
            let shown = shown_path(file);
            return Err(CliError::new(format!("{shown} is a folder, and {kind} come out of one file"))
                .hint(format!("pmo import all {shown}   takes what `pmo export csv` wrote into a folder"))
                .hint(format!("pmo import {kind} {shown}/FILE")));
        }
        self.spares_what_is_there(context, file)?;
        let target = Target::named(kind).map_err(|near| unknown_kind(kind, near))?;
        let mapping = self.map.as_deref().map(read_mapping).transpose()?;
        let table = self.table(&target, file, mapping.as_ref())?;
        if self.guess {
            let shown = file.display().to_string();
            // Outside of a register nothing is declared.
            let known = context.source().and_then(|source| Ok(load::read_config(source.as_ref())?.0));
            let asked = guess::Asked {
                kind,
                file: &shown,
                delimiter: self.delimiter.as_deref(),
                encoding: self.encoding.as_deref(),
                config: &known.unwrap_or_default(),
            };
            context.put_as_it_is(&guess::guess(&target, &table, &asked))?;
            context.say("correct it, then use it with --map");
            return Ok(Done::Fine);
        }
        if self.write {
            context.hold()?;
        }
        let before = context.load(&Scope::all())?;
        if let Some(project) = &self.project {
            place::project(&before.register, project)?;
        }
        let wiring = self.wiring(&target, &table, &before, mapping.as_ref())?;
        let desk = Files::open(context)?;
        let project = self.project.as_deref();
        let mut proposal = propose(&target, &table, &wiring, &before.register, project, &desk);
        desk.progress.clear();
        if !self.write {
            validate(context, &before, &mut proposal)?;
        }
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let told =
            page::Told { target: &target, table: &table, wiring: &wiring, proposal: &proposal, file: &name };
        self.finish(context, &before, file, &told)
    }

    /// Shows what would happen, or writes it.
    fn finish(&self, context: &Context, before: &Loaded, file: &Path, told: &page::Told<'_>) -> Outcome {
        let proposal = told.proposal;
        let is_refused = !proposal.refused.is_empty();
        let writes = self.write && (!is_refused || self.skip_refused);
        let shown = match self.format {
            Format::Json => render::json(&told.value(writes))?,
            Format::Text => told.text(context.screen.width),
        };
        context.put(&shown)?;
        if proposal.rows == 0 && self.write {
            context.say("nothing to write: the table has a header and no rows");
            return Ok(Done::Fine);
        }
        let refused = is_refused.then(|| rejects::write(told.table, &proposal.refused)).transpose()?;
        let rejects = refused
            .as_ref()
            .and_then(|refused| self.rejects.clone().or_else(|| self.write.then(|| beside(file, refused))));
        if rejects.as_deref().is_some_and(|path| store::is_same_file(path, file)) {
            // Rejects that were mended in part: rows that are not written yet stand nowhere else.
            context.say(&format!("the refused rows are still in {}: mend them there", shown_path(file)));
        } else if let Some(path) = rejects {
            context.write_file(&path, &refused.unwrap_or_default())?;
            let rows = text::count(proposal.refused_rows(), "refused row");
            context.say(&format!(
                "{rows} in {}, with the reasons: mend them, and import that file",
                path.display()
            ));
        }
        if self.write && !writes {
            let rows = text::count(proposal.refused_rows(), "row");
            let is = text::words::plural(proposal.refused_rows(), "is");
            return Err(CliError::new(format!("nothing was written, because {rows} {is} refused"))
                .hint("mend them, or leave them out with --skip-refused"));
        }
        if writes {
            return self.carry_out(context, before, told);
        }
        if proposal.plan.is_empty() {
            let why = match (is_refused, proposal.rows) {
                (true, _) => "nothing can be written",
                (false, 0) => "nothing to write: the table has a header and no rows",
                (false, _) => "nothing to write: the register says so already",
            };
            context.say(why);
        } else {
            context.say("nothing was written; --write writes it");
        }
        Ok(if is_refused { Done::Findings } else { Done::Fine })
    }

    fn carry_out(&self, context: &Context, before: &Loaded, told: &page::Told<'_>) -> Outcome {
        let writing = Writing { dry_run: false, commit: self.commit.clone() };
        let done = told.in_one_line();
        let deed = Deed {
            done: format!("imported {}: {done}", told.file),
            message: format!("import {}: {done}", text::terminal(told.file)),
            next: vec!["pmo check".to_owned()],
        };
        let done = writing.carry_out(context, before, &told.proposal.plan, deed);
        if told.proposal.plan.is_empty() {
            hint_at_commit(self, context, &told.proposal.known)?;
        }
        done
    }
}

/// Says how files are committed that an earlier `--write` wrote: with nothing to write there is nothing to commit.
fn hint_at_commit(import: &Import, context: &Context, known: &[String]) -> Result<(), CliError> {
    let is_asked = import.commit.commit || import.commit.message.is_some();
    let location = context.location()?;
    if !(import.write && is_asked) || location.repo.is_none() {
        return Ok(());
    }
    let mut left = store::not_in_git(location, known)?;
    left.sort();
    left.dedup();
    if left.is_empty() {
        return Ok(());
    }
    let folders: BTreeSet<&str> =
        left.iter().map(|path| path.split_once('/').map_or(path.as_str(), |(folder, _)| folder)).collect();
    let folders: Vec<&str> = folders.into_iter().collect();
    context.say(&format!(
        "{} {} written before and {} not committed: `git add {}` and `git commit` do that",
        text::count(left.len(), "file"),
        text::plural(left.len(), "was"),
        text::plural(left.len(), "is"),
        folders.join(" ")
    ));
    Ok(())
}

/// A path as it is shown.
fn shown_path(path: &Path) -> String {
    text::terminal(&path.display().to_string()).into_owned()
}

/// What would be wrong with the register as a whole is told of the rows that bring it.
fn validate(context: &Context, before: &Loaded, proposal: &mut Proposal) -> Result<(), CliError> {
    if proposal.plan.is_empty() {
        return Ok(());
    }
    let base: Arc<dyn Source> = Arc::new(context.source()?);
    match proposal.plan.validate_against(before, base) {
        Ok(_) => Ok(()),
        Err(ChangeError::Invalid(problems)) => {
            for problem in problems {
                let row = proposal.row_of.get(&problem.file).copied().unwrap_or(0);
                proposal.refused.push(Refusal {
                    row,
                    column: None,
                    reason: format!("{}: {}", problem.file, problem.message),
                    help: problem.help,
                });
            }
            Ok(())
        }
        Err(other) => Err(other.into()),
    }
}
