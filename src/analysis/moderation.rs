//! What programmes say of their projects, beside what the projects say of themselves.
//!
//! Of the status files of a project's programme and of the programmes above it, the newest that rates the
//! project decides; of one period, the programme further up. An assessment of an earlier period goes on to
//! hold when it is amber or worse, until a newer one is made or the project itself reports the same or worse.

use super::calendar::{self, Filing};
use crate::model::programme::{Assessed, ProgrammeStatus};
use crate::model::{Date, Name, Period, Rag, RecordId, Ref, Register};

/// What a programme says of a project.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assessment<'a> {
    /// The rating.
    pub rag: Rag,
    /// Why.
    pub comment: Option<&'a str>,
    /// Who says it, a person's id: of the assessment, else of the whole file.
    pub by: Option<&'a str>,
    /// The programme that says it.
    pub programme: &'a str,
    /// The period for which it was said.
    pub period: Period,
    /// Whether it is of an earlier period than the project's report and still holds.
    pub is_carried: bool,
}

/// The programme of that id and those above it, the nearest first.
pub fn chain<'a>(register: &'a Register, programme: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    let mut next = register.programmes.get_key_value(programme);
    while let Some((id, _)) = next.filter(|(id, _)| !found.contains(&id.as_str())) {
        found.push(id);
        let parent = register.programme(id).and_then(|programme| programme.parent.as_deref());
        next = parent.and_then(|parent| register.programmes.get_key_value(parent));
    }
    found
}

/// Whether the project belongs to the programme, or to one below it.
pub fn is_of(register: &Register, project: &str, programme: &str) -> bool {
    let own = register.project(project).and_then(|charter| charter.programme.as_deref());
    own.is_some_and(|own| chain(register, own).contains(&programme))
}

/// The assessment of a project that is in force on a day.
pub fn of<'a>(register: &'a Register, id: &str, filing: &Filing<'_>, day: Date) -> Option<Assessment<'a>> {
    let own = register.project(id)?.programme.as_deref()?;
    let (period, programme, status, said) = newest(register, own, id, day)?;
    let rag = said.assessed.filter(|rag| rag.severity().is_some())?;
    let reported = filing.newest.map(|(period, _)| period);
    // About the report that is shown, or about the silence in its place.
    let is_carried = period < filing.wanted || reported.is_some_and(|reported| period < reported);
    if is_carried {
        let newer = filing.newest.filter(|(reported, _)| *reported > period);
        let is_replaced = newer.is_some_and(|(_, report)| report.rag.overall.severity() >= rag.severity());
        if !rag.is_troubled() || is_replaced {
            return None;
        }
    }
    let by = said.by.as_deref().or(status.by.as_deref());
    Some(Assessment { rag, comment: said.comment.as_deref(), by, programme, period, is_carried })
}

/// The newest status file of the programme or one above it that rates the project.
fn newest<'a>(
    register: &'a Register,
    programme: &str,
    project: &str,
    day: Date,
) -> Option<(Period, &'a str, &'a ProgrammeStatus, &'a Assessed)> {
    let mut found: Option<(Period, &str, &ProgrammeStatus, &Assessed)> = None;
    for id in chain(register, programme) {
        let Some(shelf) = register.programmes.get(id) else { continue };
        let said = shelf.series::<ProgrammeStatus>().rev().find_map(|(period, status)| {
            let said = status.project.get(project).filter(|said| said.assessed.is_some())?;
            (period.first() <= day).then_some((period, id, status, said))
        });
        if let Some(said) = said
            && found.is_none_or(|(period, ..)| said.0 >= period)
        {
            found = Some(said);
        }
    }
    found
}

/// The status file of a programme that is of the current period, or of the one that is wanted now.
pub fn current<'a>(
    register: &'a Register,
    programme: &str,
    day: Date,
) -> Option<(Period, &'a ProgrammeStatus)> {
    let wanted = calendar::common(&register.config).wanted(day);
    let mut series = register.programmes.get(programme)?.series::<ProgrammeStatus>();
    series.rfind(|(period, _)| period.first() <= day && *period >= wanted)
}

/// An item of a project that a programme raises, or holds back from reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// What, as the programme names it.
    pub item: &'a Ref,
    /// Why it is held back.
    pub reason: Option<&'a str>,
    /// The programme.
    pub programme: &'a str,
    /// The period for which it says so.
    pub period: Period,
}

