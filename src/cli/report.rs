//! `pmo report`: the consolidated reports.

mod benefits;
mod board;
mod evm;
mod exposure;
mod finance;
mod kpi;
mod period;
mod raid;
mod reporting;
mod risks;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use clap_complete::ArgValueCandidates;

use crate::load::{Digest, Loaded};
use crate::model::{Person, RecordId, Ref, Register, Scope};
use crate::report::{self, Asked, GroupBy, Grouping, Selection, Sort, Standing};
use crate::text::{self, escape, near};

use super::audience::Readers;
use super::{CliError, Context, Done, Outcome, PageFormat, complete};

/// Print a report: a period, the whole portfolio, or one project.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report period                                 this week: what is missing, to be decided, changed, in trouble
  pmo report period --period 2026-W46 -o week.md    the same of an earlier week, as a file
  pmo report portfolio                              one line a project, what needs somebody first
  pmo report portfolio --group-by programme --sort slip
  pmo report portfolio --rag red -O markdown -o red.md
  pmo report project crm                            everything about one project
  pmo report portfolio -o portfolio.html            one page for a browser, or for print
  pmo report board customer-360                     the pack for a steering meeting, one page a project
  pmo report evm --group-by programme               earned value over the portfolio
  pmo report finance                                budgets, reserves, cost, the fiscal year
  pmo report risks                                  top risks, what changed, what repeats over projects
  pmo report portfolio -O csv -o portfolio.csv      for a spreadsheet, with exact values
  pmo report portfolio -o portfolio.xlsx            a workbook, with real numbers, dates and colours
  pmo report raid                                   the RAID log, with how long its items are open
  pmo report reporting                              how reliably projects report
  pmo report portfolio --audience suppliers         without what is withheld from them (docs/audiences.md)")]
pub struct Report {
    #[command(subcommand)]
    report: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// What is missing, what is to be decided, what changed, what is in trouble
    #[command(visible_alias = "weekly")]
    Period(period::Period),
    /// What is missing, what needs somebody, then one line a project
    Portfolio(Portfolio),
    /// Everything about one project on one sheet
    Project(Project),
    /// The pack for a steering meeting: the period's exceptions, then one page a project
    Board(board::Board),
    /// What was realised of the benefits, also of closed projects, beside what was planned
    Benefits(benefits::Benefits),
    /// Earned value of the portfolio, or of one project with every figure
    Evm(evm::Evm),
    /// Budgets, reserves, cost and forecasts, with the fiscal year and the run rate
    Finance(finance::Finance),
    /// A grid of indicators by programme or division, each with value, trend and rating
    Kpi(kpi::Kpi),
    /// Risks, assumptions, issues, actions and decisions, and for how long they have been open
    Raid(raid::Raid),
    /// Top risks, what changed, what lacks an owner or a response, what repeats over projects
    Risks(risks::Risks),
    /// What open risks may cost and save, now and after the responses, against contingency
    Exposure(exposure::Exposure),
    /// How reliably projects report: on time, late, missing, time in red, flapping and stale reports
    Reporting(reporting::Reporting),
}

/// How a page is written.
#[derive(Debug, Args)]
pub struct PageOptions {
    /// The format; by the name of the output file unless given
    #[arg(short = 'O', long, value_name = "FORMAT")]
    format: Option<PageFormat>,
    /// Write money with all its digits
    #[arg(long)]
    exact: bool,
}

#[derive(Debug, Args)]
struct Portfolio {
    #[command(flatten)]
    grouped: Grouped,
    /// Order the projects
    #[arg(long, value_name = "BY", default_value = "attention", value_parser = PossibleValuesParser::new(Sort::WORDS))]
    sort: String,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

/// Which projects are listed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which projects")]
pub(super) struct Filter {
    /// Only projects in this state; every state but closed and terminated unless given
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = PossibleValuesParser::new(STATES))]
    state: Vec<String>,
    /// Only projects of this programme
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::programmes))]
    programme: Vec<String>,
    /// Only projects of this division
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    division: Vec<String>,
    /// Only projects of this manager
    #[arg(long, value_name = "ID", value_delimiter = ',', add = ArgValueCandidates::new(complete::people))]
    manager: Vec<String>,
    /// Only projects that count under this rating
    #[arg(long, value_name = "RATING", value_delimiter = ',', value_parser = PossibleValuesParser::new(RATINGS))]
    rag: Vec<String>,
}

