//! The ERP roll-out: its integration partner leaves, and its project manager before that.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("erp-rollout");
    p.charter("2026-01-14 10:20", "tomas-berg", "charter from the approved mandate", CHARTER);
    p.agree(
        "2026-10-01 09:05",
        "tomas-berg",
        "Jana Novak takes over from Henrik Dahl",
        &[("manager = \"henrik-dahl\"", "manager = \"jana-novak\"")],
    );
    p.reports(&COURSE);

    p.add("2026-02-03", "henrik-dahl", "S-001", ASSUMPTION);
    p.edit("2026-10-05", "jana-novak", "S-001", "held in six of seven", &[
        ("validate_by = 2026-06-30\n", "validate_by = 2026-06-30\noutcome = \"Held in six of seven; subsidiary four sends one.\"\nclosed_on = 2026-10-05\n"),
    ]);
    p.add("2026-02-27 16:10", "petra-vogel", "G2-1", GATE_2);
    p.add("2026-01-20", "henrik-dahl", "B-001", BENEFIT_CLOSE);
    p.add("2026-01-20 11:40", "henrik-dahl", "B-002", BENEFIT_STOCK);
    p.add("2026-04-15", "henrik-dahl", "R-001", R_1);
    p.edit("2026-09-02", "henrik-dahl", "R-001", "closed, master data signed off", &[
        ("state = \"open\"", "state = \"closed\""),
        ("raised = 2026-04-15", "raised = 2026-04-15\nclosed_on = 2026-09-02\noutcome = \"Stock master signed off by Logistics; 1.2 % of records corrected by hand.\""),
    ]);
    p.add("2026-06-08", "henrik-dahl", "R-002", R_2);
    p.edit("2026-08-14", "henrik-dahl", "R-002", "occurred", &[
        ("state = \"open\"", "state = \"occurred\""),
        ("raised = 2026-06-08\n", "raised = 2026-06-08\nclosed_on = 2026-08-14\noutcome = \"34 interfaces; three merged, the rest is in the forecast.\"\nactual_cost = 92_000\n"),
    ]);
    p.add("2026-07-06", "olga-petrova", "R-003", R_3);
    p.add("2026-08-07", "henrik-dahl", "R-004", R_4);
    p.edit(
        "2026-11-18 17:05",
        "jana-novak",
        "R-004",
        "raised from 12 to 20 after the partner's letter",
        &[
            (
                "probability = 3\nimpact = { cost = 4, schedule = 4 }",
                "probability = 5\nimpact = { cost = 4, schedule = 4 }",
            ),
            ("chance = 45", "chance = 85"),
            ("likely = 90_000", "likely = 110_000"),
            (
                "review_by = 2026-12-04\n",
                "review_by = 2026-12-04\nescalated_to = \"core-systems\"\nescalated_on = 2026-11-18\n",
            ),
        ],
    );
    p.add("2026-09-14", "priya-nair", "R-005", R_5);
    p.edit(
        "2026-11-09 10:20",
        "priya-nair",
        "R-005",
        "looked at the interface that it counts on",
        &[(
            "links = [\"crm-migration\", \"data-platform#api-v2\"]\n",
            "links = [\"crm-migration\", \"data-platform#api-v2\"]\n\
             reviewed = [{ link = \"data-platform#api-v2\", seen = \"3046a718\" }]\n",
        )],
    );
    p.add("2026-08-10", "henrik-dahl", "I-001", I_1);
    p.edit("2026-10-09", "jana-novak", "I-001", "resolved", &[
        ("due = 2026-09-30", "due = 2026-09-30\nresolution = \"The partner sent a substitute; Priya Nair reviews every interface design.\"\nclosed_on = 2026-10-09"),
    ]);
    p.add("2026-10-05", "jana-novak", "I-002", I_2);
    p.add("2026-11-18 16:40", "jana-novak", "I-003", I_3);
    p.add("2026-09-07", "henrik-dahl", "D-001", D_1);
    p.edit("2026-10-14", "petra-vogel", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Steering committee\"", "forum = \"Steering committee\"\noutcome = \"Keep the pilot warehouse in wave 1; move the second one to wave 2.\"\ndecided_on = 2026-10-14\ndecided_by = \"eva-lundgren\""),
    ]);
    p.add("2026-11-16 14:05", "jana-novak", "D-002", D_2);
    p.add("2026-06-22", "henrik-dahl", "C-001", C_1);
    p.edit(
        "2026-07-08",
        "petra-vogel",
        "C-001",
        "rejected",
        &[
            ("state = \"submitted\"", "state = \"rejected\""),
            ("reason =", "decided_on = 2026-07-08\nreason ="),
        ],
    );
    p.add("2026-11-12", "jana-novak", "C-002", C_2);
    p.edit(
        "2026-11-16 14:20",
        "jana-novak",
        "C-002",
        "goes with D-002",
        &[("scope = \"none\" }", "scope = \"none\" }\ndecision = \"D-002\"")],
    );
    p.add("2026-10-19", "jana-novak", "A-001", A_1);
    p.edit(
        "2026-11-06",
        "priya-nair",
        "A-001",
        "done",
        &[("due = 2026-11-06", "due = 2026-11-06\ndone_on = 2026-11-06")],
    );
    p.add("2026-10-26", "jana-novak", "A-002", A_2);
    p.add("2026-11-18 18:10", "jana-novak", "A-003", A_3);
    p.add("2026-10-08", "jana-novak", "L-001", L_1);
}

