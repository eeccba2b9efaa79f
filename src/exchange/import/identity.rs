//! Which record a row means: one that exists, by id, key or name, or a new one with an id of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::table::trimmed;
use crate::model::place::{Name, RecordId, parse_stem};
use crate::model::record::Place;
use crate::model::{Period, Register, Slot};
use crate::text::list;

use super::claim::{Claim, Claimed, Taken};
use super::lookup::Known;
use super::propose::{Desk, shown};
use super::rows::{Draft, Refusal};
use super::target::{Aim, Target};
use super::value::period;
use super::wiring::Wiring;

/// The record that a row means.
pub(super) struct Found {
    pub id: RecordId,
    pub is_new: bool,
    /// The column that says so.
    pub column: Option<usize>,
    /// One of nearly the same name, where the record is new.
    pub near: Option<(String, RecordId)>,
}

pub(super) struct Identity<'a> {
    pub(super) target: &'a Target,
    pub(super) wiring: &'a Wiring,
    pub(super) register: &'a Register,
    pub(super) desk: &'a dyn Desk,
    known: Known,
    /// The next number of a folder.
    pub(super) next: BTreeMap<(String, String), u32>,
    /// Ids that rows above took.
    pub(super) taken: BTreeSet<String>,
}

impl<'a> Identity<'a> {
    pub fn new(
        target: &'a Target,
        wiring: &'a Wiring,
        register: &'a Register,
        desk: &'a dyn Desk,
        known: Known,
    ) -> Self {
        Self { target, wiring, register, desk, known, next: BTreeMap::new(), taken: BTreeSet::new() }
    }

    /// The record of a row.
    pub fn of(&mut self, draft: &Draft) -> Result<Found, Refusal> {
        let spec = self.target.kind.spec;
        let home = self.home(draft)?;
        match spec.place {
            Place::Period | Place::ProgrammePeriod => self.by_period(draft, home),
            Place::Gate => self.by_gate(draft, home),
            Place::Sole | Place::ProgrammeFile | Place::Slug | Place::Numbered { .. } => {
                self.by_name(draft, home)
            }
        }
    }

    /// What a row takes, as far as it says it. Nothing is given out: the row may be refused for another reason.
    pub fn taken(&self, draft: &Draft) -> Taken {
        let Ok(home) = self.home(draft) else { return Taken::default() };
        let one = |claimed: Option<Claimed>| Taken { own: claimed.into_iter().collect(), name: None };
        let by_id = |found: Found| {
            let said = found.id.to_string();
            Claimed { said, by: "record", column: found.column, claim: Claim::Id(found.id) }
        };
        match self.target.kind.spec.place {
            Place::Period | Place::ProgrammePeriod => {
                return one(self.by_period(draft, home).ok().map(by_id));
            }
            Place::Gate => return one(self.by_gate(draft, home).ok().map(by_id)),
            Place::Sole | Place::ProgrammeFile | Place::Slug | Place::Numbered { .. } => {}
        }
        let Some(said) = &draft.id else { return one(self.by_key_or_name(draft, &home)) };
        let Ok(id) = self.said(draft, said, &home) else { return Taken::default() };
        let by_id =
            Claimed { claim: Claim::Id(id), said: said.clone(), by: "id", column: self.column(&Aim::Id) };
        match self.key() {
            Some(_) => {
                let key = self.of_key(draft, &home).map(|(key, _)| key);
                Taken { own: std::iter::once(by_id).chain(key).collect(), name: None }
            }
            None => Taken { own: vec![by_id], name: self.of_name(draft, &home).map(|(name, _)| name) },
        }
    }

    /// What a row without an id takes: the record that has its key or name, else a new one of it.
    fn by_key_or_name(&self, draft: &Draft, home: &str) -> Option<Claimed> {
        let found = if self.key().is_some() { self.of_key(draft, home) } else { self.of_name(draft, home) };
        let (claimed, matches) = found?;
        match matches {
            [] => Some(claimed),
            [one] => Some(Claimed { claim: Claim::Id(one.clone()), ..claimed }),
            _ => None,
        }
    }

