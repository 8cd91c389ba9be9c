//! `POST /api/sentiment/submit`: texts of the last days, kept and read.

use crate::Burnout;
use crate::texts::{QualitativeData, TextsOut, begin, country_error, let_model_read};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sentry_db::profiles;
use sentry_db::texts::{self, NewText};
use sentry_http::{ApiError, Body, Caller};
use sentry_queue::enqueue_rescore;
use sentry_scoring::Sentiment;
use sentry_scoring::sentiment;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

/// Texts to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubmitIn {
    /// Older clients name the caller; anybody else is 404.
    user_id: Option<i64>,
    /// What was said in meetings.
    #[serde(default)]
    #[schema(max_items = 100)]
    meeting_transcripts: Vec<String>,
    /// What was noted on tasks.
    #[serde(default)]
    #[schema(max_items = 100)]
    task_notes: Vec<String>,
    /// How the person says they are.
    #[serde(default)]
    #[schema(max_items = 100)]
    user_check_ins: Vec<String>,
    /// Country whose help lines are named when a text shows signs of crisis (ISO 3166-1 alpha-2).
    #[schema(min_length = 2, max_length = 2, pattern = "^[A-Za-z]{2}$")]
    country: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Summary {
    /// Texts that were kept; blank ones say nothing and are left out.
    texts_kept: usize,
    /// Texts that were read: those of sources that the person's preferences let be read.
    texts_read: usize,
    /// Mean of their scores; null without any.
    #[schema(required)]
    average_sentiment_score: Option<f64>,
}

/// What was kept and what it says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmitOut {
    /// Always `success`.
    status: &'static str,
    /// In numbers.
    data_summary: Summary,
    /// What the texts say.
    #[serde(flatten)]
    texts: TextsOut,
}

/// Keeps texts of the last days and lets the score follow.
#[utoipa::path(post, path = "/api/sentiment/submit", operation_id = "submit_sentiment", tag = "check-ins",
    request_body = SubmitIn,
    responses((status = 200, description = "Kept and read", body = SubmitOut),
        (status = 404, description = "Not the caller", body = sentry_http::Problem, content_type = "application/problem+json")))]
pub(crate) async fn submit_sentiment(
    State(burnout): State<Burnout>,
    caller: Caller,
    body: Body<SubmitIn>,
) -> Result<Response, ApiError> {
    let input = &body.value;
    if input.user_id.is_some_and(|id| id != caller.user_id.0) {
        return Err(ApiError::NotFound("user"));
    }
    let data = QualitativeData::of(
        input.meeting_transcripts.clone(),
        input.task_notes.clone(),
        input.user_check_ins.clone(),
    );
    let mut errors = data.errors();
    errors.extend(country_error(input.country.as_deref()));
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    let put_back = |out: &mut _| data.put_words_back(out);
    let mut write = begin(&burnout.app, &caller, &body, put_back).await?;
    let (at, owner) = (write.at(), caller.user_id);
    let preferences = profiles::preferences(&mut write.tx, owner).await?;
    let sources = &preferences.text_sources;
    let key = burnout.data_key(&mut write.tx, owner).await?;
    let mut out = TextsOut::default();
    let mut kept = Vec::new();
    for (source, list) in data.lists() {
        let entry_type = entry_type(source);
        let readable = sources.iter().any(|source| source == entry_type);
        let said = list
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty());
        for (index, text) in said {
            let found = readable.then(|| sentiment::analyze(text));
            if let Some(found) = &found {
                out.add(source, index, found);
            }
            let sealed = burnout.seal(owner, &key, text);
            kept.push(new_text(
                (burnout.app.ids.uuid(at), sealed),
                entry_type,
                found,
            ));
        }
    }
    if kept.is_empty() {
        return Err(ApiError::field(
            "",
            "send at least one text that is not blank",
        ));
    }
    let asked = texts::insert(&mut write.tx, owner, &kept, at).await?;
    enqueue_rescore(&mut write.tx, owner, asked).await?;
    let_model_read(&mut write.tx, owner, &preferences, &kept).await?;
    let read = kept
        .iter()
        .filter(|text| text.sentiment_score.is_some())
        .count();
    let summary = Summary {
        texts_kept: kept.len(),
        texts_read: read,
        average_sentiment_score: out.mood(),
    };
    let answer = |texts| SubmitOut {
        status: "success",
        data_summary: summary.clone(),
        texts,
    };
    let texts = out.with_help(input.country.as_deref());
    let kept = answer(texts.without_words());
    write
        .commit_keeping(StatusCode::OK, (&answer(texts), &kept), None)
        .await
}

fn entry_type(source: &str) -> &'static str {
    match source {
        "meeting_transcripts" => "meeting_transcript",
        "task_notes" => "task_note",
        _ => "check_in",
    }
}

fn new_text(
    (id, sealed): (Uuid, Vec<u8>),
    entry_type: &'static str,
    found: Option<Sentiment>,
) -> NewText {
    NewText {
        id,
        entry_type,
        sealed,
        sentiment_score: found.as_ref().map(|found| found.score),
        themes: found
            .as_ref()
            .map_or_else(|| json!([]), |found| json!(found.themes)),
        signals: found
            .as_ref()
            .map_or_else(|| json!([]), |found| json!(found.signals.raised())),
        crisis: found.as_ref().is_some_and(|found| found.crisis),
        language: found.map(|found| found.language),
        engine: sentiment::ENGINE,
        mood: None,
        energy: None,
        stress: None,
    }
}
