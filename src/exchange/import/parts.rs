//! Milestones and allocations: tables within the charters of projects, a row each.

use std::collections::BTreeMap;

use crate::change::adjust::{adjust, is_same};
use crate::change::compose::{at, put};
use crate::exchange::table::Table;
use crate::load::tree_of;
use crate::model::Register;
use crate::model::field_change::{FieldChange, FieldValue};
use crate::syntax::Step;

use super::propose::{Added, Changed, Desk, Proposal, mistakes_of_part, shown};
use super::rows::{Draft, Refusal};
use super::slug::slug;
use super::target::{Aim, Target};
use super::wiring::{Wiring, columns_of};

/// The charter of a project while rows change it.
struct Charter {
    path: String,
    before: String,
    /// What it says, with the rows so far.
    items: Vec<FieldValue>,
    /// The rows' own elements, so that none is meant twice.
    rows: BTreeMap<usize, usize>,
    is_changed: bool,
}

#[expect(clippy::too_many_arguments, reason = "what an import has at hand")]
pub(super) fn propose(
    target: &Target,
    part: &str,
    table: &Table,
    wiring: &Wiring,
    register: &Register,
    desk: &dyn Desk,
    drafts: Vec<Draft>,
    proposal: &mut Proposal,
) {
    let columns = columns_of(wiring);
    let mut charters: BTreeMap<String, Charter> = BTreeMap::new();
    for mut draft in drafts {
        if !draft.refused.is_empty() {
            proposal.refused.append(&mut draft.refused);
            continue;
        }
        let refuse = |aim: &Aim, reason: String, help: &str| {
            let column = wiring.wires.iter().find(|wire| wire.aim == *aim).map(|wire| wire.column);
            Refusal { row: draft.row, column, reason, help: (!help.is_empty()).then(|| help.to_owned()) }
        };
        let home = draft
            .home
            .clone()
            .or_else(|| draft.id.as_ref().and_then(|id| id.split_once('#')).map(|(home, _)| home.to_owned()));
        let Some(home) = home.filter(|home| register.projects.contains_key(home)) else {
            let reason = "the row names no project of the register".to_owned();
            proposal.refused.push(refuse(&Aim::Home, reason, "add a column  project,  or say  --project ID"));
            continue;
        };
        let charter = match charters.entry(home.clone()) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => match open(&home, part, desk) {
                Ok(charter) => free.insert(charter),
                Err(reason) => {
                    proposal.refused.push(refuse(&Aim::Home, reason, ""));
                    continue;
                }
            },
        };
        let mut own = FieldValue::Table(Vec::new());
        if part == "milestone" {
            let said = draft.id.as_ref().map(|id| id.rsplit('#').next().unwrap_or(id).to_owned());
            let by_name = draft.text("name").and_then(|name| id_by_name(&charter.items, name));
            let made = draft.text("name").and_then(slug);
            let Some(id) = said.or(by_name).or(made) else {
                proposal.refused.push(refuse(
                    &Aim::Id,
                    "the row has no id and no name".into(),
                    "a milestone needs one of them",
                ));
                continue;
            };
            put(&mut own, &[Step::Key("id".into())], FieldValue::Text(id));
        }
        for (path, value) in &draft.fields {
            put(&mut own, path, value.clone());
        }
        let index = charter.items.iter().position(|item| is_meant(part, item, &own));
        if index.is_none() {
            for (path, value) in &wiring.constants {
                let steps = crate::syntax::parse_path(path).unwrap_or_default();
                if at(&own, &steps).is_none() {
                    put(&mut own, &steps, value.clone());
                }
            }
        }
        if let Some(first) = index.and_then(|index| charter.rows.get(&index)) {
            let reason = format!("the same {part} stands in {} already", table.place(*first, None));
            proposal.refused.push(refuse(&Aim::Id, reason, "one row for each"));
            continue;
        }
        let known = index.and_then(|index| charter.items.get(index)).cloned();
        let said: Vec<_> = match &known {
            Some(known) => draft.of_known(known).collect(),
            None => draft.of_new().collect(),
        };
        for (path, value) in said.into_iter().filter(|said| !draft.fields.contains(said)) {
            put(&mut own, path, value.clone());
        }
        let whole = match &known {
            Some(known) => joined(known, &own),
            None => own.clone(),
        };
        let mistakes = mistakes_of_part(target, &columns, draft.row, &whole);
        if !mistakes.is_empty() {
            proposal.refused.extend(mistakes);
            continue;
        }
        let title = text_at(&whole, if part == "milestone" { "name" } else { "person" });
        let reference = match text_at(&whole, "id") {
            id if id.is_empty() => home.clone(),
            id => format!("{home}#{id}"),
        };
        let index = index.unwrap_or(charter.items.len());
        charter.rows.insert(index, draft.row);
        match known {
            None => {
                charter.items.push(whole.clone());
                charter.is_changed = true;
                proposal.added.push(Added { row: draft.row, id: reference, title });
            }
            Some(known) => {
                let fields = changes(&known, &whole);
                if fields.is_empty() {
                    proposal.same += 1;
                    continue;
                }
                charter.is_changed = true;
                charter.items[index] = whole;
                proposal.changed.push(Changed { row: draft.row, id: reference, title, fields });
            }
        }
        proposal.row_of.insert(charter.path.clone(), draft.row);
    }
    for charter in charters.into_values().filter(|charter| charter.is_changed) {
        finish(part, charter, proposal);
    }
}

