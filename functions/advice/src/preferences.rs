//! `GET` and `PUT /api/profile/{user_id}/preferences`: what somebody wants offered, and read.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveTime;
use sentry_db::profiles::{self, PreferencesRow, ProfileChange};
use sentry_http::{ApiError, App, Body, Caller, Conflict, FieldError, Patch, PathParams};
use sentry_queue::request_rescore;
use sentry_scoring::advice::AdviceKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How advice is worded.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Style {
    /// In as few words as possible.
    Direct,
    /// Kindly.
    Supportive,
    /// With numbers.
    DataDriven,
}

/// Texts that may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TextSource {
    /// Check-ins.
    CheckIn,
    /// Diary entries.
    Diary,
    /// Notes on tasks.
    TaskNote,
    /// Transcripts of meetings.
    MeetingTranscript,
    /// Chats with the companion.
    Chat,
}

/// A time of the night in which nothing is sent.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuietHours {
    /// Local begin.
    #[schema(value_type = String, example = "21:00:00")]
    from: NaiveTime,
    /// Local end; at or before the begin, it is on the next day.
    #[schema(value_type = String, example = "07:00:00")]
    until: NaiveTime,
}

/// What changes; what is not mentioned stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreferencesPatch {
    /// How advice is worded.
    communication_style: Option<Style>,
    /// Kinds of advice that are welcome.
    #[schema(max_items = 20)]
    preferred_types: Option<Vec<AdviceKind>>,
    /// Kinds of advice that are never offered.
    #[schema(max_items = 20)]
    avoided_types: Option<Vec<AdviceKind>>,
    /// Local hours in which nothing is sent; null for none.
    #[schema(value_type = Option<QuietHours>)]
    #[serde(default)]
    quiet_hours: Patch<QuietHours>,
    /// Offers per day at most.
    #[schema(minimum = 0, maximum = 50)]
    daily_cap: Option<i32>,
    /// Texts that may be read for the score.
    #[schema(max_items = 5)]
    text_sources: Option<Vec<TextSource>>,
    /// Whether the language model of this installation may read these texts, too, where there is one. Off until
    /// somebody turns it on: the words leave the installation for it.
    model_reads_texts: Option<bool>,
    /// The version the caller has seen; another one is 409.
    version: Option<i32>,
}

/// What somebody wants.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreferencesOut {
    /// How advice is worded.
    #[schema(example = "supportive")]
    communication_style: String,
    /// Kinds of advice that are welcome.
    preferred_types: Vec<String>,
    /// Kinds of advice that are never offered.
    avoided_types: Vec<String>,
    /// Local hours in which nothing is sent.
    #[schema(required)]
    quiet_hours: Option<QuietHours>,
    /// Offers per day at most.
    daily_cap: i32,
    /// Texts that may be read for the score.
    text_sources: Vec<String>,
    /// Whether a language model may read them, too.
    model_reads_texts: bool,
    /// Goes up with every change; 0 before the first.
    version: i32,
}

/// The caller's preferences; before there are any, the usual.
#[utoipa::path(get, path = "/api/profile/{user_id}/preferences", operation_id = "get_preferences", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 200, description = "The preferences", body = PreferencesOut)))]
pub(crate) async fn get_preferences(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
) -> Result<Json<PreferencesOut>, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut tx = app.tenant(&caller).await?;
    let row = profiles::preferences(&mut tx, owner).await?;
    tx.commit().await?;
    Ok(Json(shown(row)))
}

/// Changes the given preferences. What may be read changes the score, which follows.
#[utoipa::path(put, path = "/api/profile/{user_id}/preferences", operation_id = "update_preferences", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    request_body = PreferencesPatch,
    responses((status = 200, description = "The preferences as they are now", body = PreferencesOut)))]
