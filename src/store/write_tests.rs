//! Tests of the writing: what it does, and what is left when it fails or dies at any of its calls.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::path::Path;
use std::time::Duration;

use super::disk::faults::{self, Fault};
use super::{FileChange, Lock, StoreError, apply, write};

fn write_of(path: &str, text: &str) -> FileChange {
    FileChange::Write { path: path.into(), bytes: text.into() }
}

fn text(root: &Path, path: &str) -> Option<String> {
    std::fs::read_to_string(root.join(path)).ok()
}

#[test]
fn writes_makes_folders_and_moves() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    apply(root, &[write_of("projects/crm/project.toml", "a"), write_of("x.toml", "b")]).unwrap();
    apply(
        root,
        &[
            FileChange::Rename {
                from: "projects/crm/project.toml".into(),
                to: "projects/erp/project.toml".into(),
            },
            FileChange::Remove { path: "x.toml".into() },
        ],
    )
    .unwrap();
    assert_eq!(text(root, "projects/erp/project.toml").as_deref(), Some("a"));
    assert_eq!(text(root, "x.toml"), None);
    assert!(!root.join("projects/crm").exists(), "the empty folder is gone");
    assert_eq!(std::fs::read_dir(root).unwrap().count(), 1, "nothing is left beside");
}

#[test]
fn nothing_is_written_when_one_change_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    std::fs::write(root.join("old.toml"), "old").unwrap();
    let create = FileChange::Create { path: "old.toml".into(), bytes: b"new".to_vec() };
    let error = apply(root, &[write_of("a/b.toml", "x"), create]).unwrap_err();
    assert!(matches!(error, StoreError::Exists { .. }), "{error}");
    assert_eq!(text(root, "old.toml").as_deref(), Some("old"));
    assert!(!root.join("a").exists());
    for path in ["../out.toml", "/tmp/out.toml", ".git/config", ""] {
        assert!(matches!(write(root, path, b"x"), Err(StoreError::BadPath { .. })), "{path}");
    }
}

#[test]
fn what_was_done_is_undone_when_a_later_step_fails() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    std::fs::write(root.join("a.toml"), "old").unwrap();
    let changes = [
        write_of("a.toml", "new"),
        write_of("n/ew.toml", "new"),
        FileChange::Rename { from: "a.toml".into(), to: "moved.toml".into() },
        // Passes the first look, then a folder cannot be made below a file.
        write_of("moved.toml/x.toml", "never"),
    ];
    apply(root, &changes).unwrap_err();
    assert_eq!(text(root, "a.toml").as_deref(), Some("old"));
    assert_eq!(std::fs::read_dir(root).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn modes_are_kept_and_links_and_read_only_files_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, "a.toml", b"1").unwrap();
    let mode = |path: &str| root.join(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_ne!(mode("a.toml"), 0o600, "a new file follows the umask");
    std::fs::set_permissions(root.join("a.toml"), Permissions::from_mode(0o640)).unwrap();
    write(root, "a.toml", b"2").unwrap();
    assert_eq!(mode("a.toml"), 0o640);
    std::fs::set_permissions(root.join("a.toml"), Permissions::from_mode(0o440)).unwrap();
    assert!(matches!(write(root, "a.toml", b"3"), Err(StoreError::ReadOnly { .. })));
    std::os::unix::fs::symlink("a.toml", root.join("l.toml")).unwrap();
    assert!(matches!(write(root, "l.toml", b"3"), Err(StoreError::IsLink { .. })));
    std::os::unix::fs::symlink("/tmp", root.join("projects")).unwrap();
    let error = write(root, "projects/x.toml", b"3").unwrap_err();
    assert!(matches!(error, StoreError::LinkedFolder { .. }), "{error}");
    assert_eq!(text(root, "a.toml").as_deref(), Some("2"));
}

/// The files of a folder with their texts; what only serves the writing is left out.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if ![".pmo/lock", ".pmo/.gitignore"].contains(&name.as_str()) {
                found.insert(name, String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    found
}

/// A small register: a project that another one names.
fn register() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("pmo.toml", "register"),
        ("projects/crm/project.toml", "crm"),
        ("projects/crm/risks/R-001.toml", "risk"),
        ("projects/erp/project.toml", "names crm"),
        ("projects/erp/old.toml", "old"),
    ] {
        std::fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
        std::fs::write(dir.path().join(path), text).unwrap();
    }
    dir
}

/// A project that gets another name, with whoever names it, a new file and one that goes: every kind of step.
fn moving() -> Vec<FileChange> {
    let rename = |from: &str, to: &str| FileChange::Rename { from: from.into(), to: to.into() };
    vec![
        create_of("projects/erp/issues/I-001.toml", "names crm2/R-001"),
        write_of("projects/erp/project.toml", "names crm2"),
        rename("projects/crm/project.toml", "projects/crm2/project.toml"),
        rename("projects/crm/risks/R-001.toml", "projects/crm2/risks/R-001.toml"),
        FileChange::Remove { path: "projects/erp/old.toml".into() },
    ]
}

