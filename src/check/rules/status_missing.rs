//! `status-missing`: a project owes a report that did not come.

use crate::analysis::calendar::{Unusable, terms_of};
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::weekday;
use crate::model::RecordId;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "status-missing",
    weight: Weight::Promise,
    kinds: &["person"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/status-missing.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live() {
        // A report that cannot be read is missing too, but that file has its own finding.
        let (Some(period), false) = (at.filing.newest_missed, at.filing.unusable == Some(Unusable::Broken))
        else {
            continue;
        };
        let due = weekday(terms_of(context.register, at.id).deadline(period), context.day);
        let id = RecordId::status(at.id, period);
        let who = context.register.person_name(&at.charter.manager);
        let since = match (at.filing.missed, at.period()) {
            (1, _) => String::new(),
            (missed, Some(newest)) => format!("; {missed} are missing since {}", newest.spoken()),
            (missed, None) => format!("; {missed} are missing, and there never was one"),
        };
        // A report of an earlier period than the one that is wanted now has to be asked for by name.
        let new = match period == at.filing.wanted {
            true => format!("pmo status new {}", at.id),
            false => format!("pmo status new {} --period {period}", at.id),
        };
        let problem = if at.filing.unusable == Some(Unusable::Draft) {
            let text = format!(
                "the report for {} is still a draft, and was due {due} from {who}{since}",
                period.spoken()
            );
            finding(&id, "", text)
                .help(format!("replace what is left as \"…\", then: pmo status submit {}", at.id))
        } else {
            finding(&id, "", format!("no report for {}, due {due} from {who}{since}", period.spoken()))
                .help(new)
        };
        out.push(problem);
    }
}
