//! A repository that brings programs, links, devices and things without end: looking at it runs nothing, writes
//! nothing, and comes to an end.

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::Sandbox;
use crate::register;
use crate::text::{LINES, each};

/// Every file below a folder, `.git` too, with its bytes and when it was written.
fn everything(root: &Path) -> BTreeMap<String, (Vec<u8>, i64, i64)> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let about = entry.metadata().unwrap();
            let name = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if about.is_dir() {
                folders.push(entry.path());
                found.insert(format!("{name}/"), (Vec::new(), 0, 0));
            } else {
                let bytes = if about.is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() };
                found.insert(name, (bytes, about.mtime(), about.mtime_nsec()));
            }
        }
    }
    found
}

/// A script that leaves a mark, and every setting of git that would run it.
fn trap(sandbox: &Sandbox, folder: &str) -> std::path::PathBuf {
    let mark = sandbox.dir().parent().unwrap().join("mark");
    let script = sandbox.dir().parent().unwrap().join("trap.sh");
    std::fs::write(&script, format!("#!/bin/sh\necho \"$0 $*\" >> {}\nexit 0\n", mark.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = script.display().to_string();
    let hooks = sandbox.dir().parent().unwrap().join("hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    for hook in
        ["pre-commit", "post-index-change", "fsmonitor-watchman", "post-checkout", "reference-transaction"]
    {
        std::fs::copy(&script, hooks.join(hook)).unwrap();
    }
    let included = sandbox.dir().parent().unwrap().join("included");
    std::fs::write(&included, format!("[filter \"included\"]\n\tclean = {run}\n\tprocess = {run}\n[diff \"included\"]\n\ttextconv = {run}\n")).unwrap();
    let shell = format!("!{run}");
    let hooks = hooks.display().to_string();
    let settings: Vec<(&str, &str)> = vec![
        ("core.fsmonitor", &run),
        ("core.hooksPath", &hooks),
        ("core.pager", &run),
        ("core.editor", &run),
        ("core.sshCommand", &run),
        ("core.gitProxy", &run),
        ("core.askPass", &run),
        ("core.alternateRefsCommand", &run),
        ("sequence.editor", &run),
        ("pager.log", &run),
        ("pager.diff", &run),
        ("diff.external", &run),
        ("diff.trap.textconv", &run),
        ("diff.trap.command", &run),
        ("filter.trap.clean", &run),
        ("filter.trap.smudge", &run),
        ("filter.trap.process", &run),
        ("filter.trap.required", "true"),
        ("merge.trap.driver", &run),
        ("gpg.program", &run),
        ("gpg.ssh.program", &run),
        ("log.showSignature", "true"),
        ("credential.helper", &shell),
        ("interactive.diffFilter", &run),
        ("alias.status", &shell),
        ("alias.diff", &shell),
        ("alias.log", &shell),
        ("alias.cat-file", &shell),
        ("alias.rev-list", &shell),
        ("alias.ls-files", &shell),
        ("alias.config", &shell),
        ("protocol.ext.allow", "always"),
        ("remote.origin.uploadpack", &run),
        ("core.untrackedCache", "true"),
        ("status.submoduleSummary", "true"),
        ("diff.submodule", "diff"),
        ("submodule.recurse", "true"),
    ];
    let mut config = String::new();
    for (key, value) in &settings {
        let (section, name) = key.rsplit_once('.').unwrap();
        let header = match section.split_once('.') {
            Some((section, below)) => format!("[{section} \"{below}\"]"),
            None => format!("[{section}]"),
        };
        config.push_str(&format!("{header}\n\t{name} = {value}\n"));
    }
    config.push_str(&format!(
        "[remote \"origin\"]\n\turl = ext::{run} %S\n[include]\n\tpath = {}\n",
        included.display()
    ));
    let file = sandbox.path(folder).join(".git/config");
    let before = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, before + &config).unwrap();
    mark
}

/// A register of the demo's records with two commits, and a repository inside it.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    register::write(&sandbox, &register::harmless);
    sandbox.write(
        ".gitattributes",
        "*.toml filter=trap diff=trap merge=trap\n*.md filter=included diff=included\n",
    );
    sandbox.write("projects/crm-migration/docs/note.md", "A note.\n");
    sandbox.git_init();
    sandbox.replace("projects/crm-migration/project.toml", "state = \"active\"", "state = \"closing\"");
    sandbox.commit("Close it");
    let inner = "cd projects/crm-migration/docs && git init --quiet inner && cd inner && echo a > a.md \
                 && echo '*.md filter=trap' > .gitattributes && git add . && git commit --quiet -m inner && cd ../../../.. \
                 && git add --all 2>/dev/null && git commit --quiet -m nested";
    sandbox.sh(inner, "");
    sandbox
}

#[test]
fn looking_runs_nothing_that_the_repository_brings_and_writes_nothing() {
    let sandbox = repository();
    sandbox.pmo("report period -O html -o week.html").ok();
    let mark = trap(&sandbox, "");
    trap(&sandbox, "projects/crm-migration/docs/inner");
    // Files that look changed, so that git would ask its filters.
    sandbox.replace("projects/crm-migration/project.toml", "state = \"closing\"", "state = \"active\"");
    sandbox.write("projects/crm-migration/docs/note.md", "Another.\n");
    sandbox.write("projects/crm-migration/docs/inner/a.md", "Another.\n");
    sandbox.sh("find . -name '*.toml' -exec touch -d '2026-11-21' {} +", "");
    let more = [
        "check --changed-since HEAD~1",
        "check --staged",
        "report portfolio --at HEAD~1",
        "report raid --at 2026-11-20",
        "show crm-migration --at HEAD~1",
        "verify week.html",
        "diff --at HEAD",
        "log crm-migration --at HEAD~1",
    ];
    // What is staged becomes a tree of git's once, to which nothing leads.
    drop(sandbox.pmo("check --staged"));
    let before = everything(&sandbox.dir());
    let lines: Vec<&str> = LINES.iter().copied().chain(more).collect();
    each(&lines, |line| drop(sandbox.pmo(line)));
    let said = std::fs::read_to_string(&mark).unwrap_or_default();
    assert!(said.is_empty(), "it ran: {said}");
    let after = everything(&sandbox.dir());
    let differs: Vec<&String> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(differs.is_empty(), "written: {differs:?}");
}

#[test]
fn what_a_partial_clone_lacks_is_not_fetched() {
    let sandbox = repository();
    let mark = trap(&sandbox, "");
    sandbox.sh(
        "git config core.repositoryFormatVersion 1 && git config extensions.partialClone origin \
         && git config remote.origin.promisor true \
         && id=$(git rev-parse HEAD~2:projects/crm-migration/project.toml) \
         && rm -f .git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-)",
        "",
    );
    for line in ["report portfolio --at HEAD~2", "log crm-migration", "diff HEAD~2", "trend", "check"] {
        drop(sandbox.pmo(line));
    }
    assert!(!mark.exists(), "it ran: {}", std::fs::read_to_string(&mark).unwrap());
}

#[test]
fn a_filter_that_cannot_be_turned_off_is_refused() {
    let sandbox = repository();
    let mark = trap(&sandbox, "");
    sandbox.write(".gitattributes", "*.toml filter=a=b\n");
    let script = sandbox.dir().parent().unwrap().join("trap.sh").display().to_string();
    sandbox.git(&["config", "filter.a=b.clean", &script]);
    sandbox.sh("find . -name '*.toml' -exec touch -d '2026-11-21' {} +", "");
    let run = sandbox.pmo("check --changed-since HEAD~1").exits(2);
    assert!(run.stderr.contains("a filter with `=` in its name"), "{run}");
    assert!(!mark.exists(), "it ran");
}

#[test]
fn pipes_devices_and_files_without_end_do_not_hold_it_up() {
    let sandbox = Sandbox::register();
    sandbox.sh("mkdir -p projects/crm/risks projects/crm/docs templates people && mkfifo projects/crm/risks/R-001.toml people/pipe.toml templates/risk.toml projects/crm/docs/pipe", "");
    symlink("/dev/zero", sandbox.path("projects/crm/risks/R-002.toml")).unwrap();
    symlink("/dev/stdin", sandbox.path("projects/crm/risks/R-003.toml")).unwrap();
    symlink("/etc/passwd", sandbox.path("templates/charter.md")).unwrap();
    std::fs::create_dir(sandbox.path("projects/crm/risks/R-004.toml")).unwrap();
    // 100 MiB that take no room.
    for path in ["projects/crm/risks/R-005.toml", "projects/crm/docs/large", "templates/large.md"] {
        std::fs::File::create(sandbox.path(path)).unwrap().set_len(100 << 20).unwrap();
    }
    let run = sandbox.pmo("check -O concise").exits(1);
    for (path, words) in [
        ("risks/R-001.toml", "no regular file"),
        ("people/pipe.toml", "no regular file"),
        ("risks/R-002.toml", "not in the register"),
        ("risks/R-003.toml", "not in the register"),
        ("risks/R-005.toml", "larger than 8 MiB"),
    ] {
        let line = run.stdout.lines().find(|line| line.contains(path)).unwrap_or_default();
        assert!(line.contains(words), "{path}: {run}");
    }
    let started = Instant::now();
    for line in ["", "report portfolio", "report raid", "find crm", "risk list", "show crm", "status chase"] {
        let run = sandbox.pmo(line);
        assert!(run.code <= 1 && run.code >= 0, "{run}");
    }
    for line in ["template show charter", "template new charter crm"] {
        let run = sandbox.pmo(line);
        assert!(!run.stdout.contains("root:") && !run.stderr.contains("root:"), "{run}");
    }
    assert!(
        !sandbox.exists("projects/crm/docs/charter.md")
            || !sandbox.read("projects/crm/docs/charter.md").contains("root:")
    );
    assert!(started.elapsed() < Duration::from_secs(20));
    // The settings themselves.
    std::fs::remove_file(sandbox.path("pmo.toml")).unwrap();
    std::fs::File::create(sandbox.path("pmo.toml")).unwrap().set_len(100 << 20).unwrap();
    let run = sandbox.pmo("report portfolio").exits(2);
    assert!(run.stderr.contains("larger than 8 MiB"), "{run}");
    std::fs::remove_file(sandbox.path("pmo.toml")).unwrap();
    symlink("/etc/passwd", sandbox.path("pmo.toml")).unwrap();
    let run = sandbox.pmo("report portfolio").exits(2);
    assert!(run.stderr.contains("not in the register"), "{run}");
}

#[test]
fn a_register_inside_a_register_is_one_of_its_own() {
    let sandbox = Sandbox::register();
    sandbox.write("projects/crm/docs/inner/pmo.toml", "[register]\nformat = 1\nname = \"Inner\"\n");
    sandbox.write("projects/crm/docs/inner/projects/x/project.toml", "name = 1\n");
    sandbox.pmo("check").ok();
    let run = sandbox.pmo("-C projects/crm/docs/inner report portfolio");
    assert!(run.stdout.contains("Inner") && !run.stdout.contains("Northwind"), "{run}");
}

/// A text that doubles with each turn.
const GROWS: &str =
    "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t = ns.t ~ ns.t %}\n{% endfor %}";

#[test]
fn a_template_takes_no_more_room_than_it_is_given() {
    let sandbox = Sandbox::register();
    let most = 1 << 20;
    for source in [
        GROWS,
        "{% set ns = namespace(l=[]) %}{% set x = 'x' * 1000000 %}{% for i in range(99999) %}{% set ns.l = ns.l + [x|upper] %}{% endfor %}",
    ] {
        sandbox.write("templates/charter.md", source);
        // In KiB: twice that, and the program could not go on.
        sandbox.sh(
            &format!(
                "ulimit -v {}; \"$0\" template new charter crm 2> said && exit 1; grep -q 'on the way' said",
                2 * most
            ),
            env!("CARGO_BIN_EXE_pmo"),
        );
    }
}

#[test]
fn a_template_comes_to_an_end_and_reads_nothing_but_what_it_is_given() {
    let sandbox = Sandbox::register();
    std::fs::write(sandbox.dir().parent().unwrap().join("secret.md"), "SECRET").unwrap();
    let cases = [
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", ""),
        (
            "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
            "does not come to an end",
        ),
        ("\n{% for a in range(99999999) %}x{% endfor %}", "range"),
        ("{% include 'charter.md' %}", ""),
        ("{% include '../secret.md' %}", "does not exist"),
        ("{% include '/etc/passwd' %}", "does not exist"),
        ("{% import '../pmo.toml' as x %}", "does not exist"),
        ("\n\n{{ 'x' * 999999999 }}", "too large"),
        ("{{ ('x' * 20000) | replace('x', 'x' * 20000) }}", "over 128 MiB"),
        ("{{ (['x' * 1000000] * 200) | join(',') }}", "over 128 MiB"),
        ("{{ 'x' | indent(2000000000, true) }}", "1000 columns"),
        ("{{ '%2000000000d' | format(1) }}", "999 columns"),
        ("{% for a in range(9) %}{{ ('x' * 60000000) | safe }}{% endfor %}", "MiB of texts"),
        (GROWS, "over 64 MiB on the way"),
        ("{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('x') }}", ""),
    ];
    for (source, words) in cases {
        sandbox.write("templates/charter.md", source);
        let started = Instant::now();
        let run = sandbox.pmo("template new charter crm").exits(2);
        assert!(
            run.stderr.contains("templates/charter.md:") && run.stderr.contains(words),
            "{source}: {run}"
        );
        assert!(!run.stderr.contains("SECRET") && run.stderr.len() < 2_000, "{source}: {run}");
        assert!(started.elapsed() < Duration::from_secs(30), "{source}");
        assert!(!sandbox.exists("projects/crm/docs/charter.md"));
    }
}

#[test]
fn years_and_figures_at_the_ends_of_their_ranges_come_to_an_end() {
    for (early, late) in [("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01")] {
        let sandbox = Sandbox::new();
        register::write(&sandbox, &register::harmless);
        for (path, text) in sandbox.files() {
            if !path.ends_with(".toml") {
                continue;
            }
            let mut number = 0;
            let odd = text.lines().map(|line| odd_line(line, &mut number, early, late) + "\n");
            sandbox.write(&path, &odd.collect::<String>());
        }
        for period in ["0001-W01", "9999-W52"] {
            sandbox.write(
                &format!("projects/crm-migration/status/{period}.toml"),
                "summary = \"Far\"\n[rag]\noverall = \"green\"\n",
            );
        }
        let lines: Vec<&str> = LINES
            .iter()
            .copied()
            .filter(|line| !line.starts_with("show") && !line.contains(" list"))
            .collect();
        each(&lines, |line| {
            let started = Instant::now();
            let run = sandbox.pmo(line);
            let took = started.elapsed();
            assert!((0..=2).contains(&run.code) && !run.stderr.contains("panicked"), "{run}");
            assert!(took < Duration::from_secs(15), "{line}: {took:?}");
        });
    }
}

/// The line with its date or whole number at an end of what there is.
fn odd_line(line: &str, number: &mut usize, early: &str, late: &str) -> String {
    let Some((key, value)) = line.split_once(" = ").filter(|(key, _)| *key != "format") else {
        return line.to_owned();
    };
    let is_date = value.len() == 10 && value.as_bytes().get(4) == Some(&b'-') && value.starts_with('2');
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    *number += 1;
    match (is_date, is_number, *number % 3) {
        (true, _, 0) => format!("{key} = {early}"),
        (true, _, 1) => format!("{key} = {late}"),
        (_, true, 0) => format!("{key} = 1000000000"),
        (_, true, 1) => format!("{key} = 255"),
        _ => line.to_owned(),
    }
}
