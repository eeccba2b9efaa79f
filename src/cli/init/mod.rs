//! `pmo init`: starts a register in a new or existing folder or git repository.

mod ask;
mod layout;

pub(super) use layout::machinery;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::model::Cadence;
use crate::model::config::{Identity, Reporting};
use crate::model::policy::OfficeKind;
use crate::store::{self, FileChange, Location, MARKER, StoreError};
use crate::template::Templates;
use crate::text;

use super::ci::{self, Host};
use super::{CliError, Context, Done, Outcome};

/// Start a register in a folder
///
/// Asks for what was not said when it runs on a terminal. Files that exist are left as they are.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo init                                    in this folder
  pmo init register --name \"Northwind IT\"     in a new one
  pmo init --cadence monthly --kind directive
  pmo init --templates                        with the built-in templates to change
  pmo init --ci github                        with workflows that check every pull request
  pmo init --dry-run                          only say what would be written")]
pub struct Init {
    /// The folder; made if it is missing
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The organisation, as reports name it
    #[arg(long)]
    name: Option<String>,
    /// The currency of amounts that name none, such as EUR
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// How often projects report
    #[arg(long)]
    cadence: Option<Rhythm>,
    /// What sort of PMO keeps it: how strict the rules are
    #[arg(long)]
    kind: Option<Office>,
    /// Copy the built-in templates, to change them
    #[arg(long)]
    templates: bool,
    /// Write the files for this code host too, as `pmo ci` does later
    #[arg(long, value_name = "HOST")]
    ci: Option<Host>,
    /// Do not make a git repository
    #[arg(long)]
    no_git: bool,
    /// Only say what would be written
    #[arg(long)]
    dry_run: bool,
}

/// How often projects report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rhythm {
    /// Every ISO week
    Weekly,
    /// Every two ISO weeks
    Fortnightly,
    /// Every month
    Monthly,
    /// Every quarter
    Quarterly,
}

/// What sort of PMO keeps the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Office {
    /// Gives advice: findings are warnings
    Supportive,
    /// Asks for compliance: broken promises are errors
    Controlling,
    /// Runs the projects: most findings are errors
    Directive,
}

impl From<Rhythm> for Cadence {
    fn from(rhythm: Rhythm) -> Self {
        match rhythm {
            Rhythm::Weekly => Self::Weekly,
            Rhythm::Fortnightly => Self::Fortnightly,
            Rhythm::Monthly => Self::Monthly,
            Rhythm::Quarterly => Self::Quarterly,
        }
    }
}

impl From<Office> for OfficeKind {
    fn from(office: Office) -> Self {
        match office {
            Office::Supportive => Self::Supportive,
            Office::Controlling => Self::Controlling,
            Office::Directive => Self::Directive,
        }
    }
}

/// What a new register is.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    name: String,
    currency: String,
    cadence: Cadence,
    kind: OfficeKind,
    templates: bool,
}

impl Init {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let dir =
            self.dir.as_ref().map_or_else(|| context.directory.clone(), |dir| context.directory.join(dir));
        let around = around(&dir)?;
        let there = dir.join(MARKER).symlink_metadata().is_ok();
        // Nobody writes to a register that is not there yet.
        let _lock = if there && !self.dry_run { Some(context.lock_of(&dir)?) } else { None };
        let choice = if there { self.kept(&dir)? } else { self.choose(context, &dir)? };

