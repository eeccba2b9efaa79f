//! `pmo trend`: how a metric of the portfolio went from period to period.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::ArgValueCandidates;

use crate::analysis::trend::{By, Entry, Metric, Source};
use crate::history;
use crate::load::{Digest, Loaded};
use crate::model::{Config, Date, Register, Scope};
use crate::report::trend::{self, Question, Seen, metrics, milestones};
use crate::store;

use super::audience::Readers;
use super::report::{PageOptions, asked, project_of};
use super::{CliError, Context, Outcome, complete};

/// Show how a metric went from period to period
///
/// Ratings, slip, cost, progress and reporting are read from the status reports. Open risks, exposure, changes
/// that wait and budgets are read from git, as the register stood at the end of each period. What nobody gave is
/// missing, never zero: every figure says over how many projects it was taken.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo trend                             what can be followed, and what it means
  pmo trend rag                         red, amber and green over the last 13 periods
  pmo trend slip --by programme         one line a programme
  pmo trend cost crm --periods 26       one project, over half a year
  pmo trend exposure -O csv             for a spreadsheet, with exact values
  pmo trend milestones crm              milestone trend analysis: the chart of a project's forecasts")]
pub struct Trend {
    /// What to follow; alone, `pmo trend` lists it
    #[arg(value_parser = PossibleValuesParser::new(WORDS))]
    metric: Option<String>,
    /// Only this project
    #[arg(add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    /// One series for each of these
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(BY), conflicts_with = "project")]
    by: Option<String>,
    /// How many periods, up to now
    #[arg(long, value_name = "N", default_value_t = trend::PERIODS as u64, value_parser = clap::value_parser!(u64).range(1..=520))]
    periods: u64,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

const MILESTONES: &str = "milestones";
const WORDS: [&str; 10] =
    ["rag", "slip", "cost", "progress", "reporting", "risks", "exposure", "scope", "budget", MILESTONES];
const BY: [&str; 3] = ["programme", "division", "manager"];

impl Trend {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let Some(word) = &self.metric else {
            let metrics = metrics::metrics(context.today);
            return self.page.put(context, &metrics, || metrics.page());
        };
        let names = context.load_for(&self.readers, &Scope::names())?.register;
        let project = match &self.project {
            Some(text) => Some(project_of(&names, text)?.home),
            None => None,
        };
        match Metric::named(word) {
            Some(metric) => self.metric(context, &names.config, metric, project),
            None => self.milestones(context, project),
        }
    }

    fn count(&self) -> usize {
        usize::try_from(self.periods).unwrap_or(trend::PERIODS)
    }

    fn milestones(&self, context: &Context, project: Option<String>) -> Outcome {
        let Some(id) = project else {
            let error = CliError::new("milestones are followed in one project, and none is named");
            return Err(error.hint("pmo trend milestones PROJECT"));
        };
        let loaded = context.load_for(&self.readers, &milestones::scope(&id, self.count(), context.today))?;
        let asked = asked(context, &loaded);
        let Some(report) = milestones::milestones(&loaded.register, &id, self.count(), &asked) else {
            let error =
                CliError::new(format!("projects/{id}/project.toml cannot be read or is still a draft"));
            return Err(error.hint(format!("`pmo check {id}` says what is wrong with it")));
        };
        self.page.put(context, &report, || report.page())
    }

    fn metric(&self, context: &Context, config: &Config, metric: Metric, project: Option<String>) -> Outcome {
        let by = self.by.as_deref().and_then(|word| By::ALL.into_iter().find(|by| by.word() == word));
        let question = trend::question(config, metric, by, project, self.count(), context.today);
        let scope = trend::scope(config, &question, context.today);
        let (loaded, entries, periods) = match metric.source() {
            Source::Reports => self.read_reports(context, &question, &scope)?,
            Source::History => self.read_history(context, &question, &scope)?,
        };
        let report = trend::trend(&loaded.register, entries, periods, &asked(context, &loaded), &question);
        drop(loaded);
        self.page.put(context, &report, || report.page())
    }

    /// Each project's readings are taken while its reports are at hand, so that they need not all stay.
    fn read_reports(&self, context: &Context, question: &Question, scope: &Scope) -> Result<Read, CliError> {
        let day = context.today;
        let make = |register: &Register, id: &str| trend::readings(register, id, question, day);
        let (loaded, readings) = if self.readers.is_everybody() {
            context.digest(scope, &Digest { make: &make, forget: trend::passing() })?
        } else {
            let loaded = context.load_for(&self.readers, scope)?;
            let ids = loaded.register.projects.keys();
            let readings = ids.map(|id| make(&loaded.register, id)).collect();
            (loaded, readings)
        };
        Ok((loaded, readings.into_iter().flatten().collect(), trend::told_by_reports(question, day)))
    }

    /// One register of the past at a time; the period that holds today is told by the register as it is.
    fn read_history(&self, context: &Context, question: &Question, scope: &Scope) -> Result<Read, CliError> {
        let loaded = context.load_for(&self.readers, scope)?;
        let ends = || question.periods.iter().map(|period| period.last());
        let past: Vec<Date> = ends().filter(|end| *end < context.today).collect();
        let mut entries = Vec::new();
        let mut periods = trend::told_by_reports(question, context.today);
        if let Some(seen) = periods.get_mut(past.len()) {
            entries = trend::holdings(&loaded.register, question, past.len(), seen.until);
            seen.source = Some(loaded.source.clone());
        }
        let location = context.history()?;
        let mut unknown = |why: String| {
            periods[..past.len()].iter_mut().for_each(|seen| seen.unknown = Some(why.clone()));
        };
        if location.repo.is_none() {
            unknown("the register is not kept in git, so nothing tells how it stood".to_owned());
            return Ok((loaded, entries, periods));
        }
        // The readings alone are kept of each register.
        let make = |day: Date, then: &Loaded| -> Result<Vec<Entry>, CliError> {
            let at = past.iter().position(|end| *end == day).unwrap_or_default();
            if self.readers.is_everybody() {
                return Ok(trend::holdings(&then.register, question, at, day));
            }
            let register = context.before_for(&self.readers, then.register.clone(), &loaded.register)?;
            Ok(trend::holdings(&register, question, at, day))
        };
        let moments = match history::series(location, &past, |_| trend::scope_then(question.metric), make) {
            Ok(moments) => moments,
            // Git as a whole does not work, or has no commit yet: what is now is known all the same.
            Err(error) => {
                unknown(error.to_string());
                return Ok((loaded, entries, periods));
            }
        };
        for (seen, moment) in periods.iter_mut().zip(moments) {
            match moment.made {
                Ok(made) => {
                    entries.extend(made?);
                    seen.source = Some(format!("commit {}", store::short_id(&moment.commit.id)));
                }
                Err(gap) => seen.unknown = Some(gap.to_string()),
            }
        }
        Ok((loaded, entries, periods))
    }
}

/// The register as it is, what projects give, and of which periods.
type Read = (Loaded, Vec<Entry>, Vec<Seen>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_and_grouping_has_its_word() {
        let words = Metric::ALL.map(Metric::word);
        assert_eq!(words, WORDS[..9]);
        assert_eq!(By::ALL.map(By::word), BY);
    }
}
