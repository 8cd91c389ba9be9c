//! A fifth of all calls to S3 and SQS and a fifth of all transactions fail, and the database slows, refuses and starts
//! again, while people work: nothing is lost, nothing is there twice, and nobody has to help.

mod proxy;

use crate::chain::{all, finished, task, titles};
use crate::program::{PATIENCE, Patient, signed_up};
use awsim_chaos::{
    ChaosEffect, ChaosRule, ErrorEffect, LatencyEffect, OperationMatch, ServiceMatch,
};
use proxy::Proxy;
use reqwest::Method;
use sentry_local::clock::Every;
use sentry_local::system::{Options, System};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Clients at once.
const CLIENTS: usize = 4;
/// No more documents than this go in, and as many tasks.
const MOST: usize = 700;
/// Between two things that a client does.
const PAUSE: Duration = Duration::from_millis(100);

/// A fifth of the calls to `service` fail with what it answers when it has too much to do.
fn failing(service: &str, code: &str) -> ChaosRule {
    ChaosRule {
        id: service.to_owned(),
        service: ServiceMatch::Exact(service.to_owned()),
        operation: OperationMatch::Any,
        probability: 0.2,
        effect: ChaosEffect::Both {
            latency: LatencyEffect {
                min_ms: 0,
                max_ms: 30,
            },
            error: ErrorEffect {
                status: 503,
                code: code.to_owned(),
                message: "too much to do".to_owned(),
                retry_after_secs: None,
            },
        },
        enabled: true,
        label: None,
        created_at: 0,
        injection_count: 0,
        schedule: None,
    }
}

/// What one client has done: the documents it sent, and what they are to become.
#[derive(Default)]
struct Done {
    uploads: Vec<i64>,
    titles: Vec<String>,
}

/// Works until the time is over: texts, files and tasks, each with a title of its own.
async fn work(client: Patient, first: usize, until: Instant) -> Done {
    let mut done = Done::default();
    for number in (first..MOST).step_by(CLIENTS) {
        if Instant::now() > until {
            break;
        }
        let text = format!("- [ ] {}\n", task(number));
        let key = format!("upload-{number}");
        let upload = if number % 8 < CLIENTS {
            let text = json!({ "text": text });
            client
                .call(Method::POST, "/api/tasks/extract/text", Some(&text), &key)
                .await
        } else {
            send_file(&client, &text, &key).await
        };
        done.uploads.push(upload["upload_id"].as_i64().unwrap());
        done.titles.push(task(number));
        let title = task(MOST + number);
        let (body, key) = (json!({ "title": title }), format!("task-{number}"));
        client
            .call(Method::POST, "/api/tasks", Some(&body), &key)
            .await;
        done.titles.push(title);
        tokio::time::sleep(PAUSE).await;
    }
    done
}

