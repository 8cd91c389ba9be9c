//! The engine with a language model, where one is configured and the user's day has tokens left.

use crate::Extract;
use chrono::NaiveDate;
use futures_util::{StreamExt, stream};
use sentry_ai::{AiError, ChatRequest, Model, Part, Schema, Usage};
use sentry_db::ai_usage::{self, Spent};
use sentry_db::uploads::Claimed;
use sentry_domain::{UserId, Zone};
use sentry_extraction::model::{Reading, SYSTEM, schema};
use sentry_extraction::{Context, Extraction};
use sentry_runtime::telemetry::metric;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// The name of the engine that needs no model.
pub(crate) const BUILT_IN: &str = "built-in";
/// Parts that are asked about side by side.
const AT_ONCE: usize = 4;
/// What a picture costs at least, question and answer together.
const PICTURE_TOKENS: u64 = 2_000;
/// For all parts of a document together.
const PATIENCE: Duration = Duration::from_secs(100);
/// The longest answer about one part, in tokens: some eighty items.
const MOST_TOKENS: u32 = 8_000;

/// The engine in one of three words, for metrics.
pub(crate) fn label(engine: &str) -> &'static str {
    match (engine.starts_with("model:"), engine.contains(BUILT_IN)) {
        (true, true) => "both",
        (true, false) => "model",
        (false, _) => BUILT_IN,
    }
}

/// What was made of a text.
#[derive(Debug)]
pub(crate) struct Thought {
    pub(crate) found: Extraction,
    /// `built-in`, `model:<name>`, `model:<name>+built-in (<reasons>)` where some parts, `built-in (<reasons>)`
    /// where all had to do without the model.
    pub(crate) engine: String,
    pub(crate) usage: Usage,
}

impl Thought {
    fn built_in(found: Extraction, reason: Option<&str>) -> Self {
        let engine = reason.map_or_else(
            || BUILT_IN.to_owned(),
            |reason| format!("{BUILT_IN} ({reason})"),
        );
        Self {
            found,
            engine,
            usage: Usage::default(),
        }
    }
}

/// Asks the model about a text whose items the built-in engine has found already. Never fails: without an answer
/// what is there stays.
pub(crate) async fn think(
    worker: &Extract,
    owner: UserId,
    text: &str,
    context: &Context,
    found: Extraction,
) -> Thought {
    let Some(model) = &worker.ai.chat else {
        return Thought::built_in(found, None);
    };
    let left = match worker
        .tokens_left(owner, context.zone.name().parse().unwrap_or_default())
        .await
    {
        Ok(0) => return Thought::built_in(found, Some("budget_spent")),
        Ok(left) => left,
        Err(error) => {
            tracing::warn!(%error, "the budget could not be read");
            return Thought::built_in(found, Some("budget_unknown"));
        }
    };
    let mut reading = Reading::new(text, context);
    let (mut usage, mut reasons, mut answered) = (Usage::default(), BTreeSet::new(), 0);
    let answers = ask(model, &reading, left).await;
    for (part, answer) in answers {
        match answer {
            Ok((value, cost)) => {
                usage += cost;
                match reading.answer(part, &value) {
                    Ok(()) => answered += 1,
                    Err(_) => {
                        reasons.insert("invalid_answer");
                    }
                }
            }
            Err((reason, cost)) => {
                usage += cost;
                reasons.insert(reason);
            }
        }
    }
    let reasons = reasons.into_iter().collect::<Vec<_>>().join(", ");
    let engine = match (answered, reasons.is_empty()) {
        (0, _) => {
            return Thought {
                usage,
                ..Thought::built_in(found, Some(&reasons))
            };
        }
        (_, true) => format!("model:{}", model.name()),
        (_, false) => format!("model:{}+{BUILT_IN} ({reasons})", model.name()),
    };
    Thought {
        found: reading.finish(&found),
        engine,
        usage,
    }
}

