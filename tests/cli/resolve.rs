//! `pmo resolve`: a merge that stopped, said of records and fields; what needs nobody is settled.

use crate::harness::Sandbox;

const RISK: &str = "projects/crm/risks/R-001.toml";

/// A register with a branch `plan-b`, each changed in its own way.
fn diverged(ours: impl Fn(&Sandbox), theirs: impl Fn(&Sandbox)) -> Sandbox {
    let sandbox = Sandbox::register().with(
        RISK,
        "# the first\ntitle = \"Vendor late\"\nowner = \"jana-novak\"\nprobability = 3\nplan_cost = 10_000\nlinks = [\"crm\"]\n",
    );
    sandbox.git_init();
    sandbox.git(&["switch", "-q", "-c", "plan-b"]);
    theirs(&sandbox);
    sandbox.commit_at("theirs", "2026-11-18T12:00:00+00:00");
    sandbox.git(&["switch", "-q", "main"]);
    ours(&sandbox);
    sandbox.commit("ours");
    sandbox
}

fn merge(sandbox: &Sandbox) {
    sandbox.sh("git merge -q plan-b >/dev/null 2>&1 && exit 1 || exit 0", "sh");
}

fn unmerged(sandbox: &Sandbox) -> String {
    sandbox.git(&["diff", "--name-only", "--diff-filter=U"])
}

#[test]
fn neighbouring_fields_and_both_sides_of_a_list_are_joined() {
    let sandbox = diverged(
        |s| {
            s.replace(
                RISK,
                "3\nplan_cost = 10_000\nlinks = [\"crm\"]",
                "4 # up\nplan_cost = 10_000\nlinks = [\"crm\", \"D-001\"]",
            )
        },
        |s| s.replace(RISK, "10_000\nlinks = [\"crm\"]", "12_000\nlinks = [\"crm\", \"#go-live\"]"),
    );
    merge(&sandbox);
    assert!(unmerged(&sandbox).contains(RISK));
    sandbox.write("people/other.toml", "name = \"Not of the merge\"\n");
    let run = sandbox.pmo("resolve --dry-run").ok();
    assert!(
        run.stdout.contains("what each side changed is in it")
            && run.stdout.contains("+links = [\"crm\", \"D-001\", \"#go-live\"]"),
        "{run}"
    );
    assert!(unmerged(&sandbox).contains(RISK), "nothing was written");
    let run = sandbox.pmo("resolve").ok();
    assert!(run.stdout.contains("a merge of plan-b into main"), "{run}");
    assert!(
        run.stdout.contains("ours by Jana Novak on 2026-11-20 · theirs by Jana Novak on 2026-11-18"),
        "{run}"
    );
    assert!(run.stderr.contains(&format!("settled and staged: {RISK}")), "{run}");
    assert!(run.stderr.contains("next: pmo check · git commit"), "{run}");
    assert_eq!(
        sandbox.read(RISK),
        "# the first\ntitle = \"Vendor late\"\nowner = \"jana-novak\"\nprobability = 4 # up\nplan_cost = 12_000\n\
         links = [\"crm\", \"D-001\", \"#go-live\"]\n"
    );
    let status = sandbox.git(&["status", "--porcelain"]);
    assert_eq!(status, format!("M  {RISK}\n?? people/other.toml\n"));
    let run = sandbox.pmo("resolve").ok();
    assert!(
        run.stderr.contains("nothing of this register is in conflict") && run.stderr.contains("git commit"),
        "{run}"
    );
}

