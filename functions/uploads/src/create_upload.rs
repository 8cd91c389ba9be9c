//! `POST /api/uploads`

use crate::Uploads;
use crate::declared::declared;
use crate::options::Options;
use crate::state::unavailable;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use sentry_db::uploads::{self, NewUpload};
use sentry_domain::{Moment, UploadId, UploadType};
use sentry_http::{ApiError, Body, Caller};
use sentry_runtime::telemetry;
use sentry_storage::upload_key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use utoipa::ToSchema;

/// How long the URL accepts the file.
pub(crate) const URL_VALID: Duration = Duration::from_mins(15);

/// A file that is to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadIn {
    /// Its name.
    #[serde(alias = "filename")]
    #[schema(min_length = 1, max_length = 255)]
    name: String,
    /// Its exact size in bytes.
    #[serde(alias = "file_size_bytes")]
    #[schema(minimum = 1)]
    size: i64,
    /// Its media type; follows from the name when nothing is said.
    #[serde(rename = "type", alias = "mime_type")]
    #[schema(max_length = 127)]
    mime_type: Option<String>,
    /// How it is to be read; follows from the file when nothing is said.
    #[serde(alias = "upload_type")]
    kind: Option<UploadType>,
    /// False to choose from what is found before anything is saved.
    save_to_db: Option<bool>,
    /// What "tomorrow" in it counts from: a date or a time; now when nothing is said.
    #[schema(value_type = Option<String>)]
    reference_date: Option<Moment>,
    /// A language tag whose region decides numeric dates; the user's when nothing is said.
    #[schema(max_length = 35)]
    locale: Option<String>,
}

/// Where to send the file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadSession {
    /// Names the upload.
    upload_id: UploadId,
    /// Where to send it.
    url: String,
    /// How to send it.
    method: &'static str,
    /// Headers to send as they are: they are part of the signature.
    headers: BTreeMap<String, String>,
    /// Until when.
    expires_at: DateTime<Utc>,
}

/// Announces a file and answers with a URL that accepts exactly this file.
#[utoipa::path(post, path = "/api/uploads", operation_id = "create_upload", tag = "uploads",
    request_body = UploadIn,
    responses((status = 201, description = "Send the file to the URL", body = UploadSession)))]
pub(crate) async fn create_upload(
    State(state): State<Uploads>,
    caller: Caller,
    body: Body<UploadIn>,
) -> Result<Response, ApiError> {
    let input = &body.value;
    let declared = declared(&input.name, input.mime_type.as_deref(), input.kind)?;
    let options = Options::new(input.save_to_db, input.reference_date, input.locale.clone())?;
    if input.size < 1 {
        return Err(ApiError::field("size", "the file is empty"));
    }
    state.limits.check_size(declared.family, input.size)?;
    let (mut write, owner) = (state.app.write(&caller, &body).await?, caller.user_id);
    let at = write.at();
    let usage = uploads::usage(&mut write.tx, owner, at).await?;
    state.limits.check_usage(&usage, 1, input.size)?;
    let expires_at = at + TimeDelta::from_std(URL_VALID).map_err(ApiError::internal)?;
    let request = telemetry::request_id();
    let upload = NewUpload {
        filename: &declared.name,
        file_size_bytes: input.size,
        mime_type: &declared.mime_type,
        upload_type: declared.upload_type,
        save_to_db: options.save_to_db,
        reference_at: options.reference_at(&usage.time_zone),
        locale: options.locale.as_deref(),
        batch_id: None,
        expires_at,
        request_id: request.as_deref(),
    };
    let key = |id| upload_key(owner, id, &declared.name);
    let (upload_id, key) = uploads::insert(&mut write.tx, owner, &upload, key, at).await?;
    // Signing is arithmetic: nobody is asked.
    let signed = state
        .storage
        .presign_put(&key, input.size, &declared.mime_type, URL_VALID)
        .await;
    let signed = signed.map_err(unavailable)?;
    let headers = signed.headers.into_iter().collect();
    let session = UploadSession {
        upload_id,
        url: signed.url,
        method: "PUT",
        headers,
        expires_at,
    };
    write
        .created(format!("/api/uploads/{upload_id}"), &session)
        .await
}
