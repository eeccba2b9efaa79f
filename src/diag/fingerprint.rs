//! A name for each finding that stays when lines move, so that a CI server can tell old from new.

use std::collections::BTreeMap;

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

/// FNV-1a over two offsets: the standard library's hashes may change from one release to the next.
fn hash(text: &str) -> String {
    let fnv = |offset: u64| {
        text.bytes().fold(offset, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    format!("{:016x}{:016x}", fnv(0xcbf2_9ce4_8422_2325), fnv(0x6c62_272e_07bb_0142))
}
