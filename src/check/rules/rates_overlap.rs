//! `rates-overlap`: two rates of one currency for one day, or one that cannot hold.

use rust_decimal::Decimal;

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::rule::{Rule, Weight};
use crate::diag::Problem;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "rates-overlap",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/rates-overlap.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let rates = &context.register.config.finance.rate;
    let mut tell = |i: usize, key: &str, text: String, label: &str, help: &str| {
        let problem = Problem::warning("", text).file("pmo.toml");
        out.push(
            problem.key(format!("finance.rate[{i}].{key}")).label(label.to_owned()).help(help.to_owned()),
        );
    };
    for (i, rate) in rates.iter().enumerate() {
        let currency = &rate.currency;
        if rate.rate.0 <= Decimal::ZERO {
            let text = format!("a rate of {} makes {currency} worth nothing", rate.rate);
            tell(i, "rate", text, "not above zero", "say what one unit is worth in the register's currency");
        }
        if rate.to.is_some_and(|to| to < rate.from) {
            let text = format!("the rate of {currency} from {} ends before it begins", rate.from);
            tell(i, "to", text, "before its first day", "swap or correct the two dates");
        }
        let overlaps = rates[..i].iter().find(|earlier| {
            // Without an end a rate gives way to the next; one that begins on the same day does not.
            let end = |one: &crate::model::finance::Rate| one.to.unwrap_or(one.from);
            earlier.currency == *currency && earlier.from <= end(rate) && rate.from <= end(earlier)
        });
        if let Some(earlier) = overlaps {
            let text = format!("two rates of {currency} hold from {}", rate.from.max(earlier.from));
            tell(i, "from", text, "a rate holds already", "end one of them with `to`, or move `from`");
        }
    }
}
