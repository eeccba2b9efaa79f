//! Whom a project has or asks for, and who has a stake in it.

use serde::Serialize;

use crate::document::{Cell, Column, Table};
use crate::model::{Date, Number, Project, Register};

/// A place in the project's team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// The person's id; nothing while only the role is known.
    pub person: Option<String>,
    /// The person's name, or the role.
    pub name: String,
    /// The role.
    pub role: Option<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The share of full time.
    pub fte: Number,
}

/// Somebody with a stake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stake {
    /// A person or a group.
    pub name: String,
    /// Their influence, from 1 to 5.
    pub influence: Option<u8>,
    /// Their interest, from 1 to 5.
    pub interest: Option<u8>,
    /// How they are kept informed.
    pub channel: Option<String>,
}

/// The team, in the charter's order.
pub(super) fn places(register: &Register, charter: &Project) -> Vec<Place> {
    charter
        .allocation
        .iter()
        .map(|allocation| {
            let person = allocation.person.as_deref();
            let role = allocation.role.as_deref();
            let name = person.map(|id| register.person_name(id)).or(role).unwrap_or("nobody yet");
            Place {
                person: allocation.person.clone(),
                name: name.to_owned(),
                role: allocation.role.clone(),
                from: allocation.from,
                to: allocation.to,
                fte: allocation.fte,
            }
        })
        .collect()
}

/// The stakeholders, in the charter's order.
pub(super) fn stakes(charter: &Project) -> Vec<Stake> {
    let stake = |stakeholder: &crate::model::project::Stakeholder| Stake {
        name: stakeholder.name.clone(),
        influence: stakeholder.influence,
        interest: stakeholder.interest,
        channel: stakeholder.channel.clone(),
    };
    charter.stakeholder.iter().map(stake).collect()
}

/// The team as a table.
pub(super) fn table(places: &[Place]) -> Table {
    let columns = vec![
        Column::new("name", "Team").stretch(),
        Column::figures("fte", "FTE"),
        Column::figures("from", "From"),
        Column::figures("to", "To"),
    ];
    let mut table = Table::new("people", columns);
    for place in places {
        let name = if place.person.is_none() {
            format!("{} (not named yet)", place.name)
        } else {
            place.name.clone()
        };
        table.row(vec![
            Cell::text(name),
            Cell::number(place.fte.0, 1),
            Cell::date(place.from.0),
            Cell::date(place.to.0),
        ]);
    }
    table
}
