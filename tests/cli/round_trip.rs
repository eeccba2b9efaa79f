//! Out and in again: what `pmo export` wrote, `pmo import all` makes the same register of.
//!
//! The example register is sent out and in by tests of `import`; these are made up, and `PMO_FULL=1` takes many more.

use proptest::prelude::*;
use serde_json::Value;

use crate::harness::Sandbox;

/// The ways out, each with where it is written.
const WAYS: [(&str, &str); 4] =
    [("csv", "../out"), ("xlsx", "../out.xlsx"), ("json", "../out.json"), ("yaml", "../out.yaml")];

/// The records of a register, without what is missing; numbers by their value.
fn records(sandbox: &Sandbox) -> Value {
    plain(&sandbox.pmo("export json").ok().json()["records"])
}

fn plain(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.iter().map(|(key, value)| (key.clone(), plain(value)));
            // A table in which nothing stands is not told from none.
            let is_said =
                |value: &Value| !value.is_null() && value.as_object().is_none_or(|own| !own.is_empty());
            Value::Object(kept.filter(|(_, value)| is_said(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Number(number) => Value::from(number.as_f64()),
        other => other.clone(),
    }
}

/// Demands that a register comes back the same by every way.
fn comes_back(sandbox: &Sandbox) {
    let before = records(sandbox);
    for (way, path) in WAYS {
        sandbox.pmo(&format!("export {way} -o {path}")).ok();
        let other = Sandbox::new().with("pmo.toml", &sandbox.read("pmo.toml"));
        let from = sandbox.path(path).display().to_string();
        if way == "csv" {
            let shown = other.pmo_args(&["import", "all", &from]);
            assert_eq!(shown.code, 0, "{way}: {shown}");
            assert!(!other.exists("projects"), "{way}: a dry run writes nothing");
        }
        other.pmo_args(&["import", "all", &from, "--write"]).ok();
        let after = records(&other);
        for (kind, all) in before.as_object().unwrap() {
            let own: Vec<&Value> = all.as_array().unwrap().iter().collect();
            let again: Vec<&Value> =
                after[kind].as_array().map(|all| all.iter().collect()).unwrap_or_default();
            for (one, same) in own.iter().zip(&again) {
                assert_eq!(one, same, "{way}: {kind}");
            }
            assert_eq!(own.len(), again.len(), "{way}: {kind}");
        }
        // A second time there is nothing to do.
        let files = other.files();
        other.pmo_args(&["import", "all", &from, "--write"]).ok();
        assert_eq!(other.files(), files, "{way}: again");
        std::fs::remove_dir_all(sandbox.path(path))
            .or_else(|_| std::fs::remove_file(sandbox.path(path)))
            .unwrap();
    }
}

const SETTINGS: &str = "[register]\nformat = 1\nname = \"N\"\n\
    [[field]]\nkind = \"risk\"\nname = \"region\"\ntype = \"text\"\n\
    [[field]]\nkind = \"risk\"\nname = \"seen\"\ntype = \"date\"\n\
    [[field]]\nkind = \"risk\"\nname = \"share\"\ntype = \"number\"\n\
    [[field]]\nkind = \"risk\"\nname = \"sites\"\ntype = \"list\"\n";

#[test]
fn every_digit_comes_back() {
    let sandbox = Sandbox::register()
        .with("projects/crm/risks/R-001.toml", "title = \"T\"\nplan_cost = 12345678901234567.89\n")
        .with("projects/crm/risks/R-002.toml", "title = \"T\"\nplan_cost = 1200000.50\n");
    for (way, path) in WAYS {
        sandbox.pmo(&format!("export {way} -o {path}")).ok();
        let other = Sandbox::new().with("pmo.toml", &sandbox.read("pmo.toml"));
        let from = sandbox.path(path).display().to_string();
        other.pmo_args(&["import", "all", &from, "--write"]).ok();
        let cost = |id: &str| {
            let text = other.read(&format!("projects/crm/risks/{id}.toml"));
            text.lines().find_map(|line| line.strip_prefix("plan_cost = ").map(str::to_owned)).unwrap()
        };
        assert_eq!(cost("R-001").replace('_', ""), "12345678901234567.89", "{way}");
        assert!(cost("R-002").replace('_', "").starts_with("1200000.5"), "{way}");
    }
}

#[test]
fn drafts_come_back_as_the_files_that_they_are() {
    let charter = "# To be agreed\nname = \"…\"\nmanager = \"jana-novak\"\nstate = \"proposed\"\n";
    let risk = "title = \"=HYPERLINK(\\\"x\\\")\"\ncause = \"…\"\n\n# two lines\n  # and blanks \n";
    let report = "summary = \"…\"\n[rag]\noverall = \"…\"\n";
    let sandbox = Sandbox::register()
        .with("projects/new/project.toml", charter)
        .with("projects/new/risks/R-001.toml", "title = \"Of a project that is a draft\"\n")
        .with("projects/crm/risks/R-004.toml", risk)
        .with("projects/crm/status/2026-W47.toml", report);
    for (way, path) in WAYS {
        let said = sandbox.pmo(&format!("export {way} -o {path}")).ok().stderr;
        assert!(said.contains(" and 3 drafts") && !said.contains("left out"), "{way}: {said}");
        let other = Sandbox::new().with("pmo.toml", &sandbox.read("pmo.toml"));
        let from = sandbox.path(path).display().to_string();
        let run = other.pmo_args(&["import", "all", &from, "--write"]).ok();
        assert!(run.stdout.contains("3 drafts added"), "{way}: {run}");
        for (file, text) in [
            ("projects/new/project.toml", charter),
            ("projects/crm/risks/R-004.toml", risk),
            ("projects/crm/status/2026-W47.toml", report),
        ] {
            assert_eq!(other.read(file), text, "{way}");
        }
        assert!(
            other.read("projects/new/risks/R-001.toml").contains("Of a project that is a draft"),
            "{way}"
        );
        let again = other.pmo_args(&["import", "all", &from, "--write"]).ok();
        assert!(again.stderr.contains("the register says so already"), "{way}: {again}");
        // What somebody filled in since is not taken back.
        other.write("projects/crm/risks/R-004.toml", "title = \"Filled in\"\n");
        let run = other.pmo_args(&["import", "all", &from]).exits(1);
        assert!(run.stdout.contains("crm/R-004 is there already, and says something else"), "{way}: {run}");
    }
    // For others, drafts stay where they are.
    let settings = format!(
        "{}\n[[audience]]\nname = \"public\"\nwithhold = [\"confidential\"]\n",
        sandbox.read("pmo.toml")
    );
    let run = sandbox.with("pmo.toml", &settings).pmo("export json --audience public").ok();
    assert!(!run.stdout.contains("HYPERLINK"), "{run}");
}

#[test]
fn a_draft_that_is_no_file_of_a_record_is_refused() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "../out/draft.csv",
        "path,text\n../../etc/passwd,\"title = \"\"…\"\"\n\"\npmo.toml,x\nprojects/crm/risks/R-009.toml,\"titel = \"\"…\"\"\n\"\n\
         projects/crm/risks/R-008.toml,\"title = \"\"…\"\"\n\"\nprojects/crm/risks/R-008.toml,\"title = \"\"…\"\"\n\"\n",
    );
    let run = sandbox.pmo("import all ../out --write").exits(2);
    for told in [
        "line 2, column 1 (path): `../../etc/passwd` is no file of a record",
        "column 1 (path): `pmo.toml` is no file of a record",
        "column 2 (text): ",
        "`crm/R-008` stands in line ",
    ] {
        assert!(run.stdout.contains(told), "{told}: {run}");
    }
    assert!(!sandbox.exists("projects/crm/risks/R-008.toml"), "all or nothing");
}

