//! Identity: a record's path is its id. Paths to ids and back.

use std::fmt;

use super::record::{KINDS, Place, Spec};
use super::{Period, Ref};

/// The last part of a record's identity, in its folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// The one record of its kind in a folder: `project.toml`.
    Sole,
    /// An allocated number: `R-003`.
    Number(u32),
    /// A gate and its turn: `G4-1`.
    Gate(String, u32),
    /// A reporting period.
    Period(Period),
    /// A slug that people chose.
    Slug(String),
}

impl Name {
    /// The reporting period, when that is its name.
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Period(period) => Some(*period),
            _ => None,
        }
    }
}

/// Whether the text can be the id of a project, programme, person or objective.
pub fn is_slug(text: &str) -> bool {
    let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 64
        && bytes.iter().all(|b| ok(*b) || *b == b'-')
        && ok(bytes[0])
        && ok(bytes[bytes.len() - 1])
        && !is_reserved(text)
}

/// Names that Windows keeps for devices; a folder of that name cannot be checked out there.
pub fn is_reserved(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let numbered = |stem: &str| {
        text.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| (b'1'..=b'9').contains(&b)))
    };
    matches!(text.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Which record: its kind, the project or programme whose folder holds it, and its name there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The kind's name, such as `risk`.
    pub kind: &'static str,
    /// The project or programme that holds it; empty for records of the register itself.
    pub home: String,
    /// Its name in the folder.
    pub name: Name,
}

impl RecordId {
    /// The project `id`.
    pub fn project(id: &str) -> Self {
        Self { kind: "project", home: id.to_owned(), name: Name::Sole }
    }

    /// The programme `id`.
    pub fn programme(id: &str) -> Self {
        Self { kind: "programme", home: id.to_owned(), name: Name::Sole }
    }

    /// The person `id`.
    pub fn person(id: &str) -> Self {
        Self { kind: "person", home: String::new(), name: Name::Slug(id.to_owned()) }
    }

    /// The status report of a project for a period.
    pub fn status(project: &str, period: Period) -> Self {
        Self { kind: "status", home: project.to_owned(), name: Name::Period(period) }
    }

    /// The machinery of its kind.
    pub fn spec(&self) -> &'static Spec {
        // Only kinds of the table are ever named; the fallback keeps the signature simple.
        KINDS.iter().map(|k| k.spec).find(|s| s.name == self.kind).unwrap_or(KINDS[0].spec)
    }

    /// The name of its file without `.toml`, such as `R-003`.
    pub fn stem(&self) -> String {
        file_stem(self.spec(), &self.name)
    }

    /// The path of its file in the register.
    pub fn path(&self) -> String {
        let spec = self.spec();
        match spec.place {
            Place::Slug => format!("{}/{}.toml", spec.folder, self.stem()),
            Place::Numbered { .. } if self.home.is_empty() => format!("{}/{}.toml", spec.folder, self.stem()),
            Place::Period if self.home.is_empty() => format!("{}/{}.toml", spec.folder, self.stem()),
            Place::Sole => format!("{}/{}/{}.toml", spec.folder, self.home, spec.name),
            Place::ProgrammeFile => format!("{}/{}.toml", spec.folder, self.home),
            Place::ProgrammePeriod => {
                format!("programmes/{}/{}/{}.toml", self.home, spec.folder, self.stem())
            }
            Place::Numbered { .. } | Place::Gate | Place::Period => {
                format!("projects/{}/{}/{}.toml", self.home, spec.folder, self.stem())
            }
        }
    }

    /// The reference that names it, such as `crm/R-003`.
    pub fn reference(&self) -> Ref {
        Ref::new(self.to_string())
    }

    /// The record whose file stands at this path, when the path is one of the layout.
    pub fn at_path(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_suffix(".toml")?.split('/').collect();
        let (home, folder, stem) = match parts.as_slice() {
            ["projects", home, "project"] if is_slug(home) => return Some(Self::project(home)),
            ["programmes", home] if is_slug(home) => return Some(Self::programme(home)),
            ["projects", home, folder, stem] if is_slug(home) => ((*home).to_owned(), *folder, *stem),
            ["programmes", home, "status", stem] if is_slug(home) => {
                let name = Name::Period(stem.parse().ok()?);
                return Some(Self { kind: "programme-status", home: (*home).to_owned(), name });
            }
            [folder, stem] => (String::new(), *folder, *stem),
            _ => return None,
        };
        let in_project = !home.is_empty();
        let spec = KINDS.iter().map(|k| k.spec).find(|s| {
            s.folder == folder
                && s.in_project == in_project
                && !matches!(s.place, Place::Sole | Place::ProgrammeFile | Place::ProgrammePeriod)
        })?;
        Some(Self { kind: spec.name, home, name: parse_stem(spec, stem)? })
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (home, stem) = (&self.home, self.stem());
        match self.kind {
            "project" | "programme" => f.write_str(home),
            "person" => write!(f, "@{stem}"),
            "period" => write!(f, "period/{stem}"),
            "actuals" => write!(f, "{home}/actuals/{stem}"),
            _ if home.is_empty() => f.write_str(&stem),
            _ => write!(f, "{home}/{stem}"),
        }
    }
}

