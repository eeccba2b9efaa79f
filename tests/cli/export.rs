//! `pmo export`: what other programs open.

use std::process::Command;

use crate::harness::Sandbox;

/// A register in which every text tries to be something else.
fn hostile() -> Sandbox {
    Sandbox::register()
        .with(
            "projects/crm/risks/R-001.toml",
            "title = \"=HYPERLINK(\\\"http://evil.example\\\")\"\ncause = \"two\\nlines, \\\"quoted\\\"; and\\ttab\"\n\
             effect = \"\"\nprobability = 3\nimpact = { cost = 4, schedule = 2 }\ncost_effect = { low = 40_000, \
             likely = 80_000.50, high = 150_000 }\nstate = \"open\"\nraised = 2026-10-12\n\
             links = [\"#go-live\", \"@jana-novak\"]\n",
        )
        .with(
            "projects/crm/risks/R-002.toml",
            "title = \"'quoted\"\nprobability = 2\nimpact = 3\nplan_cost = 12345678901234567.89\n",
        )
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"closed\"\ntags = [\"core; it\", \"-x\"]\n\
             [[milestone]]\nid = \"go-live\"\nbaseline = 2027-01-31\nkey = true\n",
        )
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cell of a column in the row that begins with these values.
fn cell(rows: &[Vec<String>], names: &[&str], column: &str) -> String {
    let at =
        rows[0].iter().position(|own| own == column).unwrap_or_else(|| panic!("{column}: {:?}", rows[0]));
    let row = rows.iter().find(|row| row.iter().zip(names).all(|(own, name)| own == name)).unwrap();
    row[at].clone()
}

#[test]
fn csv_is_a_folder_with_a_table_a_kind_exact_and_without_formulas() {
    let sandbox = hostile();
    let said = sandbox.pmo("export csv -o ../out").ok().stderr;
    assert!(said.contains("wrote 6 records in 19 tables to ../out"), "{said}");
    let risks = rows(&sandbox.read("../out/risk.csv"));
    let risk = |column: &str| cell(&risks, &["crm", "R-001"], column);
    assert_eq!(risks[0][..3], ["project", "id", "title"]);
    assert_eq!(risk("title"), "'=HYPERLINK(\"http://evil.example\")");
    assert_eq!(risk("cause"), "two\nlines, \"quoted\"; and\ttab");
    assert_eq!((risk("effect").as_str(), risk("event").as_str()), ("", ""));
    assert_eq!((risk("impact").as_str(), risk("impact.cost").as_str()), ("", "4"));
    assert_eq!(risk("cost_effect.likely"), "80000.50");
    assert_eq!(risk("links"), "#go-live\n@jana-novak");
    let other = |column: &str| cell(&risks, &["crm", "R-002"], column);
    assert_eq!((other("title").as_str(), other("impact").as_str()), ("''quoted", "3"));
    assert_eq!(other("plan_cost"), "12345678901234567.89", "every digit");
    let projects = rows(&sandbox.read("../out/project.csv"));
    assert_eq!(cell(&projects, &["erp"], "tags"), "core; it\n-x");
    let milestones = rows(&sandbox.read("../out/project.milestone.csv"));
    assert_eq!(milestones[1][..5], ["erp", "go-live", "", "2027-01-31", "true"]);
    assert!(!sandbox.exists("../out/project.allocation.csv"), "nobody has any");
    // Nothing of an earlier export stays behind as if it were of this one.
    sandbox.replace(
        "projects/erp/project.toml",
        "[[milestone]]\nid = \"go-live\"\nbaseline = 2027-01-31\nkey = true\n",
        "",
    );
    sandbox.pmo("export csv -o ../out").ok();
    assert_eq!(rows(&sandbox.read("../out/project.milestone.csv")).len(), 1);
}

