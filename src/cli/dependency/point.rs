//! Points and slips as they are typed.

use crate::analysis::dependency::{Days, Network, Point};
use crate::model::{Date, Ref, Register, Target};
use crate::text::{self, escape, near};

use super::super::CliError;
use super::super::report::project_of;

/// The longest slip that is reckoned with, in days: a hundred years.
const LONGEST: i64 = 36_525;

/// The point that a reference names: a milestone, or a project for its finish.
pub(super) fn named(register: &Register, text: &str) -> Result<Point, CliError> {
    match Ref::new(text).target(None) {
        Some(Target::Milestone { project, id }) => {
            let home = project_of(register, &project)?.home;
            let charter = charter(register, &home)?;
            let known: Vec<&str> = charter.milestone.iter().map(|milestone| milestone.id.as_str()).collect();
            if known.contains(&id.as_str()) {
                return Ok(Point::milestone(&home, &id));
            }
            let error = CliError::new(format!("{home} has no milestone #{}", escape::terminal(&id)));
            Err(match near::nearest(&id, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `{home}#{near}`?")),
                None if known.is_empty() => error.hint(format!("it has none; `{home}` alone is its finish")),
                None => error.hint(format!("it has {}", text::list(&known, "and"))),
            })
        }
        Some(Target::Record(id)) => {
            Err(CliError::new(format!("{id} is a {}, and has no day that could slip", id.spec().name))
                .hint("name a milestone, such as crm#go-live, or a project for its finish"))
        }
        Some(Target::Named(_)) | None => {
            let id = project_of(register, text)?;
            charter(register, &id.home)?;
            Ok(Point::finish(&id.home))
        }
    }
}

fn charter<'a>(register: &'a Register, project: &str) -> Result<&'a crate::model::Project, CliError> {
    register.project(project).ok_or_else(|| {
        CliError::new(format!("the charter of {project} cannot be read"))
            .hint("pmo check shows what is wrong with it")
    })
}

/// The days of a point that can still slip.
pub(super) fn open(network: &Network<'_>, point: &Point) -> Result<Days, CliError> {
    let days = network.days(point).unwrap_or_default();
    let over = network.charter(&point.project).filter(|charter| charter.state.is_over());
    if days.is_reached && point.milestone_id().is_some() {
        let when = days.expected.map(|day| format!(" on {day}")).unwrap_or_default();
        return Err(CliError::new(format!("{point} was reached{when}; it cannot slip any more")));
    }
    match over {
        Some(charter) => {
            let error = CliError::new(format!(
                "{} is {}; nothing of it can slip",
                point.project,
                charter.state.word()
            ));
            Err(error.hint(format!("pmo dependency list {} shows who waits for it", point.project)))
        }
        None => Ok(days),
    }
}

/// A slip in days: `20d`, `4w`, `20`, and less than none for an improvement.
pub(super) fn slip(text: &str) -> Result<i64, String> {
    let trimmed = text.trim();
    let (number, unit) = match trimmed.char_indices().find(|(_, c)| c.is_ascii_alphabetic()) {
        Some((at, _)) => trimmed.split_at(at),
        None => (trimmed, "d"),
    };
    let days = match unit.trim() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return Err("it is written in days or weeks, such as 20d or 4w".to_owned()),
    };
    let number: i64 = number
        .trim()
        .trim_start_matches('+')
        .parse()
        .map_err(|_| "it is a whole number of days or weeks, such as 20d or 4w".to_owned())?;
    match number.checked_mul(days) {
        Some(days) if days.abs() <= LONGEST => Ok(days),
        _ => Err("it is more than a hundred years".to_owned()),
    }
}

/// The slip that brings a point to a day.
pub(super) fn until(point: &Point, days: Days, to: Date) -> Result<i64, CliError> {
    let Some(expected) = days.expected else {
        return Err(CliError::new(format!(
            "no day is known of {point}, so that nobody can say how far it is to {to}"
        ))
        .hint("say by how much it slips: --slip 20d"));
    };
    let slip = to.days_since(expected);
    if slip.abs() > LONGEST {
        return Err(CliError::new(format!("{to} is more than a hundred years from {expected}")));
    }
    Ok(slip)
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn a_slip_is_days_or_weeks() {
        for (text, days) in [("20d", 20), ("4w", 28), ("20", 20), ("-5d", -5), ("+2 weeks", 14), ("0", 0)] {
            assert_eq!(slip(text), Ok(days), "{text}");
        }
        for wrong in
            ["20x", "", "d", "2m", "1.5w", "d20", "99999999999999999999d", "9999999999999w", "40000d"]
        {
            assert!(slip(wrong).is_err(), "{wrong}");
        }
    }
}
