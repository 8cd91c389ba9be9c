//! `POST`, `GET /api/check-ins` and `DELETE /api/check-ins/{check_in_id}`: how somebody says they are.

use crate::Burnout;
use crate::texts::{begin, country_error, help, let_model_read};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sentry_db::profiles;
use sentry_db::texts::{self, NewText, TextRow};
use sentry_http::{ApiError, App, Body, Caller, FieldError, Items, Page, Params, PathParams};
use sentry_queue::enqueue_rescore;
use sentry_scoring::Scales;
use sentry_scoring::sentiment::{self, Label, Resource};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

const MAX_NOTE: usize = 20_000;

/// How somebody is: numbers, words or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckInIn {
    /// 1 (very low) to 5 (very good).
    #[schema(minimum = 1, maximum = 5)]
    mood: Option<i16>,
    /// 1 (none left) to 5 (full).
    #[schema(minimum = 1, maximum = 5)]
    energy: Option<i16>,
    /// 1 (none) to 5 (very much).
    #[schema(minimum = 1, maximum = 5)]
    stress: Option<i16>,
    /// In their own words.
    #[schema(max_length = 20000)]
    note: Option<String>,
    /// Country whose help lines are named when the note shows signs of crisis (ISO 3166-1 alpha-2).
    #[schema(min_length = 2, max_length = 2, pattern = "^[A-Za-z]{2}$")]
    country: Option<String>,
}

/// A check-in as it was read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CheckInOut {
    /// Its id.
    id: Uuid,
    /// 1 to 5.
    #[schema(required)]
    mood: Option<i16>,
    /// 1 to 5.
    #[schema(required)]
    energy: Option<i16>,
    /// 1 to 5.
    #[schema(required)]
    stress: Option<i16>,
    /// In their own words; null where they can no longer be opened.
    #[schema(required)]
    note: Option<String>,
    /// -1 (distressed) to 1 (glad); null where the person's preferences keep it from being read.
    #[schema(required)]
    sentiment_score: Option<f64>,
    /// The score in a word.
    #[schema(required)]
    label: Option<Label>,
    /// What it is about.
    #[schema(value_type = Vec<String>)]
    themes: Value,
    /// The signals it raised.
    #[schema(value_type = Vec<String>)]
    signals: Value,
    /// Signs of self-harm. Then show `resources` before anything else.
    crisis: bool,
    /// Where to find help.
    resources: Vec<Resource>,
    /// When.
    created_at: DateTime<Utc>,
}

/// Keeps how the caller says they are, and lets the score follow.
///
/// Numbers alone give a score, a note alone does, and of both the mean counts. With check-ins left
/// out of `text_sources` in the preferences, it is kept and not read.
#[utoipa::path(post, path = "/api/check-ins", operation_id = "create_check_in", tag = "check-ins",
    request_body = CheckInIn,
    responses((status = 201, description = "Kept", body = CheckInOut)))]
pub(crate) async fn create_check_in(
    State(burnout): State<Burnout>,
    caller: Caller,
    body: Body<CheckInIn>,
) -> Result<Response, ApiError> {
    check(&body.value)?;
    let input = &body.value;
    let note = input.note.as_deref().unwrap_or_default();
    let put_back = |out: &mut Value| out["note"] = json!(note);
    let mut write = begin(&burnout.app, &caller, &body, put_back).await?;
    let (at, owner) = (write.at(), caller.user_id);
    let preferences = profiles::preferences(&mut write.tx, owner).await?;
    let sources = &preferences.text_sources;
    let readable = sources.iter().any(|source| source == "check_in");
    let key = burnout.data_key(&mut write.tx, owner).await?;
    let sealed = burnout.seal(owner, &key, note);
    let text = read(input, (burnout.app.ids.uuid(at), sealed), readable);
    let texts = std::slice::from_ref(&text);
    let asked = texts::insert(&mut write.tx, owner, texts, at).await?;
    enqueue_rescore(&mut write.tx, owner, asked).await?;
    let_model_read(&mut write.tx, owner, &preferences, texts).await?;
    let kept = shown(text, input.country.as_deref(), at);
    let location = format!("/api/check-ins/{}", kept.id);
    let out = CheckInOut {
        note: Some(note.to_owned()),
        ..kept.clone()
    };
    write
        .commit_keeping(StatusCode::CREATED, (&out, &kept), Some(location))
        .await
}

