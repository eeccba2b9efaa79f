//! `pmo import`: clean tables and dirty ones, dry runs, writing, and running it twice.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::harness::{Run, Sandbox};

/// A register with one project and one person.
fn register() -> Sandbox {
    Sandbox::register()
}

fn ok(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{run}");
    &run.stdout
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

/// Writes what a table says and imports it again: nothing changes the second time.
fn write_twice(sandbox: &Sandbox, line: &str) {
    let first = sandbox.pmo(&format!("{line} --write"));
    assert_eq!(first.code, 0, "{first}");
    let files = sandbox.files();
    let second = sandbox.pmo(&format!("{line} --write"));
    assert_eq!(second.code, 0, "{second}");
    assert!(!second.stdout.contains("to add") && !second.stdout.contains("to change"), "{second}");
    assert_eq!(files, sandbox.files(), "{line} a second time");
}

#[test]
fn columns_named_as_fields_need_no_mapping() {
    let sandbox = register();
    sandbox.write(
        "projects.csv",
        "id,name,manager,state,budget.approved,schedule.finish,tags,custom.ref\n\
         crm,CRM migration,jana-novak,active,1300000,2027-03-31,,\n\
         erp,ERP rollout,Jana Novak,approved,3200000.50,2027-06-30,\"a\nb\",P-2\n\
         ,Branch Wi-Fi,Amir Haddad,,,,,\n",
    );
    let before = sandbox.files();
    let run = sandbox.pmo("import projects projects.csv");
    let shown = ok(&run);
    for expected in [
        "projects.csv · UTF-8, separated by commas · header in line 1 · 3 rows",
        "2  to add",
        "1  to change",
        "budget.approved  1_200_000 → 1_300_000",
        "branch-wi-fi  Branch Wi-Fi",
        "1 person is not in people/: Amir Haddad (amir-haddad, line 5)",
    ] {
        assert!(shown.contains(expected), "{expected}: {run}");
    }
    assert_eq!(before, sandbox.files(), "a dry run writes nothing");
    write_twice(&sandbox, "import projects projects.csv");
    let erp = sandbox.read("projects/erp/project.toml");
    let expected = "#:schema ../../.pmo/schema/project.json\nname = \"ERP rollout\"\nmanager = \"jana-novak\"\nstate = \"approved\"\n\
                    tags = [\"a\", \"b\"]\n\n[schedule]\nfinish = 2027-06-30\n\n[budget]\napproved = 3_200_000.50\n\n[custom]\nref = \"P-2\"\n";
    assert_eq!(erp, expected);
    assert!(sandbox.read("projects/crm/project.toml").contains("approved = 1_300_000"));
}

#[test]
fn every_kind_of_the_issue_comes_in_and_stays_as_it_is() {
    let sandbox = register();
    for (kind, table, path, expected) in [
        (
            "people",
            "name,email,roles\nAmir Haddad,amir@x.example,\"developer\ntester\"\n",
            "people/amir-haddad.toml",
            "roles = [\"developer\", \"tester\"]",
        ),
        (
            "programmes",
            "name,manager\nCustomer 360,Jana Novak\n",
            "programmes/customer-360.toml",
            "manager = \"jana-novak\"",
        ),
        (
            "risks",
            "project,title,owner,probability,impact,state\nCRM migration,Vendor is late,Amir Haddad,3,4,Open\n",
            "projects/crm/risks/R-001.toml",
            "owner = \"amir-haddad\"",
        ),
        (
            "issues",
            "project,title,severity\ncrm,No owner,High\n",
            "projects/crm/issues/I-001.toml",
            "severity = \"high\"",
        ),
        (
            "actions",
            "project,title,due\ncrm,Name owners,2026-12-01\n",
            "projects/crm/actions/A-001.toml",
            "due = 2026-12-01",
        ),
        (
            "benefits",
            "project,title,kind,target\ncrm,Fewer licences,cashable,180000\n",
            "projects/crm/benefits/B-001.toml",
            "target = 180_000",
        ),
        (
            "milestones",
            "project,name,baseline,key\ncrm,Go-live,2027-01-31,yes\n",
            "projects/crm/project.toml",
            "[[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31\nkey = true",
        ),
        (
            "allocations",
            "project,person,from,to,fte\ncrm,Amir Haddad,2026-10-01,2027-01-31,0.5\n",
            "projects/crm/project.toml",
            "[[allocation]]\nperson = \"amir-haddad\"\nfrom = 2026-10-01",
        ),
        (
            "status",
            "project,period,summary,rag.overall,percent_complete\ncrm,2026-W46,Fine.,Amber,60 %\n",
            "projects/crm/status/2026-W46.toml",
            "percent_complete = 60\n\n[rag]\noverall = \"amber\"",
        ),
        (
            "actuals",
            "project,month,cost\ncrm,Oct 2026,74000.50\n",
            "projects/crm/actuals/2026-10.toml",
            "cost = 74_000.50",
        ),
    ] {
        sandbox.write("table.csv", table);
        write_twice(&sandbox, &format!("import {kind} table.csv"));
        let text = sandbox.read(path);
        assert!(text.contains(expected), "{kind}: {expected} is not in\n{text}");
    }
    let check = sandbox.pmo("check");
    assert!(!check.stdout.contains("unknown-key"), "{check}");
}

#[test]
fn one_commit_if_wished() {
    let sandbox = register();
    sandbox.git_init();
    sandbox.write("risks.csv", "title\nOne\nTwo\n");
    let run = sandbox.pmo("import risks risks.csv --project crm --write --commit");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]).trim(), "import risks.csv: 2 risks added");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).trim(), "?? risks.csv");
}