    /// The key of a row, as what it takes, and the records that have it.
    fn of_key(&self, draft: &Draft, home: &str) -> Option<(Claimed, &[RecordId])> {
        let by = self.key()?;
        let said = draft.at(by)?;
        let (claim, matches) = (Claim::keyed(home, &said), self.known.keyed(home, &said));
        let column = self.column(&Aim::Field(by.to_owned()));
        Some((Claimed { claim, said, by: "key", column }, matches))
    }

    /// The name of a row likewise.
    fn of_name(&self, draft: &Draft, home: &str) -> Option<(Claimed, &[RecordId])> {
        let key = self.target.title_key();
        let said = draft.text(key).map(trimmed).filter(|title| !title.is_empty())?.to_owned();
        let (claim, matches) = (Claim::named(home, &said), self.known.named(home, &said));
        let column = self.column(&Aim::Field(key.to_owned()));
        Some((Claimed { claim, said, by: "name", column }, matches))
    }

    /// The field that holds the key of another program, where rows are found by one.
    fn key(&self) -> Option<&str> {
        self.wiring.by.as_deref().filter(|by| by.starts_with("custom."))
    }

    pub(super) fn refusal(&self, draft: &Draft, aim: &Aim, reason: impl Into<String>, help: &str) -> Refusal {
        let column = self.column(aim);
        let help = (!help.is_empty()).then(|| help.to_owned());
        Refusal { row: draft.row, column, reason: reason.into(), help }
    }

    fn column(&self, aim: &Aim) -> Option<usize> {
        self.wiring.wires.iter().find(|wire| wire.aim == *aim).map(|wire| wire.column)
    }

    /// The project or programme that holds the record; the id may say it too.
    fn home(&self, draft: &Draft) -> Result<String, Refusal> {
        let spec = self.target.kind.spec;
        let needs_project = spec.in_project && spec.place != Place::Sole;
        if !needs_project && spec.place != Place::ProgrammePeriod {
            return Ok(String::new());
        }
        let by_id = draft.id.as_ref().and_then(|id| id.split_once('/')).map(|(home, _)| home.to_owned());
        let home = draft.home.clone().or(by_id);
        let Some(home) = home else {
            let (noun, help) = match spec.place {
                Place::ProgrammePeriod => ("programme", "add a column  programme"),
                _ => ("project", "add a column  project,  or say  --project ID"),
            };
            return Err(self.refusal(draft, &Aim::Home, format!("the row names no {noun}"), help));
        };
        let is_known = match spec.place {
            Place::ProgrammePeriod => self.register.programmes.contains_key(&home),
            _ => self.register.projects.contains_key(&home),
        };
        if is_known {
            return Ok(home);
        }
        let reason = format!("there is no project or programme `{}`", shown(&home));
        Err(self.refusal(draft, &Aim::Home, reason, "import the projects first, or mend the id"))
    }

    fn by_period(&self, draft: &Draft, home: String) -> Result<Found, Refusal> {
        let kind = self.target.kind.spec.name;
        let by_id = draft.id.as_ref().and_then(|id| id.rsplit('/').next());
        let Some(said) = draft.period.as_deref().or(by_id) else {
            let what = if kind == "actuals" { "month" } else { "period" };
            return Err(self.refusal(
                draft,
                &Aim::Period,
                format!("the row names no {what}"),
                &format!("add a column  {what}"),
            ));
        };
        let wrong =
            |help: &str| self.refusal(draft, &Aim::Period, format!("`{}` is no period", shown(said)), help);
        let period = period::read(said).ok_or_else(|| wrong("write it as 2026-W47, 2026-11 or 2026-Q4"))?;
        if kind == "actuals" && !matches!(period, Period::Month { .. }) {
            return Err(wrong("booked costs are kept by month: write it as 2026-10"));
        }
        let id = RecordId { kind, home, name: Name::Period(period) };
        Ok(self.plain(id, &Aim::Period))
    }

