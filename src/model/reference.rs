//! References: how one record names another.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::{Name, RecordId, is_slug, parse_stem};
use super::record::{KINDS, Place};

/// A reference as it is written: `crm`, `crm/R-003`, `crm#go-live`, `@jana-novak`, or, inside a
/// project's own files, `D-003` and `#go-live`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Ref(pub String);

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A project, programme or objective: they share one set of names.
    Named(String),
    /// Any other record.
    Record(RecordId),
    /// A milestone of a project.
    Milestone {
        /// The project.
        project: String,
        /// The milestone's id.
        id: String,
    },
}

impl Ref {
    /// Takes the text as a reference.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes what somebody typed: a path of the register, as a shell completes it, means the record that stands there.
    pub fn typed(text: &str) -> Self {
        let path = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        let charter = || RecordId::at_path(&format!("{path}/project.toml"));
        match RecordId::at_path(path).or_else(charter) {
            Some(id) => id.reference(),
            None => Self::new(text),
        }
    }

    /// The reference to a person.
    pub fn person(id: &str) -> Self {
        Self(format!("@{id}"))
    }

    /// Whether the text reads as a reference to a numbered record, such as `D-003` or `crm/R-002`.
    pub fn looks_numbered(&self) -> bool {
        matches!(self.target(Some("x")), Some(Target::Record(id)) if matches!(id.name, Name::Number(_) | Name::Gate(..)))
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the reference names, read inside the files of `home` (a project or programme), if any.
    ///
    /// Nothing when the text is no reference at all; whether the target exists is for the register to say.
    pub fn target(&self, home: Option<&str>) -> Option<Target> {
        let text = self.0.trim();
        if let Some(person) = text.strip_prefix('@') {
            return is_slug(person).then(|| Target::Record(RecordId::person(person)));
        }
        if let Some((project, milestone)) = text.split_once('#') {
            let project = if project.is_empty() { home? } else { project };
            let good = is_slug(project) && is_milestone_id(milestone);
            return good.then(|| Target::Milestone { project: project.to_owned(), id: milestone.to_owned() });
        }
        if let Some(period) = text.strip_prefix("period/") {
            let name = Name::Period(period.parse().ok()?);
            return Some(Target::Record(RecordId { kind: "period", home: String::new(), name }));
        }
        if let Some((owner, rest)) = text.split_once('/') {
            return is_slug(owner).then(|| in_home(owner, rest)).flatten().map(Target::Record);
        }
        if is_slug(text) {
            return Some(Target::Named(text.to_owned()));
        }
        for kind in KINDS.iter().filter(|k| !k.spec.in_project && !k.spec.prefix.is_empty()) {
            if let Some(name) = parse_stem(kind.spec, text) {
                return Some(Target::Record(RecordId { kind: kind.spec.name, home: String::new(), name }));
            }
        }
        in_home(home?, text).map(Target::Record)
    }
}

impl Target {
    /// The project or programme that it is, or stands in; empty for what is the register's own.
    ///
    /// Of a bare name it is not known whether it is an objective, so it is that name.
    pub fn home(&self) -> &str {
        match self {
            Self::Named(home) | Self::Milestone { project: home, .. } => home,
            Self::Record(id) => &id.home,
        }
    }
}

/// Whether the text can be the id of a milestone: as a slug, but only unique in its project.
pub fn is_milestone_id(text: &str) -> bool {
    is_slug(text)
}

/// The record that a short reference such as `R-003` or `2026-W47` names inside a project's files.
fn in_home(home: &str, text: &str) -> Option<RecordId> {
    let (folder, stem) = match text.split_once('/') {
        Some((folder, stem)) => (Some(folder), stem),
        None => (None, text),
    };
    KINDS
        .iter()
        .map(|k| k.spec)
        .filter(|s| s.in_project && !matches!(s.place, Place::Sole))
        // A bare period is the status report; booked costs are named with their folder.
        .filter(|s| folder.map_or(s.name != "actuals", |f| f == s.folder))
        .find_map(|s| parse_stem(s, stem).map(|name| RecordId { kind: s.name, home: home.to_owned(), name }))
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_format_allows() {
        let of = |text: &str| match Ref::new(text).target(Some("crm")) {
            Some(Target::Named(name)) => format!("named {name}"),
            Some(Target::Record(id)) => format!("{} {id}", id.kind),
            Some(Target::Milestone { project, id }) => format!("milestone {project}#{id}"),
            None => "nothing".into(),
        };
        assert_eq!(of("erp"), "named erp");
        assert_eq!(of("D-003"), "decision crm/D-003");
        assert_eq!(of("erp/R-004"), "risk erp/R-004");
        assert_eq!(of("#go-live"), "milestone crm#go-live");
        assert_eq!(of("erp#go-live"), "milestone erp#go-live");
        assert_eq!(of("2026-W47"), "status crm/2026-W47");
        assert_eq!(of("erp/2026-11"), "status erp/2026-11");
        assert_eq!(of("erp/actuals/2026-10"), "actuals erp/actuals/2026-10");
        assert_eq!(of("G4-1"), "review crm/G4-1");
        assert_eq!(of("REQ-0007"), "request REQ-0007");
        assert_eq!(of("@jana-novak"), "person @jana-novak");
        assert_eq!(of("period/2026-W47"), "period period/2026-W47");
        for wrong in ["R-3", "crm/", "/R-003", "crm/../x", "crm#", "@", "", "Steering, 12 Oct"] {
            assert_eq!(of(wrong), "nothing", "{wrong}");
        }
        assert_eq!(Ref::new("D-003").target(None), None);
    }
}
