//! `pmo NOUN add`: a new record from its scaffold.

use clap::{Arg, ArgAction, ArgMatches, Args as _, Command, FromArgMatches as _};
use clap_complete::ArgValueCandidates;

use crate::change::{AssignError, Assignment, Plan};
use crate::load::Loaded;
use crate::model::record::Place;
use crate::model::{Kind, RecordId, Register, Scope};
use crate::syntax;
use crate::text;

use super::super::set::on_scale;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete, edit};
use super::{flag, place, scaffold};

/// Kinds whose scaffold may be written while something in it is still to be filled in.
const DRAFTS: [&str; 2] = ["actuals", "programme-status"];

/// A new record.
#[derive(Debug)]
pub(super) struct Add {
    /// What places it: a project, a gate, a period, an id.
    place: Vec<String>,
    /// `key=value`, from flags and from `--set`.
    typed: Vec<String>,
    edit: bool,
    again: bool,
    writing: Writing,
}

/// The command of a kind.
pub(super) fn command(kind: &'static Kind) -> Command {
    let spec = kind.spec;
    let mut command = Command::new("add").before_help(examples(kind));
    for word in place::words(kind) {
        let arg = Arg::new(position(word)).value_name(*word).required(true);
        let arg = match *word {
            "PROJECT" => arg.add(ArgValueCandidates::new(complete::projects)),
            "PROGRAMME" => arg.add(ArgValueCandidates::new(complete::programmes)),
            _ => arg,
        };
        command = command.arg(arg.help(about_place(word, kind)));
    }
    command = command.args(flag::of(kind).iter().map(flag::Flag::arg));
    let set = Arg::new("set")
        .long("set")
        .value_name("KEY=VALUE")
        .action(ArgAction::Append)
        .help("Set any other key, dotted for tables");
    let again = Arg::new("again")
        .long("again")
        .action(ArgAction::SetTrue)
        .help("Add it although an open one has the same title");
    let edit = Arg::new("edit")
        .long("edit")
        .action(ArgAction::SetTrue)
        .help("Fill it in in your editor, then add it");
    // The words come last: options that are shared bring words of their own.
    // Deriving sets what a command is for, so that is said after.
    Writing::augment_args(command.arg(set).arg(edit).arg(again))
        .about(format!("Add {}", one(spec.name)))
        .long_about(spec.about)
        .before_help(examples(kind))
        .about(format!("Add {}", one(spec.name)))
        .long_about(spec.about)
}

/// The argument's name for a word of the usage.
fn position(word: &str) -> &'static str {
    match word {
        "PROJECT" => "at:project",
        "PROGRAMME" => "at:programme",
        "PERIOD" => "at:period",
        "GATE" => "at:gate",
        _ => "at:id",
    }
}

fn about_place(word: &str, kind: &Kind) -> &'static str {
    match (word, kind.spec.name) {
        ("PROJECT", _) => "The project, by its id",
        ("PROGRAMME", _) => "The programme, by its id",
        ("PERIOD", "actuals") => "The month, such as 2026-10",
        ("PERIOD", _) => "The period: 2026-W47, 2026-11 or 2026-Q4",
        ("GATE", _) => "The gate, such as G4; its turn is counted on",
        _ => "Its id: small letters, digits and -, such as crm-migration",
    }
}

