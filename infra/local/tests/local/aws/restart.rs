//! What is there after a restart.

use crate::sqs::{delete, receive, send};
use sentry_local::aws::{BUCKET, Emulator};

#[tokio::test]
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
            let received = receive(&sqs, &url, 0).await;
            let bodies: Vec<_> = received
                .iter()
                .map(|message| message.body().unwrap())
                .collect();
            assert_eq!(bodies, ["kept"]);
            delete(&sqs, &url, &received[0]).await;
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
            send(&sqs, &url, body).await;
        }
        let received = sqs.receive_message().queue_url(&url).send().await.unwrap();
        delete(&sqs, &url, &received.messages()[0]).await;
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
    send(&sqs, &url, "old").await;
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
