//! Advice that has measured its own effect, and what the person has said of themselves for it:
//! profile, preferences, constraints.

mod act;
mod behavioral;
mod constraints;
mod feedback;
mod generate;
mod list;
mod preferences;
mod profile;
mod recommendation;
mod strategies;

use sentry_http::App;
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(generate::generate_recommendations))
        .routes(routes!(strategies::list_strategies))
        .routes(routes!(feedback::give_recommendation_feedback))
        .routes(routes!(list::list_recommendations))
        .routes(routes!(act::apply_recommendation))
        .routes(routes!(act::undo_recommendation))
        .routes(routes!(act::accept_recommendation))
        .routes(routes!(act::dismiss_recommendation))
        .routes(routes!(act::snooze_recommendation))
        .routes(routes!(profile::create_profile))
        .routes(routes!(
            profile::get_profile,
            profile::update_profile,
            profile::patch_profile
        ))
        .routes(routes!(
            preferences::get_preferences,
            preferences::update_preferences
        ))
        .routes(routes!(
            constraints::list_constraints,
            constraints::create_constraint
        ))
        .routes(routes!(
            constraints::get_constraint,
            constraints::update_constraint,
            constraints::delete_constraint
        ))
        .routes(routes!(behavioral::get_behavioral_profile))
        .routes(routes!(behavioral::list_profile_changes))
}

/// Builds the state from the settings of the process.
pub fn state(settings: &Settings) -> Result<App, SettingError> {
    App::from_settings(settings, &[Queue::BurnoutRescore])
}
