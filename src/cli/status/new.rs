//! `pmo status new` and `pmo status open`: reports begun, with what the register knows filled in.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::calendar;
use crate::change::Plan;
use crate::model::{Name, Period, RecordId, Register, Reports, Scope, Slot};
use crate::report::prefill;
use crate::template::Templates;
use crate::text;

use super::super::commit::CommitOptions;
use super::super::complete;
use super::programme;
use super::verdict::placeholders;
use super::{CliError, Context, Done, Outcome, charter, is_open, period_of, project_id, soon, surroundings};

/// Begin the report of a project, or a programme's word on its projects, filled in as far as the register goes
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status new crm
  pmo status new crm --period 2026-W46
  pmo status new customer-360              a programme: what its projects report, to be assessed
  $EDITOR $(pmo status new crm)")]
pub(super) struct New {
    /// The project or programme
    #[arg(add = ArgValueCandidates::new(complete::reporters))]
    project: String,
    /// The period, such as 2026-W47; the current one unless given
    #[arg(long)]
    period: Option<Period>,
    #[command(flatten)]
    commit: CommitOptions,
}

/// Begin the reports of many projects; those that exist are left as they are
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status open --all
  pmo status open --all --period 2026-W48 --commit
  pmo status open crm erp-rollout --dry-run")]
pub(super) struct Open {
    /// The projects
    #[arg(value_name = "PROJECT", required_unless_present = "all", conflicts_with = "all",
        add = ArgValueCandidates::new(complete::projects))]
    projects: Vec<String>,
    /// Every project that reports
    #[arg(long)]
    all: bool,
    /// The period, such as 2026-W47; each project's current one unless given
    #[arg(long)]
    period: Option<Period>,
    /// Only say what would be written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    commit: CommitOptions,
}

/// What the pre-filling looks at.
const KINDS: [&str; 8] = ["project", "risk", "change", "benefit", "actuals", "decision", "person", "period"];

impl New {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let names = surroundings(context, &self.project, &[])?.register;
        if let Some(id) = programme::named(&names, &self.project) {
            return programme::begin(context, &id, self.period, &self.commit);
        }
        let id = project_id(&names, &self.project)?;
        context.hold()?;
        let register = context.load(&Scope::around(&id, &["person", "period"]))?.register;
        charter(&register, &id)?;
        let period = period_of(&register, &id, self.period, context.today)?;
        soon(&register, &id, period, context.today)?;
        is_open(&register, period)?;
        let record = RecordId::status(&id, period);
        if let Some(slot) = register.slot(&record) {
            return Err(exists(&record, slot));
        }
        if charter(&register, &id)?.state.is_over() {
            let state = charter(&register, &id)?.state.word();
            return Err(CliError::new(format!("{id} is {state} and reports no more")).hint(format!(
                "if that is wrong, `pmo edit {id}` takes it back: state = \"active\", and no closed_on"
            )));
        }
        if !calendar::terms_of(&register, &id).reports() {
            let why = match charter(&register, &id)?.state {
                state if state.reports() => "has the cadence \"none\"".to_owned(),
                state => format!("is {}", state.word()),
            };
            context.say(&format!("{id} {why} and owes no reports"));
        }
        let commit = self.commit.begin(context, &register.config)?;
        let text = draft(&context.templates()?, context, &register, &id, period)?;
        let left = placeholders(&text).len();
        let mut plan = Plan::new();
        plan.create(record.path(), text);
        context.apply(&plan)?;
        context.put(&format!("{}\n", record.path()))?;
        context.say(&format!("begun, with {} to fill in", text::count(left, "value")));
        commit.finish(context, &plan.paths(), &format!("{id}: draft of the report for {period}"))?;
        // Without the period, the newest begun one would be meant.
        let which = self.period.map(|period| format!(" --period {period}")).unwrap_or_default();
        context.say(&format!("next: pmo edit {record}, then pmo status submit {id}{which}"));
        Ok(Done::Fine)
    }
}

impl Open {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let reports = if self.period.is_some() { Reports::All } else { Reports::Newest(2) };
        let scope = Scope::kinds(&KINDS).with_reports(reports).on(context.today);
        let names = context.load(&Scope::names())?.register;
        let ids =
            self.projects.iter().map(|typed| project_id(&names, typed)).collect::<Result<Vec<_>, _>>()?;
        context.hold_unless(self.dry_run)?;
        let wanted = (!self.all).then(|| ids.iter().cloned().collect());
        let register = context.load(&Scope { projects: wanted, ..scope })?.register;
        let commit = self.commit.begin(context, &register.config)?;
        let templates = context.templates()?;

        let ids = if self.all { names.projects.keys().cloned().collect() } else { ids };
        let mut plan = Plan::new();
        let (mut there, mut silent) = (0, 0);
        for id in ids {
            if register.project(&id).is_none() {
                context
                    .say(&format!("skipped {id}: its charter cannot be read or is a draft (pmo check {id})"));
                continue;
            }
            if !calendar::terms_of(&register, &id).reports() {
                silent += 1;
                continue;
            }
            let period = match period_of(&register, &id, self.period, context.today) {
                Ok(period) => period,
                // A whole period is opened for those that report in such periods.
                Err(_) if self.all => {
                    silent += 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            soon(&register, &id, period, context.today)?;
            is_open(&register, period)?;
            let record = RecordId::status(&id, period);
            if register.slot(&record).is_some() {
                there += 1;
                continue;
            }
            plan.create(record.path(), draft(&templates, context, &register, &id, period)?);
        }
        let paths = plan.paths();
        if !self.dry_run {
            context.apply(&plan)?;
        }
        context.put(&paths.iter().map(|path| format!("{path}\n")).collect::<String>())?;
        let verb = if self.dry_run { "would begin" } else { "begun" };
        context.say(&format!(
            "{verb}: {} · {there} there already · {silent} that owe none",
            text::count(paths.len(), "report")
        ));
        if !self.dry_run {
            let message = format!("Drafts of {}", text::count(paths.len(), "status report"));
            commit.finish(context, &paths, &message)?;
        }
        Ok(Done::Fine)
    }
}

/// Says that a report is there already, and what to do with it.
fn exists(record: &RecordId, slot: &Slot) -> CliError {
    let path = record.path();
    let state = match slot {
        Slot::Draft(_) => "is begun and still a draft",
        Slot::Broken => "is there and has mistakes",
        Slot::Read(_) | Slot::Unread => "is there and complete",
    };
    let period = match record.name {
        Name::Period(period) => period.to_string(),
        _ => String::new(),
    };
    CliError::new(format!("{path} {state}; it is left as it is"))
        .hint(format!("pmo edit {record}, then pmo status submit {} --period {period}", record.home))
}

/// Pours what the register knows into the template of a report.
fn draft(
    templates: &Templates,
    context: &Context,
    register: &Register,
    id: &str,
    period: Period,
) -> Result<String, CliError> {
    let Some(filled) = prefill::status(register, context.today, id, period) else {
        return Err(CliError::new(format!("projects/{id}/project.toml cannot be read")));
    };
    Ok(templates.render("status.toml", &filled)?)
}