const CHARTER: &str = r##"
name = "ERP roll-out"
manager = "henrik-dahl"
sponsor = "eva-lundgren"
programme = "core-systems"
division = "Finance"
state = "active"
phase = "build"
method = "waterfall"
class = "A"
purpose = "One ledger, one stock and one order book for all seven subsidiaries instead of four systems that disagree at month end."
scope = "Finance, purchasing and stock in seven subsidiaries; interfaces to payroll, CRM and the warehouse."

[schedule]
start = 2025-09-01
finish = 2027-06-30

[budget]
approved = 3_200_000
contingency = 250_000
management_reserve = 160_000

[baseline]
approved_on = 2026-01-14

[[cost]]
category = "internal"
approved = 900_000

[[cost]]
category = "external"
approved = 1_650_000

[[cost]]
category = "licences"
approved = 480_000

[[cost]]
category = "training"
approved = 170_000

[[planned_value]]
date = 2026-05-29
value = 864_000

[[planned_value]]
date = 2026-09-25
value = 1_504_000

[[planned_value]]
date = 2026-11-20
value = 1_856_000

[[planned_value]]
date = 2027-03-31
value = 2_720_000

[[milestone]]
id = "blueprint"
name = "Blueprint signed"
baseline = 2026-02-27
gate = "G2"

[[milestone]]
id = "template-built"
name = "Group template built"
baseline = 2026-09-30

[[milestone]]
id = "integration-ready"
name = "Interfaces ready for test"
baseline = 2026-12-18

[[milestone]]
id = "uat-done"
name = "Acceptance test passed"
baseline = 2027-03-31
gate = "G4"

[[milestone]]
id = "go-live"
name = "Go-live, wave 1"
baseline = 2027-06-30
key = true

[[dependency]]
on = "payroll-cloud#go-live"
needed_by = 2027-04-30

[[alignment]]
objective = "one-source-of-truth"
contribution = 5

[[alignment]]
objective = "lower-run-cost"
contribution = 3

[[allocation]]
person = "priya-nair"
from = 2026-09-01
to = 2027-06-30
fte = 0.6

[[allocation]]
person = "olga-petrova"
from = 2026-11-01
to = 2027-05-31
fte = 0.4

[[allocation]]
role = "Interface developer"
from = 2026-11-15
to = 2027-03-31
fte = 2