#[test]
fn csv_of_one_table_goes_to_standard_output_and_a_folder_must_be_named() {
    let sandbox = hostile();
    assert!(sandbox.pmo("export csv --table risk").ok().stdout.starts_with("project,id,title,"));
    let wrong = sandbox.pmo("export csv --table risks").exits(2);
    assert!(wrong.stderr.contains("did you mean `risk`?"), "{wrong}");
    let nowhere = sandbox.pmo("export csv").exits(2);
    assert!(nowhere.stderr.contains("pmo export csv -o register"), "{nowhere}");
}

#[test]
fn json_and_yaml_carry_every_record_with_exact_numbers() {
    let sandbox = hostile().with("projects/crm/risks/R-003.toml", "title = \"…\"\n");
    let run = sandbox.pmo("export json").ok();
    assert!(!run.stderr.contains("left out"), "{run}");
    let json = run.json();
    let draft = &json["drafts"][0];
    assert_eq!(
        (draft["path"].as_str(), draft["text"].as_str()),
        (Some("projects/crm/risks/R-003.toml"), Some("title = \"…\"\n"))
    );
    assert_eq!((&json["kind"], &json["register"]), (&"export".into(), &"Northwind IT".into()));
    assert_eq!(json["left_out"].as_array().map(Vec::len), Some(0));
    assert!(
        json["records"]["risk"].as_array().is_some_and(|risks| risks.len() == 2),
        "a draft counts nowhere"
    );
    let risk = &json["records"]["risk"][0];
    assert_eq!((&risk["project"], &risk["id"]), (&"crm".into(), &"R-001".into()));
    assert_eq!(risk["title"], "=HYPERLINK(\"http://evil.example\")");
    assert!(run.stdout.contains("12345678901234567.89"), "every digit");
    let yaml = sandbox.pmo("export yaml").ok().stdout;
    assert!(yaml.contains("12345678901234567.89") && yaml.contains("kind: export"), "{yaml}");
}

#[test]
fn a_part_is_projects_and_what_they_name() {
    let sandbox = hostile().with("people/amir-haddad.toml", "name = \"Amir Haddad\"\n");
    let json = sandbox.pmo("export json --project erp").ok().json();
    let ids = |kind: &str| -> Vec<String> {
        let records = json["records"][kind].as_array().cloned().unwrap_or_default();
        records.iter().map(|record| record["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!((ids("project"), ids("person")), (vec!["erp".to_owned()], vec!["jana-novak".to_owned()]));
    assert!(ids("risk").is_empty());
    let wrong = sandbox.pmo("export json --project erx").exits(2);
    assert!(wrong.stderr.contains("did you mean `erp`?"), "{wrong}");
    let active = sandbox.pmo("export csv --table project --state active").ok().stdout;
    assert_eq!(rows(&active).len(), 2, "{active}");
}

#[test]
fn what_is_withheld_changes_no_byte() {
    let audience = "\n[[audience]]\nname = \"public\"\nwithhold = [\"confidential\"]\n";
    let open = Sandbox::register();
    let config = format!("{}{audience}", open.read("pmo.toml"));
    let open = open.with("pmo.toml", &config);
    let secret = Sandbox::register().with("pmo.toml", &config).with(
        "projects/secret/project.toml",
        "name = \"Merger\"\nmanager = \"jana-novak\"\nstate = \"active\"\nconfidential = true\n",
    );
    for line in ["export json --audience public", "export csv --table project --audience public"] {
        assert_eq!(secret.pmo(line).ok().stdout, open.pmo(line).ok().stdout, "{line}");
        assert_eq!(secret.pmo(line).ok().stderr, open.pmo(line).ok().stderr, "{line}");
    }
    assert!(secret.pmo("export json").ok().stdout.contains("Merger"));
}

#[test]
fn python_reads_the_csv() {
    let sandbox = hostile();
    sandbox.pmo("export csv -o ../out").ok();
    let script = "import csv,glob,sys\n\
        rows={}\n\
        for name in glob.glob(sys.argv[1]+'/*.csv'):\n    \
            got=list(csv.DictReader(open(name, newline='', encoding='utf-8')))\n    \
            assert all(None not in row and None not in row.values() for row in got), name\n    \
            rows[name.rsplit('/',1)[1]]=got\n\
        print(rows['risk.csv'][0]['cause'].count('\\n'), len(rows))\n";
    let out = Command::new("python3").args(["-c", script]).arg(sandbox.path("../out")).output();
    let Ok(out) = out else { return eprintln!("SKIPPED: no python3 to read the CSV") };
    assert_eq!(String::from_utf8_lossy(&out.stdout), "1 19\n", "{}", String::from_utf8_lossy(&out.stderr));
}

/// The sheets of a workbook by name, each with its rows, formulas apart.
fn workbook(sandbox: &Sandbox, path: &str) -> Vec<(String, calamine::Range<calamine::Data>)> {
    use calamine::Reader;
    let bytes = std::fs::read(sandbox.path(path)).unwrap();
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{name} has a formula");
    }
    book.worksheets()
}

fn sheet<'a>(
    sheets: &'a [(String, calamine::Range<calamine::Data>)],
    name: &str,
) -> &'a calamine::Range<calamine::Data> {
    let found = sheets.iter().find(|(own, _)| own == name);
    let names: Vec<&String> = sheets.iter().map(|(own, _)| own).collect();
    &found.unwrap_or_else(|| panic!("{name}: {names:?}")).1
}

