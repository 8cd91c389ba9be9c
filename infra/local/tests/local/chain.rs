//! The real program, killed at random moments while a hundred files go in.

use crate::program::{PATIENCE, Patient, Program, free_port, signed_up};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const UPLOADS: usize = 100;
const KILLS: usize = 8;

/// A task that shares no word with the others that would make them look the same.
pub(crate) fn task(number: usize) -> String {
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

    let wanted: BTreeMap<String, i32> = (0..UPLOADS).map(|number| (task(number), 1)).collect();
    assert_eq!(wanted.len(), UPLOADS);
    assert_eq!(titles(&person).await, wanted, "each task once");
    let score = person.get("/api/burnout/status/me").await;
    assert!(score.is_object(), "{score}");
}

/// How often each title stands in the list.
pub(crate) async fn titles(person: &Patient) -> BTreeMap<String, i32> {
    let mut titles = BTreeMap::new();
    for task in all(person, "/api/tasks?limit=200").await {
        let title = task["title"].as_str().unwrap().to_owned();
        *titles.entry(title).or_insert(0) += 1;
    }
    titles
}

/// The items of all pages of a list, whose path has a question mark.
pub(crate) async fn all(person: &Patient, path: &str) -> Vec<Value> {
    let (mut items, mut page) = (Vec::new(), person.get(path).await);
    loop {
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else {
            return items;
        };
        page = person.get(&format!("{path}&cursor={next}")).await;
    }
}

/// Waits until every upload has gone its whole way.
pub(crate) async fn finished(person: &Patient, uploads: &[i64]) {
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
