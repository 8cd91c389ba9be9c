//! The pump between a real queue and a function, with Lambda's semantics.

use crate::sqs::send;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Result, bail};
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use sentry_local::aws::Emulator;
use sentry_local::pump::{self, Source};
use sentry_queue::{ExtractMessage, Job, JobError, Queues, run_batch};
use sentry_runtime::Settings;
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How often each body was delivered.
type Deliveries = Arc<Mutex<BTreeMap<String, usize>>>;

struct Scene {
    aws: Emulator,
    url: String,
    deliveries: Deliveries,
    stop: CancellationToken,
    pump: JoinHandle<()>,
}

impl Scene {
    /// Messages with `bodies`, and a function that answers as `verdict` says.
    async fn new(bodies: &[&str], verdict: fn(&SqsEvent) -> Result<SqsBatchResponse>) -> Self {
        let aws = Emulator::start(None).await.unwrap();
        Self::with(aws, bodies, move |event| async move { verdict(&event) }).await
    }

    /// Messages with `bodies`, and a function.
    async fn with<H, F>(aws: Emulator, bodies: &[&str], function: H) -> Self
    where
        H: Fn(SqsEvent) -> F + Send + Sync + 'static,
        F: Future<Output = Result<SqsBatchResponse>> + Send + 'static,
    {
        let url = aws.queue_url("uploads");
        for body in bodies {
            send(&aws.sqs_client(), &url, *body).await;
        }
        let deliveries = Deliveries::default();
        let counting = Arc::clone(&deliveries);
        let handler = move |event: SqsEvent| {
            for record in &event.records {
                *counting
                    .lock()
                    .unwrap()
                    .entry(record.body.clone().unwrap())
                    .or_default() += 1;
            }
            function(event)
        };
        let stop = CancellationToken::new();
        let source = Source {
            queue_url: url.clone(),
            batch_size: 10,
            concurrency: 2,
        };
        let pump = tokio::spawn(pump::run(aws.sqs_client(), source, handler, stop.clone()));
        Self {
            aws,
            url,
            deliveries,
            stop,
            pump,
        }
    }

    async fn until(&self, what: impl Fn(&BTreeMap<String, usize>) -> bool) {
        for _ in 0..400 {
            if what(&self.deliveries.lock().unwrap()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("not within 10 s: {:?}", self.deliveries.lock().unwrap());
    }

    /// Stops the pump and says how many messages the queue still has, visible or not.
    async fn left_after_stop(self) -> i64 {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(5), self.pump)
            .await
            .expect("the pump stops")
            .unwrap();
        let names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
        ];
        let ask = self
            .aws
            .sqs_client()
            .get_queue_attributes()
            .queue_url(&self.url)
            .attribute_names("All".into());
        let attributes = ask.send().await.unwrap().attributes.unwrap();
        names
            .iter()
            .map(|name| attributes[&(*name).into()].parse::<i64>().unwrap())
            .sum()
    }
}

fn response(failed: &[&str]) -> SqsBatchResponse {
    let failed: Vec<_> = failed
        .iter()
        .map(|id| json!({ "itemIdentifier": id }))
        .collect();
    serde_json::from_value(json!({ "batchItemFailures": failed })).unwrap()
}

#[tokio::test]
async fn what_succeeds_is_deleted() {
    let scene = Scene::new(&["a", "b", "c"], |_| Ok(response(&[]))).await;
    scene.until(|seen| seen.len() == 3).await;
    assert_eq!(scene.deliveries.lock().unwrap().values().sum::<usize>(), 3);
    assert_eq!(scene.left_after_stop().await, 0);
}

/// Knows nothing to do.
struct Worker;

impl Job<ExtractMessage> for Worker {
    async fn run(&self, _: ExtractMessage) -> Result<(), JobError> {
        Ok(())
    }
}

