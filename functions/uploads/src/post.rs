//! Files that come with the request itself: from here their way is that of all others.

use crate::Uploads;
use crate::create_upload::URL_VALID;
use crate::declared::Declared;
use crate::options::Options;
use crate::state::unavailable;
use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use chrono::TimeDelta;
use sentry_db::uploads::{self, NewUpload};
use sentry_domain::{ProcessingStatus, UploadId};
use sentry_http::{ApiError, Body, Caller, IdempotencyKey, Write};
use sentry_runtime::telemetry;
use sentry_storage::upload_key;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file with its bytes.
#[derive(Debug)]
pub(crate) struct Incoming {
    /// What it claims to be.
    pub(crate) declared: Declared,
    /// Its content.
    pub(crate) bytes: Bytes,
}

/// What was made of the files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Posted {
    /// What holds the files of a batch together.
    pub(crate) batch_id: Option<Uuid>,
    /// One upload for each file, in their order.
    pub(crate) uploads: Vec<UploadId>,
    /// The same files were posted before under the same key.
    #[serde(skip)]
    pub(crate) again: bool,
}

impl Posted {
    /// The ids as plain numbers.
    pub(crate) fn ids(&self) -> Vec<i64> {
        self.uploads.iter().map(|id| id.0).collect()
    }
}

/// Notes the files, then stores them in the bucket, whose event starts the chain.
///
/// A request that is sent again under the same key finds the same uploads, and stores those
/// whose bytes did not get there the first time.
pub(crate) async fn post(
    state: &Uploads,
    caller: &Caller,
    files: Vec<Incoming>,
    options: &Options,
    idempotency: Option<IdempotencyKey>,
) -> Result<Posted, ApiError> {
    let request = Body {
        value: (),
        idempotency,
        if_match: None,
    };
    let posted = match state.app.write(caller, &request).await {
        Ok(write) => note(state, caller, write, &files, options).await?,
        Err(ApiError::Replay(answer)) => replayed(*answer).await?,
        Err(error) => return Err(error),
    };
    store(state, caller, &posted, files).await?;
    Ok(posted)
}

async fn note(
    state: &Uploads,
    caller: &Caller,
    mut write: Write,
    files: &[Incoming],
    options: &Options,
) -> Result<Posted, ApiError> {
    let (at, owner) = (write.at(), caller.user_id);
    let usage = uploads::usage(&mut write.tx, owner, at).await?;
    let sizes = files.iter().map(|file| size(&file.bytes));
    state.limits.check_usage(
        &usage,
        i64::try_from(files.len()).unwrap_or(i64::MAX),
        sizes.sum(),
    )?;
    let batch_id = (files.len() > 1).then(|| state.app.ids.uuid(at));
    let mut posted = Posted {
        batch_id,
        uploads: Vec::with_capacity(files.len()),
        again: false,
    };
    let request = telemetry::request_id();
    for Incoming { declared, bytes } in files {
        state.limits.check_size(declared.family, size(bytes))?;
        let upload = NewUpload {
            filename: &declared.name,
            file_size_bytes: size(bytes),
            mime_type: &declared.mime_type,
            upload_type: declared.upload_type,
            save_to_db: options.save_to_db,
            reference_at: options.reference_at(&usage.time_zone),
            locale: options.locale.as_deref(),
            batch_id,
            expires_at: at + TimeDelta::from_std(URL_VALID).map_err(ApiError::internal)?,
            request_id: request.as_deref(),
        };
        let key = |id| upload_key(owner, id, &declared.name);
        let (id, _) = uploads::insert(&mut write.tx, owner, &upload, key, at).await?;
        posted.uploads.push(id);
    }
    write.commit(StatusCode::ACCEPTED, &posted).await?;
    Ok(posted)
}

async fn replayed(answer: Response) -> Result<Posted, ApiError> {
    // The answer was made by `note` and lies in memory.
    let body = to_bytes(answer.into_body(), usize::MAX)
        .await
        .map_err(ApiError::internal)?;
    let posted: Posted = serde_json::from_slice(&body).map_err(ApiError::internal)?;
    Ok(Posted {
        again: true,
        ..posted
    })
}

/// Puts the bytes of those that still wait for them.
async fn store(
    state: &Uploads,
    caller: &Caller,
    posted: &Posted,
    files: Vec<Incoming>,
) -> Result<(), ApiError> {
    let owner = caller.user_id;
    let mut stored = Vec::with_capacity(files.len());
    let waiting = if posted.again {
        waiting(state, caller, posted).await?
    } else {
        posted.ids()
    };
    for (id, Incoming { declared, bytes }) in posted.uploads.iter().zip(files) {
        if waiting.contains(&id.0) {
            let key = upload_key(owner, *id, &declared.name);
            state
                .storage
                .put(&key, &declared.mime_type, bytes)
                .await
                .map_err(unavailable)?;
            stored.push(id.0);
        }
    }
    if stored.is_empty() {
        return Ok(());
    }
    let mut tx = state.app.tenant(caller).await?;
    uploads::mark_uploaded(&mut tx, owner, &stored, state.app.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn waiting(state: &Uploads, caller: &Caller, posted: &Posted) -> Result<Vec<i64>, ApiError> {
    let mut tx = state.app.tenant(caller).await?;
    let rows = uploads::find(&mut tx, caller.user_id, &posted.ids()).await?;
    tx.commit().await?;
    let waits = |status| {
        matches!(
            status,
            ProcessingStatus::Pending | ProcessingStatus::Expired
        )
    };
    let rows = rows
        .into_iter()
        .filter(|row| waits(row.processing_status) && row.uploaded_at.is_none());
    Ok(rows.map(|row| row.id.0).collect())
}

fn size(bytes: &Bytes) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}
