//! `pmo edit`: an editor that is a small script.

use crate::harness::Sandbox;

const RISK: &str = "projects/crm/risks/R-001.toml";

fn sandbox(script: &str) -> Sandbox {
    let sandbox = Sandbox::register().with(RISK, "title = \"one\" # t\n");
    let editor = format!("sh {}", sandbox.path("editor.sh").display());
    sandbox.write("editor.sh", script);
    sandbox.env("EDITOR", &editor)
}

#[test]
fn what_is_saved_is_written() {
    let sandbox = sandbox("sed -i 's/one/two/' \"$1\"");
    let run = sandbox.pmo("edit crm/R-001").ok();
    assert!(run.stderr.contains("wrote projects/crm/risks/R-001.toml"), "{run}");
    assert_eq!(sandbox.read(RISK), "title = \"two\" # t\n");
    let run = sandbox.pmo("edit crm/R-001").ok();
    assert!(run.stderr.contains("crm/R-001 is as it was"), "{run}");
}

#[test]
fn what_another_project_refers_to_is_noted_when_it_goes() {
    let charter = "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[milestone]]\nid = \"go-live\"\nbaseline = 2026-12-01\n";
    let sandbox = sandbox("sed -i 's/go-live/live/' \"$1\"").with("projects/erp/project.toml", charter);
    sandbox.write(RISK, "title = \"one\"\nlinks = [\"erp#go-live\"]\n");
    let run = sandbox.pmo("edit erp").ok();
    let note = "projects/crm/risks/R-001.toml: `links[0]` names `erp#go-live`, which is not in the register";
    assert!(run.stderr.contains(note), "{run}");
}

#[test]
fn a_text_with_mistakes_is_kept_and_gone_on_with() {
    let sandbox = sandbox("sed -i 's/title/titel/' \"$1\"");
    let run = sandbox.pmo("edit crm/R-001").exits(2);
    assert!(run.stderr.contains("did you mean `title`?"), "{run}");
    assert!(run.stderr.contains("your text is kept in .pmo/kept/projects--crm--risks--R-001.toml"), "{run}");
    assert_eq!(sandbox.read(RISK), "title = \"one\" # t\n");
    sandbox.write("editor.sh", "sed -i 's/titel/# mine\\ntitle/' \"$1\"");
    let run = sandbox.pmo("edit crm/R-001").ok();
    assert!(run.stderr.contains("going on with the text"), "{run}");
    assert_eq!(sandbox.read(RISK), "# mine\ntitle = \"one\" # t\n");
    assert!(!sandbox.exists(".pmo/kept"));
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let sandbox = sandbox("sed -i 's/one/two/' \"$1\"; echo '# theirs' >> projects/crm/risks/R-001.toml");
    let run = sandbox.pmo("edit crm/R-001").exits(2);
    assert!(run.stderr.contains("changed by someone else meanwhile"), "{run}");
    assert_eq!(sandbox.read(RISK), "title = \"one\" # t\n# theirs\n");
    assert!(sandbox.read(".pmo/kept/projects--crm--risks--R-001.toml").contains("two"));
    // What they wrote stays when the text is gone on with.
    sandbox.write("editor.sh", "true");
    let run = sandbox.pmo("edit crm/R-001").ok();
    assert!(run.stderr.contains("what was changed in the file since is in it"), "{run}");
    assert_eq!(sandbox.read(RISK), "title = \"two\" # t\n# theirs\n");
    assert!(!sandbox.exists(".pmo/kept"));
}

#[test]
fn both_texts_are_shown_where_one_line_was_changed_twice() {
    let sandbox = sandbox("sed -i 's/title = .*/titel = \"mine\"/' \"$1\"");
    sandbox.pmo("edit crm/R-001").exits(2);
    sandbox.write(RISK, "title = \"theirs\"\n");
    sandbox.write("editor.sh", "true");
    let run = sandbox.pmo("edit crm/R-001").exits(2);
    assert!(run.stderr.contains("both stand in it, between <<<<<<< and >>>>>>>"), "{run}");
    assert_eq!(sandbox.read(RISK), "title = \"theirs\"\n");
    sandbox.write("editor.sh", "printf 'title = \"both\"\\n' > \"$1\"");
    sandbox.pmo("edit crm/R-001").ok();
    assert_eq!(sandbox.read(RISK), "title = \"both\"\n");
}

#[test]
fn no_editor_and_a_failing_one_say_what_to_do() {
    let plain = Sandbox::register();
    let run = plain.pmo("edit crm").exits(2);
    assert!(run.stderr.contains("neither VISUAL nor EDITOR") && run.stderr.contains("pmo set crm"), "{run}");
    let failing = sandbox("exit 1");
    let before = failing.files();
    assert!(failing.pmo("edit crm/R-001").exits(2).stderr.contains("nothing was changed"));
    assert_eq!(failing.files(), before);
}

#[test]
fn a_broken_file_can_be_mended() {
    let sandbox = sandbox("sed -i 's/= =/=/' \"$1\"");
    sandbox.write(RISK, "title = = \"one\"\n");
    sandbox.pmo("edit crm/R-001").ok();
    assert_eq!(sandbox.read(RISK), "title = \"one\"\n");
}
