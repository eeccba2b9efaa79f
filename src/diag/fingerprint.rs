//! A name for each finding that stays when lines move, so that a CI server can tell old from new.

use std::collections::BTreeMap;

use crate::model::mark;

use super::report::Finding;
use super::{At, Report};

/// Gives each finding its fingerprint: 32 hexadecimal digits, stable between runs, unique within one.
///
/// It is made of rule, file, record and key, or of the text of the line where there is no key; the
/// message is left out, as it may count days. Equal findings are numbered.
pub fn all(report: &Report<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    report
        .findings
        .iter()
        .map(|finding| {
            let identity = identity(finding);
            let number = seen.entry(identity.clone()).or_default();
            *number += 1;
            hash(&format!("{identity}\0{number}"))
        })
        .collect()
}

fn identity(finding: &Finding<'_>) -> String {
    let problem = finding.problem;
    let excerpt = finding.place.as_ref().and_then(|place| place.excerpt.as_ref());
    let place = match &problem.at {
        At::Key(path) => path.as_str(),
        At::Span(_) => excerpt.map_or("", |excerpt| excerpt.line.trim()),
        At::File => "",
    };
    let record = problem.record.as_deref().unwrap_or("");
    format!("{}\0{}\0{record}\0{place}", problem.code, problem.file)
}

/// Two marks of a text, so that two texts seldom have both.
fn hash(text: &str) -> String {
    format!(
        "{:016x}{:016x}",
        mark::over(mark::START, text.bytes()),
        mark::over(0x6c62_272e_07bb_0142, text.bytes())
    )
}
