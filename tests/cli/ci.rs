//! `pmo ci` and `pmo init --ci`: files that code hosts take, and whose commands work.

use serde_json::Value;

use crate::harness::Sandbox;

/// Reads a file as YAML.
fn yaml(sandbox: &Sandbox, path: &str) -> Value {
    serde_yaml::from_str(&sandbox.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every value under a key, wherever it stands.
fn all<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get(key));
            map.values().for_each(|inner| all(inner, key, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| all(inner, key, found)),
        _ => {}
    }
}

fn found<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    all(value, key, &mut found);
    found
}

const CHECK: &str = ".github/workflows/pmo-check.yml";
const WEEKLY: &str = ".github/workflows/pmo-weekly.yml";

#[test]
fn workflows_for_github_are_pinned_and_may_do_no_more_than_they_must() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    let run = sandbox.pmo("ci github").ok();
    assert!(
        run.stdout.is_empty() && run.stderr.contains("git add") && run.stderr.contains("required"),
        "{run}"
    );
    for path in [CHECK, WEEKLY] {
        let workflow = yaml(&sandbox, path);
        assert!(workflow["on"].is_object() && workflow["jobs"].is_object(), "{path}");
        assert_eq!(workflow["permissions"], serde_json::json!({ "contents": "read" }), "{path}");
        for job in workflow["jobs"].as_object().unwrap().values() {
            assert!(job["timeout-minutes"].is_u64() && job["runs-on"] == "ubuntu-latest", "{path}");
        }
        let uses = found(&workflow, "uses");
        assert!(uses.len() >= 2, "{path}");
        for action in uses {
            let action = action.as_str().unwrap();
            let (name, commit) = action.split_once('@').unwrap();
            assert!(name.starts_with("actions/"), "{action}");
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
            // The version stands beside it, for people and for the bot that lifts it.
            assert!(sandbox.read(path).contains(&format!("{action} # v")), "{action}");
        }
        for with in found(&workflow, "with").iter().filter(|with| with.get("fetch-depth").is_some()) {
            assert_eq!(with["fetch-depth"], 0);
            assert_eq!(with["persist-credentials"], false);
        }
        // What somebody else wrote never becomes part of a script.
        for script in found(&workflow, "run") {
            assert!(!script.as_str().unwrap().contains("${{"), "{script}");
        }
    }
    assert!(yaml(&sandbox, CHECK)["on"].get("pull_request").is_some());
    let weekly = yaml(&sandbox, WEEKLY);
    // Friday is the deadline, so Saturday is the day of the report.
    let days: Vec<_> = found(&weekly, "cron").iter().map(|cron| cron.as_str().unwrap().to_owned()).collect();
    assert_eq!(days, ["17 4 * * 1", "23 10 * * 6"]);
    let writing: Vec<_> = weekly["jobs"].as_object().unwrap().iter().collect();
    let writing = writing.iter().filter(|(_, job)| job["permissions"]["contents"] == "write");
    assert_eq!(writing.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["drafts"]);
}

#[test]
fn a_register_in_a_folder_and_another_deadline_are_minded() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet"]);
    sandbox.write(
        "regs/it/pmo.toml",
        "[register]\nformat = 1\n[reporting]\ncadence = \"weekly\"\ndue = \"wednesday\"\ngrace_days = 2\n",
    );
    sandbox.pmo("-C regs/it ci github").ok();
    sandbox.pmo("-C regs/it ci gitlab").ok();
    let weekly = yaml(&sandbox, ".github/workflows/pmo-weekly-regs-it.yml");
    assert!(
        sandbox
            .read(".github/workflows/pmo-weekly-regs-it.yml")
            .contains("due on Wednesday, with 2 days of grace")
    );
    assert_eq!(found(&weekly, "cron")[1], "23 10 * * 6");
    for step in found(&weekly, "steps").iter().flat_map(|steps| steps.as_array().unwrap()) {
        let runs = step["run"].as_str().is_some_and(|run| run.lines().any(|l| l.starts_with("pmo ")));
        assert!(!runs || step["working-directory"] == "regs/it", "{step}");
    }
    assert!(sandbox.exists(".github/workflows/pmo-check-regs-it.yml"));
    let gitlab = sandbox.read(".gitlab/pmo-regs-it.yml");
    let calls = gitlab.lines().filter_map(|line| line.trim().strip_prefix("- pmo ")).collect::<Vec<_>>();
    assert!(calls.len() > 3 && calls.iter().all(|call| call.starts_with("-C \"regs/it\" ")), "{calls:?}");
    assert_eq!(yaml(&sandbox, ".gitlab-ci.yml")["include"][0]["local"], ".gitlab/pmo-regs-it.yml");
}

