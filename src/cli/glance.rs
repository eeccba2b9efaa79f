//! `pmo` alone: the portfolio at a glance.

use crate::check;
use crate::model::Scope;
use crate::report::Asked;
use crate::report::glance;
use crate::store;

use super::report::asked;
use super::{Context, Done, Outcome, PageFormat};

/// How many records a register may have whose findings are counted at a glance.
const SMALL: usize = 20_000;

/// Prints the portfolio at a glance; for somebody whom the register knows by git's `user.email`, also what
/// is due from them.
pub fn run(context: &Context) -> Outcome {
    // Only a register that is read in a moment is checked as a whole for the count of findings.
    let is_small = context.load(&Scope::names())?.register.all().count() <= SMALL;
    let scope = if is_small {
        Scope { advice: true, closings: true, baselines: true, ..Scope::all() }
    } else {
        glance::scope(&Asked::new(context.today, ""))
    };
    let mut loaded = context.load(&scope)?;
    if is_small {
        context.ask_git(&mut loaded.register, &[])?;
    }
    let count = || check::run(&loaded.register, context.today, &[], &loaded.problems).problems.len();
    let findings = is_small.then(count);
    let identity = store::identity(context.location()?);
    let email = identity.email.as_deref();
    let glance = glance::glance(&loaded.register, &asked(context, &loaded), email, findings);
    context.page(PageFormat::Terminal, &glance, || glance.page())?;
    Ok(Done::Fine)
}
