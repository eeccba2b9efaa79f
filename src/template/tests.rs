use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::load::{config_schema, read_record};
use crate::model::{KINDS, Kind, Slot};
use crate::syntax;

fn scaffold(kind: &str, given: BTreeMap<String, String>) -> Scaffold {
    Scaffold {
        schema: schema_line("projects/crm/risks/R-001.toml", kind),
        id: "crm/R-001".into(),
        given,
        me: Some("jana-novak".into()),
        today: "2026-11-20".into(),
        today_next_month: "2026-12-20".into(),
        today_next_year: "2027-11-20".into(),
        currency: "EUR".into(),
        hints: Hints { division: "Sales or\nIT".into(), ..Hints::default() },
    }
}

fn kinds_with_scaffold() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|k| k.spec.name != "status")
}

#[track_caller]
fn read(kind: &Kind, text: &str) -> Slot {
    let reading = read_record(kind, text.as_bytes());
    assert!(reading.mistakes.is_empty(), "{}: {:?}\n{text}", kind.spec.name, reading.mistakes);
    assert!(syntax::newer_toml(text).is_empty(), "{text}");
    assert!(text.starts_with("#:schema ../../../.pmo/schema/"), "{text}");
    reading.slot
}

/// The keys and example values of the fields that a scaffold offers.
fn offered(source: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for call in source.split("{{ ").skip(1) {
        let Some((name, rest)) = call.split_once("(\"") else { continue };
        let Some((key, rest)) = rest.split_once('"') else { continue };
        if !["must", "may", "with"].contains(&name) || key.starts_with("given") {
            continue;
        }
        let example = rest.trim_start_matches(", ");
        let literal = match example.chars().next() {
            _ if name == "must" => "\"stated\"".to_owned(),
            Some(quote @ ('\'' | '"')) => {
                let inner = example[1..].split_once(quote).unwrap().0;
                if inner.contains("{ from") { "{ from = 2026-11-20 }".into() } else { inner.to_owned() }
            }
            _ if example.starts_with("me ") => "\"jana-novak\"".to_owned(),
            _ => "2026-11-20".to_owned(),
        };
        found.insert(key.to_owned(), literal);
    }
    found
}

#[test]
fn every_kind_has_a_scaffold_that_reads_with_the_least() {
    for kind in kinds_with_scaffold() {
        let name = kind.spec.name;
        let bare = Templates::built_in().render(name, &scaffold(name, BTreeMap::new())).unwrap();
        assert!(matches!(read(kind, &bare), Slot::Draft(_) | Slot::Read(_)), "{bare}");
        let given = match name {
            "project" => vec![("name", "\"CRM\""), ("manager", "\"jana-novak\"")],
            "programme" | "person" | "objective" => vec![("name", "\"CRM\"")],
            "actuals" => vec![("cost", "1.50")],
            "programme-status" => vec![("summary", "\"Fine.\""), ("overall", "\"green\"")],
            "review" | "period" => vec![],
            _ => vec![("title", "\"A title\"")],
        };
        let given = given.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let made = Templates::built_in().render(name, &scaffold(name, given)).unwrap();
        assert!(matches!(read(kind, &made), Slot::Read(_)), "{made}");
    }
}

#[test]
fn every_field_that_a_scaffold_offers_is_one_of_the_format() {
    for kind in kinds_with_scaffold() {
        let name = kind.spec.name;
        let templates = Templates::built_in();
        let mut given = offered(templates.source(name).unwrap());
        assert!(given.len() > 3 || name == "period", "{name}: {given:?}");
        for (key, value) in [("cost", "74_000"), ("overall", "\"amber\"")] {
            if let Some(there) = given.get_mut(key) {
                *there = value.into();
            }
        }
        let made = templates.render(name, &scaffold(name, given.clone())).unwrap();
        let Slot::Read(_) = read(kind, &made) else { panic!("{made}") };
        for key in given.keys() {
            assert!(syntax::locate(&made, key).is_some(), "{name}: {key} is not in\n{made}");
        }
    }
}

#[test]
fn examples_in_comments_are_right_as_well() {
    for kind in kinds_with_scaffold().filter(|k| !["programme-status", "period"].contains(&k.spec.name)) {
        let name = kind.spec.name;
        let made = Templates::built_in().render(name, &scaffold(name, BTreeMap::new())).unwrap();
        let bare = made.lines().map(|line| {
            let rest = line.strip_prefix("# ").unwrap_or(line);
            if rest.contains(" = ") || rest.starts_with('[') { rest } else { line }
        });
        let text = bare.collect::<Vec<_>>().join("\n").replace("cost = \"…\"", "cost = 1");
        read(kind, &text);
    }
}

