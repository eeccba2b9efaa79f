//! The payroll watermelon: green outside, and the figures say red.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("payroll-cloud");
    p.charter("2026-01-09 14:15", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.agree(
        "2026-08-03 08:50",
        "liam-okoye",
        "build is done, test begins",
        &[("phase = \"build\"", "phase = \"test\"")],
    );
    p.reports(&COURSE);
    p.add("2026-03-27 15:00", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-07-31 15:00", "petra-vogel", "G3-1", GATE_3);
    p.add("2026-01-19", "liam-okoye", "B-001", B_1);
    p.add("2026-01-19 10:00", "liam-okoye", "B-002", B_2);
    p.add("2026-05-11", "liam-okoye", "R-001", R_1);
    p.add("2026-08-24", "olga-petrova", "R-002", R_2);
    p.add("2026-10-12", "liam-okoye", "R-003", R_3);
    p.add("2026-09-21", "olga-petrova", "I-001", I_1);
    p.edit("2026-10-16", "olga-petrova", "I-001", "resolved", &[
        ("due = 2026-10-16", "due = 2026-10-16\nresolution = \"Night allowance rule rewritten by the vendor and tested on 3,100 payslips.\"\nclosed_on = 2026-10-16"),
    ]);
    p.add("2026-11-09", "olga-petrova", "I-002", I_2);
    p.add("2026-06-15", "liam-okoye", "D-001", D_1);
    p.edit("2026-06-30", "liam-okoye", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Core systems board\"", "forum = \"Core systems board\"\noutcome = \"Two parallel runs.\"\ndecided_on = 2026-06-30\ndecided_by = \"hanna-virtanen\""),
    ]);
    p.add("2026-10-20", "olga-petrova", "A-001", A_1);
    p.add("2026-11-10", "liam-okoye", "A-002", A_2);
    p.add("2026-02-16", "liam-okoye", "S-001", S_1);
    p.edit("2026-10-16", "liam-okoye", "S-001", "held for four of five countries", &[
        ("validate_by = 2026-07-31\n", "validate_by = 2026-07-31\noutcome = \"Held for four; night allowances in country one needed a rule of their own.\"\nclosed_on = 2026-10-16\n"),
    ]);
    p.add("2026-08-17", "liam-okoye", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "Payroll to the cloud"
manager = "liam-okoye"
sponsor = "hanna-virtanen"
programme = "core-systems"
division = "Human Resources"
state = "active"
phase = "build"
method = "waterfall"
class = "B"
purpose = "The payroll product on our own servers is out of support from next summer; 4,200 people must be paid on time."
scope = "Payroll for five countries, time import, postings to the ledger; no change to shift planning."

[schedule]
start = 2026-01-12
finish = 2027-01-31

[budget]
approved = 640_000
contingency = 45_000
management_reserve = 20_000

[baseline]
approved_on = 2026-01-09

[[cost]]
category = "external"
approved = 310_000

[[cost]]
category = "internal"
approved = 190_000

[[cost]]
category = "licences"
approved = 140_000

[[milestone]]
id = "configured"
name = "All five countries configured"
baseline = 2026-07-31
gate = "G3"

[[milestone]]
id = "parallel-run-1"
name = "First parallel run"
baseline = 2026-10-30

[[milestone]]
id = "bank-files"
name = "Payment files accepted by the bank"
baseline = 2026-11-13

[[milestone]]
id = "parallel-run-2"
name = "Second parallel run"
baseline = 2026-12-18
gate = "G4"

[[milestone]]
id = "go-live"
name = "First payslips from the cloud"
baseline = 2027-01-31
key = true
gate = "G5"

[[alignment]]
objective = "lower-run-cost"
contribution = 4

[[allocation]]
person = "olga-petrova"
from = 2026-08-01
to = 2027-01-31
fte = 0.6

[[allocation]]
person = "liam-okoye"
from = 2026-01-12
to = 2027-01-31
fte = 0.4

[[stakeholder]]
name = "Works council"
influence = 5
interest = 5
channel = "monthly briefing"

[tolerance]
cost_percent = 8
finish_days = 20
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "liam-okoye")],
    early: 1,
    progress: &[(22, 37), (47, 81)],
    cost: &[(22, 234), (47, 530)],
    forecast: &[(22, 640), (36, 655), (41, 690), (45, 715), (47, 730)],
    finish: &[(22, "2027-01-31"), (43, "2027-02-20"), (46, "2027-03-06")],
    drawn: &[(22, 0), (38, 10), (43, 25)],
    confidence: &[(22, 90), (40, 85)],
    rag: &[(22, "GGGGGGGG")],
    milestones: &[
        ("configured", &[(22, "2026-07-31")], Some("2026-07-31")),
        ("parallel-run-1", &[(22, "2026-10-30")], Some("2026-11-05")),
        ("bank-files", &[(22, "2026-11-13")], None),
        ("parallel-run-2", &[(22, "2026-12-18"), (43, "2027-01-15"), (46, "2027-01-29")], None),
        ("go-live", &[(22, "2027-01-31"), (43, "2027-02-20"), (46, "2027-03-06")], None),
    ],
    next: &["Rerun of the two failed countries", "Clean-up of the time import"],
    say: &[
        "Configuration is on plan in all five countries. | Country two configured; security concept approved",
        "Good progress; HR confirms the wage types. | Wage types for countries one and two confirmed",
        "Country three is under way; nothing to report otherwise. | Country three started; ledger accounts mapped",
        "On plan; the works council has seen the first payslip. | Payslip layout shown to the works council",
        "Country three configured a few days early. | Country three configured; test data anonymised",
        "On plan; decision for two parallel runs is in hand. | Test concept approved; two parallel runs agreed",
        "Country four is simpler than thought. | Country four configured in draft",
        "On plan; time import specified with Operations. | Time import specified",
        "Country five has begun, last one. | Country five started; interface user set up",
        "All countries configured, gate 3 passed on the day. | Last country configured; gate 3",
        "Test phase has begun on schedule. | Test cases for country one; testers trained",
        "First hundred test cases run, normal defect rate. | Hundred test cases; defect board set up",
        "On plan; night allowances differ by a few cents. | Gross-to-net compared for 400 people",
        "Steady progress in testing. | Country two tested; postings to the ledger tested",
        "A few extra vendor days for allowances, absorbed. | Allowance rules reviewed with the vendor",
        "On plan; Olga Petrova strengthens the test team. | Retest of allowances; absence import tested",
        "Testing goes well, defects fall. | Country three tested; 61 of 80 defects closed",
        "Preparations for the parallel run have begun. | Parallel run plan; payroll calendar agreed",
        "On plan; the vendor fixes the last allowance rule. | Night allowance rule delivered for test",
        "Some more vendor effort, still on track for go-live. | Vendor effort reviewed; allowances accepted for country one",
        "Allowances solved; parallel run next. | Allowances accepted for all countries; data copied for the run",
        "Go-live is re-timed slightly to fit the payroll calendar; all green. | Parallel run prepared; cut-over checklist drafted",
        "The first parallel run is on; three of five countries match. | Three countries calculated twice; differences listed",
        "First parallel run finished; two countries need a second look. | Parallel run closed; differences of two countries explained",
        "Go-live in early March fits the quarter better; the team is confident. | Causes of the differences found; new date agreed with HR",
        "Everything in hand: rerun of two countries next, then the second parallel run. | Fixes for country four delivered; rerun scheduled",
    ],
    ..Weekly::BLANK
};

