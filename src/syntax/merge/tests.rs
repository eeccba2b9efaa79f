use super::*;

fn keys(array: &str) -> &'static [&'static str] {
    match array {
        "milestone" => &["id"],
        "dependency" => &["on"],
        "finance.rate" => &["currency", "from"],
        _ => &[],
    }
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(Some(base), ours, theirs, &keys, &|_| None, &Marks::default()).unwrap()
}

/// Merges what must merge, both ways round.
#[track_caller]
fn joins(base: &str, ours: &str, theirs: &str, expected: &str) {
    let result = merged(base, ours, theirs);
    assert_eq!(result.conflicts, [], "{}", result.marked);
    assert_eq!(result.text, expected);
    assert_eq!(result.marked, expected);
    let turned = merged(base, theirs, ours);
    assert_eq!(turned.conflicts, []);
    // What both put in at one place of a list stands in the order of the sides.
    fn sorted(said: Said) -> Said {
        match said {
            Said::Table(table) => {
                Said::Table(table.into_iter().map(|(key, value)| (key, sorted(value))).collect())
            }
            Said::List(mut list) => {
                list.sort_by_key(reach::spelled);
                Said::List(list)
            }
            other => other,
        }
    }
    let said = |text: &str| sorted(in_order(&Said::of_text(text).unwrap(), &mut Vec::new(), &keys));
    assert_eq!(said(&turned.text), said(expected), "{}", turned.text);
}

fn paths(result: &Merged) -> Vec<&str> {
    result.conflicts.iter().map(|conflict| conflict.path.as_str()).collect()
}

const RISK: &str =
    "# a risk\ntitle = \"x\" # t\nowner = \"a\"\nprobability = 3\nplan = \"p\"\nlinks = [\"a\"]\n";

#[test]
fn neighbouring_lines_are_no_conflict() {
    joins(
        RISK,
        &RISK.replace("owner = \"a\"", "owner = \"b\" # mine"),
        &RISK.replace("probability = 3", "# theirs\nprobability = 4"),
        "# a risk\ntitle = \"x\" # t\nowner = \"b\" # mine\n# theirs\nprobability = 4\nplan = \"p\"\nlinks = [\"a\"]\n",
    );
}

#[test]
fn a_value_and_the_comment_behind_it_are_two_things() {
    joins(
        RISK,
        &RISK.replace("owner = \"a\"", "owner = \"b\""),
        &RISK.replace("owner = \"a\"", "owner = \"a\" # asked him"),
        "# a risk\ntitle = \"x\" # t\nowner = \"b\" # asked him\nprobability = 3\nplan = \"p\"\nlinks = [\"a\"]\n",
    );
}

#[test]
fn both_sides_of_a_list_are_kept() {
    joins(
        RISK,
        &RISK.replace("[\"a\"]", "[\"a\", \"b\"]"),
        &RISK.replace("[\"a\"]", "[\"a\", \"c\", \"b\"]"),
        &RISK.replace("[\"a\"]", "[\"a\", \"b\", \"c\"]"),
    );
    joins("a = 1\n", "a = 1\ntags = [\"x\"]\n", "a = 1\ntags = [\"y\"]\n", "a = 1\ntags = [\"x\", \"y\"]\n");
    let result = merged("l = [\"a\", \"b\"]\n", "l = [\"a2\", \"b\"]\n", "l = [\"a3\", \"b\"]\n");
    assert_eq!(paths(&result), ["l"]);
    joins(
        "l = [\n  \"a\", # one\n  \"b\",\n]\n",
        "l = [\n  \"a\", # one\n  \"b\",\n  \"c\",\n]\n",
        "l = [\n  \"b\",\n]\n",
        "l = [\n  \"b\",\n  \"c\",\n]\n",
    );
}

const PROJECT: &str = "name = \"CRM\"\n\n[[milestone]]\nid = \"a\"\nbaseline = 2026-01-01\nkey = true\n\n# the last one\n[[milestone]]\nid = \"b\"\nbaseline = 2026-02-01\nkey = true\n";

#[test]
fn tables_of_a_list_are_told_apart_by_id() {
    let ours =
        format!("{PROJECT}\n# new here\n[[milestone]]\nid = \"c\"\nbaseline = 2026-03-01\nkey = true\n");
    let theirs =
        format!("{PROJECT}\n# new there\n[[milestone]]\nid = \"d\"\nbaseline = 2026-04-01\nkey = true\n");
    let result = merged(PROJECT, &ours, &theirs);
    assert_eq!(result.conflicts, []);
    for text in ["# new here\n[[milestone]]\nid = \"c\"", "# new there\n[[milestone]]\nid = \"d\""] {
        assert!(result.text.contains(text), "{}", result.text);
    }
    assert_eq!(result.text.matches("[[milestone]]").count(), 4);
    // One removes a table, the other changes the next.
    joins(
        PROJECT,
        &PROJECT.replace("[[milestone]]\nid = \"a\"\nbaseline = 2026-01-01\nkey = true\n\n", ""),
        &PROJECT.replace("2026-02-01", "2026-02-09 # moved"),
        "name = \"CRM\"\n\n# the last one\n[[milestone]]\nid = \"b\"\nbaseline = 2026-02-09 # moved\nkey = true\n",
    );
}

