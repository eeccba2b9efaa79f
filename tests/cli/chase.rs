//! `pmo status chase`: messages to those who are overdue, and to nobody else.

use crate::harness::Sandbox;

/// On Monday 23 November `crm` and `erp` of one manager have no report for week 47; `hr` of another has.
fn register() -> Sandbox {
    let sandbox = Sandbox::register()
        .with("people/amir-haddad.toml", "name = \"Amir\\r\\nBcc: all@northwind.example\"\nemail = \"amir@x.example\\nBcc: b@x.example\"\n")
        .with("programmes/customer-360.toml", "name = \"Customer 360\"\nmanager = \"jana-novak\"\n");
    let report = sandbox.read("projects/crm/status/2026-W47.toml");
    sandbox.git_init();
    sandbox.write("projects/hr/status/2026-W47.toml", &report);
    let charter = sandbox.read("projects/crm/project.toml");
    let charter = charter.replace("state =", "programme = \"customer-360\"\nstate =");
    for id in ["crm", "erp", "hr", "wifi"] {
        sandbox.write(&format!("projects/{id}/project.toml"), &charter);
        if id != "hr" {
            sandbox.write(&format!("projects/{id}/status/2026-W46.toml"), &report.replace("11-20", "11-13"));
        }
    }
    sandbox.replace("projects/wifi/project.toml", "manager = \"jana-novak\"", "manager = \"amir-haddad\"");
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-W47.toml")).unwrap();
    sandbox
}

#[test]
fn nobody_is_chased_before_the_deadline_or_for_a_closed_period() {
    let sandbox = register();
    let run = sandbox.pmo("status chase -o outbox").ok();
    assert!(run.stdout.is_empty() && run.stderr.contains("nobody is overdue"), "{run}");
    assert!(!sandbox.exists("outbox"));
    sandbox.write("periods/2026-W47.toml", "state = \"closed\"\n");
    let run = sandbox.pmo("status chase --today 2026-11-23").ok();
    assert!(run.stderr.contains("nobody is overdue"), "{run}");
}

#[test]
fn each_manager_gets_one_message_with_the_reports_begun() {
    let sandbox = register();
    let run = sandbox.pmo("status chase --today 2026-11-23").ok();
    assert_eq!(run.stdout.matches("Dear ").count(), 2, "{run}");
    assert!(run.stdout.contains("Subject: Overdue reports: crm and erp"), "{run}");
    assert!(run.stdout.contains("pmo status new crm --period 2026-W47"), "{run}");
    assert!(run.stdout.contains("pmo status submit erp --period 2026-W47"), "{run}");
    assert!(run.stdout.contains("summary = \"…\"") && run.stdout.contains("crm-2026-W47.toml"), "{run}");
    assert!(!run.stdout.contains("(hr)"), "{run}");
    assert!(run.stderr.contains("no e-mail address: Amir Bcc"), "{run}");
    let one = sandbox.pmo("status chase erp --today 2026-11-23").ok();
    assert!(one.stdout.contains("Subject: Overdue report: erp\n") && !one.stdout.contains("wifi"), "{one}");
}

#[test]
fn messages_are_files_that_are_the_same_each_time_and_no_name_adds_a_header() {
    let sandbox = register();
    let run = sandbox.pmo("status chase --eml --today 2026-11-23").exits(2);
    assert!(run.stderr.contains("-o outbox"), "{run}");
    sandbox.pmo("status chase --eml -o outbox --today 2026-11-23").ok();
    let (jana, amir) = (sandbox.read("outbox/jana-novak.eml"), sandbox.read("outbox/amir-haddad.eml"));
    let head = |mail: &str| mail.split("\r\n\r\n").next().unwrap().to_owned();
    assert!(head(&jana).contains("jana.novak@northwind.example"), "{jana}");
    assert!(head(&jana).contains("Date: Mon, 23 Nov 2026 08:00:00 +0000"), "{jana}");
    assert!(jana.contains("filename=\"crm-2026-W47.toml\"") && jana.contains("multipart/mixed"), "{jana}");
    assert!(!head(&amir).lines().any(|line| line.starts_with("To:") || line.starts_with("Bcc")), "{amir}");
    sandbox.pmo("status chase --eml -o again --today 2026-11-23").ok();
    assert_eq!(jana, sandbox.read("again/jana-novak.eml"));
    // A mail program's own reader agrees, where there is one.
    let script = "import email, email.policy, sys\n\
        m = email.message_from_file(open(sys.argv[1], newline=''), policy=email.policy.default)\n\
        assert not m.defects and m['Subject'] == 'Overdue reports: crm and erp', m['Subject']\n\
        names = [p.get_filename() for p in m.iter_attachments()]\n\
        assert names == ['crm-2026-W47.toml', 'erp-2026-W47.toml'], names\n";
    sandbox.write("read.py", script);
    sandbox.sh("command -v python3 > /dev/null || exit 0; python3 read.py outbox/jana-novak.eml", "sh");
}

#[test]
fn a_digest_goes_to_programme_managers_and_the_pmo() {
    let sandbox = register();
    sandbox.pmo("status chase --digest -o outbox --today 2026-11-23").ok();
    let programme = sandbox.read("outbox/customer-360-digest.md");
    assert!(programme.contains("3 reports of Northwind IT are overdue in Customer 360"), "{programme}");
    assert!(sandbox.read("outbox/pmo.md").contains("3 reports of Northwind IT are overdue:"));
    assert!(!sandbox.exists("outbox/jana-novak.md"));
}

#[test]
fn what_is_past_its_day_is_asked_of_its_owner_or_of_the_manager() {
    let sandbox = register();
    sandbox.write(
        "projects/hr/actions/A-001.toml",
        "title = \"Ask the bank\"\nowner = \"amir-haddad\"\ndue = 2026-11-19\n",
    );
    sandbox.write("projects/hr/issues/I-001.toml", "title = \"Vendor has left\"\ndue = 2026-11-18\n");
    sandbox.write(
        "projects/hr/issues/I-002.toml",
        "title = \"Due today\"\nowner = \"amir-haddad\"\ndue = 2026-11-20\n",
    );
    let run = sandbox.pmo("status chase").ok();
    assert_eq!(run.stdout.matches("Dear ").count(), 2, "{run}");
    let (amir, jana) = run.stdout.split_once("\n---\n").unwrap();
    assert!(amir.contains("Subject: 1 item overdue") && amir.contains("pmo close hr/A-001"), "{run}");
    assert!(
        jana.contains("hr/I-001, issue: Vendor has left; due 18 Nov 2026, 2 days ago; nobody owns it"),
        "{run}"
    );
    assert!(!run.stdout.contains("Due today"), "{run}");
    // With reports: one message for both.
    let both = sandbox.pmo("status chase --today 2026-11-23").ok();
    assert!(both.stdout.contains("Subject: Overdue reports: crm and erp; and 1 item\n"), "{both}");
    sandbox.pmo("status chase --digest -o outbox").ok();
    let digest = sandbox.read("outbox/customer-360-digest.md");
    assert!(digest.contains("Subject: 2 items overdue in Customer 360"), "{digest}");
    assert!(digest.contains("owned by nobody: Jana Novak") && !digest.contains("0 reports"), "{digest}");
    // A period's chase is about its reports.
    let period = sandbox.pmo("status chase --period 2026-W47").ok();
    assert!(period.stdout.is_empty() && period.stderr.contains("nobody is overdue"), "{period}");
}
