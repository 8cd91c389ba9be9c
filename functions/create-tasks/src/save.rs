//! One upload.

use sentry_db::extracted_items::{self, ItemRow, Ready};
use sentry_domain::{DraftError, ItemState, ProcessingStatus, TaskDraft, UploadId, UserId};
use sentry_queue::{JobError, WorkerContext, request_rescore};

/// Saves the proposals of an upload, unless that has been done or the person wants to choose.
pub(crate) async fn save(
    context: &WorkerContext,
    owner: UserId,
    id: UploadId,
) -> Result<(), JobError> {
    let at = context.clock.now();
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let upload = extracted_items::lock(&mut tx, owner, id)
        .await
        .map_err(JobError::retry)?;
    let Some(upload) = upload else {
        return Err(JobError::drop("there is no such upload any more"));
    };
    let waits = upload.processing_status == ProcessingStatus::Completed && upload.save_to_db;
    if !waits || upload.saved_at.is_some() {
        tracing::debug!(user.id = owner.0, upload.id = id.0, "nothing to save");
        return Ok(());
    }
    let items = extracted_items::of_upload(&mut tx, owner, id)
        .await
        .map_err(JobError::retry)?;
    let ready = items
        .into_iter()
        .filter(|item| item.state == ItemState::Proposed)
        .map(checked)
        .collect();
    let outcomes = extracted_items::save(&mut tx, owner, &upload, ready, at)
        .await
        .map_err(JobError::retry)?;
    let count = |state| {
        outcomes
            .iter()
            .filter(|outcome| outcome.state == state)
            .count()
    };
    let saved = count(ItemState::Accepted);
    if saved > 0 {
        request_rescore(&mut tx, owner)
            .await
            .map_err(JobError::retry)?;
    }
    context.commit(tx).await.map_err(JobError::retry)?;
    let (duplicates, rejected) = (count(ItemState::Duplicate), count(ItemState::Rejected));
    tracing::info!(
        user.id = owner.0,
        upload.id = id.0,
        saved,
        duplicates,
        rejected,
        "saved"
    );
    Ok(())
}

/// An item with the same bounds as if a client had sent it.
fn checked(item: ItemRow) -> Ready {
    let draft = serde_json::from_value::<TaskDraft>(item.item).map_err(|error| error.to_string());
    let draft = draft.and_then(|draft| match draft.errors() {
        errors if errors.is_empty() => Ok(draft),
        errors => Err(sentence(&errors)),
    });
    Ready {
        ordinal: item.ordinal,
        quote: item.quote,
        draft,
    }
}

fn sentence(errors: &[DraftError]) -> String {
    let each: Vec<String> = errors
        .iter()
        .map(|error| format!("{} {}", error.field, error.detail))
        .collect();
    each.join("; ")
}