#[test]
fn what_both_changed_needs_a_person() {
    let sandbox = diverged(
        |s| {
            s.replace(RISK, "10_000", "12_000");
            s.replace(RISK, "Vendor late", "Vendor very late");
        },
        |s| {
            s.replace(RISK, "10_000", "15_000");
            s.replace(RISK, "Vendor late", "Vendor gone");
            s.replace(RISK, "= 3", "= 5");
        },
    );
    merge(&sandbox);
    let before = sandbox.files();
    let run = sandbox.pmo("resolve").exits(1);
    for line in [
        "plan_cost:\n",
        "    ours    12000  (by Jana Novak on 2026-11-20)\n",
        "    theirs  15000  (by Jana Novak on 2026-11-18)\n",
        "    before  10000\n",
        "title:\n",
    ] {
        assert!(run.stdout.contains(line), "{line}: {run}");
    }
    assert!(
        run.stdout.contains("decide: pmo resolve crm/R-001 --ours, --theirs, or by field: --field"),
        "{run}"
    );
    assert_eq!(sandbox.files(), before, "nothing was settled");
    let run = sandbox.pmo("check").exits(1);
    assert!(run.stdout.contains("`HEAD` against `plan-b`") && run.stdout.contains("pmo resolve"), "{run}");
    sandbox.pmo("resolve crm/R-001 --field title=mine").exits(2);
    sandbox.pmo("resolve crm/R-001 --field owner=ours").exits(2);
    sandbox.pmo("resolve crm --ours").exits(2);
    sandbox.pmo("resolve crm/R-001 --field title=ours").exits(1);
    sandbox.pmo("resolve crm/R-001 --field title=ours --field plan_cost=theirs").ok();
    let text = sandbox.read(RISK);
    assert!(text.contains("Vendor very late") && text.contains("15_000") && text.contains("= 5"), "{text}");
    sandbox.git(&["commit", "-q", "--no-edit"]);
}

#[test]
fn who_changed_a_field_is_told_of_each_field() {
    let sandbox = diverged(
        |s| {
            for (author, from, to) in
                [("Amir Said", "10_000", "12_000"), ("Bea Roth", "Vendor late", "Vendor very late")]
            {
                s.replace(RISK, from, to);
                s.sh(&format!("git -c user.name='{author}' commit -qam change"), "sh");
            }
        },
        |s| {
            s.replace(RISK, "10_000", "15_000");
            s.replace(RISK, "Vendor late", "Vendor gone");
        },
    );
    sandbox.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    merge(&sandbox);
    let run = sandbox.pmo("resolve").exits(1);
    assert!(run.stdout.contains("ours    12000  (by Amir Said on 2026-11-20)"), "{run}");
    assert!(run.stdout.contains("ours    \"Vendor very late\"  (by Bea Roth on 2026-11-20)"), "{run}");
    assert!(run.stdout.contains("theirs  15000  (by Jana Novak on 2026-11-18)"), "{run}");
}

#[test]
fn two_records_of_one_number_both_live() {
    let add = |s: &Sandbox, title: &str| {
        s.write("projects/crm/risks/R-002.toml", &format!("title = \"{title}\"\n"));
        s.write(
            "projects/crm/issues/I-001.toml",
            &format!("title = \"of {title}\"\nfrom = \"R-002\" # it\n"),
        );
    };
    let sandbox = diverged(|s| add(s, "ours"), |s| add(s, "theirs"));
    merge(&sandbox);
    let run = sandbox.pmo("resolve").ok();
    assert!(run.stdout.contains("two people gave this number to two records"), "{run}");
    assert!(run.stdout.contains("theirs  theirs, which becomes crm/R-003"), "{run}");
    assert_eq!(sandbox.read("projects/crm/risks/R-002.toml"), "title = \"ours\"\n");
    assert_eq!(sandbox.read("projects/crm/risks/R-003.toml"), "title = \"theirs\"\n");
    assert_eq!(
        sandbox.read("projects/crm/issues/I-001.toml"),
        "title = \"of ours\"\nfrom = \"R-002\" # it\n"
    );
    assert_eq!(
        sandbox.read("projects/crm/issues/I-002.toml"),
        "title = \"of theirs\"\nfrom = \"R-003\" # it\n"
    );
    assert_eq!(unmerged(&sandbox), "");
    assert!(!sandbox.git(&["status", "--porcelain"]).contains("??"), "all is staged");
}

