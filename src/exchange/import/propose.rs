//! Rows into planned changes: what would be added, changed field by field, left alone, and refused.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::change::adjust::adjust;
use crate::change::compose::{at, compose, fields_of, put};
use crate::exchange::table::Table;
use crate::load::{is_complete, read_record, tree_of};
use crate::model::field_change::{FieldChange, FieldValue};
use crate::model::place::Name;
use crate::model::{RecordId, Register};
use crate::syntax::{self, Step};
use crate::text::{cut, terminal};

use super::claim::{Claim, Claims};
use super::identity::Identity;
use super::lookup::{Known, Lookup};
use super::proposal::{Added, Changed, Near, Proposal, Stranger};
use super::rows::{self, Draft, Refusal};
use super::target::Target;
use super::value::FieldType;
use super::wiring::{Wiring, columns_of};

/// What an import needs of the files; `cli` gives it.
pub trait Desk: Sync {
    /// The text of a file of the register, where there is one.
    fn text(&self, path: &str) -> Option<String>;
    /// The highest number that is used in a folder, on any branch, with a prefix such as `R-`.
    fn highest(&self, folder: &str, prefix: &str) -> Result<u32, String>;
    /// Says how many rows are done.
    fn tell(&self, done: usize, all: usize);
}

/// Proposes the changes that a table asks for; `project` holds records whose rows name none.
pub fn propose(
    target: &Target,
    table: &Table,
    wiring: &Wiring,
    register: &Register,
    project: Option<&str>,
    desk: &dyn Desk,
) -> Proposal {
    let lookup = Lookup::new(register);
    let mut drafts: Vec<Draft> =
        table.rows.par_iter().map(|row| rows::read(target, wiring, &lookup, row)).collect();
    let mut proposal = Proposal { rows: drafts.len(), ..Proposal::default() };
    for draft in &mut drafts {
        if draft.home.is_none() {
            draft.home = project.map(str::to_owned);
        }
        for word in draft.missing.drain(..) {
            *proposal.missing.entry(word).or_default() += 1;
        }
        if draft.refused.is_empty() {
            for (id, name) in draft.strangers.drain(..) {
                let stranger = Stranger { name, row: draft.row, cells: 0 };
                proposal.strangers.entry(id).or_insert(stranger).cells += 1;
            }
        }
    }
    match target.part.as_deref() {
        Some(path) if target.is_whole => {
            super::lists::propose(target, path, table, wiring, register, desk, drafts, &mut proposal)
        }
        Some(part) => {
            super::parts::propose(target, part, table, wiring, register, desk, drafts, &mut proposal)
        }
        None => records(target, table, wiring, register, desk, drafts, &mut proposal),
    }
    proposal.refused.sort_by_key(|refusal| (refusal.row, refusal.column));
    proposal
}

/// What becomes of one row.
enum Fate {
    New { id: RecordId, text: String, fields: Vec<FieldChange> },
    Known { id: RecordId, path: String, before: String, after: String, fields: Vec<FieldChange> },
    Refused(Vec<Refusal>),
}

fn records(
    target: &Target,
    table: &Table,
    wiring: &Wiring,
    register: &Register,
    desk: &dyn Desk,
    drafts: Vec<Draft>,
    proposal: &mut Proposal,
) {
    let key = wiring.by.as_deref().filter(|by| by.starts_with("custom."));
    let known = Known::new(register, target.kind, key);
    let mut identity = Identity::new(target, wiring, register, desk, known);
    let mut settled: Vec<(Draft, RecordId, bool)> = Vec::with_capacity(drafts.len());
    let mut claims = Claims::default();
    for mut draft in drafts {
        // A row that is refused has its record all the same: another row of it is not alone.
        let taken = identity.taken(&draft);
        let twice = claims.refusal(&taken, draft.row, table);
        claims.take_all(taken, draft.row);
        // What is wrong with a cell is told before what is wrong with the id.
        if !draft.refused.is_empty() || twice.is_some() {
            proposal.refused.append(&mut draft.refused);
            proposal.refused.extend(twice);
            continue;
        }
        let found = match identity.of(&draft) {
            Ok(found) => found,
            Err(refusal) => {
                proposal.refused.push(refusal);
                continue;
            }
        };
        claims.take(Claim::Id(found.id.clone()), draft.row);
        if let Some((title, other)) = found.near {
            let called = draft.text(target.title_key()).unwrap_or_default().to_owned();
            proposal.near.push(Near {
                row: draft.row,
                title: called,
                other: other.to_string(),
                other_title: title,
            });
        }
        settled.push((draft, found.id, found.is_new));
    }
    let all = settled.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let columns = columns_of(wiring);
    let fates: Vec<(Draft, Fate)> = settled
        .into_par_iter()
        .map(|(draft, id, is_new)| {
            let fate = if is_new {
                added(target, wiring, &columns, &draft, id)
            } else {
                changed(target, &columns, &draft, id, desk)
            };
            desk.tell(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed), all);
            (draft, fate)
        })
        .collect();
    for (draft, fate) in fates {
        take(target, draft, fate, proposal);
    }
}

