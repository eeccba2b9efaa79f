//! Each link of a record, compared with what was there when its owner last looked.

use serde::Serialize;

use super::substance::{Substance, is_comparable, substance};
use crate::model::{AnyRecord, Date, RecordId, Ref, Register};

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// It changed in substance since its owner last looked.
    Suspect,
    /// Nobody has looked yet.
    Never,
    /// It is what it was.
    Same,
    /// A later version of the program wrote the fingerprint, which this one cannot compare.
    Unknown,
    /// It leads nowhere, or to what cannot be read.
    Gone,
    /// It leads to something of which nothing counts here: a person, a report, a programme.
    Plain,
}

/// A link with what was seen of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The record that links.
    pub record: RecordId,
    /// Which of its links, counted from 0.
    pub index: usize,
    /// The link, as it is written.
    pub link: Ref,
    /// What the comparison says.
    pub look: Look,
    /// Which of its `reviewed`, counted from 0, and the fingerprint that stands there.
    pub reviewed: Option<(usize, String)>,
    /// What counts of what it leads to, as it is now.
    pub now: Option<Substance>,
}

/// Compares every link of a record.
pub fn looks(register: &Register, id: &RecordId, record: &dyn AnyRecord, day: Date) -> Vec<Seen> {
    let home = (!id.home.is_empty()).then_some(id.home.as_str());
    let (links, reviewed) = record.reviewable();
    let look = |(index, link): (usize, &Ref)| {
        // Of two entries for one link the later one counts.
        let entry = reviewed.iter().enumerate().rfind(|(_, entry)| entry.link == *link);
        let entry = entry.map(|(at, entry)| (at, entry.seen.clone()));
        look_at(register, (id, index, link), home, entry, day)
    };
    links.iter().enumerate().map(look).collect()
}

/// Compares one link.
pub fn look_at(
    register: &Register,
    (id, index, link): (&RecordId, usize, &Ref),
    home: Option<&str>,
    reviewed: Option<(usize, String)>,
    day: Date,
) -> Seen {
    let now = substance(register, link, home, day);
    let look = match (&now, &reviewed) {
        (None, _) => match register.resolve(link, home).and_then(|id| register.slot(&id)) {
            Some(slot) if slot.record().is_some() => Look::Plain,
            _ => Look::Gone,
        },
        (Some(_), None) => Look::Never,
        (Some(_), Some((_, seen))) if !is_comparable(seen) => Look::Unknown,
        (Some(now), Some((_, seen))) if now.fingerprint() == *seen => Look::Same,
        (Some(_), Some(_)) => Look::Suspect,
    };
    Seen { record: id.clone(), index, link: link.clone(), look, reviewed, now }
}

/// The suspect links of records that are still open, in projects that are not over.
pub fn suspects(register: &Register, day: Date) -> Vec<Seen> {
    let mut found = Vec::new();
    for (id, slot) in register.all() {
        let Some(record) = slot.record().filter(|record| !record.is_closed()) else { continue };
        let (links, reviewed) = record.reviewable();
        if links.is_empty() || reviewed.is_empty() {
            continue;
        }
        if register.project(&id.home).is_some_and(|charter| charter.state.is_over()) {
            continue;
        }
        found.extend(looks(register, &id, record, day).into_iter().filter(|seen| seen.look == Look::Suspect));
    }
    found
}