#[test]
fn what_is_there_stays_and_a_dry_run_writes_nothing() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    let before = sandbox.files();
    let run = sandbox.pmo("ci gitlab --dry-run").ok();
    assert!(
        run.stdout.contains("# ---- .gitlab/pmo.yml") && run.stdout.contains("merge_request_event"),
        "{run}"
    );
    assert_eq!(sandbox.files(), before);
    sandbox.write(".gitlab-ci.yml", "test:\n  script: make\n");
    let run = sandbox.pmo("ci gitlab").ok();
    assert!(
        run.stderr.contains(".gitlab-ci.yml was there") && run.stderr.contains("- local: .gitlab/pmo.yml"),
        "{run}"
    );
    assert_eq!(sandbox.read(".gitlab-ci.yml"), "test:\n  script: make\n");
    sandbox.write(CHECK, "mine");
    let run = sandbox.pmo("ci github").ok();
    assert!(run.stderr.contains("left as it is"), "{run}");
    assert_eq!(sandbox.read(CHECK), "mine");
    assert!(sandbox.pmo("ci github").ok().stderr.contains("nothing is missing"));
    let run = sandbox.pmo("ci jenkins").exits(2);
    assert!(run.stderr.contains("github, gitlab"), "{run}");
}

#[test]
fn a_template_of_the_organisations_own_goes_first() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.write("templates/ci/github-check.yml", "# ours, for pmo {{ version }}\n");
    sandbox.pmo("ci github").ok();
    assert_eq!(sandbox.read(CHECK), format!("# ours, for pmo {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_new_register_may_begin_with_them() {
    let sandbox = Sandbox::new();
    let run = sandbox.pmo("init it --name IT --ci github --dry-run").ok();
    assert!(run.stdout.contains(&format!("new     {CHECK}\n")) && !sandbox.exists("it"), "{run}");
    sandbox.pmo("init it --name IT --ci github").ok();
    assert!(sandbox.exists(&format!("it/{CHECK}")) && sandbox.exists(&format!("it/{WEEKLY}")));
    sandbox.pmo("-C it check").ok();
    // In a repository that is there, the files stand at its root and know the folder.
    sandbox.git(&["init", "--quiet", "repo"]);
    sandbox.pmo("init repo/deep/er --name IT --ci github").ok();
    assert!(sandbox.read("repo/.github/workflows/pmo-check-deep-er.yml").contains("\"deep/er\""));
}

/// Runs the lines of a script that call pmo and git, as the host's shell does: everything in one shell that stops at
/// the first failure.
fn play(sandbox: &Sandbox, script: &str) {
    sandbox.sh(&format!("set -eu\nPATH=\"$(dirname \"$0\"):$PATH\"\n{script}"), env!("CARGO_BIN_EXE_pmo"));
}

/// A clone on a branch with one good and one changed file, merged as a host would.
fn demo_with_remote() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo hub/reg").ok();
    sandbox.sh("mv hub/reg/.git hub/.git && cd hub && git add -A && git commit -qm moved", "sh");
    sandbox.git(&["-C", "hub", "config", "receive.denyCurrentBranch", "updateInstead"]);
    sandbox.git(&["clone", "--quiet", "hub", "clone"]);
    sandbox
}