#[test]
fn a_mapping_says_what_the_columns_mean() {
    for (name, kind, more) in [
        ("workbook", "projects", ""),
        ("jira", "issues", " --project crm"),
        ("major-projects", "projects", ""),
    ] {
        let sandbox = register();
        for end in ["toml", "csv"] {
            let example = sandbox.pmo(&format!("import --example {name}.{end}"));
            sandbox.write(&format!("example.{end}"), ok(&example));
        }
        let line = format!("import {kind} example.csv --map example.toml{more}");
        let run = sandbox.pmo(&line);
        assert!(ok(&run).contains("3  to add"), "{run}");
        write_twice(&sandbox, &line);
        let text = |path: &str| sandbox.read(path);
        match name {
            "workbook" => {
                let project = text("projects/crm-migration/project.toml");
                for expected in [
                    "approved = 1_200_000",
                    "start = 2026-02-03\nfinish = 2027-03-31",
                    "[[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31",
                    "tags = [\"customer\", \"regulatory\"]",
                    "ref = \"P-101\"",
                    "method = \"waterfall\"",
                ] {
                    assert!(project.contains(expected), "{expected}: {project}");
                }
                assert!(text("projects/branch-wi-fi/project.toml").contains("approved = 210_000"));
            }
            "jira" => {
                let issue = text("projects/crm/issues/I-003.toml");
                assert!(
                    issue.contains("closed_on = 2026-11-06") && issue.contains("jira = \"CRM-9\""),
                    "{issue}"
                );
            }
            _ => {
                let heron = text("projects/project-heron/project.toml");
                assert!(!heron.contains("Exempt") && !heron.contains("[budget]"), "{heron}");
                let rail = text("projects/harbour-rail-link/project.toml");
                assert!(
                    rail.contains("approved = 2_140_500_000") && rail.contains("\"amber-red\""),
                    "{rail}"
                );
            }
        }
    }
}

#[test]
fn records_are_found_again_by_key_and_name() {
    let sandbox = register();
    sandbox.write("map.toml", "[match]\nby = \"custom.ref\"\n[column.Ref]\nfield = \"custom.ref\"\n[column.Name]\nfield = \"name\"\n[column.PM]\nfield = \"manager\"\n");
    sandbox.write("a.csv", "Ref,Name,PM\n1,Alpha,Jana Novak\n2,Beta,Jana Novak\n");
    write_twice(&sandbox, "import projects a.csv --map map.toml");
    sandbox.write("a.csv", "Ref,Name,PM\n1,Alpha renamed,Jana Novak\n2,Beta,Jana Novak\n");
    let run = sandbox.pmo("import projects a.csv --map map.toml -O json");
    let told = json(&run);
    assert_eq!(told["changed"][0]["id"], "alpha", "{run}");
    assert_eq!(told["changed"][0]["fields"][0]["to"], "Alpha renamed", "{run}");
    assert_eq!((told["same"].as_u64(), told["added"].as_array().unwrap().len()), (Some(1), 0), "{run}");
    sandbox.write("a.csv", "Ref,Name,PM\n9,crm MIGRATION,Jana Novak\n");
    let run = sandbox.pmo("import projects a.csv --map map.toml");
    assert!(ok(&run).contains("crm MIGRATION ~ crm MIGRATION (crm)"), "another key, the same name: {run}");
    sandbox.write("near.csv", "name,manager\nMigration CRM,jana-novak\nCRM migraton,jana-novak\n");
    let run = sandbox.pmo("import projects near.csv");
    let shown = ok(&run);
    assert!(
        shown.contains("The same name as another, or nearly")
            && shown.contains("Migration CRM ~ CRM migration (crm)"),
        "{run}"
    );
    assert!(shown.contains("2  to add"), "near names are never merged: {run}");
}

