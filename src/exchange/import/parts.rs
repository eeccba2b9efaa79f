//! Milestones and allocations: tables within the charters of projects, a row each.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::change::adjust::{adjust, is_same};
use crate::change::compose::{at, put};
use crate::exchange::table::{Raw, Table};
use crate::load::tree_of;
use crate::model::Register;
use crate::model::field_change::{FieldChange, FieldValue};
use crate::syntax::Step;

use super::claim::{Claim, Claimed, Claims, Taken};
use super::proposal::{Added, Changed, Proposal};
use super::propose::{Desk, mistakes_of_part, said_from_nothing, shown};
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
    /// The first row that says something of it.
    row: Option<usize>,
    is_changed: bool,
}

/// A row, and what it is laid against.
struct Row<'a> {
    target: &'a Target,
    part: &'a str,
    wiring: &'a Wiring,
    register: &'a Register,
    desk: &'a dyn Desk,
    draft: &'a Draft,
}

impl Row<'_> {
    fn refusal(&self, aim: &Aim, reason: impl Into<String>, help: &str) -> Refusal {
        let column = self.wiring.wires.iter().find(|wire| wire.aim == *aim).map(|wire| wire.column);
        let help = (!help.is_empty()).then(|| help.to_owned());
        Refusal { row: self.draft.row, column, reason: reason.into(), help }
    }

    /// The project whose charter the row belongs into, opened, and what the row itself says.
    fn place(&self, charters: &mut BTreeMap<String, Charter>) -> Result<(String, FieldValue), Refusal> {
        let draft = self.draft;
        let by_id = || draft.id.as_ref().and_then(|id| id.split_once('#')).map(|(home, _)| home.to_owned());
        let home = draft.home.clone().or_else(by_id);
        let home = home.filter(|home| self.register.projects.contains_key(home)).ok_or_else(|| {
            let help = "add a column  project,  or say  --project ID";
            self.refusal(&Aim::Home, "the row names no project of the register", help)
        })?;
        let charter = match charters.entry(home.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free
                .insert(open(&home, self.part, self.desk).map_err(|why| self.refusal(&Aim::Home, why, ""))?),
        };
        let mut own = FieldValue::Table(Vec::new());
        if self.part == "milestone" {
            let said = draft.id.as_ref().map(|id| id.rsplit('#').next().unwrap_or(id).to_owned());
            let by_name = || draft.text("name").and_then(|name| id_by_name(&charter.items, name));
            let made = || draft.text("name").and_then(slug);
            let id = said.or_else(by_name).or_else(made).ok_or_else(|| {
                self.refusal(&Aim::Id, "the row has no id and no name", "a milestone needs one of them")
            })?;
            put(&mut own, &[Step::Key("id".into())], FieldValue::Text(id));
        }
        for (path, value) in &draft.fields {
            put(&mut own, path, value.clone());
        }
        Ok((home, own))
    }

    /// What the row takes in its project.
    fn taken(&self, home: &str, own: &FieldValue) -> Taken {
        let key = |key: &&str| at(own, &[Step::Key((*key).to_owned())]).cloned();
        let own: Vec<String> =
            keys(self.part).iter().filter_map(key).map(|value| Raw::Tree(value).shown()).collect();
        let said = self.draft.text(self.target.title_key()).or(self.draft.id.as_deref());
        let said = said.map_or_else(|| own.join(" "), str::to_owned).replace('"', "");
        let by = if self.part == "milestone" { "milestone" } else { "allocation" };
        let aims = [Aim::Field(self.target.title_key().to_owned()), Aim::Id, Aim::Field("person".to_owned())];
        let column =
            aims.iter().find_map(|aim| Some(self.wiring.wires.iter().find(|w| w.aim == *aim)?.column));
        let claimed = Claimed { claim: Claim::Part(home.to_owned(), own.join("\n")), said, by, column };
        // A milestone is also found by its name.
        let name = self.draft.text("name").filter(|_| self.part == "milestone");
        let name = name.map(|name| Claimed { claim: Claim::named(home, name), ..claimed.clone() });
        match self.draft.id {
            Some(_) => Taken { own: vec![claimed], name },
            None => Taken { own: std::iter::once(claimed).chain(name).collect(), name: None },
        }
    }
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
    let mut claims = Claims::default();
    for mut draft in drafts {
        let mut refused = std::mem::take(&mut draft.refused);
        let row = Row { target, part, wiring, register, desk, draft: &draft };
        let (home, own) = match row.place(&mut charters) {
            Ok(place) => place,
            Err(refusal) => {
                // What is wrong with a cell is told before what the row lacks because of it.
                proposal.refused.extend(if refused.is_empty() { vec![refusal] } else { refused });
                continue;
            }
        };
        let Some(charter) = charters.get_mut(&home) else { continue };
        // A cell that cannot be read may be what tells the row from others.
        let is_told_apart = |refusal: &Refusal| {
            let of = |key: &&str| columns.get(*key).is_some_and(|column| refusal.column == Some(*column));
            !keys(part).iter().any(of)
        };
        if refused.iter().all(is_told_apart) {
            let taken = row.taken(&home, &own);
            refused.extend(claims.refusal(&taken, draft.row, table));
            claims.take_all(taken, draft.row);
        }
        if !refused.is_empty() {
            proposal.refused.append(&mut refused);
            continue;
        }
        let mut own = own;
        let index = charter.items.iter().position(|item| is_meant(part, item, &own));
        if index.is_none() {
            for (path, value) in &wiring.constants {
                let steps = crate::syntax::parse_path(path).unwrap_or_default();
                if at(&own, &steps).is_none() {
                    put(&mut own, &steps, value.clone());
                }
            }
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
        charter.row.get_or_insert(draft.row);
        match known {
            None => {
                let fields = said_from_nothing(target, &whole);
                charter.items.push(whole);
                charter.is_changed = true;
                proposal.added.push(Added { row: draft.row, id: reference, title, fields });
            }
            Some(known) => {
                let fields = changes(&known, &whole);
                if fields.is_empty() {
                    proposal.same += 1;
                    proposal.known.push(charter.path.clone());
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
            let row = charter.row.unwrap_or(0);
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
    Ok(Charter { path, before, items, row: None, is_changed: false })
}

/// What tells an element from others: a milestone its id; an allocation who, and from when.
fn keys(part: &str) -> &'static [&'static str] {
    if part == "milestone" { &["id"] } else { &["person", "role", "from"] }
}

/// Whether a row means an element that is there.
fn is_meant(part: &str, item: &FieldValue, own: &FieldValue) -> bool {
    keys(part).iter().all(|key| {
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
