//! What was given up is shown, and goes its way when it is sent once more.

use crate::sqs::send;
use aws_sdk_sqs::types::QueueAttributeName;
use sentry_local::aws::Emulator;
use sentry_local::dead_letters::DeadLetters;
use sentry_queue::Queue;
use sentry_runtime::{Settings, aws as aws_settings};
use std::collections::BTreeMap;

#[tokio::test]
async fn dead_letters_are_listed_and_redriven() {
    let aws = Emulator::start(None).await.unwrap();
    let environment: BTreeMap<_, _> = aws.environment().into_iter().collect();
    let settings = Settings::from_lookup(|name| environment.get(name).cloned());
    let client = aws_sdk_sqs::Client::new(&aws_settings::sdk_config(&settings).unwrap());
    let letters = DeadLetters::new(client.clone(), settings);
    assert_eq!(letters.list().await.unwrap(), []);
    assert_eq!(letters.redrive(Queue::Mail).await.unwrap(), 0);

    for number in 0..25 {
        send(
            &client,
            &aws.queue_url("mail-dead"),
            format!(r#"{{"number":{number}}}"#),
        )
        .await;
    }
    let listed = letters.list().await.unwrap();
    assert_eq!(listed.len(), 25);
    assert!(listed.iter().all(|letter| letter.queue == Queue::Mail));

    assert_eq!(letters.redrive(Queue::Uploads).await.unwrap(), 0);
    assert_eq!(letters.redrive(Queue::Mail).await.unwrap(), 25);
    assert_eq!(letters.list().await.unwrap(), []);
    let waiting = client
        .get_queue_attributes()
        .queue_url(aws.queue_url("mail"))
        .attribute_names(QueueAttributeName::ApproximateNumberOfMessages)
        .send()
        .await
        .unwrap();
    let waiting = waiting.attributes.unwrap();
    assert_eq!(
        waiting[&QueueAttributeName::ApproximateNumberOfMessages],
        "25"
    );
}
