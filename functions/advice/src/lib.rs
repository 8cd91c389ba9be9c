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
use sentry_http::{Routes, routes};
use sentry_queue::Queue;
use sentry_runtime::{SettingError, Settings};

/// The routes of this function.
pub fn router() -> Routes<App> {
    routes![
        generate::generate_recommendations,
        strategies::list_strategies,
        feedback::give_recommendation_feedback,
        list::list_recommendations,
        act::apply_recommendation,
        act::undo_recommendation,
        act::accept_recommendation,
        act::dismiss_recommendation,
        act::snooze_recommendation,
        profile::create_profile,
        profile::get_profile,
        profile::update_profile,
        profile::patch_profile,
        profile::delete_profile,
        preferences::get_preferences,
        preferences::update_preferences,
        preferences::delete_preferences,
        constraints::list_constraints,
        constraints::create_constraint,
        constraints::get_constraint,
        constraints::update_constraint,
        constraints::delete_constraint,
        behavioral::get_behavioral_profile,
        behavioral::list_profile_changes,
    ]
}

/// Builds the state from the settings of the process.
pub fn state(settings: &Settings) -> Result<App, SettingError> {
    App::from_settings(settings, &[Queue::BurnoutRescore])
}
