//! `POST /v1/chat/completions`

use super::{Answer, Lacks, Reply, Script, bad, refused, reply};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

const FIELDS: &[&str] = &[
    "model",
    "messages",
    "max_completion_tokens",
    "max_tokens",
    "response_format",
    "temperature",
    "seed",
    "user",
    "stream",
];

pub async fn complete(
    State(script): State<Arc<Mutex<Script>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let lacks = script.lock().unwrap_or_else(PoisonError::into_inner).lacks;
    match checked(&headers, &body, lacks) {
        Ok(body) => reply(&script, "chat/completions", body, shape).await,
        Err(answer) => answer,
    }
}

fn checked(headers: &HeaderMap, body: &[u8], lacks: Lacks) -> Answer {
    let typed = headers
        .get("content-type")
        .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    if !typed {
        return Err(bad("content-type", "Unsupported media type"));
    }
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| bad("", "We could not parse the JSON body of your request."))?;
    let fields = body
        .as_object()
        .ok_or_else(|| bad("", "The body must be an object."))?;
    for field in fields.keys() {
        if !FIELDS.contains(&field.as_str()) {
            return Err(bad(
                field,
                &format!("Unrecognized request argument supplied: {field}"),
            ));
        }
    }
    if body["model"] == "nowhere" {
        let message = "The model `nowhere` does not exist or you do not have access to it.";
        return Err(refused(
            404,
            "invalid_request_error",
            json!("model_not_found"),
            Value::Null,
            message,
        ));
    }
    if !body["model"].is_string() {
        return Err(bad("model", "you must provide a model parameter"));
    }
    messages(&body["messages"])?;
    if lacks.max_tokens && !body["max_tokens"].is_null() {
        return Err(bad(
            "max_tokens",
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        ));
    }
    if !body["max_completion_tokens"].is_null() && !body["max_tokens"].is_null() {
        return Err(bad(
            "max_tokens",
            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
        ));
    }
    if lacks.temperature && body["temperature"] != 1 && !body["temperature"].is_null() {
        return Err(refused(
            400,
            "invalid_request_error",
            json!("unsupported_value"),
            json!("temperature"),
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        ));
    }
    format(&body["response_format"], lacks)?;
    Ok(body)
}

fn messages(messages: &Value) -> Result<(), Response> {
    let messages = messages.as_array().filter(|list| !list.is_empty());
    for message in messages.ok_or_else(|| bad("messages", "Invalid 'messages': empty array."))? {
        if !matches!(
            message["role"].as_str(),
            Some("system" | "developer" | "user" | "assistant")
        ) {
            return Err(bad("messages[0].role", "Invalid value for role."));
        }
        match &message["content"] {
            Value::String(_) => {}
            Value::Array(parts) if message["role"] == "user" => parts.iter().try_for_each(part)?,
            _ => return Err(bad("messages[0].content", "Invalid type for content.")),
        }
    }
    Ok(())
}

fn part(part: &Value) -> Result<(), Response> {
    match part["type"].as_str() {
        Some("text") if part["text"].is_string() => Ok(()),
        Some("image_url") => picture(part["image_url"]["url"].as_str().unwrap_or_default())
            .ok_or_else(|| refused(400, "invalid_request_error", json!("invalid_image_format"), Value::Null,
                "You uploaded an unsupported image. Please make sure your image is of one of the following formats: ['png', 'jpeg', 'gif', 'webp'].")),
        _ => Err(bad("messages[0].content[0].type", "Invalid value.")),
    }
}

/// The real servers look at the bytes.
fn picture(url: &str) -> Option<()> {
    let (mime, data) = url.strip_prefix("data:")?.split_once(";base64,")?;
    let bytes = STANDARD.decode(data).ok()?;
    let fits = match mime {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => false,
    };
    (fits && bytes.len() <= 20_000_000).then_some(())
}

fn format(format: &Value, lacks: Lacks) -> Result<(), Response> {
    match format["type"].as_str() {
        None if format.is_null() => Ok(()),
        Some("text") => Ok(()),
        Some("json_object") if !format["schema"].is_null() && lacks.schema_of_object => Err(bad(
            "response_format.schema",
            "Unknown parameter: 'response_format.schema'.",
        )),
        Some("json_object") if !lacks.json_object => Ok(()),
        Some("json_schema") if !lacks.json_schema => {
            let schema = &format["json_schema"];
            let name = schema["name"].as_str().unwrap_or_default();
            if name.is_empty()
                || !name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
            {
                return Err(bad("response_format.json_schema.name", "Invalid name."));
            }
            if schema["strict"] == true {
                strict(&schema["schema"]).map_err(|place| {
                    let message = format!("Invalid schema for response_format '{name}': {place}");
                    bad("response_format", &message)
                })?;
            }
            Ok(())
        }
        _ => Err(bad(
            "response_format",
            "Invalid parameter: 'response_format' of this type is not supported with this model.",
        )),
    }
}

/// The rules of strict structured output.
fn strict(schema: &Value) -> Result<(), String> {
    let object = schema["type"] == "object"
        || schema["type"]
            .as_array()
            .is_some_and(|types| types.contains(&json!("object")));
    if object {
        let properties = schema["properties"]
            .as_object()
            .ok_or("object schema missing properties")?;
        if schema["additionalProperties"] != false {
            return Err(
                "'additionalProperties' is required to be supplied and to be false.".to_owned(),
            );
        }
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (name, property) in properties {
            if !required.contains(&json!(name)) {
                return Err(format!(
                    "'required' is required to include every key in properties. Missing '{name}'."
                ));
            }
            strict(property)?;
        }
    }
    if let Some(items) = schema.get("items") {
        strict(items)?;
    }
    for part in schema["anyOf"].as_array().into_iter().flatten() {
        strict(part)?;
    }
    Ok(())
}

fn shape(reply: &Reply, lacks: Lacks) -> Option<Value> {
    let (content, refusal, reason) = match reply {
        Reply::Says(text) => (json!(text), Value::Null, "stop"),
        Reply::CutOff(text) => (json!(text), Value::Null, "length"),
        Reply::Refuses => (
            Value::Null,
            json!("I'm sorry, I cannot assist with that request."),
            "stop",
        ),
        Reply::Filtered => (json!(""), Value::Null, "content_filter"),
        _ => return None,
    };
    let mut body = json!({
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1_741_569_952,
        "model": "gpt-4o-mini-2024-07-18",
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": content, "refusal": refusal, "annotations": []},
            "logprobs": null,
            "finish_reason": reason
        }],
        "usage": {
            "prompt_tokens": 800, "completion_tokens": 200, "total_tokens": 1000,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0}
        },
        "service_tier": "default",
        "system_fingerprint": "fp_44709d6fcb"
    });
    if lacks.usage {
        body.as_object_mut()?.remove("usage");
    }
    Some(body)
}