#[test]
fn the_same_field_changed_in_two_ways_is_a_conflict_of_that_field_only() {
    let ours = PROJECT.replace("2026-02-01", "2026-02-11").replace("CRM", "CRM!");
    let theirs = PROJECT.replace("2026-02-01", "2026-02-22");
    let result = merged(PROJECT, &ours, &theirs);
    let expected = Conflict {
        path: "milestone.b.baseline".into(),
        base: Some("2026-02-01".into()),
        ours: Some("2026-02-11".into()),
        theirs: Some("2026-02-22".into()),
    };
    assert_eq!(result.conflicts, [expected]);
    assert_eq!(result.text, ours);
    assert_eq!(
        result.marked,
        ours.replace(
            "baseline = 2026-02-11\n",
            "<<<<<<< ours\nbaseline = 2026-02-11\n=======\nbaseline = 2026-02-22\n>>>>>>> theirs\n"
        )
    );
    let chosen =
        |side| merge(Some(PROJECT), &ours, &theirs, &keys, &|_| Some(side), &Marks::default()).unwrap();
    assert_eq!(chosen(Side::Ours).text, ours);
    assert_eq!(chosen(Side::Theirs).text, theirs.replace("CRM", "CRM!"));
    assert_eq!(chosen(Side::Theirs).conflicts, []);
}

#[test]
fn changed_here_and_removed_there_is_a_conflict() {
    let ours = RISK.replace("plan = \"p\"\n", "");
    let theirs = RISK.replace("\"p\"", "\"q\"");
    let result = merged(RISK, &ours, &theirs);
    assert_eq!(paths(&result), ["plan"]);
    assert!(
        result.marked.contains("<<<<<<< ours\n=======\nplan = \"q\"\n>>>>>>> theirs\n"),
        "{}",
        result.marked
    );
    assert_eq!(merged(RISK, &theirs, &ours).text, theirs);
    let without = PROJECT.split("\n# the last one").next().unwrap();
    let result = merged(PROJECT, without, &PROJECT.replace("2026-02-01", "2026-02-09"));
    assert_eq!(paths(&result), ["milestone.b"]);
}

#[test]
fn two_ways_of_writing_a_table_meet() {
    joins(
        "a = 1\n",
        "a = 1\n\n[impact]\ncost = 3\n",
        "a = 1\nimpact = { schedule = 4 }\n",
        "a = 1\n\n[impact]\ncost = 3\nschedule = 4\n",
    );
    joins(
        "impact = { cost = 3, schedule = 4 } # both\n",
        "impact = { cost = 5, schedule = 4 } # both\n",
        "impact = { cost = 3, schedule = 1 } # both\n",
        "impact = { cost = 5, schedule = 1 } # both\n",
    );
    joins(
        "a = 1\n",
        "a = 1\n[note]\nx = \"1\"\n",
        "a = 1\n[note]\n# y\ny = '2'\n",
        "a = 1\n[note]\nx = \"1\"\n# y\ny = '2'\n",
    );
}

#[test]
fn line_ends_and_the_mark_of_one_side_are_no_change_of_every_line() {
    let ours = RISK.replace("owner = \"a\"", "owner = \"b\"");
    let theirs = format!("\u{feff}{}", RISK.replace("= 3", "= 4").replace('\n', "\r\n"));
    let expected = format!("\u{feff}{}", ours.replace("= 3", "= 4").replace('\n', "\r\n"));
    assert_eq!(merged(RISK, &ours, &theirs).text, expected);
    assert_eq!(merged(RISK, &theirs, &ours).text, expected);
}

#[test]
fn no_comment_is_lost() {
    let base = "a = 1\nb = 2\nc = 3\n";
    let ours = "a = 1\n# why a\nb = 20 # ours\nc = 3\n";
    let theirs = "a = 1\n# above b\nb = 20 # theirs\n# above c\n# above c too\nc = 3\n# the end\n";
    let result = merged(base, ours, theirs);
    assert_eq!(result.conflicts, []);
    for comment in
        ["# why a", "# ours", "# above b", "# theirs", "# above c\n# above c too\nc = 3", "# the end"]
    {
        assert_eq!(result.text.matches(comment).count(), 1, "{comment}\n{}", result.text);
    }
    // What ours removed had a new comment there.
    let result = merged(base, "a = 1\nc = 3\n", "a = 1\nb = 2 # see below\nc = 3\n");
    assert!(result.text.contains("# see below"), "{}", result.text);
}

