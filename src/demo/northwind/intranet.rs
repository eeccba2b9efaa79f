//! The intranet: reorganised half-way with its division, finished on its day, closed this week.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("intranet");
    p.charter("2026-01-06 10:30", "tomas-berg", "charter moved over from the old list", CHARTER);
    p.agree(
        "2026-07-27 09:10",
        "tomas-berg",
        "Oskar Lind takes over; Communications is part of HR now",
        &[
            ("manager = \"marta-keller\"", "manager = \"oskar-lind\""),
            ("division = \"Communications\"", "division = \"Human Resources\""),
            ("sponsor = \"dario-conti\"", "sponsor = \"hanna-virtanen\""),
        ],
    );
    p.agree(
        "2026-11-02 09:15",
        "oskar-lind",
        "delivered, closing",
        &[("state = \"active\"\nphase = \"rollout\"", "state = \"closing\"\nphase = \"close\"")],
    );
    p.agree(
        "2026-11-18 11:30",
        "petra-vogel",
        "closed",
        &[
            ("state = \"closing\"", "state = \"closed\""),
            ("class = \"C\"", "class = \"C\"\nclosed_on = 2026-11-18"),
        ],
    );
    p.reports(&COURSE);
    p.add("2026-01-19", "marta-keller", "B-001", B_1);
    p.edit(
        "2026-04-01",
        "marta-keller",
        "B-001",
        "first measurement",
        &[("from = 2026-11-01\n", "from = 2026-11-01\n\n[[measurement]]\ndate = 2026-03-31\nvalue = 41\n")],
    );
    p.edit(
        "2026-11-10",
        "oskar-lind",
        "B-001",
        "measured",
        &[("value = 41\n", "value = 41\n\n[[measurement]]\ndate = 2026-11-09\nvalue = 74\n")],
    );
    p.add("2026-02-16", "marta-keller", "R-001", R_1);
    p.edit("2026-10-30", "oskar-lind", "R-001", "closed", &[
        ("state = \"open\"", "state = \"closed\""),
        ("raised = 2026-02-16", "raised = 2026-02-16\nclosed_on = 2026-10-30\noutcome = \"92 editors were trained; 80 are active.\""),
    ]);
    p.add("2026-07-13", "marta-keller", "C-001", C_1);
    p.edit(
        "2026-07-30",
        "petra-vogel",
        "C-001",
        "approved",
        &[("state = \"submitted\"", "state = \"approved\"\ndecided_on = 2026-07-30")],
    );
    p.add("2026-07-14", "marta-keller", "D-001", D_1);
    p.edit("2026-07-30 17:00", "petra-vogel", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Workplace board\"", "forum = \"Workplace board\"\noutcome = \"By task, not by department.\"\ndecided_on = 2026-07-30\ndecided_by = \"hanna-virtanen\""),
    ]);
    p.add("2026-09-14", "oskar-lind", "I-001", I_1);
    p.edit("2026-10-09", "oskar-lind", "I-001", "resolved", &[
        ("due = 2026-10-09", "due = 2026-10-09\nresolution = \"Old links lead to the new page for a year.\"\nclosed_on = 2026-10-09"),
    ]);
    p.add("2026-10-26", "oskar-lind", "I-002", I_2);
    p.add("2026-10-30 14:00", "petra-vogel", "G5-1", GATE_5);
    p.add("2026-11-18 11:00", "petra-vogel", "G6-1", GATE_6);
    p.add("2026-11-05", "oskar-lind", "L-001", L_1);
    p.add("2026-10-27", "oskar-lind", "A-001", A_1);
    p.edit(
        "2026-11-09",
        "oskar-lind",
        "A-001",
        "done",
        &[("due = 2026-11-13", "due = 2026-11-13\ndone_on = 2026-11-09")],
    );
}

const CHARTER: &str = r##"
name = "Intranet"
manager = "marta-keller"
sponsor = "dario-conti"
programme = "digital-workplace"
division = "Communications"
state = "active"
phase = "rollout"
method = "hybrid"
class = "C"
purpose = "People ask each other because they find nothing in 14,000 pages."
scope = "New structure, search, 2,500 pages rewritten, the rest archived."

[schedule]
start = 2025-11-03
finish = 2026-11-20

[budget]
approved = 240_000
contingency = 15_000

[baseline]
approved_on = 2025-10-24

[[milestone]]
id = "search"
name = "New search"
baseline = 2026-06-26

[[milestone]]
id = "switched"
name = "Old intranet read-only"
baseline = 2026-10-30
key = true
gate = "G5"

[[alignment]]
objective = "one-source-of-truth"
contribution = 2

[[allocation]]
role = "Editor"
from = 2026-03-02
to = 2026-10-30
fte = 1

[[stakeholder]]
name = "92 editors in the divisions"
influence = 3
interest = 4
channel = "fortnightly hour"
"##;

