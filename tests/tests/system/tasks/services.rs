//! Trusted services that act for people.

use super::titles;
use axum::Router;
use sentry_auth::service::ServiceToken;
use sentry_auth::{KeyMaterial, Secret, TokenKey};
use sentry_db::service_tokens;
use sentry_runtime::{Ids, Settings};
use sentry_tests::TestApp;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A second front door to the same system, of which the key of service tokens is known.
fn service_door(app: &TestApp, settings: &Settings) -> Router {
    let mut inner = sentry_http::App::from_settings(settings, &[]).unwrap();
    inner.db = app.db.clone();
    inner.clock = app.clock.clone();
    inner.queues = app.functions.queues().clone();
    sentry_http::edge(
        ::tasks::router(),
        ::tasks::Tasks::new(inner, settings).unwrap(),
    )
}

fn service_settings(service_key: &'static str) -> Settings {
    Settings::from_lookup(|name| {
        let value = match name {
            "DATABASE_URL" => "postgres://nobody@127.0.0.1:1/nothing",
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => "unused",
            "TOKEN_SIGNING_KEY" => SERVICE_KEY,
            "SERVICE_TOKEN_KEY" => service_key,
            _ => return None,
        };
        Some(value.to_owned())
    })
}

const SERVICE_KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";

async fn serve(door: &Router, authorization: &str, query: &str, body: Value) -> (u16, Value) {
    let request = http::Request::post(format!("/api/tasks/service/create{query}"))
        .header("content-type", "application/json")
        .header("authorization", authorization)
        .body(axum::body::Body::from(body.to_string()));
    let Ok(response) = door.clone().oneshot(request.unwrap()).await;
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
    (status, serde_json::from_slice(&body.unwrap()).unwrap())
}

#[tokio::test]
async fn only_a_service_with_a_living_token_of_its_scope_acts_for_users() {
    let app = TestApp::start().await;
    let (alice, ids, now) = (app.user("alice").await, Ids::seeded(9), app.now());
    let key = TokenKey::new(&KeyMaterial::from_text(&Secret::from(SERVICE_KEY)).unwrap()).unwrap();
    let door = service_door(&app, &service_settings(SERVICE_KEY));
    let token = || ServiceToken::new(ids.uuid(now), ids.bytes());
    let bearer = |token: &ServiceToken| format!("Bearer {}", token.encode(&key).expose());
    let (good, narrow, revoked, unknown) = (token(), token(), token(), token());
    for (token, scope) in [
        (&good, "tasks:create"),
        (&narrow, "users:read"),
        (&revoked, "tasks:create"),
    ] {
        let hash = token.hash();
        service_tokens::issue(
            &app.db,
            (token.id(), hash.as_bytes()),
            "importer",
            &[scope.to_owned()],
            now,
        )
        .await
        .unwrap();
    }
    assert!(
        service_tokens::revoke(&app.db, revoked.id(), now)
            .await
            .unwrap()
    );
    let guessed = ServiceToken::new(good.id(), ids.bytes());
    let for_alice = format!("?user_id={}", alice.id);
    let body = json!({"title": "From a service", "provider": "crm", "provider_task_id": "1"});
    for authorization in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer sentry_st_x".to_owned(),
        format!("Bearer {}", alice.token),
        bearer(&good).replace("Bearer", "Basic"),
        bearer(&narrow),
        bearer(&revoked),
        bearer(&unknown),
        bearer(&guessed),
    ] {
        let (status, problem) = serve(&door, &authorization, &for_alice, body.clone()).await;
        assert_eq!(
            (status, &problem["code"]),
            (401, &json!("unauthorized")),
            "{authorization}"
        );
    }
    // A deployment without the key has no services at all.
    let closed = service_door(&app, &service_settings(""));
    assert_eq!(
        serve(&closed, &bearer(&good), &for_alice, body.clone())
            .await
            .0,
        401
    );
    assert_eq!(
        serve(&door, &bearer(&good), "?user_id=999999", body.clone())
            .await
            .0,
        404
    );
    assert_eq!(serve(&door, &bearer(&good), "", body.clone()).await.0, 422);
    assert_eq!(
        serve(&door, &bearer(&good), &for_alice, json!({"title": ""}))
            .await
            .0,
        422
    );
    assert_eq!(titles(&alice.get("/api/tasks").await.expect(200)), [""; 0]);

    let (status, task) = serve(&door, &bearer(&good), &for_alice, body.clone()).await;
    assert_eq!((status, &task["source"]), (201, &json!("extracted_text")));
    assert_eq!(serve(&door, &bearer(&good), &for_alice, body).await.0, 409);
    assert_eq!(
        alice.get("/api/tasks").await.expect(200)["items"],
        json!([task])
    );
    // The person has not touched it, and the token's use is on record.
    let touched = app.sql("select touched_at from tasks").await;
    assert_eq!(touched, [json!({"touched_at": null})]);
    let used = app
        .sql("select name from service_tokens where last_used_at is not null")
        .await;
    assert_eq!(used, [json!({"name": "importer"})]);
    app.execute(&format!(
        "update users set deleted_at = now() where id = {}",
        alice.id
    ))
    .await;
    assert_eq!(
        serve(&door, &bearer(&good), &for_alice, json!({"title": "x"}))
            .await
            .0,
        404
    );
}
