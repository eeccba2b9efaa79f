//! The command line: what holds for every command, and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::Date;

use super::{Context, Outcome};

const EXAMPLES: &str = "\
Examples:
  pmo demo                        make a register to look around in
  pmo init                        start one of your own in this folder
  pmo                             the portfolio at a glance
  pmo status new crm              write this week's report, ready to be filled in
  pmo status submit crm           check it and commit it
  pmo check                       find every mistake and broken promise
  pmo report portfolio            one line a project";

/// A project register for a Project Management Office, kept as TOML files in git.
#[derive(Debug, Parser)]
#[command(name = "pmo", version, about, before_help = EXAMPLES, max_term_width = 110, disable_help_subcommand = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do; the portfolio at a glance unless given.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Work in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// The day that counts as today, such as 2026-11-20 [env: PMO_TODAY]
    // Not clap's `env`: usage lines would show the option as required wherever the variable is set.
    #[arg(long, value_name = "DATE", global = true)]
    pub today: Option<Date>,
    /// Read the register as it stood: at a commit, tag or branch, a date (2026-10-31, yesterday, 3-weeks-ago), or a
    /// period (2026-W46, last-month)
    #[arg(long, value_name = "REV|DATE|PERIOD", global = true)]
    pub at: Option<String>,
    /// Write to this file; - is standard output
    #[arg(short, long, value_name = "FILE", global = true)]
    pub output: Option<PathBuf>,
    /// When to colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
    /// Say only what was asked for, and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find every mistake and broken promise
    Check(super::check::Check),
    /// Explain a rule, or why the figures rate a project as they do
    Explain(super::explain::Explain),
    /// Start a register in a folder
    Init(super::init::Init),
    /// Bring records in from a workbook, a CSV, or what another program exported
    Import(super::import::Import),
    /// Show everything that a record says
    Show(super::show::Show),
    /// Open a record in your editor
    Edit(super::edit::Edit),
    /// Records of every kind: add, list, and what each can do.
    #[command(flatten)]
    Noun(super::noun::Noun),
    /// Change keys of a record
    Set(super::set::Set),
    /// Close a record, with its day and outcome
    Close(super::close::Close),
    /// Take the closing of a record back
    Reopen(super::close::Reopen),
    /// Remove a record that nothing refers to
    Rm(super::remove::Remove),
    /// Give a record another name, or move it to another project
    Mv(super::rename::Rename),
    /// Give a numbered record another number
    Renumber(super::rename::Renumber),
    /// Explain what git could not join, and settle what needs no decision
    Resolve(super::resolve::Resolve),
    /// Take back the last commit that pmo made
    Undo(super::undo::Undo),
    /// Find records by their words
    Find(super::find::Find),
    /// Begin, submit and receive status reports, and see which are due
    Status(super::status::Status),
    /// Print what a kind of file may hold, as JSON Schema
    Schema(super::schema::Schema),
    /// Print a report: a period, the whole portfolio, or one project
    Report(super::report::Report),
    /// Who waits for whom: list, graph, what a slip moves, the critical path
    #[command(visible_alias = "dependencies")]
    Dependency(super::dependency::Dependency),
    /// Show what changed of what records link to, and confirm that you have looked
    ReviewLinks(super::review_links::ReviewLinks),
    /// Show what differs between two states: commits, branches, dates, or the work tree
    Diff(super::diff::Diff),
    /// Show the history of a record or of one field
    Log(super::log::Log),
    /// Show who set last what a record says now
    Blame(super::log::Blame),
    /// Show how a metric went from period to period
    Trend(super::trend::Trend),
    /// Say how good forecasts were, and what past projects say of the open ones
    Forecast(super::forecast::Forecast),
    /// Write the register for other programs: workbook, CSV, JSON, YAML, calendar, database
    Export(super::export::Export),
    /// Make a published report again, and say whether it is the same
    Verify(super::verify::Verify),
    /// List, show and use templates: scaffolds and documents
    Template(super::template::Template),
    /// Write the files that let a code host check every change and make the weekly report
    Ci(super::ci::Ci),
    /// Let git check what is staged before every commit, and join files by key
    Hook(super::hook::Hook),
    /// Print the script that teaches a shell to complete commands and ids
    Completions(super::completions::Completions),
    /// Make a register to look around in
    Demo(super::demo::Demo),
    /// Join two versions of a file, for git
    #[command(hide = true)]
    MergeDriver(super::merge_driver::MergeDriver),
    /// Write the man pages
    Man(super::man::Man),
}

impl Cli {
    /// Runs the command that was given.
    pub fn run(self, context: &Context) -> Outcome {
        let Some(command) = self.command else { return super::glance::run(context) };
        match command {
            Command::Check(command) => command.run(context),
            Command::Explain(command) => command.run(context),
            Command::Init(command) => command.run(context),
            Command::Import(command) => command.run(context),
            Command::Show(command) => command.run(context),
            Command::Edit(command) => command.run(context),
            Command::Noun(command) => command.run(context),
            Command::Set(command) => command.run(context),
            Command::Close(command) => command.run(context),
            Command::Reopen(command) => command.run(context),
            Command::Rm(command) => command.run(context),
            Command::Mv(command) => command.run(context),
            Command::Renumber(command) => command.run(context),
            Command::Resolve(command) => command.run(context),
            Command::Undo(command) => command.run(context),
            Command::Find(command) => command.run(context),
            Command::Status(command) => command.run(context),
            Command::Schema(command) => command.run(context),
            Command::Report(command) => command.run(context),
            Command::Dependency(command) => command.run(context),
            Command::ReviewLinks(command) => command.run(context),
            Command::Diff(command) => command.run(context),
            Command::Log(command) => command.run(context),
            Command::Blame(command) => command.run(context),
            Command::Trend(command) => command.run(context),
            Command::Forecast(command) => command.run(context),
            Command::Export(command) => command.run(context),
            Command::Verify(command) => command.run(context),
            Command::Template(command) => command.run(context),
            Command::Ci(command) => command.run(context),
            Command::Hook(command) => command.run(context),
            Command::Completions(command) => command.run(context),
            Command::Demo(command) => command.run(context),
            Command::MergeDriver(command) => command.run(context),
            Command::Man(command) => command.run(context),
        }
    }
}
