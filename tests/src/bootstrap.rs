//! Built functions as Lambda runs them: a process that asks a Runtime API for its next event.

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

/// How long a function may take to ask for its first event, and to answer one.
const PATIENCE: Duration = Duration::from_secs(30);

/// What X-Ray calls every invocation here.
const TRACE: &str = "1-5759e988-bd862e3fe1be46a994272793";

type Answer = Result<Value, String>;
/// An event on its way, with where the answer goes.
type Sent = (Value, oneshot::Sender<Answer>);

/// A running bootstrap. Ends when it is dropped.
#[derive(Debug)]
pub struct Bootstrap {
    /// From the start of the process until it asked for its first event.
    pub started_after: Duration,
    process: Child,
    events: mpsc::UnboundedSender<Sent>,
    api: JoinHandle<()>,
    log: NamedTempFile,
}

/// The Runtime API: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>.
#[derive(Clone)]
struct Api {
    waiting: Arc<Mutex<mpsc::UnboundedReceiver<Sent>>>,
    running: Arc<Mutex<HashMap<String, oneshot::Sender<Answer>>>>,
    first: Arc<Mutex<Option<oneshot::Sender<Instant>>>>,
}

impl Bootstrap {
    /// Starts a built function and waits until it asks for its first event.
    pub async fn start(program: &FilePath, environment: &BTreeMap<String, String>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (events, waiting) = mpsc::unbounded_channel();
        let (first, asked) = oneshot::channel();
        let state = Api {
            waiting: Arc::new(Mutex::new(waiting)),
            running: Arc::default(),
            first: Arc::new(Mutex::new(Some(first))),
        };
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(response),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .with_state(state);
        let api = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        let log = NamedTempFile::new()?;
        let begun = Instant::now();
        let process = Command::new(program)
            .env_clear()
            .envs(environment)
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "measured")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "none")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "none")
            .stdout(log.reopen()?)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let asked = tokio::time::timeout(PATIENCE, asked)
            .await
            .with_context(|| format!("{} asks for no event", program.display()))??;
        Ok(Self {
            started_after: asked - begun,
            process,
            events,
            api,
            log,
        })
    }

    /// Hands the function an event. Its error is the text that it reported.
    pub async fn invoke(&self, event: Value) -> Result<Value> {
        let (answer, answered) = oneshot::channel();
        self.events.send((event, answer))?;
        let answer = tokio::time::timeout(PATIENCE, answered)
            .await
            .context("no answer in time")??;
        answer.map_err(anyhow::Error::msg)
    }

    /// Hands the function an HTTP request and returns the status and the body.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> Result<(u64, Value)> {
        let answer = self.invoke(http_event(method, path, token, body)).await?;
        let text = answer["body"].as_str().unwrap_or_default();
        let status = answer["statusCode"].as_u64().context("no status")?;
        Ok((status, serde_json::from_str(text).unwrap_or_default()))
    }

    /// What the function has written to standard output: its log and its metrics, line by line.
    pub fn log(&self) -> Result<Vec<Value>> {
        let text = std::fs::read_to_string(self.log.path())?;
        let lines = text.lines().map(serde_json::from_str);
        lines
            .collect::<Result<_, _>>()
            .context("a line that is not JSON")
    }

    /// Resident memory of the process in KiB, where the system tells.
    pub fn resident_kib(&self) -> Option<u64> {
        let path = format!("/proc/{}/status", self.process.id()?);
        let status = std::fs::read_to_string(path).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }

    /// Ends the process and waits until it is gone.
    pub async fn stop(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

impl Drop for Bootstrap {
    fn drop(&mut self) {
        self.api.abort();
    }
}

async fn next(State(api): State<Api>) -> Response {
    if let Some(first) = api.first.lock().await.take() {
        let _ = first.send(Instant::now());
    }
    let Some((event, answer)) = api.waiting.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let mut running = api.running.lock().await;
    let id = format!("invocation-{}", running.len());
    running.insert(id.clone(), answer);
    let deadline = std::time::SystemTime::now() + PATIENCE;
    let deadline = deadline
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        (
            "lambda-runtime-deadline-ms",
            deadline.as_millis().to_string(),
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:123456789012:function:measured".to_owned(),
        ),
        (
            "lambda-runtime-trace-id",
            format!("Root={TRACE};Parent=53995c3f42cd8ad8;Sampled=1"),
        ),
    ];
    (headers, axum::Json(event)).into_response()
}

async fn response(State(api): State<Api>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    let answer = serde_json::from_slice(&body).map_err(|error| error.to_string());
    settle(&api, &id, answer).await
}

async fn error(State(api): State<Api>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    let text = String::from_utf8_lossy(&body).into_owned();
    settle(&api, &id, Err(text)).await
}

async fn settle(api: &Api, id: &str, answer: Answer) -> StatusCode {
    // The place is kept, so that the next invocation gets a number of its own.
    let (nobody, _) = oneshot::channel();
    let waiting = api.running.lock().await.insert(id.to_owned(), nobody);
    match waiting.map(|waiting| waiting.send(answer)) {
        Some(Ok(())) => StatusCode::ACCEPTED,
        _ => StatusCode::NOT_FOUND,
    }
}

/// A request as API Gateway hands it to a function (HTTP API, payload 2.0).
fn http_event(method: &str, path: &str, token: &str, body: Option<Value>) -> Value {
    let (raw_path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut headers = json!({ "content-type": "application/json", "host": "localhost",
        "x-request-id": "from-the-gateway" });
    if !token.is_empty() {
        headers["authorization"] = json!(format!("Bearer {token}"));
    }
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "http": { "method": method, "path": raw_path, "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1", "userAgent": "test" },
            "requestId": "request",
            "routeKey": "$default",
            "stage": "$default",
            "time": "02/Mar/2026:09:00:00 +0000",
            "timeEpoch": 1_772_442_000_000_i64,
        },
        "body": body.map(|body| body.to_string()),
        "isBase64Encoded": false,
    })
}

/// Builds parts of the workspace into the target folder of this program, and returns where they are:
/// in the profile that the arguments of `cargo build` name.
pub async fn build(arguments: &[&str]) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--locked"])
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status()
        .await?;
    if !status.success() {
        bail!("cargo build {} failed", arguments.join(" "));
    }
    // This program is at target/<profile>/deps/<name>.
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(3).context("no target folder")?;
    let released = arguments.contains(&"--release");
    Ok(target.join(if released { "release" } else { "debug" }))
}
