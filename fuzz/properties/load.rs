//! Any file in any place of a register is read, checked and reported on, or refused with its place.

use pmo::diag::{self, Look};
use pmo::model::{KINDS, RecordId, Scope, Slot};
use pmo::report::{self, Asked};
use pmo::store::{Memory, Source};
use pmo::{check, load, render, syntax};

use super::{day, harmless, parts};

/// What the file of the input stands among.
const OTHERS: [(&str, &str); 5] = [
    ("pmo.toml", "[register]\nformat = 1\nname = \"Fuzz\"\ncurrency = \"EUR\"\n\n[[class]]\nid = \"A\"\n"),
    ("people/jana-novak.toml", "name = \"Jana Novak\"\nemail = \"jana@example.org\"\n"),
    (
        "projects/crm/project.toml",
        "name = \"CRM\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n\n\
         [budget]\napproved = 1_200_000\n\n[[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31\n",
    ),
    (
        "projects/crm/status/2026-W46.toml",
        "summary = \"On its way.\"\ndate = 2026-11-13\npercent_complete = 40\nactual_cost = 400_000\n\n[rag]\noverall = \"green\"\n",
    ),
    ("projects/crm/risks/R-001.toml", "title = \"Supplier late\"\nchance = 40\n\n[impact]\ncost = 3\n"),
];

/// The first part says where the file stands, the second is the file.
pub fn holds(input: &[u8]) {
    let parts = parts(input, 2);
    let [place, bytes] = parts[..] else { return };
    let Ok(place) = std::str::from_utf8(place) else { return };
    let kind = RecordId::at_path(place).map(|id| id.kind);
    if place != "pmo.toml" && kind.is_none() {
        return;
    }
    if let Some(kind) = kind.and_then(|name| KINDS.iter().find(|kind| kind.spec.name == name)) {
        let reading = load::read_record(kind, bytes);
        for mistake in &reading.mistakes {
            assert!(
                mistake.at.start <= mistake.at.end && mistake.at.end <= bytes.len(),
                "{mistake:?} is outside"
            );
        }
        // What is taken swiftly is without a mistake when read thoroughly: `check` relies on it.
        if let Ok(text) = std::str::from_utf8(bytes)
            && !syntax::may_have_placeholders(text)
            && (kind.read_swiftly)(text).is_some()
        {
            let thorough = matches!(reading.slot, Slot::Read(_)) && reading.mistakes.is_empty();
            assert!(thorough, "taken swiftly, but not thoroughly: {:?}", reading.mistakes);
        }
    }
    let mut register = Memory::new();
    for (path, text) in OTHERS {
        register.insert(path, text);
    }
    register.insert(place, bytes);
    look_at(&register);
}

/// Does what `pmo check`, `pmo report portfolio` and `pmo report project` do.
fn look_at(source: &Memory) {
    let Ok(loaded) = load::load(source, &Scope { advice: true, ..Scope::all() }) else { return };
    let register = &loaded.register;
    let found = check::run(register, day(), &[], &loaded.problems);
    let text = |file: &str| String::from_utf8(source.read_if_present(file).ok()??).ok();
    let findings = diag::Report { files: loaded.files, ..diag::Report::new(&found.problems, &text) };
    harmless(&diag::human::render(&findings, Look::default()));
    harmless(&diag::concise::render(&findings));
    for json in [diag::json::render(&findings), diag::sarif::render(&findings)] {
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "no JSON: {json}");
    }
    let asked = Asked::new(day(), "memory");
    let screen = render::Screen { width: 80, colour: false, unicode: true, exact: false };
    let portfolio = report::portfolio::portfolio(register, &asked, Default::default());
    harmless(&render::terminal(&portfolio.page(), &screen));
    for project in register.projects.keys() {
        let Some(report) = report::project::project(register, project, &asked) else { continue };
        harmless(&render::terminal(&report.page(), &screen));
        let json = render::json(&report).unwrap_or_default();
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "no JSON: {json}");
    }
    // A register says the same of itself twice.
    let again = check::run(register, day(), &[], &loaded.problems);
    assert!(found.problems.len() == again.problems.len(), "two checks of one register differ");
}
