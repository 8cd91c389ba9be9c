//! Mail by the API of SES.

use super::client::{Client, PASSWORD};
use super::post_office::{messages, outcome, worker};
use awsim_core::ServiceHandler;
use awsim_core::gateway::{AppState, handle_request};
use awsim_ses::SesService;
use axum::Router;
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sentry_runtime::{Settings, aws};
use sentry_tests::{Letter, TestApp, serve};
use std::sync::Arc;

const URL: &str = "ses://eu-west-1";

/// An account at SES that takes no mail to `gone@example.org`.
async fn account(ses: &Arc<SesService>) -> String {
    let mut state = AppState::new("us-east-1".to_owned(), "000000000000".to_owned());
    state.register(Arc::clone(ses) as Arc<dyn ServiceHandler>, ses.routes());
    let endpoint = serve(Router::new().fallback(handle_request).with_state(state)).await;
    let settings = Settings::from_lookup(|name| match name {
        "AWS_ENDPOINT_URL" => Some(endpoint.clone()),
        "AWS_REGION" => Some("eu-west-1".to_owned()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("local".to_owned()),
        _ => None,
    });
    let client = aws_sdk_sesv2::Client::new(&aws::sdk_config(&settings).unwrap());
    let bounced = aws_sdk_sesv2::types::SuppressionListReason::Bounce;
    client
        .put_account_suppression_attributes()
        .suppressed_reasons(bounced.clone())
        .send()
        .await
        .unwrap();
    client
        .put_suppressed_destination()
        .email_address("gone@example.org")
        .reason(bounced)
        .send()
        .await
        .unwrap();
    endpoint
}

#[tokio::test]
async fn mails_leave_by_ses() {
    sentry_local::choose_tls();
    let ses = Arc::new(SesService::new());
    let endpoint = account(&ses).await;
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let office = worker(&app, URL, &endpoint);
    for (email, expected) in [
        ("ann@example.org", "sent"),
        (
            "gone@example.org",
            "never: the mail server refuses this mail for good (MessageRejected)",
        ),
    ] {
        client.sign_up(email, PASSWORD).await.expect(201);
        let message = messages(&app).await.pop().unwrap();
        assert_eq!(outcome(&office, message).await, expected, "{email}");
    }
    // Delivered twice, it is sent once.
    let again = app
        .sql("select user_id, id from mails where sent_at is not null")
        .await;
    let message = sentry_queue::MailMessage::Send {
        user_id: sentry_domain::UserId(again[0]["user_id"].as_i64().unwrap()),
        mail_id: again[0]["id"].as_str().unwrap().parse().unwrap(),
    };
    assert_eq!(outcome(&office, message).await, "sent");

    let sent = ses.list_sent_emails();
    assert_eq!(sent.len(), 1);
    let (_, region, mail) = &sent[0];
    assert_eq!(region, "eu-west-1");
    assert_eq!(mail.from, "no-reply@example.org");
    assert_eq!(mail.to, ["ann@example.org"]);
    let raw = BASE64_STANDARD.decode(mail.raw.as_ref().unwrap()).unwrap();
    let letter = Letter::parse(&raw).unwrap();
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        ("ann@example.org", "Confirm your address")
    );
    assert!(
        letter
            .text
            .contains("https://sentry.example/api/auth/confirm#verify_email=")
    );
}

/// What SES says when it takes nothing, as it says it: what is about us waits, and no address gets into a reason.
#[tokio::test]
async fn what_ses_does_not_take_waits_or_is_dropped() {
    sentry_local::choose_tls();
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let sandbox = "Email address is not verified. The following identities failed the check in region EU-WEST-1: ann@example.org";
    for (number, (status, name, sentence, expected)) in [
        (400, "MessageRejected", sandbox, "again"),
        (
            400,
            "MessageRejected",
            "Content of ann@example.org",
            "never",
        ),
        (
            400,
            "BadRequestException",
            "Domain ends with dot: ann@example.org.",
            "never",
        ),
        (400, "AccountSuspendedException", "suspended", "again"),
        (400, "SendingPausedException", "paused", "again"),
        (
            400,
            "LimitExceededException",
            "Daily message quota exceeded",
            "again",
        ),
        (
            400,
            "MailFromDomainNotVerifiedException",
            "example.org",
            "again",
        ),
        (
            403,
            "AccessDeniedException",
            "User is not authorized",
            "again",
        ),
        (404, "NotFoundException", "gone", "again"),
        (
            429,
            "TooManyRequestsException",
            "Maximum sending rate exceeded.",
            "again",
        ),
        (500, "InternalFailure", "unlucky", "again"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = move || async move {
            let status = StatusCode::from_u16(status).unwrap();
            let body = serde_json::json!({"message": sentence}).to_string();
            (status, [("x-amzn-errortype", name)], body)
        };
        let endpoint = serve(Router::new().fallback(answer)).await;
        client
            .sign_up(&format!("someone{number}@example.org"), PASSWORD)
            .await
            .expect(201);
        let message = messages(&app).await.pop().unwrap();
        let outcome = outcome(&worker(&app, URL, &endpoint), message).await;
        assert!(outcome.starts_with(expected), "{name}: {outcome}");
        assert!(outcome.contains(name), "{name}: {outcome}");
        assert!(!outcome.contains("example.org"), "{outcome}");
    }
    client
        .sign_up("last@example.org", PASSWORD)
        .await
        .expect(201);
    let message = messages(&app).await.pop().unwrap();
    let nobody = worker(&app, URL, "http://127.0.0.1:1");
    assert_eq!(
        outcome(&nobody, message).await,
        "again: the mail could not be handed over: no connection to SES"
    );
}