#[test]
fn comments_of_a_file_stay() {
    let sandbox = register();
    sandbox.write(
        "projects/crm/risks/R-001.toml",
        "# ours\ntitle = \"Vendor is late\" # the one from Berlin\nprobability = 2 # guessed\n",
    );
    sandbox.write("risks.csv", "project,title,probability\ncrm,vendor  IS late,4\n");
    assert_eq!(sandbox.pmo("import risks risks.csv --write").code, 0);
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.starts_with("# ours\ntitle = ") && text.contains("probability = 4 # guessed"), "{text}");
}

#[test]
fn refused_rows_are_told_by_row_and_column_and_kept() {
    let sandbox = register();
    sandbox.write(
        "risks.csv",
        "project,title,probability,owner,raised\n\
         crm,Good,3,jana-novak,2026-10-01\n\
         crm,Bad number,lots,jana-novak,2026-10-01\n\
         nowhere,Bad project,3,,\n\
         crm,Bad day,3,,03/04/2026\n\
         crm,Good,2,,\n\
         crm,\"=cmd|' /C calc'!A0\",x,,\n",
    );
    let before = sandbox.files();
    let run = sandbox.pmo("import risks risks.csv");
    assert_eq!(run.code, 1, "{run}");
    for expected in [
        "line 3, column 3 (probability): `lots` is not a whole number",
        "line 4, column 1 (project): there is no project `nowhere`",
        "line 5, column 5 (raised): `03/04/2026` could be 2026-04-03 or 2026-03-04",
        "line 6, column 2 (title): `Good` stands in line 2 already",
        "1  to add",
        "5  refused",
    ] {
        assert!(run.stdout.contains(expected), "{expected}: {run}");
    }
    let run = sandbox.pmo("import risks risks.csv --write");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("nothing was written, because 5 rows are refused"), "{run}");
    let rejects = sandbox.read("risks.rejects.csv");
    assert!(rejects.contains("crm,Bad number,lots,jana-novak,2026-10-01,probability: `lots`"), "{rejects}");
    assert!(rejects.contains(",'=cmd"), "no formula: {rejects}");
    std::fs::remove_file(sandbox.path("risks.rejects.csv")).unwrap();
    assert_eq!(before, sandbox.files());
    let run = sandbox.pmo("import risks risks.csv --write --skip-refused --rejects again.csv");
    assert_eq!(run.code, 0, "{run}");
    assert!(
        sandbox.exists("projects/crm/risks/R-001.toml") && !sandbox.exists("projects/crm/risks/R-002.toml")
    );
    let mended = sandbox.read("again.csv").replace("lots", "4");
    sandbox.write("again.csv", &mended);
    let run = sandbox.pmo("import risks again.csv");
    assert!(run.stdout.contains("1  to add") && !run.stdout.contains("left out"), "{run}");
}

