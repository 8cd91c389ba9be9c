//! `POST /v1/audio/transcriptions`

use super::{Lacks, Reply, Script, bad, refused, reply};
use axum::extract::{Multipart, State};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// The limit of the real endpoint.
pub const MOST_BYTES: usize = 25 * 1024 * 1024;

const FIELDS: &[&str] = &[
    "model",
    "response_format",
    "timestamp_granularities[]",
    "temperature",
    "language",
    "prompt",
    "chunking_strategy",
];

pub async fn transcribe(State(script): State<Arc<Mutex<Script>>>, form: Multipart) -> Response {
    let lacks = script.lock().unwrap_or_else(PoisonError::into_inner).lacks;
    match checked(form, lacks).await {
        Ok(body) => reply(&script, "audio/transcriptions", body, shape).await,
        Err(answer) => answer,
    }
}

async fn checked(mut form: Multipart, lacks: Lacks) -> Result<Value, Response> {
    let mut fields = Map::new();
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| bad("", "Could not parse multipart form"))?
    {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field
                .bytes()
                .await
                .map_err(|_| bad("file", "Could not parse multipart form"))?;
            fields.insert("file".to_owned(), recording(&file, &bytes)?);
        } else if FIELDS.contains(&name.as_str()) {
            let text = field
                .text()
                .await
                .map_err(|_| bad(&name, "Invalid value"))?;
            fields.insert(name, json!(text));
        } else {
            return Err(bad(
                &name,
                &format!("Unrecognized request argument supplied: {name}"),
            ));
        }
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    if !fields.contains_key("file") || text("model").is_empty() {
        return Err(bad("file", "you must provide a file and a model parameter"));
    }
    let known = match text("response_format") {
        "verbose_json" => !lacks.verbose_json,
        "diarized_json" => text("model").contains("diarize") && text("chunking_strategy") == "auto",
        "json" | "" => true,
        _ => false,
    };
    if !known {
        return Err(refused(
            400,
            "invalid_request_error",
            json!("unsupported_value"),
            json!("response_format"),
            "response_format is not compatible with this model. Use 'json' instead.",
        ));
    }
    if !text("timestamp_granularities[]").is_empty() && text("response_format") != "verbose_json" {
        return Err(bad(
            "timestamp_granularities",
            "timestamp_granularities needs verbose_json",
        ));
    }
    Ok(Value::Object(fields))
}

/// The real endpoint goes by the extension and then tries to decode.
fn recording(name: &str, bytes: &[u8]) -> Result<Value, Response> {
    if bytes.len() > MOST_BYTES {
        let message = format!(
            "Maximum content size limit ({MOST_BYTES}) exceeded ({} bytes read)",
            bytes.len()
        );
        return Err(refused(
            413,
            "server_error",
            Value::Null,
            Value::Null,
            &message,
        ));
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end)
        .unwrap_or_default();
    let fits = match extension {
        "wav" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE"),
        "flac" => bytes.starts_with(b"fLaC"),
        "ogg" => bytes.starts_with(b"OggS"),
        "webm" => bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]),
        "mp3" | "mpga" | "mpeg" => bytes.starts_with(b"ID3") || bytes.first() == Some(&0xff),
        "m4a" | "mp4" => bytes.get(4..8) == Some(b"ftyp"),
        _ => false,
    };
    if !fits {
        return Err(bad(
            "file",
            "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm']",
        ));
    }
    let sum = bytes.iter().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
    });
    Ok(json!({"name": name, "bytes": bytes.len(), "sum": sum}))
}

fn shape(reply: &Reply, _: Lacks) -> Option<Value> {
    match reply {
        Reply::Heard(value) => Some(value.clone()),
        _ => None,
    }
}
