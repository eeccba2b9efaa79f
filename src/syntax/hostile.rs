//! Texts that nobody would write: nothing here may panic, whatever it says of them.

use proptest::prelude::*;

use super::*;

/// Pieces that a parser stumbles over, in any order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        ".",
        "=",
        " = ",
        "1",
        "1.5",
        "nan",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        "#",
        "\n",
        "\r\n",
        "\r",
        "\\",
        "\\e",
        "\u{feff}",
        "é",
        "…",
        "\u{0}",
        "2026-11-20",
        "10:30",
        "<<<<<<< x",
        "a = 1\n",
        "[a]\n",
        "[[a]]\n",
        "b = { c = 1 }\n",
        "d = [1, 2]\n",
        "\"x y\" = '''\n'''\n",
        "\u{202e}",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_places_are_in_the_text(text in any_text(), path in "[a-d.\\[\\]0-9=i\" :key]{0,12}") {
        if let Some(at) = locate(&text, &path) {
            prop_assert!(text.get(at.clone()).is_some());
            let (line, column) = line_column(&text, at.start);
            prop_assert!(line >= 1 && column >= 1);
        }
        for mistake in newer_toml(&text) {
            prop_assert!(text.get(mistake.at).is_some());
        }
        match parse(&text) {
            Ok(mut tree) => {
                let _ = placeholders(tree.get_ref());
                for mistake in wrap_numbers(tree.get_mut()) {
                    prop_assert!(text.get(mistake.at).is_some());
                }
                let schema = serde_json::json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
                for mistake in walk(&mut tree, &schema) {
                    prop_assert!(text.get(mistake.at).is_some());
                }
            }
            Err(mistakes) => {
                prop_assert_eq!(mistakes.len(), 1);
                prop_assert!(text.get(mistakes[0].at.clone()).is_some(), "{:?}", mistakes);
            }
        }
        if let Some(steps) = parse_path(&path) {
            // Refused or proved: anything else would be a wrong file.
            let _ = set(&text, &steps, &NewValue::text("v\n…"));
            let _ = remove(&text, &steps);
            let _ = rename_key(&text, &steps, "new");
        }
        let _ = append_table(&text, "a", &[("k".to_string(), NewValue::text("v"))]);
    }
}