#[test]
fn no_file_of_the_users_is_written_over() {
    let sandbox = register();
    sandbox.write("risks.csv", "project,title,probability\ncrm,Bad,lots\ncrm,Worse,many\n");
    let settings = sandbox.read("pmo.toml");
    for (line, told) in [
        ("import risks risks.csv --guess -o risks.csv", "risks.csv is the table that is read"),
        (
            "import risks risks.csv --write --rejects risks.csv",
            "risks.csv is there, and holds no refused rows",
        ),
        ("import risks risks.csv --write --rejects pmo.toml", "pmo.toml is there, and holds no refused rows"),
        ("import risks risks.csv --guess -o pmo.toml", "pmo.toml is there, and may have been corrected"),
        ("export json -o pmo.toml", "pmo.toml is a file of the register"),
        ("export json -o projects/crm/project.toml", "project.toml is a file of the register"),
        ("export csv -o .", "is the folder of a register"),
    ] {
        let run = sandbox.pmo(line);
        assert!(run.code == 2 && run.stderr.contains(told), "{line}: {run}");
    }
    assert_eq!(settings, sandbox.read("pmo.toml"));

    // Refused rows that were mended in part, and the table again: both stay.
    assert_eq!(sandbox.pmo("import risks risks.csv --write --skip-refused").code, 0);
    let mended = sandbox.read("risks.rejects.csv").replace("lots", "4");
    sandbox.write("risks.rejects.csv", &mended);
    let run = sandbox.pmo("import risks risks.csv --write --skip-refused");
    assert!(run.stderr.contains("risks.rejects-2.csv, with the reasons"), "{run}");
    assert_eq!(mended, sandbox.read("risks.rejects.csv"));
    let run = sandbox.pmo("import risks risks.rejects.csv --write --skip-refused");
    assert!(run.code == 0 && run.stderr.contains("still in risks.rejects.csv: mend them there"), "{run}");
    assert_eq!(mended, sandbox.read("risks.rejects.csv"));
    let run = sandbox.pmo("import risks risks.rejects.csv --write --skip-refused --rejects rest.csv");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(
        sandbox.read("rest.csv").matches("refused because").count(),
        1,
        "{}",
        sandbox.read("rest.csv")
    );
}

#[test]
fn text_comes_in_any_encoding_and_with_any_sign_between() {
    let sandbox = register();
    let cp1252 = b"name;manager;budget.approved\r\nB\xFCro Z\xFCrich;Jana Novak;\"1.234.567,50\"\r\n";
    sandbox.write_bytes("a.csv", cp1252);
    let run = sandbox.pmo("import projects a.csv");
    assert!(ok(&run).contains("a.csv · windows-1252, separated by semicolons"), "{run}");
    assert!(run.stdout.contains("buero-zuerich  Büro Zürich"), "{run}");
    let wide: Vec<u8> =
        "\u{feff}name\tmanager\nBüro\tJana Novak\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    sandbox.write_bytes("b.csv", &wide);
    let run = sandbox.pmo("import projects b.csv");
    assert!(ok(&run).contains("UTF-16LE with a byte order mark, separated by tabs"), "{run}");
    sandbox.write("c.csv", "name,manager,purpose\nCRM 2,Jana Novak,\"Two\nlines, quoted\"\n");
    assert_eq!(sandbox.pmo("import projects c.csv --write").code, 0);
    let text = sandbox.read("projects/crm-2/project.toml");
    assert!(text.contains("purpose = \"\"\"\nTwo\nlines, quoted\"\"\""), "{text}");
}

