//! The laptop refresh: delivered, in closing, with a credit note that turned its costs around.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("laptop-refresh");
    p.charter("2026-01-08 11:45", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.agree(
        "2026-11-09 10:20",
        "lena-hoffmann",
        "delivered, closing",
        &[("state = \"active\"\nphase = \"rollout\"", "state = \"closing\"\nphase = \"close\"")],
    );
    p.reports(&COURSE);
    p.add("2026-01-26", "lena-hoffmann", "B-001", B_1);
    p.edit(
        "2026-11-10",
        "lena-hoffmann",
        "B-001",
        "measured by the inventory",
        &[("from = 2026-12-01\n", "from = 2026-12-01\n\n[[measurement]]\ndate = 2026-11-09\nvalue = 11\n")],
    );
    p.add("2026-02-02", "lena-hoffmann", "R-001", R_1);
    p.edit("2026-09-07", "lena-hoffmann", "R-001", "closed", &[
        ("state = \"open\"", "state = \"closed\""),
        ("raised = 2026-02-02", "raised = 2026-02-02\nclosed_on = 2026-09-07\noutcome = \"Two of five lots were late, by nine days at most.\""),
    ]);
    p.add("2026-06-24", "lena-hoffmann", "I-001", I_1);
    p.edit("2026-08-06", "lena-hoffmann", "I-001", "resolved", &[
        ("due = 2026-08-07", "due = 2026-08-07\nresolution = \"Driver replaced by the maker; 140 laptops updated overnight.\"\nclosed_on = 2026-08-06"),
    ]);
    p.add("2026-11-10", "lena-hoffmann", "A-001", A_1);
    p.add("2026-11-06 14:30", "petra-vogel", "G5-1", GATE_5);
    p.add("2026-10-13", "lena-hoffmann", "L-001", L_1);
    p.add("2026-02-03", "lena-hoffmann", "S-001", S_1);
    p.edit(
        "2026-05-29 15:00",
        "lena-hoffmann",
        "S-001",
        "held",
        &[(
            "validate_by = 2026-05-29\n",
            "validate_by = 2026-05-29\noutcome = \"Held.\"\nclosed_on = 2026-05-29\n",
        )],
    );
}

const CHARTER: &str = r##"
name = "Laptop refresh"
manager = "lena-hoffmann"
sponsor = "marcus-reid"
programme = "digital-workplace"
division = "IT"
state = "active"
phase = "rollout"
method = "waterfall"
class = "C"
purpose = "600 laptops are older than five years and get no more security updates."
scope = "600 laptops replaced, old ones wiped and sold."

[schedule]
start = 2026-01-19
finish = 2026-11-27

[budget]
approved = 560_000
contingency = 30_000

[baseline]
approved_on = 2026-01-08

[[milestone]]
id = "pilot"
name = "Pilot of 30"
baseline = 2026-04-03

[[milestone]]
id = "last-laptop"
name = "Last laptop handed out"
baseline = 2026-11-06
key = true
gate = "G5"

[[milestone]]
id = "old-sold"
name = "Old laptops wiped and sold"
baseline = 2026-11-27

[[alignment]]
objective = "safe-operations"
contribution = 3

[[allocation]]
role = "Field technician"
from = 2026-03-02
to = 2026-11-13
fte = 2

