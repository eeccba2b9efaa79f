//! Zero trust: large, well led, green for good reasons.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("zero-trust");
    p.charter("2026-02-02 09:50", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.reports(&COURSE);
    p.booked(&[
        ("2026-02", &[("internal", 14), ("external", 6)]),
        ("2026-03", &[("internal", 32), ("external", 18)]),
        ("2026-04", &[("internal", 34), ("external", 22), ("licences", 20)]),
        ("2026-05", &[("internal", 35), ("external", 24)]),
        ("2026-06", &[("internal", 36), ("external", 26)]),
        ("2026-07", &[("internal", 33), ("external", 24), ("hardware", 45)]),
        ("2026-08", &[("internal", 30), ("external", 20)]),
        ("2026-09", &[("internal", 36), ("external", 27), ("hardware", 22)]),
        ("2026-10", &[("internal", 38), ("external", 32)]),
    ]);
    p.add("2026-02-23", "ingrid-bauer", "B-001", B_1);
    p.add("2026-05-08 10:30", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-03-23", "ingrid-bauer", "R-001", R_1);
    p.add("2026-06-15", "ingrid-bauer", "R-002", R_2);
    p.add("2026-08-25", "kwame-mensah", "R-003", R_3);
    p.add("2026-08-26", "ingrid-bauer", "I-001", I_1);
    p.edit("2026-10-01", "ingrid-bauer", "I-001", "resolved", &[
        ("due = 2026-10-02", "due = 2026-10-02\nresolution = \"Second supplier delivered 1,900 keys.\"\nclosed_on = 2026-10-01"),
    ]);
    p.add("2026-09-01", "ingrid-bauer", "D-001", D_1);
    p.edit("2026-09-11", "ingrid-bauer", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Infrastructure board\"", "forum = \"Infrastructure board\"\noutcome = \"Second supplier.\"\ndecided_on = 2026-09-11\ndecided_by = \"marcus-reid\""),
    ]);
    p.add("2026-11-05", "ingrid-bauer", "A-001", A_1);
    p.add("2026-03-02", "ingrid-bauer", "S-001", S_1);
    p.add("2026-10-05", "ingrid-bauer", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "Zero trust"
manager = "ingrid-bauer"
sponsor = "marcus-reid"
programme = "infrastructure"
division = "IT"
state = "active"
phase = "build"
method = "waterfall"
class = "A"
purpose = "After last year's incident nobody is inside any more: every access is checked, wherever it comes from."
scope = "Single sign-on with keys for 4,200 people, network access by identity, 60 applications."
tags = ["security"]

[schedule]
start = 2026-02-16
finish = 2027-08-31

[budget]
approved = 1_450_000
contingency = 110_000
management_reserve = 70_000

[baseline]
approved_on = 2026-02-02

[[cost]]
category = "internal"
approved = 640_000

[[cost]]
category = "external"
approved = 480_000

[[cost]]
category = "hardware"
approved = 180_000

[[cost]]
category = "licences"
approved = 150_000

[[planned_value]]
date = 2026-05-29
value = 188_500

[[planned_value]]
date = 2026-11-20
value = 667_000

[[milestone]]
id = "design"
name = "Design accepted by audit"
baseline = 2026-05-08
gate = "G2"

[[milestone]]
id = "keys-out"
name = "Keys handed out"
baseline = 2026-11-13

[[milestone]]
id = "network-access"
name = "Network access by identity, first site"
baseline = 2027-01-08

[[milestone]]
id = "single-sign-on"
name = "Single sign-on for the first 30 applications"
baseline = 2027-02-19

[[milestone]]
id = "all-in"
name = "60 applications behind it"
baseline = 2027-08-31
key = true
gate = "G5"

[[alignment]]
objective = "safe-operations"
contribution = 5

[[allocation]]
person = "kwame-mensah"
from = 2026-09-01
to = 2027-08-31
fte = 0.5

[[allocation]]
role = "Security engineer"
from = 2026-02-16
to = 2027-08-31
fte = 2

[[stakeholder]]
name = "Group audit"
influence = 5
interest = 5
channel = "quarterly review"

[[stakeholder]]
name = "Works council"
influence = 4
interest = 3
channel = "monthly briefing"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "ingrid-bauer")],
    early: 1,
    progress: &[(22, 15), (47, 48)],
    forecast: &[(22, 1450), (36, 1460)],
    finish: &[(22, "2027-08-31")],
    drawn: &[(22, 0), (37, 12)],
    confidence: &[(22, 80), (35, 75), (41, 85)],
    rag: &[(22, "GGGGGGGG"), (35, "AGGGGGAG"), (40, "GGGGGGGG")],
    notes: &[
        (35, ("resources", "Keys are not delivered before November by the first supplier.")),
        (37, ("resources", "Second supplier ordered, first lot expected at the end of the month.")),
    ],
    path: &[
        (35, "Second supplier on the framework contract, D-001 by {2026-09-11} (Ingrid Bauer)."),
        (37, "1,900 keys by {2026-10-02}, then hand-out as planned (Ingrid Bauer)."),
    ],
    decisions: &[(22, &[]), (36, &["D-001"]), (37, &[])],
    milestones: &[
        ("design", &[], Some("2026-05-07")),
        ("keys-out", &[(22, "2026-11-13")], Some("2026-11-11")),
        ("network-access", &[(22, "2027-01-08"), (47, "")], None),
        ("single-sign-on", &[(22, "2027-02-19")], None),
        ("all-in", &[(22, "2027-08-31")], None),
    ],
    next: &["Applications 20 to 23", "Switches of site one, second building"],
    say: &[
        "Design is accepted by audit without conditions. | Design accepted; order for keys prepared",
        "Directory of all 4,200 accounts is clean. | 310 dead accounts removed",
        "First application behind single sign-on: the intranet's test site. | First application; roll-back tried",
        "Works council agreed to keys instead of codes. | Agreement with the works council",
        "Supplier chosen for keys, delivery in September. | Keys ordered; network inventory of site one",
        "Pilot with 40 people in IT runs, few calls. | Pilot group of 40",
        "Five applications done, the pattern holds. | Applications two to five",
        "Network switches of site one are newer than recorded, good. | Switch inventory; policy draft",
        "Policy for guests and suppliers agreed. | Guest policy; applications six and seven",
        "Hardware for site one is in the house. | Switches delivered; configuration templates",
        "Pilot extended to 200 people in three divisions. | Pilot of 200; help desk trained",
        "Nothing out of the ordinary; nine applications. | Applications eight and nine",
        "Emergency access tested with the board. | Emergency access; exercise report",
        "Keys come two months late from the first supplier; a second one is asked. | I-001 raised; second supplier asked",
        "Decision for a second supplier is with the board. | Price and date of the second supplier",
        "Second supplier ordered; plan holds if the keys come in time. | Order placed; hand-out regrouped by site",
        "Eleven applications done while we wait for keys. | Applications ten and eleven",
        "First lot is announced for next week. | Hand-out rehearsed",
        "1,900 keys arrived; hand-out starts on Monday. | Keys received; I-001 closed",
        "1,100 people have a key, at 120 a day. | Hand-out in three sites; application twelve",
        "Hand-out in the branches; lost keys under one percent. | 2,300 keys handed out",
        "Hand-out ahead by four days. | 3,000 keys; applications 13 and 14",
        "Network policy runs in watch mode at site one. | Watch mode; 61 unknown devices found",
        "Unknown devices named but for four. | Devices named; 3,900 keys",
        "All keys are handed out, two days early. | Last keys; applications 15 to 17",
        "First building of site one switches by identity in trial. | Trial in building one; applications 18 and 19",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Accounts taken over by strangers"
owner = "marcus-reid"
kind = "non-cashable"
measure = "Incidents a year"
unit = "incidents"
baseline = 14
target = 2
from = 2027-01-01
"##;

const GATE_2: &str = r##"
title = "Gate 2: design"
held_on = 2026-05-08
forum = "Infrastructure board"
evidence = ["Design 2.0", "Opinion of group audit"]
outcome = "go"
"##;

const R_1: &str = r##"
title = "An old application cannot do single sign-on"
kind = "threat"
category = "technical"
owner = "ingrid-bauer"
probability = 4
impact = { cost = 2, schedule = 2 }
chance = 60
cost_effect = { low = 15_000, likely = 40_000, high = 80_000 }
response = "mitigate"
plan = "Gateway in front of applications older than ten years."
plan_due = 2027-03-31
state = "open"
raised = 2026-03-23
review_by = 2027-01-29
report = true
"##;

const R_2: &str = r##"
title = "Key supplier cannot replace lost keys quickly"
kind = "threat"
category = "supplier"
owner = "ingrid-bauer"
probability = 2
impact = { quality = 2 }
response = "mitigate"
plan = "Stock of 200 keys."
plan_due = 2026-12-18
state = "open"
raised = 2026-06-15
review_by = 2026-10-30
confidential = true
"##;

const R_3: &str = r##"
title = "Newer switches than recorded"
kind = "opportunity"
category = "technical"
owner = "kwame-mensah"
probability = 4
impact = { cost = 2 }
chance = 65
cost_effect = 35_000
response = "exploit"
plan = "Inventory of all sites before the second hardware order."
plan_due = 2027-01-22
state = "open"
raised = 2026-08-25
review_by = 2026-12-18
"##;

const I_1: &str = r##"
title = "Keys delivered two months late"
owner = "ingrid-bauer"
severity = "high"
raised = 2026-08-26
due = 2026-10-02
"##;

const D_1: &str = r##"
title = "Second supplier for keys"
state = "open"
wanted_by = 2026-09-11
of = "marcus-reid"
options = ["Wait until November", "Second supplier, 12 k more out of contingency"]
recommendation = "Second supplier."
forum = "Infrastructure board"
"##;

const A_1: &str = r##"
title = "Name the four unknown devices of site one"
owner = "kwame-mensah"
raised = 2026-11-05
due = 2026-11-27
"##;

const S_1: &str = r##"
title = "All 60 applications have an owner"
owner = "ingrid-bauer"
confidence = "medium"
validate_by = 2026-12-18
"##;

const L_1: &str = r##"
title = "Two suppliers for anything that everybody needs on one day"
happened = "The only supplier of keys moved its date by two months; the second one cost 12 k and saved the plan."
advice = "Order in two lots from two suppliers."
category = "procurement"
raised = 2026-10-05
applies_to = ["hardware"]
"##;
