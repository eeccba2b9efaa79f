//! One file into one record, or as much of it as fits, with every mistake.

use std::sync::OnceLock;

use serde_json::Value;

use crate::diag::Problem;
use crate::model::{KINDS, Kind, RecordId, Slot};
use crate::store::{Source, StoreError};
use crate::syntax::{self, Mistake};

/// What came of reading a file.
pub struct Reading {
    /// The record, as far as it could be read.
    pub slot: Slot,
    /// What is wrong with the file.
    pub mistakes: Vec<Mistake>,
}

impl Reading {
    fn broken(mistakes: Vec<Mistake>) -> Self {
        Self { slot: Slot::Broken, mistakes }
    }
}

/// The draft-07 schema of a kind's files, made once.
pub fn schema_of_kind(kind: &Kind) -> &'static Value {
    static SCHEMAS: OnceLock<Vec<OnceLock<Value>>> = OnceLock::new();
    let schemas = SCHEMAS.get_or_init(|| KINDS.iter().map(|_| OnceLock::new()).collect());
    let index = KINDS.iter().position(|k| std::ptr::eq(k.spec, kind.spec)).unwrap_or(0);
    schemas[index].get_or_init(|| {
        let mut schema: Value = (kind.schema)().into();
        schema["x-noun"] = noun(kind.spec.name).into();
        schema
    })
}

/// What a file of the kind is called in a sentence.
fn noun(kind: &str) -> String {
    match kind {
        "status" => "a status report".to_owned(),
        "programme-status" => "a programme's status report".to_owned(),
        "actuals" => "a file of actuals".to_owned(),
        "period" => "a period's record".to_owned(),
        _ if kind.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

/// Reads the text of a file of some kind, with every mistake in it.
pub fn read_record(kind: &Kind, bytes: &[u8]) -> Reading {
    read(kind, bytes, true)
}

/// Reads the text of a file of some kind, where its mistakes are not asked for.
pub fn read_slot(kind: &Kind, bytes: &[u8]) -> Slot {
    read(kind, bytes, false).slot
}

/// Whether a file's bytes are a record that counts: it can be read, and nothing is left to be filled in.
pub fn is_complete(kind: &Kind, bytes: &[u8]) -> bool {
    matches!(read_slot(kind, bytes), Slot::Read(_))
}

/// Reads the text of a file of some kind.
///
/// The happy path is the swift reader, which tells nothing but whether all is well. Only if it refuses, or
/// if placeholders may be left, is the text parsed with places and walked by the kind's schema, which
/// finds every mistake and drops what does not fit. Who asks strictly gets the walk in any case.
fn read(kind: &Kind, bytes: &[u8], strictly: bool) -> Reading {
    let text = match syntax::read::decode(bytes) {
        Ok(text) => text,
        Err(mistake) => return Reading::broken(vec![mistake]),
    };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        let empty = Mistake::new("empty-file", "the file is empty", 0..0);
        return Reading::broken(vec![
            empty.help("fill it in, or remove it; `git log -p` shows what it once said"),
        ]);
    }
    if !strictly
        && !syntax::may_have_placeholders(text)
        && syntax::scan::too_deep(text).is_none()
        && let Some(record) = (kind.read_swiftly)(text)
    {
        return Reading { slot: Slot::Read(record), mistakes: Vec::new() };
    }
    let mut table = match syntax::parse(text) {
        Ok(table) => table,
        Err(mistakes) => return Reading::broken(mistakes),
    };
    let is_draft = syntax::may_have_placeholders(text) && !syntax::placeholders(table.get_ref()).is_empty();
    let settle = |record| if is_draft { Slot::Draft(Some(record)) } else { Slot::Read(record) };
    let mut mistakes = syntax::wrap_numbers(table.get_mut());
    mistakes.extend(syntax::walk(&mut table, schema_of_kind(kind)));
    match (kind.read)(table) {
        Ok(record) => Reading { slot: settle(record), mistakes },
        // What a placeholder stands for may be missing from a draft.
        Err(_) if is_draft => Reading { slot: Slot::Draft(None), mistakes },
        Err(error) => {
            if mistakes.is_empty() {
                let at = error.span().unwrap_or(0..0);
                mistakes.push(Mistake::new("invalid-value", error.message(), at));
            }
            Reading::broken(mistakes)
        }
    }
}

/// Reads a record's file from a source, with `buffer` for its bytes.
pub(super) fn read_file(
    source: &dyn Source,
    kind: &Kind,
    id: &RecordId,
    buffer: &mut Vec<u8>,
    advice: bool,
    problems: &mut Vec<Problem>,
) -> Slot {
    let path = id.path();
    if let Err(error) = source.read(&path, buffer) {
        problems.push(unreadable(&path, &error).record(id));
        return Slot::Broken;
    }
    let mut reading = read(kind, buffer, false);
    if advice && let Ok(text) = std::str::from_utf8(buffer) {
        reading.mistakes.extend(syntax::newer_toml(text));
    }
    problems.extend(reading.mistakes.into_iter().map(|m| Problem::of_mistake(path.as_str(), m).record(id)));
    reading.slot
}

/// A file or folder that the source would not give.
pub(super) fn unreadable(path: &str, error: &StoreError) -> Problem {
    Problem::error("unreadable-file", error.to_string()).file(path)
}
