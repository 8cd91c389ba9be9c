//! When a message that failed is delivered again.
//!
//! Left alone, SQS brings it back after the queue's whole visibility time-out, which has to outlast the longest work there
//! is: up to an hour. A worker that knows that it failed therefore asks for less. What cannot ask, because the process died
//! or ran out of time, comes back after the time-out.

use crate::Queues;
use aws_lambda_events::sqs::SqsMessage;
use aws_sdk_sqs::config::Config;
use aws_sdk_sqs::config::retry::RetryConfig;
use futures_util::{StreamExt, stream};
use std::time::Duration;

/// Seconds until the second, third, fourth and last delivery. What passes by itself has mostly passed after a
/// moment; what lasts (a database that fails over, a mail server that asks to be called again after five minutes) gets
/// five and a half minutes before the message is given up.
pub const RETRY_SECONDS: [i32; 4] = [1, 5, 30, 300];

/// SQS may not keep a worker for longer than this: its answer is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// A wish that is not heard costs the queue's whole time-out, so it is said more often than other things, and as often as
/// fits into the patience there is.
fn insisting() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(8)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(500))
}

/// How long a message waits that was delivered so often and failed. After the last delivery it does not: SQS sets it aside
/// when it would deliver it once more, and until then nobody hears of it.
fn wait_after(deliveries: usize) -> i32 {
    let wait = RETRY_SECONDS.get(deliveries.saturating_sub(1));
    wait.copied().unwrap_or(0)
}

impl Queues {
    /// Asks for these messages, which have failed, to be delivered again soon. Best effort: without it they come back
    /// later, by themselves.
    pub(crate) async fn bring_back(&self, failed: &[SqsMessage]) {
        let asked = stream::iter(failed).for_each_concurrent(None, |record| self.ask(record));
        if tokio::time::timeout(PATIENCE, asked).await.is_err() {
            tracing::warn!("failed messages come back late: SQS does not answer");
        }
    }

    async fn ask(&self, record: &SqsMessage) {
        let endpoint = self.config().endpoint_url();
        let arn = record.event_source_arn.as_deref();
        let url = arn.and_then(|arn| url_of(arn, endpoint));
        let (Some(url), Some(handle)) = (url, record.receipt_handle.as_ref()) else {
            return;
        };
        let deliveries = record.attributes.get("ApproximateReceiveCount");
        let deliveries = deliveries.and_then(|count| count.parse().ok()).unwrap_or(1);
        let asked = self
            .client()
            .change_message_visibility()
            .queue_url(url)
            .receipt_handle(handle)
            .visibility_timeout(wait_after(deliveries).min(self.longest_retry()))
            .customize()
            .config_override(Config::builder().retry_config(insisting()))
            .send()
            .await;
        if let Err(error) = asked {
            let reason = aws_sdk_sqs::error::DisplayErrorContext(error).to_string();
            let id = record.message_id.as_deref();
            tracing::warn!(message.id = id, reason, "a failed message comes back late");
        }
    }
}

/// The URL of the queue with this name (`arn:aws:sqs:<region>:<account>:<queue>`): an event tells no other, and a worker is
/// not told where its own messages come from.
fn url_of(arn: &str, endpoint: Option<&str>) -> Option<String> {
    let mut parts = arn.split(':').skip(1);
    let partition = parts.next()?;
    let (region, account, queue) = (parts.nth(1)?, parts.next()?, parts.next()?);
    if let Some(endpoint) = endpoint {
        let endpoint = endpoint.trim_end_matches('/');
        return Some(format!("{endpoint}/{account}/{queue}"));
    }
    let suffix = if partition == "aws-cn" {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    Some(format!("https://sqs.{region}.{suffix}/{account}/{queue}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sentry_runtime::Settings;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Answers requests, one per connection: so many are refused.
    async fn answer(listener: TcpListener, refused: usize, asked: Arc<AtomicUsize>) {
        while asked.load(Ordering::Relaxed) <= refused {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 16 * 1024];
            let mut read = 0;
            while !head[..read].windows(4).any(|part| part == b"\r\n\r\n") {
                read += stream.read(&mut head[read..]).await.unwrap();
            }
            let last = asked.fetch_add(1, Ordering::Relaxed) == refused;
            let status = if last { "200 OK" } else { "503 No" };
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_failed_message_is_asked_back_until_sqs_hears_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let settings = Settings::from_lookup(|name| match name {
            "AWS_ENDPOINT_URL" => Some(format!("http://{address}")),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("some".to_owned()),
            _ => None,
        });
        let queues = Queues::from_settings(&settings, &[]).unwrap();
        let mut failed = SqsMessage::default();
        failed.event_source_arn = Some("arn:aws:sqs:eu-central-1:1:sentry-mail".to_owned());
        failed.receipt_handle = Some("handle".to_owned());
        let asked = Arc::new(AtomicUsize::new(0));
        // More often than the SDK asks by itself.
        tokio::spawn(answer(listener, 5, Arc::clone(&asked)));
        queues.bring_back(&[failed]).await;
        assert_eq!(asked.load(Ordering::Relaxed), 6);
    }

    #[test]
    fn waits_grow_with_the_deliveries() {
        let waits: Vec<i32> = (0..8).map(wait_after).collect();
        assert_eq!(waits, [1, 1, 5, 30, 300, 0, 0, 0]);
    }

    #[test]
    fn the_url_of_a_queue_follows_from_its_name() {
        let arn = "arn:aws:sqs:eu-central-1:123456789012:sentry-mail";
        assert_eq!(
            url_of(arn, None).as_deref(),
            Some("https://sqs.eu-central-1.amazonaws.com/123456789012/sentry-mail")
        );
        assert_eq!(
            url_of(arn, Some("http://127.0.0.1:4566/")).as_deref(),
            Some("http://127.0.0.1:4566/123456789012/sentry-mail")
        );
        let china = "arn:aws-cn:sqs:cn-north-1:123456789012:sentry-mail";
        assert_eq!(
            url_of(china, None).as_deref(),
            Some("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/sentry-mail")
        );
        assert_eq!(url_of("one", None), None);
    }
}