[[stakeholder]]
name = "Finance leads of the subsidiaries"
influence = 5
interest = 4
channel = "fortnightly call"

[[stakeholder]]
name = "Works council"
influence = 4
interest = 3
channel = "monthly briefing"
"##;

const COURSE: Weekly = Weekly {
    first: 22,
    by: &[(22, "henrik-dahl"), (40, "jana-novak")],
    progress: &[(22, 27), (30, 36), (36, 41), (40, 43), (47, 48)],
    cost: &[(22, 880), (30, 1150), (36, 1330), (40, 1400), (47, 1600)],
    forecast: &[(22, 3200), (33, 3260), (38, 3310), (42, 3400), (47, 3580)],
    finish: &[
        (22, "2027-06-30"),
        (30, "2027-07-14"),
        (35, "2027-07-28"),
        (42, "2027-08-24"),
        (47, "2027-09-14"),
    ],
    drawn: &[(22, 0), (34, 40), (42, 90), (47, 140)],
    confidence: &[(22, 80), (31, 70), (36, 55), (42, 35), (47, 20)],
    rag: &[(22, "GGGGGGGG"), (30, "AAGGGGGG"), (34, "AAGGGGAG"), (42, "ARAGAGAG"), (47, "RRRGAGRA")],
    notes: &[
        (30, ("schedule", "Interface designs two weeks behind: the partner's lead was on two mandates.")),
        (34, ("resources", "The partner's lead consultant has left; the substitute starts in three weeks.")),
        (35, ("schedule", "Finish four weeks late: 11 of 34 interfaces specified, 20 were planned.")),
        (
            38,
            (
                "resources",
                "Substitute lead is new to the template; Henrik Dahl leaves at the end of the month.",
            ),
        ),
        (40, ("resources", "Handover from Henrik Dahl to Jana Novak; she also runs the CRM migration.")),
        (
            42,
            (
                "schedule",
                "Re-planned from the bottom up: eight weeks late, the interfaces are the critical path.",
            ),
        ),
        (42, ("cost", "Longer partner mandate, 140 k; half of it is disputed.")),
        (42, ("risk", "The partner has not confirmed staff beyond December (R-004).")),
        (45, ("resources", "Four of six interface developers confirmed for the next quarter.")),
        (
            47,
            (
                "schedule",
                "Go-live moves three more weeks: nobody can build the interfaces between now and February.",
            ),
        ),
        (47, ("cost", "New partner at market rates and a month of overlap: 180 k more (C-002 covers part).")),
        (47, ("risk", "R-004 has come true in all but name; a red-band threat is open.")),
        (47, ("resources", "The integration partner withdraws its six developers on {2026-12-11}.")),
        (
            47,
            ("quality", "No one left to answer for 14 interfaces that were built and never tested together."),
        ),
    ],
    path: &[
        (30, "Priya Nair joins the interface design for three days a week; back on plan by {2026-09-30}."),
        (
            35,
            "Designs in two parallel streams from {2026-09-07}; steering checks the curve on {2026-10-14} (Henrik Dahl).",
        ),
        (
            40,
            "Re-plan from the bottom up by {2026-10-16}, with the partner's staffing in writing (Jana Novak).",
        ),
        (
            42,
            "Second warehouse moved to wave 2 (D-001); partner signs the staffing plan by {2026-11-13}, sponsor Eva Lundgren.",
        ),
        (
            45,
            "Staffing plan signed by {2026-11-13} or replacement tender opened on {2026-11-16} (Jana Novak, Eva Lundgren).",
        ),
        (47, ""),
    ],
    decisions: &[(22, &[]), (37, &["D-001"]), (42, &[]), (47, &["D-002"])],
    milestones: &[
        ("blueprint", &[], Some("2026-02-27")),
        ("template-built", &[(22, "2026-09-30"), (34, "2026-10-16"), (41, "2026-10-21")], Some("2026-10-21")),
        (
            "integration-ready",
            &[(22, "2026-12-18"), (31, "2027-01-15"), (42, "2027-02-12"), (47, "2027-03-05")],
            None,
        ),
        ("uat-done", &[(22, "2027-03-31"), (35, "2027-04-28"), (42, "2027-05-21"), (47, "2027-06-11")], None),
        (
            "go-live",
            &[
                (22, "2027-06-30"),
                (30, "2027-07-14"),
                (35, "2027-07-28"),
                (42, "2027-08-24"),
                (47, "2027-09-14"),
            ],
            None,
        ),
    ],
    extra: &[(42, OVERRIDE), (43, OVERRIDE), (44, OVERRIDE), (45, OVERRIDE), (46, OVERRIDE)],
    next: &["Tender for a new integration partner", "Inventory of the 14 untested interfaces"],
    say: &[
        "Ledger template built for three of seven subsidiaries; build runs to plan. | Ledger template for subsidiary three; chart of accounts frozen",
        "Purchasing template started, key users available as agreed. | Purchasing workshops one and two",
        "First posting run over all three ledgers balanced to the cent. | Posting run; approval matrix agreed with internal audit",
        "Purchasing design agreed; stock follows next week. | Purchasing design signed; stock workshops scheduled",
        "Stock design has begun with Logistics; a wish for batch tracking was put aside as a change. | Stock workshop one; batch tracking recorded as C-001",
        "Template at half way, no open defect of severity one. | Half-way demonstration to the finance leads",
        "Interface inventory finished: 34, seven more than the offer assumed. | Interface inventory; owners named for 30 of 34",
        "Interface designs begin slower than planned, the rest holds. | First two interface designs; stock design signed",
        "Interface design is two weeks behind; finish moves to mid July. | Four interface designs reviewed; posting rules for subsidiary five",
        "Design of interfaces is still the brake; two architects now share it. | Priya Nair on board; bank interface designed",
        "Some ground regained: six designs this fortnight instead of four. | Customs and tax interfaces designed",
        "The cost of seven more interfaces is now in the forecast. | Forecast reworked with the controller; subsidiary six posted in test",
        "The partner's lead consultant left without handover; a substitute is promised. | Partner meeting on continuity; design backlog counted",
        "Finish moves to end of July: eleven of 34 interfaces are specified. | Critical path redrawn; template tested with real invoices",
        "Two design streams are set up and begin on Monday. | Second stream staffed; stock count dry run",
        "Wave 1 scope is with the steering committee: one warehouse or two. | Options for wave 1 written up; payroll interface specified",
        "Second stream delivers, the substitute lead needs time. | Five designs approved; substitute lead inducted",
        "Henrik Dahl hands over to Jana Novak; work goes on by the old plan. | Handover list; eighteen designs approved",
        "New project manager, first look: the plan is optimistic on interfaces. | Handover finished; interviews with all stream leads",
        "Re-planning from the bottom up; template is days from done. | Estimates for 16 open interfaces; template defects down to four",
        "The honest plan: eight weeks late. The sponsor accepts amber while the partner's staffing is negotiated. | Bottom-up plan; decision on the second warehouse",
        "Group template is done; everything now hangs on interfaces. | Template accepted by all finance leads; build of interface nine",
        "Partner talks continue, with a first written staffing proposal. | Staffing proposal reviewed; three interfaces built",
        "Four developers confirmed, two open; the partner asks for new rates. | Rate talks; two interfaces built, none tested end to end",
        "The partner has missed the date for its signature; board-level call on Monday. | Legal review of the mandate; C-002 submitted for bridging staff",
        "The integration partner leaves the mandate on {2026-12-11}; go-live moves to {2027-09-14}. | Board-level call; inventory of what the partner hands over",
    ],
    ..Weekly::BLANK
};

