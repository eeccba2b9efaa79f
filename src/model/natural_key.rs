//! What the tables of a list are told apart by: a merge joins two versions of a list by it, and twice the same is a mistake.

/// Lists of tables by their dotted path, with the keys that tell their tables apart.
const LISTS: &[(&str, &[&str])] = &[
    ("alignment", &["objective"]),
    ("allocation", &["person", "role", "from"]),
    ("audience", &["name"]),
    ("certificate", &["name"]),
    ("conditions", &["text"]),
    ("cost", &["category"]),
    ("dependency", &["on", "milestone"]),
    ("exception", &["rule", "record"]),
    ("field", &["kind", "name"]),
    ("finance.rate", &["currency", "from"]),
    ("hold_back", &["item"]),
    ("kpi", &["metric"]),
    ("leave", &["from"]),
    ("measurement", &["date"]),
    ("milestone", &["id"]),
    ("phase", &["id"]),
    ("plan", &["date"]),
    ("planned_value", &["date"]),
    ("reporting.override", &["project", "programme", "state", "class"]),
    ("reviewed", &["link"]),
    ("risk.impact", &["name"]),
    ("risk.probability", &["name"]),
    ("stakeholder", &["name"]),
    ("superseded", &["approved_on"]),
];

/// The keys that tell the tables of a list apart; empty where nothing does.
pub fn natural_key(list: &str) -> &'static [&'static str] {
    LISTS.iter().find(|(name, _)| *name == list).map_or(&[], |(_, keys)| keys)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::record::schema_of;
    use crate::model::{Config, KINDS};

    /// Lists of tables in a schema that has every definition at its top.
    fn lists(root: &serde_json::Value, at: &serde_json::Value, path: &str, found: &mut BTreeSet<String>) {
        let reference = |value: &serde_json::Value| {
            let name = value["$ref"].as_str()?.strip_prefix("#/definitions/")?;
            Some(root["definitions"][name].clone())
        };
        for one in at["anyOf"].as_array().into_iter().chain(at["allOf"].as_array()).flatten() {
            lists(root, one, path, found);
        }
        if let Some(there) = reference(at) {
            lists(root, &there, path, found);
        }
        if let Some(item) = at.get("items") {
            let item = reference(item).unwrap_or_else(|| item.clone());
            if item.get("properties").is_some() {
                found.insert(path.to_owned());
            }
        }
        for (key, value) in at["properties"].as_object().into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if path.matches('.').count() < 4 {
                lists(root, value, &path, found);
            }
        }
    }

    #[test]
    fn every_list_of_tables_says_what_tells_them_apart() {
        let mut found = BTreeSet::new();
        let schemas = KINDS.iter().map(|kind| (kind.schema)()).chain([schema_of::<Config>()]);
        for schema in schemas {
            let schema: serde_json::Value = schema.into();
            lists(&schema, &schema, "", &mut found);
        }
        let known: BTreeSet<String> = LISTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(found, known);
    }
}
