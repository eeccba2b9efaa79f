//! One file that git could not join: what can be settled without asking anybody, and what cannot.

use super::moved::MovedTwice;
use crate::load::read_record;
use crate::model::natural_key::natural_key;
use crate::model::{Kind, Name, RecordId};
use crate::store::Conflicted;
use crate::syntax::merge::{self, Choose, Conflict, Marks, Merged, Side};
use crate::syntax::{self, text_at};

/// What is to become of a file in conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is settled: these bytes, or no file.
    Settled {
        /// What it will hold; none where it goes.
        bytes: Option<Vec<u8>>,
        /// Why nobody need be asked.
        why: Why,
    },
    /// Both changed a field in different ways.
    Open {
        /// The fields.
        conflicts: Vec<Conflict>,
        /// The text with marks around just these.
        marked: String,
    },
    /// Two people gave one number to two records.
    TwoRecords,
    /// One side changed it, or moved it, and the other removed it.
    Removed {
        /// The side that removed it.
        by: Side,
    },
    /// Each side moved it to a place of its own.
    MovedTwice,
    /// Nothing can be made of it here, and why.
    ByHand(String),
}

/// Why a file could be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What both sides changed is in it.
    Joined,
    /// Both sides say the same.
    Same,
    /// One side removed it, and the other did not touch it.
    OneSide,
    /// One side added it to a folder that the other side renamed.
    Placed,
    /// Somebody chose.
    Chosen,
}

/// What was chosen on the command line.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The side for all that is not named.
    pub all: Option<Side>,
    /// Sides for fields.
    pub fields: Vec<(String, Side)>,
}

impl Choice {
    /// The side that was chosen for a field, or for the table that it stands in.
    pub fn of(&self, path: &str) -> Option<Side> {
        let chosen = self.fields.iter().filter(|(typed, _)| covers(typed, path));
        chosen.max_by_key(|(typed, _)| typed.len()).map(|(_, side)| *side).or(self.all)
    }
}

