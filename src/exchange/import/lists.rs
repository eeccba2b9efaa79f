//! Lists of tables as `pmo export` writes them: the rows of a record are its whole list, in their order.

use crate::change::adjust::adjust;
use crate::change::compose::{at, put};
use crate::exchange::table::Table;
use crate::load::tree_of;
use crate::model::Register;
use crate::model::field_change::FieldValue;
use crate::model::place::{Name, RecordId, parse_stem};
use crate::model::record::Place;
use crate::syntax::Step;

use super::proposal::{Changed, Proposal};
use super::propose::{Desk, mistakes_of_part, shown};
use super::rows::{Draft, Refusal};
use super::target::Target;
use super::value::period;
use super::wiring::{Wiring, columns_of};

/// The list of one record, as its rows say it.
struct Listed {
    id: RecordId,
    rows: Vec<usize>,
    value: FieldValue,
    /// The list as the file has it.
    known: Option<FieldValue>,
    refused: Vec<Refusal>,
}

impl Listed {
    /// The list of a record, without rows yet.
    fn of(target: &Target, id: RecordId, steps: &[Step], desk: &dyn Desk) -> Self {
        let value = match target.keyed {
            Some(_) => FieldValue::Table(Vec::new()),
            None => FieldValue::List(Vec::new()),
        };
        let tree = desk.text(&id.path()).and_then(|text| tree_of(&text).ok());
        let known = tree.and_then(|tree| at(&tree, steps).cloned());
        Self { id, rows: Vec::new(), value, known, refused: Vec::new() }
    }

    /// Refuses every row: a list without one of its rows would lose what the register has of it.
    fn refuse(self, table: &Table, proposal: &mut Proposal) {
        let first = self.refused.first().map_or(0, |refusal| refusal.row);
        for row in self.rows {
            if self.refused.iter().all(|refusal| refusal.row != row) {
                let place = table.place(first, None);
                proposal.refused.push(Refusal {
                    row,
                    column: None,
                    reason: format!("it is of one list with {place}, which is refused"),
                    help: Some(format!("the rows of {} are written together or not at all", self.id)),
                });
            }
        }
        proposal.refused.extend(self.refused);
    }
}

#[expect(clippy::too_many_arguments, reason = "what an import has at hand")]
pub(super) fn propose(
    target: &Target,
    path: &str,
    table: &Table,
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
        let refuse = |reason: String| Refusal { row: draft.row, column: None, reason, help: None };
        let Some(id) = record(target, &draft).filter(|id| register.slot(id).is_some()) else {
            if draft.refused.is_empty() {
                let kind = target.kind.spec.name;
                proposal.refused.push(refuse(format!("the row names no {kind} of the register")));
            }
            proposal.refused.append(&mut draft.refused);
            continue;
        };
        let place = *places.entry(id.clone()).or_insert_with(|| {
            lists.push(Listed::of(target, id, &steps, desk));
            lists.len() - 1
        });
        let Some(list) = lists.get_mut(place) else { continue };
        list.rows.push(draft.row);
        let mut refused = std::mem::take(&mut draft.refused);
        let step = match (&target.keyed, &draft.key) {
            (None, _) => Step::Index(list.rows.len() - 1),
            (Some(_), Some(key)) => {
                if let FieldValue::Table(entries) = &list.value
                    && entries.iter().any(|(known, _)| known == key)
                {
                    refused.push(refuse(format!("`{}` stands in a row above already", shown(key))));
                }
                Step::Key(key.clone())
            }
            (Some(keyed), None) => {
                refused.push(refuse(format!("the row has no {keyed}")));
                Step::Index(0)
            }
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
        if refused.is_empty() {
            refused = mistakes_of_part(target, &columns, draft.row, &own);
        }
        if !refused.is_empty() {
            list.refused.extend(refused);
            continue;
        }
        match (&mut list.value, draft.key) {
            (FieldValue::Table(entries), Some(key)) => entries.push((key, own)),
            (FieldValue::List(items), _) => items.push(own),
            _ => {}
        }
    }
    for list in lists {
        if list.refused.is_empty() {
            write(&steps, list, desk, proposal);
        } else {
            list.refuse(table, proposal);
        }
    }
}

fn write(steps: &[Step], list: Listed, desk: &dyn Desk, proposal: &mut Proposal) {
    let path = list.id.path();
    let row = list.rows.first().copied().unwrap_or(0);
    let refuse = |reason: String| Refusal { row, column: None, reason, help: None };
    let Some(before) = desk.text(&path) else {
        return proposal.refused.push(refuse(format!("{path} cannot be read")));
    };
    match adjust(&before, &[(steps.to_vec(), list.value)]) {
        Err(error) => proposal.refused.push(refuse(format!("{path}: {error}"))),
        Ok((_, fields)) if fields.is_empty() => {
            proposal.same += list.rows.len();
            proposal.known.push(path);
        }
        Ok((after, fields)) => {
            proposal.row_of.insert(path.clone(), row);
            proposal.plan.rewrite(path, before.as_bytes(), after);
            let id = list.id.to_string();
            proposal.changed.push(Changed { row, id, title: String::new(), fields });
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
            Some(named(home, Name::Period(period::read(draft.period.as_deref()?)?)))
        }
    }
}