const OVERRIDE: &str = r##"
[override]
overall = "amber"
reason = "Late by plan, with a staffing agreement under negotiation: steering decides on the new dates in one step."
accepted_by = "eva-lundgren"
until = 2026-11-15
"##;

const ASSUMPTION: &str = r##"
title = "Subsidiaries free two key users each for 40 % of their time"
owner = "eva-lundgren"
confidence = "high"
validate_by = 2026-06-30
"##;

const GATE_2: &str = r##"
title = "Gate 2: blueprint"
held_on = 2026-02-27
forum = "Steering committee"
evidence = ["Blueprint 1.0, signed by seven finance leads", "Business case, version 3"]
outcome = "conditional"

[[conditions]]
text = "Interface inventory with an owner for each interface"
owner = "priya-nair"
due = 2026-07-31
met_on = 2026-07-10
"##;

const BENEFIT_CLOSE: &str = r##"
title = "Month-end close in four working days"
owner = "eva-lundgren"
kind = "non-cashable"
measure = "Working days from month end to closed books, all subsidiaries"
unit = "days"
baseline = 9
target = 4
forecast = 4
from = 2027-10-01

[[plan]]
date = 2027-12-31
value = 6

[[plan]]
date = 2028-06-30
value = 4
"##;

const BENEFIT_STOCK: &str = r##"
title = "Less capital in stock"
owner = "anneke-visser"
kind = "cashable"
measure = "Yearly cost of capital bound in stock"
unit = "EUR"
baseline = 1_100_000
target = 780_000
forecast = 800_000
from = 2028-01-01
"##;

