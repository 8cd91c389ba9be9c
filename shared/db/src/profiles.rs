//! Profile, preferences, constraints, what was learned, and what all of it was before.

mod constraints;
mod learned;

pub use constraints::{ConstraintRow, constraints, delete_constraint, put_constraint};
pub use learned::{learned, past_days, put_learned};

use crate::Tx;
use chrono::{DateTime, NaiveTime, Utc};
use sentry_domain::UserId;
use serde_json::Value;
use uuid::Uuid;

/// A profile as it is kept.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct ProfileRow {
    pub job_role: Option<String>,
    pub seniority_level: Option<String>,
    pub department: Option<String>,
    pub working_hours: Option<Value>,
    pub team_size: Option<i32>,
    pub direct_reports: Option<i32>,
    pub can_delegate: bool,
    pub main_challenge: Option<String>,
    pub time_zone: String,
    /// 0 before there is one.
    pub version: i32,
    pub updated_at: Option<DateTime<Utc>>,
}

/// The profile with the account's time zone, held until the transaction ends; a person without one has
/// version 0. `None` where there is no such account.
pub async fn get(tx: &mut Tx, owner: UserId) -> crate::Result<Option<ProfileRow>> {
    sqlx::query_as!(
        ProfileRow,
        r#"
        select p.job_role as "job_role?", p.seniority_level as "seniority_level?", p.department as "department?",
               p.working_hours as "working_hours?", p.team_size as "team_size?",
               p.direct_reports as "direct_reports?", coalesce(p.can_delegate, false) as "can_delegate!",
               p.main_challenge as "main_challenge?", u.time_zone, coalesce(p.version, 0) as "version!",
               p.updated_at as "updated_at?"
        from users u
        left join user_profiles p on p.user_id = u.id
        where u.id = $1 and u.deleted_at is null
        for update of u
        "#,
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Writes the profile and the account's time zone. Returns the new version.
pub async fn put(
    tx: &mut Tx,
    owner: UserId,
    profile: &ProfileRow,
    at: DateTime<Utc>,
) -> crate::Result<i32> {
    sqlx::query_scalar!(
        r#"
        with moved as (
            update users set time_zone = $9, version = version + 1, updated_at = $10
            where id = $1 and time_zone <> $9
        )
        insert into user_profiles as p (user_id, job_role, seniority_level, department, working_hours, team_size,
            direct_reports, can_delegate, main_challenge, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $11, $10, $10)
        on conflict (user_id) do update set job_role = excluded.job_role,
            seniority_level = excluded.seniority_level, department = excluded.department,
            working_hours = excluded.working_hours, team_size = excluded.team_size,
            direct_reports = excluded.direct_reports, can_delegate = excluded.can_delegate,
            main_challenge = excluded.main_challenge, version = p.version + 1, updated_at = excluded.updated_at
        returning p.version
        "#,
        owner.0,
        profile.job_role,
        profile.seniority_level,
        profile.department,
        profile.working_hours,
        profile.team_size,
        profile.direct_reports,
        profile.can_delegate,
        profile.time_zone,
        at,
        profile.main_challenge,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Forgets the profile; the time zone is the account's and stays.
pub async fn delete(tx: &mut Tx, owner: UserId) -> crate::Result<()> {
    sqlx::query!("delete from user_profiles where user_id = $1", owner.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets the preferences.
pub async fn delete_preferences(tx: &mut Tx, owner: UserId) -> crate::Result<()> {
    sqlx::query!("delete from user_preferences where user_id = $1", owner.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Preferences as they are kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct PreferencesRow {
    pub communication_style: String,
    pub preferred_types: Vec<String>,
    pub avoided_types: Vec<String>,
    pub quiet_from: Option<NaiveTime>,
    pub quiet_until: Option<NaiveTime>,
    pub daily_cap: i32,
    pub text_sources: Vec<String>,
    pub model_reads_texts: bool,
    pub version: i32,
}

impl Default for PreferencesRow {
    fn default() -> Self {
        let sources = [
            "check_in",
            "diary",
            "task_note",
            "meeting_transcript",
            "chat",
        ];
        Self {
            communication_style: "supportive".to_owned(),
            preferred_types: Vec::new(),
            avoided_types: Vec::new(),
            quiet_from: None,
            quiet_until: None,
            daily_cap: 5,
            text_sources: sources.map(str::to_owned).to_vec(),
            model_reads_texts: false,
            version: 0,
        }
    }
}

/// The preferences, or those of somebody who has not said any.
pub async fn preferences(tx: &mut Tx, owner: UserId) -> crate::Result<PreferencesRow> {
    let row = sqlx::query_as!(
        PreferencesRow,
        "select communication_style, preferred_types, avoided_types, quiet_from, quiet_until, daily_cap,
                text_sources, model_reads_texts, version
         from user_preferences where user_id = $1 for update",
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.unwrap_or_default())
}

/// Writes the preferences. Returns the new version.
pub async fn put_preferences(
    tx: &mut Tx,
    owner: UserId,
    preferences: &PreferencesRow,
    at: DateTime<Utc>,
) -> crate::Result<i32> {
    sqlx::query_scalar!(
        r#"
        insert into user_preferences as p (user_id, communication_style, preferred_types, avoided_types, quiet_from,
            quiet_until, daily_cap, text_sources, model_reads_texts, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $10, $9, $9)
        on conflict (user_id) do update set communication_style = excluded.communication_style,
            preferred_types = excluded.preferred_types, avoided_types = excluded.avoided_types,
            quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, daily_cap = excluded.daily_cap,
            text_sources = excluded.text_sources, model_reads_texts = excluded.model_reads_texts, version = p.version + 1, updated_at = excluded.updated_at
        returning p.version
        "#,
        owner.0,
        preferences.communication_style,
        &preferences.preferred_types,
        &preferences.avoided_types,
        preferences.quiet_from,
        preferences.quiet_until,
        preferences.daily_cap,
        &preferences.text_sources,
        at,
        preferences.model_reads_texts,
    )
    .fetch_one(&mut **tx)
    .await
}

/// A change to be noted.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct ProfileChange {
    pub id: i64,
    pub subject: String,
    pub constraint_id: Option<Uuid>,
    pub action: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub changed_at: DateTime<Utc>,
}

impl ProfileChange {
    /// A change of the profile or the preferences, by images of before and after.
    pub fn new(
        subject: &str,
        action: &str,
        (before, after): (Option<Value>, Option<Value>),
        changed_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id: 0,
            subject: subject.to_owned(),
            constraint_id: None,
            action: action.to_owned(),
            before,
            after,
            changed_at,
        }
    }
}

/// Notes a change; its id is given by the database.
pub async fn note(tx: &mut Tx, owner: UserId, change: &ProfileChange) -> crate::Result<()> {
    sqlx::query!(
        "insert into profile_changes (user_id, subject, constraint_id, action, before, after, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        owner.0,
        change.subject,
        change.constraint_id,
        change.action,
        change.before,
        change.after,
        change.changed_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Past changes, newest first: up to `limit + 1` behind `after`.
pub async fn changes(
    tx: &mut Tx,
    owner: UserId,
    limit: i64,
    after: Option<i64>,
) -> crate::Result<Vec<ProfileChange>> {
    sqlx::query_as!(
        ProfileChange,
        "select id, subject, constraint_id, action, before, after, changed_at
         from profile_changes
         where user_id = $1 and ($2::bigint is null or id < $2)
         order by id desc
         limit $3",
        owner.0,
        after,
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}
