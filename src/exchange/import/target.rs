//! What is imported: a kind of record, or a table within the charters of projects.

use serde_json::{Value, json};

use crate::load::schema_of_kind;
use crate::model::record::Place;
use crate::model::{KINDS, Kind};
use crate::syntax::{self, Mistake, schema::Schema};
use crate::text::{count, nearest};

/// Tables of a project that are imported as if they were records of their own.
const PARTS: [&str; 2] = ["milestone", "allocation"];

/// What is imported.
#[derive(Clone, Debug)]
pub struct Target {
    /// The kind of record whose files change.
    pub kind: &'static Kind,
    /// The list of tables in them, where it is not the record itself.
    pub part: Option<String>,
    /// Whether the rows of a record are the whole list, in their order, as `pmo export` writes lists.
    pub is_whole: bool,
    /// The column of the key, where the part is a table by name.
    pub keyed: Option<String>,
    /// The fields, as JSON Schema.
    pub schema: Value,
}

/// What a column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The id of the record.
    Id,
    /// The project or programme that holds it.
    Home,
    /// The reporting period or month.
    Period,
    /// The gate of a review.
    Gate,
    /// The key of a table by name.
    Key,
    /// A field, by its path.
    Field(String),
}

impl Target {
    /// The target that a word names, singular or plural; an error names the nearest.
    pub fn named(word: &str) -> Result<Target, Option<&'static str>> {
        let lower = word.to_lowercase().replace(['_', ' '], "-");
        let part = PARTS.into_iter().find(|part| lower == *part || lower == format!("{part}s"));
        if let Some(part) = part {
            return Ok(Self::part(part));
        }
        if let Some((kind, path)) = lower.split_once('.')
            && let Some(target) = Kind::named(kind).and_then(|kind| Self::list(kind, &path.replace('-', "_")))
        {
            return Ok(target);
        }
        let word = match lower.as_str() {
            "status-report" | "status-reports" | "report" | "reports" | "statuses" => "status",
            "actual" | "costs" => "actuals",
            other => other,
        };
        Kind::named(word).map(Self::of).ok_or_else(|| {
            let names = KINDS
                .iter()
                .flat_map(|kind| [kind.spec.plural, kind.spec.name])
                .chain(["milestones", "allocations"]);
            nearest(&lower, names)
        })
    }

    /// The records of a kind.
    pub fn of(kind: &'static Kind) -> Target {
        Target { kind, part: None, is_whole: false, keyed: None, schema: schema_of_kind(kind).clone() }
    }

    /// Drafts, as files: of no kind of their own.
    pub fn drafts() -> Target {
        let schema = json!({ "properties": { "path": { "type": "string" }, "text": { "type": "string" } } });
        Target { kind: &KINDS[0], part: Some("draft".to_owned()), is_whole: false, keyed: None, schema }
    }

    /// Whether it is drafts.
    pub fn is_drafts(&self) -> bool {
        self.part.as_deref() == Some("draft")
    }

    fn part(part: &'static str) -> Target {
        let kind = Kind::named("project").unwrap_or(&KINDS[0]);
        let whole = schema_of_kind(kind);
        let items = whole["properties"][part]["items"].clone();
        let named = items["$ref"].as_str().and_then(|pointer| pointer.strip_prefix('#'));
        let mut schema = named.and_then(|pointer| whole.pointer(pointer)).cloned().unwrap_or(items);
        schema["definitions"] = whole["definitions"].clone();
        schema["x-noun"] = json!(if part == "allocation" { "an allocation" } else { "a milestone" });
        Target { kind, part: Some(part.to_owned()), is_whole: false, keyed: None, schema }
    }

    /// A list of tables of a kind, or its tables by name: `project.cost`, `status.milestone`.
    fn list(kind: &'static Kind, path: &str) -> Option<Target> {
        let field = syntax::value::field(schema_of_kind(kind), path).ok()?;
        let alternatives = field.alternatives();
        let items = alternatives.iter().find_map(|one| one.items());
        let named = alternatives.iter().find(|one| one.is_map()).and_then(|one| one.field("any"));
        let (inner, keyed) = match (items, named) {
            (Some(items), _) => (items, None),
            (None, Some(named)) => (named, Some(path.rsplit('.').next().unwrap_or(path).to_owned())),
            (None, None) => return None,
        };
        let inner = inner.alternatives().into_iter().find(|one| !one.fields().is_empty())?;
        let mut schema = inner.alone();
        schema["x-noun"] = json!(format!("[[{path}]]"));
        Some(Target { kind, part: Some(path.to_owned()), is_whole: true, keyed, schema })
    }

    /// What one of them is called.
    pub fn noun(&self) -> &str {
        match &self.part {
            Some(part) if !self.is_whole => part,
            _ => match self.kind.spec.name {
                "status" => "status report",
                "programme-status" => "programme status report",
                "actuals" => "month of actuals",
                name => name,
            },
        }
    }

    /// One of them, in words: `a project`, `an issue`.
    pub fn one(&self) -> String {
        let noun = self.noun();
        let an = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{an} {noun}")
    }

    /// How many there are, in words.
    pub fn counted(&self, number: usize) -> String {
        match (self.noun(), number) {
            ("month of actuals", 1) => "1 month of actuals".to_owned(),
            ("month of actuals", _) => format!("{number} months of actuals"),
            (noun, _) => count(number, noun),
        }
    }

    /// What a column of that name says, or why there is none.
    pub fn aim(&self, name: &str) -> Result<Aim, Mistake> {
        let spec = self.kind.spec;
        if self.is_whole {
            return self.aim_of_list(name);
        }
        let in_project = self.part.is_some() || (spec.in_project && spec.place != Place::Sole);
        match (name, spec.place) {
            ("project", _) if in_project => return Ok(Aim::Home),
            ("programme", Place::ProgrammePeriod) => return Ok(Aim::Home),
            ("period", Place::Period | Place::ProgrammePeriod) => return Ok(Aim::Period),
            ("month", Place::Period) if spec.name == "actuals" => return Ok(Aim::Period),
            ("gate", Place::Gate) => return Ok(Aim::Gate),
            ("id", _) if self.part.as_deref() != Some("allocation") => return Ok(Aim::Id),
            _ => {}
        }
        if name.starts_with("custom.") && Schema::new(&self.schema).fields().contains(&"custom") {
            return Ok(Aim::Field(name.to_owned()));
        }
        syntax::value::field(&self.schema, name)?;
        Ok(Aim::Field(name.to_owned()))
    }

    /// What a column says of the rows of lists: first whose list it is, in the columns that `pmo export` writes.
    fn aim_of_list(&self, name: &str) -> Result<Aim, Mistake> {
        let spec = self.kind.spec;
        let is_home = match spec.place {
            Place::ProgrammeFile | Place::ProgrammePeriod => name == "programme",
            _ => spec.in_project && name == "project",
        };
        let is_own =
            matches!(spec.place, Place::Slug | Place::Numbered { .. } | Place::Gate) && name == spec.name;
        let is_period = matches!(spec.place, Place::Period | Place::ProgrammePeriod) && name == "period";
        match name {
            _ if is_home => return Ok(Aim::Home),
            _ if is_own => return Ok(Aim::Id),
            _ if is_period => return Ok(Aim::Period),
            _ if self.keyed.as_deref() == Some(name) => return Ok(Aim::Key),
            _ => {}
        }
        syntax::value::field(&self.schema, name)?;
        Ok(Aim::Field(name.to_owned()))
    }

    /// The names that columns may have without a mapping.
    pub fn names(&self) -> Vec<String> {
        let root = Schema::new(&self.schema);
        let mut names: Vec<String> =
            ["id", "project", "programme", "period", "month", "gate", self.kind.spec.name]
                .into_iter()
                .filter(|name| self.aim(name).is_ok())
                .map(str::to_owned)
                .collect();
        for field in root.fields() {
            names.push(field.to_owned());
            let inner = root.field(field).map(|field| field.alternatives()).unwrap_or_default();
            names.extend(inner.iter().flat_map(|one| one.fields()).map(|key| format!("{field}.{key}")));
        }
        names
    }

    /// The key that says what people call it.
    pub fn title_key(&self) -> &'static str {
        if Schema::new(&self.schema).fields().contains(&"title") { "title" } else { "name" }
    }

    /// The fields that a new one must have.
    pub fn required(&self) -> Vec<String> {
        Schema::new(&self.schema).required().into_iter().map(str::to_owned).collect()
    }
}
