use super::*;
use crate::load::schema_of_kind;
use crate::model::Kind;

fn field(kind: &str, path: &str) -> FieldType {
    let schema = schema_of_kind(Kind::named(kind).unwrap());
    FieldType::of(path, crate::syntax::value::field(schema, path).unwrap())
}

fn value(kind: &str, path: &str, text: &str, rules: &Rules) -> String {
    match read(&Raw::Text(text.into()), &field(kind, path), rules) {
        Ok(Reading::Value(value)) => serde_json::to_string(&tree::Plain(&value)).unwrap(),
        Ok(Reading::Empty) => "empty".into(),
        Ok(Reading::Missing(word)) => format!("missing: {word}"),
        Err(wrong) => format!("{}; {}", wrong.message, wrong.help.unwrap_or_default()),
    }
}

#[test]
fn cells_take_the_type_of_their_field() {
    let rules = Rules::default();
    for (kind, path, text, expected) in [
        ("project", "name", " CRM ", "\"CRM\""),
        ("project", "state", "On Hold", "\"on-hold\""),
        ("status", "rag.overall", "Amber/Red", "\"amber-red\""),
        ("project", "budget.approved", "£1.2m", "1200000"),
        ("project", "schedule.finish", "31.12.24", "\"2024-12-31\""),
        ("project", "tags", "a, b", "[\"a\",\"b\"]"),
        ("status", "achieved", "One, and two; three", "[\"One, and two\",\"three\"]"),
        ("project", "confidential", "Yes", "true"),
        ("status", "percent_complete", "12 %", "12"),
        ("risk", "impact", "4", "4"),
        ("risk", "impact", "{\"cost\": 4}", "{\"cost\":4}"),
        (
            "project",
            "cost",
            "[{\"category\": \"x\", \"approved\": 5.50}]",
            "[{\"category\":\"x\",\"approved\":5.50}]",
        ),
        (
            "project",
            "planned_value",
            "[{\"date\": \"2026-01-31\", \"value\": 1}]",
            "[{\"date\":\"2026-01-31\",\"value\":1}]",
        ),
        (
            "project",
            "budget.approved",
            "Exempt under Section 43 of the Act",
            "missing: Exempt under Section 43 of the Act",
        ),
        ("project", "sponsor", "n/a", "missing: n/a"),
        ("project", "sponsor", " \u{a0} ", "empty"),
    ] {
        assert_eq!(value(kind, path, text, &rules), expected, "{path} {text}");
    }
}

#[test]
fn what_does_not_fit_or_could_be_two_things_is_refused() {
    let rules = Rules::default();
    for (kind, path, text, expected) in [
        ("project", "budget.approved", "lots", "`lots` is not a number; "),
        ("project", "budget.approved", "-5", "-5 is negative; "),
        ("project", "budget.approved", "1,200", "`1,200` could be 1200 or 1.2; say which"),
        (
            "project",
            "schedule.finish",
            "03/04/2026",
            "`03/04/2026` could be 2026-04-03 or 2026-03-04; say which",
        ),
        ("project", "schedule.finish", "Apr 2026", "`Apr 2026` is a month, not a day"),
        ("project", "state", "activ", "`state` cannot be `activ`; did you mean `active`? known are"),
        ("status", "percent_complete", "120", "120 is not from 0 to 100; "),
        ("status", "percent_complete", "0.12", "0.12 could be 0.12 % or 12 %; say which"),
        ("project", "confidential", "perhaps", "`perhaps` is not yes or no; "),
    ] {
        let found = value(kind, path, text, &rules);
        assert!(found.starts_with(expected), "{path} {text}: {found}");
    }
}

#[test]
fn a_mapping_says_what_could_be_two_things() {
    let rules = Rules {
        order: Some(date::Order::MonthFirst),
        decimal: Some(','),
        unit: Some(1_000_000.into()),
        percent: Some(PercentForm::Share),
        words: vec![("In Flight".into(), "active".into()), ("gone*".into(), "missing".into())],
        split: Some("/".into()),
        ..Rules::default()
    };
    for (kind, path, text, expected) in [
        ("project", "schedule.finish", "03/04/2026", "\"2026-03-04\""),
        ("project", "budget.approved", "1,25", "1250000"),
        ("status", "percent_complete", "0,12", "12"),
        ("project", "state", "in  flight", "\"active\""),
        ("project", "division", "Gone away", "missing: Gone away"),
        ("project", "tags", "a/b", "[\"a\",\"b\"]"),
    ] {
        assert_eq!(value(kind, path, text, &rules), expected, "{path} {text}");
    }
}

#[test]
fn a_workbooks_values_are_what_they_are() {
    let read = |raw: Raw, kind: &str, path: &str, rules: &Rules| read(&raw, &field(kind, path), rules);
    let rules = Rules { serials: Some(false), ..Rules::default() };
    let day = Reading::Value(FieldValue::Date("2024-01-01".parse().unwrap()));
    assert_eq!(read(Raw::Number("45292".into()), "project", "schedule.finish", &rules), Ok(day));
    assert!(read(Raw::Number("45292".into()), "project", "schedule.finish", &Rules::default()).is_err());
    for year in [Raw::Number("2027".into()), Raw::Text("2027".into())] {
        let wrong = read(year, "project", "schedule.finish", &rules).unwrap_err();
        assert_eq!(wrong.message, "`2027` is a year, not a day");
    }
    let text = Reading::Value(FieldValue::Text("4711".into()));
    assert_eq!(read(Raw::Number("4711".into()), "project", "division", &rules), Ok(text));
    let fault = Reading::Missing("#N/A".into());
    assert_eq!(read(Raw::Fault("#N/A"), "project", "budget.approved", &rules), Ok(fault));
}
