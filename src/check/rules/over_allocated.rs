//! `over-allocated`: a person is asked for more than there is.

use rust_decimal::Decimal;

use crate::analysis::capacity::{Overload, overloads};
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::{on, some};
use crate::model::RecordId;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "over-allocated",
    weight: Weight::Advice,
    kinds: &["person"],
    reports: Reports::None,
    page: include_str!("../pages/over-allocated.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let day = context.day;
    let all: Vec<Overload> = overloads(context.register)
        .into_iter()
        // Holidays are everybody's right, and what is over cannot be mended.
        .filter(|o| !o.is_away && o.to >= day)
        .collect();
    let mut people: Vec<&str> = all.iter().map(|o| o.person.as_str()).collect();
    people.dedup();
    for id in people {
        let spans = || all.iter().filter(|o| o.person == id);
        // The worst span; of equals the first.
        let Some(worst) = spans().rev().max_by_key(|o| o.asked.saturating_sub(o.capacity)) else { continue };
        let Some(person) = context.register.person(id) else { continue };
        let percent = |share: Decimal| share.saturating_mul(Decimal::ONE_HUNDRED).round_dp(0).normalize();
        let more = match spans().count() - 1 {
            0 => String::new(),
            more => format!("; {more} more spans"),
        };
        let text = format!(
            "{} is asked for {} % from {} to {}, and has {} %: {}{more}",
            person.name,
            percent(worst.asked),
            on(worst.from, day),
            on(worst.to, day),
            percent(worst.capacity),
            some(&worst.projects, 4)
        );
        let key = if person.capacity.is_some() { "capacity" } else { "key:name" };
        let help = "move or share one of the allocations in these charters, or correct `capacity`";
        out.push(finding(&RecordId::person(id), key, text).help(help));
    }
}
