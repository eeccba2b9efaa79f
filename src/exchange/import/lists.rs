//! Lists of tables as `pmo export` writes them: the rows of a record are its whole list, in their order.

use crate::change::adjust::adjust;
use crate::change::compose::{at, put};
use crate::load::tree_of;
use crate::model::Register;
use crate::model::field_change::FieldValue;
use crate::model::place::{Name, RecordId, parse_stem};
use crate::model::record::Place;
use crate::syntax::Step;

use super::identity::period;
use super::propose::{Changed, Desk, Proposal, mistakes_of_part};
use super::rows::{Draft, Refusal};
use super::target::Target;
use super::wiring::{Wiring, columns_of};

/// The list of one record, as its rows say it.
struct Listed {
    id: RecordId,
    row: usize,
    rows: usize,
    value: FieldValue,
    /// The list as the file has it.
    known: Option<FieldValue>,
}

pub(super) fn propose(
    target: &Target,
    path: &str,
    wiring: &Wiring,
    register: &Register,
    desk: &dyn Desk,
    drafts: Vec<Draft>,
    proposal: &mut Proposal,
) {
    let columns = columns_of(wiring);
    let steps: Vec<Step> = crate::syntax::parse_path(path).unwrap_or_default();
    let mut lists: Vec<Listed> = Vec::new();
    let mut places: std::collections::HashMap<RecordId, usize> = std::collections::HashMap::new();
    for mut draft in drafts {
        if !draft.refused.is_empty() {
            proposal.refused.append(&mut draft.refused);
            continue;
        }
        let found = record(target, &draft).filter(|id| register.slot(id).is_some());
        let refuse =
            |reason: &str| Refusal { row: draft.row, column: None, reason: reason.to_owned(), help: None };
        let Some(id) = found else {
            proposal
                .refused
                .push(refuse(&format!("the row names no {} of the register", target.kind.spec.name)));
            continue;
        };
        let place = *places.entry(id.clone()).or_insert_with(|| {
            let value = if target.keyed.is_some() {
                FieldValue::Table(Vec::new())
            } else {
                FieldValue::List(Vec::new())
            };
            let tree = desk.text(&id.path()).and_then(|text| tree_of(&text).ok());
            let known = tree.and_then(|tree| at(&tree, &steps).cloned());
            lists.push(Listed { id, row: draft.row, rows: 0, value, known });
            lists.len() - 1
        });
        let Some(list) = lists.get_mut(place) else { continue };
        let step = match (&list.value, &draft.key) {
            (FieldValue::Table(_), Some(key)) => Step::Key(key.clone()),
            _ => Step::Index(list.rows),
        };
        let known = list.known.as_ref().and_then(|known| at(known, std::slice::from_ref(&step)));
        let mut own = FieldValue::Table(Vec::new());
        let said: Vec<_> = match known {
            Some(known) => draft.of_known(known).collect(),
            None => draft.of_new().collect(),
        };
        for (path, value) in said {
            put(&mut own, path, value.clone());
        }
        list.rows += 1;
        let mistakes = mistakes_of_part(target, &columns, draft.row, &own);
        if !mistakes.is_empty() {
            proposal.refused.extend(mistakes);
            continue;
        }
        match (&mut list.value, draft.key) {
            (FieldValue::List(items), _) => items.push(own),
            (FieldValue::Table(entries), Some(key)) => entries.push((key, own)),
            _ => proposal.refused.push(Refusal {
                row: draft.row,
                column: None,
                reason: format!("the row has no {}", target.keyed.as_deref().unwrap_or("key")),
                help: None,
            }),
        }
    }
    for list in lists {
        write(&steps, list, desk, proposal);
    }
}

fn write(steps: &[Step], list: Listed, desk: &dyn Desk, proposal: &mut Proposal) {
    let path = list.id.path();
    let refuse = |reason: String| Refusal { row: list.row, column: None, reason, help: None };
    let Some(before) = desk.text(&path) else {
        return proposal.refused.push(refuse(format!("{path} cannot be read")));
    };
    match adjust(&before, &[(steps.to_vec(), list.value)]) {
        Err(error) => proposal.refused.push(refuse(format!("{path}: {error}"))),
        Ok((_, fields)) if fields.is_empty() => proposal.same += list.rows,
        Ok((after, fields)) => {
            proposal.row_of.insert(path.clone(), list.row);
            proposal.plan.rewrite(path, before.as_bytes(), after);
            let id = list.id.to_string();
            proposal.changed.push(Changed { row: list.row, id, title: String::new(), fields });
        }
    }
}

/// The record whose list a row belongs to.
fn record(target: &Target, draft: &Draft) -> Option<RecordId> {
    let spec = target.kind.spec;
    let home = draft.home.clone();
    let id = draft.id.as_deref();
    let named = |home: String, name: Name| RecordId { kind: spec.name, home, name };
    match spec.place {
        Place::Sole => home.map(|home| RecordId::project(&home)),
        Place::ProgrammeFile => home.map(|home| RecordId::programme(&home)),
        Place::Slug => Some(named(String::new(), Name::Slug(id?.trim_start_matches('@').to_owned()))),
        Place::Numbered { .. } | Place::Gate => {
            let name = parse_stem(spec, id?.rsplit('/').next()?)?;
            let home = if spec.in_project { home? } else { String::new() };
            Some(named(home, name))
        }
        Place::Period | Place::ProgrammePeriod => {
            let needs_home = spec.in_project || spec.place == Place::ProgrammePeriod;
            let home = if needs_home { home? } else { String::new() };
            Some(named(home, Name::Period(period(draft.period.as_deref()?)?)))
        }
    }
}
