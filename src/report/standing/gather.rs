//! A project's standing, gathered from what `analysis` says of it.

use rayon::prelude::*;

use crate::analysis::standing::Standing as Figures;
use crate::analysis::{cost, earned_value, moderation, rating, schedule, tolerance};
use crate::model::status::Dimension;
use crate::model::{Date, Name, Number, Register, Slot};
use crate::report::ratings::Movement;

use super::{Assessment, Beyond, Cost, DimensionRated, Filed, Finish, Rated, Standing, TopRisk};

/// How every project with a readable charter stands, by id.
pub fn gather_all(register: &Register, day: Date) -> Vec<Standing> {
    let ids: Vec<&str> = register.charters().map(|(id, ..)| id).collect();
    ids.par_iter().with_min_len(64).filter_map(|id| gather(register, id, day)).collect()
}

/// How a project stands; nothing when its charter could not be read.
pub fn gather(register: &Register, id: &str, day: Date) -> Option<Standing> {
    let figures = Figures::of(register, id, day)?;
    let charter = figures.charter;
    let person = |id: &str| register.person_name(id).to_owned();
    let programme = charter.programme.as_deref();
    let threats = &figures.exposure.threats;
    Some(Standing {
        project: id.to_owned(),
        name: charter.name.clone(),
        manager_name: person(&charter.manager),
        manager: charter.manager.clone(),
        sponsor_name: charter.sponsor.as_deref().map(person),
        sponsor: charter.sponsor.clone(),
        programme_name: programme.and_then(|id| Some(register.programme(id)?.name.clone())),
        programme: charter.programme.clone(),
        division: charter.division.clone(),
        state: charter.state,
        phase: charter.phase.clone(),
        method: charter.method,
        class: charter.class.clone(),
        report: filed(&figures, day),
        rating: rated(register, &figures, day),
        moderation: assessed(register, &figures, day),
        percent_complete: figures.status().and_then(|status| status.progress()),
        cost: Cost {
            currency: cost::currency(register, charter).to_owned(),
            approved: figures.cost.budget,
            original: earned_value::original_budget(charter),
            spent: figures.earned.spent.map(|spent| spent.value),
            forecast: figures.cost.forecast,
            variance: figures.cost.variance,
            variance_percent: figures.cost.percent,
            cpi: figures.earned.cpi,
            spi_t: figures.earned.earned_schedule.map(|earned| Number(earned.spi_t)),
        },
        finish: Finish {
            baseline: figures.schedule.finish,
            original: schedule::original_finish(charter)
                .filter(|first| Some(*first) != charter.schedule.finish),
            forecast: figures.schedule.expected,
            slip_days: figures.schedule.slip,
            slip_from_original_days: figures.schedule.slip_from_original,
        },
        top_risk: threats.first().and_then(|top| {
            Some(TopRisk {
                risk: top.id.to_string(),
                title: top.risk.title.clone(),
                score: top.score?,
                is_red: top.band == Some(crate::analysis::exposure::Band::Red),
            })
        }),
        open_threats: threats.len(),
        expected_loss: figures.exposure.threatened.value(),
    })
}

/// What the project's programme says of it; nothing of one that is over.
fn assessed(register: &Register, figures: &Figures<'_>, day: Date) -> Option<Assessment> {
    if figures.charter.state.is_over() {
        return None;
    }
    let said = moderation::of(register, figures.id, &figures.filing, day)?;
    let name = |id: &str| register.programme(id).map_or(id, |programme| programme.name.as_str()).to_owned();
    Some(Assessment {
        assessed: said.rag,
        comment: said.comment.map(|comment| comment.trim().to_owned()).filter(|comment| !comment.is_empty()),
        by: said.by.map(str::to_owned),
        by_name: said.by.map(|id| register.person_name(id).to_owned()),
        programme: said.programme.to_owned(),
        programme_name: name(said.programme),
        period: said.period,
        is_carried: said.is_carried,
    })
}

fn filed(figures: &Figures<'_>, day: Date) -> Filed {
    let filing = &figures.filing;
    let date =
        filing.newest.map(|(period, status)| crate::analysis::calendar::data_date(period, status, day));
    let status = figures.status();
    let has_words = |words: &Option<String>| words.as_deref().is_some_and(|words| !words.trim().is_empty());
    Filed {
        owed: filing.reports,
        wanted: filing.wanted,
        due: filing.deadline,
        newest: figures.period(),
        age_days: date.map(|date| day.days_since(date)),
        date,
        is_current: filing.is_current,
        missed: filing.missed,
        has_draft: matches!(figures.shelf.slot("status", &Name::Period(filing.wanted)), Some(Slot::Draft(_))),
        summary: status.map(|status| status.summary.trim().to_owned()),
        has_path_to_green: status.is_some_and(|status| has_words(&status.path_to_green)),
    }
}

/// Where the figures of a project that is not over are beyond a tolerance.
fn beyond(register: &Register, figures: &Figures<'_>, computed: &rating::Rating, day: Date) -> Vec<Beyond> {
    if figures.charter.state.is_over() {
        return Vec::new();
    }
    let status = figures.status();
    let given = status.and_then(|status| status.override_.as_ref());
    let breach = |breach: tolerance::Breach<'_>| {
        let given = given.filter(|_| breach.is_accepted);
        let by = given.and_then(|given| given.accepted_by.as_deref());
        Beyond {
            dimension: breach.dimension,
            reasons: breach.reasons.iter().map(|reason| reason.say()).collect(),
            tolerance: breach.tolerance(),
            accepted_by: by.map(|id| register.person_name(id).to_owned()),
            accepted_until: given.and_then(|given| given.until),
        }
    };
    tolerance::breaches(computed, status, day).into_iter().map(breach).collect()
}

fn rated(register: &Register, figures: &Figures<'_>, day: Date) -> Rated {
    let config = &register.config;
    let computed = rating::of(config, figures, day);
    let status = figures.status();
    let before = figures.previous().map(|(_, status)| status);
    let greener = match status {
        Some(status) if !figures.charter.state.is_over() => {
            rating::greener(&computed, status, config.rag.scale, day)
        }
        _ => Vec::new(),
    };
    let overall = greener.iter().find(|found| found.dimension.is_none());
    let declared = status.map(|status| status.rag.overall);
    let declared_before = before.map(|status| status.rag.overall);
    let dimension = |dimension: Dimension| {
        let reading = computed.reading(dimension);
        DimensionRated {
            dimension,
            declared: status.and_then(|status| status.rag.get(dimension)),
            before: before.and_then(|status| status.rag.get(dimension)),
            computed: reading.map(|reading| reading.rag),
        }
    };
    Rated {
        declared,
        before: declared_before,
        movement: Movement::between(declared_before, declared),
        counted: declared,
        computed: Some(computed.overall),
        figures: computed.figures,
        reasons: computed.deciding(),
        beyond: beyond(register, figures, &computed, day),
        is_greener: overall.is_some_and(|found| !found.is_excused),
        is_overridden: overall.is_some_and(|found| found.is_excused),
        dimensions: Dimension::ALL.map(dimension).to_vec(),
    }
}
