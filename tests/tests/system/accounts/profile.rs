//! A person's own data.

use super::client::{OTHER_PASSWORD, accounts_with};
use http::Request;
use http::header::CONTENT_TYPE;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, LambdaEvent, Service};
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};

#[tokio::test]
async fn people_change_their_own_data_only() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let hers = format!("/api/users/{}", alice.id);
    for (method, body) in [
        ("GET", None),
        ("PUT", Some(json!({"first_name": "Eve"}))),
        ("PATCH", Some(json!({}))),
        ("DELETE", None),
    ] {
        assert_eq!(bob.call(method, &hers, body).await.status, 404, "{method}");
    }
    assert_eq!(alice.get("/api/users/0").await.status, 404);
    assert_eq!(alice.get("/api/users/you").await.status, 404);
    insta::assert_snapshot!(alice.get(&hers).await.snapshot(), @r#"
    200
    {
      "birthday": null,
      "created_at": "2026-03-02T09:00:00Z",
      "email": "alice0@example.org",
      "email_verified": false,
      "first_name": null,
      "id": 1,
      "last_name": null,
      "locale": "en",
      "time_zone": "UTC",
      "updated_at": "2026-03-02T09:00:00Z",
      "version": 1
    }
    "#);
    for wrong in [
        json!({"email": "eve@example.org"}),
        json!({"password": OTHER_PASSWORD}),
        json!({"id": 7}),
        json!({"birthday": "2030-01-01"}),
        json!({"time_zone": "Nowhere"}),
        json!({"locale": ""}),
        json!({"version": "one"}),
        json!([]),
    ] {
        assert_eq!(
            alice.patch(&hers, wrong.clone()).await.status,
            422,
            "{wrong}"
        );
    }
    let given = json!({"first_name": " Alice ", "last_name": "Lee", "birthday": "1990-05-17", "time_zone": "Asia/Tokyo", "locale": "pt_BR"});
    let after = alice.put("/api/users/me", given).await.expect(200);
    assert_eq!(
        json!([
            after["first_name"],
            after["birthday"],
            after["time_zone"],
            after["locale"],
            after["version"]
        ]),
        json!(["Alice", "1990-05-17", "Asia/Tokyo", "pt-BR", 2])
    );
    // PUT leaves what is null, PATCH clears it.
    let after = alice
        .put(&hers, json!({"first_name": null, "last_name": "Li"}))
        .await
        .expect(200);
    assert_eq!(
        json!([after["first_name"], after["last_name"]]),
        json!(["Alice", "Li"])
    );
    let after = alice
        .patch(
            &hers,
            json!({"first_name": null, "time_zone": null, "version": 3}),
        )
        .await
        .expect(200);
    assert_eq!(
        json!([
            after["first_name"],
            after["last_name"],
            after["time_zone"],
            after["version"]
        ]),
        json!([null, "Li", "UTC", 4])
    );
    let stale = alice
        .patch(&hers, json!({"first_name": "Al", "version": 3}))
        .await;
    assert_eq!((stale.status, stale.code()), (409, "stale_version"));
    for (if_match, status) in [("\"3\"", 409), ("\"4\"", 200)] {
        let request = Request::put(&hers)
            .header("if-match", if_match)
            .header(CONTENT_TYPE, "application/json");
        let answer = alice
            .send(request.body(br#"{"first_name":"Al"}"#.to_vec()).unwrap())
            .await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let untouched = bob.get("/api/users/me").await.expect(200);
    assert_eq!(
        json!([untouched["version"], untouched["first_name"]]),
        json!([1, null])
    );
}

#[tokio::test]
async fn a_write_with_a_key_happens_once() {
    let app = TestApp::start().await;
    let alice: Person = app.user("alice").await;
    let send = async |body: &'static str| {
        let request = Request::put("/api/users/me")
            .header("idempotency-key", "one")
            .header(CONTENT_TYPE, "application/json");
        alice
            .send(request.body(body.as_bytes().to_vec()).unwrap())
            .await
    };
    let first = send(r#"{"first_name":"Al"}"#).await;
    let again = send(r#"{"first_name":"Al"}"#).await;
    assert_eq!(
        (first.status, again.status, &again.body),
        (200, 200, &first.body)
    );
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(send(r#"{"first_name":"Bo"}"#).await.status, 422);
    assert_eq!(alice.get("/api/users/me").await.expect(200)["version"], 2);
}

#[tokio::test]
async fn a_gateway_event_signs_somebody_up() {
    let app = TestApp::start().await;
    let mut function = Adapter::from(accounts_with(&app, &[]));
    let event: LambdaRequest =
        serde_json::from_str(include_str!("../../../events/accounts-sign-up.json")).unwrap();
    let response = function
        .call(LambdaEvent::new(event, lambda_http::Context::default()))
        .await
        .unwrap();
    let response = serde_json::to_value(response).unwrap();
    assert_eq!(
        (&response["statusCode"], &response["isBase64Encoded"]),
        (&json!(201), &json!(false))
    );
    assert_eq!(response["headers"]["content-type"], "application/json");
    let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["email"], "gate@example.org");
    // The gateway's word on where it came from, not the client's.
    let log = app
        .sql("select u.time_zone, a.ip from users u join activities a on a.user_id = u.id")
        .await;
    assert_eq!(
        log,
        [json!({"time_zone": "Europe/Berlin", "ip": "203.0.113.77"})]
    );
}
