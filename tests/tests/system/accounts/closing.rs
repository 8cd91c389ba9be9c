//! What is left when somebody leaves.

use super::client::{Client, PASSWORD, tokens_of};
use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_closed_account_leaves_nothing_but_a_free_address() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let (bob, _) = client.tokens("bob@example.org").await;
    let (desk, refresh) = client.tokens("ann@example.org").await;
    let (phone, _) = tokens_of(&client.sign_in("ann@example.org", PASSWORD).await);
    client
        .call(
            "PATCH",
            "/api/users/me",
            &desk,
            Some(json!({"first_name": "Annabel"})),
        )
        .await
        .expect(200);
    client
        .call(
            "POST",
            "/api/tasks",
            &desk,
            Some(json!({"title": "Hers alone"})),
        )
        .await
        .expect(201);
    let id = client.me(&desk).await.expect(200)["id"].clone();

    assert_eq!(
        client
            .call("DELETE", "/api/users/me", "", None)
            .await
            .status,
        401
    );
    assert_eq!(
        client
            .call("DELETE", &format!("/api/users/{id}"), &bob, None)
            .await
            .status,
        404
    );
    assert_eq!(
        client
            .call("DELETE", "/api/users/me", &phone, None)
            .await
            .status,
        204
    );
    for token in [&desk, &phone] {
        assert_eq!(client.me(token).await.status, 401);
        assert_eq!(
            client
                .call("DELETE", "/api/users/me", token, None)
                .await
                .status,
            401
        );
    }
    assert_eq!(client.refresh(&refresh).await.status, 401);
    assert_eq!(
        client.sign_in("ann@example.org", PASSWORD).await.status,
        401
    );
    let row = app
        .sql(&format!("select * from users where id = {id}"))
        .await[0]
        .to_string();
    assert!(
        !row.contains("ann@") && !row.contains("Annabel") && !row.contains("argon2"),
        "{row}"
    );

    // Somebody else may have the address now, and finds nothing of hers.
    let (new, _) = client.tokens("ann@example.org").await;
    assert_ne!(client.me(&new).await.expect(200)["id"], id);
    assert_eq!(
        client
            .call("GET", "/api/tasks", &new, None)
            .await
            .expect(200)["items"],
        json!([])
    );

    // The notice of the end goes out, then everything goes.
    let notice = app.letter("ann@example.org", "closed").await;
    assert!(notice.text.contains("192.0.2.1"), "{}", notice.text);
    let purged = app.functions.sweep().run().await;
    assert_eq!(purged.done["accounts"], 1, "{purged:?}");
    assert_eq!(app.functions.sweep().run().await.done.get("accounts"), None);
    let tables = app
        .sql("select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'")
        .await;
    assert!(tables.len() >= 12);
    for table in tables {
        let table = table["name"].as_str().unwrap();
        let left = app
            .sql(&format!("select * from {table} where user_id = {id}"))
            .await;
        assert!(left.is_empty(), "{table}: {left:?}");
    }
    client.me(&bob).await.expect(200);
    client.me(&new).await.expect(200);
}

#[tokio::test]
async fn nobody_enters_a_house_that_is_being_closed() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    for round in 0..3 {
        let email = format!("ann{round}@example.org");
        let (access, refresh) = client.tokens(&email).await;
        let close = client.call("DELETE", "/api/users/me", &access, None);
        let (closed, entered, refreshed) = tokio::join!(
            close,
            client.sign_in(&email, PASSWORD),
            client.refresh(&refresh)
        );
        assert_eq!(closed.status, 204);
        for answer in [entered, refreshed] {
            if answer.status == 200 {
                assert_eq!(client.me(&tokens_of(&answer).0).await.status, 401);
            }
        }
    }
    let open = app
        .sql("select count(*) as n from sessions where revoked_at is null")
        .await;
    assert_eq!(open[0]["n"], 0);
}
