//! `pmo project rebaseline`: what is agreed moves, by an approved change request and by nothing else.

use clap::Args;
use rust_decimal::Decimal;

use crate::analysis::{calendar, cost};
use crate::change::{Assignment, Plan, assign};
use crate::model::change::ChangeState;
use crate::model::decision::DecisionState;
use crate::model::finance::minor_units;
use crate::model::{Change, Date, Decision, Number, Project, RecordId, Ref, Register};
use crate::syntax::{self, NewValue};
use crate::text;

use super::super::set::text_of;
use super::super::writing::{Deed, Writing};
use super::super::{CliError, Context, Outcome, complete};
use super::{lifecycle, place};

/// What moves, and by which change.
#[derive(Clone, Debug, Args)]
pub(super) struct Rebaseline {
    /// The project, by its id
    #[arg(value_name = "PROJECT", add = clap_complete::ArgValueCandidates::new(complete::projects))]
    project: String,
    /// The approved change that moves what is agreed, such as C-004
    #[arg(long, value_name = "CHANGE")]
    change: String,
    /// The new finish; the old one moved by the change's days unless given
    #[arg(long, value_name = "DATE")]
    finish: Option<Date>,
    /// The new budget; the old one and the change's cost unless given
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<Number>,
    /// A milestone's new date; each that is not reached moves by the change's days unless one is given
    #[arg(long, value_name = "ID=DATE", value_parser = milestone)]
    milestone: Vec<(String, Date)>,
    #[command(flatten)]
    writing: Writing,
}

fn milestone(text: &str) -> Result<(String, Date), String> {
    let (id, date) = text.split_once('=').ok_or("write it as go-live=2027-01-31")?;
    Ok((
        id.trim().trim_start_matches('#').to_owned(),
        date.trim().parse().map_err(|wrong| format!("{wrong}"))?,
    ))
}

/// A value before and after.
struct Moved<T> {
    from: Option<T>,
    to: T,
}

/// Everything that moves.
struct Moves {
    finish: Option<Moved<Date>>,
    budget: Option<Moved<Decimal>>,
    milestones: Vec<(String, Moved<Date>)>,
}

impl Rebaseline {
    /// Runs the command.
    pub(super) fn run(self, context: &Context) -> Outcome {
        let before = self.writing.load_around(context, &self.project, &[])?;
        let register = &before.register;
        let id = place::project(register, &self.project)?;
        let record = RecordId::project(&id);
        let charter = lifecycle::charter(register, &record)?;
        if charter.state.is_over() {
            return Err(CliError::new(format!(
                "{id} is {}, so what was agreed no longer moves",
                charter.state
            )));
        }
        let (by, change) = self.approved(register, &id)?;
        let current = charter.baseline.as_ref().and_then(|baseline| baseline.change.as_ref());
        if current.and_then(|change| register.resolve(change, Some(&id))).as_ref() == Some(&by) {
            return Err(CliError::new(format!("what is agreed of {id} is by {by} already"))
                .hint(format!("`pmo show {id}` shows it, with the earlier figures under [[superseded]]")));
        }
        let moves = self.moves(context, register, &id, charter, change)?;
        let (path, text) = text_of(context, &record)?;
        let new = rewritten(&text, charter, change, &by, &moves, context.today)?;
        let mut plan = Plan::new();
        plan.rewrite(path, text.as_bytes(), new);
        let deed = Deed {
            done: format!("{id} is agreed anew by {by}: {}", said(&moves)),
            message: format!("{id}: agreed anew by {by}"),
            next: vec![format!("pmo report project {id}")],
        };
        left(context, &id, charter, &moves);
        self.writing.carry_out(context, &before, &plan, deed)
    }

