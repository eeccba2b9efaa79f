//! `pmo find`.

use crate::harness::Sandbox;

#[test]
fn records_are_found_by_words_in_any_order() {
    let sandbox = Sandbox::register().with(
        "projects/crm/risks/R-001.toml",
        "# vendor\ntitle = \"Workshop\"\nplan = \"Call the \u{1b}[31mVendor\"\n",
    );
    assert_eq!(sandbox.pmo("find VENDOR workshop -O ids").ok().stdout, "crm/R-001\n");
    assert_eq!(sandbox.pmo("find jana -O ids").ok().stdout, "@jana-novak\ncrm\ncrm/2026-W47\n");
    assert_eq!(sandbox.pmo("find jana --kind project -O ids").ok().stdout, "crm\n");
    let json = sandbox.pmo("find vendor -O json").ok().json();
    assert_eq!(json["found"][0]["line"], 3);
    let table = sandbox.pmo("find vendor").ok();
    assert!(table.stdout.contains("crm/R-001") && !table.stdout.contains('\u{1b}'), "{table}");
    let none = sandbox.pmo("find nowhere").ok();
    assert_eq!(none.stdout, "");
    assert!(none.stderr.contains("no record has nowhere"), "{none}");
    assert!(sandbox.pmo("find x --kind risc").exits(2).stderr.contains("did you mean `risk`?"));
}

#[test]
fn a_word_is_needed_and_a_draft_is_no_mistake() {
    let sandbox = Sandbox::register();
    sandbox.replace("projects/crm/status/2026-W47.toml", "\"green\"", "\"…\"");
    assert!(sandbox.pmo_args(&["find", ""]).exits(2).stderr.contains("no word to look for"));
    let run = sandbox.pmo("find course").ok();
    assert!(run.stdout.contains("2026-W47") && !run.stdout.contains("cannot be read"), "{run}");
}
