//! Every built function as Lambda starts it: cold start, requests, batches with one bad message, ticks.
//!
//! `TEST_BOOTSTRAPS` is the folder where `cargo build --workspace --bins` has put them; without it one program stands for all,
//! which has the `main` of each. One process at a time: the embedded database lets one client in.

use crate::setup::stage::{Alone, Surroundings, generation};
use aws_sdk_sqs::types::Message;
use sentry_queue::Queue;
use sentry_runtime::Clock;
use sentry_tests::{Bootstrap, TestApp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What every function finds in its environment, what the functions have written so far, and which of
/// them have been driven to their end.
struct Built {
    environment: BTreeMap<String, String>,
    log: Vec<Value>,
    driven: BTreeSet<String>,
}

/// Words of people, none of which may stand in a log.
const PERSONAL: [&str; 5] = [
    "lambda@example.org",
    "seven quiet lamps burn",
    "Count the chairs",
    "Book the hall",
    "Bearer",
];

impl Built {
    async fn start(&mut self, function: &str) -> Bootstrap {
        let environment = self.environment.clone();
        self.start_in(function, environment).await
    }

    async fn start_in(
        &mut self,
        function: &str,
        mut environment: BTreeMap<String, String>,
    ) -> Bootstrap {
        environment.insert("BOOTSTRAP".to_owned(), function.to_owned());
        self.driven.insert(function.to_owned());
        Bootstrap::start(&program(function), &environment)
            .await
            .unwrap()
    }

    /// Hands a worker what waits for it in its queue, after a message that cannot be read.
    async fn work_off(&mut self, app: &TestApp, worker: &str, queue: Queue) {
        let message = waiting(app, queue).await;
        let process = self.start(worker).await;
        only_the_bad_one_comes_back(&process.invoke(batch(&message)).await.unwrap());
        self.stop(process).await;
    }

    async fn stop(&mut self, process: Bootstrap) {
        self.log.extend(process.log().unwrap());
        process.stop().await.unwrap();
    }

    /// The lines that say this.
    fn lines(&self, message: &str) -> Vec<&Value> {
        self.log
            .iter()
            .filter(|line| line["message"] == message)
            .collect()
    }

    /// The sum of a metric over all its documents.
    fn metric(&self, name: &str, label: &str, value: &str) -> u64 {
        let of =
            |line: &&Value| line["_aws"].is_object() && (label.is_empty() || line[label] == value);
        self.log
            .iter()
            .filter(of)
            .filter_map(|line| line[name].as_u64())
            .sum()
    }
}

/// What Lambda starts for a function.
fn program(function: &str) -> PathBuf {
    std::env::var_os("TEST_BOOTSTRAPS").map_or_else(
        || Path::new(env!("CARGO_BIN_EXE_bootstrap")).to_owned(),
        |folder| Path::new(&folder).join(function),
    )
}

/// A batch with an unreadable message before the given one.
fn batch(body: &Value) -> Value {
    json!({ "Records": [
        { "messageId": "bad", "receiptHandle": "bad", "body": "{" },
        { "messageId": "good", "receiptHandle": "good", "body": body.to_string() },
    ]})
}

/// The body of the only message that waits in a queue. It is taken away.
async fn waiting(app: &TestApp, queue: Queue) -> Value {
    let (client, url) = (
        app.emulator.sqs_client(),
        app.emulator.queue_url(queue.name()),
    );
    let request = client
        .receive_message()
        .queue_url(&url)
        .max_number_of_messages(10);
    let messages: Vec<Message> = request.send().await.unwrap().messages.unwrap_or_default();
    let [message] = messages.as_slice() else {
        panic!("{} messages wait in {}", messages.len(), queue.name());
    };
    let delete = client.delete_message().queue_url(&url);
    let handle = message.receipt_handle.clone().unwrap();
    delete.receipt_handle(handle).send().await.unwrap();
    serde_json::from_str(message.body.as_deref().unwrap()).unwrap()
}

/// Every function that there is: each has a folder, and the template deploys each folder.
fn functions() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../functions");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").exists())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect()
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
    let mut built = Built {
        environment: app.environment(1),
        log: Vec::new(),
        driven: BTreeSet::new(),
    };
    // From here on the database belongs to one bootstrap after the other.
    app.db.close().await;

    // Logins belong to the whole server.
    let alone = Alone::wait().await;
    let mut around = Surroundings::start().await;
    let environment = around.environment(&app.database_url());
    let setup = built.start_in("setup", environment).await;
    let event = around.event("Create", &generation(1));
    let told = setup.invoke(event).await.unwrap();
    assert_eq!(told, json!({ "status": "SUCCESS" }));
    let answer = around.heard();
    assert_eq!(answer["Status"], "SUCCESS", "{answer}");
    let by_hand = setup.invoke(json!({ "type": "setup.v1" })).await.unwrap();
    assert_eq!(by_hand, answer["Data"], "a second run changes nothing");
    let error = setup
        .invoke(json!({ "type": "nonsense" }))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("nor setup.v1"), "{error}");
    built.stop(setup).await;
    drop(alone);

    let passwords = built.start("passwords").await;
    let account = json!({ "email": "lambda@example.org", "password": "seven quiet lamps burn" });
    let (status, body) = passwords
        .request("POST", "/api/users", "", Some(account.clone()))
        .await
        .unwrap();
    assert_eq!(status, 201, "{body}");
    built.stop(passwords).await;
    built.work_off(&app, "mail", Queue::Mail).await;
    let letters = app.letters_so_far("lambda@example.org");
    assert_eq!(letters.len(), 1, "{letters:?}");

    let accounts = built.start("accounts").await;
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
    let (status, export) = accounts
        .request("POST", "/api/users/me/export", &token, None)
        .await
        .unwrap();
    assert_eq!((status, &export["status"]), (202, &json!("pending")));
    built.stop(accounts).await;

    built.work_off(&app, "export", Queue::Exports).await;
    built.work_off(&app, "mail", Queue::Mail).await;
    let letters = app.letters_so_far("lambda@example.org");
    assert_eq!(letters.len(), 2, "{letters:?}");
    let accounts = built.start("accounts").await;
    let (status, export) = accounts
        .request("GET", "/api/users/me/export", &token, None)
        .await
        .unwrap();
    assert_eq!((status, &export["status"]), (200, &json!("ready")));
    built.stop(accounts).await;

    let providers = built.start("providers").await;
    let (status, known) = providers
        .request("GET", "/api/auth/providers", &token, None)
        .await
        .unwrap();
    assert_eq!((status, &known), (200, &json!({ "items": [] })));
    built.stop(providers).await;

    let tasks = built.start("tasks").await;
    let (status, _) = tasks.request("GET", "/api/tasks", "", None).await.unwrap();
    assert_eq!(status, 401);
    let task = json!({ "title": "Count the chairs" });
    let (status, body) = tasks
        .request("POST", "/api/tasks/", &token, Some(task))
        .await
        .unwrap();
    assert_eq!(status, 201, "{body}");
    built.stop(tasks).await;

    let uploads = built.start("uploads").await;
    let text = json!({ "text": "- [ ] Book the hall by Friday" });
    let (status, upload) = uploads
        .request("POST", "/api/tasks/extract/text", &token, Some(text))
        .await
        .unwrap();
    assert_eq!(status, 202, "{upload}");
    built.stop(uploads).await;

    let user_id = tokens["user_id"].as_i64().unwrap();
    let upload_id = upload["upload_id"].as_i64().unwrap();
    let mut arrived: Value = serde_json::from_str(include_str!(
        "../../../shared/queue/tests/s3-object-created.json"
    ))
    .unwrap();
    let key = format!("users/{user_id}/uploads/{upload_id}/text.txt");
    arrived["Records"][0]["s3"]["object"]["key"] = json!(key);
    let found = json!({ "type": "create-tasks.v1", "user_id": user_id, "upload_id": upload_id });
    for (worker, message) in [("extract", arrived), ("create-tasks", found)] {
        let process = built.start(worker).await;
        for _ in 0..2 {
            only_the_bad_one_comes_back(&process.invoke(batch(&message)).await.unwrap());
        }
        built.stop(process).await;
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
    built.stop(rescore).await;

    let sweep = built.start("sweep").await;
    let report = sweep.invoke(json!({ "type": "sweep.v1" })).await.unwrap();
    assert_eq!(report["failed"], json!({}), "{report}");
    built.stop(sweep).await;

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
    built.stop(burnout).await;

    let advice = built.start("advice").await;
    let path = "/api/profile/me/preferences";
    let (status, _) = advice.request("GET", path, "", None).await.unwrap();
    assert_eq!(status, 401);
    let (status, preferences) = advice.request("GET", path, &token, None).await.unwrap();
    assert_eq!(status, 200, "{preferences}");
    built.stop(advice).await;

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
    built.stop(tasks).await;
    assert_eq!(built.driven, functions(), "each is driven");
    what_the_functions_tell(&built, &tokens);
}

