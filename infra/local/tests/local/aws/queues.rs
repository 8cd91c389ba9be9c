//! Messages: in batches, late, again, dead.

use super::start;
use crate::sqs::{receive, send};
use aws_sdk_sqs::types::{
    MessageSystemAttributeName, QueueAttributeName, SendMessageBatchRequestEntry,
};
use sentry_local::aws::{ACCOUNT, MAX_RECEIVE_COUNT, QUEUES};
use std::time::{Duration, Instant};

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
    let received = receive(&sqs, &url, 0).await;
    let mut bodies: Vec<_> = received
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
    send(&sqs, &url, "now").await;
    assert_eq!(poll.await.unwrap().unwrap().messages().len(), 1);
    assert!(began.elapsed() < Duration::from_secs(5));
    let began = Instant::now();
    assert!(receive(&sqs, &url, 1).await.is_empty());
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
    assert!(receive(&sqs, &url, 0).await.is_empty());
    let received = receive(&sqs, &url, 10).await;
    assert_eq!(received[0].body(), Some("later"));
}

#[tokio::test]
async fn a_message_comes_back_five_times_and_then_is_dead() {
    let aws = start().await;
    let (sqs, url, dead) = (
        aws.sqs_client(),
        aws.queue_url("uploads"),
        aws.queue_url("uploads-dead"),
    );
    send(&sqs, &url, "poison").await;
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
        assert!(receive(&sqs, &url, 0).await.is_empty());
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
    assert!(receive(&sqs, &url, 2).await.is_empty());
    let received = receive(&sqs, &dead, 0).await;
    assert_eq!(received[0].body(), Some("poison"));
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
async fn stopping_ends_a_long_poll_and_answers_nobody_afterwards() {
    let aws = start().await;
    let (sqs, url) = (aws.sqs_client(), aws.queue_url("uploads"));
    send(&sqs, &url, "before").await;
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