const R_1: &str = r##"
title = "Stock master data is not clean enough to migrate"
kind = "threat"
category = "quality"
owner = "olga-petrova"
cause = "Three warehouses number their parts by themselves."
event = "More than 5 % of the records cannot be matched."
effect = "Stock cannot be loaded for the trial cut-over."
probability = 3
impact = { schedule = 3, quality = 4 }
response = "mitigate"
plan = "Weekly match run, differences worked off by Logistics."
plan_due = 2026-08-31
state = "open"
raised = 2026-04-15
review_by = 2026-08-31
report = true
"##;

const R_2: &str = r##"
title = "More interfaces than the offer assumed"
kind = "threat"
category = "scope"
owner = "priya-nair"
cause = "The offer counted systems, not data flows."
event = "Inventory shows more than 30 interfaces."
effect = "Design and build of the surplus are not in the budget."
probability = 5
impact = { cost = 3, schedule = 3 }
chance = 75
cost_effect = { low = 20_000, likely = 45_000, high = 80_000 }
state = "open"
response = "mitigate"
plan = "Merge flows where one file can serve two systems."
raised = 2026-06-08
"##;

const R_3: &str = r##"
title = "Testers are wanted by payroll and ERP in the same months"
kind = "threat"
category = "resources"
owner = "olga-petrova"
probability = 3
impact = { schedule = 3 }
chance = 50
cost_effect = { low = 10_000, likely = 25_000, high = 60_000 }
days_effect = 10
correlation = "shared-testers"
response = "mitigate"
plan = "Shared test calendar for the programme; two testers from the pool."
plan_due = 2026-12-15
window = { from = 2027-01-01, to = 2027-03-31 }
state = "open"
raised = 2026-07-06
review_by = 2026-12-04
links = ["payroll-cloud#go-live", "#uat-done"]

[target]
probability = 2
impact = { schedule = 2 }
"##;

const R_4: &str = r##"
title = "Integration partner leaves"
kind = "threat"
category = "supplier"
owner = "jana-novak"
cause = "The partner is being sold and moves its people to larger mandates."
event = "It withdraws its developers before the interfaces are tested."
effect = "Two to three months without anyone who knows the integration layer."
probability = 3
impact = { cost = 4, schedule = 4 }
chance = 45
cost_effect = { low = 60_000, likely = 90_000, high = 200_000 }
days_effect = 60
response = "transfer"
plan = "Second source on the framework contract; source code handed over every fortnight."
plan_cost = 15_000
plan_due = 2026-12-11
window = { from = 2026-10-01, to = 2027-03-31 }
state = "open"
raised = 2026-08-07
review_by = 2026-12-04
report = true
links = ["#integration-ready", "#go-live"]

