//! `pmo import KIND FILE`: the rows of a workbook, CSV, JSON or YAML into records.

mod all;
mod example;
mod msproject;
mod page;
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::change::ChangeError;
use crate::diag::{Problem, human};
use crate::exchange::import::rows::Refusal;
use crate::exchange::import::target::Aim;
use crate::exchange::import::{
    Desk, Mapping, Proposal, Target, Wiring, guess, headers, propose, rejects, wiring,
};
use crate::exchange::table::{self, Hints, LARGEST, Table, Unreadable};
use crate::load::{self, Loaded};
use crate::model::{KINDS, Scope};
use crate::render;
use crate::store::{self, Location, Source};
use crate::syntax::Mistake;
use crate::text;

use super::commit::CommitOptions;
use super::noun::place;
use super::progress::Progress;
use super::writing::{Deed, Writing};
use super::{CliError, Context, Done, Outcome, complete};

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
    /// The file for the rows that are refused, with the reason beside each [default: FILE.rejects.csv, on --write]
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

/// From so many files on, writing takes long enough to say that it goes on.
const MANY_FILES: usize = 1_000;

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

    /// Refuses to write a mapping or rejects over the table itself, and rejects over any other file.
    fn spares_what_is_there(&self, context: &Context, file: &Path) -> Result<(), CliError> {
        let is_file = |path: &Path| store::is_same_file(path, file);
        if let Some(path) = context.output.as_deref().filter(|path| is_file(path)) {
            return Err(CliError::new(format!("{} is the table that is read", shown_path(path)))
                .hint("-o names another file"));
        }
        if self.guess
            && let Some(path) = context.output.as_deref()
            && store::read_input(path).is_ok_and(|known| !known.is_empty())
        {
            return Err(CliError::new(format!("{} is there, and may have been corrected", shown_path(path)))
                .hint("remove it first, or name another file with -o"));
        }
        let Some(path) = self.rejects.as_deref() else { return Ok(()) };
        let known = store::read_input(path).unwrap_or_default();
        if known.is_empty() || rejects::is_rejects(&known) {
            return Ok(());
        }
        Err(CliError::new(format!("{} is there, and holds no refused rows", shown_path(path)))
            .hint("--rejects names a file that may be written over"))
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
        let progress = Progress::new(context);
        let files = told.proposal.plan.paths().len();
        if files >= MANY_FILES {
            progress.note(&format!("writing {}", text::count(files, "file")));
        }
        let done = writing.carry_out(context, before, &told.proposal.plan, deed);
        progress.clear();
        if files == 0 {
            hint_at_commit(self, context, &told.proposal.known)?;
        }
        done
    }

    /// Reads the table.
    fn table(
        &self,
        target: &Target,
        file: &Path,
        mapping: Option<&(Mapping, String, String)>,
    ) -> Result<Table, CliError> {
        let rules = mapping.map(|(mapping, _, _)| mapping.table.clone()).unwrap_or_default();
        let delimiter =
            self.delimiter.clone().or(rules.delimiter).map(|sign| delimiter(&sign)).transpose()?;
        // A header of two rows is named by both: each of them may be found.
        let known = match mapping {
            Some((mapping, _, _)) => mapping
                .column
                .keys()
                .flat_map(|name| name.split(" / ").chain([name.as_str()]).map(str::to_owned))
                .collect(),
            None => headers::known_headers(target),
        };
        let bytes = store::read_large(file, LARGEST)?;
        let mut hints = Hints {
            sheet: self.sheet.clone().or(rules.sheet),
            header: self.header.or(rules.header.map(|row| row as usize)),
            header_rows: rules.header_rows.map(usize::from),
            delimiter,
            encoding: self.encoding.clone().or(rules.encoding),
            totals: rules.totals,
            known,
            kind: target.kind.spec.name.to_owned(),
        };
        if rejects::is_rejects(&bytes) {
            // Written by this program: what a mapping says of the file that the rows come from is not true of it.
            hints.encoding.clone_from(&self.encoding);
            hints.delimiter = rejects::delimiter(&bytes).or(hints.delimiter);
        }
        let name = file.to_string_lossy();
        table::read(&name, &bytes, &hints).map_err(|error| unreadable(&name, error))
    }

    /// Lays the mapping over the table, or takes the columns by their names.
    fn wiring(
        &self,
        target: &Target,
        table: &Table,
        before: &Loaded,
        mapping: Option<&(Mapping, String, String)>,
    ) -> Result<Wiring, CliError> {
        let config = &before.register.config;
        let kind = self.kind.clone().unwrap_or_default();
        let wired = match mapping {
            None => wiring::by_names(target, table, config),
            Some((mapping, text, path)) => {
                if let Some(own) = &mapping.kind
                    && !Target::named(own)
                        .is_ok_and(|own| own.kind.spec == target.kind.spec && own.part == target.part)
                {
                    return Err(CliError::new(format!(
                        "the mapping {path} is for `{}`",
                        text::terminal(own)
                    ))
                    .hint(format!("`pmo import {own} …`, or another mapping")));
                }
                wiring::with_mapping(target, table, config, mapping, text)
                    .map_err(|mistakes| mistaken(path, text, mistakes))?
            }
        };
        let title = target.title_key();
        let is_named =
            wired.wires.iter().any(|wire| wire.aim == Aim::Id || wire.aim == Aim::Field(title.to_owned()));
        let needs_name = target.part.is_none() && target.required().iter().any(|field| field == title);
        if wired.wires.is_empty() || (mapping.is_none() && needs_name && !is_named) {
            let names: Vec<String> = table
                .columns
                .iter()
                .take(8)
                .map(|column| format!("`{}`", text::terminal(&text::cut(&column.name, 30))))
                .collect();
            return Err(CliError::new(format!(
                "there is no column `{title}`, as {} needs it; there are {}",
                target.one(),
                text::list(&names, "and")
            ))
            .hint(format!("`pmo import {kind} FILE --guess -o map.toml` proposes a mapping")));
        }
        Ok(wired)
    }
}