    /// The change, which must be the project's own and approved.
    fn approved<'a>(&self, register: &'a Register, id: &str) -> Result<(RecordId, &'a Change), CliError> {
        let shown = text::terminal(&self.change);
        let found = register.resolve(&Ref::new(self.change.as_str()), Some(id));
        let Some(record) = found else {
            return Err(CliError::new(format!("{id} has no change {shown}"))
                .hint(format!("`pmo change list --project {id}` lists them")));
        };
        if record.kind != "change" || record.home != id {
            return Err(CliError::new(format!("{record} is no change request of {id}")));
        }
        let Some(change) = register.get::<Change>(&record) else {
            return Err(CliError::new(format!("{} cannot be read", record.path()))
                .hint("`pmo check` shows what is wrong with it"));
        };
        if change.state != ChangeState::Approved {
            let error = CliError::new(format!(
                "{record} is {}; only an approved change moves what is agreed",
                change.state.word()
            ));
            let decision = change.decision.as_ref().filter(|reference| {
                let id = register.resolve(reference, Some(id));
                let decision = id.and_then(|id| register.get::<Decision>(&id));
                decision.is_none_or(|decision| decision.state != DecisionState::Decided)
            });
            return Err(match decision {
                Some(decision) => error.hint(format!(
                    "`pmo show {record}` shows it; {decision} decides it: `pmo decision decide`"
                )),
                None => error
                    .hint(format!("once it is approved: pmo set {record} state=approved decided_on=DATE")),
            });
        }
        Ok((record, change))
    }

    /// What moves, and from where.
    fn moves(
        &self,
        context: &Context,
        register: &Register,
        id: &str,
        charter: &Project,
        change: &Change,
    ) -> Result<Moves, CliError> {
        let days = change.effect.days.filter(|days| *days != 0);
        let finish = match (self.finish, days, charter.schedule.finish) {
            (Some(to), _, from) => Some(Moved { from, to }),
            (None, Some(days), Some(from)) => Some(Moved { from: Some(from), to: from.plus_days(days) }),
            (None, Some(_), None) => {
                return Err(CliError::new(format!("{id} has no agreed finish that could move"))
                    .hint("say where it is to be: --finish DATE"));
            }
            (None, None, _) => None,
        };
        let old = charter.budget.approved.map(|budget| budget.0);
        let cost = change.effect.cost.map(|cost| cost.0).filter(|cost| !cost.is_zero());
        let budget = match (self.budget, cost, old) {
            (Some(to), _, from) => Some(Moved { from, to: to.0 }),
            (None, Some(cost), Some(from)) => {
                let sum = from.checked_add(cost);
                let to = sum.ok_or_else(|| CliError::new("the new budget is too large a number"))?;
                Some(Moved { from: Some(from), to })
            }
            (None, Some(_), None) => {
                return Err(CliError::new(format!("{id} has no approved budget that could move"))
                    .hint("say what it is to be: --budget AMOUNT"));
            }
            (None, None, _) => None,
        };
        if budget.as_ref().is_some_and(|budget| budget.to.is_sign_negative()) {
            return Err(CliError::new("a budget cannot be negative"));
        }
        if let (Some(finish), Some(start)) = (&finish, charter.schedule.start)
            && finish.to < start
        {
            return Err(CliError::new(format!(
                "the finish would be {}, before the start on {start}",
                finish.to
            ))
            .hint("say where it is to be: --finish DATE"));
        }
        let currency = cost::currency(register, charter);
        let digits = minor_units(currency);
        if let Some(budget) = budget.as_ref().filter(|budget| budget.to.normalize().scale() > digits) {
            return Err(CliError::new(format!(
                "the budget would be {}, and {currency} has {} after the point",
                budget.to.normalize(),
                text::count(digits as usize, "digit")
            ))
            .hint("say what it is to be: --budget AMOUNT"));
        }
        let milestones = self.milestones(context, register, id, charter, days)?;
        let moves = Moves {
            finish: finish.filter(|finish| finish.from != Some(finish.to)),
            budget: budget.filter(|budget| budget.from != Some(budget.to)),
            milestones,
        };
        if moves.finish.is_none() && moves.budget.is_none() && moves.milestones.is_empty() {
            let by = text::terminal(&self.change);
            return Err(CliError::new(format!("{by} moves nothing: it states neither cost nor days"))
                .hint("say what is agreed: --finish DATE, --budget AMOUNT, --milestone ID=DATE"));
        }
        Ok(moves)
    }

    fn milestones(
        &self,
        context: &Context,
        register: &Register,
        id: &str,
        charter: &Project,
        days: Option<i64>,
    ) -> Result<Vec<(String, Moved<Date>)>, CliError> {
        let known: Vec<&str> = charter.milestone.iter().map(|milestone| milestone.id.as_str()).collect();
        for (named, _) in &self.milestone {
            if !known.contains(&named.as_str()) {
                let error = CliError::new(format!("{id} has no milestone #{}", text::terminal(named)));
                return Err(match text::nearest(named, known.iter().copied()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint(format!("it has {}", text::list(&known, "and"))),
                });
            }
        }
        let status = calendar::newest(register, id, context.today).map(|(_, status)| status);
        let reached =
            |name: &str| status.and_then(|s| s.milestone.get(name)).is_some_and(|m| m.actual.is_some());
        let moved = charter.milestone.iter().filter_map(|milestone| {
            let from = milestone.baseline;
            let given = self.milestone.iter().rfind(|(named, _)| *named == milestone.id).map(|(_, to)| *to);
            let to = match given {
                Some(to) => to,
                None if !self.milestone.is_empty() || reached(&milestone.id) => return None,
                None => from?.plus_days(days?),
            };
            (from != Some(to)).then(|| (milestone.id.clone(), Moved { from, to }))
        });
        Ok(moved.collect())
    }
}