/// As on AWS: the pump leaves what a response names to the worker, which asks SQS to deliver it again soon.
#[tokio::test]
async fn only_what_is_named_comes_again_when_its_worker_asks() {
    let aws = Emulator::start(None).await.unwrap();
    let environment: BTreeMap<_, _> = aws.environment().into_iter().collect();
    let settings = Settings::from_lookup(|name| environment.get(name).cloned());
    let queues = Queues::from_settings(&settings, &[]).unwrap();
    let good = r#"{"Event":"s3:TestEvent"}"#;
    let scene = Scene::with(aws, &["{", good], move |event| {
        let queues = queues.clone();
        async move { Ok(run_batch(&Worker, &queues, event).await) }
    })
    .await;
    scene.until(|seen| seen.get("{") == Some(&2)).await;
    assert_eq!(scene.deliveries.lock().unwrap()[good], 1);
    assert_eq!(scene.left_after_stop().await, 1);
}

#[tokio::test]
async fn what_nobody_asks_for_waits_for_its_time_out() {
    let scene = Scene::new(&["a"], |event| {
        let id = event.records[0].message_id.as_deref().unwrap();
        Ok(response(&[id]))
    })
    .await;
    scene.until(|seen| seen.len() == 1).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(scene.deliveries.lock().unwrap()["a"], 1);
    assert_eq!(scene.left_after_stop().await, 1);
}

#[tokio::test]
async fn an_error_and_a_panic_fail_the_whole_batch() {
    let scene =
        Scene::new(
            &["a", "b"],
            |event| match event.records[0].attributes["ApproximateReceiveCount"].as_str() {
                "1" => bail!("no database"),
                "2" => panic!("on purpose"),
                _ => Ok(response(&[])),
            },
        )
        .await;
    scene
        .until(|seen| seen.len() == 2 && seen.values().all(|times| *times == 3))
        .await;
    assert_eq!(scene.left_after_stop().await, 0);
}

#[tokio::test]
async fn a_stranger_in_the_response_fails_the_whole_batch() {
    let scene =
        Scene::new(
            &["a"],
            |event| match event.records[0].attributes["ApproximateReceiveCount"].as_str() {
                "1" => Ok(response(&["no-such-message"])),
                _ => Ok(response(&[])),
            },
        )
        .await;
    scene.until(|seen| seen.get("a") == Some(&2)).await;
    assert_eq!(scene.left_after_stop().await, 0);
}

#[tokio::test]
async fn the_event_looks_like_lambda_s() {
    let scene = Scene::new(&["{\"type\":\"x\"}"], |event| {
        let record = &event.records[0];
        assert_eq!(record.event_source.as_deref(), Some("aws:sqs"));
        assert_eq!(
            record.event_source_arn.as_deref(),
            Some("arn:aws:sqs:us-east-1:000000000000:uploads")
        );
        assert_eq!(record.aws_region.as_deref(), Some("us-east-1"));
        assert!(record.receipt_handle.is_some() && record.md5_of_body.is_some());
        assert!(record.attributes["SentTimestamp"].parse::<u64>().unwrap() > 1_700_000_000_000);
        Ok(response(&[]))
    })
    .await;
    scene.until(|seen| seen.len() == 1).await;
    // A failed assertion above is a panic of the function: the message would still be there.
    assert_eq!(scene.left_after_stop().await, 0);
}

#[tokio::test]
async fn stopping_waits_for_the_running_batch() {
    let aws = Emulator::start(None).await.unwrap();
    let url = aws.queue_url("uploads");
    send(&aws.sqs_client(), &url, "slow").await;
    let (started, mut has_started) = tokio::sync::mpsc::channel(1);
    let handler = move |_| {
        let started = started.clone();
        async move {
            started.send(()).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(response(&[]))
        }
    };
    let stop = CancellationToken::new();
    let source = Source {
        queue_url: url.clone(),
        batch_size: 1,
        concurrency: 1,
    };
    let pump = tokio::spawn(pump::run(aws.sqs_client(), source, handler, stop.clone()));
    has_started.recv().await.unwrap();
    stop.cancel();
    pump.await.unwrap();
    let received = aws
        .sqs_client()
        .receive_message()
        .queue_url(&url)
        .visibility_timeout(0)
        .send()
        .await
        .unwrap();
    assert!(
        received.messages().is_empty(),
        "the batch was finished and deleted"
    );
}
