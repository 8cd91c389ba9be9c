//! Tasks below tasks.

use super::{codes, if_match, made, made_id, path, titles};
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_circle_cannot_be_closed() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let mut chain = vec![made_id(&alice, json!({"title": "1"})).await];
    for level in 2..=10 {
        chain.push(
            made_id(
                &alice,
                json!({"title": level.to_string(), "parent_id": chain.last()}),
            )
            .await,
        );
    }
    let too_deep = alice
        .post("/api/tasks", json!({"title": "11", "parent_id": chain[9]}))
        .await;
    assert_eq!((too_deep.status, too_deep.code()), (422, "too_deep"));
    for below in [0, 1, 9] {
        let circle = alice
            .patch(&path(chain[0]), json!({"parent_id": chain[below]}))
            .await;
        assert_eq!(
            (circle.status, circle.code()),
            (422, "parent_circle"),
            "{}",
            circle.text
        );
    }
    // A tree of two levels does not fit below the ninth.
    let root = made_id(&alice, json!({"title": "root"})).await;
    made(&alice, json!({"title": "leaf", "parent_id": root})).await;
    let moved = alice
        .patch(&path(root), json!({"parent_id": chain[8]}))
        .await;
    assert_eq!((moved.status, moved.code()), (422, "too_deep"));
    alice
        .patch(&path(root), json!({"parent_id": chain[7]}))
        .await
        .expect(200);

    // Two moves at once that would close a circle together: one of them fails.
    let (one, two) = (
        made_id(&alice, json!({"title": "a"})).await,
        made_id(&alice, json!({"title": "b"})).await,
    );
    let (one_path, two_path) = (path(one), path(two));
    let (first, second) = tokio::join!(
        alice.patch(&one_path, json!({"parent_id": two})),
        alice.patch(&two_path, json!({"parent_id": one})),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);

    let released = alice
        .patch(&path(chain[1]), json!({"parent_id": null}))
        .await
        .expect(200);
    assert_eq!(released["parent_id"], Value::Null);
    for parent in [0, -1, i64::MAX] {
        let answer = alice
            .post("/api/tasks", json!({"title": "x", "parent_id": parent}))
            .await;
        assert_eq!((answer.status, codes(&answer)), (422, vec!["parent_id"]));
    }
}

#[tokio::test]
async fn a_deleted_task_is_gone_with_everything_below_it() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let root = made_id(
        &alice,
        json!({"title": "root", "provider": "trello", "provider_task_id": "c1"}),
    )
    .await;
    let child = made_id(&alice, json!({"title": "child", "parent_id": root})).await;
    let leaf = made_id(&alice, json!({"title": "leaf", "parent_id": child})).await;
    let other = made_id(&alice, json!({"title": "other"})).await;
    let stale = if_match(&alice, "DELETE", root, "\"7\"", "").await;
    assert_eq!((stale.status, stale.code()), (409, "stale_version"));

    let gone = alice.delete(&path(root)).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    for id in [root, child, leaf] {
        for answer in [
            alice.get(&path(id)).await,
            alice.patch(&path(id), json!({"title": "back"})).await,
            alice
                .post(&format!("{}/complete", path(id)), json!({}))
                .await,
            alice.delete(&path(id)).await,
        ] {
            assert_eq!(answer.status, 404, "{}", answer.text);
        }
        let below = alice
            .post("/api/tasks", json!({"title": "x", "parent_id": id}))
            .await;
        assert_eq!(below.status, 422);
    }
    assert_eq!(
        titles(&alice.get("/api/tasks").await.expect(200)),
        ["other"]
    );
    assert_eq!(
        alice.get("/api/tasks/statistics").await.expect(200)["total"],
        1
    );
    // The provider's task may be taken over again.
    made(
        &alice,
        json!({"title": "root again", "provider": "trello", "provider_task_id": "c1"}),
    )
    .await;
    let twice = alice
        .post(
            "/api/tasks",
            json!({"title": "x", "provider": "trello", "provider_task_id": "c1"}),
        )
        .await;
    assert_eq!((twice.status, twice.code()), (409, "already_imported"));
    assert!(other > root);
}