const GATE_2: &str = r##"
title = "Gate 2: plan"
held_on = 2026-03-27
forum = "Core systems board"
evidence = ["Project plan 1.1", "Offer of the vendor"]
outcome = "go"
"##;

const GATE_3: &str = r##"
title = "Gate 3: built"
held_on = 2026-07-31
forum = "Core systems board"
evidence = ["Configuration record of five countries"]
outcome = "conditional"

[[conditions]]
text = "Allowance rules accepted by HR before the first parallel run"
owner = "olga-petrova"
due = 2026-10-23
met_on = 2026-10-16
"##;

const B_1: &str = r##"
title = "Server and licence cost of the old payroll"
owner = "hanna-virtanen"
kind = "cashable"
measure = "Yearly cost of running payroll"
unit = "EUR"
baseline = 410_000
target = 260_000
forecast = 268_000
from = 2027-04-01
"##;

const B_2: &str = r##"
title = "Payslips corrected by hand"
owner = "hanna-virtanen"
kind = "non-cashable"
measure = "Manual corrections a month"
unit = "payslips"
baseline = 140
target = 40
from = 2027-06-01
"##;

const R_1: &str = r##"
title = "A statutory change in one country before go-live"
kind = "threat"
category = "legal"
owner = "hanna-virtanen"
probability = 2
impact = { schedule = 3, cost = 2 }
chance = 20
cost_effect = 20_000
response = "accept"
plan = "The vendor watches the law; two weeks of reserve."
state = "accepted"
raised = 2026-05-11
review_by = 2026-12-15

