//! Ids of records: the one that a row says, in any of the ways in which it is written, or one made of its name.

use crate::model::place::{Name, RecordId, is_slug, parse_stem};
use crate::model::record::Place;

use super::identity::Identity;
use super::propose::{shown, slug_name};
use super::rows::{Draft, Refusal};
use super::slug::slug;
use super::target::Aim;

impl Identity<'_> {
    /// The id that a row says, in any of the ways in which it is written.
    pub(super) fn said(&self, draft: &Draft, said: &str, home: &str) -> Result<RecordId, Refusal> {
        let spec = self.target.kind.spec;
        let last = said.rsplit('/').next().unwrap_or(said);
        let made = match spec.place {
            Place::Sole if is_slug(said) => Some(RecordId::project(said)),
            Place::ProgrammeFile if is_slug(said) => Some(RecordId::programme(said)),
            Place::Slug => {
                let slug = said.trim_start_matches('@');
                is_slug(slug).then(|| RecordId {
                    kind: spec.name,
                    home: String::new(),
                    name: slug_name(slug),
                })
            }
            Place::Numbered { .. } => {
                let stands_elsewhere = said.split_once('/').is_some_and(|(there, _)| there != home);
                parse_stem(spec, last).filter(|_| !stands_elsewhere).map(|name| RecordId {
                    kind: spec.name,
                    home: home.to_owned(),
                    name,
                })
            }
            _ => None,
        };
        made.ok_or_else(|| {
            let reason = format!("`{}` cannot be the id of {}", shown(said), self.target.one());
            let help = match spec.place {
                Place::Numbered { digits } => {
                    format!("such as {}-{:0digits$}; without an id one is given", spec.prefix, 7)
                }
                _ => match slug(said) {
                    Some(slug) => format!("`{slug}` would do: [id] in a mapping makes ids of a column"),
                    None => "an id has small letters, digits and inner -".to_owned(),
                },
            };
            self.refusal(draft, &Aim::Id, reason, &help)
        })
    }

    /// Projects, programmes and objectives share one set of names.
    pub(super) fn refuse_shared(&self, draft: &Draft, id: &RecordId) -> Result<(), Refusal> {
        let name = match (&id.name, id.kind) {
            (Name::Sole, _) => &id.home,
            (Name::Slug(slug), "objective") => slug,
            _ => return Ok(()),
        };
        match self.register.named(name) {
            Some(other) if other.kind != id.kind => {
                let reason = format!("there is a {} `{name}` already", other.kind);
                Err(self.refusal(
                    draft,
                    &Aim::Id,
                    reason,
                    "projects, programmes and objectives share one set of names",
                ))
            }
            _ => Ok(()),
        }
    }

    /// An id for a record that has none.
    pub(super) fn made(&mut self, draft: &Draft, home: &str, title: &str) -> Result<RecordId, Refusal> {
        let spec = self.target.kind.spec;
        if let Place::Numbered { .. } = spec.place {
            let folder = match spec.in_project {
                true => format!("projects/{home}/{}", spec.folder),
                false => spec.folder.to_owned(),
            };
            let number = self.number(draft, folder, format!("{}-", spec.prefix))?;
            return Ok(RecordId { kind: spec.name, home: home.to_owned(), name: Name::Number(number) });
        }
        let as_id = |slug: &str| match spec.place {
            Place::Sole => RecordId::project(slug),
            Place::ProgrammeFile => RecordId::programme(slug),
            _ => RecordId { kind: spec.name, home: String::new(), name: slug_name(slug) },
        };
        let prefix = &self.wiring.id_prefix;
        let is_free = |id: &RecordId| {
            let shared = match &id.name {
                Name::Sole => self.register.named(&id.home).is_some(),
                Name::Slug(slug) if id.kind == "objective" => self.register.named(slug).is_some(),
                _ => false,
            };
            !shared && self.register.slot(id).is_none() && !self.taken.contains(&id.to_string())
        };
        if self.wiring.id_numbered {
            let stem = if prefix.is_empty() { "p" } else { prefix.trim_end_matches('-') };
            let from = self.next.get(&("".into(), stem.to_owned())).copied().unwrap_or(1);
            let found = (from..=from.saturating_add(1_000_000))
                .map(|number| (number, as_id(&format!("{stem}-{number:03}"))))
                .find(|(_, id)| is_free(id));
            if let Some((number, id)) = found.filter(|(_, id)| is_slug(&id.to_string().replace('@', ""))) {
                self.next.insert(("".into(), stem.to_owned()), number + 1);
                return Ok(id);
            }
        }
        let source = draft.id_from.as_deref().unwrap_or(title);
        if source.is_empty() {
            let key = self.target.title_key();
            let reason = format!("the row has no {key}");
            return Err(self.refusal(draft, &Aim::Field(key.into()), reason, "every record needs one"));
        }
        let made = slug(&format!("{prefix}{source}"));
        let Some(made) = made else {
            let aim = Aim::Field(self.target.title_key().into());
            let reason = format!("`{}` makes no id", shown(source));
            return Err(self.refusal(draft, &aim, reason, "give it one in a column  id"));
        };
        let plain = as_id(&made);
        if is_free(&plain) {
            return Ok(plain);
        }
        let cut: String = made.chars().take(58).collect();
        let numbered =
            (2..10_000).map(|turn| as_id(&format!("{}-{turn}", cut.trim_end_matches('-')))).find(is_free);
        numbered.ok_or_else(|| self.refusal(draft, &Aim::Id, format!("no id is left for `{made}`"), ""))
    }

    fn number(&mut self, draft: &Draft, folder: String, prefix: String) -> Result<u32, Refusal> {
        let place = (folder, prefix);
        let last = match self.next.get(&place) {
            Some(last) => *last,
            None => {
                self.desk.highest(&place.0, &place.1).map_err(|why| self.refusal(draft, &Aim::Id, why, ""))?
            }
        };
        // Numbers that rows state are not given to others.
        let mut number = last;
        loop {
            number = number.checked_add(1).ok_or_else(|| {
                self.refusal(draft, &Aim::Id, format!("{} has no number left", place.0), "")
            })?;
            let home =
                place.0.strip_prefix("projects/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
            let id = RecordId {
                kind: self.target.kind.spec.name,
                home: home.to_owned(),
                name: Name::Number(number),
            };
            if self.register.slot(&id).is_none() && !self.taken.contains(&id.to_string()) {
                break;
            }
        }
        self.next.insert(place, number);
        Ok(number)
    }
}