/// What programmes raise in the current period, in the order of their files.
pub fn raised(register: &Register, day: Date) -> Vec<Item<'_>> {
    items(register, day, |status| status.raise.iter().map(|item| (item, None)).collect())
}

/// What programmes hold back in the current period, with the reasons.
pub fn held_back(register: &Register, day: Date) -> Vec<Item<'_>> {
    items(register, day, |status| {
        status.hold_back.iter().map(|held| (&held.item, Some(held.reason.as_str()))).collect()
    })
}

fn items<'a>(
    register: &'a Register,
    day: Date,
    pick: impl Fn(&'a ProgrammeStatus) -> Vec<(&'a Ref, Option<&'a str>)>,
) -> Vec<Item<'a>> {
    let mut found = Vec::new();
    for programme in register.programmes.keys() {
        let Some((period, status)) = current(register, programme, day) else { continue };
        let strays = strays_of(register, programme, status);
        for (item, reason) in pick(status) {
            if !strays.iter().any(|(_, stray)| *stray == home(register, item, programme)) {
                found.push(Item { item, reason, programme, period });
            }
        }
    }
    found
}

/// A place where a programme speaks of a project that is not in it; reports pass over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The programme's status file.
    pub record: RecordId,
    /// The key that names the project.
    pub key: String,
    /// The project.
    pub project: String,
}

/// Where programmes speak, in the current period, of projects that are not in them.
pub fn strays(register: &Register, day: Date) -> Vec<Stray> {
    let mut found = Vec::new();
    for programme in register.programmes.keys() {
        let Some((period, status)) = current(register, programme, day) else { continue };
        for (key, project) in strays_of(register, programme, status) {
            let home = programme.clone();
            let record = RecordId { kind: "programme-status", home, name: Name::Period(period) };
            found.push(Stray { record, key, project });
        }
    }
    found
}

/// The keys of a status file that name projects outside the programme, with the projects.
fn strays_of(register: &Register, programme: &str, status: &ProgrammeStatus) -> Vec<(String, String)> {
    let rated = status.project.keys().map(|id| (format!("key:project.{id}"), id.clone()));
    let raised = status.raise.iter().enumerate();
    let raised = raised.map(|(i, item)| (format!("raise[{i}]"), home(register, item, programme)));
    let held = status.hold_back.iter().enumerate();
    let held = held.map(|(i, held)| (format!("hold_back[{i}].item"), home(register, &held.item, programme)));
    let all = rated.chain(raised).chain(held);
    // What leads nowhere at all is a dangling reference, not a stray.
    all.filter(|(_, id)| register.project(id).is_some() && !is_of(register, id, programme)).collect()
}