#[test]
fn comments_stand_in_a_column_and_free_text_cannot_leave_them() {
    let made = Templates::built_in().render("person", &scaffold("person", BTreeMap::new())).unwrap();
    assert!(made.contains("# division = \"IT\"                         # Sales or IT\n"), "{made}");
}

#[test]
fn the_settings_read_without_a_mistake() {
    let context = json!({ "schema": "#:schema .pmo/schema/pmo.json", "name": "Say \"no\"\n[x]", "kind": "controlling",
        "currency": "EUR", "cadence": "weekly" });
    let made = Templates::built_in().render("pmo.toml", &context).unwrap();
    for text in [made.clone(), uncommented(&made)] {
        let mut table = syntax::parse(&text).unwrap();
        assert!(syntax::wrap_numbers(table.get_mut()).is_empty());
        assert_eq!(syntax::walk(&mut table, config_schema()), [], "{text}");
    }
}

fn uncommented(text: &str) -> String {
    let bare = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.contains(" = ") || rest.starts_with(['[', ']', ' ']) => rest,
        _ => line,
    });
    bare.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_register_overrides_by_name_and_its_mistakes_are_placed() {
    let own = |text: &str| Templates::with_own([("risk.toml".to_owned(), text.to_owned())]);
    let context = json!({ "a": "x" });
    assert_eq!(own("{# risk/7: ours -#}\n{{ a }}").render("risk", &context).unwrap(), "x\n");
    let listing = own("{# risk/7: ours -#}").list();
    let risk = listing.iter().find(|l| l.name == "risk.toml").unwrap();
    assert_eq!((risk.origin, risk.version.as_deref()), (Origin::Own, Some("risk/7")));
    assert_eq!(risk.hides.as_deref(), Some("risk/1"));
    let wrong = |text: &str| own(text).render("risk", &context).unwrap_err().to_string();
    assert_eq!(
        wrong("ok\n{{ b.name }}"),
        "templates/risk.toml:2: something here has no value: check the names, in `{{ b.name }}`"
    );
    assert!(wrong("ok\n\n{% if %}").starts_with("templates/risk.toml:3: "));
    assert!(wrong("{{ a | shout }}").contains("shout"));
    assert!(
        wrong("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}")
            .contains("end")
    );
    let unknown = Templates::built_in().render("chartr", &context).unwrap_err().to_string();
    assert_eq!(unknown, "there is no template `chartr`; did you mean `charter`?");
}

#[test]
fn what_is_printed_is_escaped_for_its_file() {
    let made = |name: &str, text: &str| {
        let context = json!({ "a": "<b>|*x*\n# no", "none": null, "yes": true });
        Templates::with_own([(name.to_owned(), text.to_owned())]).render(name, &context).unwrap()
    };
    assert_eq!(made("x.html", "{{ a }}{{ none }}{{ yes }}"), "&lt;b&gt;|*x*\n# notrue\n");
    assert_eq!(made("x.toml", "# {{ a }}"), "# <b>|*x* # no\n");
    assert_eq!(made("x.toml", "a = {{ a | toml }}"), "a = \"<b>|*x*\\n# no\"\n");
    assert!(!made("x.md", "{{ a }}").contains("\n# no"));
    assert_eq!(made("x.md", "{{ a | cell }}").lines().count(), 1);
    assert_eq!(made("x.md", "# The {{ a }}").lines().count(), 1);
}

#[test]
fn every_built_in_template_says_its_version_and_what_it_is_for() {
    for listing in Templates::built_in().list() {
        let stem = listing.name.rsplit_once('.').unwrap().0;
        assert_eq!(listing.version.as_deref(), Some(format!("{stem}/1").as_str()));
        assert!(listing.about.is_some(), "{}", listing.name);
    }
}

