//! `--at` in repositories that are not as one would lay them out.

use crate::harness::Sandbox;

/// A register in a folder, committed on 6 November as "Then"; today it is called "Now".
fn in_folder(folder: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(&format!("{folder}/pmo.toml"), "[register]\nformat = 1\nname = \"R\"\n");
    charter(&sandbox, folder, "Then");
    sandbox.write("readme.md", "something else");
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Then", "2026-11-06T12:00:00+00:00");
    sandbox
}

fn charter(sandbox: &Sandbox, folder: &str, name: &str) {
    let text = format!("name = \"{name}\"\nmanager = \"jana\"\nstate = \"active\"\n");
    sandbox.write(&format!("{folder}/projects/crm/project.toml"), &text);
}

/// The name that the project `id` had, for a register in a folder.
#[track_caller]
fn name(sandbox: &Sandbox, folder: &str, id: &str, at: &str) -> String {
    let run = sandbox.pmo(&format!("-q -C {folder} show {id} -O json --at {at}")).ok();
    run.json()["title"].as_str().unwrap().to_owned()
}

#[test]
fn a_register_in_a_subfolder_packed_and_in_a_linked_work_tree() {
    let sandbox = in_folder("registers/it");
    charter(&sandbox, "registers/it", "Now");
    sandbox.commit("Now");
    sandbox.git(&["tag", "then", "HEAD~1"]);
    sandbox.git(&["gc", "--quiet"]);
    sandbox.git(&["worktree", "add", "--quiet", "../tree", "-b", "side"]);
    for folder in ["registers/it", "../tree/registers/it"] {
        assert_eq!(name(&sandbox, folder, "crm", "then"), "Then");
        assert_eq!(name(&sandbox, folder, "crm", "2026-11-10"), "Then");
        assert_eq!(name(&sandbox, folder, "crm", "HEAD"), "Now");
    }
}

#[test]
fn a_register_and_a_project_that_moved_are_read_where_they_stood() {
    let sandbox = in_folder("old");
    sandbox.git(&["mv", "old", "new"]);
    sandbox.git(&["mv", "new/projects/crm", "new/projects/customers"]);
    sandbox.commit("Move");
    assert_eq!(name(&sandbox, "new", "crm", "2026-11-10"), "Then");
    assert_eq!(name(&sandbox, "new", "customers", "HEAD"), "Then");
    let run = sandbox.pmo("-C new report portfolio --at 2026-11-10").ok();
    assert!(run.stdout.contains("then in old"), "{run}");
}

#[test]
fn a_merge_and_a_rebase_count_when_they_were_made() {
    let sandbox = in_folder("r");
    sandbox.git(&["switch", "--quiet", "-c", "side"]);
    charter(&sandbox, "r", "Side");
    sandbox.commit_at("Side", "2026-11-09T12:00:00+00:00");
    sandbox.git(&["switch", "--quiet", "-"]);
    sandbox.write("r/notes.txt", "x");
    sandbox.commit_at("Notes", "2026-11-10T12:00:00+00:00");
    // Made on the fixed day of every test, 20 November.
    sandbox.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "side"]);
    assert_eq!(name(&sandbox, "r", "crm", "2026-11-12"), "Then");
    assert_eq!(name(&sandbox, "r", "crm", "2026-11-20"), "Side");
    sandbox.git(&["switch", "--quiet", "side"]);
    sandbox.git(&["rebase", "--quiet", "--force-rebase", "--root"]);
    let run = sandbox.pmo("-C r report portfolio --at 2026-11-12").exits(2);
    assert!(run.stderr.contains("history begins with commit") && run.stderr.contains("rebase"), "{run}");
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let sandbox = in_folder("r");
    charter(&sandbox, "r", "Now");
    sandbox.commit("Now");
    let url = format!("file://{}", sandbox.dir().canonicalize().unwrap().display());
    sandbox.git(&["clone", "--quiet", "--depth", "1", &url, "../clone"]);
    assert_eq!(name(&sandbox, "../clone/r", "crm", "HEAD"), "Now");
    let run = sandbox.pmo("-C ../clone/r report portfolio --at 2026-11-10").exits(2);
    assert!(run.stderr.contains("this clone does not tell how the register stood on 2026-11-10"), "{run}");
    assert!(run.stderr.contains("git fetch --unshallow"), "{run}");
}

#[test]
fn files_that_were_broken_then_are_named_and_windows_line_ends_are_none_of_their_faults() {
    let sandbox = in_folder("r");
    sandbox.write("r/projects/erp/project.toml", "name = \n");
    sandbox.write("r/projects/crm/risks/R-001.toml", "title = \"Late\"\r\nstate = \"open\"\r\n");
    sandbox.commit_at("Broken", "2026-11-11T12:00:00+00:00");
    sandbox.write("r/projects/erp/project.toml", "name = \"ERP\"\nmanager = \"jana\"\nstate = \"active\"\n");
    sandbox.commit("Mended");
    let run = sandbox.pmo("-C r report portfolio --at 2026-11-11 -O json").ok();
    assert!(run.json()["incomplete"]["unreadable"].to_string().contains("erp"), "{run}");
    assert_eq!(sandbox.pmo("-C r risk list -O ids --at 2026-11-11").ok().stdout, "crm/R-001\n");
    sandbox.git(&["config", "core.autocrlf", "true"]);
    sandbox.git(&["rm", "--quiet", "--cached", "-r", "."]);
    sandbox.git(&["reset", "--quiet", "--hard"]);
    let strip = |run: crate::harness::Run| run.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let (now, then) = (sandbox.pmo("-C r report portfolio"), sandbox.pmo("-C r report portfolio --at HEAD"));
    assert_eq!(strip(now), strip(then));
}

#[test]
fn a_register_that_came_later_is_not_there_yet() {
    let sandbox = Sandbox::new();
    sandbox.write("readme.md", "x");
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Readme", "2026-11-02T12:00:00+00:00");
    sandbox.write("r/pmo.toml", "[register]\nformat = 1\n");
    sandbox.commit_at("Register", "2026-11-09T12:00:00+00:00");
    let run = sandbox.pmo("-C r report portfolio --at 2026-11-03").exits(2);
    assert!(run.stderr.contains("there was no register yet at commit"), "{run}");
    assert!(run.stderr.contains("of 2026-11-09"), "{run}");
}
