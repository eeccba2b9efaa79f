//! What every command works with: the day, the screen, and the register, opened on demand.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::analysis::{calendar, discipline};
use crate::change::Plan;
use crate::check::{self, policy};
use crate::history::{self, Point};
use crate::load::{self, Digest, Loaded};
use crate::model::filing::Filings;
use crate::model::policy::Strictness;
use crate::model::scope::FilingScope;
use crate::model::{Date, Name, Period, RecordId, Ref, Register, Scope, Slot, Target};
use crate::render::Screen;
use crate::report::Making;
use crate::store::{self, Left, Location, Lock, Recovered, Source};
use crate::text::{self, cut, escape, near};

use super::arguments::Global;
use super::progress::Progress;
use super::standpoint::{self, Standpoint};
use super::watched::Watched;
use super::{CliError, environment, near_miss};

/// How long a command waits for another one that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// The day, the screen, and the way to the register.
pub struct Context {
    /// The day that counts as today.
    pub today: Date,
    /// What standard output can show.
    pub screen: Screen,
    /// Whether standard error is coloured.
    pub colour_on_stderr: bool,
    /// Whether a person sits at the terminal and can be asked.
    pub interactive: bool,
    /// Whether only what was asked for is said.
    pub quiet: bool,
    /// The folder to work in.
    pub directory: PathBuf,
    /// The file to write to instead of standard output.
    pub output: Option<PathBuf>,
    /// Whether `--output` was given at all, be it a file or `-`.
    pub asked_output: bool,
    /// Whether `--today` was given.
    pub asked_today: bool,
    location: OnceCell<Location>,
    /// The right to write, from when the command asks for it to its end.
    lock: OnceCell<Lock>,
    /// Whether it was said that another command was interrupted.
    unfinished_is_said: Cell<bool>,
    /// Where `--at` stands.
    at: Option<Standpoint>,
    /// The command as it would be typed again.
    command: String,
    /// What was made, where it is kept instead of written.
    pub(super) kept: Option<RefCell<String>>,
}

/// The day: of the command line, else of `PMO_TODAY`, else of the clock.
fn today(global: &Global) -> Result<Date, CliError> {
    if let Some(day) = global.today {
        return Ok(day);
    }
    let Some(text) = environment::variable("PMO_TODAY") else { return Ok(environment::clock()) };
    text.parse().map_err(|_| {
        let error = CliError::new(format!("PMO_TODAY is `{}`, which is no date", escape::terminal(&text)));
        error.hint("write it like this: 2026-11-20")
    })
}

/// Takes "pmo mv crm crm-2, since 2026-11-20 14:03:22" apart.
fn command_and_moment(interrupted: &str) -> (&str, &str) {
    interrupted.rsplit_once(", since ").unwrap_or((interrupted, "earlier"))
}

/// Says what became of a command that was interrupted.
fn taken_back(recovered: &Recovered) -> String {
    let (command, since) = command_and_moment(&recovered.command);
    let what = match recovered.restored.len() {
        0 => "it had changed nothing yet".to_owned(),
        n => format!("what it had begun is taken back, in {}", text::count(n, "place")),
    };
    let mut said = format!("`{command}` of {since} was interrupted: {what}");
    for Left { path, kept } in &recovered.left {
        let before = match kept {
            Some(kept) => format!("what stood there before is in {kept}"),
            None => {
                "before there was no such file: carry over what it is needed for, and remove it".to_owned()
            }
        };
        said.push_str(&format!("\n{path} was changed since, and is left as it is; {before}"));
    }
    said
}

