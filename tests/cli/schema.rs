//! `pmo schema`: the kinds, and what each may hold.

use snapbox::{assert_data_eq, str};

use crate::harness::Sandbox;

#[test]
fn every_kind_that_is_listed_has_a_schema_of_draft_07() {
    let sandbox = Sandbox::new();
    let list = sandbox.pmo("schema").ok();
    let kinds: Vec<&str> = list.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(kinds.len() > 15, "{list}");
    for kind in kinds {
        let schema = sandbox.pmo(&format!("schema {kind}")).ok().json();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{kind}");
        assert!(schema["properties"].is_object(), "{kind}");
        assert_eq!(schema["additionalProperties"], false, "{kind}");
    }
}

#[test]
fn a_near_miss_is_recognised() {
    assert_data_eq!(
        Sandbox::new().pmo("schema statsu"),
        str![[r#"
$ pmo schema statsu
--- stderr
error: there is no kind of record called `statsu`
help: did you mean `status`?
--- exit 2

"#]]
    );
}
