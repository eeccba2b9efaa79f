//! What follows from a register on a day: pure functions, one topic a file.
//!
//! Everything here takes the register and the day and gives data; a value that cannot be known is
//! `None`, never zero. Figures are exact decimals and are not rounded. Words for people are `report`'s,
//! but for the short phrases of [`rating::Fact`], which rules and reports share.
//!
//! - [`agreed`]: the baseline that was in force on a day
//! - [`calendar`]: periods, deadlines, which report counts
//! - [`collected`]: the reports of a period that came, and those that are owed
//! - [`working_days`]: weekdays less holidays
//! - [`schedule`]: slip of the finish and of milestones
//! - [`earned_value`]: planned value, earned value, actual cost, earned schedule
//! - [`cost`]: the forecast over the budget
//! - [`conversion`]: amounts of several currencies in the register's own
//! - [`finance`]: budget control, fiscal years, run rate
//! - [`exposure`]: scores, bands and expected values of risks; what is left of the contingency
//! - [`risk_matrix`]: where risks stand on the register's scales, and their ranks
//! - [`risk_worth`]: expected values before and after responses, and their sums
//! - [`likeness`]: texts that may say the same
//! - [`benefits`]: how far benefits fall short of their targets
//! - [`investment`]: net present value, internal rate of return, payback
//! - [`agile`]: velocity by sprint, burn-up, and when the rest will be done
//! - [`kpi`]: indicators of a group of projects
//! - [`risk_calibration`]: stated chances and effects of risks against what happened
//! - [`risk_life`]: reviews that are due, acceptances that ran out, escalations that wait
//! - [`scope`]: changes that wait for a decision
//! - [`sum`]: sums that count what is missing
//! - [`simulation`]: what the open risks may come to, drawn many times over
//! - [`standing`]: all of these for one project, gathered once
//! - [`rating`]: the computed rating, with its reasons
//! - [`difference`]: what changed in a project between two periods
//! - [`discipline`]: how reliably projects report
//! - [`moderation`]: what programmes say of their projects
//! - [`open_items`]: what somebody has to do, and for how long it has been open
//! - [`tolerance`]: how far a project may stray, and where it strayed further
//! - [`capacity`]: who is asked for more than there is
//! - [`dependency`]: who waits for whom
//! - [`suspect`]: links to what has changed since somebody last looked
//! - [`trend`]: measures of the portfolio from period to period
//! - [`milestone_trend`]: the forecasts of a project's milestones over its reports
//! - [`track`]: the forecasts of a project over its life, and what became of it
//! - [`calibration`]: how far forecasts moved, and how early red was called before a slip
//! - [`reference_class`]: what past projects say of an open one's finish and cost
//! - [`withhold`]: a register as an audience may see it, before anything else is reckoned

pub mod agile;
pub mod agreed;
pub mod benefits;
pub mod calendar;
pub mod calibration;
pub mod capacity;
pub mod collected;
pub mod conversion;
pub mod cost;
pub mod dependency;
pub mod difference;
pub mod discipline;
pub mod earned_value;
pub mod exposure;
pub mod finance;
pub mod investment;
pub mod kpi;
pub mod likeness;
pub mod milestone_trend;
pub mod moderation;
pub mod open_items;
pub mod rating;
pub mod reference_class;
pub mod risk_calibration;
pub mod risk_life;
pub mod risk_matrix;
pub mod risk_worth;
pub mod schedule;
pub mod scope;
pub mod simulation;
pub mod standing;
pub mod sum;
pub mod suspect;
pub mod tolerance;
pub mod track;
pub mod trend;
pub mod withhold;
pub mod working_days;

#[cfg(test)]
pub(crate) mod tests;
