//! What a field takes in one register: by the schema of the kind, and by what `pmo.toml` declares.

use std::sync::LazyLock;

use serde_json::json;

use crate::change::assign::own_fields;
use crate::exchange::table::{Raw, Table};
use crate::model::Config;
use crate::syntax::{self, schema::Schema};
use crate::text::cut;

use super::target::Target;
use super::value::FieldType;

/// What a text takes: an id, a name, a field that nobody declared.
pub fn text() -> FieldType {
    static TEXT: LazyLock<serde_json::Value> = LazyLock::new(|| json!({ "type": "string" }));
    FieldType::of("id", Schema::new(&TEXT))
}

/// What a field takes: of `[custom]` by the declarations, of words by the vocabularies; and what is to be said of it.
pub fn of_field(target: &Target, config: &Config, path: &str) -> (FieldType, Option<String>) {
    let is_own = path.starts_with("custom.") && target.part.is_none();
    let declared = is_own
        .then(|| own_fields(target.kind, &config.field))
        .flatten()
        .filter(|declared| syntax::value::knows(declared, path));
    let mut note = None;
    let mut takes = if is_own && declared.is_none() {
        let kind = target.kind.spec.name;
        let own = path.trim_start_matches("custom.");
        note = Some(format!(
            "pmo.toml declares no field `{own}` for `{kind}`, and `pmo check` wants it: \
             [[field]] kind = \"{kind}\", name = \"{own}\", type = \"text\""
        ));
        let mut open = text();
        open.is_open = true;
        open
    } else {
        let schema = declared.as_ref().unwrap_or(&target.schema);
        syntax::value::field(schema, path).map_or_else(|_| text(), |found| FieldType::of(path, found))
    };
    path.clone_into(&mut takes.path);
    if takes.words.is_none() {
        takes.words = vocabulary(target, config, path);
    }
    if let Some(levels) = levels(target, config, path) {
        (takes.least, takes.most) = (Some(1.into()), Some(levels.into()));
    }
    (takes, note)
}

/// Lets a field of an export say what `pmo.toml` does not list: the register that was exported said it too. Tells of it.
pub fn loosen(
    takes: &mut FieldType,
    target: &Target,
    config: &Config,
    table: &Table,
    column: usize,
) -> Option<String> {
    if levels(target, config, &takes.path).is_some() {
        let own = syntax::value::field(&target.schema, &takes.path).ok()?;
        let own = FieldType::of(&takes.path, own);
        (takes.least, takes.most) = (own.least, own.most);
        return None;
    }
    let words =
        vocabulary(target, config, &takes.path).filter(|words| takes.words.as_ref() == Some(words))?;
    takes.words = None;
    let odd = table.rows.iter().find_map(|row| match row.cells.get(column) {
        Some(Raw::Text(text)) if !words.contains(text) => Some((row.at, text)),
        _ => None,
    });
    odd.map(|(row, text)| {
        format!(
            "`{}` is `{}` in {}, which pmo.toml does not list: `pmo check` will say so",
            takes.path,
            cut(text, 30),
            table.place(row, None)
        )
    })
}

/// The names of the levels of a risk's scale, and the numbers that they stand for.
pub fn level_words(target: &Target, config: &Config, path: &str) -> Vec<(String, String)> {
    let names: Vec<&str> = match scale(target, path) {
        Some("probability") => config.risk.probability.iter().map(|level| level.name.as_str()).collect(),
        Some(_) => config.risk.impact.iter().map(|level| level.name.as_str()).collect(),
        None => Vec::new(),
    };
    names.iter().zip(1..).map(|(name, level): (_, u8)| ((*name).to_owned(), level.to_string())).collect()
}

/// Which scale a field is on, if on one: `probability` or `impact`.
fn scale<'p>(target: &Target, path: &'p str) -> Option<&'p str> {
    let key = path.strip_prefix("initial.").or_else(|| path.strip_prefix("target.")).unwrap_or(path);
    let first = key.split('.').next().filter(|first| matches!(*first, "probability" | "impact"));
    first.filter(|_| target.kind.spec.name == "risk")
}

/// How many levels the scale of a risk's field has.
fn levels(target: &Target, config: &Config, path: &str) -> Option<usize> {
    let levels = match scale(target, path)? {
        "probability" => config.risk.probability.len(),
        _ => config.risk.impact.len(),
    };
    (levels > 0).then_some(levels)
}

/// The organisation's own words for a field, where `pmo.toml` lists them.
fn vocabulary(target: &Target, config: &Config, path: &str) -> Option<Vec<String>> {
    let words = &config.vocabulary;
    let listed = match (target.kind.spec.name, path) {
        ("project" | "request", "division") => words.division.clone(),
        ("risk", "category") => words.risk_category.clone(),
        ("lesson", "category") => words.lesson_category.clone(),
        ("project", "phase") => config.phase.iter().map(|phase| phase.id.clone()).collect(),
        ("project", "class") => config.class.keys().cloned().collect(),
        _ => Vec::new(),
    };
    (!listed.is_empty() && target.part.is_none()).then_some(listed)
}
