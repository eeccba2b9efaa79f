//! Several people at once: every record has a number of its own, every change is there or was refused.

use std::collections::BTreeSet;

use crate::harness::Sandbox;

#[test]
fn records_added_at_the_same_time_have_numbers_of_their_own() {
    const PEOPLE: usize = 8;
    const EACH: usize = 12;
    let sandbox = Sandbox::register();
    let said: Vec<String> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let sandbox = &sandbox;
                scope.spawn(move || {
                    let add =
                        |turn| sandbox.pmo(&format!("risk add crm --title risk-{person}-{turn}")).ok().stderr;
                    (0..EACH).map(add).collect::<Vec<String>>()
                })
            })
            .collect();
        people.into_iter().flat_map(|person| person.join().unwrap()).collect()
    });
    let ids: BTreeSet<&str> =
        said.iter().filter_map(|said| said.strip_prefix("added ")?.split(':').next()).collect();
    assert_eq!(ids.len(), PEOPLE * EACH, "{said:#?}");
    let json = sandbox.pmo("risk list -O json").ok().json();
    let titles: BTreeSet<&str> =
        json["records"].as_array().unwrap().iter().map(|risk| risk["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), PEOPLE * EACH);
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
    assert!(waited.stderr.contains("pmo risk add crm --title Slow"), "{waited}");
    sandbox.pmo("risk add crm --title Second").ok();
}
