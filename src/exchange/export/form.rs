//! The form of the tables: which there are, and which columns each has, read from the kinds' own schemas.
//!
//! A kind has one table of its own, and one for each of its lists of tables and tables by name:
//! `project`, `project.milestone`, `status.milestone`. A column is the dotted path of a field, in the order of
//! the schema: `budget.approved`. So the format of the files, the export and the import cannot come apart.

use std::sync::OnceLock;

use serde_json::{Map, Value as Json};

use crate::model::record::Place;
use crate::model::{KINDS, Kind, Spec};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// An exact decimal number.
    Decimal,
    /// A day.
    Date,
    /// Yes or no.
    Flag,
    /// Several texts, one a line (see [`list`](crate::exchange::cell::list)).
    List,
    /// What has no place in two dimensions, as JSON.
    Json,
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its dotted path within the record, or within the row of a list.
    pub path: String,
    /// What it holds.
    pub holds: Holds,
    /// Whether people choose the keys below it, each of which becomes a column: `custom.region`.
    pub open: bool,
}

/// The form of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The kind whose records it holds, or parts of them.
    pub kind: &'static Spec,
    /// The path of the part: `milestone`; nothing for the records themselves.
    pub part: Option<String>,
    /// The columns that say which record a row belongs to: `project`, `id`.
    pub identity: Vec<&'static str>,
    /// The column of the key, where the part is a table by name.
    pub keyed: Option<String>,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Form {
    /// What the table is called: `project`, `project.milestone`.
    pub fn name(&self) -> String {
        match &self.part {
            Some(part) => format!("{}.{part}", self.kind.name),
            None => self.kind.name.to_owned(),
        }
    }

    /// The form of the table of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        forms().iter().find(|form| form.name() == name)
    }

    /// The field that a column holds, also one below an open path.
    pub fn field(&self, column: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.path == column).or_else(|| {
            self.fields.iter().filter(|field| field.open).find(|field| {
                column.strip_prefix(field.path.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
        })
    }
}

/// The forms of all tables, in the order of the kinds; the parts of a kind come after it.
pub fn forms() -> &'static [Form] {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    FORMS.get_or_init(|| KINDS.iter().flat_map(forms_of).collect())
}

/// The columns that name a record of a kind; `as_parent` for the tables of its parts.
pub fn identity(spec: &Spec, as_parent: bool) -> Vec<&'static str> {
    let own = |alone: &'static str| if as_parent { alone } else { "id" };
    match spec.place {
        Place::Sole => vec![own("project")],
        Place::ProgrammeFile => vec![own("programme")],
        Place::Slug => vec![own(noun(spec))],
        Place::ProgrammePeriod => vec!["programme", "period"],
        Place::Period if spec.in_project => vec!["project", "period"],
        Place::Period => vec!["period"],
        Place::Numbered { .. } | Place::Gate if spec.in_project => vec!["project", own(noun(spec))],
        Place::Numbered { .. } | Place::Gate => vec![own(noun(spec))],
    }
}

fn noun(spec: &Spec) -> &'static str {
    KINDS.iter().find(|kind| kind.spec.name == spec.name).map_or("id", |kind| kind.spec.name)
}

fn forms_of(kind: &Kind) -> Vec<Form> {
    let schema: Json = (kind.schema)().into();
    let mut walk = Walk { schema: &schema, fields: Vec::new(), parts: Vec::new() };
    walk.fields_of(&schema, "");
    let (fields, parts) = (walk.fields, walk.parts);
    let own = Form { kind: kind.spec, part: None, identity: identity(kind.spec, false), keyed: None, fields };
    let parts = parts.into_iter().map(|part| {
        let mut walk = Walk { schema: &schema, fields: Vec::new(), parts: Vec::new() };
        walk.fields_of(part.schema, "");
        let mut fields = walk.fields;
        // A part has no parts of its own: what does not fit into its row is JSON in a cell.
        for field in fields.iter_mut().filter(|field| field.open) {
            (field.open, field.holds) = (false, Holds::Json);
        }
        let json = |path: &str| Field { path: path.to_owned(), holds: Holds::Json, open: false };
        fields.extend(walk.parts.iter().map(|part| json(&part.path)));
        Form {
            kind: kind.spec,
            identity: identity(kind.spec, true),
            keyed: part.keyed.then(|| part.path.rsplit('.').next().unwrap_or(&part.path).to_owned()),
            part: Some(part.path),
            fields,
        }
    });
    std::iter::once(own).chain(parts).collect()
}

/// A part of a record: a list of tables, or tables by name.
struct Part<'a> {
    path: String,
    keyed: bool,
    schema: &'a Json,
}

/// The walk through a schema.
struct Walk<'a> {
    schema: &'a Json,
    fields: Vec<Field>,
    parts: Vec<Part<'a>>,
}