/// The value of a column, by what stands above it, in the first row that has these values first.
fn value<'a>(sheet: &'a calamine::Range<calamine::Data>, names: &[&str], column: &str) -> &'a calamine::Data {
    let mut rows = sheet.rows();
    let heads: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    let at = heads.iter().position(|own| own == column).unwrap_or_else(|| panic!("{column}: {heads:?}"));
    let row =
        rows.find(|row| row.iter().zip(names).all(|(own, name)| own.to_string().as_str() == *name)).unwrap();
    &row[at]
}

#[test]
fn a_workbook_has_real_numbers_and_dates_and_no_formula() {
    use calamine::{Data, DataType};
    let sandbox = hostile();
    let said = sandbox.pmo("export xlsx -o ../register.xlsx").ok().stderr;
    assert!(said.contains("wrote 6 records and 7 reports to ../register.xlsx"), "{said}");
    let sheets = workbook(&sandbox, "../register.xlsx");
    let risks = sheet(&sheets, "risk");
    let risk = |column: &str| value(risks, &["crm", "R-001"], column);
    assert_eq!(risk("title"), &Data::String("=HYPERLINK(\"http://evil.example\")".to_owned()));
    assert_eq!(risk("cost_effect.likely"), &Data::Float(80000.5));
    assert_eq!(risk("raised").as_date(), chrono::NaiveDate::from_ymd_opt(2026, 10, 12));
    assert_eq!((risk("effect"), risk("event")), (&Data::Empty, &Data::Empty));
    assert_eq!(risk("confidential"), &Data::Bool(false));
    let other = |column: &str| value(risks, &["crm", "R-002"], column);
    assert_eq!(other("plan_cost"), &Data::String("12345678901234567.89".to_owned()), "no digit is lost");
    assert_eq!(other("title"), &Data::String("'quoted".to_owned()));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.starts_with(&["Portfolio", "Milestones"]) && names.contains(&"project.milestone"),
        "{names:?}"
    );
    // The same day and register, the same bytes.
    let first = std::fs::read(sandbox.path("../register.xlsx")).unwrap();
    sandbox.pmo("export xlsx -o ../again.xlsx").ok();
    assert!(first == std::fs::read(sandbox.path("../again.xlsx")).unwrap());
}

