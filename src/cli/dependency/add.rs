//! `pmo dependency add`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::ArgValueCandidates;

use crate::analysis::dependency::{Network, Point};
use crate::change::Plan;
use crate::load::Loaded;
use crate::model::{Date, RecordId};
use crate::syntax::{self, NewValue};

use super::super::report::project_of;
use super::super::set::text_of;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::point;

/// The kinds as charters have them, and as planners write them.
const KINDS: [(&str, &str); 4] = [
    ("finish-to-start", "FS"),
    ("start-to-start", "SS"),
    ("finish-to-finish", "FF"),
    ("start-to-finish", "SF"),
];

/// Say in a project's charter that it needs something of another
///
/// Adds a `[[dependency]]` behind the others, and changes nothing else in the file.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency add crm --on data-platform#api-v2 --needed-by 2027-01-10
  pmo dependency add crm --on data-platform#api-v2 --milestone go-live --lag 5 --note \"Customer lookup\"
  pmo dependency add field-app --on crm --kind finish-to-finish --dry-run")]
pub(super) struct Add {
    /// The project that waits
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects))]
    project: String,
    /// What it waits for: a milestone, such as data-platform#api-v2, or a project
    #[arg(long, value_name = "REF", add = ArgValueCandidates::new(complete::projects))]
    on: String,
    /// The milestone of its own that needs it; the finish unless given
    #[arg(long, value_name = "ID")]
    milestone: Option<String>,
    /// The day by which it is needed; that of the milestone or finish unless given
    #[arg(long, value_name = "DATE")]
    needed_by: Option<Date>,
    /// How the two are tied
    #[arg(long, value_name = "KIND", ignore_case = true,
        value_parser = PossibleValuesParser::new(KINDS.iter().flat_map(|(word, short)| [*word, *short])))]
    kind: Option<String>,
    /// Days that must lie between; less than none is a lead
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true, value_parser = point::slip)]
    lag: Option<i64>,
    /// What exactly is needed
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Add {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load(context)?;
        let id = project_of(&before.register, &self.project)?.home;
        let record = RecordId::project(&id);
        let milestone = self.own_milestone(&before, &id)?;
        let kind = self.kind();
        let waits = match &milestone {
            Some(point) => point.clone(),
            None if kind == Some("start-to-start") => Point::start(&id),
            None => Point::finish(&id),
        };
        // Inside a project's own files `#go-live` is its own.
        let on = if self.on.starts_with('#') { format!("{id}{}", self.on) } else { self.on.clone() };
        let named = point::named(&before.register, &on)?;
        let by_start = kind.is_some_and(|kind| kind.starts_with("start")) && named.milestone_id().is_none();
        let supplier = if by_start { Point::start(&named.project) } else { named.clone() };
        self.refuse(context, &before, &waits, &supplier)?;
        let (path, text) = text_of(context, &record)?;
        let new = syntax::append_table(&text, "dependency", &self.entries(&named, kind))?;
        let mut plan = Plan::new();
        plan.rewrite(path, text.as_bytes(), new);
        let deed = Deed {
            done: format!("{waits} waits for {supplier}"),
            message: format!("{id}: depends on {supplier}"),
            next: vec![format!("pmo dependency list {id}"), format!("pmo dependency graph {id}")],
        };
        self.writing.carry_out(context, &before, &plan, deed)
    }

    fn own_milestone(&self, before: &Loaded, project: &str) -> Result<Option<Point>, CliError> {
        let Some(id) = &self.milestone else { return Ok(None) };
        let id = id.trim_start_matches('#');
        point::named(&before.register, &format!("{project}#{id}")).map(Some)
    }

    /// Refuses what waits for itself, directly or round about, and what is there already.
    fn refuse(&self, context: &Context, before: &Loaded, waits: &Point, on: &Point) -> Result<(), CliError> {
        if waits == on {
            return Err(CliError::new(format!("{waits} cannot wait for itself")));
        }
        if waits.project == on.project {
            let error =
                CliError::new(format!("{waits} and {on} are of one project, whose plan is its own matter"));
            return Err(error.hint("a dependency says what a project needs of another"));
        }
        let network = Network::of(&before.register, context.today);
        if let Some(tie) = network.ties().iter().find(|tie| tie.consumer == *waits && tie.supplier == *on) {
            return Err(CliError::new(format!("{waits} waits for {on} already")).hint(format!(
                "`pmo set {} dependency[{}].needed_by=DATE` changes it",
                waits.project, tie.index
            )));
        }
        if network.leads(waits, on) {
            return Err(CliError::new(format!("{on} waits for {waits}, so that neither could begin")).hint(
                "depend on a milestone that comes early, and say with --milestone which of yours needs it",
            ));
        }
        Ok(())
    }

    /// The kind by its word.
    fn kind(&self) -> Option<&'static str> {
        let typed = self.kind.as_deref()?;
        let same = |(word, short): &&(&str, &str)| {
            word.eq_ignore_ascii_case(typed) || short.eq_ignore_ascii_case(typed)
        };
        KINDS.iter().find(same).map(|(word, _)| *word)
    }

    fn entries(&self, on: &Point, kind: Option<&str>) -> Vec<(String, NewValue)> {
        let mut entries = vec![("on".to_owned(), NewValue::text(on.to_string()))];
        let mut add = |key: &str, value: Option<NewValue>| {
            entries.extend(value.map(|value| (key.to_owned(), value)));
        };
        add("milestone", self.milestone.as_deref().map(|id| NewValue::text(id.trim_start_matches('#'))));
        add("needed_by", self.needed_by.and_then(|day| NewValue::literal(&day.to_string())));
        add("kind", kind.map(NewValue::text));
        add("lag_days", self.lag.filter(|lag| *lag != 0).and_then(|lag| NewValue::literal(&lag.to_string())));
        add("note", self.note.as_deref().map(NewValue::text));
        entries
    }
}