/// A text of any sort that TOML can hold, but for what marks a draft.
fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "=1+1",
        "+49 30",
        "-",
        "@SUM(A1)",
        "'quoted",
        "''",
        "1",
        "true",
        "2026-11-20",
        "1.50",
        "a\tb",
        "a\nb",
        "a\r\nb",
        " x ",
        "\\n",
        "\\",
        "[\"x\"]",
        "_x000D_",
        "ä\u{1f600}",
        "x;y,z\"q\"",
        "NaN",
        "n/a",
        "none",
        "a\u{a0}b",
        "0012",
        "1e5",
        "null",
        "Total",
    ]);
    prop_oneof![hostile.prop_map(str::to_owned), "[!-~äß€]([ -~äß€\n\t'\\\\]{0,20}[!-~])?"].prop_filter(
        "a draft",
        |text| {
            !text.contains("TODO") && !text.contains('…') && !text.contains("...") && !text.trim().is_empty()
        },
    )
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn number() -> impl Strategy<Value = String> {
    let exact = prop::sample::select(vec![
        "12345678901234567.89",
        "0.1",
        "1200000.50",
        "999999999999999",
        "0.000001",
    ]);
    let decimal = |(digits, scale): (i64, u32)| {
        let text = format!("{digits:0width$}", width = scale as usize + 1);
        format!("{}.{}", &text[..text.len() - scale as usize], &text[text.len() - scale as usize..])
    };
    prop_oneof![
        exact.prop_map(str::to_owned),
        (0_i64..1_000_000_000_000).prop_map(|whole| whole.to_string()),
        (0_i64..1_000_000_000, 1_u32..6).prop_map(decimal),
    ]
}

