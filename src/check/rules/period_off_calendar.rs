//! `period-off-calendar`: a report's file is named for a period that the project does not report on.

use crate::analysis::calendar;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::model::{Cadence, Name, Period, RecordId};

pub const RULE: Rule = Rule {
    name: "period-off-calendar",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/period-off-calendar.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        let cadence = calendar::cadence(&context.register.config, at.charter);
        let first = calendar::first_of(at.shelf, cadence);
        let mut periods: Vec<Period> = Vec::new();
        for (name, _) in at.shelf.slots("status") {
            if let Name::Period(period) = name {
                periods.push(*period);
            }
        }
        let newest = periods.last().copied();
        for period in periods {
            // Before any report that fits, the newest stands for all: the cadence may just have changed.
            let alone = first.is_none() && newest == Some(period);
            if cadence.rejects(period, first) || alone {
                let example = Period::containing(context.day, cadence);
                let text = format!("{period} does not fit: reports are named like {example}");
                let every = match cadence {
                    Cadence::Weekly => "week",
                    Cadence::Monthly => "month",
                    Cadence::Quarterly => "quarter",
                };
                let help = format!(
                    "the project reports every {every}, so this one is not counted: rename the file or remove it"
                );
                out.push(finding(&RecordId::status(at.id, period), "", text).help(help));
            }
        }
    }
}