        let files = layout::files(&choice)?;
        let (new, old): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(path, _)| dir.join(path).symlink_metadata().is_err());
        let (new, old) = layout::settle_guide(&dir, new, old);
        let makes_git = around.repo.is_none() && !self.no_git;
        let workflows = self.ci.map(|host| workflows(host, &dir, &around, &choice, there)).transpose()?;
        if self.dry_run {
            let mut lines: Vec<String> = new.iter().map(|(path, _)| format!("new     {path}\n")).collect();
            lines.extend(old.iter().map(|(path, _)| format!("kept    {path}\n")));
            if let Some(files) = &workflows {
                lines.extend(files.new.iter().map(|(path, _)| format!("new     {path}\n")));
                lines.extend(files.old.iter().map(|path| format!("kept    {path}\n")));
            }
            if makes_git {
                lines.insert(0, "git     init\n".to_owned());
            }
            context.put(&lines.concat())?;
            context.say("nothing was written (--dry-run)");
            return Ok(Done::Fine);
        }
        if makes_git {
            store::git_init(&dir)?;
        }
        let count = new.len();
        // The file that makes it a register comes last, so that whoever was interrupted can type the same again.
        let (marker, others): (Vec<_>, Vec<_>) = new.into_iter().partition(|(path, _)| path == MARKER);
        let changes =
            others.into_iter().chain(marker).map(|(path, bytes)| FileChange::Create { path, bytes });
        if count > 0 {
            store::make_folder(&dir)?;
            store::apply(&dir, &changes.collect::<Vec<_>>())?;
        }
        let old: Vec<String> = old.into_iter().map(|(path, _)| path).collect();
        self.report(context, there, makes_git, count, &old);
        if let Some(files) = workflows {
            files.write(None)?;
            context.say("\n");
            files.report(context);
        }
        Ok(Done::Fine)
    }

    /// What the register that is there says of itself.
    fn kept(&self, dir: &Path) -> Result<Choice, CliError> {
        let stated =
            self.name.is_some() || self.currency.is_some() || self.cadence.is_some() || self.kind.is_some();
        if stated {
            return Err(CliError::new(format!(
                "{} holds a register already, and its pmo.toml is not changed",
                dir.display()
            ))
            .hint("edit pmo.toml, or leave the flags out to add only the files that are missing"));
        }
        let (config, _) = crate::load::read_config(&store::location_of(dir)?.work_tree())?;
        let Identity { name, kind, currency, .. } = config.register;
        Ok(Choice { name, currency, cadence: config.reporting.cadence, kind, templates: self.templates })
    }

    /// What the user said or is asked for, and the defaults for the rest.
    fn choose(&self, context: &Context, dir: &Path) -> Result<Choice, CliError> {
        let folder = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let folder = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut choice = Choice {
            name: self.name.clone().unwrap_or(folder),
            currency: self.currency.clone().unwrap_or_else(|| "EUR".to_owned()),
            cadence: self.cadence.map(Into::into).unwrap_or_default(),
            kind: self.kind.map(Into::into).unwrap_or_default(),
            templates: self.templates,
        };
        if context.interactive && !self.dry_run {
            ask::complete(&mut choice, self)?;
        }
        choice.currency = currency(&choice.currency)?;
        if choice.name.chars().any(char::is_control) {
            return Err(CliError::new("the name holds a control character")
                .hint("write it on one line: --name \"Northwind IT\""));
        }
        Ok(choice)
    }

    fn report(&self, context: &Context, there: bool, made_git: bool, new: usize, old: &[String]) {
        let shown =
            self.dir.as_ref().map_or_else(|| "this folder".to_owned(), |dir| dir.display().to_string());
        if new == 0 {
            context.say(&format!("{shown} holds a register already, and nothing is missing"));
            return;
        }
        let what = if there { "added to the register in" } else { "a register begins in" };
        let git = if made_git { ", a new git repository" } else { "" };
        context.say(&format!("{what} {shown}{git}: {}", text::count(new, "new file")));
        for path in old.iter().filter(|_| !there) {
            context.say(&format!("{path} was there and is left as it is"));
        }
        context.say("\n");
        context
            .say("Everyone who can read this repository reads everything in it: keep confidential projects");
        context.say("and personal data in a register of their own.");
        context.say("\n");
        context.say("Next:");
        if self.dir.is_some() {
            context.say(&format!("  cd {shown}"));
        }
        for line in NEXT {
            context.say(line);
        }
    }
}

/// The commands that usually follow.
const NEXT: [&str; 5] = [
    "  pmo person add jana-novak --name \"Jana Novak\" --email jana@example.org",
    "  pmo project add crm --name \"CRM migration\" --manager jana-novak",
    "  pmo check",
    "  git add --all && git commit -m \"Begin the register\"",
    "  pmo demo DIR     makes a complete register to look around in",
];

/// The files for a code host, of a register that is there or about to be.
fn workflows(
    host: Host,
    dir: &Path,
    around: &Location,
    choice: &Choice,
    there: bool,
) -> Result<ci::Files, CliError> {
    let mut reporting = Reporting { cadence: choice.cadence, ..Reporting::default() };
    if there {
        reporting = crate::load::read_config(&store::location_of(dir)?.work_tree())?.0.reporting;
    }
    let (root, folder) = match &around.repo {
        None => (dir.to_owned(), String::new()),
        // The folder itself may still be missing: what exists of it is `around`, the rest is as it was typed.
        Some(repo) => {
            let missing = dir.ancestors().take_while(|folder| !folder.exists()).collect::<Vec<_>>();
            let names = missing.iter().rev().filter_map(|folder| folder.file_name());
            let names = names.map(|name| name.to_string_lossy().into_owned());
            let prefix = Some(repo.prefix.clone()).filter(|prefix| !prefix.is_empty());
            (repo.workdir.clone(), prefix.into_iter().chain(names).collect::<Vec<_>>().join("/"))
        }
    };
    ci::Files::of(host, root, &folder, &Templates::built_in(), &reporting)
}

/// Finds what the new register would be in, and refuses a place inside another one.
fn around(dir: &Path) -> Result<Location, CliError> {
    let nearest = dir.ancestors().find(|folder| folder.exists());
    let nearest = nearest.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match store::find_register(nearest) {
        Ok(found) if dir.canonicalize().is_ok_and(|dir| dir == found.root) => Ok(found),
        Ok(found) => Err(CliError::new(format!(
            "{} lies in the register at {}, and registers do not nest",
            dir.display(),
            found.root.display()
        ))
        .hint("choose a folder outside it")),
        Err(StoreError::NoRegister { .. }) => Ok(store::location_of(nearest)?),
        Err(error) => Err(error.into()),
    }
}

/// Reads a currency's code.
fn currency(code: &str) -> Result<String, CliError> {
    let code = code.trim().to_ascii_uppercase();
    if iso_currency::Currency::from_code(&code).is_some() {
        return Ok(code);
    }
    Err(CliError::new(format!("`{code}` is not a currency"))
        .hint("give its ISO 4217 code: EUR, CHF, USD, GBP"))
}