#[test]
fn whose_number_stays_can_be_said_and_the_shared_one_stays_by_itself() {
    let add = |s: &Sandbox, title: &str| {
        s.write("projects/crm/risks/R-002.toml", &format!("title = \"{title}\"\n"));
        s.replace("projects/crm/project.toml", "state =", &format!("purpose = \"{title}\"\nstate ="));
    };
    let sandbox = diverged(|s| add(s, "ours"), |_| {});
    sandbox.git(&["switch", "-q", "plan-b"]);
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"theirs\"\n");
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"Vendor late\"\nlinks = [\"R-002\"]\n");
    sandbox.commit("more");
    sandbox.git(&["switch", "-q", "main"]);
    merge(&sandbox);
    sandbox.pmo("resolve crm/R-002 --theirs --dry-run").ok();
    // Others have theirs: ours makes room.
    sandbox.git(&["update-ref", "refs/remotes/origin/plan-b", "plan-b"]);
    sandbox.pmo("resolve").ok();
    assert_eq!(sandbox.read("projects/crm/risks/R-002.toml"), "title = \"theirs\"\n");
    assert_eq!(sandbox.read("projects/crm/risks/R-003.toml"), "title = \"ours\"\n");
    assert!(sandbox.read(RISK).contains("[\"R-002\"]"), "the reference came with theirs");
}

#[test]
fn changed_here_and_removed_there_is_told_and_kept_until_decided() {
    let sandbox =
        diverged(|s| s.replace(RISK, "= 3", "= 4"), |s| std::fs::remove_file(s.path(RISK)).unwrap());
    merge(&sandbox);
    let run = sandbox.pmo("resolve").exits(1);
    assert!(run.stdout.contains("theirs removed it, ours changed it"), "{run}");
    assert!(run.stdout.contains("pmo resolve crm/R-001 --ours keeps it, --theirs removes it"), "{run}");
    sandbox.pmo("resolve crm/R-001 --theirs").ok();
    assert!(!sandbox.exists(RISK));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), format!("D  {RISK}\n"));
}

#[test]
fn what_somebody_has_begun_to_mend_is_left_alone() {
    let sandbox = diverged(
        |s| s.replace(RISK, "= 3\nplan_cost = 10_000", "= 4\nplan_cost = 11_000"),
        |s| s.replace(RISK, "= 3\nplan_cost = 10_000", "= 5\nplan_cost = 10_000"),
    );
    merge(&sandbox);
    let run = sandbox.pmo("mv crm crm-2").exits(2);
    assert!(run.stderr.contains("R-001.toml is in conflict, so crm stays where it is"), "{run}");
    sandbox.replace(RISK, "plan_cost = 11_000", "plan_cost = 11_500");
    let run = sandbox.pmo("resolve crm/R-001 --ours").exits(1);
    assert!(
        run.stdout.contains("somebody has begun to mend") && run.stdout.contains("git checkout"),
        "{run}"
    );
    assert!(sandbox.read(RISK).contains("11_500"));
}

#[test]
fn a_rebase_and_a_cherry_pick_are_resolved_too() {
    for (begin, what) in [("git rebase -q plan-b", "rebase"), ("git cherry-pick plan-b", "cherry-pick")] {
        let sandbox = diverged(
            |s| s.replace(RISK, "= 3", "= 4"),
            |s| s.replace(RISK, "plan_cost = 10_000", "plan_cost = 11_000"),
        );
        sandbox.sh(&format!("{begin} >/dev/null 2>&1 && exit 1 || exit 0"), "sh");
        let run = sandbox.pmo("resolve").ok();
        assert!(run.stdout.contains(&format!("a {what} of ")), "{run}");
        assert!(run.stderr.contains(&format!("git {what} --continue")), "{run}");
        let text = sandbox.read(RISK);
        assert!(text.contains("probability = 4\nplan_cost = 11_000"), "{text}");
        sandbox.git(&["-c", "core.editor=true", what, "--continue"]);
    }
}

#[test]
fn there_may_be_nothing_to_resolve() {
    let sandbox = Sandbox::register();
    sandbox.pmo("resolve").exits(2);
    sandbox.git_init();
    assert!(sandbox.pmo("resolve").ok().stderr.contains("nothing of this register is in conflict"));
}