fn some<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(one)
}

prop_compose! {
    fn risk()(
        title in text(), cause in some(text()), plan in some(text()), cost in some(number()), three in some(number()),
        level in some(1_u8..5), dims in some((1_u8..5, 1_u8..5)),
        custom in some((text(), number(), prop::collection::vec(text(), 1..3))),
    ) -> String {
        let mut out = format!("title = {}\nlinks = [\"#m0\", \"@jana\"]\n", quoted(&title));
        for (key, value) in [("cause", cause), ("plan", plan)] {
            value.into_iter().for_each(|value| out.push_str(&format!("{key} = {}\n", quoted(&value))));
        }
        cost.into_iter().for_each(|cost| out.push_str(&format!("plan_cost = {cost}\nreport = true\n")));
        match (level, dims) {
            (Some(level), None) => out.push_str(&format!("impact = {level}\n")),
            (_, Some((cost, schedule))) => {
                out.push_str(&format!("impact = {{ cost = {cost}, schedule = {schedule} }}\nraised = 2026-02-28\n"));
            }
            _ => {}
        }
        three.into_iter().for_each(|high| {
            out.push_str(&format!(
                "cost_effect = {{ low = 0, likely = 0, high = {high} }}\n[initial]\nprobability = 3\n"
            ));
        });
        custom.into_iter().for_each(|(region, share, sites)| {
            let (region, sites) = (quoted(&region), list(&sites));
            out.push_str(&format!(
                "[custom]\nregion = {region}\nseen = 1999-12-31\nshare = {share}\nsites = {sites}\n"
            ));
        });
        out
    }
}

prop_compose! {
    fn charter()(
        name in text(), purpose in some(text()), tags in prop::collection::vec(text(), 0..4), approved in some(number()),
        milestones in prop::collection::vec((some(text()), any::<bool>()), 1..4), who in some(text()),
    ) -> String {
        let mut out =
            format!("name = {}\nmanager = \"jana\"\nstate = \"active\"\ntags = {}\n", quoted(&name), list(&tags));
        purpose.into_iter().for_each(|value| out.push_str(&format!("purpose = {}\n", quoted(&value))));
        approved.into_iter().for_each(|value| out.push_str(&format!("[budget]\napproved = {value}\n")));
        for (at, (name, key)) in milestones.iter().enumerate() {
            out.push_str(&format!(
                "[[milestone]]\nid = \"m{at}\"\nkey = {key}\nbaseline = 2027-01-0{}\n",
                at + 1
            ));
            name.iter().for_each(|name| out.push_str(&format!("name = {}\n", quoted(name))));
        }
        who.into_iter().for_each(|who| {
            out.push_str(&format!(
                "[[stakeholder]]\nname = {}\n[[superseded]]\napproved_on = 2026-01-20\n\
                 milestones = {{ m0 = 2026-12-01 }}\n",
                quoted(&who)
            ));
        });
        out
    }
}

fn cases() -> u32 {
    if std::env::var_os("PMO_FULL").is_some() { 200 } else { 6 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_register_comes_back_the_same(
        charter in charter(), risks in prop::collection::vec(risk(), 0..4), summary in text(),
        achieved in prop::collection::vec(text(), 0..3),
    ) {
        let sandbox = Sandbox::new()
            .with("pmo.toml", SETTINGS)
            .with("people/jana.toml", "name = \"Jana\"\n[[leave]]\nfrom = 2026-12-24\nto = 2026-12-31\n")
            .with("projects/crm/project.toml", &charter)
            .with("projects/crm/status/2026-W47.toml", &format!(
                "summary = {}\nachieved = {}\n[forecast_by_category]\n\"a.b c\" = 5\n[rag]\noverall = \"green\"\n\
                 [milestone.m0]\nforecast = 2027-02-14\n", quoted(&summary), list(&achieved)
            ));
        for (at, risk) in risks.into_iter().enumerate() {
            sandbox.write(&format!("projects/crm/risks/R-00{}.toml", at + 1), &risk);
        }
        comes_back(&sandbox);
    }
}
