//! What people say of themselves, read by a language model where they allow it. The built-in engine has read it before,
//! while they waited: whatever happens here, that reading stands.

use crate::Extract;
use crate::ask::{Subject, ask};
use sentry_ai::Usage;
use sentry_auth::envelope::DataKey;
use sentry_db::data_keys;
use sentry_db::texts::{self, Reading, Reread, WaitingText};
use sentry_domain::{UserId, Zone};
use sentry_queue::{JobError, enqueue_rescore};
use sentry_scoring::Scales;
use sentry_scoring::sentiment::{ENGINE, by_model};
use serde_json::json;
use uuid::Uuid;

/// The longest answer about one part, in tokens: twenty texts.
const MOST_TOKENS: u32 = 6_000;

/// Texts with their words.
type Open = Vec<(WaitingText, String)>;

/// Asks the model about those of `ids` that still wait for it. A second message for the same texts finds none.
pub(crate) async fn run(worker: &Extract, owner: UserId, ids: &[Uuid]) -> Result<(), JobError> {
    let Some(model) = &worker.ai.chat else {
        return Ok(());
    };
    let waiting = open(worker, owner, ids).await?;
    let Some((first, _)) = waiting.first() else {
        return Ok(());
    };
    let zone: Zone = first.time_zone.parse().unwrap_or_default();
    let words: Vec<&str> = waiting.iter().map(|(_, words)| words.as_str()).collect();
    let parts = by_model::parts(&words);
    let questions = parts
        .iter()
        .map(|part| by_model::question(&words[part.clone()]))
        .collect();
    let subject = Subject {
        system: by_model::SYSTEM,
        name: "texts",
        schema: by_model::schema(),
        max_tokens: MOST_TOKENS,
    };
    let answers = match worker.budget(owner, zone).await {
        Ok(left) => ask(model, &subject, questions, left).await,
        Err(reason) => vec![Err((reason, Usage::default())); parts.len()],
    };
    let (mut usage, mut reread) = (Usage::default(), Vec::with_capacity(words.len()));
    for (part, answer) in parts.into_iter().zip(answers) {
        let (texts, words) = (&waiting[part.clone()], &words[part]);
        match answer {
            Ok((answer, cost)) => {
                usage += cost;
                let readings = by_model::readings(&answer, words);
                reread.extend(texts.iter().zip(readings).map(
                    |((text, _), reading)| match reading {
                        Ok(found) => read(text, &found, model.name()),
                        Err(left) => left_alone(text, left.name()),
                    },
                ));
            }
            Err((reason, cost)) => {
                usage += cost;
                reread.extend(texts.iter().map(|(text, _)| left_alone(text, reason)));
            }
        }
    }
    worker.note_usage(owner, zone, usage).await;
    keep(worker, owner, &reread).await
}

/// The texts that wait, opened. What cannot be opened stays as it is.
async fn open(worker: &Extract, owner: UserId, ids: &[Uuid]) -> Result<Open, JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let waiting = texts::waiting(&mut tx, owner, ids, ENGINE)
        .await
        .map_err(JobError::retry)?;
    let key = data_keys::find(&mut tx, owner, &worker.master_keys)
        .await
        .map_err(JobError::retry)?;
    tx.commit().await.map_err(JobError::retry)?;
    let mut opened = Vec::with_capacity(waiting.len());
    for mut text in waiting {
        match words(owner, key.as_ref(), &mut text) {
            Ok(words) if words.trim().is_empty() => {}
            Ok(words) => opened.push((text, words)),
            Err(error) => {
                tracing::error!(user.id = owner.0, text.id = %text.id, %error, "a text cannot be opened");
            }
        }
    }
    Ok(opened)
}

fn words(
    owner: UserId,
    key: Option<&DataKey>,
    text: &mut WaitingText,
) -> sentry_db::Result<String> {
    match (text.sealed.take(), key) {
        (Some(sealed), Some(key)) => texts::opened(owner, key, &sealed),
        (Some(_), None) => Err(sentry_db::Error::Decode("no data key".into())),
        (None, _) => Ok(std::mem::take(&mut text.content)),
    }
}

fn read(text: &WaitingText, found: &sentry_scoring::Sentiment, model: &str) -> Reread {
    let scales = Scales {
        mood: text.mood,
        energy: text.energy,
        stress: text.stress,
    };
    Reread {
        id: text.id,
        engine: format!("model:{model}"),
        read: Some(Reading {
            sentiment_score: scales.score(Some(found)),
            themes: json!(found.themes),
            signals: json!(found.signals.raised()),
            crisis: found.crisis,
        }),
    }
}

fn left_alone(text: &WaitingText, reason: &str) -> Reread {
    Reread {
        id: text.id,
        engine: format!("{ENGINE} ({reason})"),
        read: None,
    }
}

async fn keep(worker: &Extract, owner: UserId, reread: &[Reread]) -> Result<(), JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let asked = texts::reread(&mut tx, owner, ENGINE, reread)
        .await
        .map_err(JobError::retry)?;
    enqueue_rescore(&mut tx, owner, asked)
        .await
        .map_err(JobError::retry)?;
    context.commit(tx).await.map_err(JobError::retry)?;
    let read = reread.iter().filter(|text| text.read.is_some()).count();
    tracing::info!(
        user.id = owner.0,
        texts = reread.len(),
        read,
        "read by a model"
    );
    Ok(())
}
