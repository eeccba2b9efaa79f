//! Cloud telephony: in good order, and filed a week ahead by a manager who goes on leave.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("cloud-telephony");
    p.charter("2026-03-20 10:00", "tomas-berg", "charter from REQ-0005", CHARTER);
    p.agree(
        "2026-11-12 09:30",
        "yuki-sato",
        "needs the contact centre's call flows",
        &[(
            "[[alignment]]",
            "[[dependency]]\non = \"contact-centre#call-flows\"\nmilestone = \"switched\"\nneeded_by = 2027-03-05\n\n[[alignment]]",
        )],
    );
    p.reports(&COURSE);
    p.file(
        "2026-11-20 16:45",
        "yuki-sato",
        "status 2026-W48, ahead of my leave",
        "status/2026-W48.toml",
        AHEAD,
    );
    p.add("2026-04-13", "yuki-sato", "B-001", B_1);
    p.add("2026-04-13 10:30", "yuki-sato", "B-002", B_2);
    p.add("2026-05-15 09:00", "petra-vogel", "G4-1", GATE_4);
    p.add("2026-05-04", "yuki-sato", "R-001", R_1);
    p.add("2026-07-06", "yuki-sato", "R-002", R_2);
    p.add("2026-09-15", "yuki-sato", "I-001", I_1);
    p.edit("2026-10-14", "yuki-sato", "I-001", "resolved", &[
        ("due = 2026-10-16", "due = 2026-10-16\nresolution = \"The old provider released the number blocks after a letter from Legal.\"\nclosed_on = 2026-10-14"),
    ]);
    p.add("2026-10-27", "yuki-sato", "A-001", A_1);
    p.add("2026-06-08", "yuki-sato", "D-001", D_1);
    p.edit("2026-06-26", "yuki-sato", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Workplace board\"", "forum = \"Workplace board\"\noutcome = \"Headsets for all, desk phones only at counters.\"\ndecided_on = 2026-06-26\ndecided_by = \"marcus-reid\""),
    ]);
    p.add("2026-10-19", "yuki-sato", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "Cloud telephony"
manager = "yuki-sato"
sponsor = "marcus-reid"
programme = "digital-workplace"
division = "IT"
state = "active"
phase = "rollout"
method = "hybrid"
class = "C"
currency = "GBP"
purpose = "Eleven telephone systems of six makes, two without spare parts; bought and paid by the London office."
scope = "3,100 extensions to the cloud; emergency telephones stay as they are."
request = "REQ-0005"

[schedule]
start = 2026-04-06
finish = 2027-03-19

[budget]
approved = 360_000
contingency = 25_000

[baseline]
approved_on = 2026-03-20

[[milestone]]
id = "pilot"
name = "Head office moved"
baseline = 2026-08-28

[[milestone]]
id = "number-porting"
name = "All numbers ported"
baseline = 2027-01-15

[[milestone]]
id = "switched"
name = "Last old system switched off"
baseline = 2027-03-19
key = true

[[alignment]]
objective = "lower-run-cost"
contribution = 4

[[allocation]]
role = "Voice engineer"
from = 2026-04-06
to = 2027-03-19
fte = 1

[[stakeholder]]
name = "Reception and counters"
influence = 2
interest = 5
channel = "training on site"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "yuki-sato")],
    early: 1,
    progress: &[(22, 17), (47, 67)],
    cost: &[(22, 60), (47, 240)],
    forecast: &[(22, 360), (40, 357)],
    finish: &[(22, "2027-03-19"), (38, "2027-03-29"), (42, "2027-03-19")],
    confidence: &[(22, 85), (38, 65), (42, 85)],
    rag: &[(22, "GGGGGGGG"), (38, "AAGGGGGG"), (42, "GGGGGGGG")],
    notes: &[
        (38, ("schedule", "The old provider holds back two number blocks (I-001).")),
        (40, ("schedule", "Letter from Legal is out; blocks expected within ten days.")),
    ],
    path: &[
        (38, "Letter from Legal by {2026-09-25}; second porting date {2026-10-16} (Yuki Sato)."),
        (40, "Blocks released by {2026-10-16}, or new numbers for one site (Yuki Sato)."),
    ],
    decisions: &[(22, &[]), (24, &["D-001"]), (26, &[])],
    milestones: &[
        ("pilot", &[(22, "2026-08-28")], Some("2026-08-27")),
        ("number-porting", &[(22, "2027-01-15"), (38, "2027-01-29"), (42, "2027-01-15")], None),
        ("switched", &[(22, "2027-03-19"), (38, "2027-03-29"), (42, "2027-03-19")], None),
    ],
    next: &["Sites nine and ten", "Number block of the northern branches"],
    say: &[
        "Inventory is complete: 3,100 extensions, 400 of them unused. | Inventory; 400 extensions cancelled",
        "Design agreed with the network team. | Network quality measured at head office",
        "Headsets or desk phones: eleven models were tried. | Test of headsets; D-001 written",
        "Trial group of 30 is happy but for one headset. | Trial group of 30",
        "Decision for headsets is taken, orders are out. | D-001 decided; headsets ordered",
        "Call flows of reception drawn. | Call flows of reception",
        "First hundred people at head office moved. | 100 people moved",
        "Moving 60 people a day without complaints. | 350 people moved",
        "Summer lull used for training videos. | Training videos; cabling of two meeting rooms",
        "Head office at two thirds. | 640 people moved",
        "Head office nearly done; site two surveyed. | 870 people moved; survey of site two",
        "Fax lines: eleven are left and get a gateway. | Gateway for fax",
        "Last weeks at head office, all counters trained. | Counters trained",
        "Head office moved, a day early. | Head office done; old system kept as fallback",
        "Site two moved over a weekend. | Site two; 1,300 extensions in total",
        "Sites three and four follow the same script. | Sites three and four",
        "The old provider holds back two number blocks; ten days of delay. | I-001 raised; site five prepared",
        "Work goes on with sites that have their numbers. | Site five moved; letter drafted with Legal",
        "Letter is out; the porting date is the only thing late. | Letter of Legal; site six surveyed",
        "Provider answered and names a date. | Site six moved; date of porting agreed",
        "Number blocks are released; back on plan. | I-001 closed; blocks ported",
        "Two thirds of all extensions are in the cloud. | Site seven; 2,050 extensions",
        "Quiet week with training in the branches. | Branch training, first tour",
        "Site eight moved; quality figures are above target. | Site eight; quality report",
        "Call flows of the contact centre are needed before its counters move. | Talk with Service on call flows; second tour",
        "On plan; I am on leave next week, Kwame Mensah covers. | 2,240 extensions; cover arranged",
    ],
    ..Weekly::BLANK
};

