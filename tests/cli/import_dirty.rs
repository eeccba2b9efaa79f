//! Tables as PMOs have them: what their programs and their people do to a table.

use std::io::Write as _;

use rust_xlsxwriter::{Format, Workbook};

use super::harness::Sandbox;

#[test]
fn a_header_merged_over_two_rows_is_read_whole() {
    let sandbox = Sandbox::register();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Portfolio").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 6, "Portfolio review, November", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "Project", &plain).unwrap();
    sheet.merge_range(2, 1, 2, 2, "Governance", &plain).unwrap();
    sheet.merge_range(2, 3, 2, 4, "Money (£m)", &plain).unwrap();
    sheet.merge_range(2, 5, 2, 6, "Dates", &plain).unwrap();
    for (column, name) in
        ["SRO", "Project Manager", "Whole life cost", "Spent", "End", "OBC approved"].iter().enumerate()
    {
        sheet.write_string(3, u16::try_from(column).unwrap() + 1, *name).unwrap();
    }
    for (row, (name, cost)) in [("Alpha", 1.25), ("Beta", 0.5)].iter().enumerate() {
        let row = u32::try_from(row).unwrap() + 4;
        sheet.write_string(row, 0, *name).unwrap();
        sheet.write_string(row, 2, "Jana Novak").unwrap();
        sheet.write_number(row, 3, *cost).unwrap();
        sheet.write_string(row, 5, "31.12.26").unwrap();
        sheet.write_number(row, 6, 46_387.0).unwrap();
    }
    sheet.write_string(6, 0, "Total").unwrap();
    sheet.write_number(6, 3, 1.75).unwrap();
    sandbox.write_bytes("book.xlsx", &book.save_to_buffer().unwrap());
    let map = sandbox.pmo("import projects book.xlsx --guess").ok().stdout;
    assert!(map.contains("header = 3\nheader_rows = 2\n"), "{map}");
    assert!(map.contains("[column.\"Money (£m) / Whole life cost\"]"), "{map}");
    assert!(map.contains("unit = 1_000_000"), "the unit stands above: {map}");
    sandbox.write("map.toml", &map);
    sandbox.pmo("import projects book.xlsx --map map.toml --write").ok();
    let alpha = sandbox.read("projects/alpha/project.toml");
    assert!(alpha.contains("approved = 1_250_000") && alpha.contains("finish = 2026-12-31"), "{alpha}");
    assert!(
        alpha.contains("name = \"OBC approved\"\nbaseline = 2026-12-31"),
        "a day that nobody formatted: {alpha}"
    );
    assert!(!sandbox.exists("projects/total"));
}

#[test]
fn lines_are_those_of_the_editor_whatever_ends_them() {
    let sandbox = Sandbox::register();
    let text = "name;manager;schedule.finish\r\nAlpha;jana-novak;soon\r\n\"Be\r\nta\";jana-novak;later\r\nGamma;jana-novak;never\r\n";
    sandbox.write("p.csv", text);
    let run = sandbox.pmo("import projects p.csv").exits(1);
    for told in ["line 2, column 3 (schedule.finish): `soon`", "line 3, column 3", "line 5, column 3"] {
        assert!(run.stdout.contains(told), "{told}: {run}");
    }
}

#[test]
fn a_year_is_no_day_and_a_milestone_is_shown_with_its_own() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "p.csv",
        "Project,PM,End,Go-live,Milestone: UAT\nAlpha,Jana Novak,2027,2027-01-31,2026-10-02\nBeta,Jana Novak,31.12.26,2027-01-31,2026-10-02\n",
    );
    let map = sandbox.pmo("import projects p.csv --guess").ok().stdout;
    sandbox.write("map.toml", &map);
    let run = sandbox.pmo("import projects p.csv --map map.toml").exits(1);
    assert!(run.stdout.contains("line 2, column 3 (End): `2027` is a year, not a day"), "{run}");
    assert!(run.stdout.contains("milestone: go-live 2027-01-31, uat 2026-10-02"), "{run}");
}

