//! The calls that every test of queues makes.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::Message;

/// Puts a message into a queue.
pub(crate) async fn send(sqs: &Client, url: &str, body: impl Into<String>) {
    sqs.send_message()
        .queue_url(url)
        .message_body(body)
        .send()
        .await
        .unwrap();
}

/// Takes a received message out of its queue.
pub(crate) async fn delete(sqs: &Client, url: &str, message: &Message) {
    let handle = message.receipt_handle().unwrap();
    sqs.delete_message()
        .queue_url(url)
        .receipt_handle(handle)
        .send()
        .await
        .unwrap();
}

/// Up to ten messages that a queue hands out within `wait_seconds`.
pub(crate) async fn receive(sqs: &Client, url: &str, wait_seconds: i32) -> Vec<Message> {
    let received = sqs
        .receive_message()
        .queue_url(url)
        .max_number_of_messages(10)
        .wait_time_seconds(wait_seconds)
        .send()
        .await
        .unwrap();
    received.messages.unwrap_or_default()
}
