//! Objects: announced, whole, in parts, broken off.

use super::{MINUTE, objects, presign, put, start};
use aws_lambda_events::s3::S3Event;
use aws_sdk_s3::primitives::ByteStream;
use reqwest::StatusCode;
use sentry_local::aws::{BUCKET, Emulator};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn a_written_object_is_announced_as_s3_announces_it() {
    let aws = start().await;
    let key = "users/7/uploads/9/Übersicht der Woche+1.txt";
    aws.s3_client()
        .put_object()
        .bucket(BUCKET)
        .key(key)
        .body(ByteStream::from_static(b"hello"))
        .send()
        .await
        .unwrap();
    let url = aws.queue_url("uploads");
    let received = aws
        .sqs_client()
        .receive_message()
        .queue_url(&url)
        .wait_time_seconds(5)
        .send()
        .await
        .unwrap();
    let messages = received.messages();
    assert_eq!(
        messages.len(),
        1,
        "exactly one, and no s3:TestEvent before it"
    );
    let event: S3Event = serde_json::from_str(messages[0].body().unwrap()).unwrap();
    let record = &event.records[0];
    assert_eq!(record.event_name.as_deref(), Some("ObjectCreated:Put"));
    assert_eq!(record.s3.bucket.name.as_deref(), Some(BUCKET));
    assert_eq!(
        record.s3.object.key.as_deref(),
        Some("users/7/uploads/9/%C3%9Cbersicht+der+Woche%2B1.txt")
    );
    assert_eq!(
        record.s3.object.url_decoded_key.as_deref().unwrap_or(key),
        key
    );
    assert_eq!(record.s3.object.size, Some(5));
    assert_eq!(
        record.s3.object.e_tag.as_deref(),
        Some("5d41402abc4b2a76b9719d911017c592")
    );
    // Deleting announces nothing.
    aws.s3_client()
        .delete_object()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await
        .unwrap();
    let more = aws
        .sqs_client()
        .receive_message()
        .queue_url(&url)
        .send()
        .await
        .unwrap();
    assert!(more.messages().is_empty());
}

#[tokio::test]
async fn files_on_disk_come_back_whole_and_in_parts() {
    let home = tempfile::tempdir().unwrap();
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let key = "users/1/uploads/3/Übersicht +1.txt";
    let presigned = presign(&aws, key, 10, MINUTE).await;
    assert_eq!(
        put(&presigned, "0123456789", "text/plain").await.0,
        StatusCode::OK
    );
    let s3 = aws.s3_client();
    let get = |range: &str| s3.get_object().bucket(BUCKET).key(key).range(range).send();
    let part = get("bytes=2-4").await.unwrap();
    assert_eq!(
        (part.content_range(), part.content_length()),
        (Some("bytes 2-4/10"), Some(3))
    );
    assert_eq!(part.body.collect().await.unwrap().into_bytes(), "234");
    assert_eq!(
        get("bytes=-2")
            .await
            .unwrap()
            .body
            .collect()
            .await
            .unwrap()
            .into_bytes(),
        "89"
    );
    assert!(get("bytes=10-").await.is_err());
    let head = s3
        .head_object()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (head.content_length(), head.content_type()),
        (Some(10), Some("text/plain"))
    );
    assert_eq!(head.e_tag(), Some("\"781e5e245d69b566979b86e28d23f2c7\""));
    let listed = s3
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("users/1/uploads/3/Ü")
        .send()
        .await
        .unwrap();
    assert_eq!(listed.contents()[0].key(), Some(key));
    let received = aws
        .sqs_client()
        .receive_message()
        .queue_url(aws.queue_url("uploads"))
        .send()
        .await
        .unwrap();
    let event: S3Event = serde_json::from_str(received.messages()[0].body().unwrap()).unwrap();
    assert_eq!(
        event.records[0].s3.object.key.as_deref(),
        Some("users/1/uploads/3/%C3%9Cbersicht+%2B1.txt")
    );
    s3.delete_object()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await
        .unwrap();
    assert!(
        s3.get_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let presigned = presign(&aws, "key", 10, MINUTE).await;
    let (host, path) = presigned
        .url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let request = format!(
        "PUT /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n01234"
    );
    let mut socket = tokio::net::TcpStream::connect(host).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    socket.shutdown().await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(objects(&aws).await, Some(0));
    let incoming = home.path().join("s3/incoming");
    for _ in 0..100 {
        if std::fs::read_dir(&incoming).unwrap().next().is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the half file was never deleted");
}

#[tokio::test]
async fn a_multipart_upload_is_one_object_and_one_event() {
    let home = tempfile::tempdir().unwrap();
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let s3 = aws.s3_client();
    let begun = s3
        .create_multipart_upload()
        .bucket(BUCKET)
        .key("big")
        .content_type("video/mp4")
        .send()
        .await
        .unwrap();
    let id = begun.upload_id().unwrap();
    let mut parts = Vec::new();
    for number in 1..=2 {
        let body = vec![b'0' + u8::try_from(number).unwrap(); 5 * 1024 * 1024];
        let part = s3
            .upload_part()
            .bucket(BUCKET)
            .key("big")
            .upload_id(id)
            .part_number(number)
            .body(body.into());
        let e_tag = part.send().await.unwrap().e_tag.unwrap();
        parts.push(
            aws_sdk_s3::types::CompletedPart::builder()
                .part_number(number)
                .e_tag(e_tag)
                .build(),
        );
    }
    let whole = aws_sdk_s3::types::CompletedMultipartUpload::builder()
        .set_parts(Some(parts))
        .build();
    s3.complete_multipart_upload()
        .bucket(BUCKET)
        .key("big")
        .upload_id(id)
        .multipart_upload(whole)
        .send()
        .await
        .unwrap();
    aws.stop().await;
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let got = aws
        .s3_client()
        .get_object()
        .bucket(BUCKET)
        .key("big")
        .send()
        .await
        .unwrap();
    let body = got.body.collect().await.unwrap().into_bytes();
    assert_eq!(
        (body.len(), body[0], body[body.len() - 1]),
        (10 * 1024 * 1024, b'1', b'2')
    );
    let url = aws.queue_url("uploads");
    let received = aws
        .sqs_client()
        .receive_message()
        .queue_url(url)
        .max_number_of_messages(10)
        .send()
        .await
        .unwrap();
    assert_eq!(received.messages().len(), 1);
}

#[tokio::test]
async fn an_object_that_looks_like_xml_is_kept_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    for aws in [
        start().await,
        Emulator::start(Some(home.path())).await.unwrap(),
    ] {
        let s3 = aws.s3_client();
        for page in [
            &b"<p>Please water the plants by Friday.</p>"[..],
            b"<?xml version=\"1.0\"?><Tagging><TagSet/></Tagging>",
            b"<",
            b"no page at all",
        ] {
            let key = "users/1/uploads/4/page";
            let put = s3.put_object().bucket(BUCKET).key(key);
            let put = put.content_type("text/html");
            put.body(ByteStream::from_static(page))
                .send()
                .await
                .unwrap();
            let object = s3.get_object().bucket(BUCKET).key(key).send();
            let object = object.await.unwrap();
            assert_eq!(object.content_encoding(), None);
            assert_eq!(object.content_type(), Some("text/html"));
            let kept = object.body.collect().await.unwrap().into_bytes();
            assert_eq!(kept, page);
        }
    }
}