impl Context {
    /// Resolves what the command line, the environment and the clock say, once.
    ///
    /// `command` is what the command is called; one that does not read the register refuses `--at`. `spoken` is
    /// the whole of it, as it would be typed again.
    pub fn new(global: &Global, command: &[String], spoken: String) -> Result<Self, CliError> {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let names_it = if global.at.is_some() { standpoint::allow(&command)? } else { true };
        let mut context = Self { command: spoken, ..Self::here(global)? };
        if let Some(text) = &global.at {
            let at = Standpoint::find(context.location()?, text, context.today)?;
            // What was asked for outright wins; a date is more than what the environment holds by default.
            context.today = global.today.or(at.point.day).unwrap_or(context.today);
            if !names_it {
                context.say(&format!("as of {}", at.revision.describe()));
            }
            context.at = Some(at);
        }
        Ok(context)
    }

    /// The context of the files as they are.
    fn here(global: &Global) -> Result<Self, CliError> {
        let output = global.output.clone().filter(|path| path != Path::new("-"));
        let to_file = output.is_some();
        Ok(Self {
            today: today(global)?,
            screen: Screen {
                width: environment::width(),
                colour: !to_file && environment::colour_on_stdout(global.color),
                unicode: to_file || environment::shows_unicode(),
                exact: false,
            },
            colour_on_stderr: environment::colour_on_stderr(global.color),
            interactive: environment::is_interactive(),
            quiet: global.quiet,
            directory: global.directory.clone().unwrap_or_else(|| PathBuf::from(".")),
            output,
            asked_output: global.output.is_some(),
            asked_today: global.today.is_some(),
            location: OnceCell::new(),
            lock: OnceCell::new(),
            unfinished_is_said: Cell::default(),
            at: None,
            command: String::new(),
            kept: None,
        })
    }

    /// The context in which a report is made again, in memory: at a commit that is called `source`, on that day.
    pub(super) fn again(
        &self,
        point: Point,
        source: &str,
        today: Date,
        command: String,
    ) -> Result<Self, CliError> {
        Ok(Self {
            today,
            screen: Screen { width: self.screen.width, colour: false, unicode: true, exact: false },
            colour_on_stderr: self.colour_on_stderr,
            interactive: false,
            quiet: true,
            directory: self.directory.clone(),
            output: None,
            asked_output: false,
            asked_today: self.asked_today,
            location: self.location()?.clone().into(),
            lock: OnceCell::new(),
            unfinished_is_said: Cell::default(),
            at: Some(Standpoint::open(self.location()?, point, Some(source))?),
            command,
            kept: Some(RefCell::default()),
        })
    }

    /// Takes the register's lock until the command ends, so that what it reads from now on stays true until it
    /// has written. Waits for another command that writes, and after a while says which.
    ///
    /// What a command that was interrupted left half done is taken back first, and that is said.
    pub fn hold(&self) -> Result<&Lock, CliError> {
        if let Some(lock) = self.lock.get() {
            return Ok(lock);
        }
        let lock = self.lock_of(&self.location()?.root)?;
        Ok(self.lock.get_or_init(|| lock))
    }

    /// As [`Context::hold`], for a command that writes unless it only shows what it would write.
    pub fn hold_unless(&self, dry_run: bool) -> Result<(), CliError> {
        if !dry_run {
            self.hold()?;
        }
        Ok(())
    }

    /// Takes the lock of a register that need not be the one this command works in.
    pub(super) fn lock_of(&self, root: &Path) -> Result<Lock, CliError> {
        let command = format!("{}, since {}", cut(&self.command, 80), environment::moment());
        let lock = Lock::take(root, &command, PATIENCE)?;
        if let Some(recovered) = lock.recovered() {
            self.say(&taken_back(recovered));
        }
        Ok(lock)
    }

    /// Carries out a plan, all of it or nothing, under the register's lock.
    pub fn apply(&self, plan: &Plan) -> Result<(), CliError> {
        Ok(plan.apply(self.location()?, self.hold()?)?)
    }

    /// Keeps a text, where what is made is kept; says whether it is.
    pub(super) fn keep(&self, text: &str) -> bool {
        self.kept.as_ref().is_some_and(|kept| {
            kept.borrow_mut().push_str(text);
            true
        })
    }

