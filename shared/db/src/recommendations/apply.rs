//! Doing exactly what was previewed, and taking it back exactly.

use super::RecommendationRow;
use crate::Tx;
use crate::tasks::{self, Change, NewTask, TaskChanges};
use chrono::{DateTime, Utc};
use sentry_domain::{Priority, TaskId, TaskSource, TaskStatus, UserId};
use sentry_scoring::advice::{Fields, RowChange};
use serde_json::Value;
use uuid::Uuid;

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// A row is gone or has been changed since.
    Stale,
    /// The database.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Makes the changes of a recommendation, each on the version it was previewed on, or none of them.
/// True when a message for a new score must be sent.
pub async fn apply(
    tx: &mut Tx,
    owner: UserId,
    recommendation: &RecommendationRow,
    (score_before, undo_hash): (Option<f64>, &[u8]),
    at: DateTime<Utc>,
) -> Result<bool, Refused> {
    let changes = &recommendation.candidate.changes;
    let ids: Vec<i64> = changes
        .iter()
        .filter_map(|c| c.row.as_ref())
        .map(|row| row.id.0)
        .collect();
    let before = images(tx, owner, &ids).await?;
    let mut asked = false;
    let mut actions: Vec<(i64, Option<Value>, i32)> = Vec::new();
    for change in changes {
        let row = match &change.row {
            Some(row) => {
                let changes = task_changes(&change.set);
                tasks::update(tx, owner, (row.id, Some(row.version)), &changes, at)
                    .await?
                    .ok_or(Refused::Stale)?
            }
            None => tasks::insert(tx, owner, &new_task(change), at).await?,
        };
        asked |= row.rescore;
        let image = before.iter().find(|(id, _)| *id == row.id.0);
        actions.push((row.id.0, image.map(|(_, image)| image.clone()), row.version));
    }
    note(tx, owner, recommendation.id, actions, at).await?;
    sqlx::query!(
        "update recommendations
         set status = 'applied', applied_at = $3, score_before = $4, undo_hash = $5, snoozed_until = null,
             measured_effect = null, measured_on = null, updated_at = $3, version = version + 1
         where user_id = $1 and id = $2",
        owner.0,
        recommendation.id,
        at,
        score_before,
        undo_hash,
    )
    .execute(&mut **tx)
    .await?;
    Ok(asked)
}

/// The rows as they are, whole, and locked in order of their ids so that two of these never wait for
/// each other.
async fn images(tx: &mut Tx, owner: UserId, ids: &[i64]) -> crate::Result<Vec<(i64, Value)>> {
    let rows = sqlx::query!(
        r#"select id, to_jsonb(t) as "image!" from tasks t
           where user_id = $1 and id = any($2) and deleted_at is null order by id for update"#,
        owner.0,
        ids,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.image)).collect())
}