/// Which projects a report lists a line of, and in which groups.
#[derive(Debug, Args)]
struct Grouped {
    #[command(flatten)]
    filter: Filter,
    /// Group the projects
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(GroupBy::WORDS))]
    group_by: Option<String>,
}

const STATES: [&str; 7] = ["proposed", "approved", "active", "on-hold", "closing", "closed", "terminated"];
const RATINGS: [&str; 6] = ["red", "amber-red", "amber", "amber-green", "green", "grey"];

#[derive(Debug, Args)]
struct Project {
    /// The project, such as crm
    #[arg(add = ArgValueCandidates::new(complete::projects))]
    project: String,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Report {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.report {
            Which::Period(period) => period.run(context),
            Which::Board(board) => board.run(context),
            Which::Benefits(benefits) => benefits.run(context),
            Which::Evm(evm) => evm.run(context),
            Which::Finance(finance) => finance.run(context),
            Which::Risks(risks) => risks.run(context),
            Which::Exposure(exposure) => exposure.run(context),
            Which::Kpi(kpi) => kpi.run(context),
            Which::Raid(raid) => raid.run(context),
            Which::Reporting(reporting) => reporting.run(context),
            Which::Portfolio(portfolio) => portfolio.run(context),
            Which::Project(project) => project.run(context),
        }
    }
}

impl PageOptions {
    /// The same, as CSV.
    pub(super) fn into_csv(self) -> Self {
        Self { format: Some(PageFormat::Csv), ..self }
    }

    /// The format that was asked for, in words or by the name of the output file.
    pub(super) fn format(&self, context: &Context) -> PageFormat {
        self.format.unwrap_or_else(|| by_name(context))
    }

    /// Writes a report in the format that was asked for.
    pub(super) fn put<T: serde::Serialize>(
        &self,
        context: &Context,
        value: &T,
        page: impl FnOnce() -> crate::document::Document,
    ) -> Outcome {
        let format = self.format(context);
        let screen = crate::render::Screen { exact: self.exact, ..context.screen };
        context.page_on(&screen, format, value, page)?;
        Ok(Done::Fine)
    }
}

/// The format that the name of the output file asks for.
pub(super) fn by_name(context: &Context) -> PageFormat {
    let extension = context.output.as_deref().and_then(|path| path.extension()?.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown") => PageFormat::Markdown,
        Some("html" | "htm") => PageFormat::Html,
        Some("json") => PageFormat::Json,
        Some("yaml" | "yml") => PageFormat::Yaml,
        Some("csv") => PageFormat::Csv,
        Some("xlsx") => PageFormat::Xlsx,
        _ => PageFormat::Terminal,
    }
}

/// People by id or name, as ids; somebody whom nobody knows is an error, not an empty report.
pub(super) fn people(register: &Register, typed: &[String]) -> Result<Vec<String>, CliError> {
    let ids = || register.records::<Person>().map(|(id, person)| (id.stem(), person));
    let names: Vec<String> = ids().flat_map(|(id, person)| [id, person.name.clone()]).collect();
    known(typed, &names, "there is no person")?;
    let id_of = |word: &String| {
        let word = word.trim_start_matches('@');
        let found = ids().find(|(id, person)| id == word || person.name.eq_ignore_ascii_case(word));
        found.map_or_else(|| word.to_owned(), |(id, _)| id)
    };
    Ok(typed.iter().map(id_of).collect())
}

/// The question of a report: this day, of this source.
pub(super) fn asked(context: &Context, loaded: &Loaded) -> Asked {
    Asked { day: context.today, source: loaded.source.clone(), making: context.making() }
}

impl Portfolio {
    fn run(self, context: &Context) -> Outcome {
        let scope = report::portfolio::scope(&Asked::new(context.today, ""));
        let (loaded, standings) = self.standings(context, &scope)?;
        let asked = asked(context, &loaded);
        let Grouping { selection, group_by } = self.grouped.grouping(&loaded)?;
        let options = report::portfolio::Options { selection, group_by, sort: self.sort.parse()? };
        let report = report::portfolio::of_standings(&loaded.register, standings, &asked, options);
        // The report stands by itself: a large register goes while it is written.
        rayon::spawn(move || drop(loaded));
        self.page.put(context, &report, || report.page())
    }
}

