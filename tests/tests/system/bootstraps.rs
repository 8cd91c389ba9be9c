//! Every built function as Lambda starts it: cold start, requests, batches with one bad message, ticks.
//!
//! One process at a time: the embedded database lets one client in.

use sentry_runtime::Clock;
use sentry_tests::{Bootstrap, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What every function finds in its environment.
struct Built {
    environment: BTreeMap<String, String>,
}

impl Built {
    async fn start(&self, function: &str) -> Bootstrap {
        let mut environment = self.environment.clone();
        environment.insert("BOOTSTRAP".to_owned(), function.to_owned());
        let program = Path::new(env!("CARGO_BIN_EXE_bootstrap"));
        Bootstrap::start(program, &environment).await.unwrap()
    }
}

/// A batch with an unreadable message before the given one.
fn batch(body: &Value) -> Value {
    json!({ "Records": [
        { "messageId": "bad", "receiptHandle": "bad", "body": "{" },
        { "messageId": "good", "receiptHandle": "good", "body": body.to_string() },
    ]})
}

fn only_the_bad_one_comes_back(answer: &Value) {
    assert_eq!(
        answer["batchItemFailures"],
        json!([{ "itemIdentifier": "bad" }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bootstrap_does_its_part_of_the_chain() {
    let app = TestApp::start_at(Clock::system()).await;
    let built = Built {
        environment: app.environment(1),
    };
    // From here on the database belongs to one bootstrap after the other.
    app.db.close().await;

    let accounts = built.start("accounts").await;
    let account = json!({ "email": "lambda@example.org", "password": "seven quiet lamps burn" });
    let (status, body) = accounts
        .request("POST", "/api/users", "", Some(account.clone()))
        .await
        .unwrap();
    assert_eq!(status, 201, "{body}");
    let (status, tokens) = accounts
        .request("POST", "/api/auth/login", "", Some(account))
        .await
        .unwrap();
    assert_eq!(status, 200, "{tokens}");
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let (status, document) = accounts
        .request("GET", "/api/openapi.json", "", None)
        .await
        .unwrap();
    assert_eq!((status, &document["openapi"]), (200, &json!("3.1.0")));
    accounts.stop().await.unwrap();

    let tasks = built.start("tasks").await;
    let (status, _) = tasks.request("GET", "/api/tasks", "", None).await.unwrap();
    assert_eq!(status, 401);
    let task = json!({ "title": "Count the chairs" });
    let (status, body) = tasks
        .request("POST", "/api/tasks/", &token, Some(task))
        .await
        .unwrap();
    assert_eq!(status, 201, "{body}");
    tasks.stop().await.unwrap();

    let uploads = built.start("uploads").await;
    let text = json!({ "text": "- [ ] Book the hall by Friday" });
    let (status, upload) = uploads
        .request("POST", "/api/tasks/extract/text", &token, Some(text))
        .await
        .unwrap();
    assert_eq!(status, 202, "{upload}");
    uploads.stop().await.unwrap();

    let user_id = tokens["user_id"].as_i64().unwrap();
    for (worker, kind) in [
        ("extract", "extract.v1"),
        ("create-tasks", "create-tasks.v1"),
    ] {
        let process = built.start(worker).await;
        let message = json!({ "type": kind, "user_id": user_id, "upload_id": upload["upload_id"] });
        for _ in 0..2 {
            only_the_bad_one_comes_back(&process.invoke(batch(&message)).await.unwrap());
        }
        process.stop().await.unwrap();
    }

    let rescore = built.start("rescore").await;
    let message = json!({ "type": "rescore.v1", "user_id": user_id });
    only_the_bad_one_comes_back(&rescore.invoke(batch(&message)).await.unwrap());
    let night = rescore
        .invoke(json!({ "type": "nightly.v1" }))
        .await
        .unwrap();
    assert!(night["users"].is_u64(), "{night}");
    let error = rescore
        .invoke(json!({ "type": "nonsense" }))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("neither a batch nor a tick"),
        "{error}"
    );
    rescore.stop().await.unwrap();

    let sweep = built.start("sweep").await;
    let report = sweep.invoke(json!({ "type": "sweep.v1" })).await.unwrap();
    assert_eq!(report["failed"], json!({}), "{report}");
    sweep.stop().await.unwrap();

    let burnout = built.start("burnout").await;
    let (status, score) = burnout
        .request("GET", "/api/burnout/status/me", &token, None)
        .await
        .unwrap();
    assert_eq!(status, 200, "{score}");
    let (status, ready) = burnout
        .request("GET", "/health/ready", "", None)
        .await
        .unwrap();
    assert_eq!(status, 200, "{ready}");
    burnout.stop().await.unwrap();

    let tasks = built.start("tasks").await;
    let (_, page) = tasks
        .request("GET", "/api/tasks?sort=created", &token, None)
        .await
        .unwrap();
    let titles: Vec<&Value> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["title"])
        .collect();
    assert_eq!(titles, ["Count the chairs", "Book the hall"], "{page}");
    tasks.stop().await.unwrap();
}
