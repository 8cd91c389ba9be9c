//! The real program, killed at random moments while a hundred files go in.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const UPLOADS: usize = 100;
const KILLS: usize = 8;
/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// `sentry-local` with its data in a folder.
struct Program {
    child: Child,
}

impl Program {
    fn start(data: &Path, port: u16) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_sentry-local"))
            .args(["--no-demo", "--aws-port", "0", "--port", &port.to_string()])
            .arg("--data-dir")
            .arg(data)
            .env_remove("DATABASE_URL")
            .env_remove("AWS_ENDPOINT_URL")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { child }
    }
}

/// Ended as hard as can be, also when a test fails.
impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A client that never gives up: what was not answered is asked again, with the same key.
#[derive(Clone)]
struct Patient {
    client: Client,
    base: String,
    token: String,
}

impl Patient {
    async fn call(&self, method: Method, path: &str, body: Option<&Value>, key: &str) -> Value {
        let started = Instant::now();
        loop {
            let mut request = self
                .client
                .request(method.clone(), format!("{}{path}", self.base))
                .bearer_auth(&self.token)
                .timeout(Duration::from_secs(10));
            if let Some(body) = body {
                request = request.header("idempotency-key", key).json(body);
            }
            let answer = match request.send().await {
                Ok(response) => (response.status().as_u16(), response.json().await),
                Err(_) => (0, Ok(Value::Null)),
            };
            match answer {
                (200..300, Ok(body)) => return body,
                // In flight when the process died, or refused while the database was going.
                (0 | 409 | 500.., _) | (200..300, Err(_)) => {}
                (status, body) => panic!("{method} {path} answered {status}: {body:?}"),
            }
            assert!(started.elapsed() < PATIENCE, "{method} {path} never worked");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None, "").await
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

async fn signed_up(base: String) -> Patient {
    let person = Patient {
        client: Client::new(),
        base,
        token: String::new(),
    };
    let account = json!({ "email": "kill@example.org", "password": "seven quiet lamps burn" });
    person
        .call(Method::POST, "/api/users", Some(&account), "sign-up")
        .await;
    let tokens = person
        .call(Method::POST, "/api/auth/login", Some(&account), "sign-in")
        .await;
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    Patient { token, ..person }
}

/// A task that shares no word with the others that would make them look the same.
fn task(number: usize) -> String {
    let word = |salt: usize| {
        let mut letters = String::new();
        let mut rest = number * 7919 + salt * 104_729 + 17;
        for _ in 0..4 {
            letters.push(char::from(b"bdfgklmnprst"[rest % 12]));
            rest /= 12;
            letters.push(char::from(b"aeiou"[rest % 5]));
            rest /= 5;
        }
        letters
    };
    format!("Paint {} {} {} {}", word(1), word(2), word(3), word(4))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_uploads_survive_being_killed_at_random() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let port = free_port();
    let mut program = Program::start(&data, port);
    let person = signed_up(format!("http://127.0.0.1:{port}")).await;
    let client = person.clone();
    let uploading = tokio::spawn(async move {
        let mut ids = Vec::new();
        for number in 0..UPLOADS {
            let text = json!({ "text": format!("- [ ] {}\n", task(number)) });
            let key = format!("upload-{number}");
            let made = client
                .call(Method::POST, "/api/tasks/extract/text", Some(&text), &key)
                .await;
            ids.push(made["upload_id"].as_i64().unwrap());
        }
        ids
    });
    let ids = sentry_runtime::Ids::system();
    let mut pauses = Vec::new();
    for _ in 0..KILLS {
        // Now in the start, now in the middle of the work.
        let pause = 200 + u64::from(u16::from_be_bytes(ids.bytes::<2>())) % 2300;
        pauses.push(pause);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        drop(program);
        program = Program::start(&data, port);
    }
    eprintln!("killed after {pauses:?} ms");
    let uploads = uploading.await.unwrap();
    finished(&person, &uploads).await;

    let mut titles = BTreeMap::new();
    let page = person.get("/api/tasks?limit=200").await;
    for item in page["items"].as_array().unwrap() {
        let title = item["title"].as_str().unwrap().to_owned();
        *titles.entry(title).or_insert(0) += 1;
    }
    let wanted: BTreeMap<String, i32> = (0..UPLOADS).map(|number| (task(number), 1)).collect();
    assert_eq!(wanted.len(), UPLOADS);
    assert_eq!(titles, wanted, "each task once");
    let score = person.get("/api/burnout/status/me").await;
    assert!(score.is_object(), "{score}");
}

/// Waits until every upload has gone its whole way.
async fn finished(person: &Patient, uploads: &[i64]) {
    let started = Instant::now();
    for id in uploads {
        loop {
            let upload = person.get(&format!("/api/uploads/{id}?wait=5")).await;
            if upload["processing_status"] == "completed" && !upload["saved_at"].is_null() {
                break;
            }
            assert_ne!(upload["processing_status"], "failed", "{upload}");
            assert!(started.elapsed() < PATIENCE, "it hangs: {upload}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
