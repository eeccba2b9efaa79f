//! The people of Northwind IT.

use crate::demo::telling::Teller;

pub(super) fn tell(teller: &mut Teller) {
    let paths: Vec<(String, String)> = PEOPLE
        .iter()
        .map(|(id, name, text)| {
            let address = id.replace('-', ".");
            let text =
                format!("name = \"{name}\"\nemail = \"{address}@northwind.example\"\n{}", text.trim_start());
            (format!("people/{id}.toml"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    teller.write("2026-01-05 08:55", "tomas-berg", "People who work on projects or answer for them", &files);
    teller.edit(
        "2026-10-01 08:40",
        "tomas-berg",
        "Henrik Dahl has left",
        "people/henrik-dahl.toml",
        &[("capacity = 1", "capacity = 1\nuntil = 2026-09-30")],
    );
    teller.edit(
        "2026-11-02 08:45",
        "yuki-sato",
        "my leave",
        "people/yuki-sato.toml",
        &[(
            "capacity = 1",
            "capacity = 1\n\n[[leave]]\nfrom = 2026-11-23\nto = 2026-11-27\nreason = \"holiday\"",
        )],
    );
    teller.edit(
        "2026-08-03 08:20",
        "tomas-berg",
        "Marta Keller moves to HR",
        "people/marta-keller.toml",
        &[("division = \"Communications\"", "division = \"Human Resources\"")],
    );
}

const PEOPLE: &[(&str, &str, &str)] = &[
    ("petra-vogel", "Petra Vogel", "roles = [\"head of PMO\"]\ndivision = \"IT\"\ncapacity = 1\n"),
    ("tomas-berg", "Tomas Berg", "roles = [\"PMO analyst\"]\ndivision = \"IT\"\ncapacity = 1\n"),
    (
        "carla-mendes",
        "Carla Mendes",
        "roles = [\"project controller\"]\ndivision = \"Finance\"\ncapacity = 0.5\n",
    ),
    (
        "eva-lundgren",
        "Eva Lundgren",
        "roles = [\"chief financial officer\", \"sponsor\"]\ndivision = \"Finance\"\n",
    ),
    (
        "marcus-reid",
        "Marcus Reid",
        "roles = [\"chief information officer\", \"sponsor\"]\ndivision = \"IT\"\n",
    ),
    (
        "anneke-visser",
        "Anneke Visser",
        "roles = [\"chief operating officer\", \"sponsor\"]\ndivision = \"Operations\"\n",
    ),
    ("dario-conti", "Dario Conti", "roles = [\"head of Sales\", \"sponsor\"]\ndivision = \"Sales\"\n"),
    (
        "hanna-virtanen",
        "Hanna Virtanen",
        "roles = [\"head of Human Resources\", \"sponsor\"]\ndivision = \"Human Resources\"\n",
    ),
    (
        "jana-novak",
        "Jana Novak",
        r##"
roles = ["project manager"]
skills = ["migration", "data quality", "steering"]
division = "Sales"
capacity = 1

[[certificate]]
name = "PRINCE2 Practitioner"
earned_on = 2024-04-18
until = 2027-04-18
"##,
    ),
    (
        "liam-okoye",
        "Liam Okoye",
        r##"
roles = ["head of business applications", "project manager", "sponsor"]
skills = ["payroll", "contracts"]
division = "IT"
capacity = 0.5
"##,
    ),
    (
        "amir-haddad",
        "Amir Haddad",
        r##"
roles = ["project manager", "data analyst"]
skills = ["networks", "data mapping"]
division = "Operations"
capacity = 1
"##,
    ),
    (
        "mei-tanaka",
        "Mei Tanaka",
        r##"
roles = ["product owner", "project manager"]
skills = ["data platforms", "agile"]
division = "Data"
capacity = 1

[[certificate]]
name = "Professional Scrum Product Owner"
earned_on = 2023-09-12
"##,
    ),
    (
        "sofia-lindqvist",
        "Sofia Lindqvist",
        r##"
roles = ["product owner", "project manager"]
skills = ["mobile", "agile"]
division = "Service"
capacity = 1
"##,
    ),
    (
        "noah-fischer",
        "Noah Fischer",
        "roles = [\"project manager\", \"developer\"]\nskills = [\"machine learning\", \"mobile\"]\ndivision = \"Service\"\ncapacity = 1\n",
    ),
    (
        "ingrid-bauer",
        "Ingrid Bauer",
        r##"
roles = ["project manager"]
skills = ["security", "audit"]
division = "IT"
capacity = 1

[[certificate]]
name = "CISSP"
earned_on = 2023-10-31
until = 2026-10-31
"##,
    ),
    (
        "piotr-zielinski",
        "Piotr Zielinski",
        "roles = [\"project manager\"]\nskills = [\"accounting\", \"interfaces\"]\ndivision = \"Finance\"\ncapacity = 0.8\n",
    ),
    (
        "yuki-sato",
        "Yuki Sato",
        "roles = [\"project manager\"]\nskills = [\"telephony\", \"networks\"]\ndivision = \"IT\"\ncapacity = 1\n",
    ),
    (
        "rafael-costa",
        "Rafael Costa",
        "roles = [\"project manager\"]\nskills = [\"data centres\", \"moves\"]\ndivision = \"IT\"\ncapacity = 1\n",
    ),
    (
        "marta-keller",
        "Marta Keller",
        "roles = [\"editor\"]\nskills = [\"content\"]\ndivision = \"Communications\"\ncapacity = 1\n",
    ),
    (
        "oskar-lind",
        "Oskar Lind",
        "roles = [\"project manager\"]\nskills = [\"content\", \"training\"]\ndivision = \"Human Resources\"\ncapacity = 0.8\n",
    ),
    (
        "lena-hoffmann",
        "Lena Hoffmann",
        "roles = [\"project manager\"]\nskills = [\"devices\", \"logistics\"]\ndivision = \"IT\"\ncapacity = 1\n",
    ),
    (
        "nadia-haas",
        "Nadia Haas",
        "roles = [\"project manager\"]\nskills = [\"purchasing\"]\ndivision = \"Purchasing\"\ncapacity = 0.6\n",
    ),
    (
        "henrik-dahl",
        "Henrik Dahl",
        "roles = [\"project manager\"]\nskills = [\"ERP\", \"stock\"]\ndivision = \"Finance\"\ncapacity = 1\n",
    ),
    (
        "priya-nair",
        "Priya Nair",
        r##"
roles = ["integration architect"]
skills = ["interfaces", "data modelling", "ERP"]
division = "IT"
capacity = 1
"##,
    ),
    (
        "ben-carter",
        "Ben Carter",
        "roles = [\"data engineer\"]\nskills = [\"pipelines\", \"interfaces\"]\ndivision = \"Data\"\ncapacity = 1\n",
    ),
    (
        "olga-petrova",
        "Olga Petrova",
        "roles = [\"test manager\"]\nskills = [\"payroll\", \"test data\"]\ndivision = \"IT\"\ncapacity = 1\n",
    ),
    (
        "kwame-mensah",
        "Kwame Mensah",
        "roles = [\"network engineer\"]\nskills = [\"networks\", \"security\"]\ndivision = \"IT\"\ncapacity = 1\n",
    ),
];
