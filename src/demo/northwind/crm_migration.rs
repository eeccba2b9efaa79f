//! The CRM migration: re-planned once, careful, and waiting for the data platform's new interface.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("crm-migration");
    p.charter("2026-01-20 09:30", "tomas-berg", "charter from REQ-0001", CHARTER);
    p.agree("2026-08-14 16:20", "petra-vogel", "new baseline by C-002", &[
        ("finish = 2027-01-31", "finish = 2027-03-31"),
        ("approved = 1_050_000", "approved = 1_200_000"),
        ("approved_on = 2026-01-20", "approved_on = 2026-08-14\nchange = \"C-002\"\n\n[[superseded]]\napproved_on = 2026-01-20\nfinish = 2027-01-31\nbudget = 1_050_000\nmilestones = { go-live = 2026-12-01 }"),
        ("category = \"external\"\napproved = 300_000", "category = \"external\"\napproved = 450_000"),
        ("value = 283_500", "value = 288_000"),
            ("value = 320_250", "value = 380_000"),
            ("value = 504_000", "value = 468_000"),
            ("value = 700_000", "value = 620_000"),
            ("value = 880_000\n", "value = 768_000\n\n[[planned_value]]\ndate = 2027-01-31\nvalue = 1_000_000\n"),
            ("baseline = 2026-12-01\nkey = true", "baseline = 2027-01-31\nkey = true"),
    ]);
    p.agree(
        "2026-09-07 09:10",
        "jana-novak",
        "build has begun",
        &[("phase = \"plan\"", "phase = \"build\"")],
    );
    p.reports(&COURSE);
    p.add("2026-01-26", "jana-novak", "B-001", B_1);
    p.add("2026-01-26 11:00", "jana-novak", "B-002", B_2);
    p.add("2026-03-06 14:30", "petra-vogel", "G1-1", GATE_1);
    p.add("2026-09-04 14:30", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-03-09", "jana-novak", "R-001", R_1);
    p.edit("2026-08-17", "jana-novak", "R-001", "occurred", &[
        ("state = \"open\"", "state = \"occurred\""),
        ("raised = 2026-03-09", "raised = 2026-03-09\nclosed_on = 2026-08-17\noutcome = \"Eleven duplicates in a hundred; two months and 150 k by C-002.\"\nactual_cost = 150_000\nactual_days = 61"),
    ]);
    p.add("2026-06-29", "jana-novak", "R-002", R_2);
    p.add("2026-10-12", "amir-haddad", "R-003", R_3);
    p.edit(
        "2026-11-02",
        "amir-haddad",
        "R-003",
        "escalated to the programme",
        &[(
            "review_by = 2026-12-01\n",
            "review_by = 2026-12-01\nescalated_to = \"customer-360\"\nescalated_on = 2026-11-02\n",
        )],
    );
    p.edit("2026-11-09 16:20", "mei-tanaka", "R-003", "answered by the programme", &[(
        "chance = 15\ncost_effect = 80_000\n",
        "chance = 15\ncost_effect = 80_000\n\n[answer]\nby = \"mei-tanaka\"\non = 2026-11-09\ndecision = \"The programme pays for a second mapping lead if the vendor has named none by the end of November.\"\n",
    )]);
    p.add("2026-09-28", "jana-novak", "R-004", R_4);
    p.add("2026-10-19", "priya-nair", "R-005", R_5);
    for (day, who, number, text) in [
        ("2026-07-13", "jana-novak", "I-001", I_1),
        ("2026-08-24", "amir-haddad", "I-002", I_2),
        ("2026-10-29", "amir-haddad", "I-003", I_3),
        ("2026-11-17", "jana-novak", "I-007", I_7),
    ] {
        p.add(day, who, number, text);
    }
    p.edit("2026-08-14", "jana-novak", "I-001", "resolved", &[
        ("due = 2026-08-14", "due = 2026-08-14\nresolution = \"Re-planned: matching comes before mapping, see C-002.\"\nclosed_on = 2026-08-14"),
    ]);
    p.edit("2026-09-18", "amir-haddad", "I-002", "resolved", &[
        ("due = 2026-09-18", "due = 2026-09-18\nresolution = \"Sales blocked two mornings a week for mapping.\"\nclosed_on = 2026-09-18"),
    ]);
    p.add("2026-07-20", "jana-novak", "D-001", D_1);
    p.edit("2026-08-12", "petra-vogel", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Programme board\"", "forum = \"Programme board\"\noutcome = \"Clean first, two months later.\"\ndecided_on = 2026-08-12\ndecided_by = \"liam-okoye\""),
    ]);
    p.add("2026-09-14", "jana-novak", "D-002", D_2);
    p.edit("2026-10-01", "petra-vogel", "D-002", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Programme board\"", "forum = \"Programme board\"\noutcome = \"Wave 1 is Sales; Service follows in spring.\"\ndecided_on = 2026-09-30\ndecided_by = \"dario-conti\""),
    ]);
    p.add("2026-11-13 16:30", "jana-novak", "D-003", D_3);
    p.add("2026-04-20", "jana-novak", "C-001", C_1);
    p.edit(
        "2026-05-18",
        "petra-vogel",
        "C-001",
        "deferred to wave 2",
        &[("state = \"submitted\"", "state = \"deferred\"")],
    );
    p.add("2026-07-27", "jana-novak", "C-002", C_2);
    p.edit(
        "2026-08-14 16:00",
        "petra-vogel",
        "C-002",
        "approved",
        &[
            ("state = \"submitted\"", "state = \"approved\""),
            ("raised = 2026-07-27", "raised = 2026-07-27\ndecided_on = 2026-08-14\ndecision = \"D-001\""),
        ],
    );
    p.add("2026-11-13 16:10", "jana-novak", "C-003", C_3);
    p.add("2026-09-29", "jana-novak", "A-001", A_1);
    p.edit(
        "2026-10-15",
        "amir-haddad",
        "A-001",
        "done",
        &[("due = 2026-10-16", "due = 2026-10-16\ndone_on = 2026-10-15")],
    );
    p.add("2026-10-27", "jana-novak", "A-002", A_2);
    p.add("2026-11-03", "jana-novak", "A-003", A_3);
    p.add("2026-10-05", "jana-novak", "A-004", A_4);
    p.add("2026-02-09", "jana-novak", "S-001", S_1);
    p.add("2026-08-20", "jana-novak", "L-001", L_1);
    p.file(
        "2026-10-27 17:30",
        "jana-novak",
        "minutes of the mapping workshop",
        "docs/mapping-workshop.md",
        MINUTES,
    );
}

