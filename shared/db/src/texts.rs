//! What people say of themselves: check-ins, diary entries, notes and transcripts, each with what
//! the sentiment engine read in it. The text itself goes nowhere but into its row, and there it is
//! sealed with its owner's data key.

use crate::Tx;
use chrono::{DateTime, Utc};
use sentry_auth::envelope::DataKey;
use sentry_domain::{UserId, Zone};
use serde_json::Value;
use uuid::Uuid;

/// What the texts are sealed for: they open in no other column.
pub const LABEL: &str = "text";

/// A text to be kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct NewText {
    pub id: Uuid,
    pub entry_type: &'static str,
    /// The words, sealed for [`LABEL`].
    pub sealed: Vec<u8>,
    pub sentiment_score: Option<f64>,
    pub themes: Value,
    /// Names of the signals it raised.
    pub signals: Value,
    pub crisis: bool,
    pub language: Option<String>,
    pub engine: &'static str,
    pub mood: Option<i16>,
    pub energy: Option<i16>,
    pub stress: Option<i16>,
}

/// Keeps texts with one statement, and asks for a new score. True when a message must be sent for it.
pub async fn insert(
    tx: &mut Tx,
    owner: UserId,
    texts: &[NewText],
    at: DateTime<Utc>,
) -> crate::Result<bool> {
    let column = |of: fn(&NewText) -> String| -> Vec<String> { texts.iter().map(of).collect() };
    let number =
        |of: fn(&NewText) -> Option<i16>| -> Vec<Option<i16>> { texts.iter().map(of).collect() };
    let sealed: Vec<Vec<u8>> = texts.iter().map(|text| text.sealed.clone()).collect();
    let ids: Vec<Uuid> = texts.iter().map(|text| text.id).collect();
    let scores: Vec<Option<f64>> = texts.iter().map(|text| text.sentiment_score).collect();
    let themes: Vec<Value> = texts.iter().map(|text| text.themes.clone()).collect();
    let signals: Vec<Value> = texts.iter().map(|text| text.signals.clone()).collect();
    let crisis: Vec<bool> = texts.iter().map(|text| text.crisis).collect();
    let languages: Vec<Option<String>> = texts.iter().map(|text| text.language.clone()).collect();
    sqlx::query_scalar!(
        r#"
        with kept as (
            insert into qualitative_data (user_id, id, entry_type, sealed, sentiment_score, themes, signals, crisis,
                language, engine, mood, energy, stress, created_at)
            select $1, n.id, n.entry_type, n.sealed, n.score, n.themes, n.signals, n.crisis, n.language, n.engine,
                   n.mood, n.energy, n.stress, $14::timestamptz
            from unnest($2::uuid[], $3::text[], $4::bytea[], $5::double precision[], $6::jsonb[], $7::jsonb[],
                $8::boolean[], $9::text[], $10::text[], $11::smallint[], $12::smallint[], $13::smallint[])
                n(id, entry_type, sealed, score, themes, signals, crisis, language, engine, mood, energy, stress)
            returning user_id
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from kept limit 1
            on conflict do nothing returning 1
        )
        select exists (select from asked) as "asked!"
        "#,
        owner.0,
        &ids,
        &column(|text| text.entry_type.to_owned()),
        &sealed,
        &scores as &[Option<f64>],
        &themes,
        &signals,
        &crisis,
        &languages as &[Option<String>],
        &column(|text| text.engine.to_owned()),
        &number(|text| text.mood) as &[Option<i16>],
        &number(|text| text.energy) as &[Option<i16>],
        &number(|text| text.stress) as &[Option<i16>],
        at,
    )
    .fetch_one(&mut **tx)
    .await
}

/// A text as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct TextRow {
    pub id: Uuid,
    /// The words, where the row is older than sealing.
    pub content: String,
    /// The words, sealed for [`LABEL`].
    pub sealed: Option<Vec<u8>>,
    pub sentiment_score: Option<f64>,
    pub themes: Value,
    pub signals: Value,
    pub crisis: bool,
    pub mood: Option<i16>,
    pub energy: Option<i16>,
    pub stress: Option<i16>,
    pub created_at: DateTime<Utc>,
}

impl TextRow {
    /// Puts the words into `content`, whichever way the row has them, and tells whether they are there: what cannot be
    /// opened stays sealed.
    pub fn open(&mut self, owner: UserId, key: &DataKey) -> bool {
        let Some(sealed) = &self.sealed else {
            return true;
        };
        let words = opened(owner, key, sealed);
        let is_open = words.is_some();
        if let Some(words) = words {
            self.content = words;
            self.sealed = None;
        }
        is_open
    }
}

/// The words of a sealed text. None, and a line in the log, where it was sealed by another key, for somebody else, or has
/// been damaged: nothing else of that person is to be lost with it.
pub fn opened(owner: UserId, key: &DataKey, sealed: &[u8]) -> Option<String> {
    let words = key
        .open(owner, LABEL, sealed)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes.expose().clone()).ok());
    if words.is_none() {
        tracing::error!(user.id = owner.0, "a text cannot be opened");
    }
    words
}