pub(crate) async fn update_preferences(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<PreferencesPatch>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let at = write.at();
    let before = profiles::preferences(&mut write.tx, owner).await?;
    let version = body.value.version.or(body.if_match);
    if version.is_some_and(|version| version != before.version) {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    let mut after = applied(body.value, before.clone())?;
    after.version = profiles::put_preferences(&mut write.tx, owner, &after, at).await?;
    let action = if before.version == 0 {
        "created"
    } else {
        "updated"
    };
    let change = ProfileChange::new(
        "preferences",
        action,
        (
            serde_json::to_value(shown(before)).ok(),
            serde_json::to_value(shown(after.clone())).ok(),
        ),
        at,
    );
    profiles::note(&mut write.tx, owner, &change).await?;
    request_rescore(&mut write.tx, owner).await?;
    write.commit(StatusCode::OK, &shown(after)).await
}

/// Deletes the preferences: the usual ones count again. What they were stays in the history of the profile.
#[utoipa::path(delete, path = "/api/profile/{user_id}/preferences", operation_id = "delete_preferences", tag = "profile",
    params(("user_id" = String, Path, description = "The caller's id, or `me`")),
    responses((status = 204, description = "Gone")))]
pub(crate) async fn delete_preferences(
    State(app): State<App>,
    caller: Caller,
    PathParams(user_id): PathParams<String>,
    body: Body<serde_json::Value>,
) -> Result<Response, ApiError> {
    let owner = caller.must_be(&user_id)?;
    let mut write = app.write(&caller, &body).await?;
    let before = profiles::preferences(&mut write.tx, owner).await?;
    if before.version == 0 {
        return Err(ApiError::NotFound("preferences"));
    }
    if body
        .if_match
        .is_some_and(|version| version != before.version)
    {
        return Err(ApiError::Conflict(Conflict::STALE));
    }
    profiles::delete_preferences(&mut write.tx, owner).await?;
    let change = ProfileChange::new(
        "preferences",
        "deleted",
        (serde_json::to_value(shown(before)).ok(), None),
        write.at(),
    );
    profiles::note(&mut write.tx, owner, &change).await?;
    request_rescore(&mut write.tx, owner).await?;
    write.commit_empty().await
}

fn applied(patch: PreferencesPatch, row: PreferencesRow) -> Result<PreferencesRow, ApiError> {
    let mut errors = Vec::new();
    if patch.daily_cap.is_some_and(|cap| !(0..=50).contains(&cap)) {
        errors.push(FieldError::new("daily_cap", "must be 0 to 50"));
    }
    let kinds = |kinds: Vec<AdviceKind>| -> Vec<String> {
        let mut kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    let preferred_types = patch.preferred_types.map_or(row.preferred_types, kinds);
    let avoided_types = patch.avoided_types.map_or(row.avoided_types, kinds);
    if preferred_types
        .iter()
        .any(|kind| avoided_types.contains(kind))
    {
        errors.push(FieldError::new(
            "avoided_types",
            "must not hold what is preferred",
        ));
    }
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    let quiet = row
        .quiet_from
        .zip(row.quiet_until)
        .map(|(from, until)| QuietHours { from, until });
    let quiet = patch.quiet_hours.or(quiet);
    Ok(PreferencesRow {
        communication_style: match patch.communication_style {
            None => row.communication_style,
            Some(Style::Direct) => "direct".to_owned(),
            Some(Style::Supportive) => "supportive".to_owned(),
            Some(Style::DataDriven) => "data_driven".to_owned(),
        },
        preferred_types,
        avoided_types,
        quiet_from: quiet.map(|quiet| quiet.from),
        quiet_until: quiet.map(|quiet| quiet.until),
        daily_cap: patch.daily_cap.unwrap_or(row.daily_cap),
        text_sources: patch
            .text_sources
            .map_or(row.text_sources, |given| sources(&given)),
        model_reads_texts: patch.model_reads_texts.unwrap_or(row.model_reads_texts),
        version: row.version,
    })
}

fn sources(sources: &[TextSource]) -> Vec<String> {
    let name = |source: &TextSource| match source {
        TextSource::CheckIn => "check_in",
        TextSource::Diary => "diary",
        TextSource::TaskNote => "task_note",
        TextSource::MeetingTranscript => "meeting_transcript",
        TextSource::Chat => "chat",
    };
    let mut names: Vec<String> = sources
        .iter()
        .map(|source| name(source).to_owned())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn shown(row: PreferencesRow) -> PreferencesOut {
    PreferencesOut {
        communication_style: row.communication_style,
        preferred_types: row.preferred_types,
        avoided_types: row.avoided_types,
        quiet_hours: row
            .quiet_from
            .zip(row.quiet_until)
            .map(|(from, until)| QuietHours { from, until }),
        daily_cap: row.daily_cap,
        text_sources: row.text_sources,
        model_reads_texts: row.model_reads_texts,
        version: row.version,
    }
}
