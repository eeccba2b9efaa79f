//! Random edits of a register, and what a difference tells of them.

use proptest::prelude::*;

use super::*;
use crate::model::Number;
use crate::model::field::Fields;

/// A state: files by path.
type State = BTreeMap<String, Fields>;

fn pairs(before: &State, after: &State) -> Vec<FilePair> {
    let side = |state: &State, path: &str| {
        state.get(path).map_or(Contents::Absent, |fields| Contents::Says(fields.clone()))
    };
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let pair =
        |path: &String| FilePair { path: path.clone(), before: side(before, path), after: side(after, path) };
    paths.into_iter().map(pair).filter(|pair| pair.before != pair.after).collect()
}

/// The first state with everything done to it that a difference tells.
fn applied(mut state: State, changes: &[RecordChange]) -> State {
    let mut put = Vec::new();
    for change in changes {
        let from = change.was_file.as_ref().unwrap_or(&change.file);
        let fields = state.remove(from).unwrap_or_default().with(&change.fields);
        if change.fate != Fate::Removed {
            put.push((change.file.clone(), fields));
        } else {
            assert_eq!(fields, Fields::default(), "all that it said is told");
        }
    }
    state.extend(put);
    state
}

/// The same difference seen from the other state.
fn mirrored(changes: &[RecordChange]) -> Vec<RecordChange> {
    let turn = |change: &RecordChange| {
        let mut turned = change.clone();
        turned.fate = match change.fate {
            Fate::Added => Fate::Removed,
            Fate::Removed => Fate::Added,
            other => other,
        };
        if let (Some(was), Some(was_file)) = (&change.was, &change.was_file) {
            turned.record.clone_from(was);
            turned.file.clone_from(was_file);
            turned.was = Some(change.record.clone());
            turned.was_file = Some(change.file.clone());
        }
        for field in &mut turned.fields {
            std::mem::swap(&mut field.old, &mut field.new);
        }
        std::mem::swap(&mut turned.unreadable_before, &mut turned.unreadable_after);
        turned
    };
    let mut turned: Vec<RecordChange> = changes.iter().map(turn).collect();
    turned.sort_by(|a, b| (&a.file, &a.was_file).cmp(&(&b.file, &b.was_file)));
    turned
}

fn plain(mut changes: Vec<RecordChange>) -> Vec<RecordChange> {
    for change in &mut changes {
        // What people call it, and where it stands, is said of the second state where there is one.
        (change.title, change.home) = (None, String::new());
    }
    changes
}

/// What a person may do to a register.
#[derive(Clone, Debug)]
enum Edit {
    Set(usize, usize, u8),
    Unset(usize, usize),
    Add(usize, u8),
    Remove(usize),
    Move(usize, usize),
    Copy(usize, usize),
    RenameProject,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<usize>(), 0..KEYS.len(), any::<u8>()).prop_map(|(a, b, c)| Edit::Set(a, b, c)),
        (any::<usize>(), 0..KEYS.len()).prop_map(|(a, b)| Edit::Unset(a, b)),
        (0..PATHS.len(), any::<u8>()).prop_map(|(a, b)| Edit::Add(a, b)),
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), 0..PATHS.len()).prop_map(|(a, b)| Edit::Move(a, b)),
        (any::<usize>(), 0..PATHS.len()).prop_map(|(a, b)| Edit::Copy(a, b)),
        Just(Edit::RenameProject),
    ]
}

const KEYS: [&str; 5] = ["title", "owner", "probability", "impact.cost", "milestone.go-live.baseline"];
const PATHS: [&str; 8] = [
    "pmo.toml",
    "people/jana.toml",
    "projects/crm/project.toml",
    "projects/crm/risks/R-001.toml",
    "projects/crm/risks/R-002.toml",
    "projects/erp/project.toml",
    "projects/erp/risks/R-001.toml",
    "projects/erp/issues/I-001.toml",
];

fn value(seed: u8) -> FieldValue {
    match seed % 3 {
        0 => FieldValue::Text(format!("text {}", seed % 5)),
        1 => FieldValue::Number(Number::from(i64::from(seed % 5))),
        _ => FieldValue::List(vec![FieldValue::Flag(seed.is_multiple_of(2))]),
    }
}