/// A mapping, its text, and what its file is called.
fn read_mapping(path: &Path) -> Result<(Mapping, String, String), CliError> {
    let shown = path.display().to_string();
    let bytes = store::read_input(path)?;
    let text = match crate::syntax::read::decode(&bytes) {
        Ok(text) => text.to_owned(),
        Err(mistake) => return Err(mistaken(&shown, "", vec![mistake])),
    };
    match Mapping::read(&text) {
        Ok(mapping) => Ok((mapping, text, shown)),
        Err(mistakes) => Err(mistaken(&shown, &text, mistakes)),
    }
}

/// The mistakes of a mapping, each at its place.
fn mistaken(path: &str, text: &str, mistakes: Vec<Mistake>) -> CliError {
    let texts = |_: &str| Some(text.to_owned());
    let told: Vec<String> = mistakes
        .into_iter()
        .map(|mistake| human::single(&Problem::of_mistake(path, mistake), &texts, human::Look::default()))
        .collect();
    CliError::new(format!("the mapping cannot be used:\n{}", told.join("\n")))
}

fn unknown_kind(kind: &str, near: Option<&'static str>) -> CliError {
    let error = CliError::new(format!("`{}` is no kind of record", text::terminal(kind)));
    match near {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => {
            let kinds: Vec<&str> =
                KINDS.iter().map(|kind| kind.spec.plural).chain(["milestones", "allocations"]).collect();
            error.hint(format!("there are {}", text::list(&kinds, "and")))
        }
    }
}

fn unreadable(file: &str, error: Unreadable) -> CliError {
    let told = CliError::new(format!("{}: {}", text::terminal(file), error.message));
    error.help.into_iter().fold(told, CliError::hint)
}

fn delimiter(sign: &str) -> Result<u8, CliError> {
    match sign {
        "tab" | "\\t" => Ok(b'\t'),
        _ if sign.len() == 1 && !sign.contains(['"', '\n', '\r']) => Ok(sign.as_bytes()[0]),
        _ => Err(CliError::new(format!("`{}` cannot stand between cells", text::terminal(sign)))
            .hint("one character, such as ; or |, or the word tab")),
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

/// The file of rejects beside a file: `risks.csv` has `risks.rejects.csv`, or, where others are there that may
/// have been mended, `risks.rejects-2.csv`.
fn beside(file: &Path, refused: &[u8]) -> PathBuf {
    if rejects::is_rejects(&store::read_input(file).unwrap_or_default()) {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = format!("{}.rejects", stem.strip_suffix(".rejects").unwrap_or(&stem));
    let is_free =
        |path: &PathBuf| store::read_input(path).is_ok_and(|known| known == refused) || !path.exists();
    let mut names = (2..).map(|number| file.with_file_name(format!("{stem}-{number}.csv")));
    let first = file.with_file_name(format!("{stem}.csv"));
    if is_free(&first) { first } else { names.find(is_free).unwrap_or(first) }
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

/// The register's files, as an import needs them.
struct Files {
    source: Arc<dyn Source>,
    location: Location,
    progress: Progress,
}

impl Files {
    fn open(context: &Context) -> Result<Self, CliError> {
        Self::over(context, Arc::new(context.source()?))
    }

    /// The files as a source has them.
    fn over(context: &Context, source: Arc<dyn Source>) -> Result<Self, CliError> {
        Ok(Self { source, location: context.location()?.clone(), progress: Progress::new(context) })
    }
}

impl Desk for Files {
    fn text(&self, path: &str) -> Option<String> {
        self.source.read_if_present(path).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok())
    }

    fn highest(&self, folder: &str, prefix: &str) -> Result<u32, String> {
        let used =
            store::numbers_in_use(&self.location, folder, prefix).map_err(|error| error.to_string())?;
        Ok(used.last().copied().unwrap_or(0))
    }

    fn tell(&self, done: usize, all: usize) {
        self.progress.tell(done, all, "row");
    }
}
