//! Filings, in histories that the test makes.

use crate::model::filing::{Filing, Unknown};
use crate::store::location_of;
use crate::store::test_repo::{TestRepo, git_at};

use super::filings;

const W47: &str = "projects/crm/status/2026-W47.toml";
const DRAFT: &str = "summary = \"…\"\nrag.overall = \"green\"\n";
const DONE: &str = "summary = \"On plan.\"\nrag.overall = \"green\"\n";
const PM: &str = "jana@example.org";
const BOT: &str = "Bot@example.org";

/// When `project` filed its report of week 47, as the day and the id of the commit, or why that is not known.
fn filed(repo: &TestRepo, folder: &str, project: &str) -> String {
    let location = location_of(&repo.dir.path().join(folder)).unwrap();
    let period = "2026-W47".parse().unwrap();
    let bots = ["bot@example.org".to_owned()];
    match filings(&location, &[(project.to_owned(), period)], &bots).of(project, period).unwrap() {
        Filing::With(commit) => format!("{} {}", commit.moment(), commit.id),
        other => format!("{other:?}"),
    }
}

fn unknown(why: Unknown) -> String {
    format!("{:?}", Filing::Unknown(why))
}

fn register() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("pmo.toml", "[register]\nformat = 1\n");
    repo.write("projects/crm/project.toml", "name = \"CRM\"\n");
    repo.commit_as(PM, "2026-11-02T09:00:00+01:00");
    repo
}

#[test]
fn the_first_commit_that_holds_the_complete_report_counts() {
    let repo = register();
    repo.write(W47, DRAFT);
    repo.commit_as(PM, "2026-11-16T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("{:?}", Filing::Uncommitted));
    repo.write(W47, DONE);
    assert_eq!(filed(&repo, "", "crm"), format!("{:?}", Filing::Uncommitted));
    // Late in the evening in UTC it is the next day where the committer is.
    let first = repo.commit_as(PM, "2026-11-21T00:30:00+01:00");
    repo.write(W47, format!("{DONE}# A word more.\n"));
    repo.commit_as(PM, "2026-11-23T09:00:00+01:00");
    repo.write("notes.txt", "x");
    repo.commit_as(PM, "2026-11-24T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("2026-11-21T00:30:00+01:00 {first}"));
}

#[test]
fn through_a_merge_the_commit_of_the_branch_counts() {
    let repo = register();
    repo.git(&["switch", "-q", "-c", "theirs"]);
    repo.write(W47, DONE);
    let theirs = repo.commit_as(PM, "2026-11-19T09:00:00+01:00");
    repo.git(&["switch", "-q", "main"]);
    repo.write("projects/erp/project.toml", "name = \"ERP\"\n");
    repo.commit_as(PM, "2026-11-20T09:00:00+01:00");
    let merge = ["merge", "-q", "--no-ff", "-m", "Merge", "theirs"];
    git_at(repo.dir.path(), &merge, "2026-11-24T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("2026-11-19T09:00:00+01:00 {theirs}"));
    // A squash is a commit of its own.
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    repo.git(&["merge", "-q", "--squash", "theirs"]);
    let squash = repo.commit_as(PM, "2026-11-24T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("2026-11-24T09:00:00+01:00 {squash}"));
}

#[test]
fn what_a_merge_itself_completed_counts_with_the_merge() {
    let repo = register();
    repo.write(W47, DRAFT);
    repo.commit_as(PM, "2026-11-16T09:00:00+01:00");
    repo.git(&["switch", "-q", "-c", "theirs"]);
    repo.write(W47, format!("# Theirs.\n{DRAFT}"));
    repo.commit_as(PM, "2026-11-17T09:00:00+01:00");
    repo.git(&["switch", "-q", "main"]);
    repo.write("notes.txt", "x");
    repo.commit_as(PM, "2026-11-18T09:00:00+01:00");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "theirs"]);
    repo.write(W47, DONE);
    let merge = repo.commit_as(PM, "2026-11-20T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("2026-11-20T09:00:00+01:00 {merge}"));
}

#[test]
fn bots_do_not_count() {
    let repo = register();
    repo.write(W47, DONE);
    repo.commit_as(BOT, "2026-11-18T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), unknown(Unknown::OnlyBots));
    repo.write(W47, format!("{DONE}# Looked through.\n"));
    let own = repo.commit_as(PM, "2026-11-19T09:00:00+01:00");
    assert_eq!(filed(&repo, "", "crm"), format!("2026-11-19T09:00:00+01:00 {own}"));
}

#[test]
fn a_renamed_project_keeps_its_day() {
    let repo = TestRepo::new();
    repo.write("reg/pmo.toml", "[register]\nformat = 1\n");
    repo.write("reg/projects/sales/status/2026-W47.toml", DONE);
    repo.write("reg/projects/other/status/2026-W47.toml", DRAFT);
    let first = repo.commit_as(PM, "2026-11-18T09:00:00+01:00");
    repo.git(&["mv", "reg/projects/sales", "reg/projects/crm"]);
    repo.commit_as(PM, "2026-11-24T09:00:00+01:00");
    assert_eq!(filed(&repo, "reg", "crm"), format!("2026-11-18T09:00:00+01:00 {first}"));
    repo.git(&["mv", "reg/projects/crm", "reg/projects/crm-2"]);
    repo.commit_as(BOT, "2026-11-25T09:00:00+01:00");
    assert_eq!(filed(&repo, "reg", "crm-2"), format!("2026-11-18T09:00:00+01:00 {first}"));
}

#[test]
fn a_report_from_before_its_period_is_found_too() {
    let repo = register();
    repo.write(W47, DONE);
    let early = repo.commit_as(PM, "2026-10-01T09:00:00+01:00");
    for day in ["2026-10-02", "2026-11-01", "2026-11-18"] {
        repo.write("notes.txt", day);
        repo.commit_as(PM, &format!("{day}T09:00:00+01:00"));
    }
    assert_eq!(filed(&repo, "", "crm"), format!("2026-10-01T09:00:00+01:00 {early}"));
}

#[test]
fn a_shallow_clone_does_not_know_what_was_there_before_it() {
    let repo = register();
    repo.write(W47, DONE);
    repo.commit_as(PM, "2026-11-19T09:00:00+01:00");
    repo.write("projects/erp/status/2026-W47.toml", DONE);
    let erp = repo.commit_as(PM, "2026-11-20T09:00:00+01:00");
    let clone = TestRepo::shallow_clone_of(&repo.root(), 2);
    assert_eq!(filed(&clone, "", "crm"), unknown(Unknown::Shallow));
    assert_eq!(filed(&clone, "", "erp"), format!("2026-11-20T09:00:00+01:00 {erp}"));
    clone.git(&["fetch", "-q", "--unshallow"]);
    assert!(filed(&clone, "", "crm").starts_with("2026-11-19"));
}

#[test]
fn without_a_repository_or_a_commit_nobody_knows() {
    let repo = TestRepo::new();
    repo.write(W47, DONE);
    assert_eq!(filed(&repo, "", "crm"), unknown(Unknown::NoHistory));
    std::fs::remove_dir_all(repo.dir.path().join(".git")).unwrap();
    assert_eq!(filed(&repo, "", "crm"), unknown(Unknown::NoHistory));
}