/// The charter with the new figures, and the old ones as the newest of those that are superseded.
fn rewritten(
    text: &str,
    charter: &Project,
    change: &Change,
    by: &RecordId,
    moves: &Moves,
    today: Date,
) -> Result<String, CliError> {
    let literal = |path: String, value: String| Assignment { path, value: NewValue::literal(&value) };
    let mut keys = Vec::new();
    if let Some(finish) = &moves.finish {
        keys.push(Assignment::date("schedule.finish", finish.to));
    }
    if let Some(budget) = &moves.budget {
        keys.push(literal("budget.approved".to_owned(), grouped(budget.to)));
    }
    for (id, moved) in &moves.milestones {
        keys.push(Assignment::date(&format!("milestone[id={id}].baseline"), moved.to));
    }
    keys.push(Assignment::date("baseline.approved_on", change.decided_on.unwrap_or(today)));
    keys.push(Assignment::text("baseline.change", &by.stem()));
    keys.push(match &change.decision {
        Some(decision) => Assignment::text("baseline.decision", decision.as_str()),
        None => Assignment::remove("baseline.decision"),
    });
    let text = assign(text, &keys)?;
    let mut old: Vec<(String, NewValue)> = Vec::new();
    let mut keep = |key: &str, value: Option<String>| {
        old.extend(value.and_then(|value| NewValue::literal(&value)).map(|value| (key.to_owned(), value)));
    };
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    keep("approved_on", date(charter.baseline.as_ref().and_then(|baseline| baseline.approved_on)));
    keep("start", date(charter.schedule.start));
    keep("finish", date(charter.schedule.finish));
    keep("budget", charter.budget.approved.map(|budget| grouped(budget.0)));
    let milestones: Vec<(String, NewValue)> = moves
        .milestones
        .iter()
        .filter_map(|(id, moved)| Some((id.clone(), NewValue::literal(&moved.from?.to_string())?)))
        .collect();
    if !milestones.is_empty() {
        old.push(("milestones".to_owned(), NewValue::inline_table(&milestones)));
    }
    Ok(syntax::prepend_table(&text, "superseded", &old)?)
}

/// An amount as people write it in these files: `1_260_000`, `1250000.50` with its groups likewise.
fn grouped(amount: Decimal) -> String {
    let text = amount.normalize().to_string();
    let (whole, rest) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    rest.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}

/// `finish 2027-03-31 → 2027-04-15, budget 1_200_000 → 1_260_000, 2 milestones`.
fn said(moves: &Moves) -> String {
    fn arrow(what: &str, from: Option<String>, to: &str) -> String {
        format!("{what} {}{to}", from.map(|from| format!("{from} → ")).unwrap_or_default())
    }
    let mut parts = Vec::new();
    if let Some(finish) = &moves.finish {
        parts.push(arrow("finish", finish.from.map(|from| from.to_string()), &finish.to.to_string()));
    }
    if let Some(budget) = &moves.budget {
        parts.push(arrow("budget", budget.from.map(grouped), &grouped(budget.to)));
    }
    for (id, moved) in &moves.milestones {
        parts.push(arrow(&format!("#{id}"), moved.from.map(|from| from.to_string()), &moved.to.to_string()));
    }
    parts.join(", ")
}

/// What the change does not say and somebody has to: the curve, the split of the budget.
fn left(context: &Context, id: &str, charter: &Project, moves: &Moves) {
    if !charter.planned_value.is_empty() && (moves.finish.is_some() || moves.budget.is_some()) {
        context.say(&format!("[[planned_value]] still is the earlier curve: `pmo edit {id}` plans it anew"));
    }
    if let Some(budget) = &moves.budget {
        let parts = charter.cost.iter().filter_map(|line| line.approved).map(|amount| amount.0);
        let sum = parts.fold(Decimal::ZERO, Decimal::saturating_add);
        if !charter.cost.is_empty() && sum != budget.to {
            let (sum, to) = (grouped(sum), grouped(budget.to));
            context.say(&format!(
                "[[cost]] adds up to {sum} and the budget is {to}: `pmo edit {id}` splits it anew"
            ));
        }
    }
}