/// Writes what the rows of one project came to.
fn finish(part: &str, charter: Charter, proposal: &mut Proposal) {
    // One list that holds all, so that what was appended one by one is written once.
    let whole = [(vec![Step::Key(part.to_owned())], FieldValue::List(charter.items))];
    match adjust(&charter.before, &whole) {
        Ok((after, _)) => {
            proposal.plan.rewrite(charter.path, charter.before.as_bytes(), after);
        }
        Err(error) => {
            let row = charter.rows.values().next().copied().unwrap_or(0);
            let reason = format!("{}: {error}", charter.path);
            proposal.refused.push(Refusal { row, column: None, reason, help: None });
        }
    }
}

fn open(home: &str, part: &str, desk: &dyn Desk) -> Result<Charter, String> {
    let path = format!("projects/{home}/project.toml");
    let before = desk.text(&path).ok_or_else(|| format!("{path} cannot be read"))?;
    let tree = tree_of(&before).map_err(|why| format!("{path}: {why}"))?;
    let items = match at(&tree, &[Step::Key(part.to_owned())]) {
        Some(FieldValue::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    Ok(Charter { path, before, items, rows: BTreeMap::new(), is_changed: false })
}

/// Whether a row means an element that is there: a milestone by its id; an allocation by who and from when.
fn is_meant(part: &str, item: &FieldValue, own: &FieldValue) -> bool {
    let keys: &[&str] = if part == "milestone" { &["id"] } else { &["person", "role", "from"] };
    keys.iter().all(|key| {
        let path = [Step::Key((*key).to_owned())];
        match (at(item, &path), at(own, &path)) {
            (Some(one), Some(other)) => is_same(one, other),
            (None, None) => true,
            _ => false,
        }
    })
}

fn id_by_name(items: &[FieldValue], name: &str) -> Option<String> {
    let wanted = crate::exchange::table::folded(name);
    let found = items.iter().find(|item| crate::exchange::table::folded(&text_at(item, "name")) == wanted)?;
    Some(text_at(found, "id")).filter(|id| !id.is_empty())
}

fn text_at(item: &FieldValue, key: &str) -> String {
    match at(item, &[Step::Key(key.to_owned())]) {
        Some(FieldValue::Text(text)) => shown(text),
        _ => String::new(),
    }
}

/// What is there, with what a row says over it.
fn joined(known: &FieldValue, own: &FieldValue) -> FieldValue {
    let mut whole = known.clone();
    if let FieldValue::Table(entries) = own {
        for (key, value) in entries {
            put(&mut whole, &[Step::Key(key.clone())], value.clone());
        }
    }
    whole
}

fn changes(known: &FieldValue, whole: &FieldValue) -> Vec<FieldChange> {
    let FieldValue::Table(entries) = whole else { return Vec::new() };
    let differs = |(key, value): &(String, FieldValue)| {
        let from = at(known, &[Step::Key(key.clone())]);
        (!from.is_some_and(|from| is_same(from, value))).then(|| FieldChange {
            key: key.clone(),
            from: from.cloned(),
            to: Some(value.clone()),
        })
    };
    entries.iter().filter_map(differs).collect()
}
