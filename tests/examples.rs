//! Holds `examples/` to the story of the demo register: the same tree, pinned to 20 Nov 2026.
//!
//! `PMO_BLESS=1 cargo test --test examples` writes it anew.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &format!("{path}/"), found);
        } else {
            found.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn the_examples_are_the_story() {
    let told = pmo::demo::story(0).files;
    if std::env::var("PMO_BLESS").is_ok() {
        for folder in ["objectives", "people", "periods", "programmes", "projects", "requests"] {
            let _ = fs::remove_dir_all(examples().join(folder));
        }
        for (path, text) in &told {
            let path = examples().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut kept = BTreeMap::new();
    files(&examples(), "", &mut kept);
    kept.remove("troubles.toml");
    let differ: Vec<&String> =
        told.keys().chain(kept.keys()).filter(|path| told.get(*path) != kept.get(*path)).collect();
    assert!(differ.is_empty(), "PMO_BLESS=1 writes them anew: {differ:?}");
}
