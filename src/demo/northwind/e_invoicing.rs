//! E-invoicing: a legal date, a quiet project, and a last report that is a copy.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("e-invoicing");
    p.charter("2026-03-03 11:20", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.agree(
        "2026-10-05 10:15",
        "piotr-zielinski",
        "test begins",
        &[("phase = \"build\"", "phase = \"test\"")],
    );
    p.reports(&COURSE);
    p.booked(&[
        ("2026-03", &[("internal", 10), ("external", 6)]),
        ("2026-04", &[("internal", 18), ("external", 20)]),
        ("2026-05", &[("internal", 18), ("external", 24)]),
        ("2026-06", &[("internal", 17), ("external", 24)]),
        ("2026-07", &[("internal", 16), ("external", 22)]),
        ("2026-08", &[("internal", 15), ("external", 16)]),
        ("2026-09", &[("internal", 18), ("external", 23)]),
        ("2026-10", &[("internal", 19), ("external", 26)]),
    ]);
    p.add("2026-03-23", "piotr-zielinski", "B-001", B_1);
    p.edit("2026-11-03", "piotr-zielinski", "B-001", "first measurement, two countries", &[
        ("from = 2027-02-01\n", "from = 2027-02-01\n\n[[measurement]]\ndate = 2026-10-31\nvalue = 7.80\nnote = \"Country one and two only.\"\n"),
    ]);
    p.add("2026-05-22 11:00", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-10-02 11:00", "petra-vogel", "G3-1", GATE_3);
    p.add("2026-04-27", "piotr-zielinski", "R-001", R_1);
    p.add("2026-07-20", "piotr-zielinski", "R-002", R_2);
    p.add("2026-09-08", "piotr-zielinski", "I-001", I_1);
    p.edit("2026-10-20", "piotr-zielinski", "I-001", "resolved", &[
        ("due = 2026-10-23", "due = 2026-10-23\nresolution = \"Six suppliers use the portal until they can send.\"\nclosed_on = 2026-10-20"),
    ]);
    p.add("2026-11-03", "piotr-zielinski", "A-001", A_1);
    p.add("2026-06-02", "piotr-zielinski", "D-001", D_1);
    p.edit("2026-06-19", "carla-mendes", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Core systems board\"", "forum = \"Core systems board\"\noutcome = \"Service provider.\"\ndecided_on = 2026-06-19\ndecided_by = \"eva-lundgren\""),
    ]);
    p.add("2026-03-30", "piotr-zielinski", "S-001", S_1);
}

const CHARTER: &str = r##"
name = "E-invoicing"
manager = "piotr-zielinski"
sponsor = "eva-lundgren"
programme = "core-systems"
division = "Finance"
state = "active"
phase = "build"
method = "waterfall"
class = "B"
purpose = "From the first working day of next year the law demands electronic invoices between companies."
scope = "Receive and send in three countries; archive; portal for small suppliers."
tags = ["legal"]

[schedule]
start = 2026-03-16
finish = 2027-01-29

[budget]
approved = 420_000
contingency = 30_000
management_reserve = 15_000

[baseline]
approved_on = 2026-03-03

[[cost]]
category = "internal"
approved = 180_000

[[cost]]
category = "external"
approved = 240_000

[[milestone]]
id = "receive"
name = "Receiving works in three countries"
baseline = 2026-10-02
gate = "G3"

[[milestone]]
id = "send"
name = "Sending works in three countries"
baseline = 2026-12-11
key = true
gate = "G4"

[[milestone]]
id = "legal-date"
name = "Legal date"
baseline = 2027-01-04
key = true

[[dependency]]
on = "dc-exit#archive-moved"
needed_by = 2026-09-30

[[alignment]]
objective = "safe-operations"
contribution = 3

[[allocation]]
person = "olga-petrova"
from = 2026-10-05
to = 2026-12-18
fte = 0.2