[[stakeholder]]
name = "Division assistants"
influence = 2
interest = 4
channel = "mail with dates"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "lena-hoffmann")],
    progress: &[(22, 45), (46, 98), (47, 98)],
    cost: &[(22, 246), (46, 545), (47, 531)],
    forecast: &[(22, 560), (38, 556), (47, 548)],
    finish: &[(22, "2026-11-27")],
    confidence: &[(22, 90)],
    rag: &[(22, "GGGGGGGG"), (26, "AGGGGGGA"), (32, "GGGGGGGG")],
    notes: &[(26, ("quality", "Every tenth laptop loses its dock (I-001)."))],
    path: &[
        (
            26,
            "The maker sends a new driver by {2026-07-31}; no further hand-out to desks with two screens (Lena Hoffmann).",
        ),
        (30, "New driver on 20 laptops since a week without a fault; all by {2026-08-07} (Lena Hoffmann)."),
    ],
    milestones: &[
        ("pilot", &[], Some("2026-04-01")),
        ("last-laptop", &[(22, "2026-11-06")], Some("2026-11-05")),
        ("old-sold", &[(22, "2026-11-27")], None),
    ],
    next: &["Sale of the last 90 old laptops", "Closure report"],
    say: &[
        "Lot two is handed out, 240 of 600. | Lot two; 240 laptops",
        "Sites in the north are done. | Northern sites; 258 laptops",
        "Lot three comes nine days late; other sites go first. | Order of sites changed; 274 laptops",
        "Lot three arrived. | Lot three checked; 290 laptops",
        "Docks fail with the new laptops, one in ten. | I-001 raised; fault reproduced",
        "The maker has the fault and works on it. | Logs to the maker; 318 laptops",
        "Laptops go to people with one screen first. | 330 laptops",
        "A first driver did not help. | First driver tried; 341 laptops",
        "A second driver holds on 20 laptops. | Second driver on trial; 352 laptops",
        "Still holding; roll-out of the driver is prepared. | Driver packed; 366 laptops",
        "Driver is on all laptops, the fault is gone. | Driver everywhere; I-001 closed",
        "Normal speed again: 20 a week. | 398 laptops",
        "Counter staff in the branches have theirs. | Branch counters; 417 laptops",
        "Holiday weeks, fewer appointments. | 428 laptops; lot four checked",
        "Lot four is in work. | 449 laptops",
        "Engineers get the large model; calmer than expected. | Engineers' models; 467 laptops",
        "Price of lot five is lower; forecast falls by 4 k. | Lot five ordered; 483 laptops",
        "500 laptops handed out. | 502 laptops; old ones wiped in batches",
        "Dealer for old laptops chosen. | Dealer; 519 laptops",
        "Southern sites begin. | Southern sites; 537 laptops",
        "Lot five is complete. | Lot five; 553 laptops",
        "Twenty people cannot be reached; their heads were asked. | 569 laptops",
        "Last site next week. | 586 laptops; 300 old ones sold",
        "Last laptop handed out, a day early; 510 old ones are wiped. | 600 laptops; gate 5",
        "Closing: old laptops are being sold. | 460 old laptops sold",
        "Closing: a credit note of 14 k for lot three has come in. | Credit note; 510 old laptops sold",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Laptops without security updates"
owner = "marcus-reid"
kind = "non-cashable"
measure = "Laptops in use without updates"
unit = "laptops"
baseline = 600
target = 0
from = 2026-12-01
"##;

const R_1: &str = r##"
title = "Lots are delivered late"
kind = "threat"
category = "supplier"
owner = "lena-hoffmann"
probability = 4
impact = { schedule = 2 }
response = "mitigate"
plan = "Sites in any order; each lot ordered four weeks before it is needed."
state = "open"
raised = 2026-02-02
"##;

const I_1: &str = r##"
title = "Every tenth laptop loses its dock"
owner = "lena-hoffmann"
severity = "medium"
raised = 2026-06-24
due = 2026-08-07
"##;

const A_1: &str = r##"
title = "Get certificates of wiping from the dealer"
owner = "lena-hoffmann"
raised = 2026-11-10
due = 2026-11-27
"##;

const GATE_5: &str = r##"
title = "Gate 5: handed over"
held_on = 2026-11-06
forum = "Workplace board"
evidence = ["List of 600 receipts"]
outcome = "go"
"##;

const L_1: &str = r##"
title = "Test with the docks that people really have"
happened = "The pilot used new docks; nine in ten desks have old ones."
advice = "Choose the pilot by equipment, not by goodwill."
category = "testing"
raised = 2026-10-13
applies_to = ["hardware"]
"##;

const S_1: &str = r##"
title = "Two technicians suffice for 20 laptops a week"
owner = "lena-hoffmann"
confidence = "high"
validate_by = 2026-05-29
"##;
