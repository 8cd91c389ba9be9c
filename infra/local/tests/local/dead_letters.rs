//! What was given up is shown, and goes its way when it is sent once more.

use crate::sqs::send;
use aws_sdk_sqs::types::QueueAttributeName;
use sentry_local::aws::Emulator;
use sentry_local::data_dir::DataDir;
use sentry_local::dead_letters::DeadLetters;
use sentry_queue::Queue;
use sentry_runtime::{Settings, aws as aws_settings};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

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

/// What the program says to these arguments: whether it succeeded, and its error.
fn asked(arguments: &[&str], data: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sentry-local"))
        .arg("dead-letters")
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env_remove(Queue::Uploads.url_setting())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), error)
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_are_asked_of_no_system_that_nobody_named() {
    let home = tempfile::tempdir().unwrap();
    let (listed, error) = asked(&[], home.path());
    assert!(!listed && error.contains("--aws-port"), "{error}");

    let folder = DataDir::open(home.path()).unwrap();
    let aws = Emulator::start(None).await.unwrap();
    let port = aws.endpoint_url().rsplit(':').next().unwrap().to_owned();
    assert_eq!(
        asked(&["--aws-port", &port], home.path()),
        (true, String::new())
    );
    assert!(
        !asked(&[], home.path()).0,
        "it does not know of this one yet"
    );
    folder.announce(&aws.endpoint_url()).unwrap();
    assert_eq!(asked(&[], home.path()), (true, String::new()));
    drop(folder);
    assert!(
        !asked(&[], home.path()).0,
        "nobody works on the folder any more"
    );
}
