//! Several people at once: every record has a number of its own, every change is there or was refused.

use std::collections::BTreeSet;

use crate::harness::{Sandbox, is_full};

#[test]
fn records_added_at_the_same_time_have_numbers_of_their_own() {
    const PEOPLE: usize = 8;
    let each = if is_full() { 500 } else { 8 };
    let begun = std::time::Instant::now();
    let sandbox = Sandbox::register();
    let said: Vec<String> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let sandbox = &sandbox;
                scope.spawn(move || {
                    // Who waited too long was told so, lost nothing, and types the same again.
                    let add = |turn| loop {
                        let run = sandbox.pmo(&format!("risk add crm --title risk-{person}-{turn}"));
                        if run.code == 0 {
                            break run.stderr;
                        }
                        assert!(run.stderr.contains("another pmo is writing here (process "), "{run}");
                        eprintln!("waited too long: {}", run.stderr.trim());
                    };
                    (0..each).map(add).collect::<Vec<String>>()
                })
            })
            .collect();
        people.into_iter().flat_map(|person| person.join().unwrap()).collect()
    });
    let ids: BTreeSet<&str> =
        said.iter().filter_map(|said| said.strip_prefix("added ")?.split(':').next()).collect();
    assert_eq!(ids.len(), PEOPLE * each, "{said:#?}");
    assert_eq!(std::fs::read_dir(sandbox.path("projects/crm/risks")).unwrap().count(), PEOPLE * each);
    let json = sandbox.pmo("risk list -O json").ok().json();
    let titles: BTreeSet<&str> =
        json["records"].as_array().unwrap().iter().map(|risk| risk["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), PEOPLE * each);
    eprintln!("{} risks by {PEOPLE} at once in {:.0} s", PEOPLE * each, begun.elapsed().as_secs_f64());
}

#[test]
fn values_set_at_the_same_time_are_all_there() {
    let keys = ["description", "plan", "severity", "due", "owner", "resolution"];
    let values = ["one", "two", "high", "2026-12-01", "jana-novak", "three"];
    let sandbox =
        Sandbox::register().with("projects/crm/issues/I-001.toml", "title = \"No interface\" # seen\n");
    std::thread::scope(|scope| {
        for (key, value) in keys.into_iter().zip(values) {
            let sandbox = &sandbox;
            scope.spawn(move || sandbox.pmo(&format!("set crm/I-001 {key}={value}")).ok());
        }
    });
    let text = sandbox.read("projects/crm/issues/I-001.toml");
    assert!(text.starts_with("title = \"No interface\" # seen\n"), "{text}");
    for (key, value) in keys.into_iter().zip(values) {
        assert!(text.contains(&format!("{key} = ")) && text.contains(value), "{key}: {text}");
    }
    sandbox.pmo("check -A charter-incomplete -A no-sponsor -A status-incomplete").ok();
}

#[test]
fn who_waits_too_long_is_told_for_whom() {
    let sandbox = Sandbox::register();
    // Somebody's commit hook takes until it is told to end; what is written with it holds the register.
    sandbox.git_init();
    let hook = "#!/bin/sh\ntouch begun\nfor i in $(seq 600); do [ -e end ] && exit 0; sleep 0.1; done\n";
    sandbox.write(".git/hooks/pre-commit", hook);
    sandbox.sh("chmod +x .git/hooks/pre-commit", "sh");
    let waited = std::thread::scope(|scope| {
        let slow = scope.spawn(|| sandbox.pmo("risk add crm --title Slow --commit").ok());
        while !sandbox.exists("begun") && !slow.is_finished() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        // Who only reads does not wait.
        sandbox.pmo("report portfolio").ok();
        assert!(!slow.is_finished());
        let waited = sandbox.pmo("risk add crm --title Second").exits(2);
        sandbox.write("end", "");
        slow.join().unwrap();
        waited
    });
    let told = "pmo risk add crm --title Slow --commit, since 20";
    assert!(waited.stderr.contains(told) && waited.stderr.contains("(process "), "{waited}");
    sandbox.pmo("risk add crm --title Second").ok();
}

#[test]
fn one_key_set_by_many_has_a_value_that_somebody_set_and_readers_never_meet_a_torn_file() {
    let sandbox =
        Sandbox::register().with("projects/crm/issues/I-001.toml", "title = \"No interface\" # seen\n");
    let (turns, long) = (if is_full() { 60 } else { 6 }, "x".repeat(4000));
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|person| {
                let (sandbox, long) = (&sandbox, &long);
                scope.spawn(move || {
                    for turn in 0..turns {
                        // Long and short, so that half of one file and half of another would not go together.
                        let filler = if turn % 2 == 0 { long.as_str() } else { "y" };
                        let set = ["set", "crm/I-001", &format!("description={person}-{turn}-{filler}-end")];
                        sandbox.pmo_args(&set).ok();
                    }
                })
            })
            .collect();
        while writers.iter().any(|writer| !writer.is_finished()) {
            let run = sandbox.pmo("issue list -O json");
            assert!(run.code == 0 && !run.stderr.contains("cannot be"), "{run}");
            let json = run.json();
            assert_eq!(json["records"][0]["title"], "No interface", "{run}");
            let text = sandbox.read("projects/crm/issues/I-001.toml");
            assert!(text.ends_with("-end\"\n") || text.ends_with("# seen\n"), "{text}");
        }
    });
    let text = sandbox.read("projects/crm/issues/I-001.toml");
    let is_last = (0..4).any(|person| text.contains(&format!("\"{person}-{}-", turns - 1)));
    assert!(is_last && text.starts_with("title = \"No interface\" # seen\n"), "{text}");
}

#[test]
fn another_git_at_work_is_waited_for_and_then_named_and_no_work_is_lost() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    let lock = sandbox.path(".git/index.lock");
    std::fs::write(&lock, "").unwrap();
    let before = sandbox.files();
    let run = sandbox.pmo("risk add crm --title Late --commit").exits(2);
    for said in
        ["another git process works in this repository", "index.lock", "remove it", "nothing was written"]
    {
        assert!(run.stderr.contains(said), "{run}");
    }
    assert_eq!(sandbox.files(), before);
    // One that ends in time is no trouble.
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(500));
            std::fs::remove_file(&lock).unwrap();
        });
        sandbox.pmo("risk add crm --title Late --commit").ok();
    });
    // What git meets only when the files are written stays written.
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\n: > .git/refs/heads/main.lock\n");
    sandbox.sh("chmod +x .git/hooks/pre-commit", "sh");
    let run = sandbox.pmo("risk add crm --title Later --commit").exits(2);
    assert!(run.stderr.contains("the files are written; they are only not committed"), "{run}");
    assert!(sandbox.exists("projects/crm/risks/R-002.toml"));
}
