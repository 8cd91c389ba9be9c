//! Questions to a language model, several side by side, within a time and a budget.

use futures_util::{StreamExt, stream};
use sentry_ai::{AiError, ChatRequest, Model, Part, Schema, Usage};
use serde_json::Value;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// Questions that are under way at once.
const AT_ONCE: usize = 4;
/// For all questions together.
const PATIENCE: Duration = Duration::from_secs(100);

/// What stays the same from question to question.
pub(crate) struct Subject {
    /// What the model is to do.
    pub system: &'static str,
    /// A name for the schema.
    pub name: &'static str,
    /// The shape of the answer.
    pub schema: Value,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
}

/// What has become of a question.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// The answer, or why there is none.
    pub answer: Result<Value, &'static str>,
    /// What it has cost, answered or not.
    pub usage: Usage,
}

impl Told {
    /// A question that was not asked, or not to the end.
    pub(crate) fn nothing(reason: &'static str) -> Self {
        Self {
            answer: Err(reason),
            usage: Usage::default(),
        }
    }
}

/// Asks in order, as far as time and `left` tokens go. An answer for every question.
pub(crate) async fn ask(
    model: &Model,
    subject: &Subject,
    questions: Vec<String>,
    left: u64,
) -> Vec<Told> {
    let asking = Asking {
        model,
        subject,
        deadline: Instant::now() + PATIENCE,
        budget: AtomicU64::new(left),
        hopeless: OnceLock::new(),
    };
    let asking = &asking;
    let mut asked = Vec::with_capacity(questions.len());
    for question in questions {
        asked.push(asking.tell(question));
    }
    stream::iter(asked).buffered(AT_ONCE).collect().await
}

struct Asking<'a> {
    model: &'a Model,
    subject: &'a Subject,
    deadline: Instant,
    /// What is under way counts as spent before it is answered: several are asked at once.
    budget: AtomicU64,
    /// Why no further question would be answered.
    hopeless: OnceLock<&'static str>,
}

impl Asking<'_> {
    async fn tell(&self, question: String) -> Told {
        let cost = (self.subject.system.len() + question.len()) as u64 / 3 + 500;
        if let Some(reason) = self.hopeless.get() {
            return Told::nothing(reason);
        }
        if self
            .budget
            .fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cost))
            .is_err()
        {
            return Told::nothing("budget_spent");
        }
        let request = ChatRequest {
            system: self.subject.system.to_owned(),
            user: vec![Part::Text(question)],
            schema: Schema {
                name: self.subject.name,
                schema: self.subject.schema.clone(),
            },
            max_tokens: self.subject.max_tokens,
        };
        let left = self.deadline.saturating_duration_since(Instant::now());
        match tokio::time::timeout(left, self.model.ask(&request)).await {
            Err(_) => Told::nothing("timed_out"),
            Ok(Ok(answer)) => Told {
                answer: Ok(answer.value),
                usage: answer.usage,
            },
            Ok(Err((error, usage))) => {
                let lasting = matches!(
                    error,
                    AiError::Unauthorized
                        | AiError::QuotaSpent
                        | AiError::Rejected { .. }
                        | AiError::PrivateHost
                );
                // No key, no credit, nobody there: the next question would hear the same.
                if lasting || error.may_pass() {
                    let _ = self.hopeless.set(error.code());
                }
                Told {
                    answer: Err(error.code()),
                    usage,
                }
            }
        }
    }
}
