//! The data platform: on course by itself, late for those who wait for its second interface.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("data-platform");
    p.charter("2025-12-15 11:00", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.reports(&COURSE);
    p.add("2026-01-19", "mei-tanaka", "B-001", B_1);
    p.edit(
        "2026-10-02",
        "mei-tanaka",
        "B-001",
        "first measurement",
        &[(
            "date = 2027-12-31\nvalue = 380_000\n",
            "date = 2027-12-31\nvalue = 380_000\n\n[[measurement]]\ndate = 2026-09-30\nvalue = 585_000\n",
        )],
    );
    p.add("2026-04-17 13:00", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-03-16", "mei-tanaka", "R-001", R_1);
    p.edit("2026-09-24", "mei-tanaka", "R-001", "closed", &[
        ("state = \"open\"", "state = \"closed\""),
        ("raised = 2026-03-16", "raised = 2026-03-16\nclosed_on = 2026-09-24\noutcome = \"Load test at three times the peak passed.\""),
    ]);
    p.add("2026-06-22", "ben-carter", "R-002", R_2);
    p.add("2026-10-26", "mei-tanaka", "R-003", R_3);
    p.add("2026-10-14", "ben-carter", "R-004", R_4);
    p.add("2026-09-10", "mei-tanaka", "R-005", R_5);
    p.add("2026-07-27", "ben-carter", "I-001", I_1);
    p.edit("2026-08-20", "ben-carter", "I-001", "resolved", &[
        ("due = 2026-08-21", "due = 2026-08-21\nresolution = \"Index rebuilt nightly; lookups under 80 ms.\"\nclosed_on = 2026-08-20"),
    ]);
    p.add("2026-10-30", "mei-tanaka", "I-002", I_2);
    p.edit(
        "2026-11-18",
        "mei-tanaka",
        "I-002",
        "the same as the CRM's I-007",
        &[("due = 2026-12-11", "due = 2026-12-11\nlinks = [\"crm-migration/I-007\"]")],
    );
    p.add("2026-05-04", "mei-tanaka", "D-001", D_1);
    p.edit("2026-05-29", "mei-tanaka", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Architecture board\"", "forum = \"Architecture board\"\noutcome = \"Managed service in the group's cloud.\"\ndecided_on = 2026-05-28\ndecided_by = \"marcus-reid\""),
    ]);
    p.add("2026-10-16", "mei-tanaka", "D-002", D_2);
    p.add("2026-08-31", "mei-tanaka", "C-001", C_1);
    p.edit(
        "2026-09-16",
        "petra-vogel",
        "C-001",
        "approved, out of contingency",
        &[
            ("state = \"submitted\"", "state = \"approved\""),
            ("raised = 2026-08-31\n", "raised = 2026-08-31\ndecided_on = 2026-09-16\n"),
        ],
    );
    p.add("2026-10-19", "mei-tanaka", "A-001", A_1);
    p.add("2026-11-04", "ben-carter", "A-002", A_2);
    p.add("2026-02-23", "mei-tanaka", "S-001", S_1);
    p.add("2026-09-28", "mei-tanaka", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "Data platform"
manager = "mei-tanaka"
sponsor = "marcus-reid"
programme = "customer-360"
division = "Data"
state = "active"
phase = "build"
method = "agile"
class = "A"
purpose = "One place where customer, order and machine data can be found, with one interface for all who need them."
scope = "Ingest of nine sources, catalogue, two generations of the interface, reports for four divisions."
tags = ["customer-data"]

[schedule]
start = 2026-01-05
finish = 2027-06-30

[budget]
approved = 1_900_000
contingency = 140_000
management_reserve = 95_000

[baseline]
approved_on = 2025-12-15

[[cost]]
category = "internal"
approved = 1_050_000

[[cost]]
category = "licences"
approved = 520_000

[[cost]]
category = "external"
approved = 330_000

[[planned_value]]
date = 2026-05-29
value = 418_000

[[planned_value]]
date = 2026-10-02
value = 836_000

[[planned_value]]
date = 2026-11-20
value = 1_007_000

[[milestone]]
id = "platform-up"
name = "Platform in operation"
baseline = 2026-05-15

[[milestone]]
id = "ingest-wave-1"
name = "Five sources connected"
baseline = 2026-08-28

[[milestone]]
id = "ingest-wave-2"
name = "Nine sources connected"
baseline = 2026-12-04

[[milestone]]
id = "api-v2"
name = "API v2 in operation"
baseline = 2027-01-15

[[milestone]]
id = "reports"
name = "Reports for four divisions"
baseline = 2027-06-30
key = true
gate = "G5"

[[alignment]]
objective = "one-source-of-truth"
contribution = 5

[[allocation]]
person = "ben-carter"
from = 2026-01-05
to = 2027-06-30
fte = 1

[[allocation]]
person = "priya-nair"
from = 2026-10-01
to = 2027-02-28
fte = 0.4

[[allocation]]
role = "Data engineer"
from = 2026-03-01
to = 2027-06-30
fte = 3

[[stakeholder]]
name = "Data protection officer"
influence = 5
interest = 4
channel = "review of each source"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "mei-tanaka")],
    // Written on Friday, committed on Monday, just before the week was closed.
    filed: &[(46, "2026-11-16 07:40")],
    progress: &[(22, 24), (40, 46), (47, 55)],
    cost: &[(22, 440), (40, 880), (47, 1060)],
    forecast: &[(22, 1900), (37, 1915), (44, 1930)],
    finish: &[(22, "2027-06-30"), (43, "2027-07-09")],
    drawn: &[(22, 0), (38, 15)],
    confidence: &[(22, 85), (39, 75), (43, 65)],
    rag: &[(22, "GGGGGGGG"), (31, "AGGGGGGA"), (34, "GGGGGGGG"), (39, "AGGGGGAG"), (43, "AAGGGGAG")],
    notes: &[
        (31, ("quality", "Customer lookup answers in 900 ms, 100 ms are agreed (I-001).")),
        (39, ("resources", "One of three engineers has left; Ben Carter does two jobs.")),
        (43, ("schedule", "API v2 needs a second security review: six weeks, and three others wait for it.")),
        (45, ("resources", "New engineer signed, starts on {2027-01-04}; until then two of three.")),
        (46, ("schedule", "API v2 forecast {2027-02-28}; the CRM migration needs it by {2027-01-31}.")),
    ],
    path: &[
        (31, "Index rebuilt by {2026-08-21} and load test on {2026-09-24} (Ben Carter)."),
        (
            39,
            "Post advertised; contractor until the end of the quarter, asked for by {2026-10-09} (Mei Tanaka).",
        ),
        (43, "Security review booked for {2026-12-07}; read-only part of API v2 first (Ben Carter)."),
        (46, "Read-only API v2 for the CRM by {2027-01-22} if D-002 is decided this month (Mei Tanaka)."),
    ],
    decisions: &[(22, &[]), (42, &["D-002"])],
    milestones: &[
        ("platform-up", &[], Some("2026-05-13")),
        ("ingest-wave-1", &[(22, "2026-08-28"), (32, "2026-09-04")], Some("2026-09-02")),
        ("ingest-wave-2", &[(22, "2026-12-04"), (41, "2026-11-27"), (44, "2026-11-18")], None),
        ("api-v2", &[(22, "2027-01-15"), (43, "2027-02-12"), (46, "2027-02-28")], None),
        ("reports", &[(22, "2027-06-30"), (43, "2027-07-09")], None),
    ],
    sprints: &[
        (22, 10, "2026-05-29", [40, 41, 910, 212]),
        (24, 11, "2026-06-12", [42, 39, 914, 251]),
        (26, 12, "2026-06-26", [42, 43, 918, 294]),
        (28, 13, "2026-07-10", [42, 40, 925, 334]),
        (30, 14, "2026-07-24", [40, 33, 925, 367]),
        (32, 15, "2026-08-07", [36, 30, 931, 397]),
        (34, 16, "2026-08-21", [38, 38, 940, 435]),
        (36, 17, "2026-09-04", [40, 42, 944, 477]),
        (38, 18, "2026-09-18", [40, 34, 962, 511]),
        (40, 19, "2026-10-02", [34, 28, 962, 539]),
        (42, 20, "2026-10-16", [32, 31, 970, 570]),
        (44, 21, "2026-10-30", [32, 27, 981, 597]),
        (46, 22, "2026-11-13", [32, 30, 986, 627]),
    ],
    extra: &[(43, OVERRIDE), (44, OVERRIDE), (45, OVERRIDE), (46, OVERRIDE), (47, OVERRIDE)],
    next: &["Catalogue entries for the last two sources", "Interface contract for the read-only part"],
    say: &[
        "Platform in operation for two weeks without an incident. | First source live; on-call rota",
        "Second source follows the pattern of the first in a third of the time. | Order data connected; pattern written down",
        "Catalogue is open to all analysts; 60 looked in. | Catalogue opened; third source in test",
        "Third source connected; data protection agreed to the retention rules. | Machine data connected; retention rules",
        "Velocity steady at just over forty points. | First reports for Logistics; costs per source measured",
        "API v1 is used by two applications in production. | API v1 released; access by single sign-on",
        "Fourth source is connected and watched. | Service tickets connected; alerts tuned",
        "Group audit looked in, two small findings. | Audit findings closed; price list connected in test",
        "Lookups get slow with full customer data; being measured. | Full customer load; slow lookups measured",
        "Customer lookup misses its target by far; the index is the cause. | Cause found; index redesigned",
        "New index works on half of the data. | Index on half of the data; fifth source prepared",
        "Index is nearly rebuilt; other work waits a little. | Nightly rebuild; first lookups under 100 ms",
        "Lookup is fast again, all quality targets met. | I-001 closed; fifth source connected in test",
        "Fifth source goes live next week, a few days late. | Data checks for source five; catalogue search",
        "Wave 1 of ingest is done; nine in ten checks run by themselves. | Five sources live; wave 2 kicked off",
        "Field app asks for machine data by the new interface; accepted as C-001. | API v2 design; C-001 approved",
        "Design of API v2 agreed with its three users. | API v2 contract; source six connected",
        "One engineer leaves; load test passed at three times the peak. | Load test; knowledge handed over",
        "Two of three engineers: API v2 gets the first claim. | API v2 authentication; source seven in test",
        "Contractor search is slow, the team shares the load. | Source seven connected; two candidates seen",
        "D-002 is with the architecture board: which part of API v2 comes first. | D-002 written; API v2 search half done",
        "A second security review is asked for; API v2 moves to February. | Review scoped; source eight connected",
        "Ingest is ahead of plan, the interface is not. | Source nine in test; review date booked",
        "New engineer signed for January; D-002 is overdue at the board. | Contract signed; API v2 write paths stubbed",
        "API v2 moves again, to {2027-02-28}: the review found two gaps. | Gaps planned into sprint 23; source nine soaking",
        "API v2 stays at {2027-02-28}; a read-only part could reach the CRM earlier, if D-002 is decided. | Read-only part estimated; talk with the CRM migration",
    ],
    ..Weekly::BLANK
};

