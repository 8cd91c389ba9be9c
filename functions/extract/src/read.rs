//! From bytes to text to items, on a thread that may take its time or fall over.

use crate::PARSE_TIME;
use crate::failure::{Failure, Stop};
use crate::fetch::Fetched;
use sentry_db::extracted_items::NewItem;
use sentry_db::uploads::Claimed;
use sentry_documents::{Document, FileKind, HiddenReason, Limits, ReadError, read_owned};
use sentry_domain::Zone;
use sentry_extraction::{Context, Dropped, Extraction, Item, extract};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The name of the engine that needs no model.
const ENGINE: &str = "built-in";
/// Passages that no reader sees and pages without text are named up to here.
const MOST_NAMED: usize = 20;
/// Past the parse time a parser that does not look at the clock is left behind.
const GRACE: Duration = Duration::from_secs(5);

/// What a file has yielded.
#[derive(Debug)]
pub(crate) struct Reading {
    /// About the document as a whole.
    pub(crate) result: Value,
    /// Which engine read it.
    pub(crate) engine: &'static str,
    /// Of its bytes.
    pub(crate) sha256: Vec<u8>,
    /// What was found.
    pub(crate) items: Vec<NewItem>,
}

/// About the document as a whole.
#[derive(Debug, Serialize)]
struct Summary {
    kind: FileKind,
    title: Option<String>,
    language: String,
    characters: usize,
    pages: usize,
    /// The text was cut at the limit.
    truncated: bool,
    /// Passages that looked like items and were refused.
    dropped: usize,
    reasons: Vec<Dropped>,
    /// Text that no reader sees, and that therefore was not read: instructions hide there.
    hidden: Vec<HiddenText>,
    /// Pages that show a picture only: what they say is missing.
    pages_without_text: Vec<u32>,
    attachments: Vec<AttachmentSummary>,
}

#[derive(Debug, Serialize)]
struct HiddenText {
    page: Option<u32>,
    reason: HiddenReason,
    text: String,
}

#[derive(Debug, Serialize)]
struct AttachmentSummary {
    name: String,
    failure: Option<(String, String)>,
}

/// Reads a file within [`PARSE_TIME`]. Neither a panic nor a runaway takes the worker down.
pub(crate) async fn read(claimed: &Claimed, fetched: Fetched) -> Result<Reading, Stop> {
    let context = context(claimed);
    let deadline = Instant::now() + PARSE_TIME;
    let work = tokio::task::spawn_blocking(move || work(fetched, &context, deadline));
    match tokio::time::timeout(PARSE_TIME + GRACE, work).await {
        Ok(Ok(done)) => done.map_err(Stop::from),
        Ok(Err(fallen)) => {
            tracing::error!(upload.id = claimed.id.0, error = %fallen, "the extraction panicked");
            Err(Failure::stumbled().into())
        }
        Err(_) => Err(Failure::timed_out().into()),
    }
}

fn context(claimed: &Claimed) -> Context {
    let zone: Zone = claimed.time_zone.parse().unwrap_or_default();
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Context {
        now: claimed.reference_at,
        zone: zone.0,
        locale: known(&claimed.locale),
        reader: known(&claimed.reader),
        sender: None,
    }
}

fn work(fetched: Fetched, context: &Context, deadline: Instant) -> Result<Reading, Failure> {
    let sha256 = Sha256::digest(&fetched.bytes).to_vec();
    let limits = Limits {
        // How large a file may be was decided when it was announced.
        max_bytes: fetched.bytes.len() as u64,
        out_of_time: Some(Arc::new(move || Instant::now() >= deadline)),
        ..Limits::default()
    };
    let document = read_owned(fetched.bytes.into(), fetched.kind, &limits)?;
    if document.text.trim().is_empty() {
        return Err(if document.pages_without_text.is_empty() {
            ReadError::EmptyFile.into()
        } else {
            Failure::no_ocr()
        });
    }
    let extraction = extract(&document.text, context);
    let items = items(&document, &extraction.items);
    let result = summary(document, extraction);
    let result = serde_json::to_value(result)
        .map(storable)
        .map_err(|_| Failure::stumbled())?;
    Ok(Reading {
        result,
        engine: ENGINE,
        sha256,
        items,
    })
}

