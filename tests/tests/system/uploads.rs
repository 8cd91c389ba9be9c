//! The way of a file: announced, sent, read, saved; and everything that can go wrong on it.

macro_rules! corpus {
    ($name:literal) => {
        include_bytes!(concat!("../../../corpus/documents/", $name)).as_slice()
    };
}

mod answers;
mod arrival;
mod messages;
mod reading;
mod tenants;

use http::Request;
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MINUTES: &[u8] = include_bytes!("../../../samples/meeting-minutes.pdf");

const TEXT: &str = "Action items:\n- [ ] Anna to send the budget by 2026-03-06\n- [ ] Ben to book the room by 2026-03-09\n";

/// A form with files and other fields.
pub(crate) fn form(
    path: &str,
    files: &[(&str, &str, &[u8])],
    fields: &[(&str, &str)],
) -> Request<Vec<u8>> {
    let mut body = Vec::new();
    for (name, mime, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    for (name, value) in fields {
        let field =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = Request::builder().method("POST").uri(path);
    request
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body)
        .unwrap()
}

/// Posts a file and lets the workers work.
async fn read(
    app: &TestApp,
    person: &Person,
    kind: &str,
    name: &str,
    mime: &str,
    bytes: &[u8],
) -> Value {
    let path = format!("/api/tasks/extract/{kind}");
    let queued = person
        .send(form(&path, &[(name, mime, bytes)], &[]))
        .await
        .expect(202);
    app.drain().await;
    person
        .get(&format!("/api/uploads/{}", queued["upload_id"]))
        .await
        .expect(200)
}

async fn post_text(person: &Person, body: Value) -> i64 {
    let queued = person
        .post("/api/tasks/extract/text", body)
        .await
        .expect(202);
    queued["upload_id"].as_i64().unwrap()
}

async fn upload(person: &Person, id: i64) -> Value {
    person.get(&format!("/api/uploads/{id}")).await.expect(200)
}

async fn tasks(app: &TestApp, person: &Person) -> Vec<Value> {
    app.sql(&format!(
        "select id, title, due_on, source, upload_id, source_quote, version from tasks where user_id = {} order by id",
        person.id
    ))
    .await
}

/// The same person with a new access token: the old one has expired when the clock has moved far.
pub(crate) async fn refreshed(mut person: Person) -> Person {
    let tokens = person
        .post(
            "/api/auth/refresh-token",
            json!({"refresh_token": person.refresh_token}),
        )
        .await;
    let tokens = tokens.expect(200);
    let text = |field: &str| tokens[field].as_str().unwrap().to_owned();
    (person.token, person.refresh_token) = (text("access_token"), text("refresh_token"));
    person
}

pub(crate) fn message(kind: &str, person: &Person, id: i64) -> Value {
    json!({"type": format!("{kind}.v1"), "user_id": person.id, "upload_id": id})
}

/// Sends bytes to a presigned URL, as a client on the net would. Returns the status.
async fn put(url: &str, headers: &Value, bytes: &[u8]) -> u16 {
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut request = format!("PUT /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers.as_object().unwrap() {
        if name != "host" && name != "content-length" {
            request.push_str(&format!("{name}: {}\r\n", value.as_str().unwrap()));
        }
    }
    request.push_str(&format!("content-length: {}\r\n\r\n", bytes.len()));
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    // A refusal may come before the body has been taken.
    let _ = stream.write_all(bytes).await;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .parse()
        .unwrap()
}

async fn announce(person: &Person, name: &str, bytes: &[u8]) -> Value {
    let file = json!({"name": name, "size": bytes.len()});
    person.post("/api/uploads", file).await.expect(201)
}

async fn object_exists(app: &TestApp, id: i64) -> bool {
    let row = app
        .sql(&format!("select object_key from uploads where id = {id}"))
        .await;
    let key = row[0]["object_key"].as_str().unwrap().to_owned();
    app.emulator
        .s3_client()
        .head_object()
        .bucket("sentry")
        .key(key)
        .send()
        .await
        .is_ok()
}
