//! Names into ids: people, programmes and projects by what a workbook calls them, and records by what rows know of them.

use std::collections::{HashMap, HashSet};

use crate::exchange::table::folded;
use crate::model::place::{Name, is_slug};
use crate::model::{AnyRecord, Kind, Person, RecordId, Register};

use super::slug;

/// Who and what is known by which name.
#[derive(Debug, Default)]
pub struct Lookup {
    people: HashMap<String, Vec<String>>,
    projects: HashMap<String, Vec<String>>,
    programmes: HashMap<String, Vec<String>>,
}

/// What a name came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One id.
    Known(String),
    /// Nobody has the name: the id that it makes.
    Made(String),
    /// Several have it.
    Several(Vec<String>),
    /// It makes no id.
    Nothing,
}

impl Lookup {
    /// Gathers the names of a register.
    pub fn new(register: &Register) -> Lookup {
        let mut lookup = Lookup::default();
        for (id, person) in register.records::<Person>() {
            let id = id.stem();
            let email = person.email.iter().map(|email| folded(email));
            for name in [folded(&person.name), turned(&person.name)].into_iter().chain(email) {
                add(&mut lookup.people, name, &id);
            }
            add(&mut lookup.people, id.clone(), &id);
        }
        for id in register.projects.keys() {
            add(&mut lookup.projects, id.clone(), id);
            if let Some(project) = register.project(id) {
                add(&mut lookup.projects, folded(&project.name), id);
            }
        }
        for id in register.programmes.keys() {
            add(&mut lookup.programmes, id.clone(), id);
            if let Some(programme) = register.programme(id) {
                add(&mut lookup.programmes, folded(&programme.name), id);
            }
        }
        lookup
    }

    /// The person of a name, an address or an id.
    pub fn person(&self, name: &str) -> Found {
        let bare = name.trim().trim_start_matches('@');
        // "Jana Novak <jana@northwind.example>"
        let (bare, address) = match bare.split_once('<') {
            Some((name, rest)) => (name.trim(), Some(folded(rest.trim_end_matches('>')))),
            None => (bare, None),
        };
        let known =
            address.and_then(|address| self.people.get(&address)).or_else(|| self.people.get(&folded(bare)));
        let name = || if bare.contains(',') { turned_back(bare) } else { bare.to_owned() };
        match settled(known, name, bare) {
            // Written otherwise, as with marks on its letters, and yet the id of somebody.
            Found::Made(id) if self.people.get(&id).is_some_and(|ids| ids.contains(&id)) => Found::Known(id),
            found => found,
        }
    }

    /// The project of a name or an id.
    pub fn project(&self, name: &str) -> Found {
        let bare = name.trim().trim_start_matches("projects/");
        settled(
            self.projects.get(bare).or_else(|| self.projects.get(&folded(bare))),
            || bare.to_owned(),
            bare,
        )
    }

    /// The programme of a name or an id.
    pub fn programme(&self, name: &str) -> Found {
        let bare = name.trim();
        settled(
            self.programmes.get(bare).or_else(|| self.programmes.get(&folded(bare))),
            || bare.to_owned(),
            bare,
        )
    }
}

fn add(names: &mut HashMap<String, Vec<String>>, name: String, id: &str) {
    let ids = names.entry(name).or_default();
    if !ids.iter().any(|known| known == id) {
        ids.push(id.to_owned());
    }
}

fn settled(known: Option<&Vec<String>>, name: impl Fn() -> String, bare: &str) -> Found {
    match known.map(Vec::as_slice) {
        Some([one]) => Found::Known(one.clone()),
        Some([]) | None if is_slug(bare) => Found::Made(bare.to_owned()),
        Some([]) | None => slug::slug(&name()).map_or(Found::Nothing, Found::Made),
        Some(several) => Found::Several(several.to_vec()),
    }
}

/// A name as lists sort it: `novak, jana`.
fn turned(name: &str) -> String {
    match folded(name).rsplit_once(' ') {
        Some((first, last)) => format!("{last}, {first}"),
        None => folded(name),
    }
}

fn turned_back(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
        None => name.to_owned(),
    }
}

/// Whether a field holds a programme's id.
pub fn is_programme(path: &str, kind: &str) -> bool {
    (path == "programme" && kind == "project") || (path == "parent" && kind == "programme")
}

/// The records of a kind by what rows know of them.
#[derive(Debug, Default)]
pub struct Known {
    by_name: HashMap<(String, String), Vec<RecordId>>,
    by_key: HashMap<(String, String), Vec<RecordId>>,
    /// Every name where near names meet.
    names: HashMap<(String, String), Vec<Named>>,
    /// New ones whose rows say their ids: that two of them have like names is meant.
    stated: HashSet<RecordId>,
}

