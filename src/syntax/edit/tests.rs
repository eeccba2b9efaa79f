//! Edits by example and by property: what was asked for, and no other byte.

use proptest::prelude::*;

use super::*;
use crate::syntax::parse_path;

fn path(text: &str) -> Vec<Step> {
    parse_path(text).unwrap()
}

fn literal(text: &str) -> NewValue {
    NewValue::literal(text).unwrap()
}

/// The edit, with LF and with CRLF and a byte order mark: both must agree.
fn edited(text: &str, edit: impl Fn(&str) -> Result<String, EditError>) -> Result<String, EditError> {
    let plain = edit(text);
    let windows = edit(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let expected = plain.clone().map(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(windows, expected);
    plain
}

fn after_set(text: &str, at: &str, value: &str) -> String {
    edited(text, |text| set(text, &path(at), &literal(value))).unwrap()
}

fn after_remove(text: &str, at: &str) -> String {
    edited(text, |text| remove(text, &path(at))).unwrap()
}

const PROJECT: &str = "\
#:schema ../x.json
name = \"CRM\" # the name
\tclass = 'B'

# money
[budget] # in EUR
approved = 1_200_000   # BAC
# below

[rag]

[[milestone]]
id = \"go-live\"
baseline = 2027-01-31 # agreed

# closing
[[milestone]]
id = \"close\"
";

#[test]
fn a_value_is_replaced_and_its_comment_stays() {
    let text = after_set(PROJECT, "budget.approved", "1_300_000");
    assert_eq!(text, PROJECT.replace("1_200_000", "1_300_000"));
    let text = after_set(PROJECT, "milestone.go-live.baseline", "2027-02-28");
    assert_eq!(text, PROJECT.replace("2027-01-31", "2027-02-28"));
}

#[test]
fn a_new_key_stands_behind_its_siblings() {
    for (at, value, before, after) in [
        ("phase", "\"build\"", "\tclass = 'B'\n", "\tclass = 'B'\n\tphase = \"build\"\n"),
        ("budget.contingency", "5", "# BAC\n", "# BAC\ncontingency = 5\n"),
        ("rag.overall", "\"red\"", "[rag]\n", "[rag]\noverall = \"red\"\n"),
        ("milestone[0].weight", "40", "# agreed\n", "# agreed\nweight = 40\n"),
        ("milestone[id=close].key", "true", "id = \"close\"\n", "id = \"close\"\nkey = true\n"),
        ("milestone[0].a.b", "1", "# agreed\n", "# agreed\na.b = 1\n"),
    ] {
        assert_eq!(after_set(PROJECT, at, value), PROJECT.replace(before, after), "{at}");
    }
}

#[test]
fn a_new_table_gets_a_header_among_its_family() {
    let text = after_set(PROJECT, "schedule.start", "2026-01-01");
    assert_eq!(text, format!("{PROJECT}\n[schedule]\nstart = 2026-01-01\n"));
    let status = "[milestone.a]\nactual = 2026-01-01\n\n# how it is going\n[rag]\noverall = \"red\"\n";
    let text = after_set(status, "milestone.b.forecast", "2026-02-01");
    assert_eq!(text, status.replace("-01\n\n#", "-01\n\n[milestone.b]\nforecast = 2026-02-01\n\n#"));
}

#[test]
fn a_file_without_keys_keeps_its_first_comment_first() {
    assert_eq!(set("", &path("a"), &literal("1")).unwrap(), "a = 1\n");
    assert_eq!(after_set("#:schema x\n", "a", "1"), "#:schema x\na = 1\n");
    assert_eq!(after_set("#:schema x\n\n[b]\n", "a", "1"), "#:schema x\na = 1\n\n[b]\n");
    assert_eq!(after_set("#:schema x\n[b]\n", "a", "1"), "#:schema x\na = 1\n\n[b]\n");
    assert_eq!(set("#:schema x", &path("a"), &literal("1")).unwrap(), "#:schema x\na = 1\n");
    assert_eq!(set("a = 1", &path("b"), &literal("2")).unwrap(), "a = 1\nb = 2");
}

#[test]
fn inline_tables_lists_and_dotted_keys_are_edited_in_place() {
    let text = "impact = { cost = 4, schedule = 3 } # felt\nlinks = [\n  \"a\", # one\n  \"b\"\n]\nempty = {}\nnone = []\nrag.overall = \"red\" # x\nlast = 1\n";
    for (at, value, before, after) in [
        ("impact.cost", "5", "cost = 4", "cost = 5"),
        ("impact.scope", "1", "schedule = 3 }", "schedule = 3, scope = 1 }"),
        ("links[0]", "\"z\"", "\"a\"", "\"z\""),
        ("links[2]", "\"c\"", "\"b\"\n", "\"b\", \"c\"\n"),
        ("empty.x", "1", "{}", "{ x = 1 }"),
        ("none[0]", "1", "[]", "[1]"),
        ("rag.cost", "\"red\"", "# x\n", "# x\nrag.cost = \"red\"\n"),
        ("rag.overall", "\"green\"", "\"red\"", "\"green\""),
        ("links", "[\"q\"]", "[\n  \"a\", # one\n  \"b\"\n]", "[\"q\"]"),
    ] {
        assert_eq!(after_set(text, at, value), text.replace(before, after), "{at}");
    }
}

#[test]
fn texts_are_quoted_as_they_need() {
    let put =
        |value: &str| edited("a = 1 # c\n", |text| set(text, &path("a"), &NewValue::text(value))).unwrap();
    assert_eq!(put("say \"hi\" \\ \u{1b}"), "a = \"say \\\"hi\\\" \\\\ \\u001B\" # c\n");
    assert_eq!(put("one\ntwo \"\"\"\n"), "a = \"\"\"\none\ntwo \\\"\\\"\\\"\n\"\"\" # c\n");
    let inline = set("a = { b = 1 }\n", &path("a.b"), &NewValue::text("x\ny")).unwrap();
    assert_eq!(inline, "a = { b = \"x\\ny\" }\n");
}

#[test]
fn removing_takes_the_line_and_nothing_else() {
    assert_eq!(
        after_remove(PROJECT, "budget.approved"),
        PROJECT.replace("approved = 1_200_000   # BAC\n", "")
    );
    assert_eq!(after_remove(PROJECT, "name"), PROJECT.replace("name = \"CRM\" # the name\n", ""));
    let without_first =
        PROJECT.replace("[[milestone]]\nid = \"go-live\"\nbaseline = 2027-01-31 # agreed\n\n", "");
    assert_eq!(after_remove(PROJECT, "milestone.go-live").replace("\n\n\n", "\n\n"), without_first);
    let text = "a = { b = 1, c = 2, d = 3 } # x\nl = [1, 2, 3]\ne.f = 1\ng = 2\n";
    assert_eq!(after_remove(text, "a.b"), text.replace("b = 1, ", ""));
    assert_eq!(after_remove(text, "a.c"), text.replace("c = 2, ", ""));
    assert_eq!(after_remove(text, "a.d"), text.replace(", d = 3", ""));
    assert_eq!(after_remove(text, "l[1]"), text.replace("2, 3]", "3]"));
    let long = "l = [\n  1, # one\n  2, # two\n  3 # three\n] # l\n";
    assert_eq!(after_remove(long, "l[1]"), long.replace("  2, # two\n", ""));
    assert_eq!(after_remove(long, "l[2]"), "l = [\n  1, # one\n  2 # two\n   # three\n] # l\n");
    assert_eq!(after_remove("l = [1,]\n", "l[0]"), "l = []\n");
    assert_eq!(after_remove(text, "e"), text.replace("e.f = 1\n", ""));
    assert_eq!(after_remove(text, "e.f"), text.replace("e.f = 1\n", ""));
}

#[test]
fn tables_are_appended_behind_their_like() {
    let entries = [("id".to_string(), NewValue::text("x")), ("w".to_string(), literal("1_0"))];
    let append = |text: &str, name: &str| edited(text, |text| append_table(text, name, &entries)).unwrap();
    assert_eq!(append(PROJECT, "milestone"), format!("{PROJECT}\n[[milestone]]\nid = \"x\"\nw = 1_0\n"));
    assert_eq!(append(PROJECT, "cost"), format!("{PROJECT}\n[[cost]]\nid = \"x\"\nw = 1_0\n"));
    let early = "[[m]]\nid = 1\n[m.sub]\na = 1\n\n# next\n[t]\n";
    assert_eq!(append(early, "m"), early.replace("a = 1\n\n#", "a = 1\n\n[[m]]\nid = \"x\"\nw = 1_0\n\n#"));
    assert_eq!(append("m = [{ id = 1 }] # c\n", "m"), "m = [{ id = 1 }, { id = \"x\", w = 1_0 }] # c\n");
    assert_eq!(append_table("", "m", &entries).unwrap(), "[[m]]\nid = \"x\"\nw = 1_0\n");
}

#[test]
fn keys_are_renamed_where_they_stand() {
    let text = "[project.crm] # c\nrag = \"red\"\n[project.erp]\n[project.crm.more]\nx = 1\n";
    let renamed = edited(text, |text| rename_key(text, &path("project.crm"), "crm2")).unwrap();
    assert_eq!(renamed, text.replace("project.crm", "project.crm2"));
    let text = "project.crm.rag = \"crm\" # crm\n";
    let renamed = edited(text, |text| rename_key(text, &path("project.crm"), "new one")).unwrap();
    assert_eq!(renamed, "project.\"new one\".rag = \"crm\" # crm\n");
    assert!(rename_key("[p.a]\n[p.b]\n", &path("p.a"), "b").is_err());
}

#[test]
fn what_cannot_be_done_is_refused_with_the_reason() {
    let refused = |text: &str, at: &str| set(text, &path(at), &literal("1")).unwrap_err();
    assert!(matches!(refused("a = = 1", "a"), EditError::Syntax(_)));
    assert_eq!(refused("a = 1", "a.b"), EditError::NotATable("a".into(), "b".into()));
    assert_eq!(refused(PROJECT, "budget"), EditError::ATable("budget".into()));
    assert_eq!(refused(PROJECT, "milestone"), EditError::ATable("milestone".into()));
    assert_eq!(refused(PROJECT, "milestone.nope.x"), EditError::Missing("milestone[id=nope]".into()));
    assert!(matches!(refused("a = [1]", "a[5]"), EditError::Missing(_)));
    assert!(matches!(refused(PROJECT, "milestone[7].x"), EditError::Missing(_)));
    assert_eq!(remove(PROJECT, &path("nope")), Err(EditError::Missing("nope".into())));
}

/// A value with its text over one or several lines.
fn any_value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "1",
        "-2.50",
        "1_000",
        "true",
        "2026-11-20",
        "\"a # b\"",
        "'c = [d'",
        "\"\"",
        "\"\"\"\nx\n# no\n\"\"\"",
        "'''\ny]\n'''",
        "\"\\\"\"",
    ])
    .prop_map(str::to_string);
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner.clone(), 1..3)
                .prop_map(|items| format!("[ # list\n  {}, # end\n]", items.join(", # c\n  "))),
            prop::collection::vec(inner, 0..3).prop_map(|items| {
                let entries: Vec<String> =
                    items.iter().enumerate().map(|(i, v)| format!("k{i} = {v}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
        ]
    })
}

