//! The field app: an agile team with sprints, a dip in summer, and one specialist too few.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("field-app");
    p.charter("2026-02-13 10:40", "tomas-berg", "charter from REQ-0002", CHARTER);
    p.reports(&COURSE);
    p.add("2026-03-02", "sofia-lindqvist", "B-001", B_1);
    p.edit(
        "2026-07-01",
        "sofia-lindqvist",
        "B-001",
        "measured before the pilot",
        &[(
            "date = 2027-06-30\nvalue = 8\n",
            "date = 2027-06-30\nvalue = 8\n\n[[measurement]]\ndate = 2026-06-30\nvalue = 27\n",
        )],
    );
    p.edit("2026-10-06", "sofia-lindqvist", "B-001", "second measurement in the pilot region", &[
        ("[[measurement]]\ndate = 2026-06-30\nvalue = 27", "[[measurement]]\ndate = 2026-06-30\nvalue = 27\n\n[[measurement]]\ndate = 2026-09-30\nvalue = 22\nnote = \"Pilot region only.\""),
    ]);
    p.add("2026-04-24 14:00", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-04-13", "sofia-lindqvist", "R-001", R_1);
    p.add("2026-08-24", "sofia-lindqvist", "R-002", R_2);
    p.add("2026-09-14", "sofia-lindqvist", "R-003", R_3);
    p.add("2026-08-10", "sofia-lindqvist", "I-001", I_1);
    p.edit("2026-09-25", "sofia-lindqvist", "I-001", "resolved", &[
        ("due = 2026-09-25", "due = 2026-09-25\nresolution = \"Conflicts are shown to the technician, who decides.\"\nclosed_on = 2026-09-25"),
    ]);
    p.add("2026-11-16", "sofia-lindqvist", "I-002", I_2);
    p.add("2026-08-17", "sofia-lindqvist", "D-001", D_1);
    p.edit("2026-08-28", "sofia-lindqvist", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Programme board\"", "forum = \"Programme board\"\noutcome = \"Drop signatures on paper from release 2.\"\ndecided_on = 2026-08-28\ndecided_by = \"anneke-visser\""),
    ]);
    p.add("2026-11-02", "sofia-lindqvist", "A-001", A_1);
    p.add("2026-08-17 11:00", "sofia-lindqvist", "C-001", C_1);
    p.edit(
        "2026-08-28 15:40",
        "petra-vogel",
        "C-001",
        "approved",
        &[("state = \"submitted\"", "state = \"approved\"\ndecided_on = 2026-08-28")],
    );
    p.add("2026-10-01", "sofia-lindqvist", "L-001", L_1);
    p.add("2026-03-09", "sofia-lindqvist", "S-001", S_1);
    p.edit("2026-07-03", "sofia-lindqvist", "S-001", "held but for one region", &[
        ("validate_by = 2026-06-30\n", "validate_by = 2026-06-30\noutcome = \"Replaced in all regions but one.\"\nclosed_on = 2026-07-03\n"),
    ]);
}

const CHARTER: &str = r##"
name = "Field app"
manager = "sofia-lindqvist"
sponsor = "anneke-visser"
programme = "customer-360"
division = "Service"
state = "active"
phase = "build"
method = "agile"
class = "B"
purpose = "Technicians drive 27 minutes a day to fetch or return paper."
scope = "Orders, parts, signatures and machine data on the technician's phone; online and offline."
request = "REQ-0002"
tags = ["mobile"]

[schedule]
start = 2026-03-02
finish = 2027-02-26

[budget]
approved = 780_000
contingency = 50_000
management_reserve = 30_000

[baseline]
approved_on = 2026-02-13

[[cost]]
category = "internal"
approved = 560_000

[[cost]]
category = "external"
approved = 160_000

[[cost]]
category = "licences"
approved = 60_000

[[milestone]]
id = "release-1"
name = "Release 1: orders"
baseline = 2026-07-17

[[milestone]]
id = "release-2"
name = "Release 2: offline and signatures"
baseline = 2026-10-30

[[milestone]]
id = "release-3"
name = "Release 3: machine data"
baseline = 2027-02-12
key = true
gate = "G4"

[[dependency]]
on = "data-platform#api-v2"
milestone = "release-3"
needed_by = 2027-03-05
kind = "finish-to-finish"

[[alignment]]
objective = "grow-retention"
contribution = 3

[[alignment]]
objective = "lower-run-cost"
contribution = 2

[[allocation]]
role = "Mobile developer"
from = 2026-03-02
to = 2027-02-26
fte = 3

[[allocation]]
person = "noah-fischer"
from = 2026-10-15
to = 2027-02-26
fte = 0.5