[initial]
probability = 3
impact = 4

[target]
probability = 2
impact = { cost = 3, schedule = 3 }
"##;

const R_5: &str = r##"
title = "One interface platform for ERP and CRM"
kind = "opportunity"
category = "technical"
owner = "priya-nair"
cause = "Both projects need the same customer and order flows."
event = "The flows are built once, on the data platform."
effect = "Four interfaces fewer to build and to run."
probability = 3
impact = { cost = 3 }
chance = 50
cost_effect = 70_000
response = "enhance"
plan = "Common design by the architects of both projects."
plan_due = 2027-01-22
state = "open"
raised = 2026-09-14
review_by = 2026-12-18
links = ["crm-migration", "data-platform#api-v2"]
"##;

const I_1: &str = r##"
title = "Partner's lead consultant has left without handover"
owner = "henrik-dahl"
severity = "high"
raised = 2026-08-10
due = 2026-09-30
from = "R-004"
"##;

const I_2: &str = r##"
title = "Subsidiary four sends one key user instead of two"
owner = "eva-lundgren"
severity = "low"
raised = 2026-10-05
due = 2026-12-11
"##;

const I_3: &str = r##"
title = "Fourteen interfaces built and never tested together"
owner = "priya-nair"
severity = "high"
raised = 2026-11-18
due = 2026-12-11
from = "R-004"
links = ["#integration-ready"]
"##;

const D_1: &str = r##"
title = "One warehouse or two in wave 1"
state = "open"
wanted_by = 2026-10-14
of = "eva-lundgren"
options = ["Both warehouses in wave 1", "Pilot warehouse only, the second in wave 2"]
recommendation = "Pilot warehouse only: it takes nine interfaces off the critical path."
forum = "Steering committee"
"##;

const D_2: &str = r##"
title = "How the interfaces are finished without the partner"
state = "open"
wanted_by = 2026-11-27
of = "eva-lundgren"
options = ["Second source on the framework contract", "New tender, ten weeks", "Own team, with the CRM interfaces postponed"]
recommendation = "Second source, and buy the source code hand-over for 40 k."
forum = "Steering committee"
"##;

const C_1: &str = r##"
title = "Batch tracking in wave 1"
state = "submitted"
raised = 2026-06-22
reason = "Logistics wants batch tracking from day one."
effect = { cost = 95_000, days = 20, scope = "Batch numbers through purchasing, stock and delivery" }
"##;

const C_2: &str = r##"
title = "Bridging staff for the interfaces"
state = "submitted"
raised = 2026-11-12
reason = "The partner withdraws its developers; four months are bridged by two freelancers and the second source."
effect = { cost = 150_000, days = 0, scope = "none" }
"##;

const A_1: &str = r##"
title = "List every interface with state, owner and test evidence"
owner = "priya-nair"
raised = 2026-10-19
due = 2026-11-06
from = "I-001"
"##;

const A_2: &str = r##"
title = "Get the partner's source code into our own repository"
owner = "priya-nair"
raised = 2026-10-26
due = 2026-11-13
from = "R-004"
"##;

const A_3: &str = r##"
title = "Ask the second source for four developers from January"
owner = "jana-novak"
raised = 2026-11-18
due = 2026-11-27
from = "D-002"
"##;

const L_1: &str = r##"
title = "Count data flows, not systems"
happened = "The offer counted 27 connected systems; there were 34 data flows, and the seven more cost two months."
advice = "Ask for an inventory of flows with owners before a fixed price is agreed."
category = "procurement"
applies_to = ["integration", "fixed-price"]
"##;