#[test]
fn a_measure_in_a_template_changes_nothing_that_it_says() {
    let context = json!({
        "given": {"title": "\"x\""}, "title": "A <b>", "items": [3, 1, 2], "rows": {"a": [1], "b": []},
        "deep": {"er": {"list": ["x", null, true]}}, "n": 5, "empty": [],
    });
    let cases = [
        ("{{ title ~ ' & ' ~ n }}", "A <b> & 5"),
        ("{{ n + 2 * n }} {{ -n|abs }} {{ (n + 1) * 2 }} {{ n - 1 }}", "15 5 12 4"),
        ("{{ (title|upper)|lower ~ (('a' ~ 'b')) }}", "a <b>ab"),
        ("{{ items|sort|join(', ') if n > 3 and 'x' in deep.er.list else 'no' }}", "1, 2, 3"),
        ("{{ items[1:]|length }} {{ title[0] }} {{ title[:1] ~ '.' }}", "2 A A."),
        ("{{ [n, n + 1, 'x' ~ n]|last }} {{ {'k': n + 1}['k'] }} {{ {'k': n}.k }}", "x5 6 5"),
        ("{% for x in (items) if x > 1 or x is odd %}{{ loop.index }}:{{ x }},{% endfor %}", "1:3,2:1,3:2,"),
        ("{% for k, v in rows|items %}-{{ k }}{{ v|length }}{% else %}none{% endfor %}", "-a1-b0"),
        ("{% for x in ( ( empty ) ) %}x{% else %}none{% endfor %}", "none"),
        (
            "{% for x in items|sort %}\n  {% if not loop.last %}\n  {{ x }}\n  {% endif %}\n{% endfor %}\n",
            "  1\n  2",
        ),
        (
            "{% macro m(a, b=n + 1) %}<{{ a }}{{ b }}{{ caller() if caller is defined else '' }}>{% endmacro %}{{ m(1) }}{{ m(a=2, b=3) ~ '' }}{% call m(4) %}c{% endcall %}",
            "<16><23><46c>",
        ),
        ("{% set x %}a{{ n }}{% endset %}{% set y = x ~ x %}{{ y|replace('a', 'b' ~ 'c') }}", "bc5bc5"),
        (
            "{% set ns = namespace(t=0) %}{% for i in items %}{% set ns.t = ns.t + i %}{% endfor %}{{ ns.t }}",
            "6",
        ),
        (
            "{% for x in [1, [2, [3]]] recursive %}{{ x if x is number else loop(x) }}.{% endfor %}",
            "1.2.3...",
        ),
        (
            "{% filter upper %}a{{ 'b' ~ 'c' }}{% endfilter %}{% with z = n ~ '!' %}{{ z }}{% endwith %}",
            "ABC5!",
        ),
        (
            "{{ title is startingwith('A' ~ ' ') }} {{ (missing is defined) }} {{ empty|first|default('d') }}",
            "true false d",
        ),
        (
            "{{ range(3)|list|length }} {{ n in items }} {{ not n in items }} {{ n > 1 and n < 3 + 3 }}",
            "3 false true true",
        ),
        ("{# ~ #}{% raw %}{{ a ~ b }}{% endraw %} {{ '~' ~ \"}}\" }}", "{{ a ~ b }} ~}}"),
        ("{{ n ~ n\n ~ n }}", "555"),
    ];
    for (source, made) in cases {
        let templates = Templates::with_own([("page.txt".to_owned(), source.to_owned())]);
        assert_eq!(templates.render("page.txt", &context).unwrap().trim_end(), made, "{source}");
    }
    for (name, source) in built_in::TEMPLATES {
        let own = Templates::with_own([((*name).to_owned(), (*source).to_owned())]);
        let context = serde_json::to_value(scaffold("risk", BTreeMap::new())).unwrap();
        let plain = |made: Result<String, TemplateError>| made.map_err(|_| "refused");
        assert_eq!(
            plain(own.render(name, &context)),
            plain(Templates::built_in().render(name, &context)),
            "{name}"
        );
    }
}

#[test]
fn what_a_template_makes_on_the_way_is_bounded() {
    let cases = [
        "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}",
        "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
        "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t = ns.t * 4 %}{% endfor %}",
        "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t %}{{ ns.t }}{{ ns.t }}{% endset %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% set x = 'x' * 1000000 %}{% for i in range(9999) %}{% set ns.l = ns.l + [x|upper] %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% set x = 'x' * 1000000 %}{% for i in range(9999) %}{% set ns.l = ns.l + [x[1:]] %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% set x = 'x' * 1000000 %}{% for i in range(9999) %}{% set ns.l = ns.l + x|split('y') %}{% endfor %}",
        "{% set x %}{% for i in range(9999) %}{% for j in range(9999) %}plain text{% endfor %}{% endfor %}{% endset %}",
        "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('x') }}",
        "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ m(m(m(m(m(m(m(m('x' * 4000000)))))))) }}",
        "{{ ('x' * 90000000) ~ ('x' * 90000000) ~ ('x' * 90000000) }}",
    ];
    for source in cases {
        let templates = Templates::with_own([("page.html".to_owned(), source.to_owned())]);
        let error = templates.render("page.html", &json!({})).unwrap_err().to_string();
        let is_told = ["on the way", "recursion", "end", "too large"].iter().any(|word| error.contains(word));
        assert!(is_told, "{source}: {error}");
    }
    let large = Templates::with_own([("page.txt".to_owned(), "x".repeat(2 << 20))]);
    assert!(large.render("page.txt", &json!({})).unwrap_err().to_string().contains("larger than 1 MiB"));
}