#[test]
fn every_tabular_report_is_a_workbook_too() {
    use calamine::{Data, DataType};
    let sandbox = Sandbox::examples();
    for (line, main) in [
        ("report portfolio", "Projects"),
        ("report finance", "Projects"),
        ("report evm", "Projects"),
        ("report raid", "Items"),
        ("report risks", "Risks"),
        ("report benefits", "Benefits"),
        ("report kpi", ""),
        ("report reporting", ""),
        ("report exposure", ""),
        ("report period", ""),
        ("report project crm-migration", ""),
        ("trend slip", ""),
        ("risk list", ""),
        ("project list --columns id,name,budget,rag", ""),
        ("period list", ""),
        ("status due", ""),
        ("find vendor", ""),
    ] {
        sandbox.pmo(&format!("{line} -o ../report.xlsx")).ok();
        let sheets = workbook(&sandbox, "../report.xlsx");
        assert_eq!(sheets[0].0, "About", "{line}");
        assert!(sheets.len() > 1, "{line}");
        if !main.is_empty() {
            assert!(sheet(&sheets, main).height() > 2, "{line}");
        }
    }
    sandbox.pmo("report portfolio -O xlsx -o ../portfolio.xlsx").ok();
    let sheets = workbook(&sandbox, "../portfolio.xlsx");
    let projects = sheet(&sheets, "Projects");
    let heads: Vec<String> = projects.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let has = |test: &dyn Fn(&Data) -> bool| projects.rows().skip(1).flatten().any(test);
    assert!(has(&|cell| cell.as_date().is_some_and(|day| day.to_string().starts_with("202"))), "{heads:?}");
    assert!(has(&|cell| matches!(cell, Data::Float(number) if *number > 1000.0)), "{heads:?}");
    assert!(has(&|cell| cell == &Data::String("red".to_owned())), "{heads:?}");
}

#[test]
fn a_list_is_a_workbook_with_real_numbers_and_dates() {
    use calamine::{Data, DataType};
    let sandbox = Sandbox::examples();
    sandbox.pmo("risk list -O xlsx -o ../risks.xlsx").ok();
    let sheets = workbook(&sandbox, "../risks.xlsx");
    let risks = &sheets[1].1;
    let has = |test: &dyn Fn(&Data) -> bool| risks.rows().skip(1).flatten().any(test);
    assert!(has(&|cell| matches!(cell, Data::Float(_) | Data::Int(_))), "a score is a number: {risks:?}");
    sandbox.pmo("action list --columns id,title,owner,due -o ../actions.xlsx").ok();
    let sheets = workbook(&sandbox, "../actions.xlsx");
    assert!(
        sheets[1].1.rows().skip(1).flatten().any(|cell| cell.as_date().is_some()),
        "a due date is a date"
    );
    // Nobody has to say twice that a file is CSV.
    sandbox.pmo("risk list -o ../risks.csv").ok();
    assert_eq!(sandbox.read("../risks.csv"), sandbox.pmo("risk list -O csv").ok().stdout);
}