impl Portfolio {
    /// The register with how each of its projects stands.
    fn standings(&self, context: &Context, scope: &Scope) -> Result<(Loaded, Vec<Standing>), CliError> {
        let day = context.today;
        if !self.readers.is_everybody() {
            let loaded = context.load_for(&self.readers, scope)?;
            let standings = report::gather_all(&loaded.register, day);
            return Ok((loaded, standings));
        }
        // Each project's standing is taken while its risks are at hand, so that they need not all stay.
        let make = |register: &Register, id: &str| report::gather(register, id, day);
        let digest = Digest { make: &make, forget: report::portfolio::passing() };
        let (loaded, standings) = context.digest(scope, &digest)?;
        Ok((loaded, standings.into_iter().flatten().collect()))
    }
}

impl Grouped {
    fn grouping(self, loaded: &Loaded) -> Result<Grouping, CliError> {
        let group_by = self.group_by.map(|word| word.parse()).transpose()?;
        Ok(Grouping { selection: self.filter.selection(loaded)?, group_by })
    }
}

impl Filter {
    /// The selection; a name that no project has is an error, not an empty report.
    pub(super) fn selection(self, loaded: &Loaded) -> Result<Selection, CliError> {
        let register = &loaded.register;
        let mut programmes: Vec<String> = register.programmes.keys().cloned().collect();
        let mut divisions = register.config.vocabulary.division.clone();
        let mut managers = Vec::new();
        for (_, charter, _) in register.charters() {
            programmes.extend(charter.programme.clone());
            divisions.extend(charter.division.clone());
            managers.extend([charter.manager.clone(), register.person_name(&charter.manager).to_owned()]);
        }
        programmes
            .extend(register.programmes.keys().filter_map(|id| Some(register.programme(id)?.name.clone())));
        known(&self.programme, &programmes, "no programme is called")?;
        known(&self.division, &divisions, "no division is called")?;
        known(&self.manager, &managers, "nobody who manages a project is called")?;
        Ok(Selection {
            state: self.state,
            programme: self.programme,
            division: self.division,
            manager: self.manager.iter().map(|id| id.trim_start_matches('@').to_owned()).collect(),
            rag: self.rag,
        })
    }
}

/// That every word is one of those that are known, in any case; else an error with the nearest.
pub(super) fn known(asked: &[String], known: &[String], none: &str) -> Result<(), CliError> {
    for word in asked.iter().map(|word| word.trim_start_matches('@')) {
        if known.iter().any(|one| one.eq_ignore_ascii_case(word)) {
            continue;
        }
        let error = CliError::new(format!("{none} `{}`", escape::terminal(word)));
        let begins = known.iter().find(|one| !word.is_empty() && one.starts_with(word)).map(String::as_str);
        return Err(match begins.or_else(|| near::nearest(word, known.iter().map(String::as_str))) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None if !known.is_empty() && known.len() <= 12 => {
                error.hint(format!("there are {}", text::list(known, "and")))
            }
            None => error,
        });
    }
    Ok(())
}

/// The project that a reference names or lies in, or an error with the nearest one.
pub(super) fn project_of(register: &Register, text: &str) -> Result<RecordId, CliError> {
    let shown = escape::terminal(text);
    if let Some(id) = register.resolve(&Ref::typed(text), None) {
        if register.projects.contains_key(&id.home) {
            return Ok(id);
        }
        let error = CliError::new(format!("`{shown}` is a {}, not a project", id.spec().name));
        return Err(error.hint(format!("pmo show {id}")));
    }
    let known = register.projects.keys().map(String::as_str);
    let begins = known.clone().find(|id| !text.is_empty() && id.starts_with(text));
    let error = CliError::new(format!("there is no project `{shown}` in this register"));
    Err(match begins.or_else(|| near::nearest(text, known)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("pmo report portfolio lists the projects"),
    })
}

/// That a project has no charter that could be read.
fn unreadable(project: &str) -> CliError {
    let path = RecordId::project(project).path();
    CliError::new(format!("{path} cannot be read, so there is nothing to report on"))
        .hint("pmo check shows what is wrong with it")
}

impl Project {
    fn run(self, context: &Context) -> Outcome {
        let readers = &self.readers;
        let names = context.load_for(readers, &Scope::names())?;
        let id = project_of(&names.register, &self.project)?;
        let project = id.home.as_str();
        let charter = context.load_for(readers, &report::project::scope_of_charter(project))?;
        let asked_for = Asked::new(context.today, "");
        let loaded =
            context.load_for(readers, &report::project::scope(&charter.register, project, &asked_for))?;
        let asked = asked(context, &loaded);
        let Some(report) = report::project::project(&loaded.register, project, &asked) else {
            return Err(unreadable(project));
        };
        self.page.put(context, &report, || report.page())
    }
}