#[test]
fn a_record_added_to_a_project_that_was_renamed_there_goes_along() {
    let sandbox = diverged(
        |s| s.write("projects/crm/risks/R-002.toml", "title = \"new\"\n"),
        |s| {
            s.pmo("mv crm crm-2").ok();
        },
    );
    merge(&sandbox);
    let run = sandbox.pmo("resolve").ok();
    assert!(run.stdout.contains("a folder that the other side renamed"), "{run}");
    assert!(sandbox.exists("projects/crm-2/risks/R-002.toml") && !sandbox.exists("projects/crm"));
    assert_eq!(unmerged(&sandbox), "");
}

#[test]
fn what_both_sides_moved_stays_until_one_place_is_chosen() {
    let moved = |ours: &'static str, theirs: &'static str| {
        let run = move |s: &Sandbox, line: &str| drop(s.pmo(line).ok());
        let sandbox = diverged(move |s| run(s, ours), move |s| run(s, theirs));
        merge(&sandbox);
        sandbox
    };
    let sandbox = moved("mv crm crm-2", "mv crm crm-3");
    let left = unmerged(&sandbox);
    for _ in 0..2 {
        let run = sandbox.pmo("resolve").exits(1);
        assert!(run.stdout.contains("\nprojects/crm (3 files)\n  both sides moved it"), "{run}");
        assert_eq!(run.stdout.matches("both sides moved it").count(), 1, "one block for a folder: {run}");
        assert!(run.stdout.contains("  ours    projects/crm-2\n  theirs  projects/crm-3\n"), "{run}");
        assert_eq!(unmerged(&sandbox), left, "nothing is settled by itself");
    }
    let run = sandbox.pmo("resolve projects/crm-2 --ours").ok();
    assert!(run.stdout.contains("settled as you chose: it is in projects/crm-2"), "{run}");
    assert_eq!(run.stdout.matches("settled").count(), 1, "{run}");
    assert!(run.stderr.contains("settled and staged: 9 files"), "{run}");
    assert!(
        sandbox.exists("projects/crm-2/project.toml") && sandbox.exists("projects/crm-2/risks/R-001.toml")
    );
    assert!(!sandbox.exists("projects/crm-3") && !sandbox.exists("projects/crm"));
    assert_eq!(unmerged(&sandbox), "");

    let sandbox = moved("renumber crm/R-001 4", "renumber crm/R-001 5");
    let run = sandbox.pmo("resolve").exits(1);
    assert!(run.stdout.contains("  theirs  projects/crm/risks/R-005.toml\n"), "{run}");
    sandbox.pmo("resolve crm/R-005 --theirs").ok();
    assert!(sandbox.exists("projects/crm/risks/R-005.toml"));
    assert!(!sandbox.exists("projects/crm/risks/R-004.toml") && !sandbox.exists(RISK));
    assert_eq!(unmerged(&sandbox), "");
}

#[test]
fn references_to_the_place_that_was_not_chosen_lead_to_the_chosen_one() {
    const OTHER: &str = "projects/crm/risks/R-002.toml";
    let list = "title = \"Names both\"\nlinks = [\"R-001\", \"crm\"]\n";
    const THIRD: &str = "projects/crm/risks/R-003.toml";
    let third = "title = \"Third\"\nlinks = [\n  \"crm\",\n  \"R-002\", # see also\n  \"crm/R-002\",\n]\n";
    let sandbox =
        Sandbox::register().with(RISK, "title = \"Vendor late\"\n").with(OTHER, list).with(THIRD, third);
    sandbox.git_init();
    sandbox.git(&["switch", "-q", "-c", "plan-b"]);
    sandbox.pmo("renumber crm/R-001 5").ok();
    sandbox.replace(THIRD, "[\n", "[\n  \"R-005\",\n");
    sandbox.commit("theirs");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.pmo("renumber crm/R-001 4").ok();
    sandbox.replace(THIRD, "\n]", "\n  \"R-004\",\n]");
    sandbox.commit("ours");
    merge(&sandbox);
    let run = sandbox.pmo("resolve crm/R-004 --ours").ok();
    assert!(run.stderr.contains("crm/R-004: references to crm/R-005 in 1 file follow"), "{run}");
    let ours = third.replace("\n]", "\n  \"R-004\",\n]");
    assert_eq!(sandbox.read(THIRD), ours, "each stands there once");
    let later = format!("look at {OTHER} once it is settled: a side names crm/R-005, which is crm/R-004 now");
    assert!(run.stderr.contains(&later), "{run}");
    assert_eq!(unmerged(&sandbox).trim(), OTHER);

    sandbox.git(&["merge", "--abort"]);
    merge(&sandbox);
    sandbox.pmo("resolve projects/crm --theirs").ok();
    assert_eq!(sandbox.read(OTHER), list.replace("R-001", "R-005"));
    assert_eq!(unmerged(&sandbox), "");
}