/// One line per request and job, metrics that `CloudWatch` reads, and nothing of anybody's.
fn what_the_functions_tell(built: &Built, tokens: &Value) {
    let requests = built.lines("request");
    let listed = requests.iter().find(|line| {
        line["route"] == "/api/tasks" && line["method"] == "GET" && line["status"] == 200
    });
    assert_eq!(
        listed.unwrap()["request.id"],
        "from-the-gateway",
        "{requests:#?}"
    );
    assert!(requests.iter().all(|line| line["duration_ms"].is_f64()));
    assert_eq!(built.metric("requests", "", ""), requests.len() as u64);
    assert_eq!(built.metric("client_errors", "", ""), 2);
    assert_eq!(built.metric("cold_starts", "function", "tasks"), 2);
    assert_eq!(built.metric("cold_starts", "function", "advice"), 1);
    // Each batch with one message that cannot be read, those of the chain twice; a message twice is done twice.
    assert_eq!(built.metric("jobs", "outcome", "retry"), 8);
    assert_eq!(built.lines("message comes back").len(), 8);
    let done = built.lines("message done");
    assert_eq!(done.len(), 8, "{done:#?}");
    assert!(done.iter().all(|line| line["span"]["message.id"] == "good"));
    // S3 knows of no request; the upload does, and its worker says so from there on.
    let from_s3 = done.iter().find(|line| line["kind"] == "s3").unwrap();
    assert_eq!(from_s3["span"]["request.id"], "from-the-gateway");
    assert!(from_s3["span"]["upload.id"].is_i64(), "{from_s3}");
    assert!(
        from_s3["span"]["lambda.request_id"].is_string(),
        "{from_s3}"
    );
    assert_eq!(built.lines("setup answered").len(), 2);
    assert_eq!(built.lines("setup failed").len(), 1);
    assert_eq!(built.metric("items_extracted", "engine", "built-in"), 1);
    let text = serde_json::to_string(&built.log).unwrap();
    let secret = ["access_token", "refresh_token"].map(|name| tokens[name].as_str().unwrap());
    for word in PERSONAL.into_iter().chain(secret) {
        assert!(!text.contains(word), "the log holds {word}");
    }
}
