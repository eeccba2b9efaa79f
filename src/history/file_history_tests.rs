//! Histories of files, in repositories that the test makes.

use crate::model::field_change::{Edit, FieldValue};
use crate::store::location_of;
use crate::store::test_repo::TestRepo;

use super::file_histories;

const RISK: &str = "projects/crm/risks/R-001.toml";

fn risk(probability: u8) -> String {
    format!("title = \"Vendor\"\nowner = \"jana\"\ncause = \"Late\"\nprobability = {probability}\n")
}

fn register() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("pmo.toml", "[register]\nformat = 1\n");
    repo.write(RISK, risk(1));
    repo.commit_all("first");
    repo
}

fn plain(value: Option<&FieldValue>) -> String {
    match value {
        None => "·".to_owned(),
        Some(FieldValue::Number(number)) => number.to_string(),
        Some(FieldValue::Text(text)) => text.clone(),
        Some(other) => format!("{other:?}"),
    }
}

/// The edits of a file, one a line: `message deed key from → to`.
fn told_in(repo: &TestRepo, folder: &str, path: &str) -> Vec<String> {
    let location = location_of(&repo.dir.path().join(folder)).unwrap();
    let work = location.work_tree();
    let all = file_histories(&location, &[path.to_owned()], Some(&work)).unwrap();
    let edits = all.into_values().flat_map(|history| history.edits);
    let line = |edit: Edit| {
        let message = if edit.commit.is_some() { edit.message.as_str() } else { "-" };
        let mut line = format!("{message} {:?}", edit.deed);
        for change in edit.changes.iter().filter(|change| change.key == "probability") {
            let (from, to) = (plain(change.from.as_ref()), plain(change.to.as_ref()));
            line.push_str(&format!(" {from} → {to}"));
        }
        for said in [edit.unreadable.map(|_| "unreadable".to_owned()), edit.moved_from, edit.moved_to] {
            line.extend(said.map(|said| format!(" ({said})")));
        }
        line
    };
    edits.map(line).collect()
}

fn told(repo: &TestRepo) -> Vec<String> {
    told_in(repo, "", RISK)
}

#[test]
fn each_commit_says_what_it_changed_and_so_does_the_work_tree() {
    let repo = register();
    repo.write(RISK, risk(3).replace("Vendor", "Supplier"));
    repo.commit_all("raise");
    repo.write(RISK, format!("# why\n{}", risk(3).replace("Vendor", "Supplier")));
    repo.commit_all("comment");
    repo.write("pmo.toml", "[register]\nformat = 1\nname = \"x\"\n");
    repo.commit_all("other");
    repo.write(RISK, risk(4));
    let expected = ["- Changed 3 → 4", "comment Changed", "raise Changed 1 → 3", "first Added · → 1"];
    assert_eq!(told(&repo), expected);
    repo.git(&["rm", "-q", "-f", RISK]);
    assert_eq!(told(&repo)[0], "- Removed 3 → ·");
    repo.commit_all("gone");
    assert_eq!(told(&repo)[0], "gone Removed 3 → ·");
}

#[test]
fn a_record_keeps_its_history_when_its_project_or_the_register_moves() {
    let repo = register();
    repo.write(RISK, risk(2));
    repo.commit_all("raise");
    repo.git(&["mv", "projects/crm", "projects/sales"]);
    repo.write("projects/sales/risks/R-001.toml", risk(3));
    repo.commit_all("renamed");
    repo.write("reg/notes.txt", "");
    repo.git(&["mv", "pmo.toml", "projects", "reg/"]);
    repo.commit_all("moved");
    let new = "projects/sales/risks/R-001.toml";
    let expected = [
        format!("moved Moved ({new})"),
        format!("renamed Moved 2 → 3 ({RISK})"),
        "raise Changed 1 → 2".to_owned(),
        "first Added · → 1".to_owned(),
    ];
    assert_eq!(told_in(&repo, "reg", new), expected);
    repo.git(&["mv", "reg/pmo.toml", "reg/projects", "."]);
    repo.commit_all("back");
    assert_eq!(told(&repo)[0], format!("renamed Removed 2 → · ({new})"));
}

#[test]
fn a_version_that_cannot_be_read_is_named_and_the_next_is_compared_with_the_last_that_could() {
    let repo = register();
    repo.write(RISK, "title = \n");
    repo.commit_all("broken");
    repo.write(RISK, "title = = \n");
    repo.commit_all("still broken");
    repo.write(RISK, risk(5));
    let expected = [
        "- Changed 1 → 5",
        "still broken Changed (unreadable)",
        "broken Changed (unreadable)",
        "first Added · → 1",
    ];
    assert_eq!(told(&repo), expected);
    repo.commit_all("mended");
    assert_eq!(told(&repo)[0], "mended Changed 1 → 5");
}

#[test]
fn a_merge_is_told_only_where_it_says_something_of_its_own() {
    let repo = register();
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write(RISK, risk(2));
    repo.commit_all("side");
    repo.git(&["switch", "-q", "main"]);
    repo.write(RISK, risk(1).replace("Vendor", "Supplier"));
    repo.commit_all("main");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side"]);
    repo.write(RISK, risk(2).replace("Vendor", "Supplier"));
    repo.commit_all("merge");
    let mut both = told(&repo);
    both.sort();
    assert_eq!(both, ["first Added · → 1", "main Changed", "side Changed 1 → 2"]);
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side"]);
    repo.write(RISK, risk(4));
    repo.commit_all("evil");
    assert_eq!(told(&repo)[0], "evil Changed 1 → 4");
}

#[test]
fn a_folder_tells_all_its_files_and_not_what_a_merge_dropped() {
    let repo = register();
    let other = "projects/crm/risks/R-002.toml";
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write(RISK, risk(2));
    repo.write(other, risk(1).replace("Vendor", "Strike"));
    repo.commit_all("side");
    repo.git(&["switch", "-q", "main"]);
    repo.write(RISK, risk(3));
    repo.commit_all("main");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side"]);
    repo.git(&["checkout", "-q", "side", "--", other]);
    repo.commit_all("merge");
    let said = told_in(&repo, "", "projects/crm/risks");
    assert_eq!(said, ["main Changed 1 → 3", "first Added · → 1", "side Added · → 1"]);
}

#[test]
fn a_shallow_clone_says_where_its_history_begins() {
    let repo = register();
    repo.write(RISK, risk(2));
    repo.commit_all("raise");
    repo.write(RISK, risk(3));
    repo.commit_all("again");
    let clone = TestRepo::shallow_clone_of(&repo.root(), 2);
    assert_eq!(told(&clone), ["again Changed 2 → 3", "raise Begins · → 2"]);
}

#[test]
fn without_git_or_a_commit_there_is_no_history() {
    let repo = TestRepo::new();
    repo.write("pmo.toml", "");
    let of = || {
        let location = location_of(repo.dir.path()).unwrap();
        file_histories(&location, &["pmo.toml".to_owned()], None).unwrap_err().to_string()
    };
    assert!(of().contains("no commit yet"), "{}", of());
    std::fs::remove_dir_all(repo.dir.path().join(".git")).unwrap();
    assert!(of().contains("not in a git repository"), "{}", of());
}
