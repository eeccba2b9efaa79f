//! The organisation: its settings, objectives and closed periods.

use crate::demo::telling::Teller;

pub(super) fn tell(teller: &mut Teller) {
    teller.write(
        "2026-01-05 08:30",
        "petra-vogel",
        "Set up the register",
        &[("pmo.toml", SETTINGS), (".gitattributes", "*.toml text eol=lf\n"), ("README.md", README)],
    );
    teller.write(
        "2026-01-05 08:45",
        "petra-vogel",
        "Objectives of the board",
        &[
            ("objectives/grow-retention.toml", RETENTION),
            ("objectives/one-source-of-truth.toml", TRUTH),
            ("objectives/lower-run-cost.toml", RUN_COST),
            ("objectives/safe-operations.toml", SAFE),
        ],
    );
    teller.edit("2026-11-09 09:00", "petra-vogel", "Exception for the visit archive", "pmo.toml", &[(
        "# Exceptions stand here, each with its reason and its last day.\n",
        "# Exceptions stand here, each with its reason and its last day.\n\n[[exception]]\nrule = \"action-overdue\"\nrecord = \"crm-migration/A-004\"\nreason = \"The old vendor exports the archive with its last release; agreed with the programme board.\"\nuntil = 2026-12-31\n",
    )]);
    teller.write("2026-11-09 08:20", "tomas-berg", "Close 2026-W45", &[("periods/2026-W45.toml", WEEK_45)]);
    teller.write("2026-11-16 08:20", "tomas-berg", "Close 2026-W46", &[("periods/2026-W46.toml", WEEK_46)]);
}

const README: &str = r##"# Projects of Northwind IT

The register of a PMO. Northwind IT is made up, and so is everyone in it; what happens to its projects is
not. Look around with `pmo`, `pmo check` and `pmo report portfolio`.

Every Friday each project files a report:

    pmo status new PROJECT
    pmo status submit PROJECT

Questions: Petra Vogel, Tomas Berg.
"##;

const SETTINGS: &str = r##"
# The register of Northwind's PMO.

[register]
format = 1
name = "Northwind IT"
kind = "controlling"
currency = "EUR"

[reporting]
cadence = "weekly"
due = "friday"
grace_days = 0
holidays = [2026-12-25, 2027-01-01]

[vocabulary]
division = [
    "Communications", "Data", "Finance", "Human Resources", "IT", "Logistics", "Operations", "Purchasing",
    "Sales", "Service",
]
risk_category = ["commercial", "legal", "people", "quality", "resources", "scope", "supplier", "technical"]
lesson_category = ["data", "governance", "planning", "procurement", "technical", "testing"]
cost_category = ["internal", "external", "licences", "hardware", "training"]
forum = [
    "Portfolio board", "Steering committee", "Core systems board", "Programme board", "Architecture board",
    "Infrastructure board", "Workplace board",
]

# The books are closed at the end of March; what is paid in pounds is reported in pounds.
[finance]
fiscal_year_start = 4
discount_rate = 6

[[finance.rate]]
currency = "GBP"
from = 2026-04-01
rate = 1.15

[[finance.rate]]
currency = "GBP"
from = 2026-10-01
rate = 1.14

# The phases of a project and the gate that ends each.
[[phase]]
id = "idea"
name = "Idea"
gate = "G0"

[[phase]]
id = "define"
name = "Define"
gate = "G1"

[[phase]]
id = "plan"
name = "Plan"
gate = "G2"

[[phase]]
id = "build"
name = "Build"
gate = "G3"

[[phase]]
id = "test"
name = "Test"
gate = "G4"

[[phase]]
id = "rollout"
name = "Roll-out"
gate = "G5"

[[phase]]
id = "close"
name = "Close"
gate = "G6"

# Complexity classes: what is asked of a project, and how far it may stray.
[class.A]
name = "Large or risky"
charter_required = ["sponsor", "programme", "purpose", "scope", "budget.approved", "budget.contingency", "schedule.start", "schedule.finish"]
status_required = ["percent_complete", "forecast_cost"]