const OVERRIDE: &str = r##"
[override]
schedule = "amber"
reason = "API v2 is late, the platform itself is not; accepted until the date is confirmed."
accepted_by = "marcus-reid"
until = 2026-11-13
"##;

const B_1: &str = r##"
title = "Reports without manual collection"
owner = "marcus-reid"
kind = "cashable"
measure = "Yearly cost of collecting data for reports"
unit = "EUR"
baseline = 620_000
target = 380_000
forecast = 390_000
from = 2027-01-01

[[plan]]
date = 2027-06-30
value = 500_000

[[plan]]
date = 2027-12-31
value = 380_000
"##;

const GATE_2: &str = r##"
title = "Gate 2: architecture"
held_on = 2026-04-17
forum = "Architecture board"
evidence = ["Architecture 1.2", "Cost model per source"]
outcome = "go"
"##;

const R_1: &str = r##"
title = "Platform does not carry the peak load"
kind = "threat"
category = "technical"
owner = "ben-carter"
probability = 3
impact = { quality = 4 }
response = "mitigate"
plan = "Load test at three times the peak."
plan_due = 2026-09-24
state = "open"
raised = 2026-03-16
"##;

const R_2: &str = r##"
title = "Licence steps by volume come sooner than planned"
kind = "threat"
category = "supplier"
supplier = "Mapwell"
owner = "mei-tanaka"
probability = 3
impact = { cost = 3 }
chance = 40
cost_effect = { low = 20_000, likely = 60_000, high = 110_000 }
response = "mitigate"
plan = "Raw machine data older than a year goes to cheap storage."
plan_due = 2027-01-29
state = "open"
raised = 2026-06-22
review_by = 2026-12-11
"##;

