//! A template of anybody's ends, in bounded time and room, and reads nothing but its context.

use pmo::template::Templates;
use serde_json::json;

/// The most that a template may make of this context.
const MOST: usize = 128 << 20;

/// The input is a template.
pub fn holds(input: &[u8]) {
    let Ok(source) = std::str::from_utf8(input) else { return };
    for name in ["risk.toml", "page.html", "note.md"] {
        let templates = Templates::with_own([(name.to_owned(), source.to_owned())]);
        let _ = templates.list();
        let context = json!({
            "title": "A \"quoted\" <b>title</b>\n= 1",
            "project": "crm",
            "items": [1, 2, 3],
            "deep": { "er": { "list": ["x", null, true] } },
        });
        match templates.render(name, &context) {
            Ok(made) => assert!(made.len() <= MOST, "{} bytes", made.len()),
            Err(error) => super::harmless(&pmo::text::escape::terminal(&error.to_string())),
        }
    }
}
