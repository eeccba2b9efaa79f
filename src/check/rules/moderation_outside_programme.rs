//! `moderation-outside-programme`: a programme speaks of a project that is not in it.

use crate::analysis::moderation;
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "moderation-outside-programme",
    weight: Weight::Broken,
    kinds: &["programme", "programme-status", "risk", "issue", "action", "decision", "change", "benefit"],
    reports: Reports::None,
    page: include_str!("../pages/moderation-outside-programme.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for stray in moderation::strays(context.register, context.day) {
        let (programme, project) = (&stray.record.home, &stray.project);
        let own = context.register.project(project).and_then(|charter| charter.programme.as_deref());
        let where_it_is = match own {
            Some(own) => format!("is in {own}"),
            None => "is in no programme".to_owned(),
        };
        let message = format!("{project} {where_it_is}, not in {programme}: reports pass this over");
        let help = match own {
            Some(own) => format!("say it in programmes/{own}/status/{}.toml", stray.record.stem()),
            None => format!("where it belongs to {programme}: pmo set {project} programme={programme}"),
        };
        out.push(finding(&stray.record, &stray.key, message).label("not in the programme").help(help));
    }
}