const R_3: &str = r##"
title = "Divisions do not name owners for their data"
kind = "threat"
category = "people"
probability = 3
impact = { quality = 3 }
response = "mitigate"
plan = "Owners proposed by the platform, objections within two weeks."
plan_due = 2026-12-18
state = "open"
raised = 2026-10-26
review_by = 2026-12-11
"##;

const R_4: &str = r##"
title = "The security review asks for a third round"
kind = "threat"
category = "technical"
owner = "ben-carter"
cause = "API v2 opens write access to customer data."
event = "The review finds more than the two gaps."
effect = "API v2 moves into March and the CRM goes live without it."
probability = 3
impact = { schedule = 4 }
chance = 35
cost_effect = 25_000
days_effect = 20
response = "mitigate"
plan = "Read-only part reviewed first and alone."
plan_due = 2026-12-18
window = { from = 2026-12-07, to = 2027-02-26 }
state = "open"
raised = 2026-10-14
review_by = 2026-12-07
report = true
links = ["#api-v2", "crm-migration#go-live"]

[target]
probability = 2
impact = { schedule = 3 }
"##;

const R_5: &str = r##"
title = "Field app pays for machine data"
kind = "opportunity"
category = "commercial"
owner = "mei-tanaka"
probability = 4
impact = { cost = 2 }
chance = 60
cost_effect = 30_000
response = "share"
plan = "Split the cost of source three with the field app."
plan_due = 2026-12-18
state = "open"
raised = 2026-09-10
review_by = 2026-12-11
"##;

