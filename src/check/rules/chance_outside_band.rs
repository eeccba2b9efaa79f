//! `chance-outside-band`: the chance in percent contradicts the level of probability.

use crate::analysis::exposure::is_open;
use crate::check::context::{Context, in_project};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Percent, Risk};

pub const RULE: Rule = Rule {
    name: "chance-outside-band",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::None,
    page: include_str!("../pages/chance-outside-band.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        for (name, risk) in at.shelf.records::<Risk>().filter(|(_, r)| is_open(r)) {
            let now = ("", risk.probability, risk.chance);
            let later = risk.target.as_ref().map(|t| ("target.", t.probability, t.chance));
            for (prefix, level, chance) in std::iter::once(now).chain(later) {
                if let Some(band) = outside(context, level, chance) {
                    let id = in_project("risk", at.id, name);
                    let text = format!("the chance of {} does not fit probability {band}", id.stem());
                    let help = "correct one of the two; the bands stand in pmo.toml under [risk]";
                    let problem = finding(&id, &format!("{prefix}chance"), text);
                    out.push(problem.label("outside the band").help(help));
                }
            }
        }
    }
}

/// The band in words, when the chance lies outside it; both ends belong to it.
fn outside(context: &Context<'_>, level: Option<u8>, chance: Option<Percent>) -> Option<String> {
    let (level, chance) = (level?, chance?);
    let index = usize::from(level).checked_sub(1)?;
    let band = context.register.config.risk.probability.get(index)?;
    let inside = band.from <= chance && chance <= band.to;
    (!inside).then(|| format!("{level}, {}: {} to {} %", band.name, band.from, band.to))
}