type Told = Result<(serde_json::Value, Usage), (&'static str, Usage)>;

/// Asks about the parts in their order, as far as time and tokens go.
async fn ask(model: &Model, reading: &Reading<'_>, left: u64) -> Vec<(usize, Told)> {
    let deadline = Instant::now() + PATIENCE;
    // What is under way counts as spent before it is answered: several are asked at once.
    let budget = AtomicU64::new(left);
    let hopeless = OnceLock::new();
    let (budget, hopeless) = (&budget, &hopeless);
    let mut asked = Vec::with_capacity(reading.parts());
    for part in 0..reading.parts() {
        asked.push(async move {
            (
                part,
                told(model, reading.question(part), budget, hopeless, deadline).await,
            )
        });
    }
    stream::iter(asked).buffered(AT_ONCE).collect().await
}

async fn told(
    model: &Model,
    question: String,
    budget: &AtomicU64,
    hopeless: &OnceLock<&'static str>,
    deadline: Instant,
) -> Told {
    let cost = (SYSTEM.len() + question.len()) as u64 / 3 + 500;
    let nothing = |reason: &'static str| Err((reason, Usage::default()));
    if let Some(reason) = hopeless.get() {
        return nothing(reason);
    }
    if budget
        .fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cost))
        .is_err()
    {
        return nothing("budget_spent");
    }
    let request = ChatRequest {
        system: SYSTEM.to_owned(),
        user: vec![Part::Text(question)],
        schema: Schema {
            name: "items",
            schema: schema(),
        },
        max_tokens: MOST_TOKENS,
    };
    let left = deadline.saturating_duration_since(Instant::now());
    match tokio::time::timeout(left, model.ask(&request)).await {
        Err(_) => nothing("timed_out"),
        Ok(Ok(answer)) => Ok((answer.value, answer.usage)),
        Ok(Err((error, usage))) => {
            let lasting = matches!(
                error,
                AiError::Unauthorized
                    | AiError::QuotaSpent
                    | AiError::Rejected { .. }
                    | AiError::PrivateHost
            );
            // No key, no credit, nobody there: the next part would hear the same.
            if lasting || error.may_pass() {
                let _ = hopeless.set(error.code());
            }
            Err((error.code(), usage))
        }
    }
}

impl Extract {
    /// The user's own day.
    fn day(&self, zone: Zone) -> NaiveDate {
        zone.day_of(self.context.clock.now())
    }

    /// Tokens that the user may still spend today.
    async fn tokens_left(&self, owner: UserId, zone: Zone) -> sentry_db::Result<u64> {
        let mut tx = self.context.db.as_user(owner).await?;
        let spent = ai_usage::tokens(&mut tx, owner, self.day(zone)).await?;
        tx.commit().await?;
        Ok(self
            .ai
            .tokens_per_user_day
            .saturating_sub(u64::try_from(spent).unwrap_or(0)))
    }

    /// Whether the user of an upload has too few tokens left today to have a picture looked at. A budget that cannot
    /// be read counts as there.
    pub(crate) async fn is_spent(&self, claimed: &Claimed) -> bool {
        let zone: Zone = claimed.time_zone.parse().unwrap_or_default();
        let left = self.tokens_left(claimed.user_id, zone).await;
        left.is_ok_and(|left| left < PICTURE_TOKENS)
    }

    /// Records what calls have cost: also those of an attempt that came to nothing.
    pub(crate) async fn note_usage(&self, claimed: &Claimed, usage: Usage) {
        if usage.calls == 0 {
            return;
        }
        let zone: Zone = claimed.time_zone.parse().unwrap_or_default();
        let count = |tokens| i64::try_from(tokens).unwrap_or(i64::MAX);
        let spent = Spent {
            calls: i64::from(usage.calls),
            input_tokens: count(usage.input_tokens),
            output_tokens: count(usage.output_tokens),
            audio_seconds: usage.audio_seconds,
            cost_usd: self.ai.prices.cost(&usage),
        };
        metrics::counter!(metric::AI_TOKENS, "direction" => "in").increment(usage.input_tokens);
        metrics::counter!(metric::AI_TOKENS, "direction" => "out").increment(usage.output_tokens);
        metrics::histogram!(metric::AI_COST).record(spent.cost_usd);
        let noted = async {
            let mut tx = self.context.db.as_user(claimed.user_id).await?;
            ai_usage::add(&mut tx, claimed.user_id, self.day(zone), &spent).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::error!(upload.id = claimed.id.0, %error, "what a model has cost could not be noted");
        }
    }
}