fn check(input: &CheckInIn) -> Result<(), ApiError> {
    let numbers = [
        ("mood", input.mood),
        ("energy", input.energy),
        ("stress", input.stress),
    ];
    let mut errors: Vec<FieldError> = numbers
        .iter()
        .filter(|(_, value)| value.is_some_and(|value| !(1..=5).contains(&value)))
        .map(|(name, _)| FieldError::new(*name, "must be 1 to 5"))
        .collect();
    let note = input.note.as_deref().unwrap_or_default();
    if note.chars().count() > MAX_NOTE {
        errors.push(FieldError::new(
            "note",
            format!("must have at most {MAX_NOTE} characters"),
        ));
    }
    if note.trim().is_empty() && numbers.iter().all(|(_, value)| value.is_none()) {
        errors.push(FieldError::new(
            "",
            "say something: mood, energy, stress or a note",
        ));
    }
    errors.extend(country_error(input.country.as_deref()));
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Invalid(errors))
    }
}

fn read(input: &CheckInIn, (id, sealed): (Uuid, Vec<u8>), readable: bool) -> NewText {
    let note = input.note.as_deref().unwrap_or_default();
    let found = (readable && !note.trim().is_empty()).then(|| sentiment::analyze(note));
    let scales = Scales {
        mood: input.mood,
        energy: input.energy,
        stress: input.stress,
    };
    let score = readable.then(|| scales.score(found.as_ref())).flatten();
    NewText {
        id,
        entry_type: "check_in",
        sealed,
        sentiment_score: score,
        themes: found
            .as_ref()
            .map_or_else(|| json!([]), |found| json!(found.themes)),
        signals: found
            .as_ref()
            .map_or_else(|| json!([]), |found| json!(found.signals.raised())),
        crisis: found.as_ref().is_some_and(|found| found.crisis),
        language: found.map(|found| found.language),
        engine: sentiment::ENGINE,
        mood: input.mood,
        energy: input.energy,
        stress: input.stress,
    }
}

/// All but the words.
fn shown(text: NewText, country: Option<&str>, at: DateTime<Utc>) -> CheckInOut {
    CheckInOut {
        id: text.id,
        mood: text.mood,
        energy: text.energy,
        stress: text.stress,
        note: Some(String::new()),
        sentiment_score: text.sentiment_score,
        label: text.sentiment_score.map(Label::from_score),
        themes: text.themes,
        signals: text.signals,
        crisis: text.crisis,
        resources: help(text.crisis, country),
        created_at: at,
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckInParams {
    /// Lines in the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The caller's check-ins, newest first.
#[utoipa::path(get, path = "/api/check-ins", operation_id = "list_check_ins", tag = "check-ins",
    params(CheckInParams),
    responses((status = 200, description = "A page of check-ins", body = Items<CheckInOut>)))]
pub(crate) async fn list_check_ins(
    State(burnout): State<Burnout>,
    caller: Caller,
    Params(params): Params<CheckInParams>,
) -> Result<Json<Items<CheckInOut>>, ApiError> {
    let page: Page<(DateTime<Utc>, Uuid)> = Page::new(params.limit, params.cursor.as_deref())?;
    let mut tx = burnout.app.tenant(&caller).await?;
    let mut rows = texts::check_ins(&mut tx, caller.user_id, page.limit, page.after).await?;
    if rows.iter().any(|row| row.sealed.is_some()) {
        let key = burnout.data_key(&mut tx, caller.user_id).await?;
        for row in &mut rows {
            row.open(caller.user_id, &key);
        }
    }
    tx.commit().await?;
    let place = |row: &TextRow| (row.created_at, row.id);
    Ok(Json(Items::from_rows(rows, page.limit, place, item)))
}

fn item(row: TextRow) -> CheckInOut {
    CheckInOut {
        id: row.id,
        mood: row.mood,
        energy: row.energy,
        stress: row.stress,
        note: row.sealed.is_none().then_some(row.content),
        sentiment_score: row.sentiment_score,
        label: row.sentiment_score.map(Label::from_score),
        themes: row.themes,
        signals: row.signals,
        crisis: row.crisis,
        // A model may have seen the sign after the answer to the check-in was given.
        resources: help(row.crisis, None),
        created_at: row.created_at,
    }
}

/// Deletes a check-in for good; the score follows.
#[utoipa::path(delete, path = "/api/check-ins/{check_in_id}", operation_id = "delete_check_in", tag = "check-ins",
    params(("check_in_id" = Uuid, Path, description = "Which check-in")),
    responses((status = 204, description = "Gone")))]
pub(crate) async fn delete_check_in(
    State(app): State<App>,
    caller: Caller,
    PathParams(id): PathParams<Uuid>,
    body: Body<Option<Nothing>>,
) -> Result<Response, ApiError> {
    let mut write = app.write(&caller, &body).await?;
    let asked = texts::delete_check_in(&mut write.tx, caller.user_id, id)
        .await?
        .ok_or(ApiError::NotFound("check-in"))?;
    enqueue_rescore(&mut write.tx, caller.user_id, asked).await?;
    write.commit_empty().await
}

/// There is nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}
