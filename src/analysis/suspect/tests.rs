//! Fingerprints that stay, and what makes a link suspect.

use super::*;
use crate::analysis::tests::{day, register};
use crate::model::{RecordId, Ref, Register};

const TODAY: &str = "2026-11-20";

const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nschedule.finish = 2027-03-31\n\
    budget.approved = 1_200_000\nmilestone = [{ id = 'go-live', name = 'Go-live', baseline = 2027-01-31 }]\n";
const REPORT: &str = "summary = 'x'\nrag.overall = 'green'\nforecast_finish = 2027-04-15\nmilestone.go-live.forecast = 2027-02-14\n";

fn fingerprint(register: &Register, link: &str) -> Option<String> {
    substance(register, &Ref::new(link), Some("crm"), day(TODAY)).map(|found| found.fingerprint())
}

fn with(path: &str, text: &str) -> Register {
    let base = [("projects/crm/project.toml", CHARTER), ("projects/crm/status/2026-W47.toml", REPORT)];
    let mut files: Vec<(&str, &str)> = base.into_iter().filter(|(other, _)| *other != path).collect();
    files.push((path, text));
    register(&files)
}

/// A change of these means that every fingerprint in every register is worth nothing: make a new version.
#[test]
fn fingerprints_stay_what_they_are() {
    let risk = "title = 'x'\nprobability = 3\nimpact = { cost = 4, schedule = 3 }\nchance = 35\n\
                cost_effect = { low = 40_000, likely = 80_000.50, high = 150_000 }\ndays_effect = 15\n";
    let register = with("projects/crm/risks/R-001.toml", risk);
    assert_eq!(fingerprint(&register, "#go-live").as_deref(), Some("82f64eb1"));
    assert_eq!(fingerprint(&register, "crm").as_deref(), Some("81c8f22a"));
    assert_eq!(fingerprint(&register, "R-001").as_deref(), Some("10309a10"));
}

/// What counts changes the fingerprint, and what does not leaves it alone.
#[test]
fn only_what_counts_changes_a_fingerprint() {
    // Path, link, text, what counts, what does not.
    let cases = [
        (
            "project.toml",
            "#go-live",
            CHARTER,
            "baseline = 2027-01-31 → baseline = 2027-02-01",
            "'Go-live' → 'Live'",
        ),
        ("project.toml", "crm", CHARTER, "1_200_000 → 1_200_001", "1_200_000 → 1200000.00"),
        ("project.toml", "crm", CHARTER, "'active' → 'on-hold'", "'CRM' → 'CRM 2'"),
        (
            "status/2026-W47.toml",
            "#go-live",
            REPORT,
            "forecast = 2027-02-14 → actual = 2026-11-19",
            "'x' → 'y'",
        ),
        ("status/2026-W47.toml", "crm", REPORT, "2027-04-15 → 2027-04-16", "2027-02-14 → 2027-02-15"),
        ("risks/R-001.toml", "R-001", "title = 'x'\nprobability = 3\nowner = 'a'\n", "3 → 4", "'a' → 'b'"),
        ("risks/R-001.toml", "R-001", "title = 'x'\nstate = 'open'\n", "'open' → 'accepted'", "'x' → 'y'"),
        ("issues/I-001.toml", "I-001", "title = 'x'\nseverity = 'low'\n", "'low' → 'high'", "'x' → 'y'"),
        (
            "assumptions/S-001.toml",
            "S-001",
            "title = 'x'\nconfidence = 'low'\n",
            "'low' → 'high'",
            "'x' → 'y'",
        ),
        ("actions/A-001.toml", "A-001", "title = 'x'\ndue = 2026-12-01\n", "-01\n → -02\n", "'x' → 'y'"),
        (
            "decisions/D-001.toml",
            "D-001",
            "title = 'x'\noutcome = 'Extend the vendor'\n",
            "Extend → Replace",
            "the vendor → the  vendor",
        ),
        ("changes/C-001.toml", "C-001", "title = 'x'\neffect.days = 5\n", "5 → 6", "'x' → 'y'"),
        ("reviews/G4-1.toml", "G4-1", "outcome = 'go'\nforum = 'x'\n", "'go' → 'stop'", "'x' → 'y'"),
        ("benefits/B-001.toml", "B-001", "title = 'x'\ntarget = 90\n", "90 → 80", "90 → 90.0"),
        ("lessons/L-001.toml", "L-001", "title = 'x'\nadvice = 'Early.'\n", "Early → Late", "'x' → 'y'"),
    ];
    for (path, link, text, counts, does_not) in cases {
        let path = format!("projects/crm/{path}");
        let of = |edit: &str| {
            let text = match edit.split_once(" → ") {
                Some((from, to)) => {
                    assert!(text.contains(from), "{path}: {from}");
                    text.replacen(from, to, 1)
                }
                None => text.to_owned(),
            };
            fingerprint(&with(&path, &text), link).unwrap()
        };
        assert_ne!(of(""), of(counts), "{path}: {counts}");
        assert_eq!(of(""), of(does_not), "{path}: {does_not}");
    }
}