[[stakeholder]]
name = "Tax adviser"
influence = 4
interest = 3
channel = "on demand"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "piotr-zielinski")],
    progress: &[(22, 25), (46, 77), (47, 77)],
    forecast: &[(22, 420), (32, 416)],
    finish: &[(22, "2027-01-29")],
    drawn: &[(22, 0)],
    confidence: &[(22, 85), (37, 80), (43, 90)],
    rag: &[(22, "GGGGGGGG"), (37, "AGGAGGGG"), (43, "GGGGGGGG")],
    notes: &[
        (37, ("scope", "Six of 900 suppliers can neither send nor use e-mail with attachments (I-001).")),
        (40, ("scope", "Portal for the six suppliers is being tried.")),
    ],
    path: &[
        (37, "A way for the six suppliers by {2026-10-23} (Piotr Zielinski)."),
        (40, "Portal accepted by four of six, the others by {2026-10-23} (Piotr Zielinski)."),
    ],
    decisions: &[(22, &[]), (23, &["D-001"]), (25, &[])],
    milestones: &[
        ("receive", &[(22, "2026-10-02")], Some("2026-10-01")),
        ("send", &[(22, "2026-12-11")], None),
        ("legal-date", &[(22, "2027-01-04")], None),
    ],
    next: &["Test with the tax office in country two", "Reminder to 40 customers without an address"],
    say: &[
        "Requirements of three countries are compared; they differ less than feared. | Comparison of three countries",
        "Service provider or own conversion: the question is with the board. | D-001 written; two offers",
        "Offers hold; a visit to a reference customer was useful. | Reference visit; draft of the contract",
        "Service provider chosen, contract in signature. | D-001 decided; contract signed",
        "Access to the provider works; first invoice received in test. | First invoice in test",
        "Mapping of purchase orders agreed with Purchasing. | Mapping of purchase orders",
        "Archive meets the rules of two countries. | Archive rules for countries one and two",
        "Three hundred suppliers were written to. | Letter to suppliers, first lot",
        "Receiving in country one works from end to end. | Country one receives",
        "Quiet week, approvals in the workflow were tested. | Approval workflow",
        "The provider grants a lower price per invoice; forecast falls by 4 k. | Price agreed; country two prepared",
        "Country two receives in test. | Country two in test",
        "Country two accepted by accounting. | Country two receives; duplicates check",
        "Half of the suppliers have confirmed. | 450 suppliers confirmed",
        "Country three waits for its tax number, a formality. | Tax number applied for; archive of country three",
        "Six suppliers can send nothing electronic at all. | I-001 raised; calls with six suppliers",
        "A portal of the provider may serve the six. | Portal looked at; tax number received",
        "Country three receives in test. | Country three in test",
        "Receiving works in three countries a day early; gate 3 passed. | Receiving accepted; gate 3",
        "Sending has begun; four of six suppliers accept the portal. | First outgoing invoice in test",
        "Invoice layout and data match for all document types but credit notes. | Document types mapped",
        "Last suppliers are settled; back to green. | I-001 closed; credit notes mapped",
        "Tests with ten large customers go well. | Ten customers tested",
        "Tax office of country one accepted our files. | Test with the tax office in country one",
        "Sending is ready in country one; on plan for the legal date. | Country one sends; 40 customers without an address listed",
        "Sending is ready in country one; on plan for the legal date. | Country one sends; 40 customers without an address listed",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Cost of an incoming invoice"
owner = "eva-lundgren"
kind = "cashable"
measure = "Cost of one invoice from post to payment"
unit = "EUR an invoice"
times_a_year = 42_000
baseline = 9.40
target = 3.10
forecast = 3.20
from = 2027-02-01
"##;

const GATE_2: &str = r##"
title = "Gate 2: plan"
held_on = 2026-05-22
forum = "Core systems board"
evidence = ["Comparison of three countries", "Plan 1.0"]
outcome = "go"
"##;

const GATE_3: &str = r##"
title = "Gate 3: receiving"
held_on = 2026-10-02
forum = "Core systems board"
evidence = ["Acceptance by accounting in three countries"]
outcome = "go"
"##;

const R_1: &str = r##"
title = "A country changes its format before the legal date"
kind = "threat"
category = "legal"
owner = "piotr-zielinski"
probability = 2
impact = { cost = 2, schedule = 3 }
chance = 15
cost_effect = 25_000
days_effect = 10
response = "transfer"
plan = "The provider must follow within four weeks, by contract."
plan_due = 2026-12-11
state = "open"
raised = 2026-04-27
review_by = 2026-12-11
report = true
"##;

const R_2: &str = r##"
title = "Early payment discounts can be drawn again"
kind = "opportunity"
category = "commercial"
owner = "carla-mendes"
probability = 4
impact = { benefits = 2 }
chance = 60
cost_effect = 22_000
response = "exploit"
plan = "Approval within five days, discounts first in the queue."
plan_due = 2027-01-15
state = "open"
raised = 2026-07-20
review_by = 2026-12-18
"##;

const I_1: &str = r##"
title = "Six suppliers can send nothing electronic"
owner = "piotr-zielinski"
severity = "medium"
raised = 2026-09-08
due = 2026-10-23
"##;

const A_1: &str = r##"
title = "Get invoice addresses of 40 customers"
owner = "piotr-zielinski"
raised = 2026-11-03
due = 2026-12-04
"##;

const D_1: &str = r##"
title = "Service provider or own conversion"
state = "open"
wanted_by = 2026-06-19
of = "eva-lundgren"
options = ["Service provider", "Own conversion on the ERP"]
recommendation = "Service provider: the ERP comes after the legal date."
forum = "Core systems board"
"##;

const S_1: &str = r##"
title = "The law is not postponed"
owner = "piotr-zielinski"
confidence = "high"
validate_by = 2026-12-11
"##;