    /// Whether what is made is kept instead of written.
    pub(super) fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// What was kept.
    pub(super) fn kept(self) -> String {
        self.kept.map(RefCell::into_inner).unwrap_or_default()
    }

    /// How a report that is made now comes about.
    pub fn making(&self) -> Making {
        let repo = self.history().ok().and_then(|location| location.repo.as_ref());
        let commit = repo.and_then(|repo| repo.head.commit()).map(str::to_owned);
        Making { command: commit.is_some().then(|| self.command.clone()), commit, made_on: Some(self.today) }
    }

    /// Where the register is: the folder to work in, or the nearest one above it that has a `pmo.toml`.
    pub fn location(&self) -> Result<&Location, CliError> {
        if let Some(location) = self.location.get() {
            return Ok(location);
        }
        let found = store::find_register(&self.directory)?;
        Ok(self.location.get_or_init(|| found))
    }

    /// The register's place as seen from the commit that is read: HEAD, or what `--at` names.
    ///
    /// Whatever asks git for history asks it here; whatever writes asks [`Context::location`].
    pub fn history(&self) -> Result<&Location, CliError> {
        match &self.at {
            Some(at) => Ok(&at.location),
            None => self.location(),
        }
    }

    /// The files of the register: as they lie on the disk, or as they stood where `--at` stands.
    pub fn source(&self) -> Result<Arc<dyn Source>, CliError> {
        match &self.at {
            Some(at) => Ok(at.revision.clone()),
            None => {
                let location = self.location()?;
                self.mention_unfinished(&location.root);
                Ok(Arc::new(location.work_tree()))
            }
        }
    }

    /// Says once that a command died half way, to who only reads: who writes takes it back and says that.
    fn mention_unfinished(&self, root: &Path) {
        if self.lock.get().is_some() || self.unfinished_is_said.replace(true) {
            return;
        }
        if let Some(interrupted) = store::unfinished(root) {
            let (command, since) = command_and_moment(&interrupted);
            self.say(&format!(
                "`{command}` of {since} was interrupted, and some of what it did is still there: the next command that \
                 writes takes it back"
            ));
        }
    }

    /// Whether `--at` was given, and the disk says nothing.
    pub fn is_past(&self) -> bool {
        self.at.is_some()
    }

    /// The commit that a text such as that of `--at` names, or an error with the nearest.
    ///
    /// Days are counted from today. Its files: `point.open(context.location()?)`, then `load::load`.
    pub fn point(&self, text: &str) -> Result<Point, CliError> {
        history::point(self.location()?, text, self.today).map_err(standpoint::explained)
    }

    /// Reads as much of the register as the scope asks for, as it stood at a point.
    pub fn load_at(&self, point: &Point, scope: &Scope) -> Result<Loaded, CliError> {
        let revision = point.open(self.location()?).map_err(standpoint::explained)?;
        Ok(load::load(&revision, scope)?)
    }

    /// Reads as much of the register as the scope asks for.
    pub fn load(&self, scope: &Scope) -> Result<Loaded, CliError> {
        let progress = Progress::new(self);
        let mut loaded = load::load(&Watched::new(&self.source()?, &progress), scope)?;
        progress.clear();
        if !scope.filings.is_empty() {
            loaded.register.filings = self.filings(&loaded.register, &scope.filings)?;
        }
        let location = self.history()?;
        if scope.closings && location.repo.is_some() {
            // Where git cannot tell, nothing is known, and nothing is said.
            loaded.register.late_changes =
                history::late_changes(location, &self.source()?, &loaded.register, None, None)
                    .unwrap_or_default();
        }
        if scope.baselines && location.repo.is_some() {
            loaded.register.baseline_moves =
                history::baseline_moves(location, &loaded.register).unwrap_or_default();
        }
        Ok(loaded)
    }

