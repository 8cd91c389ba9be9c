//! Two users against each other.

use super::{codes, if_match, made_id, path, titles};
use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn another_users_tasks_do_not_exist() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let hers = made_id(
        &alice,
        json!({"title": "Hers", "provider": "crm", "provider_task_id": "7"}),
    )
    .await;
    let his = made_id(
        &bob,
        json!({"title": "His", "provider": "crm", "provider_task_id": "7"}),
    )
    .await;
    let before = app
        .sql(&format!("select * from tasks where id = {hers}"))
        .await;

    for answer in [
        bob.get(&path(hers)).await,
        bob.put(&path(hers), json!({"title": "Mine"})).await,
        bob.patch(&path(hers), json!({"title": "Mine", "version": 1}))
            .await,
        bob.post(&format!("{}/complete", path(hers)), json!({}))
            .await,
        bob.delete(&path(hers)).await,
        if_match(&bob, "DELETE", hers, "\"9\"", "").await,
    ] {
        assert_eq!(answer.status, 404, "{}", answer.text);
        assert_eq!(answer.code(), "not_found");
    }
    let child = bob
        .post(
            "/api/tasks",
            json!({"title": "Below hers", "parent_id": hers}),
        )
        .await;
    assert_eq!((child.status, codes(&child)), (422, vec!["parent_id"]));
    let moved = bob.patch(&path(his), json!({"parent_id": hers})).await;
    assert_eq!((moved.status, codes(&moved)), (422, vec!["parent_id"]));

    assert_eq!(titles(&bob.get("/api/tasks").await.expect(200)), ["His"]);
    assert_eq!(
        titles(&bob.get("/api/tasks?q=hers").await.expect(200)),
        [""; 0]
    );
    assert_eq!(
        titles(
            &bob.get(&format!("/api/tasks?parent_id={hers}"))
                .await
                .expect(200)
        ),
        [""; 0]
    );
    assert_eq!(
        bob.get("/api/tasks/statistics").await.expect(200)["total"],
        1
    );
    assert_eq!(
        app.sql(&format!("select * from tasks where id = {hers}"))
            .await,
        before
    );
}
