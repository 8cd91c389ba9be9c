//! Whether the system is ready is asked of everything it uses.

use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn readiness_is_asked_of_the_database_the_queues_and_the_bucket() {
    let app = TestApp::start().await;
    for path in ["/health/ready", "/health/ready/uploads"] {
        let ready = app.stranger().get(path).await.expect(200);
        let all = json!({ "database": "ok", "queues": "ok", "storage": "ok" });
        assert_eq!(ready["dependencies"], all);
    }
    app.stranger().get("/health/ready/nobody").await.expect(404);

    for (name, value, failing) in [
        ("BUCKET", "no-such-bucket".to_owned(), "storage"),
        (
            "EXPORTS_QUEUE_URL",
            app.emulator.queue_url("no-such-queue"),
            "queues",
        ),
    ] {
        let mut person = app.stranger();
        person.enter(app.again_with(&[(name, value)]).router());
        let answer = person.get("/health/ready").await;
        assert_eq!(answer.header("retry-after"), "1");
        let problem = answer.expect(503);
        assert_eq!(problem["code"], "unavailable", "{name}");
        let detail = format!("not ready for want of: {failing}");
        assert_eq!(problem["detail"], detail);
    }
}
