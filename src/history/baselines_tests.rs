//! Which moves of a baseline are in order, over histories of a charter.

use super::baseline_moves;
use crate::load;
use crate::model::Scope;
use crate::store::location_of;
use crate::store::test_repo::TestRepo;

const AT: &str = "projects/crm/project.toml";
const CHANGE: &str = "projects/crm/changes/C-001.toml";

fn charter(finish: &str, more: &str) -> String {
    format!(
        "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule = {{ start = 2026-01-01, finish = {finish} }}\n\
         budget.approved = 100\n{more}"
    )
}

/// Commits each version in turn, leaves the last one uncommitted, and tells what moved.
fn moved(versions: &[&[(&str, &str)]]) -> Vec<String> {
    let repo = TestRepo::new();
    repo.write("pmo.toml", "[register]\nformat = 1\n");
    for (at, files) in versions.iter().enumerate() {
        for (path, text) in *files {
            repo.write(path, text);
        }
        if at + 1 < versions.len() {
            repo.commit_all("next");
        }
    }
    told(&repo)
}

fn told(repo: &TestRepo) -> Vec<String> {
    let location = location_of(repo.dir.path()).unwrap();
    let register = load::load(&location.work_tree(), &Scope::all()).unwrap().register;
    let moves = baseline_moves(&location, &register).unwrap();
    let figures = moves.iter().flat_map(|one| one.moved.iter().map(move |moved| (one, moved)));
    figures.map(|(one, m)| format!("{} {} {} {:?}", one.project, m.key, m.was, m.is)).collect()
}

#[test]
fn a_move_without_a_change_is_found_committed_or_not() {
    let (old, new) = (charter("2027-03-31", ""), charter("2027-04-30", ""));
    let found = ["crm schedule.finish 2027-03-31 Some(\"2027-04-30\")"];
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &new)]]), found);
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &new)], &[]]), found);
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &new)], &[(AT, &old)]]), [""; 0], "taken back");
    assert_eq!(moved(&[&[(AT, &old)], &[]]), [""; 0]);
    assert_eq!(moved(&[&[], &[(AT, &new)]]), [""; 0], "not in any commit yet");
    let proposed = old.replace("active", "proposed");
    assert_eq!(moved(&[&[(AT, &proposed)], &[(AT, &new)]]), [""; 0], "approved with these figures");
    assert_eq!(moved(&[&[(AT, &proposed)], &[(AT, &old)], &[(AT, &new)]]), found);
}

#[test]
fn an_approved_change_that_is_newly_named_makes_it_right() {
    let old = charter("2027-03-31", "");
    let named = charter("2027-04-30", "baseline = { approved_on = 2026-11-20, change = 'C-001' }\n");
    let approved = "title = 'More'\nstate = 'approved'\n";
    let asked = "title = 'More'\nstate = 'submitted'\n";
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &named), (CHANGE, approved)], &[]]), [""; 0]);
    let first = charter("2027-04-30", "");
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &first)], &[(AT, &named), (CHANGE, approved)]]), [""; 0]);
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &named), (CHANGE, asked)], &[]]).len(), 1, "not approved");
    let dated = charter("2027-04-30", "baseline.approved_on = 2026-11-20\n");
    let old_dated = charter("2027-03-31", "baseline.approved_on = 2026-01-20\n");
    assert_eq!(moved(&[&[(AT, &old_dated)], &[(AT, &dated)], &[]]).len(), 1, "a date names no change");
    // What the change approved moves again without one.
    let again = named.replace("2027-04-30", "2027-05-31");
    let found = moved(&[&[(AT, &old)], &[(AT, &named), (CHANGE, approved)], &[(AT, &again)]]);
    assert_eq!(found, ["crm schedule.finish 2027-04-30 Some(\"2027-05-31\")"]);
}

#[test]
fn money_and_milestones_are_looked_at_and_new_ones_are_no_move() {
    let old =
        charter("2027-03-31", "[[milestone]]\nid = 'a'\nbaseline = 2026-12-01\n[[milestone]]\nid = 'b'\n");
    let new = old.replace("approved = 100", "approved = 120.50").replace("2026-12-01", "2026-12-24");
    let new = new.replace("id = 'b'\n", "id = 'b'\nbaseline = 2027-01-01\n[[milestone]]\nid = 'c'\n");
    assert_eq!(
        moved(&[&[(AT, &old)], &[(AT, &new)]]),
        [
            "crm budget.approved 100 Some(\"120.5\")",
            "crm milestone[0].baseline 2026-12-01 Some(\"2026-12-24\")"
        ]
    );
    let gone = charter("2027-03-31", "[[milestone]]\nid = 'b'\n");
    assert_eq!(moved(&[&[(AT, &old)], &[(AT, &gone)]]), ["crm milestone 2026-12-01 None"]);
}

#[test]
fn another_id_hides_nothing_and_a_broken_version_is_passed_over() {
    let (old, new) = (charter("2027-03-31", ""), charter("2027-04-30", ""));
    let repo = TestRepo::new();
    repo.write("pmo.toml", "[register]\nformat = 1\n");
    repo.write(AT, &old);
    repo.commit_all("first");
    repo.write(AT, "name = ");
    repo.commit_all("broken");
    repo.write(AT, &old);
    repo.commit_all("mended");
    repo.git(&["mv", "projects/crm", "projects/customers"]);
    repo.write("projects/customers/project.toml", &new);
    repo.commit_all("moved");
    assert_eq!(told(&repo), ["customers schedule.finish 2027-03-31 Some(\"2027-04-30\")"]);
}
