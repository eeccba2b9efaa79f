//! Two states of a file: the same when they are the same, and otherwise told without harm.

use std::collections::BTreeMap;

use pmo::analysis::difference::files;
use pmo::load;
use pmo::model::field::{Contents, Differing, FilePair};
use pmo::model::{RecordId, Register, Scope};
use pmo::render;
use pmo::report::difference::{self, State};
use pmo::store::Memory;

use super::{day, harmless, parts};

/// The parts are the path of a record and its file before and after.
pub fn holds(input: &[u8]) {
    let parts = parts(input, 3);
    let [path, before, after] = parts[..] else { return };
    let Ok(path) = std::str::from_utf8(path) else { return };
    if path != "pmo.toml" && RecordId::at_path(path).is_none() {
        return;
    }
    let [was, is] = [before, after].map(contents);
    let same = files::of(
        &[FilePair { path: path.to_owned(), before: was.clone(), after: was.clone() }],
        &BTreeMap::new(),
    );
    assert!(same.iter().all(|change| change.fields.is_empty()), "a file differs from itself: {same:?}");
    let states = [before, after].map(|bytes| register(path, bytes));
    let [Some(then), Some(now)] = &states else { return };
    let differing = Differing {
        files: vec![FilePair { path: path.to_owned(), before: was, after: is }],
        others: Vec::new(),
    };
    let [then, now] = [then, now].map(|register| State { register, day: day(), source: "memory" });
    let report = difference::difference(&then, &now, &differing, &Default::default());
    let screen = render::Screen { width: 80, colour: false, unicode: true, exact: false };
    for page in [report.page(false), report.page(true), report.keys()] {
        harmless(&render::terminal(&page, &screen));
        harmless(&render::markdown(&page, true));
    }
    let json = render::json(&report).unwrap_or_default();
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "no JSON: {json}");
}

fn contents(bytes: &[u8]) -> Contents {
    match load::fields(bytes) {
        Ok(fields) => Contents::Says(fields),
        Err(why) => Contents::Unreadable(why),
    }
}

fn register(path: &str, bytes: &[u8]) -> Option<Register> {
    let mut source = Memory::new();
    source.insert("pmo.toml", "[register]\nformat = 1\nname = \"Fuzz\"\ncurrency = \"EUR\"\n");
    source.insert(
        "projects/crm/project.toml",
        "name = \"CRM\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n",
    );
    source.insert(path, bytes);
    load::load(&source, &Scope::all()).ok().map(|loaded| loaded.register)
}
