//! Simulated teams: several clones, random edits by command and by hand, merged by git with and without the driver.
//!
//! Whatever one person alone said of a field is there after the merge; what two people said of one field, or
//! two records of one number, is a conflict and never a silent pick; and `pmo resolve` with a choice for each
//! leaves files that can be read. `PMO_FULL=1` plays more teams.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::harness::Sandbox;

/// A small generator of chances, so that a seed plays the same game everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// A field of a file: its path and its key.
type Field = (String, String);

/// What one person did since the clones were made.
#[derive(Debug, Default)]
struct Deeds {
    /// Fields set, each to a value that nobody else would write.
    set: BTreeMap<Field, String>,
    /// Entries added to lists.
    listed: Vec<(String, String)>,
    /// Milestones added, with their ids.
    milestones: Vec<String>,
    /// Titles of new records.
    titles: Vec<String>,
    /// Comments written by hand.
    comments: Vec<String>,
}

const PROJECT: &str = "projects/crm/project.toml";
const FIELDS: &[&str] = &["owner", "plan", "cause", "event", "effect", "category"];

fn risk(number: usize) -> String {
    format!("projects/crm/risks/R-{number:03}.toml")
}

fn origin() -> Sandbox {
    let sandbox = Sandbox::register();
    let mut milestones = String::new();
    for i in 0..4 {
        let _ =
            write!(milestones, "\n# about m{i}\n[[milestone]]\nid = \"m{i}\"\nname = \"M\"\nkey = true\n");
    }
    let project = sandbox.read(PROJECT);
    sandbox.write(PROJECT, &format!("{project}{milestones}"));
    for number in 1..=4 {
        let text: String = FIELDS.iter().fold("title = \"t\" # the title\n".to_owned(), |mut text, field| {
            let _ = writeln!(text, "{field} = \"before\" # {field}");
            text
        });
        sandbox.write(&risk(number), &format!("{text}links = [\n  \"crm\", # first\n]\n"));
    }
    sandbox.git_init();
    sandbox
}

/// One person's edits in a clone, each by command or by hand.
fn work(sandbox: &Sandbox, who: &str, dice: &mut Dice) -> Deeds {
    let mut deeds = Deeds::default();
    for turn in 0..3 + dice.roll(5) {
        let new = format!("{who}-{turn}");
        match dice.roll(6) {
            0 | 1 => {
                let (path, key) = (risk(1 + dice.roll(4)), FIELDS[dice.roll(FIELDS.len())]);
                let by_hand = dice.roll(2) == 0;
                let id = path.trim_start_matches("projects/").replace("/risks/", "/").replace(".toml", "");
                if by_hand {
                    let text = sandbox.read(&path);
                    let line =
                        text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap().to_owned();
                    let comment = format!("# hand of {new}");
                    sandbox.replace(&path, &line, &format!("{comment}\n{key} = \"{new}\" # {key}"));
                    deeds.comments.push(comment);
                } else {
                    sandbox.pmo_args(&["set", &id, &format!("{key}={new}")]).ok();
                }
                deeds.set.insert((path, key.to_owned()), new);
            }
            2 => {
                let path = risk(1 + dice.roll(4));
                sandbox.replace(&path, "links = [\n", &format!("links = [\n  \"#{new}\", # {new}\n"));
                deeds.listed.push((path, format!("\"#{new}\"")));
            }
            3 => {
                let text = sandbox.read(PROJECT);
                let block =
                    format!("\n# new {new}\n[[milestone]]\nid = \"{new}\"\nname = \"M\"\nkey = true\n");
                sandbox.write(PROJECT, &format!("{text}{block}"));
                deeds.milestones.push(new);
            }
            4 => {
                let id = dice.roll(4);
                sandbox.pmo_args(&["set", "crm", &format!("milestone.m{id}.name={new}")]).ok();
                deeds.set.insert((PROJECT.into(), format!("milestone.m{id}.name")), new);
            }
            _ => {
                sandbox.pmo_args(&["risk", "add", "crm", "--title", &new]).ok();
                deeds.titles.push(new);
            }
        }
    }
    sandbox.commit(who);
    deeds
}

