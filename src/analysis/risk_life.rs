//! What is due in the life of a risk: reviews, acceptances that run out, escalations that wait for an answer.

use crate::model::risk::{Response, RiskKind, RiskState};
use crate::model::risk_scale::{Band, RiskConfig};
use crate::model::{Date, Programme, RecordId, Register, Risk};

use super::exposure::{current_band, current_score, is_open, score};

/// The day by which a risk is to be looked at again: as stated, else so many days after the last look as
/// `[risk.review]` has for its band.
///
/// A stated day counts until the risk is looked at on it or later; the day it was raised is the first look.
pub fn review_due(risk: &Risk, config: &RiskConfig) -> Option<Date> {
    let stated = risk.review_by.filter(|by| risk.reviewed_on.is_none_or(|on| on < *by));
    stated.or_else(|| Some(risk.reviewed_on.or(risk.raised)?.plus_days(review_days(risk, config)?.into())))
}

/// How many days may pass between two looks at a risk of this band.
pub fn review_days(risk: &Risk, config: &RiskConfig) -> Option<u16> {
    let days = &config.review;
    match current_band(risk, config) {
        Some(Band::Red) => days.red,
        Some(Band::Amber) => days.amber,
        Some(Band::Green) | None => days.green,
    }
}

/// Whether the day by which it was to be looked at lies behind.
pub fn is_review_overdue(risk: &Risk, config: &RiskConfig, day: Date) -> bool {
    review_due(risk, config).is_some_and(|by| by < day)
}

/// The last day of an acceptance that has run out.
pub fn expired_acceptance(risk: &Risk, day: Date) -> Option<Date> {
    let acceptance = risk.acceptance.as_ref().filter(|_| is_open(risk))?;
    acceptance.until.filter(|_| acceptance.is_expired(day))
}

/// Whether a risk is accepted with no day on which that ends.
pub fn is_accepted_for_ever(risk: &Risk) -> bool {
    let until = risk.acceptance.as_ref().and_then(|acceptance| acceptance.until);
    let is_accepted = risk.state == RiskState::Accepted || risk.acceptance.is_some();
    is_open(risk) && is_accepted && until.is_none()
}

/// The scores as first raised and now of a threat that is judged lower, although nothing says what was done.
///
/// Something says so when there is a response other than to accept, or a plan.
pub fn lowered_without_response(risk: &Risk) -> Option<(u32, u32)> {
    let is_done = risk.response.is_some_and(|response| response != Response::Accept);
    let is_planned = risk.plan.as_deref().is_some_and(|plan| !plan.trim().is_empty());
    if !is_open(risk) || risk.kind != RiskKind::Threat || is_done || is_planned {
        return None;
    }
    let initial = risk.initial.as_ref()?;
    let (first, now) = (score(initial.probability, initial.impact.as_ref())?, current_score(risk)?);
    (now < first).then_some((first, now))
}

/// Whether an open risk was escalated and nobody has answered.
///
/// An answer given before the escalation answered an earlier one.
pub fn awaits_answer(risk: &Risk) -> bool {
    let answered = risk.answer.as_ref().is_some_and(|answer| match (answer.on, risk.escalated_on) {
        (Some(on), Some(since)) => on >= since,
        _ => true,
    });
    is_open(risk) && risk.escalated_to.is_some() && !answered
}

/// The open risks that were escalated to a programme, or to one that is part of it.
pub fn escalated_to<'a>(register: &'a Register, programme: &str) -> Vec<(RecordId, &'a Risk)> {
    let mut risks: Vec<(RecordId, &Risk)> = register
        .records::<Risk>()
        .filter(|(id, risk)| {
            let to = programme_of(register, id, risk);
            is_open(risk) && to.is_some_and(|to| is_part_of(register, &to, programme))
        })
        .collect();
    risks.sort_by(|a, b| (a.1.escalated_on, &a.0).cmp(&(b.1.escalated_on, &b.0)));
    risks
}

/// The programme to which a risk was escalated.
pub fn programme_of(register: &Register, id: &RecordId, risk: &Risk) -> Option<String> {
    let to = register.resolve(risk.escalated_to.as_ref()?, Some(&id.home))?;
    (to.kind == "programme").then_some(to.home)
}