/// A file: keys at the top, tables, arrays of tables, with comments everywhere.
fn any_file() -> impl Strategy<Value = String> {
    let entries = |name: &'static str| {
        prop::collection::vec((any_value(), 0..6u8), 0..4).prop_map(move |values| {
            let mut text = String::new();
            for (i, (value, style)) in values.iter().enumerate() {
                match style {
                    0 => text.push_str(&format!("# above\n{name}{i} = {value} # behind\n")),
                    1 => text.push_str(&format!("\n  {name}{i}   =   {value}\n")),
                    2 => text.push_str(&format!("{name}{i}.sub.\"x y\" = {value}\n")),
                    3 => text.push_str(&format!("\"{name} {i}\" = {value}\n# below\n")),
                    _ => text.push_str(&format!("{name}{i}={value}\n")),
                }
            }
            text
        })
    };
    (entries("a"), entries("b"), entries("c"), entries("d"), entries("e"), any::<[bool; 2]>()).prop_map(
        |(top, table, sub, one, two, [crlf, bom])| {
            let text = format!(
                "#:schema x\n{top}\n# table\n[t] # t\n{table}\n[t.s.r]\n{sub}\n# array\n[[m]]\nid = \"one\"\n{one}\n[[m]] # 2\nid = \"two\"\n{two}"
            );
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            if bom { format!("\u{feff}{text}") } else { text }
        },
    )
}