#[test]
fn a_link_is_suspect_only_when_what_was_seen_is_another() {
    let look = |links: &str, reviewed: &str| {
        let text = format!("title = 'x'\nlinks = [{links}]\nreviewed = [{reviewed}]\n");
        let register = with("projects/crm/risks/R-001.toml", &text);
        let id: RecordId = register.all().map(|(id, _)| id).find(|id| id.kind == "risk").unwrap();
        let record = register.slot(&id).unwrap().record().unwrap();
        looks(&register, &id, record, day(TODAY)).into_iter().map(|seen| seen.look).collect::<Vec<_>>()
    };
    let entry = |seen: &str| format!("{{ link = '#go-live', seen = '{seen}' }}");
    let now = fingerprint(&with("projects/crm/project.toml", CHARTER), "#go-live").unwrap();
    assert_eq!(look("'#go-live'", ""), [Look::Never]);
    assert_eq!(look("'#go-live'", &entry(&now)), [Look::Same]);
    assert_eq!(look("'#go-live'", &entry("00000000")), [Look::Suspect]);
    assert_eq!(look("'#go-live'", &entry("no fingerprint")), [Look::Suspect]);
    assert_eq!(look("'#go-live'", &entry("2-00000000")), [Look::Unknown], "a later version wrote it");
    let both = format!("{}, {}", entry("00000000"), entry(&now));
    assert_eq!(look("'#go-live'", &both), [Look::Same], "the later entry counts");
    assert_eq!(look("'#gone', 'R-009', '@jana', 'nonsense x'", ""), [Look::Gone; 4]);
    assert_eq!(look("'crm/2026-W47'", ""), [Look::Plain]);
    assert_eq!(look("'crm'", &entry("00000000")), [Look::Never], "the entry is for another link");
}

#[test]
fn what_is_over_is_no_longer_suspect() {
    let suspect = |state: &str, risk: &str| {
        let charter = CHARTER.replace("'active'", &format!("'{state}'"));
        let risk = format!(
            "title = 'x'\n{risk}\nlinks = ['#go-live']\nreviewed = [{{ link = '#go-live', seen = '0' }}]\n"
        );
        let files =
            [("projects/crm/project.toml", charter.as_str()), ("projects/crm/risks/R-001.toml", &risk)];
        suspects(&register(&files), day(TODAY)).len()
    };
    assert_eq!(suspect("active", ""), 1);
    assert_eq!(suspect("active", "state = 'closed'"), 0);
    assert_eq!(suspect("closed", ""), 0);
}

#[test]
fn what_changed_is_named_with_both_values() {
    let before = with("projects/crm/project.toml", CHARTER);
    let text = CHARTER.replace("2027-01-31", "2027-02-28");
    let after = with("projects/crm/project.toml", &text);
    let of = |register| substance(register, &Ref::new("#go-live"), Some("crm"), day(TODAY)).unwrap();
    let changed = of(&after).changed_since(&of(&before));
    let agreed =
        Changed { name: "agreed", from: Some("2027-01-31".to_owned()), to: Some("2027-02-28".to_owned()) };
    assert_eq!(changed, [agreed]);
}