/// Announces a file and brings it to the bucket, as often as it takes.
async fn send_file(client: &Patient, text: &str, key: &str) -> Value {
    let announced =
        json!({ "filename": "list.txt", "file_size_bytes": text.len(), "mime_type": "text/plain" });
    let upload = client
        .call(Method::POST, "/api/uploads", Some(&announced), key)
        .await;
    let started = Instant::now();
    loop {
        let mut put = client.client.put(upload["url"].as_str().unwrap());
        for (name, value) in upload["headers"].as_object().unwrap() {
            put = put.header(name, value.as_str().unwrap());
        }
        let answer = put.body(text.to_owned()).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return upload;
        }
        assert!(started.elapsed() < PATIENCE, "the bucket never took it");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Somebody who comes in the middle of it.
async fn newcomer(base: &Patient, name: &str) {
    let account = json!({ "email": name, "password": "seven quiet lamps burn" });
    for path in ["/api/users", "/api/auth/login"] {
        base.call(Method::POST, path, Some(&account), name).await;
    }
}

/// How many mails somebody has got, each of which is a file.
fn mails_to(folder: &Path, address: &str) -> usize {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let texts = files.map(|file| std::fs::read(file.unwrap().path()).unwrap_or_default());
    let theirs = texts.filter(|text| String::from_utf8_lossy(text).contains(address));
    theirs.count()
}

/// Waits until somebody has got so many mails.
async fn written_to(folder: &Path, address: &str, many: usize) {
    let started = Instant::now();
    while mails_to(folder, address) < many {
        assert!(started.elapsed() < PATIENCE, "no mail to {address}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Starts the server again that the tests were given, where it is known how.
async fn start_again(command: String) {
    let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    let ended = tokio::task::spawn_blocking(move || {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        Command::new(&words[0])
            .args(&words[1..])
            .current_dir(root)
            .status()
    });
    assert!(ended.await.unwrap().unwrap().success(), "{command}");
}

/// The system with the database of this proxy.
async fn behind(proxy: &Proxy, home: &Path, sweep: Every) -> System {
    System::start(Options {
        data_dir: Some(home.join("data")),
        database_url: Some(proxy.url()),
        connections: proxy.connections(),
        sweep,
        ..Options::default()
    })
    .await
    .unwrap()
}

/// A while of faults under load, then nothing but patience.
async fn a_while_of_faults(load: Duration, sweep: Every, restart: Option<String>) {
    let proxy = Proxy::start().await;
    let home = tempfile::tempdir().unwrap();
    let system = behind(&proxy, home.path(), sweep).await;
    let person = signed_up(format!("http://{}", system.address)).await;

    let faults = system.aws().unwrap().faults();
    faults.add_rule(failing("s3", "SlowDown"));
    faults.add_rule(failing("sqs", "ServiceUnavailable"));
    proxy.moody(true);
    let done = under_load(&person, &proxy, load, restart).await;
    let injected: u64 = faults.rules().iter().map(|rule| rule.injection_count).sum();
    let (transactions, failed) = proxy.met();
    faults.clear();
    proxy.moody(false);
    let many = u64::try_from(done.uploads.len()).unwrap();
    eprintln!(
        "{many} documents; {failed} of {transactions} transactions and {injected} calls to S3 and SQS met with a fault"
    );
    assert!(many * 3 > load.as_secs(), "no load: {many} documents");
    assert!(
        injected * 2 > load.as_secs(),
        "only {injected} calls failed"
    );
    assert!(failed * 6 > transactions, "{failed} of {transactions}");

    let begun = Instant::now();
    all_is_well(&person, done, &system.folder.mail()).await;
    eprintln!("all is well after {:?}", begun.elapsed());
    system.stop().await.unwrap();
    proxy.end().await;
}

/// Everybody works, and the database goes away in the middle of it.
async fn under_load(
    person: &Patient,
    proxy: &Proxy,
    load: Duration,
    restart: Option<String>,
) -> Done {
    let until = Instant::now() + load;
    let mut clients = JoinSet::new();
    for first in 0..CLIENTS {
        clients.spawn(work(person.clone(), first, until));
    }
    newcomer(person, "early@example.org").await;
    tokio::time::sleep(load / 4).await;
    let (path, nothing) = ("/api/users/me/export", json!({}));
    person
        .call(Method::POST, path, Some(&nothing), "export")
        .await;
    proxy.refuse_for(Duration::from_secs(2)).await;
    newcomer(person, "late@example.org").await;
    if let Some(command) = restart {
        start_again(command).await;
    }
    let mut done = Done::default();
    for one in clients.join_all().await {
        done.uploads.extend(one.uploads);
        done.titles.extend(one.titles);
    }
    done
}

/// Waits until everything that was asked for is there, each thing once: documents with what was found in them, tasks,
/// letters, and the archive.
async fn all_is_well(person: &Patient, mut done: Done, mail: &Path) {
    finished(person, &done.uploads).await;
    let uploads = all(person, "/api/uploads?limit=200").await;
    let mut ids: Vec<i64> = uploads.iter().filter_map(|it| it["id"].as_i64()).collect();
    ids.sort_unstable();
    done.uploads.sort_unstable();
    assert_eq!(ids, done.uploads, "each document once");
    for upload in &uploads {
        let found = (&upload["tasks_extracted"], &upload["tasks_saved"]);
        assert_eq!(found, (&json!(1), &json!(1)), "{upload}");
    }
    let wanted: BTreeMap<String, i32> = done.titles.into_iter().map(|title| (title, 1)).collect();
    assert_eq!(titles(person).await, wanted, "each task once");
    let begun = Instant::now();
    loop {
        let export = person.get("/api/users/me/export").await;
        if export["status"] == "ready" {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{export}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // Who signs up again because no answer came is told that there is an account.
    for address in ["early@example.org", "late@example.org"] {
        written_to(mail, address, 1).await;
    }
    // To confirm the address before there were faults, and that the archive is there.
    written_to(mail, "kill@example.org", 2).await;
    assert_eq!(mails_to(mail, "kill@example.org"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_of_all_calls_may_fail() {
    a_while_of_faults(Duration::from_secs(8), Every::Seconds(5), None).await;
}

/// As long as it lasts outside, with the sweep once a minute. `TEST_DATABASE_RESTART` is the command that starts the
/// server of `TEST_DATABASE_URL` again, which no other test can bear.
#[ignore = "takes minutes; `.ci/run` runs it by itself"]
#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_of_all_calls_may_fail_for_a_minute() {
    let restart = std::env::var("TEST_DATABASE_RESTART").ok();
    a_while_of_faults(Duration::from_mins(1), Every::Minute, restart).await;
}

/// Connections lie idle while the server starts again. Nobody who asks once afterwards is refused for that.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_away_costs_nobody_an_answer() {
    let proxy = Proxy::start().await;
    let home = tempfile::tempdir().unwrap();
    let system = behind(&proxy, home.path(), Every::Minute).await;
    let person = signed_up(format!("http://{}", system.address)).await;
    let many = proxy.connections() * 2;
    let mut at_once = JoinSet::new();
    for _ in 0..many {
        let person = person.clone();
        at_once.spawn(async move { person.get("/api/tasks").await });
    }
    at_once.join_all().await;

    proxy.refuse_for(Duration::from_millis(300)).await;
    for _ in 0..many {
        let url = format!("{}/api/tasks", person.base);
        let request = person.client.get(url).bearer_auth(&person.token);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    system.stop().await.unwrap();
    proxy.end().await;
}