const COURSE: Weekly = Weekly {
    first: 20,
    by: &[(20, "marta-keller"), (31, "oskar-lind")],
    progress: &[(20, 58), (44, 100), (46, 100)],
    cost: &[(20, 138), (44, 233), (46, 236)],
    forecast: &[(20, 240), (40, 238), (45, 236)],
    finish: &[(20, "2026-11-20")],
    confidence: &[(20, 80), (29, 60), (34, 80), (44, 100)],
    rag: &[(20, "GGGGGGGG"), (29, "AGGGGGAG"), (34, "GGGGGGGG")],
    notes: &[
        (29, ("resources", "Communications moves into HR; two of three editors get other tasks.")),
        (32, ("resources", "Oskar Lind has one editor, the second starts in mid August.")),
    ],
    path: &[
        (29, "New structure by task instead of department (C-001), decided by {2026-07-31} (Marta Keller)."),
        (31, "Second editor from {2026-08-17}; rewriting at 90 pages a week again (Oskar Lind)."),
    ],
    decisions: &[(20, &[]), (29, &["D-001"]), (31, &[])],
    milestones: &[
        ("search", &[(20, "2026-06-26")], Some("2026-06-24")),
        ("switched", &[(20, "2026-10-30")], Some("2026-10-30")),
    ],
    next: &["Closure report"],
    say: &[
        "1,050 of 2,500 pages rewritten. | Pages of Finance rewritten",
        "Search prototype finds what people ask for in eight of ten cases. | Search prototype",
        "Editors of Logistics are trained. | 14 editors trained; 1,150 pages",
        "Search tuned with the fifty most frequent questions. | Fifty questions; synonyms",
        "1,300 pages; photographs cause questions of rights. | Picture rights clarified",
        "Search goes live next week. | Search on the test site; 1,360 pages",
        "New search is live two days early and liked. | New search; feedback button",
        "First figures: 61 % of searches end with a click, 41 % before. | First figures; 1,450 pages",
        "Rumours of a reorganisation; editors ask who will own their pages. | List of page owners",
        "Communications moves into HR; the structure by department falls with it. | C-001 and D-001 written; 1,540 pages",
        "Board decides on {2026-07-30}; two editors leave the project. | Handover prepared",
        "Oskar Lind takes over; structure by task is decided. | Handover; D-001 decided",
        "Pages are sorted by task; faster than thought. | 40 tasks named; 1,600 pages",
        "One editor alone, 60 pages this week. | 1,660 pages; training by video",
        "Second editor is here; 90 pages a week again. | 1,740 pages; home page by task",
        "Test with 25 people: tasks are found in half the time. | Test with 25 people",
        "1,930 pages; Legal reviews its own faster than others. | 1,930 pages; legal pages",
        "Archive rules agreed: what nobody opened in two years goes. | Archive rules",
        "Old links in mails would break; a list is being made. | I-001 raised; 2,060 pages",
        "9,000 pages archived in one night. | 9,000 pages archived",
        "Redirects work in trial for the thousand most used links. | Redirects; 2,180 pages",
        "All divisions but one have accepted their pages. | Acceptance by eleven divisions",
        "Old links are covered; I-001 closed. | Redirects for all; 2,310 pages",
        "2,420 pages; invitation to the opening is out. | Opening prepared; 2,420 pages",
        "All pages are done, the old intranet is read-only. | 2,500 pages; gate 5",
        "Closing: figures are good, one division still sends corrections. | Figures of the first week; corrections of Logistics",
        "Closing: handed over to HR with an editor's handbook. | Handbook; handover to HR",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "People find what they search"
owner = "hanna-virtanen"
kind = "non-cashable"
measure = "Searches that end with a click"
unit = "percent"
baseline = 41
target = 70
from = 2026-11-01
"##;

const R_1: &str = r##"
title = "Divisions do not free editors"
kind = "threat"
category = "people"
owner = "marta-keller"
probability = 3
impact = { schedule = 3 }
response = "mitigate"
plan = "Editors named by the head of each division."
state = "open"
raised = 2026-02-16
"##;

const C_1: &str = r##"
title = "Structure by task instead of department"
state = "submitted"
raised = 2026-07-13
reason = "The departments change; tasks stay."
effect = { cost = 0, days = 0, scope = "Navigation by 40 tasks" }
"##;

const D_1: &str = r##"
title = "Structure by task or by department"
state = "open"
wanted_by = 2026-07-31
of = "hanna-virtanen"
options = ["By department", "By task"]
recommendation = "By task."
forum = "Workplace board"
"##;

const I_1: &str = r##"
title = "Links in old mails would break"
owner = "oskar-lind"
severity = "medium"
raised = 2026-09-14
due = 2026-10-09
"##;

const I_2: &str = r##"
title = "Logistics has not accepted its pages"
owner = "oskar-lind"
severity = "low"
raised = 2026-10-26
due = 2026-12-04
"##;

const GATE_5: &str = r##"
title = "Gate 5: handed over"
held_on = 2026-10-30
forum = "Workplace board"
evidence = ["Acceptance by eleven of twelve divisions"]
outcome = "go"
"##;

const GATE_6: &str = r##"
title = "Gate 6: closure"
held_on = 2026-11-18
forum = "Workplace board"
evidence = ["Closure report"]
outcome = "go"
"##;

const L_1: &str = r##"
title = "Structure by task survives a reorganisation"
happened = "The structure by department was out of date before it was finished."
advice = "Sort by what people want to do."
category = "planning"
raised = 2026-11-05
applies_to = ["content"]
"##;

const A_1: &str = r##"
title = "Hand the editor's handbook to HR"
owner = "oskar-lind"
raised = 2026-10-27
due = 2026-11-13
"##;
