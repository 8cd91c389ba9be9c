//! The function as API Gateway calls it: a recorded event in, a gateway answer out.
#![allow(clippy::unwrap_used, reason = "a test ends where its premise does")]

use lambda_http::lambda_runtime::Context;
use lambda_http::{Adapter, LambdaEvent, Service};
use sentry_auth::access::Signer;
use sentry_domain::{SessionId, UserId};
use sentry_http::token_keys;
use sentry_runtime::{Clock, Ids, Settings};
use serde_json::Value;

const EVENT: &str = include_str!("create-task-event.json");
const KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";

/// Nothing of this is reached: these requests end before the database.
fn settings() -> Settings {
    Settings::from_lookup(|name| {
        let value = match name {
            "DATABASE_URL" => "postgres://nobody@127.0.0.1:1/nothing",
            "BURNOUT_RESCORE_QUEUE_URL" => "http://127.0.0.1:1/queue",
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => "unused",
            "TOKEN_SIGNING_KEY" => KEY,
            _ => return None,
        };
        Some(value.to_owned())
    })
}

async fn answer(event: &str) -> (Value, Value) {
    let settings = settings();
    let service = sentry_http::edge(tasks::router(), tasks::state(&settings).unwrap());
    let event = LambdaEvent::new(serde_json::from_str(event).unwrap(), Context::default());
    let answer = Adapter::from(service).call(event).await.unwrap();
    let answer = serde_json::to_value(&answer).unwrap();
    let body = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    (answer, body)
}

fn access_token() -> String {
    let settings = settings();
    let signer = Signer::new(
        token_keys::realm(&settings),
        token_keys::signing_key(&settings).unwrap(),
    );
    let (now, ids) = (Clock::system().now(), Ids::system());
    let token = signer.sign(UserId(1), SessionId(ids.uuid(now)), ids.uuid(now), now);
    token.text.expose().clone()
}

#[tokio::test]
async fn a_stranger_is_told_to_bring_a_token() {
    let (answer, problem) = answer(EVENT).await;
    assert_eq!(answer["statusCode"], 401);
    assert_eq!(
        answer["headers"]["content-type"],
        "application/problem+json"
    );
    assert_eq!(answer["headers"]["www-authenticate"], "Bearer");
    assert_eq!(problem["code"], "unauthorized");
    assert_eq!(problem["request_id"], answer["headers"]["x-request-id"]);
}

#[tokio::test]
async fn the_body_is_decoded_and_read_strictly() {
    let (answer, problem) = answer(&EVENT.replace("ACCESS_TOKEN", &access_token())).await;
    assert_eq!(answer["statusCode"], 422);
    assert_eq!(problem["errors"][0]["field"], "colour");
    assert_eq!(answer["isBase64Encoded"], false);
}

#[tokio::test]
async fn the_query_is_decoded_and_read_strictly() {
    let event = EVENT
        .replace("ACCESS_TOKEN", &access_token())
        .replace("\"POST\"", "\"GET\"")
        .replace(
            r#""rawQueryString": """#,
            r#""rawQueryString": "status=todo%2Cin+progress&q=gr%C3%B6%C3%9Fe&limit=0""#,
        );
    let (answer, problem) = answer(&event).await;
    assert_eq!(answer["statusCode"], 422);
    assert_eq!(problem["errors"][0]["field"], "limit");
}
