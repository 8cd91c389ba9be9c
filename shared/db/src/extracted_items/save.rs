//! From items to tasks: duplicates are dropped, the rest is inserted in one statement.

use super::duplicates::OpenTasks;
use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_domain::{
    Category, ItemState, Priority, ProcessingStatus, TaskDraft, UploadId, UploadType, UserId,
};
use serde::Serialize;
use sqlx::types::Json;

/// An upload that only this transaction saves from.
#[derive(Debug, Clone)]
pub struct Locked {
    /// The id.
    pub id: UploadId,
    /// How it was read.
    pub upload_type: UploadType,
    /// How far it is.
    pub processing_status: ProcessingStatus,
    /// Whether its items are saved without being asked for.
    pub save_to_db: bool,
    /// When they were.
    pub saved_at: Option<DateTime<Utc>>,
    /// The user's zone.
    pub time_zone: String,
}

/// Keeps everybody else from saving extracted tasks of this user until `tx` ends: neither the same
/// upload twice nor the same document uploaded twice at once can make a task twice.
pub async fn lock(tx: &mut Tx, owner: UserId, upload: UploadId) -> crate::Result<Option<Locked>> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('extracted_items', $1)) as "locked""#,
        owner.0
    )
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query_as!(
        Locked,
        r#"
        select u.id as "id: UploadId", u.upload_type as "upload_type: UploadType",
               u.processing_status as "processing_status: ProcessingStatus", u.save_to_db, u.saved_at, p.time_zone
        from uploads u join users p on p.id = u.user_id
        where u.user_id = $1 and u.id = $2 and u.deleted_at is null
        for update of u
        "#,
        owner.0,
        upload.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// An item that is to be saved.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Its place in the document.
    pub ordinal: i32,
    /// The words it came from.
    pub quote: String,
    /// The task it is to become, or why it cannot become one.
    pub draft: Result<TaskDraft, String>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Its place in the document.
    pub ordinal: i32,
    /// What became of it.
    pub state: ItemState,
    /// The task it became, or that says the same already.
    pub task_id: Option<i64>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// Saves items of an upload. Those that an open task says already are marked as duplicates of it,
/// those that cannot be tasks as rejected; nothing of it changes when it is done again.
pub async fn save(
    tx: &mut Tx,
    owner: UserId,
    upload: &Locked,
    items: Vec<Ready>,
    at: DateTime<Utc>,
) -> crate::Result<Vec<Outcome>> {
    let zone = upload.time_zone.parse().unwrap_or_default();
    let known = OpenTasks::load(
        tx,
        owner,
        zone,
        items.iter().filter_map(|item| item.draft.as_ref().ok()),
    )
    .await?;
    let (mut fresh, mut outcomes) = (Vec::new(), Vec::new());
    for Ready {
        ordinal,
        quote,
        draft,
    } in items
    {
        match draft {
            Err(reason) => {
                outcomes.push(Outcome {
                    ordinal,
                    state: ItemState::Rejected,
                    task_id: None,
                    reason: Some(reason),
                });
            }
            Ok(draft) => match known.same(&draft) {
                Some(task) => {
                    let task_id = Some(task.0);
                    outcomes.push(Outcome {
                        ordinal,
                        state: ItemState::Duplicate,
                        task_id,
                        reason: None,
                    });
                }
                None => fresh.push(FreshTask {
                    ordinal,
                    quote,
                    draft,
                }),
            },
        }
    }
    mark(tx, owner, upload.id, &outcomes).await?;
    outcomes.extend(insert(tx, owner, upload, &fresh, at).await?);
    sqlx::query!(
        "update uploads set saved_at = coalesce(saved_at, $3) where user_id = $1 and id = $2",
        owner.0,
        upload.id.0,
        at,
    )
    .execute(&mut **tx)
    .await?;
    outcomes.sort_by_key(|outcome| outcome.ordinal);
    Ok(outcomes)
}

/// A row to be inserted.
#[derive(Debug, Serialize)]
struct FreshTask {
    ordinal: i32,
    quote: String,
    #[serde(flatten)]
    draft: TaskDraft,
}

async fn insert(
    tx: &mut Tx,
    owner: UserId,
    upload: &Locked,
    fresh: &[FreshTask],
    at: DateTime<Utc>,
) -> crate::Result<Vec<Outcome>> {
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
        with fresh as materialized (
            select nextval(pg_get_serial_sequence('tasks', 'id')) as id, x.*
            from jsonb_to_recordset($3) as x(ordinal integer, quote text, title text, description text, task_type text,
                due_at timestamptz, due_on date, start_at timestamptz, end_at timestamptz, attendees jsonb,
                assigned_to text, priority text, category text, estimated_hours double precision, recurrence text)
        ), inserted as (
            insert into tasks (id, user_id, title, description, task_type, priority, category, due_at, due_on, start_at,
                end_at, source, assigned_to, estimated_hours, is_recurring, recurrence, attendees, upload_id,
                source_quote, created_at, updated_at)
            overriding system value
            select id, $1, btrim(title), description, task_type, coalesce(priority, $6), coalesce(category, $7), due_at,
                due_on, start_at, end_at, $4, assigned_to, estimated_hours, recurrence is not null, recurrence,
                attendees, $2, quote, $5, $5
            from fresh order by ordinal
        )
        update extracted_items e
        set state = 'accepted', task_id = fresh.id, reason = null,
            item = e.item || (to_jsonb(fresh) - 'id' - 'ordinal' - 'quote')
        from fresh
        where e.user_id = $1 and e.upload_id = $2 and e.ordinal = fresh.ordinal
        returning e.ordinal, fresh.id as "task_id!"
        "#,
        owner.0,
        upload.id.0,
        Json(fresh) as _,
        upload.upload_type.task_source().as_str(),
        at,
        Priority::Medium.as_str(),
        Category::General.as_str(),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Outcome {
            ordinal: row.ordinal,
            state: ItemState::Accepted,
            task_id: Some(row.task_id),
            reason: None,
        })
        .collect())
}

async fn mark(
    tx: &mut Tx,
    owner: UserId,
    upload: UploadId,
    outcomes: &[Outcome],
) -> crate::Result<()> {
    if outcomes.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "
        update extracted_items e
        set state = x.state, task_id = x.task_id, reason = x.reason
        from jsonb_to_recordset($3) as x(ordinal integer, state text, task_id bigint, reason text)
        where e.user_id = $1 and e.upload_id = $2 and e.ordinal = x.ordinal
        ",
        owner.0,
        upload.0,
        Json(outcomes) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