/// A name, as it reads and as it is compared.
#[derive(Clone, Debug)]
struct Named {
    title: String,
    folded: Vec<char>,
    digits: String,
    id: RecordId,
}

impl Known {
    /// Gathers the records of a kind; `key` is the field under `[custom]` that holds another program's key.
    pub fn new(register: &Register, kind: &'static Kind, key: Option<&str>) -> Known {
        let mut known = Known::default();
        for (id, slot) in register.all().filter(|(id, _)| id.kind == kind.spec.name) {
            let Some(record) = slot.record_or_draft() else { continue };
            known.add(&id, record.title());
            if let Some(value) = key.and_then(|key| key_of(record, key)) {
                known.by_key.entry((home(&id), value)).or_default().push(id);
            }
        }
        known
    }

    /// Adds one that is new.
    pub fn add(&mut self, id: &RecordId, title: &str) {
        self.by_name.entry((home(id), folded(title))).or_default().push(id.clone());
        self.meet(id, title);
    }

    fn meet(&mut self, id: &RecordId, title: &str) {
        let name = folded(title);
        let named = Named {
            title: title.to_owned(),
            folded: name.chars().collect(),
            digits: digits(&name),
            id: id.clone(),
        };
        for bucket in buckets(&name) {
            self.names.entry((home(id), bucket)).or_default().push(named.clone());
        }
    }

    /// Adds one that is new and whose row says its id: rows of its name are told of it by their claims.
    pub fn add_stated(&mut self, id: &RecordId, title: &str) {
        self.meet(id, title);
        self.stated.insert(id.clone());
    }

    /// One of that very name, or nearly; a row that says its id is not told of others that do.
    pub fn beside(&self, home: &str, title: &str, is_stated: bool) -> Option<(String, RecordId)> {
        let is_told = |id: &&RecordId| !(is_stated && self.stated.contains(*id));
        let same = self.named(home, title).iter().find(is_told);
        same.map(|id| (title.to_owned(), id.clone())).or_else(|| {
            let near = |id: &RecordId| is_told(&id);
            self.near(home, title, near).map(|(title, id)| (title.to_owned(), id.clone()))
        })
    }

    /// Adds the key of one that is new.
    pub fn add_key(&mut self, id: &RecordId, key: &str) {
        self.by_key.entry((home(id), key.to_owned())).or_default().push(id.clone());
    }

    /// Those of a name.
    pub fn named(&self, home: &str, title: &str) -> &[RecordId] {
        self.by_name.get(&(home.to_owned(), folded(title))).map_or(&[], Vec::as_slice)
    }

    /// Those of a key.
    pub fn keyed(&self, home: &str, key: &str) -> &[RecordId] {
        self.by_key.get(&(home.to_owned(), key.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// One whose name is nearly that: the same words in another order, or a slip of one or two letters.
    fn near(
        &self,
        home: &str,
        title: &str,
        is_told: impl Fn(&RecordId) -> bool,
    ) -> Option<(&str, &RecordId)> {
        let name = folded(title);
        let (letters, digits): (Vec<char>, String) = (name.chars().collect(), digits(&name));
        buckets(&name).into_iter().enumerate().find_map(|(turn, bucket)| {
            let met = self.names.get(&(home.to_owned(), bucket))?;
            let found = met.iter().take(MET).find(|other| {
                let is_near = turn == 0 || (other.digits == digits && is_slip(&other.folded, &letters));
                other.folded != letters && is_near && is_told(&other.id)
            })?;
            Some((found.title.as_str(), &found.id))
        })
    }
}

/// How many names that meet are compared.
const MET: usize = 200;

/// Whether two names are the same but for one or two letters side by side.
fn is_slip(one: &[char], other: &[char]) -> bool {
    let most = if one.len().min(other.len()) < 8 { 1 } else { 2 };
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - end <= most
}

/// The home by which records are told apart: projects have none of their own.
fn home(id: &RecordId) -> String {
    if matches!(id.name, Name::Sole) { String::new() } else { id.home.clone() }
}

/// "Phase 1" and "Phase 2" are no near misses.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn sorted_words(name: &str) -> Vec<String> {
    let plain = slug::plain(name);
    let mut words: Vec<String> =
        plain.split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Where near names meet: by their beginning, their end, and their words in order.
fn buckets(name: &str) -> Vec<String> {
    let start: String = name.chars().take(4).collect();
    let end: String = name.chars().rev().take(4).collect();
    vec![sorted_words(name).join(" "), format!("<{start}"), format!(">{end}")]
}

fn key_of(record: &dyn AnyRecord, path: &str) -> Option<String> {
    let json = serde_json::to_value(record.fields()).ok()?;
    let mut here = &json;
    for part in path.split('.') {
        here = here.get(part)?;
    }
    match here {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Null => None,
        other => Some(other.to_string()),
    }
}
