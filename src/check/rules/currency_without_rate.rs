//! `currency-without-rate`: amounts of a project cannot be added to those of others.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "currency-without-rate",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/currency-without-rate.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.register.config;
    let own = config.register.currency.as_str();
    for at in context.live() {
        let Some(currency) = at.charter.currency.as_deref().filter(|currency| *currency != own) else {
            continue;
        };
        let id = crate::check::context::charter(at.id);
        if iso_currency::Currency::from_code(currency).is_none() {
            let text = format!("`{currency}` is no currency of ISO 4217");
            let help = "write its three letters, such as USD or GBP";
            out.push(finding(&id, "currency", text).label("no such currency").help(help));
        } else if config.finance.rate_on(currency, context.day).is_none() {
            let text = format!(
                "pmo.toml has no rate of {currency} for {}, so no total holds this project",
                context.day
            );
            let help = format!(
                "add it: [[finance.rate]] currency = \"{currency}\", from = DATE, rate = what one {currency} is worth in {own}"
            );
            out.push(finding(&id, "currency", text).label("no rate").help(help));
        }
    }
}
