//! The workload score: made on request, explained, remembered.

mod alerts;
mod analysis;
mod analyze;
mod analyze_auto;
mod breakdown;
mod check_ins;
mod feedback;
mod formula;
mod history;
mod insights;
mod sentiment_submit;
mod state;
mod status;
mod texts;
mod trend;
mod what_if;
mod workload;

pub use state::{Burnout, state};

use sentry_http::{Routes, routes};

/// The routes of this function.
pub fn router() -> Routes<Burnout> {
    routes![
        analyze::analyze_burnout,
        analyze_auto::analyze_burnout_auto,
        status::get_burnout_status,
        history::list_burnout_history,
        formula::get_burnout_formula,
        trend::get_burnout_trend,
        alerts::list_burnout_alerts,
        breakdown::get_burnout_breakdown,
        insights::get_burnout_insights,
        what_if::ask_what_if,
        feedback::give_burnout_feedback,
        workload::calculate_workload,
        workload::get_workload_metrics,
        workload::get_workload_breakdown,
        sentiment_submit::submit_sentiment,
        check_ins::list_check_ins,
        check_ins::create_check_in,
        check_ins::delete_check_in,
    ]
}
