//! The AI pilot: promising, then not, and stopped at its gate as a pilot should be.

use crate::demo::telling::Teller;
use crate::demo::weekly::Weekly;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("ai-pilot");
    p.charter("2026-04-01 15:15", "tomas-berg", "charter from REQ-0004", CHARTER);
    p.agree(
        "2026-10-09 17:20",
        "petra-vogel",
        "terminated at gate 2",
        &[
            ("state = \"active\"", "state = \"terminated\""),
            ("request = \"REQ-0004\"", "request = \"REQ-0004\"\nclosed_on = 2026-10-09"),
        ],
    );
    p.reports(&COURSE);
    p.add("2026-04-13", "noah-fischer", "B-001", B_1);
    p.add("2026-05-18", "noah-fischer", "R-001", R_1);
    p.edit("2026-10-09 16:10", "noah-fischer", "R-001", "occurred", &[
        ("state = \"open\"", "state = \"occurred\""),
        ("raised = 2026-05-18", "raised = 2026-05-18\nclosed_on = 2026-10-09\noutcome = \"71 % right where 90 % were needed.\""),
    ]);
    p.add("2026-08-12", "noah-fischer", "I-001", I_1);
    p.edit("2026-10-09 16:20", "noah-fischer", "I-001", "closed with the pilot", &[
        ("due = 2026-10-02", "due = 2026-10-02\nresolution = \"Not resolved; the reason for the stop.\"\nclosed_on = 2026-10-09"),
    ]);
    p.add("2026-09-21", "noah-fischer", "D-001", D_1);
    p.edit("2026-10-08 18:00", "petra-vogel", "D-001", "decided", &[
        ("state = \"open\"", "state = \"decided\""),
        ("forum = \"Programme board\"", "forum = \"Programme board\"\noutcome = \"Stop. Keep the labelled tickets and the lessons.\"\ndecided_on = 2026-10-08\ndecided_by = \"anneke-visser\""),
    ]);
    p.add("2026-10-08 18:30", "petra-vogel", "G2-1", GATE);
    p.add("2026-10-12", "noah-fischer", "L-001", L_1);
    p.add("2026-10-12 14:00", "noah-fischer", "L-002", L_2);
}

const CHARTER: &str = r##"
name = "AI answers for Service, pilot"
manager = "noah-fischer"
sponsor = "anneke-visser"
programme = "customer-360"
division = "Service"
state = "active"
phase = "plan"
method = "agile"
class = "C"
purpose = "Find out whether a language model can answer one in three service tickets without a person."
scope = "Two ticket types in one language; no answers to customers without a check."
request = "REQ-0004"

[schedule]
start = 2026-04-13
finish = 2026-12-18

[budget]
approved = 180_000
contingency = 10_000

[baseline]
approved_on = 2026-04-01

[[milestone]]
id = "labelled"
name = "2,000 tickets labelled"
baseline = 2026-07-03

[[milestone]]
id = "verdict"
name = "Verdict on the pilot"
baseline = 2026-12-04
key = true
gate = "G2"

[[alignment]]
objective = "lower-run-cost"
contribution = 3

[[allocation]]
person = "noah-fischer"
from = 2026-04-13
to = 2026-10-09
fte = 0.8

[[stakeholder]]
name = "Service desk team"
influence = 3
interest = 5
channel = "weekly round"
"##;