#[test]
fn a_dirty_workbook_comes_in() {
    let sandbox = register();
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Portfolio").unwrap();
    sheet.write_string(0, 0, "Northwind portfolio").unwrap();
    let plain = Format::new();
    sheet.write_string(2, 0, "Project").unwrap();
    sheet.write_string(2, 1, "PM").unwrap();
    sheet.merge_range(2, 2, 2, 3, "Money", &plain).unwrap();
    sheet.merge_range(2, 4, 2, 5, "Dates", &plain).unwrap();
    for (column, name) in [(2, "approved"), (3, "reserve"), (4, "start"), (5, "finish")] {
        sheet.write_string(3, column, name).unwrap();
    }
    sheet.write_string(4, 0, "Alpha\u{a0}").unwrap();
    sheet.write_string(4, 1, "Jana Novak").unwrap();
    sheet.write_number(4, 2, 1.2).unwrap();
    sheet.write_string(4, 3, "(n/a)").unwrap();
    sheet.write_datetime_with_format(4, 4, ExcelDateTime::from_ymd(2026, 2, 2).unwrap(), &day).unwrap();
    sheet.write_number(4, 5, 46_477.0).unwrap();
    sheet.write_string(5, 0, "Beta").unwrap();
    sheet.write_string(5, 1, "Jana Novak").unwrap();
    sheet.write_formula(5, 2, Formula::new("=1/4").set_result("0.25")).unwrap();
    sheet.write_string(5, 3, "-").unwrap();
    sheet.write_string(5, 4, "31.12.24").unwrap();
    sheet.write_string(5, 5, "Exempt under Section 43").unwrap();
    sheet.write_string(6, 0, "Total").unwrap();
    sheet.write_formula(6, 2, Formula::new("=SUM(C5:C6)").set_result("1.45")).unwrap();
    book.add_worksheet().set_name("Lists").unwrap();
    sandbox.write_bytes("book.xlsx", &book.save_to_buffer().unwrap());
    sandbox.write(
        "map.toml",
        "[read]\nunit = 1_000_000\nmissing = [\"(n/a)\"]\n[column.Project]\nfield = \"name\"\n[column.PM]\nfield = \"manager\"\n\
         [column.\"Money / approved\"]\nfield = \"budget.approved\"\n[column.\"Money / reserve\"]\nfield = \"budget.contingency\"\n\
         [column.\"Dates / start\"]\nfield = \"schedule.start\"\n[column.\"Dates / finish\"]\nfield = \"schedule.finish\"\n",
    );
    let run = sandbox.pmo("import projects book.xlsx --map map.toml");
    let shown = ok(&run);
    for expected in [
        "sheet Portfolio · header in rows 3 and 4 · 2 rows",
        "1 row above the header left out",
        "row 7 left out: totals at the end",
        "1 other sheet was not read (Lists)",
        "3 cells taken as missing",
    ] {
        assert!(shown.contains(expected), "{expected}: {run}");
    }
    write_twice(&sandbox, "import projects book.xlsx --map map.toml");
    let alpha = sandbox.read("projects/alpha/project.toml");
    assert!(alpha.contains("name = \"Alpha\"\n") && alpha.contains("approved = 1_200_000\n"), "{alpha}");
    assert!(alpha.contains("start = 2026-02-02\nfinish = 2027-03-31"), "a serial of 1900: {alpha}");
    let beta = sandbox.read("projects/beta/project.toml");
    assert!(beta.contains("approved = 250_000\n") && beta.contains("start = 2024-12-31"), "{beta}");
    let run = sandbox.pmo("import projects book.xlsx --map map.toml --sheet Portfolo");
    assert!(run.stderr.contains("did you mean `Portfolio`?"), "{run}");
}