fn examples(kind: &Kind) -> String {
    let lines: &[&str] = match kind.spec.name {
        "project" => &[
            "pmo project add crm --name \"CRM migration\" --manager jana-novak",
            "pmo project add crm --name CRM --manager jana-novak --schedule-finish 2027-03-31 --budget-approved 1_200_000",
        ],
        "programme" => &["pmo programme add customer-360 --name \"Customer 360\" --manager jana-novak"],
        "person" => &["pmo person add jana-novak --name \"Jana Novak\" --email jana@northwind.example"],
        "objective" => &["pmo objective add grow-retention --name \"Keep more customers\" --target 90"],
        "request" => &["pmo request add --title \"Quote portal\" --division Sales --estimated-cost 180_000"],
        "review" => &["pmo review add crm G4", "pmo review add crm G4 --held-on 2026-11-18 --outcome go"],
        "actuals" => &["pmo actuals add crm 2026-10 --cost 74_000.50 --set category.internal=42_000"],
        "period" => &["pmo period add 2026-W46 --reason \"Reported to the board\""],
        "programme-status" => {
            &["pmo programme-status add customer-360 2026-W47 --summary \"On course.\" --overall green"]
        }
        "risk" => &[
            "pmo risk add crm --title \"Vendor is late\" --owner amir-haddad --probability 3 --impact 4",
            "pmo risk add crm --title \"Vendor is late\" --impact \"{ cost = 4, schedule = 3 }\" --set target.probability=2",
        ],
        "change" => {
            &["pmo change add crm --title \"Consent per channel\" --effect-cost 60_000 --effect-days 20"]
        }
        "decision" => {
            &["pmo decision add crm --title \"Extend the vendor?\" --of liam-okoye --wanted-by 2026-11-27"]
        }
        "action" => &["pmo action add crm --title \"Name data owners\" --owner amir-haddad --due 2026-11-30"],
        "benefit" => &[
            "pmo benefit add crm --title \"Fewer licences\" --kind cashable --baseline 420_000 --target 180_000",
        ],
        "lesson" => &[
            "pmo lesson add crm --title \"Order test data early\" --advice \"When the contract is signed.\"",
        ],
        "assumption" => {
            &["pmo assumption add crm --title \"The vendor's staff stay\" --validate-by 2026-12-01"]
        }
        _ => &["pmo issue add crm --title \"Three tables have no owner\" --severity high --due 2026-11-30"],
    };
    format!("Examples:\n  {}", lines.join("\n  "))
}

