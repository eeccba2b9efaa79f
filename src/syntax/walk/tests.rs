//! The walk against types written as the model writes its own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::*;
use crate::syntax::{parse, wrap_numbers};

#[derive(Debug)]
struct Date;

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        toml::value::Date::deserialize(deserializer).map(|_| Date)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[derive(Debug)]
struct Number;

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Number;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Number, E> {
                Ok(Number)
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
                let Some((key, text)) = map.next_entry::<String, String>()? else {
                    return Err(A::Error::custom("empty"));
                };
                if key != NUMBER {
                    return Err(A::Error::custom("no number"));
                }
                decimal(&text).map(|_| Number).ok_or_else(|| A::Error::custom("too great"))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Rating {
    /// As agreed.
    Green,
    /// Beyond half of the tolerance.
    AmberGreen,
    /// Beyond the tolerance.
    Red,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Method {
    Waterfall,
    Agile,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Rag {
    overall: Rating,
    cost: Option<Rating>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Milestone {
    id: String,
    baseline: Date,
    #[serde(default)]
    key: bool,
    weight: Option<Number>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Status {
    summary: String,
    percent_complete: Option<Number>,
    sprint: Option<u8>,
    confidence: Option<u32>,
    date: Option<Date>,
    method: Option<Method>,
    /// How it is going.
    rag: Rag,
    #[serde(default)]
    next: Vec<String>,
    #[serde(default)]
    note: BTreeMap<String, String>,
    #[serde(default)]
    milestone: Vec<Milestone>,
    report: Option<bool>,
}

fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings.into_generator().into_root_schema_for::<Status>().to_value()
}

fn walked(text: &str) -> (Vec<Mistake>, Result<Status, toml::de::Error>, Result<Status, toml::de::Error>) {
    let read = |walking: bool| {
        let mut tree = parse(text).unwrap();
        let wrapping = wrap_numbers(tree.get_mut());
        assert_eq!(wrapping, []);
        let mistakes = if walking { walk(&mut tree, &schema()) } else { Vec::new() };
        (mistakes, Status::deserialize(toml::de::Deserializer::from(tree)))
    };
    let ((_, plain), (mistakes, rest)) = (read(false), read(true));
    (mistakes, plain, rest)
}

fn told(text: &str) -> Vec<(&'static str, String, String, String)> {
    let (mistakes, ..) = walked(text);
    mistakes
        .into_iter()
        .map(|m| (m.code, text[m.at].to_string(), m.message, m.help.unwrap_or_default()))
        .collect()
}

const GOOD: &str = r#"
summary = "two weeks late"
percent_complete = 12.5
sprint = 14
confidence = 70
date = 2026-11-20
method = "agile"
next = ["test", "train"]
report = true

[rag]
overall = "amber-green"
cost = "red"

[note]
cost = "more months"

[[milestone]]
id = "go-live"
baseline = 2027-01-31
key = true
weight = 40

[[milestone]]
id = "close"
baseline = 2027-03-31
weight = 0.5
"#;

#[test]
fn a_good_file_is_silent() {
    let (mistakes, plain, rest) = walked(GOOD);
    assert_eq!(mistakes, []);
    assert!(plain.is_ok() && rest.is_ok());
}

#[test]
fn every_mistake_is_found_with_its_place_and_remedy() {
    let text = r#"
summry = "two weeks"
percent_complete = "12"
sprint = 300
confidence = -1
date = "2026-11-20"
method = "agil"
next = "test"
report = "true"
overall = "red"

[rag]
cost = "ambergreen"
sprint = 3

[[milestone]]
id = 7
baseline = 2027-01-31T10:00:00
kee = true

[[milestone]]
weight = "…"
"#;
    let found = told(text);
    let short: Vec<(&str, &str, &str)> =
        found.iter().map(|(c, at, _, h)| (*c, at.as_str(), h.as_str())).collect();
    let expected = [
        ("missing-field", "", "add  summary = \"…\""),
        ("unknown-key", "summry", "did you mean `summary`?"),
        ("wrong-type", "\"12\"", "without quotes: percent_complete = 12"),
        ("invalid-value", "300", ""),
        ("invalid-value", "-1", ""),
        ("wrong-type", "\"2026-11-20\"", "without quotes: date = 2026-11-20"),
        ("unknown-word", "\"agil\"", "did you mean \"agile\"? Known are `waterfall` and `agile`"),
        ("wrong-type", "\"test\"", "as a list: next = [\"test\"]"),
        ("wrong-type", "\"true\"", "without quotes: report = true"),
        ("unknown-key", "overall", "`overall` belongs in [rag]"),
        ("missing-field", "[rag]", "add  overall = \"green\"  (or `amber-green` or `red`)"),
        (
            "unknown-word",
            "\"ambergreen\"",
            "did you mean \"amber-green\"? Known are `green`, `amber-green` and `red`",
        ),
        ("unknown-key", "sprint", "`sprint` belongs at the top, above the first [header]"),
        ("wrong-type", "7", "in quotes: id = \"7\""),
        ("wrong-type", "2027-01-31T10:00:00", "the date alone: baseline = 2027-01-31"),
        ("unknown-key", "kee", "did you mean `key`?"),
        ("missing-field", "[[milestone]]", "add  id = \"…\""),
        ("missing-field", "[[milestone]]", "add  baseline = 2026-11-20"),
    ];
    assert_eq!(short, expected);
    let message = |at: &str| found.iter().find(|f| f.1 == at).map(|f| f.2.clone()).unwrap_or_default();
    assert_eq!(message("300"), "`sprint` must be from 0 to 255");
    assert_eq!(message("-1"), "`confidence` may not be negative");
    assert_eq!(message("kee"), "[[milestone]] has no field `kee`");
    assert_eq!(message("\"12\""), "`percent_complete` must be a number, not text");
}

#[test]
fn two_mistakes_in_one_inline_table_are_two() {
    let text = "summary = \"x\"\nrag = { overall = \"rde\", cost = 3, scope = \"red\" }\n";
    let codes: Vec<&str> = told(text).iter().map(|f| f.0).collect();
    assert_eq!(codes, ["unknown-word", "wrong-type", "unknown-key"]);
}

#[test]
fn what_does_not_fit_is_dropped_and_the_rest_is_read() {
    let bad = GOOD
        .replace("sprint = 14", "sprint = 1.5")
        .replace("\"test\", ", "\"test\", 5, ")
        .replace("cost = \"red\"", "cost = \"rot\"")
        .replace("[note]", "[note]\nscope = 1\n");
    let (mistakes, plain, rest) = walked(&bad);
    assert_eq!(mistakes.len(), 4, "{mistakes:#?}");
    assert!(plain.is_err());
    let status = rest.unwrap();
    assert_eq!(status.next, ["test", "train"]);
    assert!(status.sprint.is_none() && status.rag.cost.is_none() && !status.note.contains_key("scope"));
}

#[test]
fn placeholders_are_dropped_in_silence() {
    let draft = GOOD
        .replace("12.5", "\"…\"")
        .replace("date = 2026-11-20", "date = \"TODO: data date\"")
        .replace("cost = \"red\"", "cost = \"…\"")
        .replace("\"two weeks late\"", "\"…\"");
    let (mistakes, plain, rest) = walked(&draft);
    assert_eq!(mistakes, []);
    assert!(plain.is_err());
    let status = rest.unwrap();
    assert_eq!(status.summary, "…");
    assert!(status.percent_complete.is_none() && status.date.is_none());
}

#[test]
fn at_most_a_hundred_are_told() {
    let many: String = (0..500).map(|n| format!("zz{n} = 1\n")).collect();
    let text = format!("{many}summary = \"x\"\nrag = {{ overall = \"red\" }}\n");
    let (mistakes, _, rest) = walked(&text);
    assert_eq!(mistakes.len(), MOST);
    assert!(rest.is_ok());
}

const VALUES: &[&str] = &[
    "\"x\"",
    "\"red\"",
    "\"agile\"",
    "1",
    "-1",
    "256",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "1e400",
    "true",
    "2026-11-20",
    "2026-11-20T10:00:00",
    "10:00:00",
    "[true]",
    "[\"a\", 1]",
    "{ a = 1 }",
    "{ overall = \"red\" }",
    "[{ id = \"a\", baseline = 2026-01-01 }]",
    "[{ id = \"a\" }]",
    "0x1F",
    "\"2026-11-20\"",
    "\"\"",
];

/// A line of the good file, and what becomes of it.
fn mutation() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    prop::collection::vec((0..24usize, 0..4usize, prop::sample::select(VALUES)), 1..4)
}

fn mutated(changes: &[(usize, usize, &str)]) -> String {
    let mut lines: Vec<String> = GOOD.lines().map(str::to_string).collect();
    for (line, what, value) in changes {
        let Some(line) = lines.get_mut(*line) else { continue };
        let Some((key, _)) = line.clone().split_once(" = ").map(|(k, v)| (k.to_string(), v.to_string()))
        else {
            continue;
        };
        match what {
            0 => line.clear(),
            1 => *line = line.replacen(&key, &format!("{key}x"), 1),
            _ => *line = format!("{key} = {value}"),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_accepts_exactly_when_the_walk_is_silent(changes in mutation()) {
        let text = mutated(&changes);
        let (mistakes, plain, rest) = walked(&text);
        prop_assert_eq!(mistakes.is_empty(), plain.is_ok(), "{}\n{:#?}\n{:?}", text, mistakes, plain.err());
        if mistakes.iter().all(|m| m.code != "missing-field" && !["summary", "rag", "rag.overall"].contains(&m.path.as_str())
            && !m.path.ends_with(".id") && !m.path.ends_with(".baseline")) {
            prop_assert!(rest.is_ok(), "{}\n{:#?}\n{:?}", text, mistakes, rest.err());
        }
    }
}
