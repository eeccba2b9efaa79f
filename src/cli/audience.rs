//! `--audience NAME`: a report as an audience declared in `pmo.toml` may see it.

use std::collections::BTreeSet;

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::withhold;
use crate::diag::Level;
use crate::load::{self, CONFIG, Loaded};
use crate::model::audience::Audience;
use crate::model::{KindSet, Register, Scope};
use crate::text::{self, escape, near};

use super::{CliError, Context, complete};

/// For whom a report is made.
#[derive(Clone, Debug, Default, Args)]
pub struct Readers {
    /// Make it for this audience of pmo.toml, and withhold what they may not see
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::audiences))]
    audience: Option<String>,
}

impl Readers {
    /// Whether the report is for whoever can read the register.
    pub fn is_everybody(&self) -> bool {
        self.audience.is_none()
    }
}

impl Context {
    /// Reads what the scope asks for, without what is withheld from the readers.
    ///
    /// With an audience everything is read, since a project or record may say anywhere that it is confidential.
    pub fn load_for(&self, readers: &Readers, scope: &Scope) -> Result<Loaded, CliError> {
        let Some(name) = &readers.audience else { return self.load(scope) };
        let (config, problems) = load::read_config(&self.source()?)?;
        if problems.iter().any(|problem| problem.level == Level::Error) {
            return Err(CliError::new(format!(
                "{CONFIG} has mistakes, so what is to be withheld from `{}` is not certain",
                escape::terminal(name)
            ))
            .hint(format!("`pmo check {CONFIG}` shows them")));
        }
        let audience = find(&config.audience, name)?;
        let mut loaded = self.load(&Scope { kinds: KindSet::ALL, projects: None, ..scope.clone() })?;
        let doubtful: BTreeSet<String> = loaded
            .problems
            .iter()
            .filter(|problem| problem.level == Level::Error)
            .map(|problem| problem.file.clone())
            .collect();
        loaded.register = withhold::withhold(&loaded.register, audience, &doubtful);
        // They speak of files that may be withheld.
        loaded.problems.clear();
        Ok(loaded)
    }
    /// An earlier register without what is withheld from the readers, now or then.
    pub fn before_for(
        &self,
        readers: &Readers,
        before: Register,
        now: &Register,
    ) -> Result<Register, CliError> {
        let Some(name) = &readers.audience else { return Ok(before) };
        Ok(withhold::withhold_before(&before, now, find(&now.config.audience, name)?))
    }
}

/// The audience of that name, or an error with the nearest.
fn find<'a>(declared: &'a [Audience], name: &str) -> Result<&'a Audience, CliError> {
    if let Some(found) = declared.iter().find(|audience| audience.name == name) {
        return Ok(found);
    }
    let error = CliError::new(format!("{CONFIG} declares no audience `{}`", escape::terminal(name)));
    let names: Vec<&str> = declared.iter().map(|audience| audience.name.as_str()).collect();
    Err(match near::nearest(name, names.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => {
            error.hint(format!("declare it there: [[audience]] name = \"{}\"", escape::terminal(name)))
        }
        None => error.hint(format!("it declares {}", text::list(&names, "and"))),
    })
}