fn create_of(path: &str, text: &str) -> FileChange {
    FileChange::Create { path: path.into(), bytes: text.into() }
}

fn hold(root: &Path) -> Result<Lock, StoreError> {
    Lock::take(root, "pmo mv crm crm2, since 14:03:22", Duration::ZERO)
}

fn move_all(root: &Path) -> Result<(), StoreError> {
    hold(root)?.apply(&moving(), &BTreeMap::new())
}

/// The states that the change begins and ends with.
fn ends() -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let dir = register();
    let old = files(dir.path());
    move_all(dir.path()).unwrap();
    let new = files(dir.path());
    assert_eq!(new["projects/crm2/risks/R-001.toml"], "risk");
    assert_eq!(new["projects/erp/project.toml"], "names crm2");
    assert!(!dir.path().join("projects/crm").exists(), "the old folder is gone");
    assert_eq!(new.len(), old.len(), "{new:#?}");
    (old, new)
}

#[test]
fn after_an_error_at_any_call_nothing_has_changed() {
    let (old, new) = ends();
    let (_, calls) = faults::with(None, || move_all(register().path()).unwrap());
    assert!(calls > 30, "{calls}");
    for at in 1..=calls {
        for code in [libc::EIO, libc::ENOSPC, libc::EACCES, libc::EROFS] {
            let dir = register();
            let (done, _) = faults::with(Some((at, Fault::Once(code))), || move_all(dir.path()));
            let now = files(dir.path());
            match &done {
                // What only tidies up may fail; the next writer tidies up.
                Ok(()) => {
                    let now: BTreeMap<_, _> =
                        now.into_iter().filter(|(path, _)| !path.starts_with(".pmo/kept/")).collect();
                    assert_eq!(now, new, "{at}");
                }
                Err(error) => assert_eq!(now, old, "{at}: {error}"),
            }
            assert_eq!(move_all(dir.path()).is_ok(), done.is_err(), "{at}: again");
            assert_eq!(files(dir.path()), new, "{at}: again");
        }
    }
}

#[test]
fn when_the_disk_is_lost_for_good_what_is_left_is_named_and_the_next_writer_mends_it() {
    let (old, new) = ends();
    let (_, calls) = faults::with(None, || move_all(register().path()).unwrap());
    let mut half = 0;
    for at in 1..=calls {
        let dir = register();
        let (done, _) = faults::with(Some((at, Fault::Ever(libc::EROFS))), || move_all(dir.path()));
        if let Err(StoreError::HalfDone { left, .. }) = &done {
            half += 1;
            assert!(!left.is_empty());
        } else if done.is_err() {
            let now = files(dir.path());
            let own = |path: &&String| !path.starts_with(".pmo/");
            assert!(now.keys().filter(own).eq(old.keys()), "{at}: {now:#?}");
        }
        drop(hold(dir.path()).unwrap());
        let now = files(dir.path());
        assert_eq!(now, if done.is_ok() { new.clone() } else { old.clone() }, "{at}");
    }
    assert!(half > 0);
}

#[test]
fn after_death_at_any_call_files_are_whole_and_the_next_writer_takes_them_back() {
    let (old, new) = ends();
    let (_, calls) = faults::with(None, || move_all(register().path()).unwrap());
    let mut taken_back = 0;
    for at in 1..=calls {
        let dir = register();
        let _ = faults::with(Some((at, Fault::Death)), || move_all(dir.path()));
        let now = files(dir.path());
        for (path, text) in now.iter().filter(|(path, _)| !path.starts_with(".pmo/")) {
            assert!([old.get(path), new.get(path)].contains(&Some(text)), "{at}: {path}: {text}");
        }
        // Whoever names a project names one that is there, and no project is there in part.
        let erp = &now["projects/erp/project.toml"];
        let named = erp.strip_prefix("names ").unwrap();
        assert!(now.contains_key(&format!("projects/{named}/project.toml")), "{at}: {now:#?}");
        for project in ["crm", "crm2"] {
            let has = |file: &str| now.contains_key(&format!("projects/{project}/{file}"));
            assert_eq!(has("project.toml"), has("risks/R-001.toml"), "{at}: {now:#?}");
        }
        // A second death, while it is taken back, changes nothing of that.
        let _ = faults::with(Some((5, Fault::Death)), || hold(dir.path()));
        let lock = hold(dir.path()).unwrap();
        taken_back += usize::from(lock.recovered().is_some_and(|recovered| !recovered.restored.is_empty()));
        drop(lock);
        let now = files(dir.path());
        assert!(now == old || now == new, "{at}: {now:#?}");
        if now == old {
            move_all(dir.path()).unwrap();
        }
        assert_eq!(files(dir.path()), new, "{at}");
    }
    assert!(taken_back > 3, "{taken_back}");
}

