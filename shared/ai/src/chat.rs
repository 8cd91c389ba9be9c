//! Questions to a language model, with an answer in JSON of a given shape.

use crate::client::{Model, Outcome, Problem};
use crate::error::AiError;
use crate::repair::repaired;
use crate::usage::Usage;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Instant;

/// A part of what the user says.
#[derive(Debug, Clone)]
pub enum Part {
    /// Words.
    Text(String),
    /// A picture.
    Picture {
        /// `image/png`, `image/jpeg` or `image/webp`.
        mime: &'static str,
        /// The file.
        bytes: Bytes,
    },
}

/// The shape of the answer.
#[derive(Debug, Clone)]
pub struct Schema {
    /// A name for it: letters, digits, underscores.
    pub name: &'static str,
    /// JSON Schema as strict structured output wants it: every property required, no others allowed.
    pub schema: Value,
}

/// A question.
#[derive(Debug, Clone)]
pub struct ChatRequest {
    /// What the model is to do.
    pub system: String,
    /// What it is to do it with.
    pub user: Vec<Part>,
    /// What the answer looks like.
    pub schema: Schema,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
}

/// An answer in JSON. Its shape is not checked: what asks knows best what it needs.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the model said.
    pub value: Value,
    /// What it cost, by the provider's count or, without one, by an estimate.
    pub usage: Usage,
}

/// What a provider has turned out not to understand; found out once, kept while the process lives.
#[derive(Debug, Default)]
pub(crate) struct Dialect {
    /// 0: `json_schema`, 1: `json_object` with a schema (as llama-cpp-python, Together and Fireworks have it), 2: `json_object`,
    /// 3: the prompt alone.
    format: AtomicU8,
    /// The newer models of one provider know `max_tokens` by another name, and say so; most other servers know only this
    /// one, and say nothing: their answers would have no end.
    new_max_tokens: AtomicBool,
    no_temperature: AtomicBool,
    pub(crate) plain_transcripts: AtomicBool,
}

impl Dialect {
    /// Gives up what the provider complains about. False when that was nothing of ours.
    fn adapt(&self, problem: &Problem) -> bool {
        let formats = ["response_format", "json_schema", "json_object"];
        if formats.iter().any(|field| problem.is_about(field)) {
            return self.format.fetch_add(1, Ordering::Relaxed) < 3;
        }
        if problem.is_about("max_tokens") {
            return !self.new_max_tokens.swap(true, Ordering::Relaxed);
        }
        problem.is_about("temperature") && !self.no_temperature.swap(true, Ordering::Relaxed)
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Counted>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

impl Model {
    /// Asks and waits for an answer in JSON.
    ///
    /// Structured output is used where the provider has it; where not, JSON mode, else the schema stands in
    /// the prompt and the answer is repaired. What a failed attempt cost is in the error's company:
    /// a cut-off or refused answer is paid for too.
    pub async fn ask(&self, request: &ChatRequest) -> Result<Answer, (AiError, Usage)> {
        let deadline = Instant::now() + self.patience().total;
        let free = |error| (error, Usage::default());
        loop {
            let format = self.dialect.format.load(Ordering::Relaxed);
            let body = self.body(request, format);
            let sent = self
                .send("chat/completions", deadline, |http, url| {
                    Ok(http.post(url).json(&body))
                })
                .await
                .map_err(free)?;
            match sent {
                Outcome::Answer(bytes) => return read(&bytes, request),
                Outcome::Problem(problem, _) if self.dialect.adapt(&problem) => {}
                Outcome::Problem(_, error) => return Err(free(error)),
            }
        }
    }

    fn body(&self, request: &ChatRequest, format: u8) -> Value {
        let Schema { name, schema } = &request.schema;
        let system = if format == 0 {
            request.system.clone()
        } else {
            format!(
                "{}\n\nAnswer with one JSON object that matches this JSON Schema and nothing else:\n{schema}",
                request.system
            )
        };
        let limit = if self.dialect.new_max_tokens.load(Ordering::Relaxed) {
            "max_completion_tokens"
        } else {
            "max_tokens"
        };
        let mut body = json!({
            "model": self.name(),
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": content(&request.user)},
            ],
            limit: request.max_tokens,
        });
        match format {
            0 => {
                let schema = json!({"name": name, "strict": true, "schema": schema});
                body["response_format"] = json!({"type": "json_schema", "json_schema": schema});
            }
            1 => body["response_format"] = json!({"type": "json_object", "schema": schema}),
            2 => body["response_format"] = json!({"type": "json_object"}),
            _ => {}
        }
        if !self.dialect.no_temperature.load(Ordering::Relaxed) {
            body["temperature"] = json!(0);
        }
        body
    }
}

/// Words alone go as a string, which every server understands.
fn content(parts: &[Part]) -> Value {
    if let [Part::Text(text)] = parts {
        return json!(text);
    }
    let part = |part: &Part| match part {
        Part::Text(text) => json!({"type": "text", "text": text}),
        Part::Picture { mime, bytes } => {
            let url = format!("data:{mime};base64,{}", STANDARD.encode(bytes));
            json!({"type": "image_url", "image_url": {"url": url, "detail": "high"}})
        }
    };
    parts.iter().map(part).collect()
}

fn read(bytes: &[u8], request: &ChatRequest) -> Result<Answer, (AiError, Usage)> {
    let Ok(mut completion) = serde_json::from_slice::<Completion>(bytes) else {
        let error = AiError::InvalidAnswer("it is no chat completion");
        return Err((error, Usage::default()));
    };
    let choice = (!completion.choices.is_empty()).then(|| completion.choices.swap_remove(0));
    let content = choice
        .as_ref()
        .and_then(|choice| choice.message.content.as_deref())
        .unwrap_or_default();
    let usage = match completion.usage {
        Some(counted) => Usage {
            calls: 1,
            input_tokens: counted.prompt_tokens,
            output_tokens: counted.completion_tokens,
            audio_seconds: 0.0,
        },
        None => estimate(request, content),
    };
    let Some(choice) = &choice else {
        return Err((AiError::InvalidAnswer("it has no choices"), usage));
    };
    let refused = choice
        .message
        .refusal
        .as_ref()
        .is_some_and(|text| !text.is_empty());
    let error = match choice.finish_reason.as_deref() {
        Some("content_filter") => AiError::Refusal,
        _ if refused => AiError::Refusal,
        Some("length") => AiError::Truncated,
        _ => match repaired(content) {
            Some(value) => return Ok(Answer { value, usage }),
            None => AiError::InvalidAnswer("it is no JSON"),
        },
    };
    Err((error, usage))
}

/// About four characters to a token, and a thousand tokens to a picture.
fn estimate(request: &ChatRequest, content: &str) -> Usage {
    let sent = request.user.iter().map(|part| match part {
        Part::Text(text) => text.len() as u64 / 4,
        Part::Picture { .. } => 1_000,
    });
    Usage {
        calls: 1,
        input_tokens: request.system.len() as u64 / 4 + sent.sum::<u64>(),
        output_tokens: content.len() as u64 / 4,
        audio_seconds: 0.0,
    }
}
