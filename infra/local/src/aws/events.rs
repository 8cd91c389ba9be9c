//! S3's event notification, in the shape S3 sends to a queue.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>

use awsim_core::InternalEvent;
use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// What S3 leaves readable in an event's key; a space becomes `+` on top.
const KEPT_IN_KEYS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*')
    .remove(b' ');

/// The notification for an object that was written, or `None` for events a
/// worker must not see: removals, and the `s3:TestEvent` of a new configuration.
pub fn notification(event: &InternalEvent, at: DateTime<Utc>) -> Option<Value> {
    let name = event.event_type.strip_prefix("s3:ObjectCreated:")?;
    let bucket = event.detail["bucket"]["name"].as_str()?;
    let object = &event.detail["object"];
    let key = object["key"].as_str()?;
    Some(json!({
        "Records": [{
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": event.region,
            "eventTime": at.to_rfc3339_opts(SecondsFormat::Millis, true),
            "eventName": format!("ObjectCreated:{name}"),
            "userIdentity": { "principalId": event.account_id },
            "requestParameters": { "sourceIPAddress": "127.0.0.1" },
            "responseElements": {},
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": "uploads",
                "bucket": {
                    "name": bucket,
                    "ownerIdentity": { "principalId": event.account_id },
                    "arn": format!("arn:aws:s3:::{bucket}"),
                },
                "object": {
                    "key": encode_key(key),
                    "size": object["size"].as_u64().unwrap_or(0),
                    "eTag": object["eTag"].as_str().unwrap_or("").trim_matches('"'),
                    "sequencer": format!("{:018X}", at.timestamp_micros()),
                },
            },
        }]
    }))
}

/// The queues a bucket's configuration names for this event.
pub fn destinations(event: &InternalEvent) -> Vec<&str> {
    let Some(list) = event.detail["configuredDestinations"].as_array() else {
        return Vec::new();
    };
    list.iter()
        .filter(|destination| destination["type"] == "sqs")
        .filter_map(|destination| destination["arn"].as_str()?.rsplit(':').next())
        .collect()
}

fn encode_key(key: &str) -> String {
    utf8_percent_encode(key, KEPT_IN_KEYS)
        .to_string()
        .replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_encoded_as_s3_encodes_them() {
        assert_eq!(encode_key("users/1/a b+c.pdf"), "users/1/a+b%2Bc.pdf");
        assert_eq!(encode_key("Übersicht.pdf"), "%C3%9Cbersicht.pdf");
    }

    #[test]
    fn removals_and_test_events_are_no_work() {
        for event_type in ["s3:TestEvent", "s3:ObjectRemoved:Delete"] {
            let event = InternalEvent {
                source: "s3".into(),
                event_type: event_type.into(),
                region: "us-east-1".into(),
                account_id: "000000000000".into(),
                detail: json!({ "bucket": { "name": "b" }, "object": { "key": "k" } }),
            };
            assert_eq!(notification(&event, DateTime::UNIX_EPOCH), None);
        }
    }

    proptest! {
        #[test]
        fn a_key_survives_the_usual_decoding(key in "\\PC{1,60}") {
            let spaced = encode_key(&key).replace('+', " ");
            let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8().unwrap();
            prop_assert_eq!(decoded, key);
        }
    }
}