impl<'a> Walk<'a> {
    /// What a reference in the schema leads to, and what is left of `null` beside something else.
    fn resolve(&self, schema: &'a Json) -> &'a Json {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or(name);
            return self.resolve(&self.schema["definitions"][name]);
        }
        if let Some([one]) = schema["allOf"].as_array().map(Vec::as_slice) {
            return self.resolve(one);
        }
        if let Some(ways) = schema["anyOf"].as_array() {
            let ways: Vec<&Json> = ways.iter().filter(|way| way["type"] != "null").collect();
            if let [one] = ways.as_slice() {
                return self.resolve(one);
            }
        }
        schema
    }

    fn fields_of(&mut self, schema: &'a Json, prefix: &str) {
        let properties: Option<&'a Map<String, Json>> = schema["properties"].as_object();
        for (key, below) in properties.into_iter().flatten() {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            self.field(path, below);
        }
    }

    fn field(&mut self, path: String, schema: &'a Json) {
        let schema = self.resolve(schema);
        // A number, or a table that says more.
        if let Some([number, table]) = schema["anyOf"].as_array().map(Vec::as_slice)
            && number["type"] == "number"
        {
            self.fields.push(Field { path: path.clone(), holds: Holds::Decimal, open: false });
            return self.field(path, table);
        }
        if schema["properties"].is_object() {
            return self.fields_of(schema, &path);
        }
        if schema["additionalProperties"].is_object() {
            let below = self.resolve(&schema["additionalProperties"]);
            return match below["properties"].is_object() {
                true => self.parts.push(Part { path, keyed: true, schema: below }),
                false => self.fields.push(Field { path, holds: scalar(below), open: true }),
            };
        }
        if is(schema, "array") {
            let below = self.resolve(&schema["items"]);
            let is_table = below["properties"].is_object();
            let holds = if is_table { Holds::Json } else { Holds::List };
            // What was seen of a link is for the program alone; it is not worth a table of its own.
            return match is_table && !path.ends_with("reviewed") {
                true => self.parts.push(Part { path, keyed: false, schema: below }),
                false => self.fields.push(Field { path, holds, open: false }),
            };
        }
        self.fields.push(Field { path, holds: scalar(schema), open: false });
    }
}

/// Whether a schema allows values of a type.
fn is(schema: &Json, name: &str) -> bool {
    match &schema["type"] {
        Json::String(only) => only == name,
        Json::Array(types) => types.iter().any(|own| own == name),
        _ => false,
    }
}

fn scalar(schema: &Json) -> Holds {
    // A field of the organisation's own may be of any type; then each value says what it is.
    match () {
        () if is(schema, "string") && schema["format"] == "date" => Holds::Date,
        () if is(schema, "string") => Holds::Text,
        () if is(schema, "boolean") => Holds::Flag,
        () if is(schema, "integer") => Holds::Whole,
        () if is(schema, "number") => Holds::Decimal,
        () => Holds::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(name: &str) -> Vec<String> {
        let form = Form::named(name).unwrap();
        let shown =
            |field: &Field| format!("{}{} {:?}", field.path, if field.open { ".*" } else { "" }, field.holds);
        form.fields.iter().map(shown).collect()
    }

    #[test]
    fn a_column_is_the_path_of_a_field_in_the_order_of_the_format() {
        let project = columns("project");
        assert_eq!(project[..3], ["name Text", "manager Text", "sponsor Text"]);
        for column in ["schedule.start Date", "budget.approved Decimal", "confidential Flag", "tags List"] {
            assert!(project.iter().any(|own| own == column), "{column}: {project:?}");
        }
        assert_eq!(project.last().unwrap(), "custom.* Text");
        let risk = columns("risk");
        for column in ["impact Decimal", "impact.* Whole", "cost_effect.low Decimal", "reviewed Json"] {
            assert!(risk.iter().any(|own| own == column), "{column}: {risk:?}");
        }
    }

    #[test]
    fn what_is_a_list_of_tables_or_tables_by_name_is_a_table_of_its_own() {
        let names: Vec<String> = forms().iter().map(Form::name).collect();
        for name in ["project.milestone", "project.allocation", "status.milestone", "benefit.plan"] {
            assert!(names.iter().any(|own| own == name), "{name}: {names:?}");
        }
        assert_eq!(
            columns("status.milestone"),
            ["actual Date", "forecast Date", "note Text"],
            "the key has a column of its own"
        );
        assert_eq!(Form::named("status.milestone").unwrap().keyed.as_deref(), Some("milestone"));
        assert!(columns("project.superseded").contains(&"milestones Json".to_owned()));
    }

    #[test]
    fn no_two_columns_and_no_two_tables_have_one_name() {
        let mut names = std::collections::BTreeSet::new();
        for form in forms() {
            assert!(names.insert(form.name().to_lowercase()), "{}", form.name());
            assert!(form.name().chars().count() <= 31, "{} is too long for a sheet", form.name());
            let mut columns: Vec<String> = form.identity.iter().map(|own| (*own).to_owned()).collect();
            columns.extend(form.keyed.clone());
            columns.extend(form.fields.iter().filter(|field| !field.open).map(|field| field.path.clone()));
            let mut seen = std::collections::BTreeSet::new();
            for column in columns {
                assert!(seen.insert(column.clone()), "{}: {column} stands twice", form.name());
            }
        }
    }
}