const CHARTER: &str = r##"
name = "CRM migration"
manager = "jana-novak"
sponsor = "liam-okoye"
programme = "customer-360"
division = "Sales"
state = "active"
phase = "plan"
method = "hybrid"
class = "B"
purpose = "Sales sees three half customers instead of one; the old CRM is out of support at the end of next year."
scope = "Customers, contacts, offers and visits of Sales and Service in two waves; no marketing automation."
tags = ["customer-data", "out-of-support"]
request = "REQ-0001"

[schedule]
start = 2026-02-02
finish = 2027-01-31

[budget]
approved = 1_050_000
contingency = 90_000
management_reserve = 60_000

[baseline]
approved_on = 2026-01-20

[[cost]]
category = "internal"
approved = 700_000

[[cost]]
category = "external"
approved = 300_000

[[cost]]
category = "licences"
approved = 50_000

[[planned_value]]
date = 2026-05-29
value = 283_500

[[planned_value]]
date = 2026-06-30
value = 320_250

[[planned_value]]
date = 2026-08-14
value = 504_000

[[planned_value]]
date = 2026-10-02
value = 700_000

[[planned_value]]
date = 2026-11-20
value = 880_000

[[milestone]]
id = "design-done"
name = "Target design signed"
baseline = 2026-10-02

[[milestone]]
id = "trial-load"
name = "First trial load of all customers"
baseline = 2026-12-04

[[milestone]]
id = "go-live"
name = "Go-live, wave 1"
baseline = 2026-12-01
key = true
gate = "G4"