#[test]
fn a_workbook_that_cannot_be_read_says_why() {
    let sandbox = register();
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    sandbox.write_bytes("locked.xlsx", &locked);
    sandbox.write_bytes("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
    sandbox.write_bytes("broken.xlsx", b"PK\x03\x04 and nothing more");
    sandbox.write("plain.xlsx", "a,b\n1,2\n");
    sandbox.write("empty.csv", "\n\n");
    sandbox.write("list.json", "[1, 2");
    for (file, expected) in [
        ("locked.xlsx", "locked with a password"),
        ("old.xls", "Excel 97 to 2003"),
        ("broken.xlsx", "damaged"),
        ("plain.xlsx", "no workbook"),
        ("empty.csv", "the file is empty"),
        ("list.json", "the JSON cannot be read"),
        ("none.csv", "none.csv"),
    ] {
        let run = sandbox.pmo(&format!("import projects {file}"));
        assert!(run.code == 2 && run.stderr.contains(expected) && run.stdout.is_empty(), "{expected}: {run}");
    }
    // Two gigabytes of nothing take no room on the disk, and no memory.
    let large = std::fs::File::create(sandbox.path("large.csv")).unwrap();
    large.set_len(2 * 1024 * 1024 * 1024).unwrap();
    let run = sandbox.pmo("import projects large.csv");
    assert!(run.stderr.contains("larger than 256 MiB"), "{run}");
    // A few megabytes that unpack to half a gigabyte.
    sandbox.write_bytes("bomb.xlsx", &bomb());
    let run = sandbox.pmo("import projects bomb.xlsx");
    assert!(run.stderr.contains("larger than 512 MiB when it is unpacked"), "{run}");
}

/// An archive whose one part states a small size and unpacks to 513 MiB.
fn bomb() -> Vec<u8> {
    // A stored block of deflate is cheap to write: zeros, packed by the same library that unpacks them.
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0u8; 1024 * 1024];
    for _ in 0..513 {
        std::io::Write::write_all(&mut packer, &zeros).unwrap();
    }
    let packed = packer.finish().unwrap();
    let name = b"xl/workbook.xml";
    let size = u32::try_from(packed.len()).unwrap().to_le_bytes();
    let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let mut out = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend(size);
    out.extend(10u32.to_le_bytes());
    out.extend(short(name.len()));
    out.extend(short(0));
    out.extend(name);
    out.extend(&packed);
    let central = u32::try_from(out.len()).unwrap();
    out.extend(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    out.extend(size);
    out.extend(10u32.to_le_bytes());
    out.extend(short(name.len()));
    out.extend([0; 12]);
    out.extend(0u32.to_le_bytes());
    out.extend(name);
    let length = u32::try_from(out.len()).unwrap() - central;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(length.to_le_bytes());
    out.extend(central.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[test]
fn a_mapping_with_mistakes_says_where() {
    let sandbox = register();
    sandbox.write("a.csv", "Name,Budget\nCRM 2,5\n");
    for (map, expected) in [
        ("[column.Name]\nfield = \"nmae\"\n", "did you mean `name`?"),
        ("[column.Nam]\nfield = \"name\"\n", "the table has no column `Nam`"),
        ("[colum.Name]\nfield = \"name\"\n", "did you mean `column`?"),
        ("[column.Name]\n", "column `Name` has no `field`"),
        ("kind = \"risks\"\n[column.Name]\nfield = \"name\"\n", "is for `risks`"),
        (
            "[match]\nby = \"custom.key\"\n[column.Name]\nfield = \"name\"\n",
            "cannot be matched by `custom.key`",
        ),
        ("[read]\ndates = [\"soon\"]\n[column.Name]\nfield = \"name\"\n", "no form of dates"),
        ("[column.Name\n", "map.toml:1"),
    ] {
        sandbox.write("map.toml", map);
        let run = sandbox.pmo("import projects a.csv --map map.toml --write");
        assert!(run.code == 2 && run.stderr.contains(expected), "{expected}: {run}");
    }
    sandbox.write("map.toml", "[column.Name]\nfield = \"name\"\n");
    let run = sandbox.pmo("import projects a.csv --map map.toml");
    assert!(run.code == 1 && run.stdout.contains("a project needs `manager`"), "{run}");
    assert!(run.stdout.contains("1 column left out: `Budget`"), "{run}");
    sandbox.write("odd.csv", "Project,PM\nCRM 2,Jana\n");
    let run = sandbox.pmo("import projects odd.csv");
    assert!(run.stderr.contains("no column `name`") && run.stderr.contains("--guess"), "{run}");
    let run = sandbox.pmo("import projcts a.csv");
    assert!(run.stderr.contains("did you mean `projects`?"), "{run}");
}

#[test]
fn the_same_id_twice_and_words_that_are_not_known_are_refused() {
    let sandbox = register();
    sandbox.replace("pmo.toml", "[reporting]", "[vocabulary]\ndivision = [\"Sales\", \"IT\"]\n\n[reporting]");
    sandbox.write(
        "a.csv",
        "id,name,manager,state,division\na,A,jana-novak,active,sales\na,B,jana-novak,active,IT\nc,C,jana-novak,actve,IT\nd,D,jana-novak,active,Finance\n",
    );
    let run = sandbox.pmo("import projects a.csv");
    for expected in [
        "line 3, column 1 (id): `a` stands in line 2 already",
        "line 4, column 4 (state): `state` cannot be `actve`",
        "did you mean `active`?",
        "line 5, column 5 (division): `division` cannot be `Finance`",
        "1  to add",
    ] {
        assert!(run.stdout.contains(expected), "{expected}: {run}");
    }
    assert_eq!(run.code, 1);
    sandbox.write("r.csv", "project,title,probability\ncrm,Off the scale,9\n");
    let run = sandbox.pmo("import risks r.csv");
    assert!(run.stdout.contains("line 2, column 3 (probability): 9 is not from 1 to 5"), "{run}");
}

#[test]
fn a_mapping_is_guessed() {
    let sandbox = register();
    sandbox.write("a.csv", "Project name;Project manager;Budget (£m);Whim\nAlpha;Jana Novak;1.5;x\n");
    let run = sandbox.pmo("import projects a.csv --guess");
    let guessed = ok(&run).to_owned();
    assert!(guessed.contains("field = \"budget.approved\"\nunit = 1_000_000"), "{run}");
    sandbox.write("map.toml", &guessed);
    write_twice(&sandbox, "import projects a.csv --map map.toml");
    assert!(sandbox.read("projects/alpha/project.toml").contains("approved = 1_500_000"));
}

#[test]
fn json_and_yaml_come_in() {
    let sandbox = register();
    sandbox.write(
        "a.json",
        "[{\"id\": \"a\", \"name\": \"A\", \"manager\": \"jana-novak\", \"state\": \"active\", \"budget\": {\"approved\": 1.50},\
         \"milestone\": [{\"id\": \"m\", \"baseline\": \"2027-01-31\", \"key\": true}]}]",
    );
    sandbox.write(
        "b.yaml",
        "- id: b\n  name: B\n  manager: jana-novak\n  state: active\n  schedule:\n    finish: 2027-01-31\n",
    );
    write_twice(&sandbox, "import projects a.json");
    write_twice(&sandbox, "import projects b.yaml");
    let a = sandbox.read("projects/a/project.toml");
    assert!(
        a.contains("approved = 1.50\n")
            && a.contains("[[milestone]]\nid = \"m\"\nbaseline = 2027-01-31\nkey = true"),
        "{a}"
    );
    assert!(sandbox.read("projects/b/project.toml").contains("finish = 2027-01-31"));
}

/// An archive of parts that are stored as they are.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    for (name, text) in parts {
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        let mut head = b"\x14\0\0\0\0\0\0\0\0\0".to_vec();
        head.extend(sum.sum().to_le_bytes());
        head.extend(long(text.len()));
        head.extend(long(text.len()));
        head.extend(short(name.len()));
        head.extend(short(0));
        central.extend(b"PK\x01\x02\x14\0");
        central.extend(&head);
        central.extend([0; 10]);
        central.extend(long(out.len()));
        central.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
    }
    let at = out.len();
    out.extend(&central);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(parts.len()));
    out.extend(short(parts.len()));
    out.extend(long(central.len()));
    out.extend(long(at));
    out.extend([0, 0]);
    out
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Plan\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mime = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", mime), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)])
}