const I_1: &str = r##"
title = "Customer lookup takes 900 ms"
owner = "ben-carter"
severity = "medium"
raised = 2026-07-27
due = 2026-08-21
"##;

const I_2: &str = r##"
title = "API v2 cannot meet the CRM's date"
owner = "mei-tanaka"
severity = "high"
raised = 2026-10-30
due = 2026-12-11
"##;

const D_1: &str = r##"
title = "Managed service or own operation"
state = "open"
wanted_by = 2026-05-29
of = "marcus-reid"
options = ["Managed service", "Own operation in the new data centre"]
recommendation = "Managed service."
forum = "Architecture board"
"##;

const D_2: &str = r##"
title = "Read-only part of API v2 first"
state = "open"
wanted_by = 2026-11-06
of = "marcus-reid"
options = ["Read-only first, for the CRM", "All of API v2 in one release"]
recommendation = "Read-only first: it meets the CRM's date."
forum = "Architecture board"
"##;

const C_1: &str = r##"
title = "Machine data through API v2 for the field app"
state = "submitted"
raised = 2026-08-31
reason = "Technicians see the machine before they drive to it."
effect = { cost = 15_000, days = 5, scope = "One more resource in API v2" }
"##;

const A_1: &str = r##"
title = "Ask the architecture board for an extra meeting"
owner = "mei-tanaka"
raised = 2026-10-19
due = 2026-12-02
from = "D-002"
"##;

const A_2: &str = r##"
title = "Close the two gaps of the security review"
owner = "ben-carter"
raised = 2026-11-04
due = 2026-12-04
from = "R-004"
"##;

const S_1: &str = r##"
title = "Three applications use the interface, not more"
owner = "mei-tanaka"
confidence = "medium"
validate_by = 2026-12-31
"##;

const L_1: &str = r##"
title = "Load all data before you promise response times"
happened = "Lookups were tested with a tenth of the customers and missed the target by nine times with all of them."
advice = "Full volume in the second sprint, not in the fourteenth."
category = "testing"
applies_to = ["data", "performance"]
"##;
