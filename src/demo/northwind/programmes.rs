//! The four programmes, and what their managers say about them.

use crate::demo::telling::Teller;

pub(super) fn tell(teller: &mut Teller) {
    teller.write(
        "2026-01-05 09:10",
        "petra-vogel",
        "Four programmes",
        &[
            ("programmes/customer-360.toml", CUSTOMER),
            ("programmes/core-systems.toml", CORE),
            ("programmes/infrastructure.toml", INFRASTRUCTURE),
            ("programmes/digital-workplace.toml", WORKPLACE),
        ],
    );
    for (day, who, programme, period, text) in WORDS {
        let path = format!("programmes/{programme}/status/{period}.toml");
        teller.write(day, who, &format!("{programme}: status {period}"), &[(&path, text)]);
    }
}

const CUSTOMER: &str = r##"
name = "Customer 360"
manager = "mei-tanaka"
sponsor = "dario-conti"
division = "Sales"
purpose = "Everyone who talks to a customer sees the same customer."
start = 2026-01-05
finish = 2027-12-17

[[alignment]]
objective = "grow-retention"
contribution = 5
"##;

const CORE: &str = r##"
name = "Core systems"
manager = "carla-mendes"
sponsor = "eva-lundgren"
division = "Finance"
purpose = "Ledger, payroll, invoices and stock on systems that are supported and agree."
start = 2025-09-01
finish = 2027-12-17

[[alignment]]
objective = "one-source-of-truth"
contribution = 5

[[alignment]]
objective = "lower-run-cost"
contribution = 3
"##;

const INFRASTRUCTURE: &str = r##"
name = "Infrastructure"
manager = "ingrid-bauer"
sponsor = "marcus-reid"
division = "IT"
purpose = "Less iron, less risk, and a network that can be trusted."
start = 2025-03-03
finish = 2027-08-31

[[alignment]]
objective = "safe-operations"
contribution = 4

[[alignment]]
objective = "lower-run-cost"
contribution = 4
"##;

const WORKPLACE: &str = r##"
name = "Digital workplace"
manager = "lena-hoffmann"
sponsor = "marcus-reid"
division = "IT"
purpose = "Tools that 4,200 people need every day."
start = 2025-11-03
finish = 2027-03-31
"##;

const WORDS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "2026-11-06 16:10",
        "carla-mendes",
        "core-systems",
        "2026-W45",
        r##"
by = "carla-mendes"
date = 2026-11-06
summary = "ERP waits for the partner's signature; e-invoicing is safe for the legal date; payroll reports no trouble."
overall = "amber"
"##,
    ),
    (
        "2026-11-13 16:40",
        "carla-mendes",
        "core-systems",
        "2026-W46",
        r##"
by = "carla-mendes"
date = 2026-11-13
summary = "The partner did not sign. Payroll moves its go-live into March and still calls itself green: to be looked at with Liam Okoye."
overall = "amber"
raise = ["erp-rollout/R-004", "payroll-cloud/R-002"]
"##,
    ),
    (
        "2026-11-20 16:20",
        "carla-mendes",
        "core-systems",
        "2026-W47",
        r##"
by = "carla-mendes"
date = 2026-11-20
summary = "ERP is red: without its integration partner it goes live in September at the earliest. The board decides on D-002 next Friday."
overall = "red"
raise = ["erp-rollout/R-004", "erp-rollout/D-002"]
"##,
    ),
    (
        "2026-11-13 15:20",
        "mei-tanaka",
        "customer-360",
        "2026-W46",
        r##"
by = "mei-tanaka"
date = 2026-11-13
summary = "API v2 moved again. Field app and reports can live with it, the CRM cannot."
overall = "amber"
"##,
    ),
    (
        "2026-11-20 15:50",
        "mei-tanaka",
        "customer-360",
        "2026-W47",
        r##"
by = "mei-tanaka"
date = 2026-11-20
summary = "One question holds two projects: a read-only API v2 in January (D-002) would keep wave 1 of the CRM on its date."
overall = "amber"
raise = ["data-platform/D-002", "crm-migration/I-007"]
"##,
    ),
    (
        "2026-11-20 14:30",
        "ingrid-bauer",
        "infrastructure",
        "2026-W47",
        r##"
by = "ingrid-bauer"
date = 2026-11-20
summary = "Data-centre exit closed with its savings measured; zero trust on plan; nobody hears from branch wifi."
overall = "green"
raise = ["branch-wifi/R-002"]
"##,
    ),
    (
        "2026-11-20 13:40",
        "lena-hoffmann",
        "digital-workplace",
        "2026-W47",
        r##"
by = "lena-hoffmann"
date = 2026-11-20
summary = "Intranet closed, laptops nearly sold, telephony on plan."
overall = "green"
"##,
    ),
];