#[test]
fn levels_of_a_risk_may_be_words() {
    let sandbox = Sandbox::register();
    sandbox.write("r.csv", "Risk,Likelihood,Impact\nServer fails,High,4\nVendor late,Med,n/a\n");
    let run = sandbox.pmo("import risks r.csv --project crm --guess").ok();
    assert!(
        run.stdout.contains("# a number from 1 to 5\nwords = { High = \"…\", Med = \"…\" }")
            || run.stdout.contains("# a number from 1 to 5\nwords = { \"High\" = \"…\", \"Med\" = \"…\" }"),
        "{run}"
    );
    sandbox.write("map.toml", &run.stdout);
    let run = sandbox.pmo("import risks r.csv --project crm --map map.toml").exits(1);
    assert!(run.stdout.contains("the mapping does not say yet what `High` means"), "{run}");
    sandbox.write("plain.csv", "title,probability\nServer fails,High\n");
    let run = sandbox.pmo("import risks plain.csv --project crm").exits(1);
    assert!(run.stdout.contains("a number from 1 to 5; a mapping can say"), "{run}");
    // Where the register names its levels, no word list is needed.
    let scale = "[[risk.probability]]\nname = \"Low\"\nfrom = 0\nto = 30\n[[risk.probability]]\nname = \"Medium\"\nfrom = 30\nto = 60\n[[risk.probability]]\nname = \"High\"\nfrom = 60\nto = 100\n\
                 [[risk.impact]]\nname = \"Minor\"\n[[risk.impact]]\nname = \"Moderate\"\n[[risk.impact]]\nname = \"Major\"\n";
    let settings = format!("{}\n{scale}", sandbox.read("pmo.toml"));
    sandbox.write("pmo.toml", &settings);
    sandbox.write("scale.csv", "title,probability,impact\nServer fails,high,Major\n");
    let run = sandbox.pmo("import risks scale.csv --project crm").ok();
    assert!(run.stdout.contains("probability: 3 · impact: 3"), "{run}");
}

#[test]
fn a_bomb_of_many_gigabytes_is_told_from_a_damaged_file() {
    let sandbox = Sandbox::register();
    // A part that says of itself that it is 8 GiB, in the fields of large archives.
    let mut bytes: Vec<u8> = Vec::new();
    let name = b"xl/workbook.xml";
    let packed = {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..520 {
            packer.write_all(&zeros).unwrap();
        }
        packer.finish().unwrap()
    };
    let u16s = |value: usize| u16::try_from(value).unwrap().to_le_bytes();
    let u32s = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    bytes.extend(b"PK\x03\x04\x2d\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    bytes.extend([0xff; 8]);
    bytes.extend(u16s(name.len()));
    bytes.extend(u16s(0));
    bytes.extend(name);
    bytes.extend(&packed);
    let directory = bytes.len();
    bytes.extend(b"PK\x01\x02\x2d\0\x2d\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    bytes.extend([0xff; 8]);
    bytes.extend(u16s(name.len()));
    bytes.extend(u16s(20));
    bytes.extend([0; 14]);
    bytes.extend(name);
    bytes.extend(u16s(1));
    bytes.extend(u16s(16));
    bytes.extend((8_u64 << 30).to_le_bytes());
    bytes.extend(u64::try_from(packed.len()).unwrap().to_le_bytes());
    let size = bytes.len() - directory;
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bytes.extend(u32s(size));
    bytes.extend(u32s(directory));
    bytes.extend(u16s(0));
    sandbox.write_bytes("bomb.xlsx", &bytes);
    let run = sandbox.pmo("import projects bomb.xlsx").exits(2);
    assert!(run.stderr.contains("the workbook is larger than 512 MiB when it is unpacked"), "{run}");
}

#[test]
fn a_whole_export_is_no_locked_workbook_and_no_single_table() {
    let sandbox = Sandbox::register();
    sandbox.write_bytes("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
    let run = sandbox.pmo("import all old.xls").exits(2);
    assert!(run.stderr.contains("Excel 97 to 2003 (.xls), which is not read"), "{run}");
    sandbox.write("risk.csv", "project,title\ncrm,Late\n");
    let run = sandbox.pmo("import all risk.csv").exits(2);
    assert!(run.stderr.contains("risk.csv is one table, and `all` takes a whole export"), "{run}");
}