    /// Reads what surrounds the record that a reference names, and of what is the register's own the kinds in `others`:
    /// see [`Scope::around`]. The whole register where nothing there has that name, so that the nearest is found.
    pub fn load_around(&self, reference: &str, others: &[&str]) -> Result<Loaded, CliError> {
        let reference = Ref::typed(reference);
        let Some(target) = reference.target(None) else { return self.load(&Scope::all()) };
        let loaded = self.load(&Scope::around(target.home(), others))?;
        match loaded.register.resolve(&reference, None) {
            None => self.load(&Scope::all()),
            Some(id) if loaded.scope.kinds.has(id.kind) => Ok(loaded),
            Some(id) => self.load(&Scope::around(target.home(), &[others, &[id.kind]].concat())),
        }
    }

    /// Reads the register, and makes something of each project while it is at hand. Git is not asked for
    /// anything.
    pub fn digest<T: Send>(
        &self,
        scope: &Scope,
        digest: &Digest<'_, T>,
    ) -> Result<(Loaded, Vec<T>), CliError> {
        let progress = Progress::new(self);
        Ok(load::digest(&Watched::new(&self.source()?, &progress), scope, digest)?)
    }

    /// Asks git what the rules want to know of it, those that are not allowed.
    pub fn ask_git(&self, register: &mut Register, levels: &policy::Levels) -> Result<(), CliError> {
        let is_held = |rule: &check::Rule| {
            rule.asks_git() && policy::strictness(register, levels, rule.name) != Strictness::Allow
        };
        if check::RULES.iter().any(is_held) {
            register.filings =
                self.filings(register, &FilingScope { newest: true, ..FilingScope::default() })?;
        }
        Ok(())
    }

    /// Asks git when reports were filed.
    pub fn filings(&self, register: &Register, scope: &FilingScope) -> Result<Filings, CliError> {
        let mut asked: Vec<(String, Period)> = Vec::new();
        for (id, shelf) in &register.projects {
            let reports = scope.newest && calendar::terms_of(register, id).reports();
            let newest = reports.then(|| calendar::newest(register, id, self.today)).flatten();
            let mut periods: BTreeSet<Period> = newest.map(|(period, _)| period).into_iter().collect();
            let is_there = |period: &Period| {
                let slot = shelf.slot("status", &Name::Period(*period));
                matches!(slot, Some(Slot::Read(_) | Slot::Unread))
            };
            periods.extend(scope.periods.iter().copied().filter(is_there));
            let between =
                scope.deadlines.map(|days| discipline::owed_between(register, id, days, self.today));
            periods.extend(between.into_iter().flatten().filter(|period| is_there(period)));
            asked.extend(periods.into_iter().map(|period| (id.clone(), period)));
        }
        Ok(history::filings(self.history()?, &asked, &register.config.reporting.bots))
    }

    /// The record that a reference given on the command line names, or an error with the nearest one.
    ///
    /// A milestone is no record: whoever names one does not mean the whole project.
    pub fn resolve(&self, register: &Register, text: &str) -> Result<RecordId, CliError> {
        let reference = Ref::typed(text);
        if let Some(id) = register.resolve(&reference, None) {
            return match reference.target(None) {
                Some(Target::Milestone { project, id }) => {
                    Err(CliError::new(format!("#{id} is a milestone of {project}, not a record of its own"))
                        .hint(format!("it stands in the project's file: `pmo edit {project}` opens it"))
                        .hint(format!("`pmo set {project} milestone.{id}.baseline=DATE` moves its date")))
                }
                _ => Ok(id),
            };
        }
        let known: Vec<String> = register.all().map(|(id, _)| id.to_string()).collect();
        let shown = crate::text::escape::terminal(text).into_owned();
        let error = CliError::new(format!("there is no record `{shown}` in this register"));
        if let Some(hint) = near_miss::hint(&known, text) {
            return Err(error.hint(hint));
        }
        Err(match near::nearest(text, known.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pmo find TEXT` looks for records by their words"),
        })
    }
}