/// Every path that leads to a value of its own.
fn paths(said: &Said, here: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match said {
        Said::Table(table) => {
            for (key, value) in table {
                here.push(Step::Key(key.clone()));
                paths(value, here, found);
                here.pop();
            }
        }
        Said::List(list) => {
            for (index, value) in list.iter().enumerate() {
                here.push(Step::Index(index));
                paths(value, here, found);
                here.pop();
            }
        }
        _ => {}
    }
    if !here.is_empty() {
        found.push(here.clone());
    }
}

fn comments(text: &str) -> Vec<&str> {
    let scan = crate::syntax::scan::Scan::new(text);
    scan.filter(|(piece, _)| *piece == crate::syntax::scan::Piece::Comment)
        .map(|(_, at)| text[at].trim_end())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn leaves_can_be_set_and_comments_stay(text in any_file(), pick in any::<prop::sample::Index>(), value in any_value()) {
        let mut all = Vec::new();
        paths(&Said::of_text(&text).unwrap(), &mut Vec::new(), &mut all);
        let at = pick.get(&all);
        let before = node(tree(&text).unwrap().get_ref(), at).map(|n| n.get_ref().is_table() || n.get_ref().is_array());
        let Some(value) = NewValue::literal(&value) else { return Ok(()) };
        match set(&text, at, &value) {
            Ok(after) => {
                // An independent reader agrees, and comments stand where they stood.
                let document: toml_edit::DocumentMut = after.parse().unwrap();
                prop_assert!(document.as_table().len() > 1);
                if before == Some(false) {
                    prop_assert_eq!(comments(&text), comments(&after));
                }
                prop_assert_eq!(text.contains("\r\n"), after.contains("\r\n"));
                prop_assert_eq!(after.matches('\n').count() == after.matches("\r\n").count(), text.contains("\r\n"));
            }
            Err(error) => prop_assert!(before == Some(true), "{}: {error}\n{text}", write_path(at)),
        }
    }

    #[test]
    fn keys_can_be_added_anywhere(text in any_file(), pick in any::<prop::sample::Index>()) {
        let mut all = Vec::new();
        let said = Said::of_text(&text).unwrap();
        paths(&said, &mut Vec::new(), &mut all);
        let mut at = pick.get(&all).clone();
        let is_table = node(tree(&text).unwrap().get_ref(), &at).is_some_and(|n| n.get_ref().is_table());
        at.push(Step::Key("new key".into()));
        match set(&text, &at, &NewValue::text("v")) {
            Ok(after) => {
                prop_assert_eq!(comments(&text), comments(&after));
                // Only one run of bytes is new.
                let common = text.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
                prop_assert!(after.ends_with(&text[text.ceil_char_boundary(common)..]));
            }
            Err(error) => prop_assert!(!is_table, "{}: {error}\n{text}", write_path(&at)),
        }
    }

    #[test]
    fn anything_can_be_removed(text in any_file(), pick in any::<prop::sample::Index>()) {
        let mut all = Vec::new();
        paths(&Said::of_text(&text).unwrap(), &mut Vec::new(), &mut all);
        let at = pick.get(&all);
        let after = remove(&text, at);
        prop_assert!(after.is_ok(), "{}: {after:?}\n{text}", write_path(at));
        prop_assert!(after.unwrap().contains("#:schema x"));
    }
}