#[test]
fn made_by_both_is_joined_where_it_does_not_differ() {
    let merge = |ours, theirs| merge(None, ours, theirs, &keys, &|_| None, &Marks::default()).unwrap();
    let result = merge("a = 1\nb = 2\n", "a = 1\nc = 3\n");
    assert_eq!((result.text.as_str(), paths(&result)), ("a = 1\nb = 2\nc = 3\n", vec![]));
    assert_eq!(paths(&merge("a = 1\n", "a = 2\n")), ["a"]);
}

#[test]
fn a_version_with_a_mistake_is_named() {
    let error = merge(Some("a = 1\n"), "a = 1\n", "a = \n", &keys, &|_| None, &Marks::default()).unwrap_err();
    assert!(error.to_string().starts_with("their version has a mistake"), "{error}");
}

mod any {
    //! Whatever two sides do: what one of them changed alone is there, and what both changed is a conflict.

    use proptest::prelude::*;

    use super::*;

    /// A file as keys and values, each with its comment.
    type File = Vec<(usize, u8)>;

    fn written(file: &File, list: &[u8], style: usize) -> String {
        let mut text = String::new();
        for (key, value) in file.iter().filter(|(key, _)| *key < 6) {
            text += &format!("k{key} = {value} # c{key}\n");
        }
        let items: Vec<String> = list.iter().map(|item| format!("\"{item}\"")).collect();
        text += &match style % 2 {
            0 => format!("list = [{}]\n", items.join(", ")),
            _ => format!(
                "list = [\n{}]\n",
                items.iter().map(|item| format!("  {item},\n")).collect::<String>()
            ),
        };
        for (key, value) in file.iter().filter(|(key, _)| *key >= 6) {
            text +=
                &format!("\n# about m{key}\n[[milestone]]\nid = \"m{key}\"\nweight = {value}\nkey = true\n");
        }
        text
    }

    fn file() -> impl Strategy<Value = File> {
        proptest::collection::btree_map(0usize..10, 0u8..3, 0..8).prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nothing_is_lost_and_nothing_is_picked(
            base in file(), ours in file(), theirs in file(),
            lists in [proptest::collection::vec(0u8..5, 0..4), proptest::collection::vec(0u8..5, 0..4)],
            style in 0usize..2,
        ) {
            let [here, there] = [&ours, &theirs].map(|file| file.iter().copied().collect::<std::collections::BTreeMap<_, _>>());
            let before: std::collections::BTreeMap<_, _> = base.iter().copied().collect();
            let [mut l, mut r] = lists;
            (l, r) = ([vec![9], l].concat(), [vec![9], r].concat());
            let result = merge(
                Some(&written(&base, &[9], style)), &written(&ours, &l, style), &written(&theirs, &r, style),
                &keys, &|_| None, &Marks::default(),
            ).unwrap();
            let said = Said::of_text(&result.text).unwrap();
            for key in 0..10 {
                let [b, o, t] = [&before, &here, &there].map(|map| map.get(&key).copied());
                let met = o != t && b != o && b != t;
                let conflict = if key < 6 { format!("k{key}") } else { format!("milestone.m{key}") };
                prop_assert_eq!(met, result.conflicts.iter().any(|c| c.path.starts_with(&conflict)), "{}", key);
                let expected = if met || b == t { o } else { t };
                let part = if key < 6 {
                    vec![element::Part::Key(format!("k{key}"))]
                } else {
                    let id = element::Part::Named(format!("m{key}"));
                    vec![element::Part::Key("milestone".into()), id, element::Part::Key("weight".into())]
                };
                let found = element::at(&part, &said, &keys).cloned();
                prop_assert_eq!(found, expected.map(|value| Said::Word(value.to_string())), "{}\n{}", key, result.text);
                if expected.is_some() {
                    let comment = if key < 6 { format!("# c{key}") } else { format!("# about m{key}") };
                    prop_assert!(result.text.contains(&comment), "{}\n{}", comment, result.text);
                }
            }
            for item in l.iter().chain(&r) {
                prop_assert!(result.text.contains(&format!("\"{item}\"")), "{} {}", item, result.text);
            }
            if !result.conflicts.is_empty() {
                prop_assert!(result.marked.contains("<<<<<<< ours\n"), "{}", result.marked);
                prop_assert!(crate::syntax::parse(&result.marked).is_err());
            }
        }
    }
}