[acceptance]
by = "hanna-virtanen"
on = 2026-05-11
until = 2027-03-31
reason = "Nobody can hurry a parliament, and two weeks are in the plan."
"##;

const R_2: &str = r##"
title = "Parallel run differs in more than two countries"
kind = "threat"
category = "quality"
owner = "olga-petrova"
cause = "Allowances were interpreted differently by HR and vendor."
event = "Net pay of more than 1 % of people differs."
effect = "Another run, a month later."
probability = 3
impact = { schedule = 4, cost = 3 }
chance = 45
cost_effect = { low = 15_000, likely = 30_000, high = 60_000 }
days_effect = { low = 20, likely = 30, high = 45 }
correlation = "shared-testers"
response = "mitigate"
plan = "Compare every week on a copy of the live month, not only in the run."
plan_due = 2026-12-04
state = "open"
raised = 2026-08-24
review_by = 2026-12-04
report = true
links = ["#parallel-run-2", "#go-live"]

[initial]
probability = 2
impact = 4

[target]
probability = 2
impact = { schedule = 3, cost = 2 }
"##;

const R_3: &str = r##"
title = "Licence credit for switching before the quarter ends"
kind = "opportunity"
category = "supplier"
owner = "liam-okoye"
probability = 2
impact = { cost = 2 }
cost_effect = 18_000
response = "exploit"
plan = "Ask the vendor for the credit with the new go-live date."
state = "open"
raised = 2026-10-12
review_by = 2026-12-11
"##;

const I_1: &str = r##"
title = "Night allowances differ from today's payslips"
owner = "olga-petrova"
severity = "medium"
raised = 2026-09-21
due = 2026-10-16
"##;

const I_2: &str = r##"
title = "Two countries failed the first parallel run"
owner = "olga-petrova"
severity = "high"
raised = 2026-11-09
due = 2026-12-11
from = "R-002"
links = ["#parallel-run-2"]
"##;

const D_1: &str = r##"
title = "One or two parallel runs"
state = "open"
wanted_by = 2026-06-30
of = "hanna-virtanen"
options = ["One run, go-live a month earlier", "Two runs"]
recommendation = "Two runs: wages are not the place to save a month."
forum = "Core systems board"
"##;

const A_1: &str = r##"
title = "Write to the bank about the new payment files"
owner = "olga-petrova"
raised = 2026-10-20
due = 2026-11-06
"##;

const A_2: &str = r##"
title = "Tell the ERP roll-out about the new go-live date"
owner = "liam-okoye"
raised = 2026-11-10
due = 2026-11-30
links = ["erp-rollout"]
"##;

const S_1: &str = r##"
title = "The vendor's standard covers all five countries"
owner = "liam-okoye"
confidence = "medium"
validate_by = 2026-07-31
"##;

const L_1: &str = r##"
title = "Anonymise test data before the test team arrives"
happened = "Anonymising real payslips took two weeks less than expected because it began in June."
advice = "Start it with the first configured country."
category = "testing"
applies_to = ["personal-data"]
"##;
