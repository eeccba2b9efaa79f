//! `pmo status chase`: a message to each person whose reports or items are overdue. It sends nothing itself.

mod items;
mod mail;

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use clap_complete::ArgValueCandidates;
use serde::Serialize;

use crate::analysis::calendar::{self, owed};
use crate::analysis::moderation;
use crate::model::{Date, Name, Period, Project, Register, Reports, Scope, Slot};
use crate::report::prefill;
use crate::store;
use crate::template::Templates;
use crate::text;

use super::super::complete;
use super::{CliError, Context, Done, Outcome, project_id};

use items::Late;

/// Write a message to each person whose reports or items are overdue, with the report begun for them; sends nothing
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status chase
  pmo status chase --period 2026-W47 -o outbox
  pmo status chase --eml -o outbox && for m in outbox/*.eml; do sendmail -t < $m; done
  pmo status chase --digest --eml -o outbox    to programme managers and the PMO

Overdue is a report that is missing or a draft once its deadline and the days of grace have
passed; nobody is asked for a closed period. Actions, issues, decisions, assumptions, reviews of
risks and conditions are overdue from the day after their own; what nobody owns is put to the
project's manager. templates/chase.md in the register replaces the wording.")]
pub(super) struct Chase {
    /// Only these projects
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects))]
    projects: Vec<String>,
    /// Only the reports of this period, such as 2026-W47; the newest that each project missed, and items, unless given
    #[arg(long)]
    period: Option<Period>,
    /// One message for each programme manager and one for the PMO, instead of those to the projects' managers
    #[arg(long)]
    digest: bool,
    /// Write RFC 5322 messages (.eml) into the folder that -o names
    #[arg(long)]
    eml: bool,
}

/// A report that is overdue.
#[derive(Clone, Debug, Serialize)]
struct Overdue {
    project: String,
    name: String,
    period: Period,
    spoken: String,
    due: Date,
    days_late: i64,
    has_draft: bool,
    manager_id: String,
    manager: String,
    /// Whether the register has an e-mail address of the manager.
    reachable: bool,
    /// What the manager types.
    commands: Vec<String>,
}

/// A message.
#[derive(Clone, Debug, Serialize)]
struct Message {
    /// The name of its file, without ending.
    #[serde(skip)]
    stem: String,
    /// To whom, by name.
    name: String,
    #[serde(skip)]
    email: Option<String>,
    #[serde(skip)]
    subject: String,
    register: String,
    digest: bool,
    /// What a digest is about: ` in Customer 360`.
    about: String,
    reports: Vec<Overdue>,
    /// Actions, issues and the rest that are overdue.
    items: Vec<Late>,
    /// Whether reports begun for them are attached.
    attached: bool,
    #[serde(skip)]
    files: Vec<(String, String)>,
}

impl Chase {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        if self.eml && context.output.is_none() {
            return Err(CliError::new("each .eml message is a file of its own, so they need a folder")
                .hint("name one: pmo status chase --eml -o outbox"));
        }
        let kinds = [
            "project",
            "programme",
            "person",
            "period",
            "risk",
            "change",
            "benefit",
            "actuals",
            "decision",
            "issue",
            "action",
            "assumption",
            "review",
        ];
        let register = context.load(&Scope::kinds(&kinds).with_reports(Reports::All))?.register;
        let wanted = self.projects.iter().map(|typed| project_id(&register, typed));
        let wanted = wanted.collect::<Result<BTreeSet<String>, CliError>>()?;
        let (mut overdue, mut items) = (Vec::new(), Vec::new());
        for (id, charter, _) in register.charters() {
            if wanted.is_empty() || wanted.contains(id) {
                overdue.extend(self.overdue(&register, id, charter, context.today));
                if self.period.is_none() {
                    items.extend(items::late(&register, id, charter, context.today));
                }
            }
        }
        if overdue.is_empty() && items.is_empty() {
            context.say("nobody is overdue");
            return Ok(Done::Fine);
        }
        let messages = match self.digest {
            true => digests(&register, &overdue, &items),
            false => letters(context, &register, &overdue, &items)?,
        };
        for message in messages.iter().filter(|message| message.email.is_none()) {
            context.say(&format!(
                "no e-mail address: {}{}",
                text::terminal(&message.name),
                if message.stem == "pmo" { "" } else { " (pmo set @ID email=…)" }
            ));
        }
        self.hand_out(context, &messages)?;
        Ok(Done::Fine)
    }

    /// The project's report that is overdue on a day.
    fn overdue(&self, register: &Register, id: &str, charter: &Project, day: Date) -> Option<Overdue> {
        let terms = calendar::terms(&register.config, id, Some(charter));
        let period = match self.period {
            Some(period) => {
                let owes = terms.cadence == Some(period.cadence())
                    && terms.first_owed(charter).is_none_or(|first| first <= period);
                (owes && terms.is_past(period, day)).then_some(period)?
            }
            None => calendar::filing(register, id, day)?.newest_missed?,
        };
        if owed::is_closed(register, period) {
            return None;
        }
        let slot = register.projects.get(id)?.slot("status", &Name::Period(period));
        if matches!(slot, Some(Slot::Read(_) | Slot::Unread)) {
            return None;
        }
        let begin = match slot {
            None => format!("pmo status new {id} --period {period}"),
            Some(Slot::Broken) => format!("pmo check {id}/{period}"),
            Some(_) => format!("pmo edit {id}/{period}"),
        };
        let due = terms.deadline(period);
        let person = register.person(&charter.manager);
        Some(Overdue {
            project: id.to_owned(),
            name: plain(&charter.name),
            period,
            spoken: period.spoken(),
            due,
            days_late: day.days_since(due),
            has_draft: matches!(slot, Some(Slot::Draft(_))),
            manager_id: charter.manager.clone(),
            manager: plain(register.person_name(&charter.manager)),
            reachable: person.and_then(|person| mail::address(person.email.as_deref())).is_some(),
            commands: vec![begin, format!("pmo status submit {id} --period {period}")],
        })
    }

    /// Writes the messages where they were asked for.
    fn hand_out(&self, context: &Context, messages: &[Message]) -> Result<(), CliError> {
        let templates = context.templates()?;
        let Some(folder) = &context.output else {
            let pages = messages.iter().map(|message| markdown(&templates, message));
            let pages = pages.collect::<Result<Vec<String>, CliError>>()?;
            return context.put(&pages.join("\n---\n\n"));
        };
        context.make_folder(folder)?;
        let from = store::identity(context.location()?);
        for message in messages {
            let (ending, bytes) = match self.eml {
                true => ("eml", mail::write(&body(&templates, message)?, message, &from, context.today)?),
                false => ("md", markdown(&templates, message)?.into_bytes()),
            };
            let path = folder.join(format!("{}.{ending}", message.stem));
            context.write_file(&path, &bytes)?;
            context.say(&format!("wrote {}", text::terminal(&path.display().to_string())));
        }
        Ok(())
    }
}

/// One message for each person, about all that is overdue from them.
fn letters(
    context: &Context,
    register: &Register,
    overdue: &[Overdue],
    items: &[Late],
) -> Result<Vec<Message>, CliError> {
    let templates = context.templates()?;
    let mut people: BTreeMap<&str, (Vec<Overdue>, Vec<Late>)> = BTreeMap::new();
    for one in overdue {
        people.entry(&one.manager_id).or_default().0.push(one.clone());
    }
    for item in items {
        people.entry(&item.asked_id).or_default().1.push(item.clone());
    }
    let mut messages = Vec::new();
    for (person, (reports, items)) in people {
        let mut files = Vec::new();
        for one in reports.iter().filter(|one| !one.has_draft) {
            let filled = prefill::status(register, context.today, &one.project, one.period);
            if let Some(filled) = filled {
                let name = format!("{}-{}.toml", one.project, one.period);
                files.push((name, templates.render("status.toml", &filled)?));
            }
        }
        messages.push(Message {
            stem: if crate::model::place::is_slug(person) { person.to_owned() } else { "nobody".to_owned() },
            subject: subject(&reports, &items),
            attached: !files.is_empty(),
            files,
            ..message(register, person, reports, items)
        });
    }
    Ok(messages)
}

/// What a person's message is about: `Overdue report: crm, and 2 items`.
fn subject(reports: &[Overdue], items: &[Late]) -> String {
    let names: Vec<String> = reports.iter().map(|one| one.project.clone()).collect();
    let what = text::plural(reports.len(), "report");
    match (reports.is_empty(), items.is_empty()) {
        (true, _) => format!("{} overdue", text::count(items.len(), "item")),
        (false, true) => format!("Overdue {what}: {}", text::list(&names, "and")),
        (false, false) => {
            format!("Overdue {what}: {}; and {}", text::list(&names, "and"), text::count(items.len(), "item"))
        }
    }
}

/// One message for each programme manager, about the programme, and one for the PMO about all.
fn digests(register: &Register, overdue: &[Overdue], items: &[Late]) -> Vec<Message> {
    let mut messages = Vec::new();
    for id in register.programmes.keys() {
        let Some(programme) = register.programme(id) else { continue };
        let is_of = |project: &str| moderation::is_of(register, project, id);
        let reports: Vec<Overdue> = overdue.iter().filter(|one| is_of(&one.project)).cloned().collect();
        let items: Vec<Late> = items.iter().filter(|one| is_of(&one.project)).cloned().collect();
        let is_any = !reports.is_empty() || !items.is_empty();
        let Some(manager) = programme.manager.as_deref().filter(|_| is_any) else { continue };
        let name = plain(&programme.name);
        messages.push(Message {
            stem: format!("{id}-digest"),
            subject: format!("{} overdue in {name}", counted(&reports, &items)),
            digest: true,
            about: format!(" in {name}"),
            ..message(register, manager, reports, items)
        });
    }
    messages.push(Message {
        stem: "pmo".to_owned(),
        name: "PMO".to_owned(),
        email: None,
        subject: format!("{} overdue", counted(overdue, items)),
        digest: true,
        ..message(register, "", overdue.to_vec(), items.to_vec())
    });
    messages
}

/// How much is overdue: `2 reports and 5 items`.
fn counted(reports: &[Overdue], items: &[Late]) -> String {
    let counts = [(reports.len(), "report"), (items.len(), "item")];
    let some: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| text::count(*count, what))
        .collect();
    text::list(&some, "and")
}

fn message(register: &Register, to: &str, reports: Vec<Overdue>, items: Vec<Late>) -> Message {
    let email = register.person(to).and_then(|person| mail::address(person.email.as_deref()));
    Message {
        stem: to.to_owned(),
        name: plain(register.person_name(to)),
        email,
        subject: String::new(),
        register: plain(&register.config.register.name),
        digest: false,
        about: String::new(),
        reports,
        items,
        attached: false,
        files: Vec::new(),
    }
}

/// A text on one line, without what could steer a terminal or end a header.
fn plain(text: &str) -> String {
    text::terminal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the message says.
fn body(templates: &Templates, message: &Message) -> Result<String, CliError> {
    Ok(templates.render("chase.md", message)?)
}

/// The message as a page of Markdown, with its head and what is attached.
fn markdown(templates: &Templates, message: &Message) -> Result<String, CliError> {
    let to = match &message.email {
        Some(email) => format!("{} `{email}`", text::markdown(&message.name)),
        None => format!("{} (no e-mail address in the register)", text::markdown(&message.name)),
    };
    let mut page = format!(
        "To: {to}\\\nSubject: {}\n\n{}",
        text::markdown(&message.subject),
        body(templates, message)?.trim_end()
    );
    page.push('\n');
    for (name, text) in &message.files {
        // Longer than any fence in the text.
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        page.push_str(&format!("\n{name}:\n\n{fence}toml\n{}\n{fence}\n", text.trim_end()));
    }
    Ok(page)
}