/// The noun with its article.
pub(in super::super) fn one(noun: &str) -> String {
    match noun {
        "actuals" => "booked costs".to_owned(),
        _ if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

impl Add {
    /// Reads the arguments of the command that [`command`] built.
    pub fn read(kind: &'static Kind, matches: &ArgMatches) -> Result<Self, clap::Error> {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        let place = place::words(kind).iter().filter_map(|word| text(position(word))).collect();
        let flags = flag::of(kind).iter().filter_map(|f| Some(format!("{}={}", f.key, text(&f.id)?)));
        let set = matches.get_many::<String>("set").unwrap_or_default().cloned();
        Ok(Self {
            place,
            typed: flags.chain(set).collect(),
            edit: matches.get_flag("edit"),
            again: matches.get_flag("again"),
            writing: Writing::from_arg_matches(matches)?,
        })
    }

    /// Runs the command.
    pub fn run(self, kind: &'static Kind, context: &Context) -> Outcome {
        // An editor may stay open for hours: nobody waits for it, and what it meets then is seen when it is written.
        context.hold_unless(self.edit || self.writing.dry_run)?;
        let before = self.load(kind, context)?;
        let register = &before.register;
        let id = place::new_id(context, register, kind, &self.place)?;
        let mut given = Vec::new();
        for typed in &self.typed {
            given.push(
                Assignment::read(kind, &register.config.field, typed)
                    .map_err(|error| explained(error, typed))?,
            );
        }
        given.retain(|assignment| assignment.value.is_some());
        on_scale(register, &id, &given)?;
        let mut text = scaffold::text_of(context, register, kind, &id, &given)?;
        if self.edit {
            let bytes = edit::by_hand(&id, &text)?;
            text = match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => {
                    let wrong = CliError::new("what was saved is not UTF-8 text");
                    return Err(edit::keep(context, &id, error.as_bytes(), wrong)?);
                }
            };
        }
        self.write(context, kind, &before, &id, &text).map_err(|error| {
            // What was typed by hand is not lost.
            if self.edit {
                edit::keep(context, &id, text.as_bytes(), error).unwrap_or_else(|error| error)
            } else {
                error
            }
        })
    }

    /// Loads what the new record is compared with, and can refer to in its own project.
    fn load(&self, kind: &Kind, context: &Context) -> Result<Loaded, CliError> {
        let own = [kind.spec.name, "person"];
        let first = self.place.first().map_or("", |said| said.trim_start_matches("projects/"));
        match kind.spec.place {
            // Projects, programmes and objectives share their names.
            Place::Sole | Place::ProgrammeFile | Place::ProgrammePeriod => context.load(&Scope::all()),
            Place::Slug if kind.spec.name == "objective" => context.load(&Scope::all()),
            _ if kind.spec.in_project => context.load_around(first.trim_end_matches('/'), &own),
            _ => context.load(&Scope::around("", &own)),
        }
    }

    fn write(&self, context: &Context, kind: &Kind, before: &Loaded, id: &RecordId, text: &str) -> Outcome {
        let register = &before.register;
        if !self.again {
            refuse_twin(register, id, text)?;
        }
        let open = open_keys(text);
        if !open.is_empty() && !DRAFTS.contains(&kind.spec.name) {
            return Err(lacking(kind, &open));
        }
        let path = id.path();
        let mut plan = Plan::new();
        plan.create(path.as_str(), text);
        let deed = Deed {
            done: format!("added {id}: {path}"),
            message: format!("{id}: {}", message(kind, text)),
            next: next(kind, id, &open),
        };
        self.writing.carry_out(context, before, &plan, deed)
    }
}

/// What is wrong with a value, with its remedy.
pub(in super::super) fn explained(error: AssignError, typed: &str) -> CliError {
    let hint = match &error {
        AssignError::Form(_) => {
            Some("write  --set key=value,  in quotes where the value has blanks".to_owned())
        }
        AssignError::Unfit(mistake) => mistake.help.clone(),
        AssignError::Edit { .. } => None,
    };
    let error = match error {
        AssignError::Unfit(mistake) => {
            CliError::new(format!("{}: `{}`", mistake.message, text::terminal(&text::cut(typed, 60))))
        }
        other => CliError::from(other),
    };
    hint.into_iter().fold(error, CliError::hint)
}

/// The keys whose values are still to be filled in.
fn open_keys(text: &str) -> Vec<String> {
    let Ok(table) = syntax::parse(text) else { return Vec::new() };
    syntax::placeholders(table.get_ref()).into_iter().map(|(key, _)| key).collect()
}

fn lacking(kind: &Kind, open: &[String]) -> CliError {
    let ticked: Vec<String> = open.iter().map(|key| format!("`{key}`")).collect();
    let flags: Vec<String> = open.iter().map(|key| format!("--{} …", key.replace(['.', '_'], "-"))).collect();
    CliError::new(format!("{} needs {}", one(kind.spec.name), text::list(&ticked, "and")))
        .hint(format!("say {}", flags.join(" ")))
}

/// Refuses a record whose title an open one of the same kind and home has already.
fn refuse_twin(register: &Register, id: &RecordId, text: &str) -> Result<(), CliError> {
    let title = ["title", "name"].iter().find_map(|key| syntax::text_at(text, key));
    let Some(title) = title.map(|t| t.trim().to_lowercase()).filter(|t| !t.is_empty()) else { return Ok(()) };
    let twin = register.all().find(|(other, slot)| {
        let same = |record: &dyn crate::model::AnyRecord| {
            !record.is_closed() && record.title().trim().to_lowercase() == title
        };
        let comparable = other.kind == id.kind && (other.home == id.home || id.kind == "project");
        comparable && id.kind != "programme-status" && slot.record_or_draft().is_some_and(same)
    });
    match twin {
        Some((twin, _)) => Err(CliError::new(format!("{twin} has the same title and is open"))
            .hint(format!("`pmo show {twin}` shows it; --again adds another one all the same"))),
        None => Ok(()),
    }
}

fn message(kind: &Kind, text: &str) -> String {
    let title = ["title", "name"].iter().find_map(|key| syntax::text_at(text, key));
    title.map_or_else(|| format!("new {}", kind.spec.name), |title| text::cut(&title, 60).into_owned())
}

/// What to type next.
fn next(kind: &Kind, id: &RecordId, open: &[String]) -> Vec<String> {
    if !open.is_empty() {
        return vec![format!("pmo edit {id}   (a draft until what reads \"…\" is filled in)")];
    }
    match kind.spec.name {
        "project" => vec![format!("pmo edit {id}"), format!("pmo project approve {id}")],
        "decision" => vec![format!("pmo decision decide {id} --outcome …")],
        "request" => vec![format!("pmo set {id} state=assessing")],
        _ => vec![format!("pmo edit {id}")],
    }
}
