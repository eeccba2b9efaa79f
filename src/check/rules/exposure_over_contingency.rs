//! `exposure-over-contingency`: open threats may cost more than is left for them.

use crate::analysis::cost;
use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "exposure-over-contingency",
    weight: Weight::Advice,
    kinds: &["risk"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/exposure-over-contingency.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        let exposure = &at.exposure;
        let Some((threatened, left)) = exposure.threatened.value().zip(exposure.contingency) else {
            continue;
        };
        if threatened <= left {
            continue;
        }
        let currency = cost::currency(context.register, at.charter);
        let text = format!(
            "open threats may cost {} {currency} as expected, and {} of the contingency is left",
            threatened.0.round_dp(0),
            left.0.round_dp(0)
        );
        let help = format!(
            "bring the threats down, or ask for more (`pmo change add {0}`): `pmo risk matrix {0}` shows them, and \
             `pmo report exposure` what responses would bring",
            at.id
        );
        let label = match exposure.threatened.missing {
            0 => String::new(),
            missing => format!("{} more without figures", crate::text::count(missing, "threat")),
        };
        let problem = finding(&charter(at.id), "budget.contingency", text).help(help);
        out.push(if label.is_empty() { problem } else { problem.label(label) });
    }
}
