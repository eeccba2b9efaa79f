//! `pmo risk matrix`: the heat map of probability and impact.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::analysis::risk_matrix::Stage;
use crate::model::risk::RiskKind;
use crate::model::{RecordId, Scope};
use crate::report::Asked;
use crate::report::matrix::{self, Options};

use super::super::audience::Readers;
use super::super::report::{Filter, PageOptions, asked, project_of};
use super::super::{Context, Outcome, complete};
use super::reading;

/// Show risks as a heat map of probability and impact
///
/// Threats and opportunities have a map each: a high opportunity is good, and green. The scales, the bands and the
/// appetite stand in pmo.toml under `[risk]` (docs/risk.md).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk matrix                              every open threat
  pmo risk matrix crm                          of one project
  pmo risk matrix --programme customer-360 --since last-month
  pmo risk matrix --kind opportunity
  pmo risk matrix --target                     as it will be after the responses
  pmo risk matrix --scales                     with what the levels mean
  pmo risk matrix -o matrix.html")]
pub struct Matrix {
    /// The project, such as crm; all of them unless given
    #[arg(add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["state", "programme", "division", "manager", "rag"])]
    project: Option<String>,
    /// Threats, or opportunities
    #[arg(long, value_name = "KIND", default_value = "threat")]
    kind: Kind,
    /// As first raised, instead of now
    #[arg(long, conflicts_with = "target")]
    initial: bool,
    /// After the response, instead of now
    #[arg(long)]
    target: bool,
    /// Mark what moved since a commit, date or period
    #[arg(long, value_name = "REV|DATE|PERIOD")]
    since: Option<String>,
    /// Also show what the levels mean
    #[arg(long)]
    scales: bool,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// What would harm
    Threat,
    /// What would help
    Opportunity,
}

impl Matrix {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let mut scope = matrix::scope(&question);
        let mut project = None;
        if let Some(text) = &self.project {
            let names = context.load_for(&self.readers, &Scope::names())?;
            let RecordId { home, .. } = project_of(&names.register, text)?;
            scope.projects = Some([home.clone()].into());
            project = Some(home);
        }
        let (loaded, held) = reading::read(context, &self.readers, &scope)?;
        let since = reading::since(context, &self.readers, self.since.as_deref(), &loaded.register)?;
        let options = Options {
            project,
            selection: self.filter.selection(&loaded)?,
            kind: match self.kind {
                Kind::Threat => RiskKind::Threat,
                Kind::Opportunity => RiskKind::Opportunity,
            },
            stage: match (self.initial, self.target) {
                (true, _) => Stage::Initial,
                (_, true) => Stage::Target,
                _ => Stage::Current,
            },
            scales: self.scales,
        };
        let report = matrix::matrix(&loaded.register, held, since, &asked(context, &loaded), options);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
