//! What is not under way yet: an approved project, a proposed one, and the requests behind them.

use crate::demo::telling::Teller;

pub(super) fn tell(teller: &mut Teller) {
    let mut p = teller.project("supplier-portal");
    p.charter("2026-09-22 11:00", "tomas-berg", "proposed, from REQ-0006", SUPPLIER_PORTAL);
    p.agree(
        "2026-11-04 14:20",
        "petra-vogel",
        "approved by the portfolio board",
        &[("state = \"proposed\"\nphase = \"define\"", "state = \"approved\"\nphase = \"plan\"")],
    );
    p.add("2026-09-28", "nadia-haas", "B-001", PORTAL_BENEFIT);
    p.add("2026-11-04 14:00", "petra-vogel", "G1-1", PORTAL_GATE);
    p.add("2026-11-09", "nadia-haas", "R-001", PORTAL_RISK);

    let mut p = teller.project("contact-centre");
    p.charter("2026-10-21 10:10", "sofia-lindqvist", "proposed, from REQ-0007", CONTACT_CENTRE);
    p.add("2026-10-26", "sofia-lindqvist", "S-001", CENTRE_ASSUMPTION);

    for (day, who, id, text) in REQUESTS {
        let path = format!("requests/{id}.toml");
        let title = text.split_once("title = \"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or(id);
        teller.write(day, who, &format!("{id}: {title}"), &[(&path, text)]);
    }
    teller.edit(
        "2026-01-20 08:15",
        "petra-vogel",
        "REQ-0001: accepted",
        "requests/REQ-0001.toml",
        &[(
            "state = \"assessing\"",
            "state = \"accepted\"\ndecided_on = 2026-01-20\nproject = \"crm-migration\"",
        )],
    );
    teller.edit(
        "2026-02-13 08:15",
        "petra-vogel",
        "REQ-0002: accepted",
        "requests/REQ-0002.toml",
        &[(
            "state = \"assessing\"",
            "state = \"accepted\"\ndecided_on = 2026-02-13\nproject = \"field-app\"",
        )],
    );
    teller.edit(
        "2026-06-22 08:15",
        "petra-vogel",
        "REQ-0003: accepted",
        "requests/REQ-0003.toml",
        &[(
            "state = \"assessing\"",
            "state = \"accepted\"\ndecided_on = 2026-06-22\nproject = \"branch-wifi\"",
        )],
    );
    teller.edit(
        "2026-04-01 08:15",
        "petra-vogel",
        "REQ-0004: accepted",
        "requests/REQ-0004.toml",
        &[("state = \"assessing\"", "state = \"accepted\"\ndecided_on = 2026-04-01\nproject = \"ai-pilot\"")],
    );
    teller.edit(
        "2026-03-20 08:15",
        "petra-vogel",
        "REQ-0005: accepted",
        "requests/REQ-0005.toml",
        &[(
            "state = \"assessing\"",
            "state = \"accepted\"\ndecided_on = 2026-03-20\nproject = \"cloud-telephony\"",
        )],
    );
    teller.edit(
        "2026-10-21 10:30",
        "sofia-lindqvist",
        "REQ-0007: proposed as a project",
        "requests/REQ-0007.toml",
        &[("value = 5", "value = 5\nproject = \"contact-centre\"")],
    );
    teller.edit("2026-10-13 10:00", "petra-vogel", "REQ-0008: rejected", "requests/REQ-0008.toml", &[
        ("state = \"assessing\"", "state = \"rejected\"\nreason = \"The field app does the same from release 3 on.\"\ndecided_on = 2026-10-13"),
    ]);
    teller.edit(
        "2026-11-04 14:40",
        "petra-vogel",
        "REQ-0006: accepted",
        "requests/REQ-0006.toml",
        &[(
            "state = \"assessing\"",
            "state = \"accepted\"\ndecided_on = 2026-11-04\nproject = \"supplier-portal\"",
        )],
    );
}

const SUPPLIER_PORTAL: &str = r##"
name = "Supplier portal"
manager = "nadia-haas"
programme = "core-systems"
division = "Purchasing"
state = "proposed"
phase = "define"
method = "hybrid"
class = "C"
purpose = "Suppliers ask for the state of their orders and invoices by telephone, 90 times a day."
request = "REQ-0006"

[schedule]
start = 2027-01-11
finish = 2027-08-27

[budget]
approved = 270_000
contingency = 20_000

[baseline]
approved_on = 2026-11-04

[[milestone]]
id = "live"
name = "First hundred suppliers use it"
baseline = 2027-06-25
key = true

[[dependency]]
on = "e-invoicing#send"
needed_by = 2027-01-11

[[alignment]]
objective = "lower-run-cost"
contribution = 3

[[allocation]]
role = "Web developer"
from = 2027-01-11
to = 2027-08-27
fte = 1.5
"##;

const PORTAL_BENEFIT: &str = r##"
title = "Fewer calls from suppliers"
owner = "nadia-haas"
kind = "cashable"
measure = "Calls a day"
unit = "calls"
baseline = 90
target = 30
from = 2027-10-01
"##;

const PORTAL_GATE: &str = r##"
title = "Gate 1: mandate"
held_on = 2026-11-04
forum = "Portfolio board"
evidence = ["REQ-0006", "Business case 1.0"]
outcome = "conditional"

[[conditions]]
text = "A sponsor is named"
owner = "petra-vogel"
due = 2026-12-04
"##;

const PORTAL_RISK: &str = r##"
title = "Small suppliers do not register"
kind = "threat"
category = "people"
owner = "nadia-haas"
probability = 3
impact = { benefits = 3 }
response = "mitigate"
plan = "Registration with the first invoice, two clicks."
state = "open"
raised = 2026-11-09
review_by = 2027-01-29
"##;

const CONTACT_CENTRE: &str = r##"
name = "Contact centre"
manager = "sofia-lindqvist"
sponsor = "anneke-visser"
programme = "customer-360"
division = "Service"
state = "proposed"
phase = "idea"
method = "hybrid"
class = "B"
purpose = "Customers repeat their story to every person they reach."
request = "REQ-0007"

[schedule]
start = 2027-05-03
finish = 2027-03-26

[budget]
approved = 480_000

[[milestone]]
id = "call-flows"
name = "Call flows agreed"
baseline = 2027-03-05

[[dependency]]
on = "cloud-telephony#switched"
milestone = "call-flows"
needed_by = 2027-05-03

[[dependency]]
on = "crm-migration#wave-2"
needed_by = 2027-05-03

[[alignment]]
objective = "grow-retention"
contribution = 5
"##;

const CENTRE_ASSUMPTION: &str = r##"
title = "Agents of both sites can work from one queue"
owner = "sofia-lindqvist"
confidence = "medium"
validate_by = 2027-01-29
"##;

const REQUESTS: &[(&str, &str, &str, &str)] = &[
    (
        "2026-01-06 11:30",
        "dario-conti",
        "REQ-0001",
        r##"
title = "One customer record for Sales and Service"
state = "assessing"
requested_by = "dario-conti"
division = "Sales"
raised = 2025-10-13
problem = "Three systems hold a third of each customer."
outcome = "One record, kept by those who talk to the customer."
estimated_cost = 1_000_000
urgency = 4
value = 5
"##,
    ),
    (
        "2026-01-26 09:40",
        "anneke-visser",
        "REQ-0002",
        r##"
title = "Orders on the technician's phone"
state = "assessing"
requested_by = "anneke-visser"
division = "Service"
raised = 2026-01-26
problem = "Technicians fetch paper before they drive to the first customer."
outcome = "The day starts at the customer's door."
estimated_cost = 700_000
urgency = 3
value = 4
"##,
    ),
    (
        "2026-05-18 14:10",
        "anneke-visser",
        "REQ-0003",
        r##"
title = "Stable wifi in the branches"
state = "assessing"
requested_by = "anneke-visser"
division = "Operations"
raised = 2026-05-18
problem = "Scanners lose their connection six times a day."
estimated_cost = 200_000
urgency = 4
value = 3
"##,
    ),
    (
        "2026-02-23 16:20",
        "noah-fischer",
        "REQ-0004",
        r##"
title = "Let a language model answer simple tickets"
state = "assessing"
requested_by = "noah-fischer"
division = "Service"
raised = 2026-02-23
outcome = "One ticket in three is answered without a person."
estimated_cost = 180_000
urgency = 2
value = 4
"##,
    ),
    (
        "2026-02-09 10:50",
        "yuki-sato",
        "REQ-0005",
        r##"
title = "Telephones without telephone systems"
state = "assessing"
requested_by = "yuki-sato"
division = "IT"
raised = 2026-02-09
problem = "No spare parts for two of eleven systems."
estimated_cost = 350_000
urgency = 4
value = 3
"##,
    ),
    (
        "2026-08-17 09:30",
        "nadia-haas",
        "REQ-0006",
        r##"
title = "Suppliers look up their orders themselves"
state = "assessing"
requested_by = "nadia-haas"
division = "Purchasing"
raised = 2026-08-17
problem = "Ninety calls a day about orders and invoices."
estimated_cost = 270_000
estimated_days = 160
urgency = 2
value = 3
"##,
    ),
    (
        "2026-09-14 10:05",
        "sofia-lindqvist",
        "REQ-0007",
        r##"
title = "One contact centre for both sites"
state = "assessing"
requested_by = "sofia-lindqvist"
division = "Service"
raised = 2026-09-14
problem = "Calls wait at one site while agents at the other have none."
outcome = "One queue, one history."
estimated_cost = 480_000
urgency = 3
value = 5
"##,
    ),
    (
        "2026-09-29 15:45",
        "oskar-lind",
        "REQ-0008",
        r##"
title = "Tablets for machine manuals"
state = "assessing"
requested_by = "oskar-lind"
division = "Service"
raised = 2026-09-29
estimated_cost = 95_000
urgency = 1
value = 2
"##,
    ),
    (
        "2026-10-30 08:55",
        "hanna-virtanen",
        "REQ-0009",
        r##"
title = "Digital personnel files"
requested_by = "hanna-virtanen"
sponsor = "hanna-virtanen"
division = "Human Resources"
raised = 2026-10-30
problem = "Files of 4,200 people lie in two cellars."
outcome = "Files are found in a minute and kept no longer than the law allows."
estimated_cost = 220_000
estimated_days = 180
wanted_by = 2027-06-30
urgency = 3
value = 4
"##,
    ),
    (
        "2026-11-16 13:25",
        "ingrid-bauer",
        "REQ-0010",
        r##"
title = "Exercise for the loss of a site"
requested_by = "ingrid-bauer"
sponsor = "marcus-reid"
division = "IT"
raised = 2026-11-16
problem = "The plan for the loss of a site was last tried four years ago."
estimated_cost = 60_000
estimated_days = 60
urgency = 4
value = 4
"##,
    ),
];
