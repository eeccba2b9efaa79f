//! The risks that a report is about: as they are, and as they stood.

use crate::load::{Digest, Loaded};
use crate::model::{Register, Scope};
use crate::report::risks::{self, Held, Since};
use crate::store::short_id;

use super::super::audience::Readers;
use super::super::{CliError, Context};

/// The register, and the risks of each of its projects.
///
/// Each project's risks are taken while they are at hand, so that a large register need not stay.
pub(in crate::cli) fn read(
    context: &Context,
    readers: &Readers,
    scope: &Scope,
) -> Result<(Loaded, Vec<Held>), CliError> {
    let day = context.today;
    if !readers.is_everybody() {
        let loaded = context.load_for(readers, scope)?;
        let mut held = risks::hold_all(&loaded.register, day);
        held.retain(|held| scope.wants_project(&held.standing.project));
        return Ok((loaded, held));
    }
    let make = |register: &Register, id: &str| risks::hold(register, id, day);
    let (loaded, held) = context.digest(scope, &Digest { make: &make, forget: risks::passing() })?;
    Ok((loaded, held.into_iter().flatten().collect()))
}

/// The risks as they stood at a commit, date or period, as the readers may see them.
pub(in crate::cli) fn since(
    context: &Context,
    readers: &Readers,
    since: Option<&str>,
    now: &Register,
) -> Result<Option<Since>, CliError> {
    let Some(text) = since else { return Ok(None) };
    let point = context.point(text)?;
    let then = context.load_at(&point, &Scope::kinds(&["project", "risk"]))?;
    let register = context.before_for(readers, then.register, now)?;
    let source = format!("commit {}", short_id(&point.commit.id));
    Ok(Some(Since::of(&register, text, point.day, &source)))
}
