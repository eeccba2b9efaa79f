//! `pmo show REF`: everything that a record's file says, on one card, and who refers to it.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::change::refer::{self, Referrer};
use crate::diag::human;
use crate::document::Document;
use crate::model::{Scope, Slot};
use crate::render;
use crate::store::Source as _;

use super::{CliError, Context, Done, Outcome, card, complete, escalated};

/// Shows a record.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo show crm                    a project's charter
  pmo show crm/R-003              a risk
  pmo show crm/2026-W47           a status report
  pmo show @jana-novak            a person
  pmo show crm/R-003 -O json      for programs; -O toml is the file itself

`pmo report project crm` puts a project's report, risks, money and dates on one page.")]
pub struct Show {
    /// The record, such as crm, crm/R-003, @jana-novak or crm/2026-W47
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// The format
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "terminal")]
    format: ShowFormat,
}

/// The formats of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// For people, on a terminal
    #[default]
    Terminal,
    /// For a wiki or a pull request
    Markdown,
    /// For programs, with raw numbers
    Json,
    /// For programs and people
    Yaml,
    /// The file as it is
    Toml,
}

/// A record for programs.
#[derive(Serialize)]
struct Shown<'a> {
    schema_version: u32,
    kind: &'static str,
    id: String,
    file: String,
    title: &'a str,
    state: Option<String>,
    draft: bool,
    record: &'a dyn erased_serde::Serialize,
    /// Of a programme: the risks that were escalated to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    escalated: Vec<escalated::Escalated>,
    referred_by: Vec<ReferredBy>,
}

#[derive(Serialize)]
struct ReferredBy {
    id: Option<String>,
    file: String,
    key: String,
}

impl Show {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let loaded = context.load(&Scope::all())?;
        let id = context.resolve(&loaded.register, &self.reference)?;
        if self.format == ShowFormat::Toml {
            let (_, text) = super::set::text_of(context, &id)?;
            context.put_as_it_is(&text)?;
            return Ok(Done::Fine);
        }
        let path = id.path();
        let source = context.source()?;
        let text =
            |path: &str| source.read_if_present(path).ok().flatten().and_then(|b| String::from_utf8(b).ok());
        let slot = loaded.register.slot(&id);
        let Some(record) = slot.and_then(Slot::record_or_draft) else {
            let problems = loaded.problems.iter().filter(|problem| problem.file == path);
            let listed: Vec<String> =
                problems.take(5).map(|p| human::single(p, &text, human::Look::default())).collect();
            let error = CliError::new(format!("{path} cannot be read\n{}", listed.join("\n")).trim_end());
            // What cannot even be opened as text says itself what to do.
            if super::set::text_of(context, &id).is_err() {
                return Err(error);
            }
            return Err(error
                .hint(format!("`pmo edit {id}` opens it"))
                .hint(format!("`pmo show {id} -O toml` prints it as it is")));
        };
        let draft = matches!(slot, Some(Slot::Draft(_)));
        let referrers = refer::referrers(&loaded.register, &id);
        let value = Shown {
            schema_version: 1,
            kind: id.kind,
            id: id.to_string(),
            file: path.clone(),
            title: record.title(),
            state: record.state().map(|state| state.into_owned()),
            draft,
            record: record.fields(),
            escalated: escalated::of(&loaded.register, &id),
            referred_by: referrers.iter().map(referred_by).collect(),
        };
        let page = || -> Result<Document, CliError> {
            let problems = loaded.problems.iter().filter(|problem| problem.file == path).count();
            let about = card::About { id: &id, record, draft, problems, referrers: &referrers };
            Ok(card::card(&loaded.register, &about, context.today)?)
        };
        // A card is the record itself: its figures keep all their digits.
        let screen = render::Screen { exact: true, ..context.screen };
        let text = match self.format {
            ShowFormat::Json => render::json(&value)?,
            ShowFormat::Yaml => render::yaml(&value)?,
            ShowFormat::Markdown => render::markdown(&page()?, true),
            _ => render::terminal(&page()?, &screen),
        };
        context.put(&text)?;
        Ok(Done::Fine)
    }
}

fn referred_by(referrer: &Referrer) -> ReferredBy {
    ReferredBy {
        id: referrer.record.as_ref().map(ToString::to_string),
        file: referrer.path.clone(),
        key: referrer.key.trim_start_matches("key:").to_owned(),
    }
}
