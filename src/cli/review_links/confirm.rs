//! That somebody has looked: asked for, and written.

use std::collections::BTreeMap;

use inquire::{InquireError, Select};

use crate::change::{Assignment, Plan, assign};
use crate::load::Loaded;
use crate::model::RecordId;
use crate::report::links::LinkLine;
use crate::syntax::{self, NewValue};
use crate::text;

use super::super::set::text_of;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome};

/// Asks about each link whether it was looked at.
pub(super) fn ask<'r>(links: impl Iterator<Item = &'r LinkLine>) -> Result<Vec<&'r LinkLine>, CliError> {
    let mut confirmed = Vec::new();
    for line in links {
        let words = vec!["leave it for now", "I have looked: confirm", "stop here"];
        let question = format!("{} → {}", line.record, text::terminal(&line.link));
        match Select::new(&question, words).raw_prompt().map(|answer| answer.index) {
            Ok(0) => {}
            Ok(1) => confirmed.push(line),
            Ok(_) | Err(InquireError::OperationCanceled) => break,
            Err(InquireError::OperationInterrupted) => return Ok(Vec::new()),
            Err(error) => {
                return Err(CliError::from(error).hint("--confirm answers without a question"));
            }
        }
    }
    Ok(confirmed)
}

/// Writes the fingerprints of what is there now, and no other byte.
pub(super) fn write(
    context: &Context,
    writing: &Writing,
    before: &Loaded,
    confirmed: &[&LinkLine],
) -> Outcome {
    let mut by_record: BTreeMap<&RecordId, Vec<&LinkLine>> = BTreeMap::new();
    for line in confirmed {
        by_record.entry(line.id()).or_default().push(line);
    }
    let mut plan = Plan::new();
    for (id, lines) in &by_record {
        let (path, old) = text_of(context, id)?;
        let mut new = old.clone();
        let mut written: Vec<&str> = Vec::new();
        for line in lines {
            // A link that stands there twice was seen once.
            if let Some(seen) = line.fingerprint.as_deref().filter(|_| !written.contains(&line.link.as_str()))
            {
                written.push(&line.link);
                new = with_seen(&new, line, seen)?;
            }
        }
        plan.rewrite(path, old.as_bytes(), new);
    }
    let links: Vec<String> =
        confirmed.iter().map(|line| format!("{} → {}", line.record, line.link)).collect();
    let (what, message) = match by_record.keys().collect::<Vec<_>>().as_slice() {
        [one] => {
            let links: Vec<&str> = confirmed.iter().map(|line| line.link.as_str()).collect();
            let links = text::list(&links, "and");
            (format!("{one}: looked at {links}"), format!("{one}: reviewed {links}"))
        }
        _ => {
            let count = text::count(confirmed.len(), "link");
            (format!("looked at {count}: {}", text::list(&links, "and")), format!("reviewed {count}"))
        }
    };
    let deed = Deed { done: what, message, next: Vec::new() };
    writing.carry_out(context, before, &plan, deed)
}

/// The text of a record with a fingerprint in its place.
fn with_seen(text: &str, line: &LinkLine, seen: &str) -> Result<String, CliError> {
    if let Some((at, _)) = &line.comparison().reviewed {
        return Ok(assign(text, &[Assignment::text(&format!("reviewed[{at}].seen"), seen)])?);
    }
    let entry = [("link".to_owned(), NewValue::text(&line.link)), ("seen".to_owned(), NewValue::text(seen))];
    let has_some = syntax::parse(text).is_ok_and(|table| table.get_ref().get("reviewed").is_some());
    if has_some {
        return Ok(syntax::append_table(text, "reviewed", &entry)?);
    }
    let list = format!("[{}]", NewValue::inline_table(&entry).on_one_line());
    Ok(assign(text, &[Assignment { path: "reviewed".to_owned(), value: NewValue::literal(&list) }])?)
}