#[test]
fn a_sheet_of_libreoffice_comes_in() {
    let sandbox = register();
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[text("name"), text("manager"), text("budget.approved"), text("schedule.finish")]),
        row(&[
            text("Alpha"),
            text("Jana Novak"),
            "<table:table-cell office:value-type=\"float\" office:value=\"1200000.5\"><text:p>1.2m</text:p></table:table-cell>".into(),
            "<table:table-cell office:value-type=\"date\" office:date-value=\"2027-03-31\"><text:p>31.03.27</text:p></table:table-cell>".into(),
        ]),
    ];
    sandbox.write_bytes("plan.ods", &ods(&rows.concat()));
    write_twice(&sandbox, "import projects plan.ods");
    let alpha = sandbox.read("projects/alpha/project.toml");
    assert!(alpha.contains("finish = 2027-03-31\n\n[budget]\napproved = 1_200_000.5"), "{alpha}");
    let many = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"string\" \
                table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    sandbox.write_bytes("many.ods", &ods(many));
    let run = sandbox.pmo("import projects many.ods");
    assert!(run.code == 2 && run.stderr.contains("more than 20000000 cells"), "{run}");
}

#[test]
fn merged_headers_of_a_sheet_of_libreoffice_are_joined() {
    let sandbox = register();
    let text = |text: &str, more: &str| {
        format!(
            "<table:table-cell {more} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let covered = "<table:covered-table-cell/>".to_owned();
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let two = "table:number-columns-spanned=\"2\"";
    let rows = [
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned(),
        row(&[
            text("name", ""),
            text("manager", ""),
            text("Money", two),
            covered.clone(),
            text("Dates", two),
            covered,
        ]),
        row(&[
            text("", ""),
            text("", ""),
            text("approved", ""),
            text("reserve", ""),
            text("start", ""),
            text("finish", ""),
        ]),
        row(&[
            text("Alpha", ""),
            text("Jana Novak", ""),
            text("1,200,000.50", ""),
            text("(5,000)", ""),
            text("31.12.24", ""),
            text("12/31/2026", ""),
        ]),
    ];
    sandbox.write_bytes("plan.ods", &ods(&rows.concat()));
    sandbox.write(
        "map.toml",
        "[column.name]\nfield = \"name\"\n[column.manager]\nfield = \"manager\"\n\
         [column.\"Money / approved\"]\nfield = \"budget.approved\"\n[column.\"Money / reserve\"]\nfield = \"custom.reserve\"\n\
         [column.\"Dates / start\"]\nfield = \"schedule.start\"\n[column.\"Dates / finish\"]\nfield = \"schedule.finish\"\n",
    );
    let run = sandbox.pmo("import projects plan.ods --map map.toml");
    assert!(ok(&run).contains("header in rows 3 and 4 · 1 row"), "{run}");
    write_twice(&sandbox, "import projects plan.ods --map map.toml");
    let alpha = sandbox.read("projects/alpha/project.toml");
    assert!(alpha.contains("start = 2024-12-31\nfinish = 2026-12-31"), "{alpha}");
    assert!(alpha.contains("approved = 1_200_000.50"), "{alpha}");
}

#[test]
fn many_rows_come_in() {
    // As many as are flushed to the disk at once; the 30,000 of a large organisation in full.
    let rows = if std::env::var_os("PMO_FULL").is_some() { 30_000 } else { 1_200 };
    let sandbox = register();
    let line = |at: usize| format!("p{at},\"Project {at}\",jana-novak,{at}.50,2026-01-05,2027-03-31\n");
    let head = "id,name,manager,budget.approved,schedule.start,schedule.finish\n".to_owned();
    sandbox.write("many.csv", &(0..rows).map(line).fold(head, |all, line| all + &line));
    let run = sandbox.pmo("import projects many.csv --write").ok();
    assert!(run.stderr.contains(&format!("{rows} projects added")), "{run}");
    let last = sandbox.read(&format!("projects/p{}/project.toml", rows - 1));
    assert!(
        last.contains(&format!("name = \"Project {}\"", rows - 1)) && last.contains("finish = 2027-03-31"),
        "{last}"
    );
    let run = sandbox.pmo("import projects many.csv --write").ok();
    assert!(run.stderr.contains("nothing to change"), "{run}");
}

#[test]
fn what_export_wrote_changes_nothing_where_it_came_from() {
    let sandbox = Sandbox::examples();
    for (way, path) in [("csv", "../out"), ("xlsx", "../out.xlsx"), ("json", "../out.json")] {
        sandbox.pmo(&format!("export {way} -o {path}")).ok();
        let run = sandbox.pmo(&format!("import all {path}")).ok();
        assert!(run.stderr.contains("the register says so already"), "{way}: {run}");
    }
}

#[test]
fn what_export_wrote_comes_back_the_same() {
    let sandbox = Sandbox::examples();
    let records = |line: &str| {
        let told = json(&sandbox.pmo(line));
        told["records"].clone()
    };
    let before = records("export json");
    assert_eq!(sandbox.pmo("export csv -o ../csv").code, 0);
    assert_eq!(sandbox.pmo("export xlsx -o ../all.xlsx").code, 0);
    assert_eq!(sandbox.pmo("export json -o ../all.json").code, 0);
    for (folder, from) in [("a", "../csv"), ("b", "../all.json"), ("c", "../all.xlsx")] {
        sandbox.write(&format!("../{folder}/pmo.toml"), &sandbox.read("pmo.toml"));
        let from = sandbox.path(from);
        let run = sandbox.pmo(&format!("-C ../{folder} import all {} --write", from.display()));
        assert_eq!(run.code, 0, "{run}");
        let after = records(&format!("-C ../{folder} export json"));
        for (kind, own) in before.as_object().unwrap() {
            let same = own.as_array().unwrap().iter().zip(after[kind].as_array().unwrap());
            for (one, other) in same {
                assert_eq!(one, other, "{folder} {kind}");
            }
            assert_eq!(
                own.as_array().unwrap().len(),
                after[kind].as_array().unwrap().len(),
                "{folder} {kind}"
            );
        }
    }
}