[[stakeholder]]
name = "240 technicians"
influence = 3
interest = 5
channel = "demonstration after each sprint"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "sofia-lindqvist")],
    progress: &[(22, 25), (33, 46), (47, 74)],
    cost: &[(22, 192), (33, 362), (47, 580)],
    forecast: &[(22, 780)],
    finish: &[(22, "2027-02-26"), (33, "2027-03-05"), (39, "2027-02-26")],
    drawn: &[(22, 0), (36, 10)],
    confidence: &[(22, 85), (33, 65), (39, 85), (47, 75)],
    rag: &[(22, "GGGGGGGG"), (33, "AAGGGGGA"), (37, "AAGGGGGG"), (39, "GGGGGGGG"), (47, "AGGGGGAG")],
    notes: &[
        (33, ("schedule", "Velocity fell from 31 to 22: offline conflicts cost two sprints.")),
        (33, ("quality", "Entries made offline overwrite each other (I-001).")),
        (37, ("schedule", "Velocity is back at 30; one week still to be regained.")),
        (47, ("resources", "")),
    ],
    path: &[
        (
            33,
            "Conflict rules with three technicians by {2026-09-11}; paper signatures dropped if D-001 agrees (Sofia Lindqvist).",
        ),
        (
            37,
            "One sprint without new features; finish back at {2027-02-26} by {2026-09-25} (Sofia Lindqvist).",
        ),
        (47, "A second iOS developer from the framework contract by {2026-12-14} (Sofia Lindqvist)."),
    ],
    decisions: &[(22, &[]), (34, &["D-001"]), (36, &[])],
    milestones: &[
        ("release-1", &[(22, "2026-07-17")], Some("2026-07-16")),
        ("release-2", &[(22, "2026-10-30"), (33, "2026-11-06"), (39, "2026-10-30")], Some("2026-10-28")),
        ("release-3", &[(22, "2027-02-12"), (33, "2027-02-19"), (39, "2027-02-12")], None),
    ],
    sprints: &[
        (22, 7, "2026-05-29", [30, 30, 402, 104]),
        (24, 8, "2026-06-12", [30, 32, 404, 136]),
        (26, 9, "2026-06-26", [32, 31, 404, 167]),
        (28, 10, "2026-07-10", [32, 30, 410, 197]),
        (30, 11, "2026-07-24", [28, 27, 416, 224]),
        (32, 12, "2026-08-07", [30, 22, 421, 246]),
        (34, 13, "2026-08-21", [26, 20, 421, 266]),
        (36, 14, "2026-09-04", [26, 27, 398, 293]),
        (38, 15, "2026-09-18", [28, 30, 398, 323]),
        (40, 16, "2026-10-02", [30, 31, 402, 354]),
        (42, 17, "2026-10-16", [30, 29, 405, 383]),
        (44, 18, "2026-10-30", [30, 31, 455, 414]),
        (46, 19, "2026-11-13", [30, 28, 458, 442]),
    ],
    next: &["Temperature curve on the phone", "Sprint 20 demonstration in the southern region"],
    say: &[
        "Sprint 7 done as committed; technicians like the order list. | Order list with map; log-in by badge",
        "Ten technicians test on their way, with remarks within the hour. | Parts on the order; test group of ten",
        "Sprint 8 brought 32 points, two more than planned. | Photos on the order; crash reports connected",
        "Release 1 takes shape; the store review takes a week. | Store account; release notes draft",
        "Sprint 9 done; all stories of release 1 are built. | Time on site recorded; release candidate 1",
        "Release candidate runs on four of five phone types. | Fix for the fifth phone type; training film",
        "Sprint 10 done; release 1 leaves next week. | Release candidate 2; help desk briefed",
        "Release 1 is out one day early, 61 technicians use it. | Release 1",
        "Sprint 11 with holidays, still 27 points. | Offline store chosen; 140 technicians active",
        "Offline work has begun and is harder than thought. | Offline orders in the laboratory",
        "Sprint 12 fell short: 22 of 30, offline entries overwrite each other. | I-001 raised; cause narrowed to clock differences",
        "Velocity is down to 22; the finish moves by one week. | Forecast from velocity; proposal to drop paper signatures",
        "Sprint 13 again short while the conflict rules are rebuilt. | Conflict rules drafted with three technicians; D-001 written",
        "Paper signatures are dropped, that takes 23 points out. | C-001 approved; scope reduced",
        "Sprint 14 met its commitment; new conflict rules hold in the laboratory. | Conflict rules built; test with 20 phones in the basement",
        "No new features this fortnight, only repair; it pays. | Thirty defects closed; offline parts",
        "Sprint 15 done with 30 points; velocity is back. | Signatures on the phone; offline test in two regions",
        "The lost week is regained; back to green. | I-001 resolved; plan for release 2 confirmed",
        "Sprint 16 done; the pilot region is almost paperless. | Offline in the pilot region; measurement of driving time",
        "Release 2 is feature complete. | Feature freeze; second language",
        "Sprint 17 done; Noah Fischer joins after the AI pilot. | Load test with 240 phones; onboarding of Noah Fischer",
        "Release 2 candidate has four open defects, none of them grave. | Defects down to four; rollout plan by region",
        "Release 2 is out two days early; machine data comes into scope with C-001 of the platform. | Release 2; backlog of release 3 estimated",
        "All regions are on release 2; only eleven calls at the help desk. | Southern region switched; paper forms withdrawn",
        "Sprint 19 done; release 3 waits for the platform's API v2 from February, a stub serves until then. | Stub for machine data; alarm list designed",
        "The only iOS developer leaves at the end of the year; a replacement is sought. | Alarm list built; I-002 raised",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Less driving for paper"
owner = "anneke-visser"
kind = "cashable"
measure = "Minutes a day and technician"
unit = "minutes"
baseline = 27
target = 8
forecast = 8
from = 2026-08-01

[[plan]]
date = 2026-12-31
value = 18

[[plan]]
date = 2027-06-30
value = 8
"##;

const GATE_2: &str = r##"
title = "Gate 2: plan"
held_on = 2026-04-24
forum = "Programme board"
evidence = ["Prototype shown to ten technicians", "Release plan 1.0"]
outcome = "go"
"##;

const R_1: &str = r##"
title = "Technicians keep using paper"
kind = "threat"
category = "people"
owner = "sofia-lindqvist"
probability = 2
impact = { benefits = 4 }
chance = 20
cost_effect = 40_000
response = "mitigate"
plan = "One technician per region is part of the test group."
plan_due = 2026-12-18
state = "open"
raised = 2026-04-13
review_by = 2026-12-11

[initial]
probability = 4
impact = 4

[target]
probability = 1
impact = { benefits = 3 }
"##;

const R_2: &str = r##"
title = "Store review delays a release"
kind = "threat"
category = "supplier"
owner = "sofia-lindqvist"
probability = 3
impact = { schedule = 3 }
days_effect = 5
state = "open"
raised = 2026-08-24
review_by = 2026-12-11
"##;

const R_3: &str = r##"
title = "Parts returned the same day"
kind = "opportunity"
category = "commercial"
owner = "sofia-lindqvist"
probability = 3
impact = { benefits = 3 }
chance = 45
cost_effect = 45_000
response = "enhance"
plan = "Return label from the app; trial in the pilot region."
plan_due = 2027-01-15
state = "open"
raised = 2026-09-14
review_by = 2026-12-11
"##;

const I_1: &str = r##"
title = "Offline entries overwrite each other"
owner = "sofia-lindqvist"
severity = "high"
raised = 2026-08-10
due = 2026-09-25
"##;

const I_2: &str = r##"
title = "The only iOS developer leaves at the end of the year"
owner = "sofia-lindqvist"
severity = "high"
raised = 2026-11-16
due = 2026-12-14
links = ["#release-3"]
"##;

const D_1: &str = r##"
title = "Drop signatures on paper"
state = "open"
wanted_by = 2026-08-28
of = "anneke-visser"
options = ["Drop them from release 2", "Keep both for a year"]
recommendation = "Drop them: 23 points less, and nobody reads the paper."
forum = "Programme board"
"##;

const A_1: &str = r##"
title = "Ask Purchasing for a second iOS developer"
owner = "sofia-lindqvist"
raised = 2026-11-02
due = 2026-12-01
"##;

const C_1: &str = r##"
title = "No signatures on paper from release 2"
state = "submitted"
raised = 2026-08-17
reason = "Two ways to sign cost 23 points and one sprint."
effect = { cost = 0, days = -7, scope = "Paper signatures leave the scope" }
"##;

const L_1: &str = r##"
title = "Try offline with twenty phones in a basement"
happened = "Conflicts never showed with two phones in the office and at once with twenty below ground."
advice = "Plan a basement day before the first estimate of anything offline."
category = "testing"
raised = 2026-10-01
applies_to = ["mobile", "agile"]
"##;

const S_1: &str = r##"
title = "Technicians' phones are replaced by summer"
owner = "lena-hoffmann"
confidence = "high"
validate_by = 2026-06-30
"##;
