//! `charter-incomplete`: an approved project lacks what its class asks for.

use crate::check::context::{Context, charter};
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::some;
use crate::model::lifecycle::ProjectState;
use crate::model::scope::Reports;

pub const RULE: Rule = Rule {
    name: "charter-incomplete",
    weight: Weight::Promise,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/charter-incomplete.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for at in context.live().filter(|at| at.charter.state != ProjectState::Proposed) {
        let class = at.charter.class.as_deref();
        let Some(asked) = context.register.config.class(class) else { continue };
        // A missing sponsor is no-sponsor's to tell.
        let wanted = asked.charter_required.iter().filter(|key| *key != "sponsor");
        let missing = lacking(at.charter, wanted);
        if !missing.is_empty() {
            let text = format!("class {} asks for {}", class.unwrap_or_default(), some(&missing, 5));
            let help = format!("pmo edit {}, or change `charter_required` of the class in pmo.toml", at.id);
            out.push(finding(&charter(at.id), "class", text).label("missing in this charter").help(help));
        }
    }
}

/// The dotted keys under which a record holds nothing, in the order asked.
pub(super) fn lacking<'k>(
    record: &impl serde::Serialize,
    keys: impl Iterator<Item = &'k String>,
) -> Vec<String> {
    // A record that serde read can be written too; were it not so, nothing would be missing.
    let Ok(tree) = serde_json::to_value(record) else { return Vec::new() };
    let is_missing = |key: &&String| {
        let value = key.split('.').try_fold(&tree, |node, part| node.get(part));
        match value {
            None | Some(serde_json::Value::Null) => true,
            Some(serde_json::Value::String(text)) => text.trim().is_empty(),
            Some(serde_json::Value::Array(items)) => items.is_empty(),
            Some(serde_json::Value::Object(table)) => table.values().all(serde_json::Value::is_null),
            Some(_) => false,
        }
    };
    let mut missing: Vec<String> = keys.filter(is_missing).map(|key| format!("`{key}`")).collect();
    let mut seen = std::collections::BTreeSet::new();
    missing.retain(|key| seen.insert(key.clone()));
    missing
}
