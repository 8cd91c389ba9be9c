//! From a file to what is reported about it.

use crate::Extract;
use crate::failure::{Failure, Stop};
use crate::listen::Spoken;
use crate::text::{Text, text};
use crate::think::think;
use sentry_ai::Usage;
use sentry_db::extracted_items::NewItem;
use sentry_db::uploads::Claimed;
use sentry_documents::{Document, FileKind, HiddenReason};
use sentry_domain::{UserId, Zone};
use sentry_extraction::{Context, Dropped, Item};
use serde::Serialize;
use serde_json::{Value, json};

/// Passages that no reader sees and pages without text are named up to here.
const MOST_NAMED: usize = 20;
/// The longest transcript that is kept with an upload, in characters: it is nowhere else to be read.
const MOST_TRANSCRIPT_CHARS: usize = 200_000;

/// What a file has yielded.
#[derive(Debug)]
pub(crate) struct Reading {
    /// About the document as a whole.
    pub(crate) result: Value,
    /// Which engine read it.
    pub(crate) engine: String,
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
    /// What looked at pictures or listened.
    read_by: Option<String>,
    /// How well the writing or the speech could be made out, 0 to 1.
    legible: Option<f64>,
    /// Seconds of a recording.
    duration_seconds: Option<f64>,
    /// What was written in a picture or said in a recording.
    transcript: Option<String>,
    /// What models have cost.
    usage: Option<Cost>,
}

#[derive(Debug, Serialize)]
struct Cost {
    #[serde(flatten)]
    usage: Usage,
    cost_usd: f64,
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

/// Reads a file: makes text of it, finds items in it, asks a model about it where there is one.
pub(crate) async fn read(
    worker: &Extract,
    owner: UserId,
    claimed: &Claimed,
) -> Result<Reading, Stop> {
    let context = context(claimed);
    let text = text(worker, claimed, &context).await?;
    let Text {
        document,
        found,
        sha256,
        spoken,
        legible,
        by,
        mut usage,
    } = text;
    let thought = think(worker, owner, &document.text, &context, found).await;
    usage += thought.usage;
    let zone = claimed.time_zone.parse().unwrap_or_default();
    worker.note_usage(owner, zone, usage).await;
    let found = thought.found;
    let sources = Sources {
        document: &document,
        spoken: spoken.as_ref(),
        legible,
    };
    let items = sources.items(&found.items);
    let cost = (usage.calls > 0).then(|| Cost {
        usage,
        cost_usd: worker.ai.prices.cost(&usage),
    });
    let transcript = by
        .is_some()
        .then(|| document.text.chars().take(MOST_TRANSCRIPT_CHARS).collect());
    let result = Summary {
        language: found.language,
        dropped: found.dropped,
        reasons: found.reasons,
        read_by: by,
        legible,
        duration_seconds: spoken.as_ref().map(|spoken| spoken.seconds),
        transcript,
        usage: cost,
        ..Summary::of(document)
    };
    let result = serde_json::to_value(result)
        .map(storable)
        .map_err(|_| Failure::stumbled())?;
    Ok(Reading {
        result,
        engine: thought.engine,
        sha256,
        items,
    })
}

fn context(claimed: &Claimed) -> Context {
    let zone: Zone = claimed.time_zone.parse().unwrap_or_default();
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Context {
        now: claimed.reference_at,
        zone,
        locale: known(&claimed.locale),
        reader: known(&claimed.reader),
        sender: None,
    }
}

/// Where items come from.
struct Sources<'a> {
    document: &'a Document,
    spoken: Option<&'a Spoken>,
    legible: Option<f64>,
}

impl Sources<'_> {
    fn items(&self, items: &[Item]) -> Vec<NewItem> {
        let numbered = items.iter().zip(0..);
        numbered
            .filter_map(|(item, ordinal)| self.item(item, ordinal))
            .collect()
    }

    fn item(&self, item: &Item, ordinal: i32) -> Option<NewItem> {
        let source = &item.source;
        let page = self
            .document
            .page_at(source.start_char)
            .and_then(|page| i32::try_from(page).ok());
        let Value::Object(mut fields) = serde_json::to_value(item).map(storable).ok()? else {
            return None;
        };
        // These have columns of their own.
        for name in ["quote", "start_char", "end_char", "confidence"] {
            fields.remove(name);
        }
        let said = self
            .spoken
            .and_then(|spoken| spoken.when(source.start_char, source.end_char));
        if let Some((from, to)) = said {
            fields.insert("start_seconds".to_owned(), json!(from));
            fields.insert("end_seconds".to_owned(), json!(to));
        }
        // No item is surer than the words it is made of.
        let confidence = item.confidence.min(self.legible.unwrap_or(1.0));
        Some(NewItem {
            ordinal,
            item: Value::Object(fields),
            quote: source.quote.replace('\0', "\u{fffd}"),
            start_char: i32::try_from(source.start_char).ok()?,
            end_char: i32::try_from(source.end_char).ok()?,
            page,
            confidence: confidence.clamp(0.0, 1.0),
        })
    }
}

impl Summary {
    fn of(document: Document) -> Self {
        let hidden = document.hidden.into_iter().take(MOST_NAMED);
        let attachments = document.attachments.into_iter().take(MOST_NAMED);
        Self {
            kind: document.kind,
            title: document.title,
            language: String::new(),
            characters: document.text.chars().count(),
            pages: document.pages.len(),
            truncated: document.truncated,
            dropped: 0,
            reasons: Vec::new(),
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
            attachments: attachments
                .map(|it| AttachmentSummary {
                    name: it.name,
                    failure: it.failure,
                })
                .collect(),
            read_by: None,
            legible: None,
            duration_seconds: None,
            transcript: None,
            usage: None,
        }
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