/// The project in whose folder an item stands.
fn home(register: &Register, item: &Ref, programme: &str) -> String {
    register.resolve(item, Some(programme)).map_or_else(String::new, |id| id.home)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    const CHARTER: &str =
        "name = 'X'\nmanager = 'jana'\nstate = 'active'\nprogramme = 'inner'\nschedule.start = 2026-11-02\n";

    /// The assessment of `crm` on a day, in short: rating, programme, period, whether carried.
    fn told(files: &[(&str, &str)], on: &str) -> Option<String> {
        let fixed = [
            ("programmes/outer.toml", "name = 'Outer'\n"),
            ("programmes/inner.toml", "name = 'Inner'\nparent = 'outer'\n"),
            ("projects/crm/project.toml", CHARTER),
        ];
        let all: Vec<(&str, &str)> = fixed.iter().chain(files).copied().collect();
        let register = register(&all);
        let filing = calendar::filing(&register, "crm", day(on)).unwrap();
        let found = of(&register, "crm", &filing, day(on))?;
        let carried = if found.is_carried { " carried" } else { "" };
        Some(format!("{} {} {}{carried}", found.rag, found.programme, found.period))
    }

    const W46: &str = "projects/crm/status/2026-W46.toml";
    const W47: &str = "projects/crm/status/2026-W47.toml";
    const RED: &str = "summary = 'x'\nrag.overall = 'red'\n";
    const GREEN: &str = "summary = 'x'\nrag.overall = 'green'\n";
    const SAYS_AMBER: &str = "summary = 'x'\nproject.crm = { assessed = 'amber', comment = 'late' }\n";
    const SAYS_GREEN: &str = "summary = 'x'\nproject.crm.assessed = 'green'\n";
    const INNER46: &str = "programmes/inner/status/2026-W46.toml";

    #[test]
    fn amber_and_worse_hold_until_they_are_replaced_or_cleared() {
        let of = |files: &[(&str, &str)], on: &str| told(files, on);
        let amber = Some("amber inner 2026-W46".to_owned());
        let carried = Some("amber inner 2026-W46 carried".to_owned());
        // Of its own period, whatever it is.
        assert_eq!(of(&[(W46, GREEN), (INNER46, SAYS_AMBER)], "2026-11-14"), amber);
        assert_eq!(
            of(&[(W46, RED), (INNER46, SAYS_GREEN)], "2026-11-14"),
            Some("green inner 2026-W46".to_owned())
        );
        // A silent project keeps it, and so does one that goes on to call itself better.
        assert_eq!(of(&[(W46, GREEN), (INNER46, SAYS_AMBER)], "2026-11-21"), carried);
        assert_eq!(of(&[(W47, GREEN), (INNER46, SAYS_AMBER)], "2026-11-21"), carried);
        // The same or worse of its own replaces it; green does not outlive its period.
        assert_eq!(of(&[(W47, RED), (INNER46, SAYS_AMBER)], "2026-11-21"), None);
        assert_eq!(of(&[(W46, RED), (INNER46, SAYS_GREEN)], "2026-11-21"), None);
        // The moderator clears it.
        let cleared =
            [(W47, GREEN), (INNER46, SAYS_AMBER), ("programmes/inner/status/2026-W47.toml", SAYS_GREEN)];
        assert_eq!(of(&cleared, "2026-11-21"), Some("green inner 2026-W47".to_owned()));
        // What is still to come says nothing yet.
        assert_eq!(of(&cleared, "2026-11-14"), amber);
    }

    #[test]
    fn the_programme_further_up_decides_and_one_that_is_not_above_says_nothing() {
        let outer =
            ("programmes/outer/status/2026-W46.toml", "summary = 'x'\nproject.crm.assessed = 'red'\n");
        let both = [(W46, GREEN), (INNER46, SAYS_AMBER), outer];
        assert_eq!(told(&both, "2026-11-14"), Some("red outer 2026-W46".to_owned()));
        let other = [
            (W46, GREEN),
            ("programmes/other.toml", "name = 'Other'\n"),
            ("programmes/other/status/2026-W46.toml", SAYS_AMBER),
        ];
        assert_eq!(told(&other, "2026-11-14"), None);
    }

    #[test]
    fn strays_and_held_back_items_are_of_the_current_period() {
        let text = "summary = 'x'\nraise = ['crm/R-001', 'erp/R-001']\nproject.erp.assessed = 'red'\n\
                    hold_back = [{ item = 'crm/I-001', reason = 'settled' }]\n";
        let files = [
            ("programmes/inner.toml", "name = 'Inner'\n"),
            ("projects/crm/project.toml", CHARTER),
            ("projects/crm/risks/R-001.toml", "title = 'x'\n"),
            ("projects/crm/issues/I-001.toml", "title = 'x'\n"),
            ("projects/erp/project.toml", "name = 'ERP'\nmanager = 'jana'\nstate = 'active'\n"),
            ("projects/erp/risks/R-001.toml", "title = 'x'\n"),
            (INNER46, text),
        ];
        let register = register(&files);
        let keys =
            |on: &str| strays(&register, day(on)).into_iter().map(|stray| stray.key).collect::<Vec<_>>();
        assert_eq!(keys("2026-11-14"), ["key:project.erp", "raise[1]"]);
        assert_eq!(keys("2026-11-21"), Vec::<String>::new(), "another period");
        let items = |found: Vec<Item<'_>>| {
            found.iter().map(|one| format!("{} {:?}", one.item, one.reason)).collect::<Vec<_>>()
        };
        assert_eq!(items(raised(&register, day("2026-11-14"))), ["crm/R-001 None"]);
        assert_eq!(items(held_back(&register, day("2026-11-14"))), ["crm/I-001 Some(\"settled\")"]);
    }
}