/// Has LibreOffice make another file of one; `false` where there is no LibreOffice.
fn converted(sandbox: &Sandbox, to: &str, from: &str) -> bool {
    let run = Command::new("soffice")
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(sandbox.path("../converted"))
        .arg(sandbox.path(from))
        .env("HOME", sandbox.path(".."))
        .output();
    let Ok(run) = run else {
        eprintln!("SKIPPED: no LibreOffice to open what was written");
        return false;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    true
}

/// CSV as UTF-8, cells as stored, one file for each sheet.
const EVERY_SHEET: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

#[test]
fn libreoffice_opens_the_workbook_and_what_it_saves_comes_in_again() {
    let sandbox = Sandbox::examples();
    sandbox.pmo("export xlsx -o ../register.xlsx").ok();
    sandbox.pmo("export csv -o ../register").ok();
    if !converted(&sandbox, EVERY_SHEET, "../register.xlsx") {
        return;
    }
    let mut seen = 0;
    for name in ["project", "risk", "status", "actuals", "project.milestone", "benefit.measurement", "person"]
    {
        let own = rows(&sandbox.read(&format!("../register/{name}.csv")));
        let theirs = rows(&sandbox.read(&format!("../converted/register-{name}.csv")));
        assert_eq!(own.len(), theirs.len(), "{name}");
        for (own, theirs) in own.iter().flatten().zip(theirs.iter().flatten()) {
            // Yes and no are words of their own, and an apostrophe is for CSV alone.
            let own = own.strip_prefix('\'').unwrap_or(own);
            let flag = matches!(theirs.as_str(), "TRUE" | "FALSE").then(|| theirs.to_lowercase());
            let number = (own.parse::<f64>(), theirs.parse::<f64>());
            let is_number = matches!(number, (Ok(one), Ok(other)) if (one - other).abs() < 1e-9);
            assert!(own == flag.as_ref().unwrap_or(theirs) || is_number, "{name}: {own:?} {theirs:?}");
            seen += 1;
        }
    }
    assert!(seen > 5_000, "{seen}");
    converted(&sandbox, "ods", "../register.xlsx");
    for kind in ["project", "project.milestone", "risk"] {
        let again = sandbox.pmo(&format!("import {kind} ../converted/register.ods --sheet {kind}")).ok();
        assert!(again.stderr.contains("the register says so already"), "{again}");
    }
}

/// What RFC 5545 asks of a calendar, as far as ours goes; gives the unfolded lines.
fn lines_of_calendar(text: &str) -> Vec<String> {
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']),
        "every line ends in CRLF"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<String> = unfolded.split_terminator("\r\n").map(str::to_owned).collect();
    assert_eq!((lines[0].as_str(), lines[lines.len() - 1].as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    let mut open = Vec::new();
    for line in &lines {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        let bare = name.split(';').next().unwrap();
        assert!(bare.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{line}");
        match bare {
            "BEGIN" => open.push(value.to_owned()),
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            "SUMMARY" | "DESCRIPTION" => {
                let mut signs = value.chars();
                while let Some(sign) = signs.next() {
                    assert!(!matches!(sign, ',' | ';') && !sign.is_control(), "{line}");
                    if sign == '\\' {
                        assert!(matches!(signs.next(), Some('\\' | ',' | ';' | 'n')), "{line}");
                    }
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    for event in unfolded.split("BEGIN:VEVENT\r\n").skip(1) {
        let one = |name: &str| {
            let all: Vec<&str> = event.split("\r\n").filter(|line| line.starts_with(name)).collect();
            assert_eq!(all.len(), 1, "{name} once: {event}");
            all[0].rsplit(':').next().unwrap().to_owned()
        };
        assert!(one("DTSTAMP").ends_with('Z') && one("LAST-MODIFIED").ends_with('Z'));
        let day = |text: String| chrono::NaiveDate::parse_from_str(&text, "%Y%m%d").unwrap();
        assert_eq!(day(one("DTEND;VALUE=DATE")), day(one("DTSTART;VALUE=DATE")).succ_opt().unwrap());
        one("SUMMARY");
    }
    let uids: Vec<&String> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    let mut unique = uids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), uids.len(), "every event has an id of its own");
    lines
}

#[test]
fn the_calendar_keeps_to_the_rules_and_its_events_to_their_ids() {
    let sandbox = Sandbox::examples();
    let text = sandbox.pmo("export ics").ok().stdout;
    let lines = lines_of_calendar(&text);
    for category in ["milestone", "review", "status report", "decision", "action"] {
        assert!(lines.contains(&format!("CATEGORIES:{category}")), "{category}");
    }
    assert_eq!(text, sandbox.pmo("export ics").ok().stdout, "nothing is drawn by lot");
    // A date moves: the same event, on another day, with a higher revision on a later day.
    let small = Sandbox::register().with(
        "projects/crm/actions/A-001.toml",
        "title = \"Call the vendor; twice, if need be\"\nowner = \"jana-novak\"\ndue = 2026-12-31\n",
    );
    let event = |sandbox: &Sandbox, day: &str| -> Vec<String> {
        let text = sandbox.pmo(&format!("export ics --today {day}")).ok().stdout;
        let lines = lines_of_calendar(&text);
        let about =
            |line: &&String| ["UID:crm/A-001", "DTSTART", "SEQUENCE"].iter().any(|p| line.starts_with(p));
        let events = lines.split(|line| line == "BEGIN:VEVENT");
        let own =
            events.into_iter().find(|lines| lines.contains(&"UID:crm/A-001@northwind-it.pmo".to_owned()));
        own.unwrap().iter().filter(about).cloned().collect()
    };
    let before = event(&small, "2026-11-20");
    assert!(before.contains(&"DTSTART;VALUE=DATE:20261231".to_owned()), "{before:?}");
    small.replace("projects/crm/actions/A-001.toml", "2026-12-31", "2027-01-15");
    let after = event(&small, "2026-11-21");
    assert!(after.contains(&"DTSTART;VALUE=DATE:20270115".to_owned()), "{after:?}");
    assert_ne!(before, after);
}

#[test]
fn a_calendar_can_be_one_persons() {
    let sandbox = Sandbox::register()
        .with("people/amir-haddad.toml", "name = \"Amir Haddad\"\n")
        .with(
            "projects/crm/actions/A-001.toml",
            "title = \"Mine\"\nowner = \"amir-haddad\"\ndue = 2026-12-31\n",
        )
        .with(
            "projects/crm/actions/A-002.toml",
            "title = \"Hers\"\nowner = \"jana-novak\"\ndue = 2026-12-31\n",
        );
    let uids = |line: &str| -> Vec<String> {
        let lines = lines_of_calendar(&sandbox.pmo(line).ok().stdout);
        lines.iter().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(uids("export ics --person amir-haddad"), ["crm/A-001@northwind-it.pmo"]);
    assert!(uids("export ics --person jana-novak").len() > 3, "she manages the project");
    let wrong = sandbox.pmo("export ics --person amir").exits(2);
    assert!(wrong.stderr.contains("did you mean"), "{wrong}");
}

#[test]
#[cfg(not(feature = "sqlite"))]
fn without_sqlite_the_error_says_how_to_get_it() {
    let run = Sandbox::register().pmo("export sqlite -o ../register.db").exits(2);
    assert!(run.stderr.contains("built without SQLite") && run.stderr.contains("--features sqlite"), "{run}");
}

#[test]
#[cfg(feature = "sqlite")]
fn another_program_opens_the_database() {
    let sandbox = hostile();
    sandbox.pmo("export sqlite -o ../register.db").ok();
    let script = "import sqlite3,sys\n\
        db=sqlite3.connect(sys.argv[1])\n\
        assert db.execute('PRAGMA integrity_check').fetchone()==('ok',)\n\
        print(db.execute('PRAGMA foreign_key_check').fetchall())\n\
        print(db.execute('SELECT title, plan_cost FROM risk ORDER BY id').fetchall())\n\
        print(db.execute('SELECT project, finish, budget, declared FROM portfolio ORDER BY 1').fetchall())\n\
        print(db.execute('SELECT project, milestone, baseline FROM milestones').fetchall())\n\
        [db.execute('SELECT * FROM '+v).fetchall() for v in ('newest_status','open_risks','spent')]\n";
    let out = Command::new("python3").args(["-c", script]).arg(sandbox.path("../register.db")).output();
    let Ok(out) = out else { return eprintln!("SKIPPED: no python3 to open the database") };
    let text = String::from_utf8_lossy(&out.stdout);
    let expected = [
        "[]",
        "[('=HYPERLINK(\"http://evil.example\")', None), (\"'quoted\", '12345678901234567.89')]",
        "[('crm', '2027-03-31', 1200000, 'green'), ('erp', None, None, None)]",
        "[('erp', 'go-live', '2027-01-31')]",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(&out.stderr));
}