const AHEAD: &str = r##"
template = "status/1"
by = "yuki-sato"
date = 2026-11-27

summary = "On plan; filed ahead because of leave."
achieved = ["Sites nine and ten"]
next = ["Number block of the northern branches"]

percent_complete = 68
actual_cost = 246_000
forecast_cost = 357_000
forecast_finish = 2027-03-19
confidence = 85

[rag]
overall = "green"
schedule = "green"
cost = "green"
scope = "green"
risk = "green"
benefits = "green"
resources = "green"
quality = "green"

[milestone.pilot]
actual = 2026-08-27

[milestone.number-porting]
forecast = 2027-01-15

[milestone.switched]
forecast = 2027-03-19
"##;

const B_1: &str = r##"
title = "Maintenance of eleven telephone systems"
owner = "marcus-reid"
kind = "cashable"
measure = "Yearly cost of telephony"
unit = "EUR"
baseline = 480_000
target = 290_000
forecast = 285_000
from = 2027-04-01
"##;

const B_2: &str = r##"
title = "Yearly licences for telephony"
owner = "marcus-reid"
kind = "disbenefit"
measure = "Licences a year, new with the cloud"
unit = "EUR"
baseline = 0
target = 24_000
forecast = 24_000
from = 2027-04-01
"##;

const GATE_4: &str = r##"
title = "Gate 4: ready to roll out"
held_on = 2026-05-15
forum = "Workplace board"
evidence = ["Inventory", "Network measurements"]
outcome = "go"
"##;

const R_1: &str = r##"
title = "Voice quality in branches with slow lines"
kind = "threat"
category = "technical"
owner = "yuki-sato"
probability = 2
impact = { quality = 3 }
chance = 60
cost_effect = 12_000
response = "mitigate"
plan = "Measure before the move; mobile phones where the line is too slow."
plan_due = 2027-01-29
state = "open"
raised = 2026-05-04
review_by = 2026-12-11
"##;

const R_2: &str = r##"
title = "Old systems can be sold"
kind = "opportunity"
category = "commercial"
owner = "yuki-sato"
probability = 3
impact = { cost = 1 }
chance = 40
cost_effect = 9_000
response = "exploit"
plan = "Offer of a dealer for all eleven systems together."
plan_due = 2027-03-05
state = "open"
raised = 2026-07-06
review_by = 2027-01-15
"##;

const I_1: &str = r##"
title = "Old provider holds back two number blocks"
owner = "yuki-sato"
severity = "high"
raised = 2026-09-15
due = 2026-10-16
"##;

const A_1: &str = r##"
title = "List emergency telephones that stay"
owner = "kwame-mensah"
raised = 2026-10-27
due = 2026-12-11
"##;

const D_1: &str = r##"
title = "Headsets or desk phones"
state = "open"
wanted_by = 2026-06-26
of = "marcus-reid"
options = ["Headsets for all", "Headsets, and desk phones at counters", "Desk phones"]
recommendation = "Headsets, and desk phones at counters."
forum = "Workplace board"
"##;

const L_1: &str = r##"
title = "Port numbers before you need them"
happened = "A provider who loses the contract is in no hurry; two blocks came four weeks late."
advice = "Ask for the release of numbers with the notice of the old contract."
category = "procurement"
raised = 2026-10-19
applies_to = ["telephony"]
"##;
