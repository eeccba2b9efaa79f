//! `pmo forecast`: how good forecasts were, and what the past says of the open projects.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::track::Track;
use crate::load::{Digest, Loaded};
use crate::model::{Register, Scope};
use crate::report::forecast;

use super::audience::Readers;
use super::report::{PageOptions, asked, project_of};
use super::{CliError, Context, Outcome, complete};

/// Say how good forecasts were, and what past projects say of the open ones
///
/// For each open project a range of its finish and cost (P50, P80), read from how far the organisation's own past
/// projects ended from what was forecast at the same stage: reference class forecasting. Below that, how far
/// forecasts move in a month, and how early red is called before a slip. With too few past projects there is no range,
/// and it says so.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo forecast                     every open project, beside its manager's own forecast
  pmo forecast crm                 one project, and on what its range rests
  pmo forecast -O csv              for a spreadsheet
  pmo forecast --audience suppliers   without what is withheld from them")]
pub struct Forecast {
    /// Only this project
    #[arg(add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Forecast {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let only = match &self.project {
            Some(text) => {
                let names = context.load_for(&self.readers, &Scope::names())?.register;
                Some(project_of(&names, text)?.home)
            }
            None => None,
        };
        let (loaded, tracks) = self.tracks(context)?;
        let asked = asked(context, &loaded);
        let report = forecast::forecast(&loaded.register, &tracks, &asked, only.as_deref());
        drop((loaded, tracks));
        self.page.put(context, &report, || report.page())
    }

    /// Each project's track is read while its reports are at hand, so that they need not all stay.
    fn tracks(&self, context: &Context) -> Result<(Loaded, Vec<Track>), CliError> {
        let day = context.today;
        let scope = forecast::scope(day);
        let make = |register: &Register, id: &str| Track::of(register, id, day);
        let (loaded, tracks): (Loaded, Vec<Option<Track>>) = if self.readers.is_everybody() {
            context.digest(&scope, &Digest { make: &make, forget: forecast::passing() })?
        } else {
            let loaded = context.load_for(&self.readers, &scope)?;
            let tracks = loaded.register.projects.keys().map(|id| make(&loaded.register, id)).collect();
            (loaded, tracks)
        };
        Ok((loaded, tracks.into_iter().flatten().collect()))
    }
}
