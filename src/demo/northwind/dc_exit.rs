//! The data-centre exit: finished, closed, and its benefits measured.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("dc-exit");
    p.charter("2026-01-05 09:00", "tomas-berg", "charter moved over from the old list", CHARTER);
    p.agree(
        "2026-09-28 09:20",
        "rafael-costa",
        "delivered, closing",
        &[("state = \"active\"\nphase = \"rollout\"", "state = \"closing\"\nphase = \"close\"")],
    );
    p.agree(
        "2026-10-30 16:00",
        "petra-vogel",
        "closed",
        &[
            ("state = \"closing\"", "state = \"closed\""),
            ("tags = [\"run-cost\"]", "tags = [\"run-cost\"]\nclosed_on = 2026-10-30"),
        ],
    );
    p.reports(&COURSE);
    p.booked(&[
        ("2026-01", &[("internal", 310), ("external", 790), ("hardware", 95)]),
        ("2026-02", &[("internal", 26), ("external", 61)]),
        ("2026-03", &[("internal", 27), ("external", 70)]),
        ("2026-04", &[("internal", 29), ("external", 73)]),
        ("2026-05", &[("internal", 28), ("external", 66)]),
        ("2026-06", &[("internal", 26), ("external", 61)]),
        ("2026-07", &[("internal", 25), ("external", 64)]),
        ("2026-08", &[("internal", 24), ("external", 68)]),
        ("2026-09", &[("internal", 28), ("external", 92)]),
        ("2026-10", &[("internal", 12), ("external", 21)]),
    ]);
    p.add("2026-01-05 09:30", "rafael-costa", "B-001", B_1);
    p.edit(
        "2026-07-02",
        "rafael-costa",
        "B-001",
        "measured before the move",
        &[(
            "value = 800_000\n",
            "value = 800_000\n\n[[measurement]]\ndate = 2026-06-30\nvalue = 1_420_000\n",
        )],
    );
    p.edit("2026-11-11", "carla-mendes", "B-001", "measured after the exit", &[
        ("[[measurement]]\ndate = 2026-06-30\nvalue = 1_420_000", "[[measurement]]\ndate = 2026-06-30\nvalue = 1_420_000\n\n[[measurement]]\ndate = 2026-10-31\nvalue = 760_000\nnote = \"Yearly cost at October's rate, rent ended.\""),
    ]);
    p.add("2026-01-05 09:40", "rafael-costa", "B-002", B_2);
    p.edit(
        "2026-04-02",
        "rafael-costa",
        "B-002",
        "measured before the move",
        &[(
            "from = 2026-10-01\n",
            "from = 2026-10-01\n\n[[measurement]]\ndate = 2026-03-31\nvalue = 2_100\n",
        )],
    );
    p.edit(
        "2026-11-11 15:00",
        "carla-mendes",
        "B-002",
        "measured",
        &[("value = 2_100", "value = 2_100\n\n[[measurement]]\ndate = 2026-10-31\nvalue = 1_050")],
    );
    p.add("2026-01-12", "rafael-costa", "R-001", R_1);
    p.edit("2026-08-31", "rafael-costa", "R-001", "closed", &[
        ("state = \"open\"", "state = \"closed\""),
        ("raised = 2026-01-12", "raised = 2026-01-12\nclosed_on = 2026-08-31\noutcome = \"Did not happen; last rack moved in August.\""),
    ]);
    p.add("2026-02-09", "rafael-costa", "R-002", R_2);
    p.edit("2026-09-30", "rafael-costa", "R-002", "it came true, happily", &[
        ("state = \"open\"", "state = \"occurred\""),
        ("raised = 2026-02-09", "raised = 2026-02-09\nclosed_on = 2026-09-30\noutcome = \"Landlord paid 48 k for leaving a month early.\""),
    ]);
    p.add("2026-05-11", "rafael-costa", "I-001", I_1);
    p.edit("2026-06-19", "rafael-costa", "I-001", "resolved", &[
        ("due = 2026-06-19", "due = 2026-06-19\nresolution = \"Emulated on the new platform, switched off in two years.\"\nclosed_on = 2026-06-19"),
    ]);
    p.add("2026-05-12", "rafael-costa", "D-001", D_1);
    p.edit("2026-05-29", "rafael-costa", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Infrastructure board\"", "forum = \"Infrastructure board\"\noutcome = \"Emulate.\"\ndecided_on = 2026-05-29\ndecided_by = \"marcus-reid\""),
    ]);
    p.add("2026-09-21", "rafael-costa", "A-001", A_1);
    p.edit(
        "2026-10-16",
        "rafael-costa",
        "A-001",
        "done",
        &[("due = 2026-10-16", "due = 2026-10-16\ndone_on = 2026-10-16")],
    );
    p.add("2026-09-25 15:30", "petra-vogel", "G5-1", GATE_5);
    p.add("2026-10-30 15:00", "petra-vogel", "G6-1", GATE_6);
    p.add("2026-11-02", "petra-vogel", "PIR-1", LATER);
    p.add("2026-10-19", "rafael-costa", "L-001", L_1);
    p.add("2026-10-19 16:00", "rafael-costa", "L-002", L_2);
}

