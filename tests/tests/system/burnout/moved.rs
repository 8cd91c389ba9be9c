//! What moves a score, and what is said of it.

use super::{a_day_passes, analyze, factor, quiet, score};
use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn each_source_alone_moves_the_score() {
    let app = TestApp::start().await;
    let changes: [(&str, &str); 7] = [
        ("tasks", "update tasks set due_on = '2026-02-27' where user_id = {user} and task_type = 'task'"),
        ("meetings", "update tasks set end_at = '2026-03-02T16:00Z' where user_id = {user} and task_type = 'meeting'"),
        ("acts at night", "update tasks set touched_at = '2026-02-28T23:30Z', created_at = '2026-02-20T10:00Z'
            where user_id = {user} and task_type = 'task'"),
        ("texts", "insert into qualitative_data (id, user_id, entry_type, content, sentiment_score, created_at)
            values (gen_random_uuid(), {user}, 'check_in', 'tired', -0.8, '2026-03-01T10:00Z')"),
        ("estimates", "update tasks set estimated_hours = 30, due_on = '2026-03-02'
            where user_id = {user} and task_type = 'task'"),
        // It is still Sunday there, close to midnight: the same edit is late work on a day off.
        ("zone", "update users set time_zone = 'Pacific/Marquesas' where id = {user}"),
        ("working hours", "insert into user_profiles (user_id, working_hours)
            values ({user}, '{\"tuesday\": {\"from\": \"09:00\", \"until\": \"09:30\"}}')"),
    ];
    for (source, change) in changes {
        let person = app.user("someone").await;
        quiet(&person).await;
        let calm = score(&analyze(&person).await);
        app.execute(&change.replace("{user}", &person.id.to_string()))
            .await;
        let moved = score(&analyze(&person).await);
        assert!(moved > calm, "{source}: {calm} -> {moved}");
    }
}

#[tokio::test]
async fn what_a_sync_did_is_no_act_and_what_others_did_is_not_mine() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    quiet(&alice).await;
    let before = analyze(&alice).await;
    let night = "'2026-02-28T23:30Z'";
    app.execute(&format!(
        "insert into tasks (user_id, title, source, provider, provider_task_id, status, completed_at, created_at, updated_at)
         values ({}, 'synced', 'trello', 'trello', 'x', 'done', {night}, {night}, {night});
         insert into tasks (user_id, title, due_on, touched_at, created_at)
         select {}, 'bob''s', '2026-01-01', {night}, {night} from generate_series(1, 50)",
        alice.id, bob.id,
    ))
    .await;
    let after = analyze(&alice).await;
    for key in [
        "late_night_sessions",
        "weekend_work_sessions",
        "overdue_tasks",
        "total_active_tasks",
    ] {
        assert_eq!(
            factor(&after, key)["value"],
            factor(&before, key)["value"],
            "{key}"
        );
    }
    assert!(score(&analyze(&bob).await) > score(&after));
}

#[tokio::test]
async fn changes_name_what_moved_since_another_day_and_add_up() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let (task, _) = quiet(&alice).await;
    let yesterday = analyze(&alice).await;
    assert_eq!(yesterday["changes"], json!([]));
    a_day_passes(&app).await;
    alice
        .patch(
            &format!("/api/tasks/{task}"),
            json!({"due_on": "2026-02-20"}),
        )
        .await
        .expect(200);
    // Another one of the same day does not hide what moved since yesterday.
    analyze(&alice).await;
    alice
        .patch(
            &format!("/api/tasks/{task}"),
            json!({"due_on": "2026-02-21"}),
        )
        .await
        .expect(200);
    let today = analyze(&alice).await;
    let changes = today["changes"].as_array().unwrap();
    assert!(
        changes
            .iter()
            .any(|change| change["key"] == "overdue_tasks"),
        "{today:#}"
    );
    let sum: f64 = changes
        .iter()
        .map(|change| change["points"].as_f64().unwrap())
        .sum();
    assert!((sum - (score(&today) - score(&yesterday))).abs() < 0.01);
    let insights = alice.get("/api/burnout/insights/me").await.expect(200);
    let said = insights["insights"].to_string();
    assert!(
        said.contains("Since Sun 1 Mar this has added about 3 points: 1 task overdue."),
        "{said}"
    );
}