fn items(document: &Document, items: &[Item]) -> Vec<NewItem> {
    let numbered = items.iter().zip(0..);
    numbered
        .filter_map(|(item, ordinal)| {
            let source = &item.source;
            let page = document
                .page_at(source.start_char)
                .and_then(|page| i32::try_from(page).ok());
            let Value::Object(mut fields) = serde_json::to_value(item).map(storable).ok()? else {
                return None;
            };
            // These have columns of their own.
            for name in ["quote", "start_char", "end_char", "confidence"] {
                fields.remove(name);
            }
            Some(NewItem {
                ordinal,
                item: Value::Object(fields),
                quote: source.quote.replace('\0', "\u{fffd}"),
                start_char: i32::try_from(source.start_char).ok()?,
                end_char: i32::try_from(source.end_char).ok()?,
                page,
                confidence: item.confidence.clamp(0.0, 1.0),
            })
        })
        .collect()
}

fn summary(document: Document, extraction: Extraction) -> Summary {
    let hidden = document.hidden.into_iter().take(MOST_NAMED);
    Summary {
        kind: document.kind,
        title: document.title,
        language: extraction.language,
        characters: document.text.chars().count(),
        pages: document.pages.len(),
        truncated: document.truncated,
        dropped: extraction.dropped,
        reasons: extraction.reasons,
        hidden: hidden
            .map(|it| HiddenText {
                page: it.page,
                reason: it.reason,
                text: it.text,
            })
            .collect(),
        pages_without_text: document
            .pages_without_text
            .into_iter()
            .take(MOST_NAMED)
            .collect(),
        attachments: document
            .attachments
            .into_iter()
            .take(MOST_NAMED)
            .map(|it| AttachmentSummary {
                name: it.name,
                failure: it.failure,
            })
            .collect(),
    }
}

/// The database cannot hold U+0000 in JSON.
fn storable(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "\u{fffd}")),
        Value::Array(items) => items.into_iter().map(storable).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, storable(value)))
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn reading(text: &str) -> Result<Reading, Failure> {
        let context = Context::new("2026-03-02T09:00:00Z".parse().unwrap(), Zone::UTC.0);
        let fetched = Fetched {
            bytes: Bytes::copy_from_slice(text.as_bytes()),
            kind: FileKind::Text,
        };
        work(fetched, &context, Instant::now() + PARSE_TIME)
    }

    #[test]
    fn items_carry_their_words_and_nothing_twice() {
        let reading =
            reading("Action items:\n- [ ] Anna to send the report by 2026-03-06\n").unwrap();
        assert_eq!(reading.engine, "built-in");
        let item = &reading.items[0];
        assert!(item.quote.contains("send the report"), "{}", item.quote);
        assert!(item.item.get("quote").is_none() && item.item.get("confidence").is_none());
        assert_eq!(item.item["due_on"], "2026-03-06");
    }

    #[test]
    fn a_file_of_spaces_is_empty_and_not_a_file_without_tasks() {
        assert_eq!(reading(" \n\t ").unwrap_err().code, "empty_file");
        assert_eq!(reading("The sky is blue.").unwrap().items, []);
    }

    #[test]
    fn time_runs_out() {
        let context = Context::new("2026-03-02T09:00:00Z".parse().unwrap(), Zone::UTC.0);
        let bytes = Bytes::from(include_bytes!("../../../samples/meeting-minutes.pdf").to_vec());
        let fetched = Fetched {
            bytes,
            kind: FileKind::Pdf,
        };
        assert_eq!(
            work(fetched, &context, Instant::now()).unwrap_err().code,
            "timed_out"
        );
    }
}
