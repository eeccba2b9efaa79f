//! README is run: its transcripts are what the commands print, in the demo register of 20 Nov 2026.
//!
//! `TRYCMD=overwrite cargo test --test readme` writes what is printed into README.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_tour_prints_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(
        home.join(".gitconfig"),
        "[user]\n\tname = Amir Haddad\n\temail = amir.haddad@northwind.example\n[commit]\n\tgpgSign = false\n\
         [core]\n\tautocrlf = false\n",
    )
    .unwrap();
    let page = folder.path().join("README.md");
    fs::copy(root.join("README.md"), &page).unwrap();
    // The tour happens in the demo register: README.in is the folder its commands run in.
    let register = folder.path().join("README.in");
    let made = Command::new(env!("CARGO_BIN_EXE_pmo"))
        .args(["--quiet", "--today", "2026-11-20", "demo"])
        .arg(&register)
        .env("HOME", &home)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let cases = trycmd::TestCases::new();
    cases
        .env("HOME", home.to_str().unwrap())
        .env("XDG_CONFIG_HOME", home.to_str().unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", "2026-11-20T16:00:00+01:00")
        .env("GIT_COMMITTER_DATE", "2026-11-20T16:00:00+01:00")
        .env("PMO_TODAY", "2026-11-20")
        .env("COLUMNS", "110")
        .env("LC_ALL", "C.UTF-8")
        .env("EDITOR", "true")
        .register_bin("pmo", trycmd::schema::Bin::Path(env!("CARGO_BIN_EXE_pmo").into()));
    cases.case(page.to_str().unwrap());
    drop(cases);
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        fs::copy(&page, root.join("README.md")).unwrap();
    }
}
