//! The engine with a language model, where one is configured and the user's day has tokens left.

use crate::Extract;
use crate::ask::{Subject, ask};
use sentry_ai::Usage;
use sentry_domain::UserId;
use sentry_extraction::model::{NotAnAnswer, Reading, SYSTEM, schema};
use sentry_extraction::{Context, Extraction};
use std::collections::BTreeSet;

/// The name of the engine that needs no model.
pub(crate) const BUILT_IN: &str = "built-in";
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
        let engine = reason.map_or_else(|| BUILT_IN.to_owned(), without_model);
        Self {
            found,
            engine,
            usage: Usage::default(),
        }
    }
}

/// The engine where all parts had to do without the model.
fn without_model(reasons: &str) -> String {
    format!("{BUILT_IN} ({reasons})")
}

const fn code(error: NotAnAnswer) -> &'static str {
    match error {
        NotAnAnswer::NoList => "invalid_answer",
        NotAnAnswer::NothingHolds => "invented",
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
    let left = match worker.budget(owner, context.zone).await {
        Ok(left) => left,
        Err(reason) => return Thought::built_in(found, Some(reason)),
    };
    let mut reading = Reading::new(text, context);
    let (mut usage, mut reasons, mut answered) = (Usage::default(), BTreeSet::new(), 0);
    let subject = Subject {
        system: SYSTEM,
        name: "items",
        schema: schema(),
        max_tokens: MOST_TOKENS,
    };
    let questions = (0..reading.parts()).map(|part| reading.question(part));
    let answers = ask(model, &subject, questions.collect(), left).await;
    for (part, told) in answers.into_iter().enumerate() {
        usage += told.usage;
        let taken = told
            .answer
            .and_then(|answer| reading.answer(part, &answer).map_err(code));
        match taken {
            Ok(()) => answered += 1,
            Err(reason) => {
                reasons.insert(reason);
            }
        }
    }
    let reasons = reasons.into_iter().collect::<Vec<_>>().join(", ");
    let engine = match (answered, reasons.is_empty()) {
        (0, _) => without_model(&reasons),
        (_, true) => format!("model:{}", model.name()),
        (_, false) => format!("model:{}+{BUILT_IN} ({reasons})", model.name()),
    };
    Thought {
        found: reading.finish(&found),
        engine,
        usage,
    }
}