fn take(target: &Target, draft: Draft, fate: Fate, proposal: &mut Proposal) {
    let title = draft.text(target.title_key()).unwrap_or_default().to_owned();
    match fate {
        Fate::Refused(mut refused) => proposal.refused.append(&mut refused),
        Fate::New { id, text, fields } => {
            let path = id.path();
            proposal.row_of.insert(path.clone(), draft.row);
            proposal.plan.create(path, text);
            proposal.added.push(Added { row: draft.row, id: id.to_string(), title, fields });
        }
        Fate::Known { path, fields, .. } if fields.is_empty() => {
            proposal.same += 1;
            proposal.known.push(path);
        }
        Fate::Known { id, path, before, after, fields } => {
            proposal.row_of.insert(path.clone(), draft.row);
            proposal.plan.rewrite(path, before.as_bytes(), after);
            proposal.changed.push(Changed { row: draft.row, id: id.to_string(), title, fields });
        }
    }
}

/// The text of a new record, and every mistake that it would have.
fn added(
    target: &Target,
    wiring: &Wiring,
    columns: &BTreeMap<String, usize>,
    draft: &Draft,
    id: RecordId,
) -> Fate {
    let mut tree = FieldValue::Table(Vec::new());
    for (path, value) in draft.of_new() {
        put(&mut tree, path, value.clone());
    }
    for (path, value) in &wiring.constants {
        let steps = syntax::parse_path(path).unwrap_or_default();
        if !steps.is_empty() && at(&tree, &steps).is_none() {
            put(&mut tree, &steps, value.clone());
        }
    }
    if id.kind == "project" && at(&tree, &[Step::Key("state".into())]).is_none() {
        // As `pmo project add` does.
        put(&mut tree, &[Step::Key("state".into())], FieldValue::Text("proposed".into()));
    }
    let text = compose(target.kind, &id, &tree);
    match mistakes(target, columns, draft, &text) {
        Some(refused) => Fate::Refused(refused),
        None => Fate::New { id, text, fields: said_from_nothing(target, &tree) },
    }
}

/// What a new record says, key by key: the name by which it is called stands above.
pub(super) fn said_from_nothing(target: &Target, tree: &FieldValue) -> Vec<FieldChange> {
    fn leaves(prefix: &str, value: &FieldValue, out: &mut Vec<FieldChange>) {
        match value {
            FieldValue::Table(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    let key = syntax::write_path(&[Step::Key(key.clone())]);
                    let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
                    leaves(&key, value, out);
                }
            }
            value => {
                out.push(FieldChange { key: prefix.to_owned(), from: None, to: Some(value.clone()) });
            }
        }
    }
    let mut fields = Vec::new();
    leaves("", tree, &mut fields);
    fields.retain(|field| field.key != target.title_key());
    fields
}