fn play(mut state: State, edits: &[Edit]) -> State {
    for edit in edits {
        let nth = |state: &State, at: usize| state.keys().nth(at % state.len().max(1)).cloned();
        match edit {
            Edit::Set(at, key, seed) => {
                if let Some(path) = nth(&state, *at) {
                    let fields = state.entry(path).or_default();
                    fields.0.insert(KEYS[*key].to_owned(), value(*seed));
                }
            }
            Edit::Unset(at, key) => {
                if let Some(path) = nth(&state, *at) {
                    state.entry(path).or_default().0.remove(KEYS[*key]);
                }
            }
            Edit::Add(path, seed) => {
                let fields = Fields([("title".to_owned(), value(*seed))].into());
                state.insert(PATHS[*path].to_owned(), fields);
            }
            Edit::Remove(at) => {
                nth(&state, *at).map(|path| state.remove(&path));
            }
            Edit::Move(at, to) => {
                if let Some(fields) = nth(&state, *at).and_then(|path| state.remove(&path)) {
                    state.insert(PATHS[*to].to_owned(), fields);
                }
            }
            Edit::Copy(at, to) => {
                if let Some(fields) = nth(&state, *at).map(|path| state[&path].clone()) {
                    state.insert(PATHS[*to].to_owned(), fields);
                }
            }
            Edit::RenameProject => {
                let renamed = |path: String| path.replace("projects/crm/", "projects/customers/");
                state = state.into_iter().map(|(path, fields)| (renamed(path), fields)).collect();
            }
        }
    }
    state
}

fn renames(before: &State, after: &State) -> BTreeMap<String, String> {
    let has = |state: &State, id: &str| state.keys().any(|path| path.starts_with(&format!("projects/{id}/")));
    let pair = |was: &str, is: &str| (was.to_owned(), is.to_owned());
    match (has(before, "crm"), has(before, "customers"), has(after, "crm"), has(after, "customers")) {
        (true, false, false, true) => [pair("crm", "customers")].into(),
        (false, true, true, false) => [pair("customers", "crm")].into(),
        _ => BTreeMap::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_difference_tells_all_that_leads_from_one_state_to_the_other(
        seeds in prop::collection::vec(any::<u8>(), PATHS.len()),
        first in prop::collection::vec(edit(), 0..6),
        then in prop::collection::vec(edit(), 0..12),
    ) {
        let begun = PATHS.iter().zip(seeds).map(|(path, seed)| {
            ((*path).to_owned(), Fields([("title".to_owned(), value(seed))].into()))
        });
        let before = play(begun.collect(), &first);
        let after = play(before.clone(), &then);
        let there = of(&pairs(&before, &after), &renames(&before, &after));
        prop_assert_eq!(applied(before.clone(), &there), after.clone());
        let back = of(&pairs(&after, &before), &renames(&after, &before));
        prop_assert_eq!(plain(mirrored(&there)), plain(back));
        prop_assert!(of(&pairs(&after, &after), &BTreeMap::new()).is_empty());
        prop_assert_eq!(there.is_empty(), before == after);
    }
}

#[test]
fn a_record_that_stands_elsewhere_is_the_same_record() {
    let file = |path: &str, keys: &[(&str, u8)]| {
        let keys = keys.iter().map(|(key, seed)| ((*key).to_owned(), value(*seed)));
        (path.to_owned(), Fields(keys.collect()))
    };
    let before: State = [
        file("projects/crm/risks/R-001.toml", &[("title", 0), ("owner", 3)]),
        file("projects/crm/risks/R-002.toml", &[("title", 3)]),
        file("projects/crm/project.toml", &[("name", 0)]),
    ]
    .into();
    let after: State = [
        file("projects/customers/risks/R-007.toml", &[("title", 0), ("owner", 6)]),
        file("projects/erp/risks/R-001.toml", &[("title", 3)]),
        file("projects/customers/project.toml", &[("name", 0)]),
    ]
    .into();
    let told = of(&pairs(&before, &after), &[("crm".to_owned(), "customers".to_owned())].into());
    let told: Vec<String> = told
        .iter()
        .map(|one| format!("{:?} {:?} to {}: {}", one.fate, one.was, one.record, one.fields.len()))
        .collect();
    assert_eq!(
        told,
        [
            "Moved Some(\"crm\") to customers: 0",
            "Moved Some(\"crm/R-001\") to customers/R-007: 1",
            "Moved Some(\"crm/R-002\") to erp/R-001: 0",
        ]
    );
}
