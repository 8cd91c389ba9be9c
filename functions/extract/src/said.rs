//! What people say of themselves, read by a language model where they allow it. The built-in engine has read it before,
//! while they waited: whatever happens here, that reading stands.

use crate::Extract;
use crate::ask::{Subject, Told, ask};
use sentry_ai::Usage;
use sentry_db::data_keys;
use sentry_db::texts::{self, Reading, Reread, TextRow};
use sentry_domain::{UserId, Zone};
use sentry_queue::{JobError, enqueue_rescore};
use sentry_scoring::Scales;
use sentry_scoring::sentiment::{ENGINE, by_model};
use serde_json::json;
use uuid::Uuid;

/// The longest answer about one part, in tokens: twenty texts.
const MOST_TOKENS: u32 = 6_000;

/// Asks the model about those of `ids` that still wait for it. A second message for the same texts finds none.
pub(crate) async fn run(worker: &Extract, owner: UserId, ids: &[Uuid]) -> Result<(), JobError> {
    let Some(model) = &worker.ai.chat else {
        return Ok(());
    };
    let (waiting, zone) = open(worker, owner, ids).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let words: Vec<&str> = waiting.iter().map(|text| text.content.as_str()).collect();
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
        Err(reason) => vec![Told::nothing(reason); parts.len()],
    };
    let (mut usage, mut reread) = (Usage::default(), Vec::with_capacity(words.len()));
    for (part, told) in parts.into_iter().zip(answers) {
        usage += told.usage;
        let (texts, words) = (&waiting[part.clone()], &words[part]);
        match told.answer {
            Ok(answer) => {
                let readings = by_model::readings(&answer, words);
                reread.extend(
                    texts
                        .iter()
                        .zip(readings)
                        .map(|(text, reading)| match reading {
                            Ok(found) => read(text, &found, model.name()),
                            Err(left) => left_alone(text, left.name()),
                        }),
                );
            }
            Err(reason) => reread.extend(texts.iter().map(|text| left_alone(text, reason))),
        }
    }
    worker.note_usage(owner, zone, usage).await;
    keep(worker, owner, &reread).await
}

/// The texts that wait, opened, and the zone of their owner. What cannot be opened stays as it is.
async fn open(
    worker: &Extract,
    owner: UserId,
    ids: &[Uuid],
) -> Result<(Vec<TextRow>, Zone), JobError> {
    let context = &worker.context;
    let mut tx = context.db.as_user(owner).await.map_err(JobError::retry)?;
    let (mut waiting, zone) = texts::waiting(&mut tx, owner, ids, ENGINE)
        .await
        .map_err(JobError::retry)?;
    let key = data_keys::find(&mut tx, owner, &worker.master_keys)
        .await
        .map_err(JobError::retry)?;
    tx.commit().await.map_err(JobError::retry)?;
    waiting.retain_mut(|text| {
        let open = key.as_ref().is_none_or(|key| text.open(owner, key));
        open && !text.content.trim().is_empty()
    });
    Ok((waiting, zone))
}

fn read(text: &TextRow, found: &sentry_scoring::Sentiment, model: &str) -> Reread {
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

fn left_alone(text: &TextRow, reason: &str) -> Reread {
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