/// Plays one team: two people work on branches of one clone's state, then one merges the other.
fn play(seed: u64, driver: bool) -> usize {
    let mut dice = Dice(seed);
    let sandbox = origin();
    if driver {
        sandbox.pmo("hook install --merge-driver").ok();
        sandbox.commit("driver");
    }
    // A clone of its own, whose branch nobody sees, so that numbers can meet.
    let amir = Sandbox::new();
    amir.git(&["clone", "-q", &sandbox.dir().display().to_string(), "."]);
    let theirs = work(&amir, "amir", &mut dice);
    let ours = work(&sandbox, "jana", &mut dice);
    let script = format!(
        "PATH=\"$(dirname \"$0\"):$PATH\"; git pull -q --no-rebase --no-edit {} main >.git/said 2>&1; exit 0",
        amir.dir().display()
    );
    sandbox.sh(&script, env!("CARGO_BIN_EXE_pmo"));
    let both: BTreeSet<&Field> = ours.set.keys().filter(|field| theirs.set.contains_key(*field)).collect();
    let numbers_meet = !ours.titles.is_empty() && !theirs.titles.is_empty();
    let stopped = !sandbox.git(&["diff", "--name-only", "--diff-filter=U"]).is_empty();
    if driver {
        let said = sandbox.read(".git/said");
        assert_eq!(stopped, !both.is_empty() || numbers_meet, "seed {seed}: {both:?}\n{said}");
    }
    assert!(stopped || (both.is_empty() && !numbers_meet), "seed {seed}: a silent pick");
    let mut asked = 0;
    if stopped {
        let run = sandbox.pmo("resolve");
        assert_eq!(run.code, i32::from(!both.is_empty()), "seed {seed}: {both:?}\n{run}");
        let left = sandbox.git(&["diff", "--name-only", "--diff-filter=U"]);
        for path in left.lines() {
            asked += 1;
            let met: Vec<&&Field> = both.iter().filter(|(file, _)| file == path).collect();
            assert!(!met.is_empty(), "seed {seed}: {path} needs nobody\n{run}");
            for (_, key) in met {
                assert!(run.stdout.contains(&format!("{key}:\n")), "seed {seed}: {key}\n{run}");
            }
            sandbox.pmo_args(&["resolve", path, "--theirs"]).ok();
        }
        sandbox.git(&["commit", "-q", "--no-edit"]);
    }
    let files = sandbox.files();
    let text = |path: &str| files.get(path).map(String::as_str).unwrap_or_default();
    for (deeds, wins) in [(&ours, false), (&theirs, true)] {
        for ((path, key), value) in &deeds.set {
            let is_met = both.contains(&(path.clone(), key.clone()));
            assert_eq!(
                text(path).contains(&format!("\"{value}\"")),
                !is_met || wins,
                "seed {seed}: {path} {key}\n{}",
                text(path)
            );
        }
        for (path, entry) in &deeds.listed {
            assert!(text(path).contains(entry), "seed {seed}: {path} {entry}\n{}", text(path));
        }
        for id in &deeds.milestones {
            let once = text(PROJECT).matches(&format!("id = \"{id}\"")).count();
            assert_eq!(once, 1, "seed {seed}: {id}\n{}", text(PROJECT));
        }
        for title in &deeds.titles {
            let found = files.iter().filter(|(path, text)| {
                path.starts_with("projects/crm/risks/") && text.contains(&format!("\"{title}\""))
            });
            assert_eq!(found.count(), 1, "seed {seed}: {title}");
        }
        for comment in &deeds.comments {
            assert!(files.values().any(|text| text.contains(comment)), "seed {seed}: {comment}");
        }
    }
    let run = sandbox.pmo("check -O concise");
    assert!(!run.stdout.contains("conflict-marker") && !run.stdout.contains("invalid"), "seed {seed}: {run}");
    assert!(!run.stdout.contains("duplicate"), "seed {seed}: {run}");
    asked
}

fn teams() -> u64 {
    if std::env::var_os("PMO_FULL").is_some() { 60 } else { 4 }
}

#[test]
fn teams_merged_by_plain_git_lose_nothing() {
    let asked: usize = (0..teams()).map(|seed| play(seed, false)).sum();
    assert!(asked > 0, "no game in which two people met");
}

#[test]
fn teams_merged_with_the_driver_lose_nothing() {
    let asked: usize = (0..teams()).map(|seed| play(1_000 + seed, true)).sum();
    assert!(asked > 0, "no game in which two people met");
}
