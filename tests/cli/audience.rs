//! `--audience`: reports for readers who may not see everything.

use crate::harness::Sandbox;

const PUBLIC: &str = "\n[[audience]]\nname = \"public\"\ntitle = \"The public\"\n\
    withhold = [\"confidential\", \"people\", \"money\"]\n\n[[audience]]\nname = \"board\"\nwithhold = []\n";

/// A register with a project that nobody may know of.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    let config = sandbox.read("pmo.toml");
    sandbox.write("pmo.toml", &(config + PUBLIC));
    let charter = sandbox.read("projects/crm/project.toml").replacen("CRM migration", "Project Falcon", 1);
    sandbox.write("projects/falcon/project.toml", &format!("confidential = true\n{charter}"));
    sandbox.replace(
        "projects/crm/project.toml",
        "[schedule]",
        "[[dependency]]\non = \"falcon\"\n\n[schedule]",
    );
    sandbox
}

#[test]
fn a_report_says_for_whom_it_is_and_holds_nothing_that_is_withheld() {
    let sandbox = register();
    for line in ["report portfolio", "report project crm"] {
        for format in ["terminal", "markdown", "json", "yaml", "csv"] {
            let run = sandbox.pmo(&format!("{line} --audience public -O {format}")).ok();
            for word in ["alcon", "Novak", "novak", "1_200_000", "1200000", "1.20"] {
                assert!(!run.stdout.contains(word), "{word}: {run}");
            }
        }
        let run = sandbox.pmo(&format!("{line} --audience public")).ok();
        let said = "For public (The public): 1 project, people's names and money are withheld.";
        assert!(run.stdout.contains(said), "{run}");
        let full = sandbox.pmo(&format!("{line} -O json")).ok();
        assert!(full.json().get("withheld").is_none() && full.stdout.contains("1200000"), "{full}");
    }
    let json = sandbox.pmo("report portfolio --audience public -O json").ok().json();
    assert_eq!(json["withheld"]["projects"], 1);
    assert_eq!(json["summary"]["listed"], 1);
    let run = sandbox.pmo("report portfolio --audience board").ok();
    assert!(run.stdout.contains("For board: nothing is withheld.") && run.stdout.contains("falcon"), "{run}");
}

#[test]
fn a_project_that_is_withheld_is_as_good_as_none() {
    let sandbox = register();
    let hidden = sandbox.pmo("report project falcon --audience public").exits(2);
    assert!(hidden.stderr.contains("there is no project `falcon`") && hidden.stdout.is_empty(), "{hidden}");
    assert!(!sandbox.pmo("report project falco --audience public").exits(2).stderr.contains("`falcon`"));
    sandbox.pmo("report project falcon").ok();
    let run = sandbox.pmo("report portfolio --audience public --manager jana-novak").exits(2);
    assert!(!run.stderr.contains("Jana"), "{run}");
}

#[test]
fn an_unknown_audience_is_an_error_with_the_nearest_and_a_mistake_in_the_settings_stops_the_report() {
    let sandbox = register();
    let run = sandbox.pmo("report portfolio --audience publik").exits(2);
    assert!(
        run.stderr.contains("declares no audience `publik`") && run.stderr.contains("did you mean `public`"),
        "{run}"
    );
    let run = sandbox.pmo("report portfolio --audience xyz").exits(2);
    assert!(run.stderr.contains("it declares public and board"), "{run}");
    sandbox.replace("pmo.toml", "\"money\"]", "\"mony\"]");
    let run = sandbox.pmo("check pmo.toml").exits(1);
    assert!(run.stdout.contains("mony") && run.stdout.contains("`money`"), "{run}");
    let run = sandbox.pmo("report portfolio --audience public").exits(2);
    assert!(run.stderr.contains("pmo.toml has mistakes") && run.stdout.is_empty(), "{run}");
    let none = Sandbox::register().pmo("report portfolio --audience public").exits(2);
    assert!(none.stderr.contains("[[audience]]"), "{none}");
}
