//! Applied and undone: exactly, whole, or not at all.

use super::{crowded, generate, path, rows};
use chrono::Duration;
use futures_util::future::join_all;
use sentry_tests::{Answer, Person, TestApp};
use serde_json::{Value, json};

#[tokio::test]
async fn apply_then_undo_restores_every_row_or_refuses() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    for offer in generate(&alice).await {
        let before = rows(&app, &alice).await;
        if offer["changes"].as_array().unwrap().is_empty() {
            let refused = alice.post(&path(&offer, "apply"), json!({})).await;
            assert_eq!((refused.status, refused.code()), (409, "nothing_to_apply"));
            alice
                .post(&path(&offer, "accept"), json!({}))
                .await
                .expect(200);
            continue;
        }
        app.clock.advance(Duration::minutes(1));
        let applied = alice
            .post(&path(&offer, "apply"), json!({}))
            .await
            .expect(200);
        assert_eq!(applied["recommendation"]["status"], "applied");
        assert_ne!(rows(&app, &alice).await, before);
        let twice = alice.post(&path(&offer, "apply"), json!({})).await;
        assert_eq!(twice.code(), "recommendation_closed");
        let wrong = alice
            .post(&path(&offer, "undo"), json!({"undo_token": "00"}))
            .await;
        assert_eq!(wrong.code(), "nothing_to_undo");
        let token = json!({"undo_token": applied["undo_token"]});
        alice
            .post(&path(&offer, "undo"), token.clone())
            .await
            .expect(200);
        assert_eq!(rows(&app, &alice).await, before, "{offer:#}");
        let again = alice.post(&path(&offer, "undo"), token).await;
        assert_eq!(again.code(), "nothing_to_undo");
    }
}

/// The first offer that changes a row of a crowded day.
async fn changing(person: &Person) -> Value {
    crowded(person).await;
    let offers = generate(person).await;
    let mut offers = offers.into_iter();
    offers
        .find(|offer| offer["changes"][0]["row"]["id"].is_i64())
        .unwrap()
}

async fn touch(person: &Person, offer: &Value) -> Answer {
    let task = format!("/api/tasks/{}", offer["changes"][0]["row"]["id"]);
    let patch = json!({"description": "changed meanwhile"});
    person.patch(&task, patch).await
}

#[tokio::test]
async fn at_once_it_is_applied_once_and_undone_whole_or_not_at_all() {
    let app = TestApp::start().await;
    for round in 0..4 {
        let alice = app.user("alice").await;
        let offer = changing(&alice).await;
        let before = rows(&app, &alice).await;
        app.clock.advance(Duration::minutes(1));
        let apply = path(&offer, "apply");
        let answers = join_all((0..5).map(|_| alice.post(&apply, json!({})))).await;
        let (done, refused): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(done.len(), 1, "round {round}");
        assert!(
            refused
                .iter()
                .all(|answer| answer.code() == "recommendation_closed")
        );
        let applied = rows(&app, &alice).await;

        // Taken back while somebody edits one of the rows.
        let (undo, token) = (
            path(&offer, "undo"),
            json!({"undo_token": done[0].body["undo_token"]}),
        );
        let undoing = join_all((0..3).map(|_| alice.post(&undo, token.clone())));
        let (undone, touched) = if round % 2 == 0 {
            tokio::join!(undoing, touch(&alice, &offer))
        } else {
            let (touched, undone) = tokio::join!(touch(&alice, &offer), undoing);
            (undone, touched)
        };
        touched.expect(200);
        let taken_back = undone.iter().filter(|answer| answer.status == 200).count();
        let expected = match taken_back {
            1 => &before,
            0 => {
                assert!(undone.iter().all(|answer| answer.code() == "undo_stale"));
                &applied
            }
            more => panic!("undone {more} times"),
        };
        let without_edit = |rows: &[Value]| -> Vec<Value> {
            let mut rows = rows.to_vec();
            for row in &mut rows {
                for field in ["description", "search", "updated_at", "touched_at"] {
                    row["row"][field] = Value::Null;
                }
            }
            rows
        };
        let after = rows(&app, &alice).await;
        assert_eq!(
            without_edit(&after),
            without_edit(expected),
            "round {round}"
        );
    }
}

#[tokio::test]
async fn what_a_new_constraint_forbids_is_not_applied() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let offer = changing(&alice).await;
    let mut made = Vec::new();
    for kind in ["deadline", "pto_block", "delegation_block", "meeting_block"] {
        let block = json!({"type": kind});
        let block = alice
            .post("/api/profile/me/constraints", block)
            .await
            .expect(201);
        made.push(block["id"].as_str().unwrap().to_owned());
    }
    let before = rows(&app, &alice).await;
    let refused = alice.post(&path(&offer, "apply"), json!({})).await;
    assert_eq!(
        (refused.status, refused.code()),
        (409, "recommendation_constrained")
    );
    assert_eq!(rows(&app, &alice).await, before);
    for id in made {
        alice
            .delete(&format!("/api/profile/me/constraints/{id}"))
            .await
            .expect(204);
    }
    alice
        .post(&path(&offer, "apply"), json!({}))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_row_that_has_changed_is_neither_applied_nor_undone() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let offer = changing(&alice).await;
    touch(&alice, &offer).await.expect(200);
    let before = rows(&app, &alice).await;
    let stale = alice.post(&path(&offer, "apply"), json!({})).await;
    assert_eq!((stale.status, stale.code()), (409, "recommendation_stale"));
    assert_eq!(rows(&app, &alice).await, before, "nothing was done");

    let offer = changing(&bob).await;
    let applied = bob
        .post(&path(&offer, "apply"), json!({}))
        .await
        .expect(200);
    touch(&bob, &offer).await.expect(200);
    let before = rows(&app, &bob).await;
    let token = json!({"undo_token": applied["undo_token"]});
    let stale = bob.post(&path(&offer, "undo"), token).await;
    assert_eq!((stale.status, stale.code()), (409, "undo_stale"));
    assert_eq!(rows(&app, &bob).await, before, "nothing was undone");
}