#[test]
fn what_one_side_moved_and_the_other_removed_is_told() {
    let sandbox = diverged(
        |s| drop(s.pmo("renumber crm/R-001 4").ok()),
        |s| std::fs::remove_file(s.path(RISK)).unwrap(),
    );
    merge(&sandbox);
    let run = sandbox.pmo("resolve").exits(1);
    assert!(run.stdout.contains("theirs removed it, ours moved it here"), "{run}");
    assert!(sandbox.exists("projects/crm/risks/R-004.toml"));
    sandbox.pmo("resolve crm/R-004 --ours").ok();
    assert!(sandbox.exists("projects/crm/risks/R-004.toml"));
    assert_eq!(unmerged(&sandbox), "");
}

#[test]
fn commits_of_a_rebase_that_go_on_with_a_number_keep_it_from_being_given_away() {
    let sandbox = diverged(|s| s.write("projects/crm/risks/R-002.toml", "title = \"mine\"\n"), |_| {});
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"mine\"\nowner = \"jana-novak\"\n");
    sandbox.commit("its owner");
    sandbox.git(&["switch", "-q", "plan-b"]);
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"of others\"\n");
    sandbox.commit("others");
    sandbox.git(&["switch", "-q", "main"]);
    let before = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.sh("git rebase -q plan-b >/dev/null 2>&1 && exit 1 || exit 0", "sh");
    for line in ["resolve", "resolve crm/R-002 --ours"] {
        let run = sandbox.pmo(line).exits(1);
        let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("1 commit of this rebase that is still to come"), "{run}");
        assert!(said.contains("`git rebase --abort` and `git merge`"), "{run}");
        assert!(unmerged(&sandbox).contains("R-002"), "{run}");
    }
    sandbox.pmo("resolve crm/R-002 --theirs").ok();
    sandbox.git(&["-c", "core.editor=true", "rebase", "--continue"]);
    let mine = "title = \"mine\"\nowner = \"jana-novak\"\n";
    assert_eq!(sandbox.read("projects/crm/risks/R-002.toml"), mine);
    assert_eq!(sandbox.read("projects/crm/risks/R-003.toml"), "title = \"of others\"\n");

    // The other way: everything at once.
    sandbox.git(&["reset", "-q", "--hard", before.trim()]);
    merge(&sandbox);
    sandbox.pmo("resolve").ok();
    assert_eq!(sandbox.read("projects/crm/risks/R-002.toml"), mine);
    assert_eq!(sandbox.read("projects/crm/risks/R-003.toml"), "title = \"of others\"\n");
}

#[test]
fn what_was_chosen_by_hand_stays() {
    let sandbox = diverged(|s| s.replace(RISK, "= 3", "= 4"), |s| s.replace(RISK, "= 3", "= 5"));
    merge(&sandbox);
    sandbox.git(&["checkout", "-q", "--theirs", "--", RISK]);
    let run = sandbox.pmo("resolve crm/R-001 --ours").exits(1);
    assert!(run.stdout.contains("somebody has begun to mend"), "{run}");
    assert!(sandbox.read(RISK).contains("probability = 5"));
}