/// Whether a programme is another one, or part of it.
fn is_part_of(register: &Register, programme: &str, of: &str) -> bool {
    let parent = |id: &str| register.programme(id).and_then(|programme: &Programme| programme.parent.clone());
    // Programmes that are each other's parents end it too.
    std::iter::successors(Some(programme.to_owned()), |id| parent(id))
        .take(register.programmes.len() + 1)
        .any(|id| id == of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::register;
    use crate::model::{Name, Ref};

    fn risk(text: &str) -> Risk {
        let text = format!("title='t'\n{text}");
        let register = register(&[
            ("projects/crm/project.toml", "name='C'\nmanager='j'\nstate='active'"),
            ("projects/crm/risks/R-001.toml", &text),
        ]);
        register.projects["crm"].get::<Risk>(&Name::Number(1)).unwrap().clone()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_review_is_due_as_stated_else_by_the_band_and_the_last_look() {
        let mut config = RiskConfig::default();
        config.review.red = Some(14);
        config.review.green = Some(90);
        for (text, due) in [
            ("review_by = 2026-12-01\nraised = 2026-10-01\nprobability = 5\nimpact = 5", Some("2026-12-01")),
            ("raised = 2026-10-01\nprobability = 5\nimpact = 5", Some("2026-10-15")),
            (
                "raised = 2026-10-01\nreviewed_on = 2026-11-01\nprobability = 5\nimpact = 5",
                Some("2026-11-15"),
            ),
            ("raised = 2026-10-01", Some("2026-12-30")),
            // Amber has no number here.
            ("raised = 2026-10-01\nprobability = 3\nimpact = 3", None),
            ("probability = 5\nimpact = 5", None),
            // Looked at on the day, or after it: the promise is kept.
            (
                "review_by = 2026-12-01\nreviewed_on = 2026-12-01\nprobability = 5\nimpact = 5",
                Some("2026-12-15"),
            ),
            (
                "review_by = 2026-12-01\nreviewed_on = 2026-11-30\nprobability = 5\nimpact = 5",
                Some("2026-12-01"),
            ),
        ] {
            assert_eq!(review_due(&risk(text), &config), due.map(day), "{text}");
        }
    }

    #[test]
    fn only_a_threat_that_fell_by_itself_was_lowered_without_response() {
        let fell = "probability = 2\nimpact = 2\ninitial = { probability = 4, impact = 4 }\n";
        assert_eq!(lowered_without_response(&risk(fell)), Some((16, 4)));
        assert_eq!(lowered_without_response(&risk(&format!("{fell}response = 'accept'"))), Some((16, 4)));
        for answered in ["response = 'mitigate'", "plan = 'x'", "state = 'closed'", "kind = 'opportunity'"] {
            assert_eq!(lowered_without_response(&risk(&format!("{fell}{answered}"))), None, "{answered}");
        }
        let rose = "probability = 4\nimpact = 4\ninitial = { probability = 4, impact = 4 }";
        assert_eq!(lowered_without_response(&risk(rose)), None);
    }

    #[test]
    fn an_answer_answers_the_escalation_before_it() {
        let asked = |rest: &str| {
            let mut risk = risk(rest);
            risk.escalated_to = Some(Ref::new("core"));
            awaits_answer(&risk)
        };
        assert!(asked("escalated_on = 2026-11-02"));
        assert!(!asked("escalated_on = 2026-11-02\nanswer = { by = 'j', on = 2026-11-02, decision = 'd' }"));
        assert!(asked("escalated_on = 2026-11-02\nanswer = { by = 'j', on = 2026-10-02, decision = 'd' }"));
        assert!(!asked("answer = { by = 'j', decision = 'd' }"));
        assert!(!asked("state = 'closed'\nescalated_on = 2026-11-02"));
        assert!(!awaits_answer(&risk("")));
    }

    #[test]
    fn a_programme_sees_what_was_escalated_to_it_and_to_its_parts() {
        let project = "name='C'\nmanager='j'\nstate='active'\nprogramme='core'";
        let register = register(&[
            ("programmes/all.toml", "name='All'"),
            ("programmes/core.toml", "name='Core'\nparent='all'"),
            ("projects/crm/project.toml", project),
            ("projects/crm/risks/R-001.toml", "title='a'\nescalated_to='core'\nescalated_on=2026-11-02"),
            ("projects/crm/risks/R-002.toml", "title='b'\nescalated_to='all'\nescalated_on=2026-11-01"),
            ("projects/crm/risks/R-003.toml", "title='c'\nescalated_to='core'\nstate='closed'"),
        ]);
        let of = |id: &str| escalated_to(&register, id).iter().map(|(id, _)| id.stem()).collect::<Vec<_>>();
        assert_eq!(
            (of("core"), of("all")),
            (vec!["R-001".to_owned()], vec!["R-002".to_owned(), "R-001".to_owned()])
        );
    }
}
