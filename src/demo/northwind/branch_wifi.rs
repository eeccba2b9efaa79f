//! Branch wifi: a small project whose manager has no time left for it and stops reporting.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("branch-wifi");
    p.charter("2026-06-22 13:10", "tomas-berg", "charter from REQ-0003", CHARTER);
    p.reports(&COURSE);
    p.add("2026-07-13", "amir-haddad", "R-001", R_1);
    p.add("2026-09-07", "amir-haddad", "R-002", R_2);
    p.edit(
        "2026-10-12",
        "amir-haddad",
        "R-002",
        "escalated to the programme",
        &[(
            "review_by = 2026-12-01\n",
            "review_by = 2026-12-01\nescalated_to = \"infrastructure\"\nescalated_on = 2026-10-12\n",
        )],
    );
    p.add("2026-10-05", "kwame-mensah", "I-001", I_1);
    p.add("2026-10-13", "amir-haddad", "A-001", A_1);
    p.add("2026-07-06", "amir-haddad", "B-001", B_1);
    p.add("2026-07-10 15:30", "petra-vogel", "G1-1", GATE_1);
    p.add("2026-07-14", "amir-haddad", "S-001", S_1);
}

const CHARTER: &str = r##"
name = "Branch wifi"
manager = "amir-haddad"
sponsor = "anneke-visser"
programme = "infrastructure"
division = "Operations"
state = "active"
phase = "plan"
method = "waterfall"
class = "C"
purpose = "Scanners and tablets lose their connection in 38 branches several times a day."
scope = "New access points and cabling in 38 branches; no new internet lines."
request = "REQ-0003"

[schedule]
start = 2026-07-06
finish = 2027-04-30

[budget]
approved = 210_000
contingency = 15_000

[baseline]
approved_on = 2026-06-22

[[planned_value]]
date = 2026-07-17
value = 2_100

[[planned_value]]
date = 2026-11-06
value = 37_800

[[planned_value]]
date = 2027-01-29
value = 110_000

[[milestone]]
id = "survey"
name = "All branches surveyed"
baseline = 2026-12-11

[[milestone]]
id = "pilot"
name = "Three pilot branches in operation"
baseline = 2027-01-29

[[milestone]]
id = "done"
name = "38 branches in operation"
baseline = 2027-04-30
key = true

[[dependency]]
on = "zero-trust#network-access"
milestone = "pilot"
needed_by = 2027-01-15

[[alignment]]
objective = "lower-run-cost"
contribution = 2

[[allocation]]
person = "amir-haddad"
from = 2026-07-06
to = 2027-04-30
fte = 0.4

[[allocation]]
person = "kwame-mensah"
from = 2026-09-01
to = 2027-04-30
fte = 0.5

[[stakeholder]]
name = "Branch managers"
influence = 3
interest = 4
channel = "newsletter"
"##;

const COURSE: Weekly = Weekly {
    first: 29,
    by: &[(29, "amir-haddad")],
    progress: &[(29, 3), (45, 20)],
    cost: &[(29, 5), (45, 39)],
    confidence: &[(29, 80), (41, 60)],
    rag: &[(29, "GGGGGGGG"), (40, "AGGGGGAG")],
    notes: &[(
        40,
        ("resources", "Amir Haddad is wanted for the CRM mapping half of his time since October."),
    )],
    path: &[
        (40, "A second surveyor from the network team by {2026-11-09} (Amir Haddad)."),
        (44, "Survey the last 14 branches by video call until {2026-12-04} (Kwame Mensah)."),
    ],
    milestones: &[
        ("survey", &[(29, "2026-12-11")], None),
        ("pilot", &[(29, "2027-01-29")], None),
        ("done", &[(29, "2027-04-30")], None),
    ],
    next: &["Survey of the coastal branches"],
    say: &[
        "Kick-off held; all 38 branches have a contact. | Kick-off; contact list",
        "Survey method agreed with the network team. | Survey form; measuring kit ordered",
        "First branch surveyed: two more access points than drawn. | Branch one surveyed",
        "Holiday season, branches answer slowly. | Drawings of twelve branches collected",
        "Three branches surveyed; cabling is older than recorded. | Branches two and three surveyed",
        "Offers for access points asked for. | Tender sent to four suppliers",
        "Five branches surveyed in one trip. | Western branches surveyed",
        "Offers are in, all below the estimate. | Offers compared; ten branches surveyed",
        "Supplier chosen; contract with Purchasing. | Award prepared; cabling partner met",
        "Contract signed; delivery for the pilot promised. | Contract; pilot branches named",
        "Fourteen branches surveyed; Kwame Mensah joins. | Kwame Mensah on board; survey tool simplified",
        "Sixteen surveyed, a slow week. | Two branches surveyed; guest network designed",
        "My time is shared with the CRM from now on; survey goes on with one person. | Plan for shared time; nineteen branches surveyed",
        "Twenty surveyed; two branches refuse new cabling before a rebuild. | I-001 raised; one branch surveyed",
        "Landlords of the two branches were written to. | Letters to landlords",
        "Twenty-two surveyed. Short report, workshop for the CRM all week. | Two branches surveyed",
        "Twenty-four of 38 surveyed; the rest by video call. | Video survey tried in two branches",
    ],
    ..Weekly::BLANK
};

const R_1: &str = r##"
title = "Old cabling in more than ten branches"
kind = "threat"
category = "technical"
owner = "kwame-mensah"
probability = 3
impact = { cost = 3 }
chance = 40
cost_effect = { low = 10_000, likely = 20_000, high = 35_000 }
response = "mitigate"
plan = "Survey cabling with the access points, price per metre in the contract."
plan_due = 2026-12-11
state = "open"
raised = 2026-07-13
review_by = 2026-12-11
report = true
"##;

const R_2: &str = r##"
title = "Nobody leads the project while the CRM needs its manager"
kind = "threat"
category = "people"
owner = "amir-haddad"
probability = 4
impact = { schedule = 2 }
response = "escalate"
plan = "Ask the programme for a second surveyor."
plan_due = 2026-11-30
state = "open"
raised = 2026-09-07
review_by = 2026-12-01
"##;

const I_1: &str = r##"
title = "Two landlords refuse new cabling"
owner = "kwame-mensah"
severity = "low"
raised = 2026-10-05
due = 2026-12-18
"##;

const A_1: &str = r##"
title = "Write to the landlords of the two branches"
owner = "amir-haddad"
raised = 2026-10-13
due = 2026-11-03
from = "I-001"
"##;

const B_1: &str = r##"
title = "Connection drops in branches"
owner = "anneke-visser"
kind = "non-cashable"
measure = "Drops per branch and day"
unit = "drops"
baseline = 6
target = 1
from = 2027-06-01
"##;

const GATE_1: &str = r##"
title = "Gate 1: mandate"
held_on = 2026-07-10
forum = "Infrastructure board"
evidence = ["Charter 1.0"]
outcome = "go"
"##;

const S_1: &str = r##"
title = "Branches stay open while access points are mounted"
owner = "amir-haddad"
confidence = "high"
validate_by = 2027-01-15
"##;
