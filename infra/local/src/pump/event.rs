//! The event a function receives.

use anyhow::Result;
use aws_lambda_events::sqs::SqsEvent;
use aws_sdk_sqs::types::Message;
use serde_json::{Value, json};

/// The event that Lambda makes of received messages.
///
/// Built as JSON: the typed event cannot be constructed outside its crate, and
/// this is what a function sees over the wire.
pub fn event_of(queue_url: &str, messages: &[Message]) -> Result<SqsEvent> {
    let mut path = queue_url.rsplit('/');
    let (name, account) = (
        path.next().unwrap_or_default(),
        path.next().unwrap_or_default(),
    );
    let region = crate::aws::REGION;
    let records: Vec<Value> = messages
        .iter()
        .map(|message| {
            let attributes: serde_json::Map<String, Value> = message
                .attributes
                .iter()
                .flatten()
                .map(|(name, value)| (name.as_str().to_owned(), json!(value)))
                .collect();
            json!({
                "messageId": message.message_id,
                "receiptHandle": message.receipt_handle,
                "body": message.body,
                "md5OfBody": message.md5_of_body,
                "attributes": attributes,
                "messageAttributes": message_attributes(message),
                "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:{region}:{account}:{name}"),
                "awsRegion": region,
            })
        })
        .collect();
    Ok(serde_json::from_value(json!({ "Records": records }))?)
}

fn message_attributes(message: &Message) -> Value {
    let attributes = message
        .message_attributes
        .iter()
        .flatten()
        .map(|(name, value)| {
            let value = json!({
                "stringValue": value.string_value,
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": value.data_type,
            });
            (name.clone(), value)
        });
    Value::Object(attributes.collect())
}