fn changed(
    target: &Target,
    columns: &BTreeMap<String, usize>,
    draft: &Draft,
    id: RecordId,
    desk: &dyn Desk,
) -> Fate {
    let path = id.path();
    let refused = |reason: String| {
        let help = Some(format!("`pmo check {path}` shows what is wrong with the file"));
        Fate::Refused(vec![Refusal { row: draft.row, column: None, reason, help }])
    };
    let Some(before) = desk.text(&path) else {
        return refused(format!("{path} cannot be read"));
    };
    let is_whole = |value: &FieldValue| matches!(value, FieldValue::List(_) | FieldValue::Table(_));
    let wanted: Cow<'_, [_]> = if draft.silent.is_empty()
        && draft.names.is_empty()
        && !draft.fields.iter().any(|(_, value)| is_whole(value))
    {
        Cow::Borrowed(&draft.fields)
    } else {
        match tree_of(&before) {
            Ok(known) => Cow::Owned(said_of(target, draft, &known)),
            // A file that cannot be read is refused below.
            Err(_) => Cow::Borrowed(&draft.fields),
        }
    };
    match adjust(&before, &wanted) {
        Err(error) => refused(format!("{path}: {error}")),
        Ok((_, fields)) if fields.is_empty() => {
            Fate::Known { id, path, before: String::new(), after: String::new(), fields }
        }
        Ok((after, fields)) => match mistakes(target, columns, draft, &after) {
            // What was wrong before is not the row's fault.
            Some(refused) if mistakes(target, columns, draft, &before).is_none() => Fate::Refused(refused),
            _ => Fate::Known { id, path, before, after, fields },
        },
    }
}

/// What a row says of a record, without what it says by not naming it.
fn said_of(target: &Target, draft: &Draft, known: &FieldValue) -> Vec<(Vec<Step>, FieldValue)> {
    let own = |(path, value): &(Vec<Step>, FieldValue)| {
        let value = match value {
            // A list of words has nothing that it would say anyway.
            FieldValue::List(items) if !items.iter().any(|item| matches!(item, FieldValue::Table(_))) => {
                value.clone()
            }
            FieldValue::List(_) | FieldValue::Table(_) => {
                let dotted = syntax::write_path(path);
                match syntax::value::field(&target.schema, &dotted) {
                    Ok(schema) => FieldType::of(&dotted, schema).as_known(value.clone(), at(known, path)),
                    Err(_) => value.clone(),
                }
            }
            other => other.clone(),
        };
        (path.clone(), value)
    };
    draft.of_known(known).map(own).collect()
}

/// What a file would have wrong, told of the columns that say it.
fn mistakes(
    target: &Target,
    columns: &BTreeMap<String, usize>,
    draft: &Draft,
    text: &str,
) -> Option<Vec<Refusal>> {
    if is_complete(target.kind, text.as_bytes()) {
        return None;
    }
    let found = read_record(target.kind, text.as_bytes()).mistakes;
    (!found.is_empty())
        .then(|| found.into_iter().map(|mistake| refusal(columns, draft.row, mistake)).collect())
}

/// A mistake of a file as one of a row.
pub(super) fn refusal(columns: &BTreeMap<String, usize>, row: usize, mistake: syntax::Mistake) -> Refusal {
    let mut path = mistake.path.as_str();
    let column = loop {
        if let Some(column) = columns.get(path) {
            break Some(*column);
        }
        match path.rfind(['.', '[']) {
            Some(end) => path = &path[..end],
            None => break None,
        }
    };
    let help = match mistake.code {
        "missing-field" => {
            Some(format!("fill it in, or say what it is in the mapping: [constant] {} = \"…\"", mistake.path))
        }
        _ => mistake.help,
    };
    Refusal { row, column, reason: mistake.message, help }
}

/// Writes one table of a list as the walk reads it, and gives every mistake in it.
pub(super) fn mistakes_of_part(
    target: &Target,
    columns: &BTreeMap<String, usize>,
    row: usize,
    values: &FieldValue,
) -> Vec<Refusal> {
    let text = fields_of(&target.schema, values);
    let Ok(mut tree) = syntax::parse(&text) else { return Vec::new() };
    let mut found = syntax::wrap_numbers(tree.get_mut());
    found.extend(syntax::walk(&mut tree, &target.schema));
    found.into_iter().map(|mistake| refusal(columns, row, mistake)).collect()
}

/// A text of a message: short, on one line, harmless.
pub(super) fn shown(text: &str) -> String {
    terminal(&cut(text, 40)).into_owned()
}

/// The name of a slug's record in its folder.
pub(super) fn slug_name(slug: &str) -> Name {
    Name::Slug(slug.to_owned())
}
