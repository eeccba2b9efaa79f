//! What a person types after `key=` into a TOML value, by the type that the schema gives the key.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::literal::{NewValue, key};
use super::mistake::Mistake;
use super::place::{Step, parse_path};
use super::schema::{Schema, Shape};
use super::{say, walk, wrap_numbers};

/// Reads what was typed for a key: texts bare, numbers, dates and lists as TOML.
///
/// The places of a mistake are bytes of `raw`. An empty value is for the caller, who removes the key.
pub fn typed(schema: &Value, path: &str, raw: &str) -> Result<NewValue, Mistake> {
    let steps = parse_path(path).ok_or_else(|| {
        Mistake::new("unknown-key", format!("`{path}` is not the name of a field"), 0..raw.len())
            .help("write  key=value,  or  table.key=value")
    })?;
    let root = Schema::new(schema);
    let field = find(root, &steps, path)?;
    let value = candidate(field, raw.trim(), raw);
    let Some(value) = value else {
        let parsed = DeValue::parse(raw.trim()).map(Spanned::into_inner);
        let given = Spanned::new(0..raw.len(), parsed.unwrap_or_else(|_| DeValue::String(raw.into())));
        let alternatives = field.alternatives();
        let expected: Vec<Shape> = alternatives.iter().flat_map(|one| one.shapes()).collect();
        return Err(say::wrong_type(&expected, &alternatives, &given, path).path(path));
    };
    judged(schema, &steps, &value, raw)?;
    Ok(value)
}

/// The schema of the field that a path names, or what is wrong with the path.
pub fn field<'s>(schema: &'s Value, path: &str) -> Result<Schema<'s>, Mistake> {
    let steps = parse_path(path)
        .ok_or_else(|| Mistake::new("unknown-key", format!("`{path}` is not the name of a field"), 0..0))?;
    find(Schema::new(schema), &steps, path)
}

/// Whether a path names a field of the schema.
pub fn knows(schema: &Value, path: &str) -> bool {
    parse_path(path).is_some_and(|steps| find(Schema::new(schema), &steps, path).is_ok())
}

/// The schema of the field that a path names.
fn find<'s>(root: Schema<'s>, steps: &[Step], path: &str) -> Result<Schema<'s>, Mistake> {
    let mut here = root;
    for (position, step) in steps.iter().enumerate() {
        let alternatives = here.alternatives();
        let next = match step {
            Step::Key(name) => alternatives.iter().find_map(|one| {
                // The id of an element of an array of tables may stand for its position.
                let by_id = || one.items().filter(|items| items.fields().contains(&"id"));
                if one.shapes().contains(&Shape::Table) { one.field(name) } else { by_id() }
            }),
            Step::Index(_) | Step::Id(_) => alternatives.iter().find_map(|one| one.items()),
        };
        here = next.ok_or_else(|| {
            let table =
                alternatives.iter().copied().find(|one| one.shapes().contains(&Shape::Table)).unwrap_or(here);
            let upto = super::write_path(&steps[..=position]);
            let name = upto.rsplit('.').next().unwrap_or(path).to_string();
            say::unknown_key(root, table, &name, 0..0, &upto).path(path)
        })?;
    }
    Ok(here)
}

