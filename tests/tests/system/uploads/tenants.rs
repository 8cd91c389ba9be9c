//! Two users against each other, and what is left of what is deleted.

use super::{TEXT, announce, object_exists, post_text, put, tasks};
use chrono::Duration;
use http::Request;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn nothing_stays_of_a_deleted_upload() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let session = announce(&alice, "notes.txt", TEXT.as_bytes()).await;
    let id = session["upload_id"].as_i64().unwrap();
    let (url, headers) = (session["url"].as_str().unwrap(), &session["headers"]);
    assert_eq!(put(url, headers, TEXT.as_bytes()).await, 200);
    app.drain().await;
    assert!(object_exists(&app, id).await);
    alice
        .delete(&format!("/api/uploads/{id}"))
        .await
        .expect(204);
    assert!(!object_exists(&app, id).await);
    assert_eq!(
        app.sql("select * from extracted_items").await,
        [] as [Value; 0]
    );
    assert_eq!(tasks(&app, &alice).await.len(), 2, "tasks stay");
    for (method, path) in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/retry"),
        ("POST", "/accept"),
        ("PUT", "/file"),
    ] {
        let answer = alice
            .call(
                method,
                &format!("/api/uploads/{id}{path}"),
                (method != "GET").then(|| json!({})),
            )
            .await;
        assert_eq!(answer.status, 404, "{method} {path}");
    }
    // The URL still works for a while; what it brings is thrown away.
    assert_eq!(put(url, headers, TEXT.as_bytes()).await, 200);
    app.drain().await;
    assert!(!object_exists(&app, id).await);
    app.clock.advance(Duration::hours(3));
    app.functions.sweep().run().await;
    assert_eq!(app.sql("select * from uploads").await, [] as [Value; 0]);
}

#[tokio::test]
async fn nobody_sees_or_moves_another_users_upload() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let session = announce(&alice, "notes.txt", TEXT.as_bytes()).await;
    let pending = session["upload_id"].as_i64().unwrap();
    let done = post_text(&alice, json!({"text": TEXT, "save_to_db": false})).await;
    app.drain().await;
    let before = app.sql("select * from uploads order by id").await;
    for id in [pending, done] {
        for (method, path) in [
            ("GET", ""),
            ("GET", "?wait=1"),
            ("DELETE", ""),
            ("POST", "/retry"),
            ("POST", "/accept"),
        ] {
            let body = (method != "GET").then(|| json!({}));
            let answer = bob
                .call(method, &format!("/api/uploads/{id}{path}"), body)
                .await;
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        }
        for method in ["PUT", "POST"] {
            let request = Request::builder()
                .method(method)
                .uri(format!("/api/uploads/{id}/file"));
            assert_eq!(
                bob.send(request.body(TEXT.into()).unwrap()).await.status,
                404
            );
        }
    }
    assert_eq!(
        bob.get("/api/uploads").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(
        bob.get(&format!("/api/tasks/extraction-history/{}", alice.id))
            .await
            .status,
        404
    );
    assert_eq!(app.sql("select * from uploads order by id").await, before);
    let history = alice
        .get("/api/tasks/extraction-history/me?status=completed")
        .await
        .expect(200);
    assert_eq!(history["items"][0]["id"], done);
}
