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

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<Burnout> {
    OpenApiRouter::new()
        .routes(routes!(analyze::analyze_burnout))
        .routes(routes!(analyze_auto::analyze_burnout_auto))
        .routes(routes!(status::get_burnout_status))
        .routes(routes!(history::list_burnout_history))
        .routes(routes!(formula::get_burnout_formula))
        .routes(routes!(trend::get_burnout_trend))
        .routes(routes!(alerts::list_burnout_alerts))
        .routes(routes!(breakdown::get_burnout_breakdown))
        .routes(routes!(insights::get_burnout_insights))
        .routes(routes!(what_if::ask_what_if))
        .routes(routes!(feedback::give_burnout_feedback))
        .routes(routes!(workload::calculate_workload))
        .routes(routes!(workload::get_workload_metrics))
        .routes(routes!(workload::get_workload_breakdown))
        .routes(routes!(sentiment_submit::submit_sentiment))
        .routes(routes!(
            check_ins::list_check_ins,
            check_ins::create_check_in
        ))
        .routes(routes!(check_ins::delete_check_in))
}