#[test]
fn the_steps_for_github_run() {
    let sandbox = demo_with_remote();
    sandbox.pmo("-C clone/reg ci github").ok();
    sandbox.sh(
        "cd clone && git switch -qc change && git add -A && git commit -qm ci && git switch -q main && \
        git merge -q --no-ff change",
        "sh",
    );
    for (path, count) in [("check", 1), ("weekly", 4)] {
        let workflow = yaml(&sandbox, &format!("clone/.github/workflows/pmo-{path}-reg.yml"));
        let mut ran = 0;
        for step in found(&workflow, "steps").iter().flat_map(|steps| steps.as_array().unwrap()) {
            let Some(script) = step["run"].as_str().filter(|run| !run.contains("cargo install")) else {
                continue;
            };
            let folder = step["working-directory"].as_str().unwrap_or(".");
            let around = format!(
                "cd clone/{folder}\nexport GITHUB_STEP_SUMMARY=\"$HOME/summary\" RUNNER_TEMP=\"$HOME\" TOKEN=t\n\
                 export REPOSITORY=it/reg PULL_REQUEST=1\n"
            );
            play(&sandbox, &format!("{around}{script}"));
            ran += 1;
        }
        assert!(ran >= count, "{path}: {ran}");
    }
    assert!(
        sandbox
            .git(&["-C", "hub", "log", "-1", "--format=%an %s"])
            .starts_with("github-actions[bot] Drafts of")
    );
    sandbox.sh("grep -q Northwind \"$HOME/summary\" && ls \"$HOME\"/report/*", "sh");
}

#[test]
fn the_scripts_for_gitlab_run() {
    let sandbox = demo_with_remote();
    sandbox.pmo("-C clone/reg ci gitlab").ok();
    sandbox.sh("cd clone && git add -A && git commit -qm ci && git switch -q --detach", "sh");
    let jobs = yaml(&sandbox, "clone/.gitlab/pmo-reg.yml");
    let around = "cd clone\nexport CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_COMMIT_BRANCH=main CI_JOB_TOKEN=t \
        CI_SERVER_HOST=host CI_PROJECT_PATH=pmo PMO_PAGES_AUDIENCE=public\n";
    // The host's address is the hub beside the clone.
    sandbox.git(&["-C", "clone", "config", "url.../hub.insteadOf", "https://gitlab-ci-token:t@host/pmo.git"]);
    let mut ran = 0;
    for job in jobs.as_object().unwrap().values() {
        let Some(script) = job["script"].as_array() else { continue };
        let lines: Vec<&str> = script.iter().map(|line| line.as_str().unwrap()).collect();
        play(&sandbox, &format!("{around}{}", lines.join("\n")));
        ran += 1;
    }
    assert!(ran >= 3, "{ran}");
    assert!(sandbox.git(&["-C", "hub", "log", "-1", "--format=%s", "main"]).starts_with("Drafts of"));
    let report: Value = serde_json::from_str(&sandbox.read("clone/gl-code-quality-report.json")).unwrap();
    assert!(report.is_array());
}

#[test]
fn the_comment_is_made_once_and_changed_after_that() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.pmo("ci github").ok();
    let workflow = yaml(&sandbox, CHECK);
    let job = &workflow["jobs"]["effect"];
    assert_eq!(job["permissions"], serde_json::json!({ "contents": "read", "pull-requests": "write" }));
    let steps = job["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == "Keep it in one comment").unwrap();
    // A pull request from a fork has no right to write, and is not asked to.
    assert_eq!(step["if"], "github.event.pull_request.head.repo.full_name == github.repository");
    // A code host that answers with what `known` holds, and notes what it was asked.
    sandbox.write(
        "bin/gh",
        "#!/bin/sh\ncase \"$*\" in *--paginate*) cat \"$HOME/known\";; *) echo \"$*\" >> \"$HOME/asked\";; esac\n",
    );
    let script = step["run"].as_str().unwrap();
    let around = "chmod +x bin/gh\nexport PATH=\"$PWD/bin:$PATH\" RUNNER_TEMP=\"$HOME\" REPOSITORY=it/reg \
                  PULL_REQUEST=7\necho '# effect' > \"$HOME/effect.md\"\n";
    for known in ["", "41\n42\n"] {
        let known = format!("printf '{known}' > \"$HOME/known\"\n");
        play(&sandbox, &format!("{around}{known}{script}"));
    }
    sandbox.sh("cat \"$HOME/asked\" \"$HOME/comment.md\" > all.txt", "sh");
    let all = sandbox.read("all.txt");
    let lines: Vec<&str> = all.lines().collect();
    assert!(lines[0].contains("--method POST repos/it/reg/issues/7/comments"), "{all}");
    assert!(lines[1].contains("--method PATCH repos/it/reg/issues/comments/41 "), "{all}");
    assert_eq!(lines[2..], ["<!-- pmo diff -->", "# effect"]);
}