/// Whether a path as people type it means a field, or a table that holds it.
///
/// An entry of a list may be named as keys are: `stakeholder.Works council` for `stakeholder[name=Works council]`.
pub fn covers(typed: &str, path: &str) -> bool {
    plain(path).strip_prefix(&plain(typed)).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A path with nothing but dots between its steps.
fn plain(path: &str) -> String {
    let mut steps = path.split('[');
    let mut plain = steps.next().unwrap_or_default().to_owned();
    for step in steps {
        plain.push('.');
        plain.push_str(step.split_once('=').map_or(step, |(_, name)| name));
    }
    plain.replace(['"', ']'], "")
}

/// Judges a file in conflict.
pub fn settle(file: &Conflicted, choice: &Choice) -> Verdict {
    let settled = |bytes: Option<&Vec<u8>>, why| Verdict::Settled { bytes: bytes.cloned(), why };
    if file.is_odd {
        return Verdict::ByHand("a side has a link or another repository there".to_owned());
    }
    match (&file.base, &file.ours, &file.theirs) {
        (_, Some(ours), Some(theirs)) if ours == theirs => settled(Some(ours), Why::Same),
        (base, Some(ours), Some(theirs)) => both(file, base.as_ref(), ours, theirs, choice),
        (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) if base == kept && !file.is_moved => {
            settled(None, Why::OneSide)
        }
        (Some(_), kept @ Some(_), None) => removed(Side::Theirs, kept.as_ref(), choice),
        (Some(_), None, kept @ Some(_)) => removed(Side::Ours, kept.as_ref(), choice),
        // Git moves what one side adds to a folder that the other side renamed.
        (None, Some(only), None) | (None, None, Some(only)) => settled(Some(only), Why::Placed),
        (_, None, None) => settled(None, Why::Same),
    }
}

/// Judges one of the three files that git leaves of one that each side moved.
pub fn settle_moved(file: &Conflicted, moved: &MovedTwice, choice: &Choice) -> Verdict {
    let Some(side) = choice.all else { return Verdict::MovedTwice };
    let (kept, bytes) = match side {
        Side::Ours => (&moved.ours, &file.ours),
        Side::Theirs => (&moved.theirs, &file.theirs),
    };
    Verdict::Settled { bytes: bytes.clone().filter(|_| file.path == *kept), why: Why::Chosen }
}

fn removed(by: Side, kept: Option<&Vec<u8>>, choice: &Choice) -> Verdict {
    match choice.all {
        None => Verdict::Removed { by },
        Some(side) => Verdict::Settled { bytes: kept.filter(|_| side != by).cloned(), why: Why::Chosen },
    }
}

fn both(file: &Conflicted, base: Option<&Vec<u8>>, ours: &[u8], theirs: &[u8], choice: &Choice) -> Verdict {
    let by_side = |side: Side| {
        let bytes = if side == Side::Ours { ours } else { theirs };
        Verdict::Settled { bytes: Some(bytes.to_vec()), why: Why::Chosen }
    };
    if !file.path.ends_with(".toml") {
        let why = "it is no TOML file: mend it by hand and `git add` it, or choose a side".to_owned();
        return choice.all.map_or(Verdict::ByHand(why), by_side);
    }
    let id = RecordId::at_path(&file.path);
    let texts = [base.map(Vec::as_slice), Some(ours), Some(theirs)]
        .map(|bytes| bytes.map(syntax::read::decode).transpose());
    let [Ok(base), Ok(Some(ours)), Ok(Some(theirs))] = texts else {
        let why = "a side is not UTF-8 text".to_owned();
        return choice.all.map_or(Verdict::ByHand(why), by_side);
    };
    let is_numbered = id.as_ref().is_some_and(|id| matches!(id.name, Name::Number(_)));
    if base.is_none() && is_numbered && !is_one_record(ours, theirs) {
        return Verdict::TwoRecords;
    }
    match joined(base, ours, theirs, &|path| choice.of(path), &Marks::default()) {
        Ok(merged) if merged.conflicts.is_empty() => {
            let why =
                if choice.all.is_some() || !choice.fields.is_empty() { Why::Chosen } else { Why::Joined };
            Verdict::Settled { bytes: Some(merged.text.into_bytes()), why }
        }
        Ok(Merged { conflicts, marked, .. }) => Verdict::Open { conflicts, marked },
        Err(error) => choice.all.map_or(Verdict::ByHand(error.to_string()), by_side),
    }
}

/// Merges the versions of a register's file by key.
pub fn joined(
    base: Option<&str>,
    ours: &str,
    theirs: &str,
    choose: &Choose<'_>,
    marks: &Marks<'_>,
) -> Result<Merged, merge::MergeError> {
    merge::merge(base, ours, theirs, &natural_key, choose, marks)
}

/// Whether two new files are one record that both sides have, and not two of the same number: they have one title.
pub fn is_one_record(ours: &str, theirs: &str) -> bool {
    let title = |text: &str| text_at(text, "title").filter(|title| !title.trim().is_empty());
    title(ours).is_some_and(|ours| title(theirs) == Some(ours))
}

/// Whether a file's bytes name a record in a key.
pub fn names(path: &str, bytes: &[u8], target: &RecordId) -> bool {
    let Some(id) = RecordId::at_path(path) else { return false };
    let Some(kind) = Kind::named(id.kind) else { return false };
    let reading = read_record(kind, bytes);
    let mut found = false;
    if let Some(record) = reading.slot.record_or_draft() {
        let home = (!id.home.is_empty()).then_some(id.home.as_str());
        record.links(&mut |_, reference| found |= super::refer::leads_to(&reference, home, target));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, base: Option<&str>, ours: Option<&str>, theirs: Option<&str>) -> Conflicted {
        let [base, ours, theirs] = [base, ours, theirs].map(|text| text.map(|text| text.as_bytes().to_vec()));
        Conflicted { path: path.into(), base, ours, theirs, ..Conflicted::default() }
    }

    const RISK: &str = "projects/crm/risks/R-003.toml";

    fn settled(verdict: Verdict) -> String {
        match verdict {
            Verdict::Settled { bytes, .. } => bytes.map_or("gone".into(), |b| String::from_utf8(b).unwrap()),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_needs_nobody_is_settled() {
        let none = Choice::default();
        let base = "title = \"x\"\nowner = \"a\"\nlinks = []\n";
        let ours = base.replace("[]", "[\"#a\"]");
        let theirs = base.replace("[]", "[\"#b\"]").replace("\"a\"\n", "\"b\"\n");
        let verdict = settle(&file(RISK, Some(base), Some(&ours), Some(&theirs)), &none);
        assert_eq!(settled(verdict), "title = \"x\"\nowner = \"b\"\nlinks = [\"#a\", \"#b\"]\n");
        assert_eq!(settled(settle(&file(RISK, None, None, Some("a")), &none)), "a");
        let gone = file(RISK, Some("a"), Some("a"), None);
        assert_eq!(settled(settle(&gone, &none)), "gone");
        let moved = Conflicted { is_moved: true, ..gone };
        assert_eq!(settle(&moved, &none), Verdict::Removed { by: Side::Theirs });
    }

    #[test]
    fn two_records_of_one_number_are_not_mixed() {
        let none = Choice::default();
        let two = file(RISK, None, Some("title = \"x\"\nplan = \"p\"\n"), Some("title = \"y\"\n"));
        assert_eq!(settle(&two, &none), Verdict::TwoRecords);
        // Both have it from one place: it is one record.
        let one = file(RISK, None, Some("title = \"x\"\nplan = \"p\"\n"), Some("title = \"x\"\n"));
        assert_eq!(settled(settle(&one, &none)), "title = \"x\"\nplan = \"p\"\n");
    }

    #[test]
    fn what_needs_a_person_stays_until_one_chooses() {
        let gone = file(RISK, Some("title = \"x\"\n"), None, Some("title = \"y\"\n"));
        let choose = |side| Choice { all: Some(side), fields: Vec::new() };
        assert_eq!(settle(&gone, &Choice::default()), Verdict::Removed { by: Side::Ours });
        assert_eq!(settled(settle(&gone, &choose(Side::Ours))), "gone");
        assert_eq!(settled(settle(&gone, &choose(Side::Theirs))), "title = \"y\"\n");
        let met = file(
            RISK,
            Some("title = \"x\"\n"),
            Some("title = \"y\"\n"),
            Some("title = \"z\"\nplan = \"p\"\n"),
        );
        assert!(matches!(settle(&met, &Choice::default()), Verdict::Open { .. }));
        let by_field = Choice { all: None, fields: vec![("title".into(), Side::Theirs)] };
        assert_eq!(settled(settle(&met, &by_field)), "title = \"z\"\nplan = \"p\"\n");
    }

    #[test]
    fn a_field_is_named_as_people_type_it_or_by_its_table() {
        let path = "stakeholder[name=Works council].channel";
        for typed in
            [path, "stakeholder.Works council.channel", "stakeholder.\"Works council\"", "stakeholder"]
        {
            assert!(covers(typed, path), "{typed}");
        }
        for typed in ["stakeholder.Works", "stake", "channel", "stakeholder[name=Union].channel"] {
            assert!(!covers(typed, path), "{typed}");
        }
        let fields = vec![("rag".into(), Side::Ours), ("rag.cost".into(), Side::Theirs)];
        let choice = Choice { all: None, fields };
        assert_eq!(
            ["rag.scope", "rag.cost", "owner"].map(|path| choice.of(path)),
            [Some(Side::Ours), Some(Side::Theirs), None]
        );
    }
}