async fn note(
    tx: &mut Tx,
    owner: UserId,
    recommendation: Uuid,
    actions: Vec<(i64, Option<Value>, i32)>,
    at: DateTime<Utc>,
) -> crate::Result<()> {
    let (mut ids, mut images, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    for (id, image, version) in actions {
        ids.push(id);
        images.push(image);
        versions.push(version);
    }
    sqlx::query!(
        r#"
        insert into recommendation_actions (user_id, recommendation_id, ordinal, task_id, before, version_after, applied_at)
        select $1, $2, n.ordinal, n.task_id, n.before, n.version_after, $3
        from unnest($4::bigint[], $5::jsonb[], $6::integer[]) with ordinality
            n(task_id, before, version_after, ordinal)
        "#,
        owner.0,
        recommendation,
        at,
        &ids,
        &images as &[Option<Value>],
        &versions,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn task_changes(set: &Fields) -> TaskChanges {
    let mut changes = TaskChanges {
        status: set.status,
        ..TaskChanges::default()
    };
    if let Some(at) = set.due_at {
        (changes.due_at, changes.due_on) = (Change::Set(at), Change::Clear);
    }
    if let Some(day) = set.due_on {
        (changes.due_on, changes.due_at) = (Change::Set(day), Change::Clear);
    }
    if let Some(at) = set.start_at {
        changes.start_at = Change::Set(at);
    }
    if let Some(at) = set.end_at {
        changes.end_at = Change::Set(at);
    }
    if let Some(hours) = set.estimated_hours {
        changes.estimated_hours = Change::Set(hours);
    }
    changes
}

fn new_task(change: &RowChange) -> NewTask {
    NewTask {
        title: change.title.clone().unwrap_or_default(),
        description: None,
        task_type: change.task_type,
        status: change.set.status.unwrap_or(TaskStatus::Todo),
        priority: Priority::Medium,
        category: None,
        due_at: change.set.due_at,
        due_on: change.set.due_on,
        start_at: change.set.start_at,
        end_at: change.set.end_at,
        source: TaskSource::Sentry,
        provider: None,
        provider_task_id: None,
        assigned_to: None,
        can_delegate: false,
        estimated_hours: change.set.estimated_hours,
        actual_hours: None,
        is_recurring: false,
        recurrence: None,
        is_optional: false,
        attendees: Vec::new(),
        parent_id: None,
        position: 0.0,
        labels: Vec::new(),
        by_person: true,
    }
}

/// Puts every row back as it was before `apply`, versions aside, and takes new ones away; refuses as
/// a whole where one has been changed since. `None` where the token is not the one given out.
/// True when a message for a new score must be sent.
pub async fn undo(
    tx: &mut Tx,
    owner: UserId,
    recommendation: Uuid,
    undo_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<Option<bool>, Refused> {
    let rows = sqlx::query!(
        r#"
        select a.task_id as "id: TaskId", a.before, a.version_after, a.ordinal
        from recommendations r
        join recommendation_actions a
            on a.user_id = r.user_id and a.recommendation_id = r.id and a.applied_at = r.applied_at
        where r.user_id = $1 and r.id = $2 and r.status = 'applied' and r.undo_hash = $3 and a.undone_at is null
        order by a.ordinal desc
        "#,
        owner.0,
        recommendation,
        undo_hash,
    )
    .fetch_all(&mut **tx)
    .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    images(tx, owner, &ids).await?;
    for row in rows {
        let done = match &row.before {
            Some(image) => restore(tx, owner, (row.id, row.version_after), image).await?,
            None => take_away(tx, owner, (row.id, row.version_after)).await?,
        };
        if !done {
            return Err(Refused::Stale);
        }
    }
    let asked = sqlx::query_scalar!(
        r#"
        with undone as (
            update recommendation_actions set undone_at = $3
            where user_id = $1 and recommendation_id = $2 and undone_at is null
        ),
        changed as (
            update recommendations
            set status = 'undone', undo_hash = null, applied_at = null, score_before = null, updated_at = $3,
                version = version + 1
            where user_id = $1 and id = $2
        ),
        asked as (insert into pending_rescores (user_id) values ($1) on conflict do nothing returning 1)
        select exists (select from asked) as "asked!"
        "#,
        owner.0,
        recommendation,
        at,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Some(asked))
}

async fn restore(
    tx: &mut Tx,
    owner: UserId,
    (id, version): (TaskId, i32),
    image: &Value,
) -> crate::Result<bool> {
    let done = sqlx::query!(
        r#"
        update tasks t
        set (status, due_at, due_on, start_at, end_at, estimated_hours, completed_at, touched_at, updated_at)
            = (select p.status, p.due_at, p.due_on, p.start_at, p.end_at, p.estimated_hours, p.completed_at,
                      p.touched_at, p.updated_at
               from jsonb_populate_record(null::tasks, $4) p),
            version = t.version + 1
        where t.user_id = $1 and t.id = $2 and t.version = $3 and t.deleted_at is null
        "#,
        owner.0,
        id.0,
        version,
        image,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A row that others stand below has been taken up by the person and stays.
async fn take_away(
    tx: &mut Tx,
    owner: UserId,
    (id, version): (TaskId, i32),
) -> crate::Result<bool> {
    let done = sqlx::query!(
        "delete from tasks t
         where t.user_id = $1 and t.id = $2 and t.version = $3 and t.deleted_at is null
           and not exists (select from tasks c where c.user_id = $1 and c.parent_id = $2)",
        owner.0,
        id.0,
        version,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
