//! The workload score: made on request, explained, remembered.

mod analysis;
mod analyze;
mod analyze_auto;
mod formula;
mod history;
mod status;
mod texts;

use sentry_http::App;
use sentry_runtime::{SettingError, Settings};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(analyze::analyze_burnout))
        .routes(routes!(analyze_auto::analyze_burnout_auto))
        .routes(routes!(status::get_burnout_status))
        .routes(routes!(history::list_burnout_history))
        .routes(routes!(formula::get_burnout_formula))
}

/// Builds the state from the settings of the process. Nothing here sends messages.
pub fn state(settings: &Settings) -> Result<App, SettingError> {
    App::from_settings(settings, &[])
}
