//! `pmo verify`: a published report is what the register says, or what differs is told.

use crate::harness::Sandbox;

const REPORTS: [&str; 6] = [
    "report portfolio --state active --sort slip",
    "report period",
    "report period --period 2026-W46",
    "report project crm",
    "report board --exact",
    "status series crm",
];

fn committed() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox
}

#[test]
fn a_report_is_the_same_when_it_is_made_again() {
    let sandbox = committed();
    let mut published = Vec::new();
    for (at, command) in REPORTS.iter().enumerate() {
        for form in ["html", "md", "json"] {
            let file = format!("../r{at}.{form}");
            sandbox.pmo(&format!("{command} -o {file}")).ok();
            published.push((file, *command));
        }
    }
    sandbox.replace("projects/crm/project.toml", "CRM migration", "Something else");
    sandbox.commit("later");
    let before = sandbox.files();
    for (file, command) in published {
        let run = sandbox.pmo(&format!("verify {file} --today 2026-12-24")).ok();
        assert!(run.stdout.contains("is the same") && run.stdout.contains(command), "{run}");
    }
    assert_eq!(sandbox.files(), before);
}

#[test]
fn what_was_changed_by_hand_is_shown() {
    let sandbox = committed();
    sandbox.pmo("report project crm --at HEAD -o ../week.md").ok();
    let text = std::fs::read_to_string(sandbox.path("../week.md")).unwrap();
    std::fs::write(sandbox.path("../week.md"), text.replace("CRM migration", "CRM \u{1b}[31mtriumph"))
        .unwrap();
    let run = sandbox.pmo("verify ../week.md").exits(1);
    assert!(run.stdout.contains("why: it was changed after it was made\n"), "{run}");
    assert!(run.stdout.contains("CRM migration") && run.stdout.contains("triumph"), "{run}");
    assert!(!run.stdout.contains('\u{1b}'), "{run}");
    std::fs::write(sandbox.path("../week.md"), text.replace('\n', "\r\n")).unwrap();
    let run = sandbox.pmo("verify ../week.md").exits(1);
    assert!(run.stdout.contains("only its ends of lines differ"), "{run}");
}

#[test]
fn a_report_from_files_that_were_not_committed_is_told_from_one_that_was_changed() {
    let sandbox = committed();
    sandbox.replace("projects/crm/status/2026-W47.toml", "\"green\"", "\"red\"");
    sandbox.pmo("report portfolio -o ../week.json").ok();
    let run = sandbox.pmo("verify ../week.json").exits(1);
    assert!(run.stdout.contains("made from a work tree, in which not everything was committed"), "{run}");
    let text = std::fs::read_to_string(sandbox.path("../week.json")).unwrap();
    let program = concat!("pmo ", env!("CARGO_PKG_VERSION"));
    std::fs::write(sandbox.path("../week.json"), text.replace(program, "pmo 0.0.1")).unwrap();
    let run = sandbox.pmo("verify ../week.json").exits(1);
    assert!(run.stdout.contains("why: it was made by pmo 0.0.1, and this is pmo [VERSION]"), "{run}");
}

#[test]
fn what_cannot_be_told_is_no_verdict() {
    let sandbox = committed();
    sandbox.pmo("report portfolio -o ../week.md").ok();
    let text = std::fs::read_to_string(sandbox.path("../week.md")).unwrap();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let with = |name: &str, text: String| std::fs::write(sandbox.path(name), text).unwrap();
    with("../plain.md", "# A report\n".to_owned());
    with("../other.md", text.replace(head.trim(), &"a".repeat(40)));
    with("../writes.md", text.replace("pmo report portfolio", "pmo set crm state=closed"));
    with("../branch.md", text.replace(&format!("\"{}\"", head.trim()), "\"main\""));
    for (file, said) in [
        ("../plain.md", "does not say how it was made"),
        ("../other.md", "commit aaaaaaa"),
        ("../branch.md", "commit main is not in this repository"),
        ("../writes.md", "which is no report"),
        ("../none.md", "there is no file"),
    ] {
        let run = sandbox.pmo(&format!("verify {file}")).exits(2);
        assert!(run.stderr.contains(said), "{run}");
        assert_eq!(run.stdout, "");
    }
    // Outside of git there is no commit to make it from.
    let run = Sandbox::register();
    run.pmo("report portfolio -o ../week.html").ok();
    assert!(run.pmo("verify ../week.html").exits(2).stderr.contains("does not say how it was made"));
}

#[test]
fn the_pages_of_an_audience_are_made_for_it_again() {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo northwind").ok();
    let config = sandbox.read("northwind/pmo.toml");
    let name = config.split("[[audience]]").nth(1).unwrap().split('"').nth(1).unwrap().to_owned();
    for form in ["html", "md", "json"] {
        sandbox.pmo(&format!("-C northwind report board --audience {name} -o week.{form}")).ok();
        let run = sandbox.pmo(&format!("-C northwind verify week.{form}")).ok();
        assert!(run.stdout.contains(&format!("--audience {name}")), "{run}");
    }
}
