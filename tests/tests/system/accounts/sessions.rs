//! Where a person is signed in.

use super::client::{Client, PASSWORD, tokens_of};
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn signing_out_holds_from_the_next_request_on() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (phone, phone_refresh) = client.tokens("ann@example.org").await;
    let (desk, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", "", None)
            .await
            .status,
        401
    );
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", &phone, None)
            .await
            .status,
        204
    );
    for path in ["/api/users/me", "/api/tasks", "/api/auth/sessions"] {
        assert_eq!(
            client.call("GET", path, &phone, None).await.status,
            401,
            "{path}"
        );
    }
    assert_eq!(
        client
            .call("POST", "/api/auth/logout", &phone, Some(json!({})))
            .await
            .status,
        401
    );
    assert_eq!(client.refresh(&phone_refresh).await.status, 401);
    client.me(&desk).await.expect(200);
    // Everywhere, here too.
    let (other, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    assert_eq!(
        client
            .call("DELETE", "/api/auth/sessions", &other, None)
            .await
            .status,
        204
    );
    assert_eq!(client.me(&desk).await.status, 401);
    assert_eq!(client.me(&other).await.status, 401);
}

#[tokio::test]
async fn sessions_are_their_owners_to_see_and_to_end() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (phone, _) = client.named("phone").tokens("ann@example.org").await;
    app.clock.advance(Duration::minutes(1));
    let (desk, _) = tokens_of(
        &client
            .from("[2001:db8::7]")
            .named("desk")
            .sign_in("ann@example.org", PASSWORD)
            .await,
    );
    let (bob, _) = client.tokens("bob@example.org").await;

    let list = client
        .call("GET", "/api/auth/sessions", &phone, None)
        .await
        .expect(200);
    let shown = |item: &Value| json!([item["device"], item["ip"], item["current"]]);
    let items = list["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(shown).collect::<Vec<_>>(),
        [
            json!(["desk", "2001:db8::7", false]),
            json!(["phone", "192.0.2.1", true])
        ]
    );
    let page = client
        .call("GET", "/api/auth/sessions?limit=1", &phone, None)
        .await
        .expect(200);
    assert_eq!(page["items"], json!([items[0]]));
    let next = format!(
        "/api/auth/sessions?limit=1&cursor={}",
        page["next_cursor"].as_str().unwrap()
    );
    let page = client.call("GET", &next, &phone, None).await.expect(200);
    assert_eq!(
        (&page["items"], &page["next_cursor"]),
        (&json!([items[1]]), &Value::Null)
    );

    let of_desk = format!("/api/auth/sessions/{}", items[0]["id"].as_str().unwrap());
    assert_eq!(
        client.call("DELETE", &of_desk, &bob, None).await.status,
        404
    );
    for nonsense in [
        "/api/auth/sessions/7",
        "/api/auth/sessions/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(
            client.call("DELETE", nonsense, &phone, None).await.status,
            404
        );
    }
    client.me(&desk).await.expect(200);
    assert_eq!(
        client.call("DELETE", &of_desk, &phone, None).await.status,
        204
    );
    assert_eq!(
        client.call("DELETE", &of_desk, &phone, None).await.status,
        404
    );
    assert_eq!(client.me(&desk).await.status, 401);
    client.me(&phone).await.expect(200);
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?limit=0", &bob, None)
            .await
            .status,
        422
    );
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?cursor=nonsense", &bob, None)
            .await
            .status,
        422
    );
    assert_eq!(
        client
            .call("GET", "/api/auth/sessions?offset=1", &bob, None)
            .await
            .status,
        422
    );
}
