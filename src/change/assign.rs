//! Keys of a record set and removed, by the types that its kind's schema gives them.

use serde_json::{Map, Value, json};

use crate::load::schema_of_kind;
use crate::model::Kind;
use crate::model::custom::{Field, FieldType};
use crate::model::person::is_person;
use crate::syntax::{self, EditError, Mistake, NewValue};

/// One key and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The key, as a dotted path.
    pub path: String,
    /// The new value; none removes the key.
    pub value: Option<NewValue>,
}

/// Why keys could not be set; nothing was planned.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// What was typed is no assignment.
    #[error("`{0}` is not of the form key=value")]
    Form(String),
    /// The key or value does not fit the kind of record.
    #[error("{}", .0.message)]
    Unfit(Box<Mistake>),
    /// The file could not be changed.
    #[error("`{path}` could not be set")]
    Edit {
        /// The key.
        path: String,
        /// Why.
        #[source]
        cause: EditError,
    },
}

impl Assignment {
    /// Reads `key=value`; an empty value removes the key.
    ///
    /// `fields` are the fields of the organisation's own, which give the keys of `[custom]` their types.
    pub fn read(kind: &Kind, fields: &[Field], typed: &str) -> Result<Assignment, AssignError> {
        let Some((path, raw)) = typed.split_once('=') else {
            return Err(AssignError::Form(typed.to_owned()));
        };
        // `milestone[id=go-live].baseline=…`: the sign inside brackets belongs to the path.
        let (path, raw) = match (path.rfind('['), path.contains(']')) {
            (Some(open), _) if !path[open..].contains(']') => {
                let after = raw.find(']').map(|close| path.len() + 1 + close);
                let split = after.and_then(|close| typed[close..].find('=').map(|sign| close + sign));
                let Some(split) = split else { return Err(AssignError::Form(typed.to_owned())) };
                (&typed[..split], &typed[split + 1..])
            }
            _ => (path, raw),
        };
        let path = path.trim().to_owned();
        if raw.trim().is_empty() {
            if syntax::parse_path(&path).is_none() {
                return Err(AssignError::Form(typed.to_owned()));
            }
            return Ok(Assignment { path, value: None });
        }
        let raw = match is_person(&path) {
            true => raw.trim().strip_prefix('@').unwrap_or(raw),
            false => raw,
        };
        let own = path.starts_with("custom.").then(|| own_fields(kind, fields)).flatten();
        let value = syntax::typed(own.as_ref().unwrap_or(schema_of_kind(kind)), &path, raw)
            .map_err(|mistake| AssignError::Unfit(Box::new(mistake)))?;
        Ok(Assignment { path, value: Some(value) })
    }

    /// Sets a key to a text.
    pub fn text(path: &str, text: &str) -> Assignment {
        Assignment { path: path.to_owned(), value: Some(NewValue::text(text)) }
    }

    /// Sets a key to a date.
    pub fn date(path: &str, date: crate::model::Date) -> Assignment {
        Assignment { path: path.to_owned(), value: NewValue::literal(&date.to_string()) }
    }

    /// Removes a key.
    pub fn remove(path: &str) -> Assignment {
        Assignment { path: path.to_owned(), value: None }
    }
}

/// The schema of `[custom]` by the declarations for a kind; none where nothing is declared.
pub fn own_fields(kind: &Kind, fields: &[Field]) -> Option<Value> {
    let declared: Map<String, Value> = fields
        .iter()
        .filter(|field| field.kind == kind.spec.name)
        .map(|field| {
            let schema = match field.holds {
                FieldType::Text => json!({ "type": "string" }),
                FieldType::Word => json!({ "enum": field.words }),
                FieldType::Number => json!({ "type": "number" }),
                FieldType::Date => json!({ "type": "string", "format": "date" }),
                FieldType::Bool => json!({ "type": "boolean" }),
                FieldType::List => json!({ "type": "array", "items": { "type": "string" } }),
            };
            (field.name.clone(), schema)
        })
        .collect();
    (!declared.is_empty()).then(|| {
        let custom = json!({ "type": "object", "properties": declared, "additionalProperties": false });
        json!({ "type": "object", "properties": { "custom": custom } })
    })
}

/// Makes the assignments in a text, one after the other; what is absent already need not be removed.
pub fn assign(text: &str, assignments: &[Assignment]) -> Result<String, AssignError> {
    let mut text = text.to_owned();
    for Assignment { path, value } in assignments {
        let failed = |cause| AssignError::Edit { path: path.clone(), cause };
        let steps = syntax::parse_path(path).ok_or_else(|| AssignError::Form(path.clone()))?;
        text = match value {
            Some(value) => syntax::set(&text, &steps, value).map_err(failed)?,
            None => match syntax::remove(&text, &steps) {
                Err(EditError::Missing(_)) => text,
                removed => removed.map_err(failed)?,
            },
        };
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<Assignment, String> {
        let kind = Kind::named("risk").unwrap();
        Assignment::read(kind, &[], typed).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_typed_becomes_a_value_of_the_right_type() {
        let text = "title = \"x\" # t\nowner = \"a\"\n";
        assert_eq!(read("owner=@jana"), read("owner=jana"), "as everywhere else");
        let typed =
            ["probability=4", "review_by=2026-12-01", "title=Two words", "owner=", "impact.cost=3", "plan="];
        let assignments: Vec<Assignment> = typed.iter().map(|t| read(t).unwrap()).collect();
        let expected =
            "title = \"Two words\" # t\nprobability = 4\nreview_by = 2026-12-01\n\n[impact]\ncost = 3\n";
        assert_eq!(assign(text, &assignments).unwrap(), expected);
    }

    #[test]
    fn own_fields_take_their_declared_types() {
        let field = |name: &str, holds, words: &[&str]| Field {
            kind: "risk".into(),
            name: name.into(),
            holds,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            required: false,
        };
        let fields =
            [field("cost_centre", FieldType::Text, &[]), field("tier", FieldType::Word, &["gold", "silver"])];
        let read = |typed: &str| Assignment::read(Kind::named("risk").unwrap(), &fields, typed);
        assert_eq!(read("custom.cost_centre=4711").unwrap(), Assignment::text("custom.cost_centre", "4711"));
        assert!(read("custom.tier=gould").unwrap_err().to_string().contains("gould"));
        assert!(read("custom.teir=gold").unwrap_err().to_string().contains("no field `teir`"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(read("owner").unwrap_err(), "`owner` is not of the form key=value");
        assert!(read("probabilty=4").unwrap_err().contains("no field `probabilty`"));
        assert!(read("response=mitigat").unwrap_err().contains("cannot be \"mitigat\""));
        let milestone = Assignment::read(
            Kind::named("project").unwrap(),
            &[],
            "milestone[id=go-live].baseline=2027-01-31",
        );
        assert_eq!(milestone.unwrap().path, "milestone[id=go-live].baseline");
    }
}
