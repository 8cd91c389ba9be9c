//! The emulator as the AWS SDK, a browser and a worker see it.

use std::time::{Duration, Instant};

use aws_lambda_events::s3::S3Event;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_sqs::types::{
    MessageSystemAttributeName, QueueAttributeName, SendMessageBatchRequestEntry,
};
use reqwest::{Client, StatusCode};
use sentry_local::aws::{ACCOUNT, BUCKET, Emulator, MAX_RECEIVE_COUNT, QUEUES};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn start() -> Emulator {
    Emulator::start(None).await.unwrap()
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

#[tokio::test]
async fn a_presigned_put_takes_what_was_announced() {
    let aws = start().await;
    let presigned = presign(&aws, "users/1/uploads/2/notes.txt", 5, MINUTE).await;
    assert!(
        presigned
            .headers
            .contains(&("content-length".to_owned(), "5".to_owned()))
    );
    assert!(
        presigned
            .url
            .contains("content-length%3Bcontent-type%3Bhost"),
        "{}",
        presigned.url
    );
    let (status, text) = put(&presigned, "hello", "text/plain").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let got = aws
        .s3_client()
        .get_object()
        .bucket(BUCKET)
        .key("users/1/uploads/2/notes.txt")
        .send()
        .await
        .unwrap();
    assert_eq!(got.content_type(), Some("text/plain"));
    assert_eq!(got.body.collect().await.unwrap().into_bytes(), "hello");
    // A client that saw no answer tries again.
    assert_eq!(
        put(&presigned, "olleh", "text/plain").await.0,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_presigned_put_refuses_everything_else() {
    let aws = start().await;
    let presigned = presign(&aws, "users/1/uploads/2/notes.txt", 5, MINUTE).await;
    for (body, content_type) in [
        ("hello world", "text/plain"),
        ("hell", "text/plain"),
        ("hello", "text/html"),
        ("hello", ""),
    ] {
        let (status, text) = put(&presigned, body, content_type).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{body} {content_type}");
        assert!(
            text.contains("<Code>SignatureDoesNotMatch</Code>"),
            "{text}"
        );
    }
    for (from, to) in [
        ("users/1/", "users/2/"),
        ("X-Amz-Expires=60", "X-Amz-Expires=600"),
        ("Signature=", "Signature=00"),
    ] {
        let forged = Presigned {
            url: presigned.url.replace(from, to),
            headers: Vec::new(),
        };
        assert_ne!(forged.url, presigned.url);
        let (status, text) = put(&forged, "hello", "text/plain").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{text}");
    }
    let stranger = Presigned {
        url: presigned.url.replace("sentry-local", "AKIASTRANGER"),
        headers: Vec::new(),
    };
    assert!(
        put(&stranger, "hello", "text/plain")
            .await
            .1
            .contains("InvalidAccessKeyId")
    );
    // The signature is for a PUT.
    assert_eq!(
        Client::new()
            .get(&presigned.url)
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        aws.s3_client()
            .list_objects_v2()
            .bucket(BUCKET)
            .send()
            .await
            .unwrap()
            .key_count(),
        Some(0)
    );
}

#[tokio::test]
async fn a_body_of_unknown_length_is_refused() {
    let aws = start().await;
    let presigned = presign(&aws, "key", 5, MINUTE).await;
    let (host, path) = presigned
        .url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let request = format!(
        "PUT /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    );
    let mut socket = tokio::net::TcpStream::connect(host).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn a_presigned_url_expires() {
    let aws = start().await;
    let presigned = presign(&aws, "key", 5, Duration::from_secs(1)).await;
    tokio::time::sleep(Duration::from_millis(2100)).await;
    let (status, text) = put(&presigned, "hello", "text/plain").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(text.contains("Request has expired"), "{text}");
}

#[tokio::test]
async fn nothing_goes_without_a_signature() {
    let aws = start().await;
    aws.s3_client()
        .put_object()
        .bucket(BUCKET)
        .key("private")
        .body(ByteStream::from_static(b"x"))
        .send()
        .await
        .unwrap();
    let base = aws.endpoint_url();
    for path in [
        "/",
        "/sentry",
        "/sentry/private",
        "/sentry?list-type=2",
        "/_awsim/stats",
    ] {
        let answer = Client::new()
            .get(format!("{base}{path}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let forged = Client::new()
        .post(&base)
        .header("x-amz-target", "AmazonSQS.ListQueues")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=sentry-local/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00")
        .header("x-amz-date", "20260101T000000Z")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    assert!(
        forged
            .text()
            .await
            .unwrap()
            .contains("RequestTimeTooSkewed")
    );
}

#[tokio::test]
async fn a_page_of_another_origin_may_put_with_a_presigned_url() {
    let aws = start().await;
    let presigned = presign(&aws, "key", 5, MINUTE).await;
    let preflight = Client::new()
        .request(reqwest::Method::OPTIONS, &presigned.url)
        .header("origin", "http://127.0.0.1:8787")
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "content-type")
        .send()
        .await
        .unwrap();
    assert!(preflight.status().is_success());
    assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
    assert!(
        preflight.headers()["access-control-allow-methods"]
            .to_str()
            .unwrap()
            .contains("PUT")
    );
    assert_eq!(
        preflight.headers()["access-control-allow-headers"],
        "content-type"
    );
    let answer = Client::new()
        .put(&presigned.url)
        .header("origin", "http://127.0.0.1:8787")
        .header("content-type", "text/plain")
        .body("hello")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    assert!(answer.headers().contains_key("etag"));
}

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
async fn a_batch_of_ten_arrives_whole() {
    let aws = start().await;
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("task-creation"));
    let entry = |number: usize| {
        SendMessageBatchRequestEntry::builder()
            .id(number.to_string())
            .message_body(format!("{{\"ü\": {number}}}"))
            .build()
            .unwrap()
    };
    let sent = sqs
        .send_message_batch()
        .queue_url(&url)
        .set_entries(Some((0..10).map(entry).collect()))
        .send()
        .await
        .unwrap();
    assert_eq!((sent.successful().len(), sent.failed().len()), (10, 0));
    let eleven = sqs
        .send_message_batch()
        .queue_url(&url)
        .set_entries(Some((0..11).map(entry).collect()))
        .send()
        .await;
    assert!(eleven.is_err());
    let received = sqs
        .receive_message()
        .queue_url(&url)
        .max_number_of_messages(10)
        .send()
        .await
        .unwrap();
    let mut bodies: Vec<_> = received
        .messages()
        .iter()
        .map(|message| message.body().unwrap())
        .collect();
    bodies.sort_unstable();
    assert_eq!(
        bodies,
        (0..10)
            .map(|number| format!("{{\"ü\": {number}}}"))
            .collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_long_poll_ends_with_the_arrival() {
    let aws = start().await;
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("uploads"));
    let (waiting, waiting_url) = (sqs.clone(), url.clone());
    let began = Instant::now();
    let poll = tokio::spawn(async move {
        waiting
            .receive_message()
            .queue_url(waiting_url)
            .wait_time_seconds(20)
            .send()
            .await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    sqs.send_message()
        .queue_url(&url)
        .message_body("now")
        .send()
        .await
        .unwrap();
    assert_eq!(poll.await.unwrap().unwrap().messages().len(), 1);
    assert!(began.elapsed() < Duration::from_secs(5));
    let began = Instant::now();
    assert!(
        sqs.receive_message()
            .queue_url(&url)
            .wait_time_seconds(1)
            .send()
            .await
            .unwrap()
            .messages()
            .is_empty()
    );
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert!(
        sqs.receive_message()
            .queue_url(&url)
            .wait_time_seconds(21)
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_delayed_message_waits() {
    let aws = start().await;
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("burnout-rescore"));
    sqs.send_message()
        .queue_url(&url)
        .message_body("later")
        .delay_seconds(2)
        .send()
        .await
        .unwrap();
    assert!(
        sqs.receive_message()
            .queue_url(&url)
            .send()
            .await
            .unwrap()
            .messages()
            .is_empty()
    );
    let received = sqs
        .receive_message()
        .queue_url(&url)
        .wait_time_seconds(10)
        .send()
        .await
        .unwrap();
    assert_eq!(received.messages()[0].body(), Some("later"));
}

#[tokio::test]
async fn a_message_comes_back_five_times_and_then_is_dead() {
    let aws = start().await;
    let (sqs, url, dead) = (
        aws.sqs_client(),
        aws.queue_url("uploads"),
        aws.queue_url("uploads-dead"),
    );
    sqs.send_message()
        .queue_url(&url)
        .message_body("poison")
        .send()
        .await
        .unwrap();
    for delivery in 1..=MAX_RECEIVE_COUNT {
        let received = sqs
            .receive_message()
            .queue_url(&url)
            .visibility_timeout(1)
            .wait_time_seconds(10)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .unwrap();
        let message = &received.messages()[0];
        let count =
            &message.attributes().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount];
        assert_eq!(count, &delivery.to_string());
        // Hidden until its time-out, then back by itself; every other time it is brought back at once.
        assert!(
            sqs.receive_message()
                .queue_url(&url)
                .send()
                .await
                .unwrap()
                .messages()
                .is_empty()
        );
        if delivery % 2 == 0 {
            let handle = message.receipt_handle().unwrap();
            sqs.change_message_visibility()
                .queue_url(&url)
                .receipt_handle(handle)
                .visibility_timeout(0)
                .send()
                .await
                .unwrap();
        }
    }
    assert!(
        sqs.receive_message()
            .queue_url(&url)
            .wait_time_seconds(2)
            .send()
            .await
            .unwrap()
            .messages()
            .is_empty()
    );
    let received = sqs.receive_message().queue_url(&dead).send().await.unwrap();
    assert_eq!(received.messages()[0].body(), Some("poison"));
}

#[tokio::test]
async fn the_queues_stand_as_planned_whatever_region_a_client_names() {
    let aws = start().await;
    let elsewhere = aws
        .sqs_client()
        .config()
        .to_builder()
        .region(aws_sdk_sqs::config::Region::new("eu-central-1"))
        .build();
    let sqs = aws_sdk_sqs::Client::from_conf(elsewhere);
    for plan in QUEUES {
        let url = sqs
            .get_queue_url()
            .queue_name(plan.name)
            .send()
            .await
            .unwrap()
            .queue_url
            .unwrap();
        assert_eq!(url, aws.queue_url(plan.name));
        let answer = sqs
            .get_queue_attributes()
            .queue_url(url)
            .attribute_names(QueueAttributeName::All)
            .send()
            .await
            .unwrap();
        let attributes = answer.attributes().unwrap();
        assert_eq!(
            attributes[&QueueAttributeName::VisibilityTimeout],
            plan.visibility_seconds.to_string()
        );
        let redrive: serde_json::Value =
            serde_json::from_str(&attributes[&QueueAttributeName::RedrivePolicy]).unwrap();
        assert_eq!(redrive["maxReceiveCount"], MAX_RECEIVE_COUNT);
        assert_eq!(
            redrive["deadLetterTargetArn"],
            format!("arn:aws:sqs:us-east-1:{ACCOUNT}:{}-dead", plan.name)
        );
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told from start to end")]
async fn state_survives_a_restart_with_its_overwrites_and_deletions() {
    let home = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let aws = Emulator::start(Some(home.path())).await.unwrap();
        let (s3, sqs, url) = (
            aws.s3_client(),
            aws.sqs_client(),
            aws.queue_url("task-creation"),
        );
        if round > 0 {
            let got = s3
                .get_object()
                .bucket(BUCKET)
                .key("kept")
                .send()
                .await
                .unwrap();
            assert_eq!(got.content_type(), Some("text/kept"));
            assert_eq!(got.metadata().unwrap()["owner"], "1");
            assert_eq!(
                got.body.collect().await.unwrap().into_bytes(),
                format!("second of {}", round - 1)
            );
            assert!(
                s3.head_object()
                    .bucket(BUCKET)
                    .key("gone")
                    .send()
                    .await
                    .is_err()
            );
            let received = sqs
                .receive_message()
                .queue_url(&url)
                .max_number_of_messages(10)
                .send()
                .await
                .unwrap();
            let bodies: Vec<_> = received
                .messages()
                .iter()
                .map(|message| message.body().unwrap())
                .collect();
            assert_eq!(bodies, ["kept"]);
            let handle = received.messages()[0].receipt_handle().unwrap();
            sqs.delete_message()
                .queue_url(&url)
                .receipt_handle(handle)
                .send()
                .await
                .unwrap();
        }
        for key in ["kept", "gone"] {
            for body in [format!("first of {round}"), format!("second of {round}")] {
                let put = s3
                    .put_object()
                    .bucket(BUCKET)
                    .key(key)
                    .content_type("text/kept")
                    .metadata("owner", "1");
                put.body(body.into_bytes().into()).send().await.unwrap();
            }
        }
        s3.delete_object()
            .bucket(BUCKET)
            .key("gone")
            .send()
            .await
            .unwrap();
        for body in ["deleted", "kept"] {
            sqs.send_message()
                .queue_url(&url)
                .message_body(body)
                .send()
                .await
                .unwrap();
        }
        let received = sqs.receive_message().queue_url(&url).send().await.unwrap();
        let handle = received.messages()[0].receipt_handle().unwrap();
        sqs.delete_message()
            .queue_url(&url)
            .receipt_handle(handle)
            .send()
            .await
            .unwrap();
        // Received and not finished: comes back after the restart, without waiting for its time-out.
        sqs.receive_message().queue_url(&url).send().await.unwrap();
        aws.stop().await;
    }
}

#[tokio::test]
async fn a_purged_queue_stays_empty_and_a_port_in_use_is_named() {
    let home = tempfile::tempdir().unwrap();
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("uploads"));
    sqs.send_message()
        .queue_url(&url)
        .message_body("old")
        .send()
        .await
        .unwrap();
    sqs.purge_queue().queue_url(&url).send().await.unwrap();
    let port: u16 = aws
        .endpoint_url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let error = format!("{:#}", Emulator::start_on(None, port).await.unwrap_err());
    assert!(
        error.contains(&port.to_string()) && !error.contains('\n'),
        "{error}"
    );
    aws.stop().await;
    let aws = Emulator::start(Some(home.path())).await.unwrap();
    let url = aws.queue_url("uploads");
    assert!(
        aws.sqs_client()
            .receive_message()
            .queue_url(&url)
            .send()
            .await
            .unwrap()
            .messages()
            .is_empty()
    );
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
    assert_eq!(
        aws.s3_client()
            .list_objects_v2()
            .bucket(BUCKET)
            .send()
            .await
            .unwrap()
            .key_count(),
        Some(0)
    );
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
async fn stopping_ends_a_long_poll_and_answers_nobody_afterwards() {
    let aws = start().await;
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("uploads"));
    sqs.send_message()
        .queue_url(&url)
        .message_body("before")
        .send()
        .await
        .unwrap();
    let waiting = sqs
        .receive_message()
        .queue_url(aws.queue_url("task-creation"))
        .wait_time_seconds(20);
    let poll = tokio::spawn(waiting.send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    tokio::time::timeout(Duration::from_secs(5), aws.stop())
        .await
        .expect("it stops");
    assert!(poll.await.unwrap().is_err());
    assert!(
        sqs.send_message()
            .queue_url(&url)
            .message_body("after")
            .send()
            .await
            .is_err()
    );
}