#[test]
fn what_somebody_changed_after_a_death_is_left_and_what_stood_there_is_kept() {
    let (_, calls) = faults::with(None, || move_all(register().path()).unwrap());
    let mut met = 0;
    for at in 1..=calls {
        let dir = register();
        let _ = faults::with(Some((at, Fault::Death)), || move_all(dir.path()));
        let erp = dir.path().join("projects/erp/project.toml");
        if std::fs::read_to_string(&erp).unwrap() != "names crm2"
            || !dir.path().join(".pmo/kept/unfinished").exists()
        {
            continue;
        }
        std::fs::write(&erp, "mine").unwrap();
        let lock = hold(dir.path()).unwrap();
        let left = &lock.recovered().unwrap().left[0];
        assert_eq!(left.path, "projects/erp/project.toml", "{at}");
        assert!(left.kept.as_ref().is_some_and(|kept| dir.path().join(kept).exists()), "{at}");
        assert_eq!(std::fs::read_to_string(&erp).unwrap(), "mine");
        assert_eq!(
            text(dir.path(), ".pmo/kept/projects--erp--project.toml.before-1").as_deref(),
            Some("names crm")
        );
        assert!(dir.path().join("projects/crm/project.toml").exists());
        met += 1;
    }
    assert!(met > 0);
}

#[test]
fn a_journal_that_leads_out_of_the_register_is_refused() {
    let dir = register();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("x"), "x").unwrap();
    std::fs::create_dir_all(dir.path().join(".pmo/kept")).unwrap();
    let journal = dir.path().join(".pmo/kept/unfinished");
    let path = format!("../{}/x", outside.path().file_name().unwrap().to_str().unwrap());
    let id = "587be6b4c3f93f93c489c0111bba5596147a26cb";
    for entry in [
        format!(r#"{{"appear":{{"path":"{path}","id":"{id}","of":null}}}}"#),
        format!(r#"{{"replace":{{"path":"{path}","id":"{id}","before":"y"}}}}"#),
        format!(r#"{{"vanish":{{"path":"a","trash":"{path}"}}}}"#),
    ] {
        std::fs::write(&journal, format!(r#"{{"command":"x","entries":[{entry}]}}"#)).unwrap();
        let error = hold(dir.path()).unwrap_err();
        assert!(matches!(error, StoreError::BadPath { .. }), "{error}");
    }
    std::fs::write(&journal, "nonsense").unwrap();
    let error = hold(dir.path()).unwrap_err().to_string();
    assert!(error.contains("unfinished") && error.contains("remove the file"), "{error}");
    assert_eq!(text(outside.path(), "x").as_deref(), Some("x"));
}

#[test]
fn what_an_editor_saved_is_not_removed_moved_away_or_replaced() {
    let expected = |path: &str, text: &str| BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]);
    for (change, path) in [
        (FileChange::Remove { path: "projects/erp/old.toml".into() }, "projects/erp/old.toml"),
        (write_of("projects/erp/old.toml", "new"), "projects/erp/old.toml"),
    ] {
        let dir = register();
        let before = files(dir.path());
        let error = hold(dir.path()).unwrap().apply(&[change], &expected(path, "other")).unwrap_err();
        assert!(matches!(error, StoreError::Stale { .. }), "{error}");
        assert_eq!(files(dir.path()), before);
    }
}

#[test]
fn numbers_can_be_swapped() {
    let dir = register();
    let rename = |from: &str, to: &str| FileChange::Rename { from: from.into(), to: to.into() };
    let (old, crm) = ("projects/erp/old.toml", "projects/crm/project.toml");
    let swap = [rename(old, "x.toml"), rename(crm, old), rename("x.toml", crm)];
    hold(dir.path()).unwrap().apply(&swap, &BTreeMap::new()).unwrap();
    assert_eq!(text(dir.path(), old).as_deref(), Some("crm"));
    assert_eq!(text(dir.path(), crm).as_deref(), Some("old"));
    assert!(!dir.path().join("x.toml").exists());
}

#[test]
fn a_folder_of_the_same_name_as_a_link_is_not_followed() {
    let dir = register();
    std::os::unix::fs::symlink("/tmp", dir.path().join(".pmo")).unwrap();
    let error = hold(dir.path()).unwrap_err();
    assert!(matches!(error, StoreError::LinkedFolder { .. }), "{error}");
}