[[milestone]]
id = "wave-2"
name = "Go-live, wave 2"
baseline = 2027-03-19

[[dependency]]
on = "data-platform#api-v2"
milestone = "go-live"
needed_by = 2027-01-31
kind = "finish-to-start"
note = "Customer lookup by the new interface; the old one is switched off."

[[dependency]]
on = "zero-trust#single-sign-on"
needed_by = 2027-03-05
lag_days = 5

[[alignment]]
objective = "grow-retention"
contribution = 4

[[alignment]]
objective = "one-source-of-truth"
contribution = 3

[[allocation]]
person = "amir-haddad"
from = 2026-10-01
to = 2027-01-31
fte = 0.5

[[allocation]]
person = "priya-nair"
from = 2026-09-01
to = 2027-01-31
fte = 0.5

[[allocation]]
role = "Data steward"
from = 2026-09-01
to = 2027-03-31
fte = 1.5

[[stakeholder]]
name = "Regional sales managers"
influence = 4
interest = 5
channel = "fortnightly demonstration"

[[stakeholder]]
name = "Works council"
influence = 4
interest = 5
channel = "monthly briefing"

[tolerance]
cost_percent = 10
finish_days = 28

[custom]
personal_data = true
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "jana-novak")],
    progress: &[(22, 28), (28, 34), (33, 40), (40, 52), (47, 62)],
    cost: &[(22, 290), (28, 365), (33, 470), (40, 640), (47, 790)],
    forecast: &[(22, 1050), (29, 1120), (33, 1200), (40, 1230), (44, 1260)],
    finish: &[
        (22, "2027-01-31"),
        (28, "2027-03-12"),
        (33, "2027-03-31"),
        (40, "2027-04-08"),
        (44, "2027-04-15"),
    ],
    drawn: &[(22, 0), (35, 10), (42, 20)],
    confidence: &[(22, 80), (28, 45), (33, 80), (41, 75), (44, 70)],
    rag: &[
        (22, "GGGGGGGG"),
        (27, "AAGGGGGA"),
        (28, "RRGGGGGA"),
        (29, "RRAGGGGA"),
        (31, "RRARGGGA"),
        (33, "GGGGGGGG"),
        (41, "AGAGGGGG"),
        (44, "AAAGGGGG"),
    ],
    notes: &[
        (27, ("schedule", "Duplicates must be cleaned before mapping; nobody had planned for it.")),
        (27, ("quality", "Eleven customers in a hundred are duplicates, four were expected.")),
        (29, ("cost", "Data stewards for the cleaning, about 150 k; C-002 asks for it.")),
        (31, ("scope", "C-002 is worth 14 % of the budget and not decided.")),
        (31, ("schedule", "Two months by the new estimate; C-002 is with the programme board.")),
        (41, ("cost", "Cleaning takes more days a record than estimated; CPI near 0.95.")),
        (44, ("schedule", "Vendor slipped two weeks on the data-mapping workshop.")),
        (44, ("cost", "Two more months of the vendor.")),
    ],
    path: &[
        (
            27,
            "Estimate of the cleaning by {2026-07-24}, change request to the board by {2026-07-31} (Jana Novak).",
        ),
        (31, "C-002 decided on {2026-08-14}; with the new baseline back to green in the same week."),
        (
            41,
            "Second data steward from {2026-10-19}; unit cost per record watched weekly, back at plan by {2026-11-27}.",
        ),
        (
            44,
            "Mapping of wave 1 in two parallel groups until {2026-12-11} (Amir Haddad); C-003 covers the vendor, decision D-003 by {2026-11-27}.",
        ),
    ],
    decisions: &[(22, &[]), (30, &["D-001"]), (33, &[]), (38, &["D-002"]), (41, &[]), (46, &["D-003"])],
    milestones: &[
        ("design-done", &[(22, "2026-08-28"), (28, "2026-09-25"), (36, "2026-10-02")], Some("2026-10-02")),
        ("trial-load", &[(22, "2026-10-23"), (28, "2026-12-04"), (44, "2026-12-16")], None),
        ("go-live", &[(22, "2026-12-01"), (28, "2027-01-29"), (33, "2027-01-31"), (45, "2027-02-14")], None),
        ("wave-2", &[(22, "2027-01-22"), (28, "2027-03-05"), (33, "2027-03-19"), (44, "2027-04-02")], None),
    ],
    sprints: &[
        (36, 9, "2026-09-04", [30, 26, 430, 128]),
        (38, 10, "2026-09-18", [30, 30, 436, 158]),
        (40, 11, "2026-10-02", [32, 29, 448, 187]),
        (42, 12, "2026-10-16", [32, 24, 461, 211]),
        (44, 13, "2026-10-30", [34, 30, 472, 241]),
        (46, 14, "2026-11-13", [34, 29, 480, 270]),
    ],
    next: &["First load of 2,000 customers into the test system", "Workshop on visits, second half"],
    say: &[
        "Analysis of the old CRM is on plan; Sales answers within a day. | Field list of customers and contacts; 41 reports classified",
        "Reports are fewer than feared: 41 of 160 are used. | Report list agreed with Sales; roles drafted",
        "Target processes for offers agreed in one workshop. | Offer process; first look into data quality",
        "First profile of the data is in; more duplicates than expected, being counted. | Profile of 20,000 customers; visit process drafted",
        "Duplicates are counted over the whole stock before anyone worries. | Full duplicate count started; contact process agreed",
        "Eleven duplicates in a hundred: mapping cannot start on this data. | Duplicate count finished; causes named",
        "The end date cannot hold; an estimate of the cleaning is in work. | Trial cleaning of 500 records; matching tool chosen",
        "Trial cleaning shows six minutes a record; the forecast follows. | Effort per record measured; vendor asked for an offer",
        "Options are ready for the board: clean first, or migrate and clean later. | Options paper; stewards found in two regions",
        "C-002 is submitted; the team cleans what it can meanwhile. | C-002 submitted; 4,000 records cleaned",
        "The board wants the two-month option costed once more. | Second costing; works council informed",
        "The board approved the new baseline: two months later, 150 k more. | New baseline; plan for two waves",
        "New plan in force; cleaning at 900 records a day. | Stewards trained; 11,000 records cleaned",
        "Cleaning on plan; offer process built in the test system. | Offer process in test; 17,000 records cleaned",
        "Gate 2 passed; build begins and mapping with it. | Gate 2; mapping of customers one third done",
        "Build of customers and contacts; Sales misses mapping sessions. | Contact screens; I-002 raised with Sales",
        "Two mornings a week are blocked for mapping now, it shows. | Mapping of customers finished; offer import tested",
        "Question for the board: Sales first, or Sales and Service together. | D-002 written; target design in review",
        "Target design signed on the day; wave 1 is Sales. | Target design signed; interface contract with data platform",
        "Cost per cleaned record is above plan; a second steward will help. | Unit costs analysed; visits designed",
        "Second steward has started; visits and offers are built. | Second steward; visits built, 38,000 records cleaned",
        "Build on plan; the vendor announces a delay of its mapping workshop. | Search across customers; reminder to the vendor",
        "The mapping workshop slips two weeks and moves the finish to mid April. | Workshop rescheduled; mapping split into two groups",
        "Go-live, wave 1 follows to {2027-02-14}; the first group has mapped half of its fields. | Half of group one mapped; test system refreshed",
        "Wave 1 half mapped; C-003 asks for the vendor's two more months. | C-003 and D-003 written; authorisations tested",
        "Wave 1 data mapped; go-live holds if the data platform's API v2 comes in time, and it says it will not. | Mapping of wave 1 finished; talk with the data platform on API v2",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Fewer customers lost"
owner = "dario-conti"
kind = "cashable"
measure = "Yearly margin of customers who leave"
unit = "EUR"
baseline = 2_400_000
target = 2_000_000
forecast = 2_020_000
from = 2027-07-01

[[plan]]
date = 2027-12-31
value = 2_200_000

[[plan]]
date = 2028-12-31
value = 2_000_000
"##;

const B_2: &str = r##"
title = "Double entry in Sales ends"
owner = "dario-conti"
kind = "non-cashable"
measure = "Hours a week per sales team"
unit = "hours"
baseline = 11
target = 3
forecast = 3
from = 2027-05-01
"##;

const GATE_1: &str = r##"
title = "Gate 1: mandate"
held_on = 2026-03-06
forum = "Programme board"
evidence = ["Business case 2.0", "Plan 1.0"]
outcome = "go"
"##;

const GATE_2: &str = r##"
title = "Gate 2: plan"
held_on = 2026-09-04
forum = "Programme board"
evidence = ["Target design 0.9", "Clean sample of 10,000 customers"]
outcome = "conditional"

[[conditions]]
text = "Target design signed by Sales"
owner = "jana-novak"
due = 2026-10-02
met_on = 2026-10-02

[[conditions]]
text = "Works council agrees to the reports on visits"
owner = "jana-novak"
due = 2026-12-11
"##;

const R_1: &str = r##"
title = "Data quality of the old CRM is worse than sampled"
kind = "threat"
category = "quality"
owner = "jana-novak"
probability = 4
impact = { cost = 3, schedule = 3 }
chance = 60
cost_effect = { low = 40_000, likely = 90_000, high = 160_000 }
days_effect = 30
response = "mitigate"
plan = "Profile the whole stock before mapping."
plan_due = 2026-06-30
state = "open"
raised = 2026-03-09
"##;

const R_2: &str = r##"
title = "The works council objects to reports on visits"
kind = "threat"
category = "people"
owner = "jana-novak"
cause = "Reports show visits by name."
event = "The works council withholds its consent."
effect = "Wave 1 starts without visits."
probability = 2
impact = { scope = 3 }
chance = 25
cost_effect = 15_000
response = "avoid"
plan = "Reports by team, names only for one's own visits."
plan_due = 2026-12-11
state = "open"
raised = 2026-06-29
review_by = 2026-12-01
"##;

const R_3: &str = r##"
title = "Data-mapping vendor misses the second workshop"
kind = "threat"
category = "supplier"
supplier = "Mapwell"
owner = "amir-haddad"
cause = "The vendor's mapping lead works for three customers at once."
event = "The workshop is held two weeks late or without her."
effect = "Mapping of offers starts late and the trial load moves."
probability = 3
impact = { cost = 4, schedule = 3 }
chance = 35
cost_effect = { low = 40_000, likely = 80_000, high = 150_000 }
days_effect = 15
response = "mitigate"
plan = "A second mapping lead by name in the contract; two groups in parallel."
plan_cost = 12_000
plan_due = 2027-01-15
window = { from = 2026-12-01, to = 2027-01-31 }
state = "open"
raised = 2026-10-12
review_by = 2026-12-01
report = true
links = ["#go-live", "data-platform/R-004"]

[initial]
probability = 4
impact = 4

[target]
probability = 2
impact = 3
chance = 15
cost_effect = 80_000
"##;

const R_4: &str = r##"
title = "One interface less through the shared platform"
kind = "opportunity"
category = "technical"
owner = "priya-nair"
probability = 3
impact = { cost = 2 }
chance = 40
cost_effect = 35_000
response = "exploit"
plan = "Use the data platform's customer lookup instead of an own one."
plan_due = 2027-01-15
state = "open"
raised = 2026-09-28
review_by = 2026-12-15
links = ["erp-rollout/R-005"]
"##;

const R_5: &str = r##"
title = "Old and new CRM run side by side longer than a month"
kind = "threat"
category = "technical"
owner = "priya-nair"
probability = 2
impact = { cost = 3, schedule = 2 }
chance = 20
cost_effect = 30_000
response = "mitigate"
plan = "Nightly copy in both directions, at most for wave 1."
plan_due = 2027-01-22
state = "open"
raised = 2026-10-19
review_by = 2026-12-08

[target]
probability = 3
impact = { cost = 3, schedule = 2 }
"##;

const I_1: &str = r##"
title = "Mapping cannot start on today's data"
owner = "jana-novak"
severity = "high"
raised = 2026-07-13
due = 2026-08-14
from = "R-001"
"##;

const I_2: &str = r##"
title = "Sales misses mapping sessions"
owner = "amir-haddad"
severity = "medium"
raised = 2026-08-24
due = 2026-09-18
"##;

const I_3: &str = r##"
title = "Vendor moved the mapping workshop by two weeks"
owner = "amir-haddad"
severity = "medium"
raised = 2026-10-29
due = 2026-12-04
from = "R-003"
"##;

const I_7: &str = r##"
title = "API v2 comes four weeks after wave 1 needs it"
owner = "jana-novak"
severity = "high"
raised = 2026-11-17
due = 2026-12-11
links = ["data-platform#api-v2", "#go-live"]
"##;

const D_1: &str = r##"
title = "Clean first or migrate first"
state = "open"
wanted_by = 2026-08-14
of = "liam-okoye"
options = ["Clean first: two months, 150 k", "Migrate and clean in the new CRM: no delay, unhappy users"]
recommendation = "Clean first."
forum = "Programme board"
"##;

const D_2: &str = r##"
title = "What is in wave 1"
state = "open"
wanted_by = 2026-10-02
of = "dario-conti"
options = ["Sales", "Sales and Service"]
recommendation = "Sales."
forum = "Programme board"
"##;

const D_3: &str = r##"
title = "Two more months of the mapping vendor"
state = "open"
wanted_by = 2026-11-27
of = "liam-okoye"
options = ["Extend by two months, 60 k (C-003)", "Finish mapping with our own stewards, six weeks later"]
recommendation = "Extend: the stewards are the same people who clean."
forum = "Programme board"
"##;

const C_1: &str = r##"
title = "Campaign history of five years"
state = "submitted"
raised = 2026-04-20
reason = "Marketing asks for its campaign history."
effect = { cost = 70_000, days = 25, scope = "Campaigns and responses of five years" }
"##;

const C_2: &str = r##"
title = "Clean the customer data before mapping"
state = "submitted"
raised = 2026-07-27
reason = "Eleven customers in a hundred are duplicates."
effect = { cost = 150_000, days = 59, scope = "none" }
"##;

const C_3: &str = r##"
title = "Extend the mapping vendor by two months"
state = "submitted"
raised = 2026-11-13
reason = "The workshop slipped; mapping of wave 2 falls into the vendor's notice period."
effect = { cost = 60_000, days = 15, scope = "none" }
decision = "D-003"
"##;

const A_1: &str = r##"
title = "Agree the interface contract with the data platform"
owner = "amir-haddad"
raised = 2026-09-29
due = 2026-10-16
links = ["data-platform#api-v2"]
"##;

const A_2: &str = r##"
title = "Get a named second mapping lead from the vendor"
owner = "amir-haddad"
raised = 2026-10-27
due = 2026-11-10
from = "R-003"
"##;

const A_3: &str = r##"
title = "Write the cut-over plan for wave 1"
owner = "jana-novak"
raised = 2026-11-03
due = 2026-12-04
"##;

const A_4: &str = r##"
title = "Export of the visit archive by the old vendor"
owner = "jana-novak"
raised = 2026-10-05
due = 2026-11-06
"##;

const S_1: &str = r##"
title = "The old CRM's vendor keeps its export tool running until wave 2"
owner = "jana-novak"
confidence = "medium"
validate_by = 2026-12-18
"##;

const L_1: &str = r##"
title = "Profile the whole stock of data, not a sample"
happened = "A sample of 500 customers showed 4 % duplicates, the whole stock 11 %: duplicates cluster in two regions."
advice = "Profile everything before a date is promised; it takes a week."
category = "data"
applies_to = ["migration"]
"##;

const MINUTES: &str = r##"# Mapping workshop, first half

Present: Jana Novak, Amir Haddad, Priya Nair, two regional sales managers, the vendor's mapping lead.

- Customers and contacts: every field has a target or is dropped (63 of 211 dropped).
- Offers: discounts are kept by line. Open: what becomes of offers older than three years.
- The second half was moved by the vendor, see I-003.
"##;