/// The value that the raw text stands for, of the first shape that can take it.
fn candidate(field: Schema<'_>, text: &str, raw: &str) -> Option<NewValue> {
    if field.words().is_some() {
        return Some(NewValue::text(unquoted(text)));
    }
    let shapes: Vec<Shape> = field.alternatives().iter().flat_map(|one| one.shapes()).collect();
    let parsed = DeValue::parse(text).ok();
    let is = |fits: fn(&DeValue<'_>) -> bool| parsed.as_ref().is_some_and(|value| fits(value.get_ref()));
    let literal = || NewValue::literal(text);
    shapes.iter().find_map(|shape| match shape {
        Shape::Text => {
            Some(NewValue::text(if is(|v| v.is_str()) { unquoted(text) } else { raw.to_string() }))
        }
        Shape::Date => literal().filter(|_| is(|v| v.is_datetime())),
        Shape::Number => literal().filter(|_| is(|v| v.is_integer() || v.is_float())),
        Shape::Whole => literal().filter(|_| is(|v| v.is_integer())),
        Shape::Truth => match text {
            "true" | "yes" => NewValue::literal("true"),
            "false" | "no" => NewValue::literal("false"),
            _ => None,
        },
        Shape::List if is(|v| v.is_array()) => literal(),
        Shape::List => list_of(field, text),
        Shape::Table => literal().filter(|_| is(|v| v.is_table())),
        Shape::Anything => literal().or_else(|| Some(NewValue::text(raw))),
    })
}

/// A list of texts typed bare, with commas between.
fn list_of(field: Schema<'_>, text: &str) -> Option<NewValue> {
    let items = field.alternatives().iter().find_map(|one| one.items())?;
    let texts =
        items.words().is_some() || items.alternatives().iter().any(|one| one.shapes().contains(&Shape::Text));
    if !texts || text.starts_with('[') {
        return None;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    Some(NewValue::texts(&parts))
}

/// A text without the quotes that somebody typed around it.
fn unquoted(text: &str) -> String {
    let parsed = DeValue::parse(text).ok();
    parsed.and_then(|value| value.get_ref().as_str().map(str::to_string)).unwrap_or_else(|| text.to_string())
}

/// Lets the walk judge the value in its place, so that `set` and `check` never disagree.
fn judged(schema: &Value, steps: &[Step], value: &NewValue, raw: &str) -> Result<(), Mistake> {
    let mut text = value.on_one_line();
    for (position, step) in steps.iter().enumerate().rev() {
        let element = position > 0 && is_element(schema, &steps[..position]);
        text = match step {
            Step::Key(_) if element => format!("[{text}]"),
            Step::Key(name) if position == 0 => format!("{} = {text}", key(name)),
            Step::Key(name) => format!("{{ {} = {text} }}", key(name)),
            Step::Index(_) | Step::Id(_) => format!("[{text}]"),
        };
    }
    let Ok(mut tree) = DeTable::parse(&text) else { return Ok(()) };
    let mut mistakes = wrap_numbers(tree.get_mut());
    mistakes.extend(walk(&mut tree, schema));
    // What else the file needs is the file's business.
    match mistakes.into_iter().find(|mistake| mistake.code != "missing-field") {
        Some(mistake) => Err(Mistake { at: 0..raw.len(), ..mistake }),
        None => Ok(()),
    }
}

/// Whether a path leads to a list, so that a key behind it is the id of an element.
fn is_element(schema: &Value, steps: &[Step]) -> bool {
    find(Schema::new(schema), steps, "")
        .is_ok_and(|found| found.alternatives().iter().all(|one| one.shapes() == [Shape::List]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Value {
        serde_json::json!({
            "type": "object", "additionalProperties": false, "required": ["title"],
            "properties": {
                "title": { "type": "string" },
                "state": { "type": ["string", "null"], "enum": ["open", "accepted", "closed", null] },
                "closed_on": { "anyOf": [{ "$ref": "#/definitions/Date" }, { "type": "null" }] },
                "plan_cost": { "type": ["number", "null"] },
                "days": { "type": ["integer", "null"], "format": "uint32", "minimum": 0 },
                "report": { "type": "boolean" },
                "links": { "type": "array", "items": { "type": "string" } },
                "impact": { "anyOf": [{ "type": "number" }, { "$ref": "#/definitions/Impact" }] },
                "note": { "type": "object", "additionalProperties": { "type": "string" } },
                "milestone": { "type": "array", "items": { "$ref": "#/definitions/Milestone" } },
            },
            "definitions": {
                "Date": { "type": "string", "format": "date" },
                "Impact": { "type": "object", "properties": { "cost": { "type": "integer", "minimum": 1, "maximum": 5 } }, "additionalProperties": false },
                "Milestone": { "type": "object", "required": ["id", "baseline"], "additionalProperties": false,
                    "properties": { "id": { "type": "string" }, "baseline": { "$ref": "#/definitions/Date" } } },
            },
        })
    }

    fn read(path: &str, raw: &str) -> Result<String, String> {
        typed(&schema(), path, raw)
            .map(|v| v.on_one_line())
            .map_err(|m| format!("{}; {}", m.message, m.help.unwrap_or_default()))
    }

    #[test]
    fn values_take_the_type_of_their_key() {
        for (path, raw, expected) in [
            ("title", "Two words", "\"Two words\""),
            ("title", "2026-11-20", "\"2026-11-20\""),
            ("title", "\"quoted\"", "\"quoted\""),
            ("title", "say \"hi\"", "\"say \\\"hi\\\"\""),
            ("state", "closed", "\"closed\""),
            ("closed_on", "2026-11-20", "2026-11-20"),
            ("plan_cost", "1_250_000.50", "1_250_000.50"),
            ("days", "15", "15"),
            ("report", "yes", "true"),
            ("links", "#go-live, crm/R-001", "[\"#go-live\", \"crm/R-001\"]"),
            ("links", "[\"a\", \"b\"]", "[\"a\", \"b\"]"),
            ("impact", "4", "4"),
            ("impact", "{ cost = 4 }", "{ cost = 4 }"),
            ("impact.cost", "4", "4"),
            ("note.any-key", "x", "\"x\""),
            ("milestone[0].baseline", "2026-11-20", "2026-11-20"),
            ("milestone.go-live.baseline", "2026-11-20", "2026-11-20"),
            ("milestone[id=go-live].baseline", "2026-11-20", "2026-11-20"),
        ] {
            assert_eq!(read(path, raw), Ok(expected.to_string()), "{path}={raw}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_a_remedy() {
        for (path, raw, expected) in [
            (
                "state",
                "close",
                "`state` cannot be \"close\"; did you mean \"closed\"? Known are `open`, `accepted` and `closed`",
            ),
            (
                "closed_on",
                "soon",
                "`closed_on` must be a date, not text; year, month and day: closed_on = 2026-11-20",
            ),
            (
                "closed_on",
                "2026-11-20T10:00:00",
                "`closed_on` must be a date, not a date with a time; the date alone: closed_on = 2026-11-20",
            ),
            ("days", "1.5", "`days` must be a whole number, not a number with a fraction; "),
            ("days", "-1", "`days` may not be negative; "),
            ("impact.cost", "9", "`impact.cost` must be from 1 to 5; "),
            ("ttle", "x", "this file has no field `ttle`; did you mean `title`?"),
            ("impact.cots", "x", "[impact] has no field `cots`; did you mean `cost`?"),
            (
                "milestone.go-live.baselin",
                "x",
                "[milestone.go-live] has no field `baselin`; did you mean `baseline`?",
            ),
            ("a..b", "x", "`a..b` is not the name of a field; write  key=value,  or  table.key=value"),
        ] {
            let error = read(path, raw).unwrap_err();
            assert!(error.starts_with(expected), "{path}={raw}: {error}");
        }
    }
}