/// Check-ins, newest first: up to `limit + 1` behind `after`.
pub async fn check_ins(
    tx: &mut Tx,
    owner: UserId,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> crate::Result<Vec<TextRow>> {
    sqlx::query_as!(
        TextRow,
        r#"
        select id, content, sealed, sentiment_score, themes, signals, crisis, mood, energy, stress, created_at
        from qualitative_data
        where user_id = $1 and entry_type = 'check_in'
          and ($2::timestamptz is null or (created_at, id) < ($2, $3))
        order by created_at desc, id desc
        limit $4
        "#,
        owner.0,
        after.map(|place| place.0),
        after.map(|place| place.1),
        limit + 1,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Deletes a check-in for good. `None` where there is none; true when a message for a new score
/// must be sent.
pub async fn delete_check_in(tx: &mut Tx, owner: UserId, id: Uuid) -> crate::Result<Option<bool>> {
    let found = sqlx::query!(
        r#"
        with gone as (
            delete from qualitative_data where user_id = $1 and id = $2 and entry_type = 'check_in' returning user_id
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from gone on conflict do nothing returning 1
        )
        select exists (select from gone) as "gone!", exists (select from asked) as "asked!"
        "#,
        owner.0,
        id,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(found.gone.then_some(found.asked))
}

/// Those of `ids` that only `engine` has read so far, and that their owner lets a model read at this moment; with the
/// owner's zone.
pub async fn waiting(
    tx: &mut Tx,
    owner: UserId,
    ids: &[Uuid],
    engine: &str,
) -> crate::Result<(Vec<TextRow>, Zone)> {
    let rows = sqlx::query!(
        r#"
        select q.id, q.content, q.sealed, q.sentiment_score, q.themes, q.signals, q.crisis, q.mood, q.energy, q.stress,
               q.created_at, u.time_zone
        from qualitative_data q
        join user_preferences p on p.user_id = q.user_id
        join users u on u.id = q.user_id
        where q.user_id = $1 and q.id = any($2) and q.engine = $3
          and p.model_reads_texts and q.entry_type = any(p.text_sources)
        order by q.created_at, q.id
        "#,
        owner.0,
        ids,
        engine,
    )
    .fetch_all(&mut **tx)
    .await?;
    let zone = rows.first().and_then(|row| row.time_zone.parse().ok());
    let texts = rows.into_iter().map(|row| TextRow {
        id: row.id,
        content: row.content,
        sealed: row.sealed,
        sentiment_score: row.sentiment_score,
        themes: row.themes,
        signals: row.signals,
        crisis: row.crisis,
        mood: row.mood,
        energy: row.energy,
        stress: row.stress,
        created_at: row.created_at,
    });
    Ok((texts.collect(), zone.unwrap_or_default()))
}

/// What a model has made of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reread {
    /// Which text.
    pub id: Uuid,
    /// Who has read it now, or why the reading of before stays.
    pub engine: String,
    /// None where the reading of before stays.
    pub read: Option<Reading>,
}

/// What a text says, as its row keeps it.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the columns of the table, which the schema explains"
)]
pub struct Reading {
    pub sentiment_score: Option<f64>,
    pub themes: Value,
    pub signals: Value,
    pub crisis: bool,
}

/// Keeps what a model has made of texts that only `engine` had read, with one statement, and asks for a new score where
/// it makes one. True when a message must be sent for it.
pub async fn reread(
    tx: &mut Tx,
    owner: UserId,
    engine: &str,
    texts: &[Reread],
) -> crate::Result<bool> {
    fn column<T>(texts: &[Reread], of: impl Fn(&Reading) -> T) -> Vec<Option<T>> {
        texts
            .iter()
            .map(|text| text.read.as_ref().map(&of))
            .collect()
    }
    let ids: Vec<Uuid> = texts.iter().map(|text| text.id).collect();
    let engines: Vec<String> = texts.iter().map(|text| text.engine.clone()).collect();
    let scores: Vec<Option<f64>> = column(texts, |read| read.sentiment_score)
        .into_iter()
        .map(Option::flatten)
        .collect();
    sqlx::query_scalar!(
        r#"
        with changed as (
            update qualitative_data q
            set engine = n.engine, sentiment_score = coalesce(n.score, q.sentiment_score),
                themes = coalesce(n.themes, q.themes), signals = coalesce(n.signals, q.signals),
                crisis = coalesce(n.crisis, q.crisis)
            from unnest($3::uuid[], $4::text[], $5::double precision[], $6::jsonb[], $7::jsonb[], $8::boolean[])
                n(id, engine, score, themes, signals, crisis)
            where q.user_id = $1 and q.id = n.id and q.engine = $2
            returning q.user_id, n.crisis is not null as read
        ),
        asked as (
            insert into pending_rescores (user_id) select user_id from changed where read limit 1
            on conflict do nothing returning 1
        )
        select exists (select from asked) as "asked!"
        "#,
        owner.0,
        engine,
        &ids,
        &engines,
        &scores as &[Option<f64>],
        &column(texts, |read| read.themes.clone()) as &[Option<Value>],
        &column(texts, |read| read.signals.clone()) as &[Option<Value>],
        &column(texts, |read| read.crisis) as &[Option<bool>],
    )
    .fetch_one(&mut **tx)
    .await
}

/// A text that lies open, from before texts were sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenText {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub id: Uuid,
    /// The words.
    pub content: String,
}

/// Up to `limit` texts that lie open, those of one person together.
pub async fn open(tx: &mut Tx, limit: i64) -> crate::Result<Vec<OpenText>> {
    sqlx::query_as!(
        OpenText,
        r#"
        select user_id as "user: UserId", id, content from qualitative_data
        where content <> '' order by user_id limit $1
        "#,
        limit,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Puts the sealed form of an open text in its place.
pub async fn seal(tx: &mut Tx, text: &OpenText, sealed: &[u8]) -> crate::Result<()> {
    sqlx::query!(
        "update qualitative_data set content = '', sealed = $3 where user_id = $1 and id = $2 and content <> ''",
        text.user.0,
        text.id,
        sealed,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
