//! The emulator as the AWS SDK, a browser and a worker see it.

mod files;
mod presigned;
mod queues;
mod restart;

use aws_sdk_s3::presigning::PresigningConfig;
use reqwest::{Client, StatusCode};
use sentry_local::aws::{BUCKET, Emulator};
use std::time::Duration;

async fn start() -> Emulator {
    Emulator::start(None).await.unwrap()
}

/// How many objects lie in the bucket.
async fn objects(aws: &Emulator) -> Option<i32> {
    let listing = aws.s3_client().list_objects_v2().bucket(BUCKET);
    listing.send().await.unwrap().key_count()
}

struct Presigned {
    url: String,
    headers: Vec<(String, String)>,
}

/// A URL for exactly `length` bytes of text, as the product hands them out.
async fn presign(aws: &Emulator, key: &str, length: i64, lives: Duration) -> Presigned {
    let request = aws
        .s3_client()
        .put_object()
        .bucket(BUCKET)
        .key(key)
        .content_length(length)
        .content_type("text/plain");
    let request = request
        .presigned(PresigningConfig::expires_in(lives).unwrap())
        .await
        .unwrap();
    let headers = request
        .headers()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Presigned {
        url: request.uri().to_owned(),
        headers,
    }
}

async fn put(presigned: &Presigned, body: &str, content_type: &str) -> (StatusCode, String) {
    let answer = Client::new()
        .put(&presigned.url)
        .header("content-type", content_type)
        .body(body.to_owned())
        .send()
        .await
        .unwrap();
    (answer.status(), answer.text().await.unwrap())
}

const MINUTE: Duration = Duration::from_mins(1);
