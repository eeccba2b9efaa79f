//! Warehouse scanning: on hold since its supplier failed, and still in the name of someone who left.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("warehouse-scan");
    p.charter("2026-04-22 13:30", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.agree(
        "2026-09-16 15:10",
        "petra-vogel",
        "on hold by D-001",
        &[("state = \"active\"", "state = \"on-hold\"")],
    );
    p.reports(&COURSE);
    p.add("2026-05-11", "henrik-dahl", "B-001", B_1);
    p.add("2026-06-01", "henrik-dahl", "R-001", R_1);
    p.edit("2026-09-10", "henrik-dahl", "R-001", "occurred", &[
        ("state = \"open\"", "state = \"occurred\""),
        ("raised = 2026-06-01", "raised = 2026-06-01\nclosed_on = 2026-09-10\noutcome = \"The supplier filed for insolvency.\""),
    ]);
    p.add("2026-09-10 16:00", "henrik-dahl", "I-001", I_1);
    p.add("2026-09-11", "henrik-dahl", "D-001", D_1);
    p.edit("2026-09-16", "petra-vogel", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Core systems board\"", "forum = \"Core systems board\"\noutcome = \"On hold until a second supplier has been tried.\"\ndecided_on = 2026-09-16\ndecided_by = \"anneke-visser\""),
    ]);
    p.add("2026-09-17", "henrik-dahl", "A-001", A_1);
    p.add("2026-09-18", "henrik-dahl", "A-002", A_2);
    p.add("2026-09-21", "henrik-dahl", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "Warehouse scanning"
manager = "henrik-dahl"
sponsor = "anneke-visser"
programme = "core-systems"
division = "Logistics"
state = "active"
phase = "build"
method = "hybrid"
class = "C"
purpose = "Goods are booked on paper and typed in at night; one in forty bookings is wrong."
scope = "Hand scanners in two warehouses, bookings into today's stock system."

[schedule]
start = 2026-05-04
finish = 2027-01-29

[budget]
approved = 310_000
contingency = 20_000

[baseline]
approved_on = 2026-04-22

[[milestone]]
id = "scanners"
name = "Scanners delivered"
baseline = 2026-12-04

[[milestone]]
id = "live"
name = "Both warehouses scan"
baseline = 2027-01-29
key = true

[[alignment]]
objective = "one-source-of-truth"
contribution = 3

[[allocation]]
role = "Stock specialist"
from = 2026-05-04
to = 2026-09-16
fte = 0.5

[[stakeholder]]
name = "Warehouse shifts"
influence = 3
interest = 5
channel = "shift talk"
"##;

const COURSE: Weekly = Weekly {
    first: 23,
    by: &[(23, "henrik-dahl")],
    progress: &[(23, 14), (31, 33), (37, 41)],
    cost: &[(23, 43), (31, 102), (37, 128)],
    forecast: &[(23, 310)],
    finish: &[(23, "2027-01-29"), (36, "2027-02-26")],
    confidence: &[(23, 80), (33, 60), (36, 20)],
    rag: &[(23, "GGGGGGGG"), (32, "AAGGGGGG"), (36, "RRGGGGRG")],
    notes: &[
        (32, ("schedule", "Trial lot of scanners two weeks late.")),
        (35, ("schedule", "No date from the supplier for the main lot.")),
        (36, ("schedule", "Nothing will be delivered; the supplier is insolvent.")),
        (36, ("resources", "No supplier; the shifts' testers are back at work.")),
    ],
    path: &[
        (32, "Trial lot by {2026-08-28} in writing, penalty from then on (Henrik Dahl)."),
        (
            36,
            "Board on {2026-09-16}: on hold, second supplier on trial until the end of the year (Anneke Visser).",
        ),
    ],
    decisions: &[(23, &[]), (37, &["D-001"])],
    milestones: &[
        ("scanners", &[(23, "2026-12-04"), (36, "2027-01-08")], None),
        ("live", &[(23, "2027-01-29"), (36, "2027-02-26")], None),
    ],
    next: &["Decision of the board"],
    say: &[
        "Paths of goods in both warehouses are drawn. | Paths of goods; 31 booking types",
        "Booking types are cut from 31 to twelve. | Twelve booking types agreed",
        "Three scanners tried in the cold store; one survived. | Cold store trial",
        "Scanner chosen, contract signed. | Contract; trial lot ordered",
        "Screens drawn with the night shift. | Screens for goods in",
        "Goods in works in the laboratory. | Goods in on one scanner",
        "Interface to the stock system carries bookings. | Interface; error list",
        "Goods out half built. | Goods out, first half",
        "A third of the work is done, trial lot expected next week. | Goods out; training plan",
        "Trial lot is announced a week later. | Stock-taking screens",
        "Trial lot is late, the supplier is vague. | Reminder; labels for 4,000 places",
        "Half of the trial lot came, the rest is promised. | 10 of 20 scanners; trial with the early shift",
        "Early shift likes scanning; no date for the main lot. | Trial with the late shift; letter to the supplier",
        "The supplier does not answer any more. | Purchasing and Legal informed",
        "The supplier is insolvent; the board decides next week. | I-001 raised; inventory of what we own",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Wrong bookings in the warehouses"
owner = "anneke-visser"
kind = "cashable"
measure = "Yearly cost of wrong bookings"
unit = "EUR"
baseline = 210_000
target = 60_000
from = 2027-03-01
"##;

const R_1: &str = r##"
title = "Scanner supplier fails"
kind = "threat"
category = "supplier"
owner = "henrik-dahl"
probability = 2
impact = { schedule = 5 }
response = "transfer"
plan = "Pay by lot, never in advance."
state = "open"
raised = 2026-06-01
"##;

const I_1: &str = r##"
title = "Scanner supplier is insolvent"
owner = "anneke-visser"
severity = "critical"
raised = 2026-09-10
due = 2026-12-18
from = "R-001"
"##;

const D_1: &str = r##"
title = "Stop, hold or change the supplier at once"
state = "open"
wanted_by = 2026-09-16
of = "anneke-visser"
options = ["Terminate", "Hold and try a second supplier", "Second supplier at once, 60 k more"]
recommendation = "Hold."
forum = "Core systems board"
"##;

const A_1: &str = r##"
title = "Try ten scanners of the second supplier in the cold store"
owner = "karl-lindgren"
raised = 2026-09-17
due = 2026-12-11
from = "D-001"
"##;

const A_2: &str = r##"
title = "Register our claim with the insolvency court"
owner = "anneke-visser"
raised = 2026-09-18
due = 2026-10-30
from = "I-001"
"##;

const L_1: &str = r##"
title = "Pay by lot"
happened = "The supplier failed with two lots open; we lost nothing because nothing was paid in advance."
advice = "Keep payment by lot, also against a discount."
category = "procurement"
raised = 2026-09-21
applies_to = ["hardware"]
"##;