const CHARTER: &str = r##"
name = "Data-centre exit"
manager = "rafael-costa"
sponsor = "marcus-reid"
programme = "infrastructure"
division = "IT"
state = "active"
phase = "rollout"
method = "waterfall"
class = "A"
purpose = "The lease of the old data centre ends; a new one would cost 1.4 million a year."
scope = "212 servers moved, replaced or switched off; archive included."
tags = ["run-cost"]

[schedule]
start = 2025-03-03
finish = 2026-10-30

[budget]
approved = 2_100_000
contingency = 150_000
management_reserve = 100_000

[baseline]
approved_on = 2025-02-21

[[cost]]
category = "internal"
approved = 560_000

[[cost]]
category = "external"
approved = 1_440_000

[[cost]]
category = "hardware"
approved = 100_000

[[milestone]]
id = "half-moved"
name = "Half of the servers moved"
baseline = 2026-03-31

[[milestone]]
id = "archive-moved"
name = "Archive moved"
baseline = 2026-08-28

[[milestone]]
id = "keys-back"
name = "Keys handed back"
baseline = 2026-09-30
key = true
gate = "G5"

[[alignment]]
objective = "lower-run-cost"
contribution = 5

[[allocation]]
person = "kwame-mensah"
from = 2026-01-05
to = 2026-08-31
fte = 0.8

[[stakeholder]]
name = "Landlord"
influence = 3
interest = 4
channel = "monthly call"
"##;

