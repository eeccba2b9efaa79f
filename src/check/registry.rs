//! The list of rules, in the order in which the manual has them.

use super::rule::Rule;
use super::rules;
use crate::model::scope::{Needs, Scope};

/// Every rule.
pub static RULES: &[Rule] = &[
    // What was promised to the PMO.
    rules::status_missing::RULE,
    rules::status_late::RULE,
    rules::status_incomplete::RULE,
    rules::status_in_future::RULE,
    rules::period_off_calendar::RULE,
    rules::closed_period_changed::RULE,
    rules::report_after_close::RULE,
    rules::unknown_template::RULE,
    rules::report_unchanged::RULE,
    rules::greener_than_computed::RULE,
    rules::override_expired::RULE,
    rules::red_without_plan::RULE,
    rules::rag_without_note::RULE,
    rules::figure_goes_backwards::RULE,
    // Dates and money.
    rules::forecast_before_today::RULE,
    rules::milestone_overdue::RULE,
    rules::milestone_dropped::RULE,
    rules::finish_before_start::RULE,
    rules::budget_exceeded_without_change::RULE,
    rules::tolerance_breached::RULE,
    rules::curve_out_of_order::RULE,
    rules::earned_over_budget::RULE,
    rules::cost_stated_twice::RULE,
    rules::forecast_split_differs::RULE,
    rules::reserve_overdrawn::RULE,
    rules::currency_without_rate::RULE,
    rules::rates_overlap::RULE,
    rules::baseline_moved_without_change::RULE,
    // Risks, actions, decisions.
    rules::risk_without_owner::RULE,
    rules::risk_without_response::RULE,
    rules::risk_review_overdue::RULE,
    rules::risk_acceptance_expired::RULE,
    rules::acceptance_without_expiry::RULE,
    rules::lowered_without_response::RULE,
    rules::escalation_unanswered::RULE,
    rules::target_worse_than_current::RULE,
    rules::chance_outside_band::RULE,
    rules::estimate_out_of_order::RULE,
    rules::issue_without_owner::RULE,
    rules::exposure_over_contingency::RULE,
    rules::action_overdue::RULE,
    rules::decision_overdue::RULE,
    // The charter and the people.
    rules::charter_incomplete::RULE,
    rules::no_sponsor::RULE,
    rules::manager_inactive::RULE,
    rules::closed_with_open_items::RULE,
    rules::over_allocated::RULE,
    // How things hang together.
    rules::moderation_outside_programme::RULE,
    rules::unknown_person::RULE,
    rules::dangling_reference::RULE,
    rules::suspect_link::RULE,
    rules::unknown_milestone::RULE,
    rules::duplicate_milestone::RULE,
    rules::duplicate_entry::RULE,
    rules::dependency_cycle::RULE,
    rules::dependency_date_conflict::RULE,
    rules::dependency_slipped::RULE,
    rules::dependency_on_closed_project::RULE,
    rules::name_taken_twice::RULE,
    // Words and scales of the organisation.
    rules::word_outside_vocabulary::RULE,
    rules::value_off_scale::RULE,
    rules::custom_field::RULE,
    // Files, as the loader finds them.
    rules::misplaced_file::RULE,
    rules::unknown_folder::RULE,
    rules::toml_1_1::RULE,
    // The policy itself.
    rules::unknown_rule::RULE,
    rules::unknown_selector::RULE,
    rules::unused_exception::RULE,
    rules::expired_exception::RULE,
];

/// The rule of that name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// How much of a register all rules together need.
pub fn needs() -> Scope {
    let advice = Scope { advice: true, ..Scope::default() };
    RULES.iter().map(Needs::needs).fold(advice, Scope::union)
}