[class.A.tolerance]
cost_percent = 10
finish_days = 20

[class.B]
name = "Medium"
charter_required = ["sponsor", "purpose", "scope", "budget.approved", "schedule.start", "schedule.finish"]
status_required = ["percent_complete"]

[class.B.tolerance]
cost_percent = 10
finish_days = 28

[class.C]
name = "Small"
charter_required = ["purpose", "scope", "budget.approved", "schedule.start", "schedule.finish"]

[class.C.tolerance]
cost_percent = 15
finish_days = 40

[rag]
scale = "three"

[risk]
dimensions = ["cost", "schedule", "quality", "scope", "benefits"]
amber_from = 8
red_from = 15

[risk.appetite]
score = 12

[risk.correlation]
shared-testers = 50     # payroll and ERP test with the same people

[[risk.probability]]
name = "rare"
from = 0
to = 10
anchor = "Heard of elsewhere"

[[risk.probability]]
name = "unlikely"
from = 10
to = 30

[[risk.probability]]
name = "possible"
from = 30
to = 50

[[risk.probability]]
name = "likely"
from = 50
to = 70

[[risk.probability]]
name = "almost certain"
from = 70
to = 100
anchor = "Happened in most projects of this kind"

[[risk.impact]]
name = "negligible"
anchor = { cost = "under 1 % of the budget", schedule = "days" }

[[risk.impact]]
name = "minor"

[[risk.impact]]
name = "moderate"

[[risk.impact]]
name = "major"

[[risk.impact]]
name = "severe"
anchor = { cost = "over 20 % of the budget", schedule = "a quarter or more" }

# The limits of the computed rating; whatever is not named here stays as it comes.
[thresholds.schedule]
amber_days = 14
red_days = 30

[thresholds.cost]
amber_percent = 5
red_percent = 10

[status]
required = ["rag.schedule", "rag.cost"]

# How strictly a rule is held, where not as the kind of office says.
[policy]
report-unchanged = "warn"

# Exceptions stand here, each with its reason and its last day.

# Who reads: `pmo report period --audience suppliers`.
[[audience]]
name = "steering"
title = "Steering committees"
withhold = ["confidential"]

[[audience]]
name = "suppliers"
title = "Suppliers and partners"
withhold = ["confidential", "money", "people", "text"]
projects = { state = ["active", "closing"] }
sections = ["attention", "milestones", "projects"]

# Northwind's own fields.
[[field]]
kind = "project"
name = "personal_data"
type = "bool"

[git]
submit = "commit"
"##;

const RETENTION: &str = r##"
name = "Keep our customers"
owner = "dario-conti"
description = "Customers who stay five years bring nine tenths of the margin."
measure = "Customers lost a year"
unit = "percent"
baseline = 8.5
target = 6
from = 2026-01-01
until = 2027-12-31
weight = 30
"##;

const TRUTH: &str = r##"
name = "One source of truth"
owner = "eva-lundgren"
description = "A figure is the same in every division."
measure = "Key figures with more than one source"
unit = "figures"
baseline = 46
target = 10
from = 2026-01-01
until = 2027-12-31
weight = 25
"##;

const RUN_COST: &str = r##"
name = "Lower cost of running IT"
owner = "marcus-reid"
measure = "Cost of running IT, share of turnover"
unit = "percent"
baseline = 3.8
target = 3.1
from = 2026-01-01
until = 2027-12-31
weight = 25
"##;

const SAFE: &str = r##"
name = "Safe and lawful operations"
owner = "anneke-visser"
measure = "Findings of audit open for more than a quarter"
unit = "findings"
baseline = 23
target = 3
from = 2026-01-01
until = 2027-12-31
weight = 20
"##;

const WEEK_45: &str = r##"
state = "closed"
closed_on = 2026-11-09
closed_by = "tomas-berg"
"##;

const WEEK_46: &str = r##"
state = "closed"
closed_on = 2026-11-16
closed_by = "tomas-berg"
reason = "Closed without branch-wifi: no report after two reminders."
"##;
