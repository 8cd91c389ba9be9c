//! Profile, preferences, constraints, what was learned, and what all of it was before.

use crate::Tx;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sentry_domain::UserId;
use sentry_scoring::{Behaviour, DayScore, LEARNING_DAYS, Metrics, PastDay};
use serde_json::Value;
use sqlx::types::Json;
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
            version: 0,
        }
    }
}

/// The preferences, or those of somebody who has not said any.
pub async fn preferences(tx: &mut Tx, owner: UserId) -> crate::Result<PreferencesRow> {
    let row = sqlx::query_as!(
        PreferencesRow,
        "select communication_style, preferred_types, avoided_types, quiet_from, quiet_until, daily_cap,
                text_sources, version
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
            quiet_until, daily_cap, text_sources, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
        on conflict (user_id) do update set communication_style = excluded.communication_style,
            preferred_types = excluded.preferred_types, avoided_types = excluded.avoided_types,
            quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, daily_cap = excluded.daily_cap,
            text_sources = excluded.text_sources, version = p.version + 1, updated_at = excluded.updated_at
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
    )
    .fetch_one(&mut **tx)
    .await
}

/// A constraint as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct ConstraintRow {
    pub id: Uuid,
    pub constraint_type: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub version: i32,
}

/// Constraints in order of their start; with `id`, that one; with `ending_after`, those not over by then.
pub async fn constraints(
    tx: &mut Tx,
    owner: UserId,
    id: Option<Uuid>,
    ending_after: Option<DateTime<Utc>>,
) -> crate::Result<Vec<ConstraintRow>> {
    sqlx::query_as!(
        ConstraintRow,
        "select id, constraint_type, starts_at, ends_at, note, version
         from user_constraints
         where user_id = $1 and ($2::uuid is null or id = $2)
           and ($3::timestamptz is null or ends_at is null or ends_at > $3)
         order by starts_at, id
         limit 200",
        owner.0,
        id,
        ending_after,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Writes a constraint, a new one or a changed one. `None` where it belongs to nobody here.
pub async fn put_constraint(
    tx: &mut Tx,
    owner: UserId,
    row: &ConstraintRow,
    at: DateTime<Utc>,
) -> crate::Result<Option<i32>> {
    sqlx::query_scalar!(
        r#"
        insert into user_constraints as c (user_id, id, constraint_type, starts_at, ends_at, note, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7)
        on conflict (id) do update set constraint_type = excluded.constraint_type,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, note = excluded.note,
            version = c.version + 1, updated_at = excluded.updated_at
        where c.user_id = $1
        returning c.version
        "#,
        owner.0,
        row.id,
        row.constraint_type,
        row.starts_at,
        row.ends_at,
        row.note,
        at,
    )
    .fetch_optional(&mut **tx)
    .await
}

/// Deletes a constraint; what it was stays in the history.
pub async fn delete_constraint(tx: &mut Tx, owner: UserId, id: Uuid) -> crate::Result<()> {
    sqlx::query!(
        "delete from user_constraints where user_id = $1 and id = $2",
        owner.0,
        id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
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

/// The last analysis of each of the last days, for learning.
pub async fn past_days(
    tx: &mut Tx,
    owners: &[i64],
    day: NaiveDate,
) -> crate::Result<Vec<(UserId, PastDay)>> {
    let rows = sqlx::query!(
        r#"
        select u.id as "user_id!: UserId", d.day as "day!", d.final_score as "score!",
               d.metrics as "metrics!: Json<Metrics>", d.risen as "risen!"
        from unnest($1::bigint[]) u(id)
        cross join lateral (
            select distinct on (a.day) a.day, a.final_score, a.metrics,
                   array(select c->>'key' from jsonb_array_elements(a.changes) c
                         where (c->>'points')::double precision > 0 limit 2) as risen
            from burnout_analyses a
            where a.user_id = u.id and a.day > $2::date - $3::integer and a.final_score is not null
            order by a.day desc, a.analyzed_at desc, a.id desc
        ) d
        "#,
        owners,
        day,
        i32::try_from(LEARNING_DAYS).unwrap_or(60),
    )
    .fetch_all(&mut **tx)
    .await?;
    let past = |day, score, metrics, risen| PastDay {
        score: DayScore { day, score },
        metrics,
        risen,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.user_id,
                past(row.day, row.score, row.metrics.0, row.risen),
            )
        })
        .collect())
}

/// Keeps what was learned of these people, with one statement.
pub async fn put_learned(
    tx: &mut Tx,
    learned: &[(UserId, NaiveDate, Behaviour)],
    at: DateTime<Utc>,
) -> crate::Result<()> {
    let owners: Vec<i64> = learned.iter().map(|(owner, ..)| owner.0).collect();
    let days: Vec<NaiveDate> = learned.iter().map(|(_, day, _)| *day).collect();
    let what: Vec<Json<&Behaviour>> = learned.iter().map(|(.., what)| Json(what)).collect();
    sqlx::query!(
        r#"
        insert into user_behavioral_profiles (user_id, day, learned, learned_at)
        select n.user_id, n.day, n.learned, $4
        from unnest($1::bigint[], $2::date[], $3::jsonb[]) n(user_id, day, learned)
        on conflict (user_id) do update set day = excluded.day, learned = excluded.learned, learned_at = excluded.learned_at
        "#,
        &owners,
        &days,
        &what as &[Json<&Behaviour>],
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What was learned of a person, and on which of their days.
pub async fn learned(tx: &mut Tx, owner: UserId) -> crate::Result<Option<(NaiveDate, Behaviour)>> {
    let row = sqlx::query!(
        r#"select day, learned as "learned: Json<Behaviour>" from user_behavioral_profiles where user_id = $1"#,
        owner.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.day, row.learned.0)))
}