const COURSE: Weekly = Weekly {
    first: 17,
    by: &[(17, "rafael-costa")],
    progress: &[(17, 75), (39, 100), (43, 100)],
    forecast: &[(17, 2100), (26, 2060), (36, 2010)],
    finish: &[(17, "2026-10-30")],
    drawn: &[(17, 40), (22, 60)],
    confidence: &[(17, 80), (25, 90), (39, 100)],
    rag: &[(17, "GGGGGGGG"), (20, "AGGGGGGA"), (25, "GGGGGGGG")],
    notes: &[(20, ("quality", "One application from the nineties runs on nothing newer (I-001)."))],
    path: &[
        (20, "Emulate or rewrite: D-001 by {2026-05-29} (Rafael Costa)."),
        (23, "Emulation in test, accepted by Logistics by {2026-06-19} (Rafael Costa)."),
    ],
    decisions: &[(17, &[]), (20, &["D-001"]), (22, &[])],
    milestones: &[
        ("half-moved", &[], Some("2026-03-27")),
        ("archive-moved", &[(17, "2026-08-28")], Some("2026-08-26")),
        ("keys-back", &[(17, "2026-09-30"), (34, "2026-09-25")], Some("2026-09-25")),
    ],
    next: &["Closure report to the board"],
    say: &[
        "147 of 212 servers moved; ahead by two. | Test systems of Finance moved",
        "Mail relays moved overnight without a lost message. | Mail relays; 151 servers",
        "Tape library emptied. | Tape library; 155 servers",
        "An application from the nineties blocks rack twelve. | I-001 raised; rack eleven empty",
        "Emulation looks possible; the board is asked. | D-001 written; 158 servers",
        "Decision for emulation; the copy starts. | D-001 decided; 160 servers",
        "Emulator runs the old application in the laboratory. | Emulator; rack fourteen empty",
        "Users of Logistics test and find one printing error. | User test; 166 servers",
        "Emulated application accepted; back to green. | I-001 closed; 170 servers",
        "Forecast falls by 40 k, fewer external weekends needed. | Forecast reviewed; 173 servers",
        "Database cluster moved in six hours instead of ten. | Database cluster; 178 servers",
        "Archive copy runs in the background. | Archive copy at 20 %; 181 servers",
        "Backups run entirely on the new site. | Backups; 184 servers",
        "Quiet moves, one power supply failed and was replaced. | 188 servers; archive at 45 %",
        "Network core of the old site is down to one line. | Network core reduced; 192 servers",
        "Archive copy verified up to the third year. | Archive at 70 %; 196 servers",
        "Sixteen servers to go, none of them critical. | 199 servers; scrap dealer chosen",
        "Landlord visited; handover list agreed. | Handover list; 203 servers",
        "Archive moved two days early; e-invoicing can rely on it. | Archive moved; 206 servers",
        "Last critical system moved on Sunday. | 209 servers; cooling reduced",
        "Three servers left; forecast falls to 2.01 million. | 211 servers; scrap collected",
        "The last server is switched off. | Last server; cages removed",
        "Keys are handed back five days early. | Keys handed back; gate 5",
        "Closing: invoices and inventory. | Final inventory; access cards destroyed",
        "Closing: lessons workshop held. | Lessons workshop with eleven people",
        "Closing: contracts ended, two invoices open. | Contracts ended; asset list updated",
        "Closing: last invoice in, report is ready. | Last invoice; closure report written",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Yearly cost of running servers"
owner = "marcus-reid"
kind = "cashable"
measure = "Yearly cost of space, power and maintenance"
unit = "EUR"
baseline = 1_420_000
target = 800_000
forecast = 760_000
from = 2026-10-01

[[plan]]
date = 2026-12-31
value = 800_000
"##;

const B_2: &str = r##"
title = "Power for servers"
owner = "rafael-costa"
kind = "non-cashable"
measure = "Megawatt hours a year"
unit = "MWh"
baseline = 2_100
target = 1_200
forecast = 1_050
from = 2026-10-01
"##;

const R_1: &str = r##"
title = "A move outlasts its night"
kind = "threat"
category = "technical"
owner = "rafael-costa"
probability = 3
impact = { quality = 4 }
response = "mitigate"
plan = "Rehearsal for each rack, way back until four in the morning."
plan_due = 2026-08-31
state = "open"
raised = 2026-01-12
"##;

const R_2: &str = r##"
title = "Landlord pays for leaving early"
kind = "opportunity"
category = "commercial"
owner = "rafael-costa"
probability = 3
impact = { cost = 2 }
chance = 40
cost_effect = 50_000
response = "exploit"
plan = "Offer the end of September instead of October."
state = "open"
raised = 2026-02-09
"##;

const I_1: &str = r##"
title = "An application from the nineties cannot be moved"
owner = "rafael-costa"
severity = "high"
raised = 2026-05-11
due = 2026-06-19
"##;

const D_1: &str = r##"
title = "Emulate or rewrite the old dispatch application"
state = "open"
wanted_by = 2026-05-29
of = "marcus-reid"
options = ["Emulate", "Rewrite, four months"]
recommendation = "Emulate."
forum = "Infrastructure board"
"##;

const A_1: &str = r##"
title = "End eleven maintenance contracts"
owner = "rafael-costa"
raised = 2026-09-21
due = 2026-10-16
"##;

const GATE_5: &str = r##"
title = "Gate 5: handed over"
held_on = 2026-09-25
forum = "Infrastructure board"
evidence = ["Handover protocol of the landlord", "Inventory: 0 of 212 servers left"]
outcome = "go"
"##;

const GATE_6: &str = r##"
title = "Gate 6: closure"
held_on = 2026-10-30
forum = "Infrastructure board"
evidence = ["Closure report", "Final cost 2.0 million of 2.1"]
outcome = "go"
summary = "Five days early, 4 % under budget. Benefits are measured again in a year."
"##;

const LATER: &str = r##"
title = "What came of the data-centre exit"
kind = "post-implementation"
planned = 2027-10-15
forum = "Infrastructure board"
links = ["B-001", "B-002"]
"##;

const L_1: &str = r##"
title = "Rehearse every rack"
happened = "Three of nineteen rehearsals failed; none of the nineteen nights did."
advice = "Plan one rehearsal a rack and count it as work, not as reserve."
category = "technical"
raised = 2026-10-19
applies_to = ["infrastructure", "migration"]
"##;

const L_2: &str = r##"
title = "Look for the oldest application first"
happened = "An application from the nineties was found when two thirds had moved and nearly cost the date."
advice = "Sort the inventory by age before the first move."
category = "planning"
raised = 2026-10-19
applies_to = ["migration"]
"##;