/// The file name without `.toml` that a record of this kind has.
pub fn file_stem(spec: &Spec, name: &Name) -> String {
    match (name, spec.place) {
        (Name::Sole, _) => spec.name.to_owned(),
        (Name::Number(n), Place::Numbered { digits }) => format!("{}-{n:0digits$}", spec.prefix),
        (Name::Number(n), _) => format!("{}-{n:03}", spec.prefix),
        (Name::Gate(gate, turn), _) => format!("{gate}-{turn}"),
        (Name::Period(period), _) => period.to_string(),
        (Name::Slug(slug), _) => slug.clone(),
    }
}

/// The name that a file of this kind has by its stem, when it is well formed.
pub fn parse_stem(spec: &Spec, stem: &str) -> Option<Name> {
    match spec.place {
        Place::Slug => is_slug(stem).then(|| Name::Slug(stem.to_owned())),
        Place::Numbered { digits } => {
            let number = stem.strip_prefix(spec.prefix)?.strip_prefix('-')?;
            let value: u32 =
                number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok()).flatten()?;
            // Only the one way of writing it: R-003, not R-3 or R-0003.
            (value > 0 && format!("{value:0digits$}") == number).then_some(Name::Number(value))
        }
        Place::Gate => {
            let (gate, turn) = stem.rsplit_once('-')?;
            let value: u32 = turn.parse().ok()?;
            let good = gate.starts_with(|c: char| c.is_ascii_uppercase())
                && gate.len() <= 16
                && gate.bytes().all(|b| b.is_ascii_alphanumeric())
                && !KINDS.iter().any(|k| k.spec.prefix == gate);
            (good && value > 0 && value.to_string() == turn).then(|| Name::Gate(gate.to_owned(), value))
        }
        Place::Period | Place::ProgrammePeriod => stem.parse().ok().map(Name::Period),
        Place::Sole | Place::ProgrammeFile => (stem == spec.name).then_some(Name::Sole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_id_are_inverse() {
        for (path, reference) in [
            ("projects/crm/project.toml", "crm"),
            ("programmes/customer-360.toml", "customer-360"),
            ("programmes/customer-360/status/2026-W47.toml", "customer-360/2026-W47"),
            ("projects/crm/risks/R-003.toml", "crm/R-003"),
            ("projects/crm/status/2026-W47.toml", "crm/2026-W47"),
            ("projects/crm/actuals/2026-10.toml", "crm/actuals/2026-10"),
            ("projects/crm/reviews/G4-1.toml", "crm/G4-1"),
            ("requests/REQ-0001.toml", "REQ-0001"),
            ("people/jana-novak.toml", "@jana-novak"),
            ("objectives/grow-retention.toml", "grow-retention"),
            ("periods/2026-W47.toml", "period/2026-W47"),
        ] {
            let id = RecordId::at_path(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!(id.path(), path);
            assert_eq!(id.to_string(), reference);
        }
    }

    #[test]
    fn refuses_names_that_no_record_may_have() {
        for path in [
            "projects/CRM/project.toml",
            "projects/../project.toml",
            "projects/crm/risks/R-3.toml",
            "projects/crm/risks/R-000.toml",
            "projects/crm/risks/I-001.toml",
            "projects/crm/reviews/R-1.toml",
            "projects/crm/status/2026-W60.toml",
            "people/nul.toml",
            "people/-x.toml",
            "requests/REQ-1.toml",
        ] {
            assert_eq!(RecordId::at_path(path), None, "{path}");
        }
        assert!(!is_slug(&"a".repeat(65)));
    }
}