    fn by_gate(&self, draft: &Draft, home: String) -> Result<Found, Refusal> {
        let spec = self.target.kind.spec;
        let by_id = draft.id.as_ref().and_then(|id| id.rsplit('/').next().map(str::to_owned));
        let said = by_id.or_else(|| {
            draft
                .gate
                .as_ref()
                .map(|gate| if gate.contains('-') { gate.clone() } else { format!("{gate}-1") })
        });
        let name = said.as_deref().and_then(|said| parse_stem(spec, said));
        let Some(name) = name else {
            return Err(self.refusal(
                draft,
                &Aim::Gate,
                "the row names no gate",
                "add a column  gate,  such as G4 or G4-2",
            ));
        };
        Ok(self.plain(RecordId { kind: spec.name, home, name }, &Aim::Gate))
    }

    fn plain(&self, id: RecordId, aim: &Aim) -> Found {
        // A folder may be there without the charter.
        let is_new = match self.register.slot(&id) {
            None => true,
            Some(Slot::Broken) => self.desk.text(&id.path()).is_none(),
            Some(_) => false,
        };
        let column = self.column(aim);
        Found { id, is_new, column, near: None }
    }

    fn by_name(&mut self, draft: &Draft, home: String) -> Result<Found, Refusal> {
        if let Some(said) = &draft.id {
            let id = self.said(draft, said, &home)?;
            let mut found = self.plain(id, &Aim::Id);
            let by_key = self.of_key(draft, &home);
            if let Some((key, other)) = by_key.and_then(|(key, ids)| Some((key, ids.first()?)))
                && *other != found.id
            {
                let reason = format!("the key `{}` is that of {other}", shown(&key.said));
                let help = format!("the row says the id {}: mend the one or the other", found.id);
                return Err(Refusal { row: draft.row, column: key.column, reason, help: Some(help) });
            }
            if found.is_new {
                self.refuse_shared(draft, &found.id)?;
                if let Some(title) = draft.text(self.target.title_key()) {
                    found.near = self.known.beside(&home, title, true);
                    self.known.add_stated(&found.id, title);
                }
            }
            self.taken.insert(found.id.to_string());
            return Ok(found);
        }
        let title = draft.text(self.target.title_key()).unwrap_or_default().to_owned();
        let key = self.key().map(|by| (by.to_owned(), draft.at(by)));
        let matches = match &key {
            Some((by, None)) => {
                let reason = format!("the row has no key: `{by}` is empty");
                return Err(self.refusal(
                    draft,
                    &Aim::Field(by.clone()),
                    reason,
                    "every row needs one, by which it is found again",
                ));
            }
            Some((_, Some(key))) => self.known.keyed(&home, key),
            None if title.is_empty() => {
                let key = self.target.title_key();
                let reason = format!("the row has no {key}");
                return Err(self.refusal(draft, &Aim::Field(key.into()), reason, "every record needs one"));
            }
            None => self.known.named(&home, &title),
        };
        let aim =
            key.as_ref().map_or(Aim::Field(self.target.title_key().into()), |(by, _)| Aim::Field(by.clone()));
        match matches {
            [one] => {
                let id = one.clone();
                let is_new = self.register.slot(&id).is_none();
                return Ok(Found { id, is_new, column: self.column(&aim), near: None });
            }
            [] => {}
            several => {
                let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                let reason =
                    format!("{} records have that {}", ids.len(), if key.is_some() { "key" } else { "name" });
                return Err(self.refusal(
                    draft,
                    &aim,
                    reason,
                    &format!("say which in a column  id: {}", list(&ids, "or")),
                ));
            }
        }
        // By its key it is another one; that the name is there already is shown all the same.
        let near = self.known.beside(&home, &title, false);
        let id = self.made(draft, &home, &title)?;
        self.known.add(&id, &title);
        if let Some((_, Some(key))) = &key {
            self.known.add_key(&id, key);
        }
        self.taken.insert(id.to_string());
        Ok(Found { id, is_new: true, column: self.column(&aim), near })
    }
}
