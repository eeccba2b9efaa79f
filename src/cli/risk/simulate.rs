//! `pmo risk simulate`: what the open risks may come to, drawn many times over.

use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::analysis::simulation::{Distribution, MOST_RUNS, Settings};
use crate::model::Scope;
use crate::report::simulation::{self, Question};

use super::super::audience::Readers;
use super::super::progress::Progress;
use super::super::report::{Filter, PageOptions, asked, project_of};
use super::super::{CliError, Context, Outcome, complete};

/// The seed unless one is given: any number would do, as long as it stays.
const SEED: u64 = 1;

/// Draw the open risks many times over: percentiles of cost and finish
///
/// In each run every open risk occurs or not, by its chance; if it does, its cost and days are drawn from its effect
/// (low, likely, high, or one number). Opportunities take away. It prints P10 to P90 and the mean of the cost and of
/// the finish of each project, the sum over the projects, what contingency the wished confidence needs beside what is
/// left, and the risks that drive the sum. The same seed gives the same figures; the method is in docs/simulation.md.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo risk simulate                              every open project
  pmo risk simulate crm erp-rollout              these two
  pmo risk simulate --programme customer-360 --confidence 90
  pmo risk simulate --runs 100000 --seed 7       finer, from other draws
  pmo risk simulate --distribution triangular -O csv -o simulation.csv")]
pub struct Simulate {
    /// The projects, such as crm; all that are listed unless given
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["state", "programme", "division", "manager", "rag"])]
    projects: Vec<String>,
    /// How many runs, from 1 to 1,000,000
    #[arg(long, value_name = "NUMBER", default_value = "10000", value_parser = runs, allow_hyphen_values = true)]
    runs: usize,
    /// From which number the draws follow
    #[arg(long, value_name = "NUMBER", default_value_t = SEED, allow_hyphen_values = true)]
    seed: u64,
    /// How sure to be that the contingency suffices, in percent, from 1 to 99
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u8).range(1..=99))]
    confidence: u8,
    /// How an effect of three points is drawn
    #[arg(long, value_name = "NAME", default_value = "pert")]
    distribution: Form,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

/// How an effect of three points is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Smooth, most draws near `likely`
    Pert,
    /// Straight lines from low to likely to high: more weight on the ends
    Triangular,
}

/// Reads a number of runs, with or without signs between the thousands.
fn runs(text: &str) -> Result<usize, String> {
    let digits: String = text.chars().filter(|sign| !matches!(sign, '_' | ',')).collect();
    match digits.parse::<usize>() {
        Ok(0) => Err("at least one run is needed; 10000 are usual".to_owned()),
        Ok(runs) if runs > MOST_RUNS => {
            Err("more than 1,000,000 runs are not made: they would tell nothing that 100,000 do not"
                .to_owned())
        }
        Ok(runs) => Ok(runs),
        Err(_) => Err("it is a whole number from 1 to 1000000".to_owned()),
    }
}

impl Simulate {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let mut projects = Vec::new();
        if !self.projects.is_empty() {
            let names = context.load_for(&self.readers, &Scope::names())?;
            for text in &self.projects {
                projects.push(project_of(&names.register, text)?.home);
            }
            projects.sort();
            projects.dedup();
        }
        let settings = Settings {
            runs: self.runs,
            seed: self.seed,
            confidence: self.confidence,
            distribution: match self.distribution {
                Form::Pert => Distribution::Pert,
                Form::Triangular => Distribution::Triangular,
            },
        };
        let loaded = context.load_for(&self.readers, &simulation::scope(context.today))?;
        if let Some(id) = projects.iter().find(|id| loaded.register.project(id).is_none()) {
            return Err(CliError::new(format!(
                "projects/{id}/project.toml cannot be read, so nothing can be simulated"
            ))
            .hint("pmo check shows what is wrong with it"));
        }
        let selection = self.filter.selection(&loaded)?;
        let question = Question { projects, selection, settings };
        let progress = Progress::new(context);
        let made = AtomicUsize::new(0);
        let done = |count: usize| progress.tell(made.fetch_add(1, Ordering::Relaxed) + 1, count, "project");
        let report = simulation::simulation(&loaded.register, &asked(context, &loaded), question, &done);
        progress.clear();
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }
}
