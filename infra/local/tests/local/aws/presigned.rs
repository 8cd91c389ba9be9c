//! Addresses that are signed for one file, and what goes without a signature.

use super::{MINUTE, Presigned, objects, presign, put, start};
use aws_sdk_s3::primitives::ByteStream;
use reqwest::{Client, StatusCode};
use sentry_local::aws::BUCKET;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
    assert_eq!(objects(&aws).await, Some(0));
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
