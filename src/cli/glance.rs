//! `pmo` alone: the portfolio at a glance.

use crate::report::Asked;
use crate::report::glance;
use crate::store;

use super::report::asked;
use super::{Context, Done, Outcome, PageFormat};

/// Prints the portfolio at a glance; for somebody whom the register knows by git's `user.email`, also what
/// is due from them.
pub fn run(context: &Context) -> Outcome {
    let scope = glance::scope(&Asked { day: context.today, source: String::new() });
    let loaded = context.load(&scope)?;
    let identity = store::identity(context.location()?);
    let glance = glance::glance(&loaded.register, &asked(context, &loaded), identity.email.as_deref());
    context.page(PageFormat::Terminal, &glance, || glance.page())?;
    Ok(Done::Fine)
}
