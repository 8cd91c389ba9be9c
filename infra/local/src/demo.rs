//! The sample document's way through the system, by the front door, as any client would send it.

use anyhow::{Context, Result, bail};
use reqwest::{Client, Method};
use sentry_runtime::Ids;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// Minutes of a meeting of an invented company.
const SAMPLE: &[u8] = include_bytes!("../../../samples/meeting-minutes.pdf");
const SAMPLE_NAME: &str = "meeting-minutes.pdf";

/// Somebody to try the system as. Kept with the data, so that later starts find them again.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Account {
    email: String,
    password: String,
    upload_id: Option<i64>,
}

/// What came out.
#[derive(Debug)]
pub struct Demo {
    /// With this token the printed lines work.
    pub access_token: String,
    /// The account's address.
    pub email: String,
    /// The upload, as the API shows it.
    pub upload: Value,
    /// The tasks found in it.
    pub tasks: Vec<Value>,
    /// The score with its reasons.
    pub analysis: Value,
    /// From the upload to the saved tasks; nothing when an earlier start did it.
    pub took: Option<Duration>,
}

/// A client of the API.
struct Api {
    client: Client,
    base: String,
    token: Option<String>,
}

impl Api {
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<(u16, Value)> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        Ok((status, response.json().await.unwrap_or_default()))
    }

    async fn expect(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let (status, answer) = self.call(method.clone(), path, body).await?;
        if !(200..300).contains(&status) {
            bail!(
                "{method} {path} answered {status}: {}",
                answer["detail"].as_str().unwrap_or_default()
            );
        }
        Ok(answer)
    }
}

/// Signs the demo account in, uploads the sample unless an earlier start did, and asks for the score.
pub async fn run(base: String, folder: &Path, zone: &str) -> Result<Demo> {
    let path = folder.join("demo.json");
    let mut api = Api {
        client: Client::new(),
        base,
        token: None,
    };
    let mut account = sign_in(&mut api, &path, zone).await?;
    let started = Instant::now();
    let mut took = None;
    let upload = if let Some(id) = account.upload_id {
        api.expect(Method::GET, &format!("/api/uploads/{id}"), None)
            .await?
    } else {
        let upload = upload(&api).await?;
        took = Some(started.elapsed());
        account.upload_id = upload["id"].as_i64();
        std::fs::write(&path, serde_json::to_vec_pretty(&account)?)?;
        upload
    };
    let id = account.upload_id.unwrap_or_default();
    let tasks = api
        .expect(
            Method::GET,
            &format!("/api/tasks?upload_id={id}&sort=due"),
            None,
        )
        .await?;
    let analysis = api
        .expect(Method::POST, "/api/burnout/analyze-auto/me", None)
        .await?;
    Ok(Demo {
        access_token: api.token.unwrap_or_default(),
        email: account.email,
        upload,
        tasks: tasks["items"].as_array().cloned().unwrap_or_default(),
        analysis: analysis["analysis"].clone(),
        took,
    })
}

/// Signs in with the account of an earlier start; where there is none, or the data is new, signs up first.
async fn sign_in(api: &mut Api, path: &Path, zone: &str) -> Result<Account> {
    let known = std::fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Account>(&bytes).ok());
    if let Some(account) = known {
        let (status, answer) = api
            .call(Method::POST, "/api/auth/login", Some(credentials(&account)))
            .await?;
        if status == 200 {
            api.token = answer["access_token"].as_str().map(str::to_owned);
            return Ok(account);
        }
    }
    let random = format!(
        "{:024x}",
        u128::from_be_bytes(Ids::system().bytes::<16>()) >> 32
    );
    let account = Account {
        email: format!("demo-{}@example.org", &random[..6]),
        password: format!("demo {random}"),
        upload_id: None,
    };
    let mut person = credentials(&account);
    person["first_name"] = json!("Demo");
    person["time_zone"] = json!(zone);
    api.expect(Method::POST, "/api/users", Some(person)).await?;
    let answer = api
        .expect(Method::POST, "/api/auth/login", Some(credentials(&account)))
        .await?;
    api.token = answer["access_token"].as_str().map(str::to_owned);
    std::fs::write(path, serde_json::to_vec_pretty(&account)?)?;
    Ok(account)
}

fn credentials(account: &Account) -> Value {
    json!({ "email": account.email, "password": account.password })
}

/// Announces the sample, puts it where the answer says, and waits for the end of the chain.
async fn upload(api: &Api) -> Result<Value> {
    let announced = json!({ "filename": SAMPLE_NAME, "file_size_bytes": SAMPLE.len(), "mime_type": "application/pdf" });
    let session = api
        .expect(Method::POST, "/api/uploads", Some(announced))
        .await?;
    let url = session["url"]
        .as_str()
        .context("the answer to an upload holds no URL")?;
    let mut put = api.client.put(url).body(SAMPLE);
    for (name, value) in session["headers"].as_object().into_iter().flatten() {
        put = put.header(name, value.as_str().unwrap_or_default());
    }
    let stored = put.send().await?;
    if !stored.status().is_success() {
        bail!("object storage refused the sample: {}", stored.status());
    }
    let id = session["upload_id"]
        .as_i64()
        .context("the answer to an upload holds no id")?;
    let upload = api
        .expect(Method::GET, &format!("/api/uploads/{id}?wait=25"), None)
        .await?;
    if upload["processing_status"] != "completed" {
        bail!("the sample was not read: {upload}");
    }
    Ok(upload)
}