const COURSE: Weekly = Weekly {
    first: 24,
    by: &[(24, "noah-fischer")],
    progress: &[(24, 24), (40, 50)],
    cost: &[(24, 44), (33, 74), (40, 101)],
    forecast: &[(24, 180), (33, 186), (37, 189)],
    finish: &[(24, "2026-12-18"), (30, "2026-12-29"), (36, "2027-01-29")],
    confidence: &[(24, 60), (31, 45), (36, 15)],
    rag: &[
        (24, "GGGGGGGG"),
        (25, "AAGGGGGG"),
        (28, "AAAGGGGG"),
        (29, "AAAGGAGG"),
        (34, "RARGGRGR"),
        (36, "RRRGGRGR"),
    ],
    notes: &[
        (25, ("schedule", "Labelling is slower than planned: tickets mix two questions.")),
        (28, ("cost", "Model fees twice the estimate, prompts carry the whole history.")),
        (29, ("benefits", "One in five answered at best; the case needs one in three.")),
        (33, ("schedule", "Second model on trial, eleven days behind.")),
        (34, ("cost", "More spent than the work is worth so far, and the curve is flat.")),
        (34, ("benefits", "71 % of the answers are right, 90 % were to be shown.")),
        (34, ("quality", "Wrong answers sound as sure as right ones (I-001).")),
        (36, ("schedule", "Not before the end of January with a third model.")),
    ],
    path: &[
        (25, "Two more labellers from the desk until {2026-07-17} (Noah Fischer)."),
        (
            31,
            "Second model and shorter prompts until {2026-08-14}; then measured on 300 tickets (Noah Fischer).",
        ),
        (
            34,
            "One more month with a third model, or stop: gate 2 brought forward to {2026-10-08} (Anneke Visser).",
        ),
    ],
    decisions: &[(24, &[]), (39, &["D-001"])],
    milestones: &[
        ("labelled", &[(24, "2026-07-10")], Some("2026-07-16")),
        ("verdict", &[(24, "2026-12-04"), (30, "2026-12-15"), (36, "2026-10-08")], None),
    ],
    next: &["Gate 2"],
    say: &[
        "Two ticket types chosen; labelling has begun. | Ticket types chosen; labelling guide",
        "Labelling is slower than planned, tickets mix two questions. | 420 tickets labelled",
        "First model answers politely and often wrongly; that was expected. | First model connected; 800 tickets labelled",
        "Desk agents help with labels two afternoons a week. | Two more labellers; 1,300 tickets labelled",
        "Labels nearly complete; first measurement next week. | Measurement designed; 1,750 tickets labelled",
        "Labelled set is complete; one answer in five could go out. | Labelled set complete; first measurement",
        "Fees run at twice the estimate; prompts are being cut. | Cost per answer measured",
        "Shorter prompts halve the fees and cost accuracy. | Prompts cut; comparison of two settings",
        "A second model is on trial with the same tickets. | Second model connected",
        "Second model is better on one ticket type, worse on the other. | 300 tickets measured with the second model",
        "Wrong answers sound as sure as right ones: the desk lost trust. | I-001 examined with five agents",
        "A self-check of the answers was tried and helps little. | Self-check tried on 150 tickets",
        "71 % right after three months; the gate is brought forward. | Interim report to the sponsor",
        "A third model would need until January. | Options and cost written up",
        "Desk and sponsor were heard; the case does not carry. | Business case recalculated",
        "Recommendation to stop is written. | D-001 written; data kept for later",
        "Everything is ready for gate 2; no further work until then. | Papers for gate 2",
    ],
    ..Weekly::BLANK
};

const B_1: &str = r##"
title = "Tickets answered without a person"
owner = "anneke-visser"
kind = "cashable"
measure = "Share of tickets of two types"
unit = "percent"
baseline = 0
target = 33
from = 2027-03-01
"##;

const R_1: &str = r##"
title = "Answers are not right often enough"
kind = "threat"
category = "technical"
owner = "noah-fischer"
probability = 4
impact = { benefits = 3 }
response = "accept"
plan = "It is what the pilot is to find out."
state = "open"
raised = 2026-05-18
review_by = 2026-10-08
"##;

const I_1: &str = r##"
title = "Wrong answers sound as sure as right ones"
owner = "noah-fischer"
severity = "critical"
raised = 2026-08-12
due = 2026-10-02
from = "R-001"
"##;

const D_1: &str = r##"
title = "Stop the pilot or give it another model"
state = "open"
wanted_by = 2026-10-08
of = "anneke-visser"
options = ["Stop and keep the labelled tickets", "A third model until January, 60 k"]
recommendation = "Stop."
forum = "Programme board"
"##;

const GATE: &str = r##"
title = "Gate 2: verdict on the pilot"
held_on = 2026-10-08
forum = "Programme board"
evidence = ["Measurement on 2,000 tickets", "Business case 1.3"]
outcome = "stop"
summary = "The question of the pilot is answered: not with today's models and our tickets. 79 k of 180 k are released."
"##;

const L_1: &str = r##"
title = "Bring the verdict forward when the curve is flat"
happened = "Accuracy stood still from the second month on; the gate was held in October instead of December."
advice = "Put a measured threshold and a date for it into the charter of every pilot."
category = "governance"
raised = 2026-10-12
applies_to = ["pilot", "agile"]
"##;

const L_2: &str = r##"
title = "Keep labelled data as an asset"
happened = "Labelling 2,000 tickets took a third of the effort and can be used again."
advice = "Store labels with the tickets, not with the pilot."
category = "data"
raised = 2026-10-12
applies_to = ["pilot", "data"]
"##;
