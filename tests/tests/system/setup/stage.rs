//! What stands around setup in its tests: Secrets Manager, CloudFormation, a database.

use awsim_core::gateway::{AppState, handle_request};
use awsim_secretsmanager::SecretsManagerService;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use sentry_db::Db;
use sentry_runtime::{Settings, aws};
use sentry_tests::{TestApp, serve};
use serde_json::{Value, json};
use setup::Setup;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, mpsc};

/// Logins belong to the whole server, which the tests of this file may share: one at a time.
static SERVER: Mutex<()> = Mutex::const_new(());

/// No other test changes logins while this is held.
pub struct Alone {
    _server: MutexGuard<'static, ()>,
}

impl Alone {
    pub async fn wait() -> Self {
        Self {
            _server: SERVER.lock().await,
        }
    }
}

/// Secrets Manager, and where CloudFormation waits for answers.
pub struct Surroundings {
    secrets: aws_sdk_secretsmanager::Client,
    endpoint: String,
    address: String,
    answers: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
}

impl Surroundings {
    pub async fn start() -> Self {
        sentry_local::choose_tls();
        let mut state = AppState::new("us-east-1".to_owned(), "000000000000".to_owned());
        state.register(Arc::new(SecretsManagerService::new()), Vec::new());
        let endpoint = serve(Router::new().fallback(handle_request).with_state(state)).await;
        let (sender, answers) = mpsc::unbounded_channel();
        let take = move |headers: HeaderMap, body: String| async move {
            let answer = serde_json::from_str(&body).unwrap();
            sender.send((headers, answer)).unwrap();
            StatusCode::OK
        };
        let address = serve(Router::new().route("/answer", put(take))).await;
        let config = aws::sdk_config(&settings(&endpoint, "")).unwrap();
        let secrets = aws_sdk_secretsmanager::Client::new(&config);
        let empty = secrets.create_secret().name("keys").secret_string("{}");
        empty.send().await.unwrap();
        Self {
            secrets,
            endpoint,
            address,
            answers,
        }
    }

    pub fn setup(&self, database_url: &str) -> Setup {
        let setup = Setup::from_settings(&settings(&self.endpoint, database_url)).unwrap();
        setup.with_patience(Duration::from_secs(2))
    }

    /// What setup finds in its environment when it runs as a process of its own.
    pub fn environment(&self, database_url: &str) -> BTreeMap<String, String> {
        let url = unencrypted(database_url.to_owned());
        let given = given(&self.endpoint, &url).into_iter();
        given
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// Hands over an event and returns what CloudFormation hears.
    pub async fn ask(&mut self, setup: &Setup, kind: &str, properties: Value) -> Value {
        let event = self.event(kind, &properties);
        setup.handle(event).await.unwrap();
        self.heard()
    }

    /// An event of CloudFormation, which waits for its answer here.
    pub fn event(&self, kind: &str, properties: &Value) -> Value {
        json!({
            "RequestType": kind,
            "ResponseURL": format!("{}/answer?signed=yes", self.address),
            "StackId": "arn:aws:cloudformation:us-east-1:1:stack/sentry/1",
            "RequestId": "of this one",
            "ResourceType": "AWS::CloudFormation::CustomResource",
            "LogicalResourceId": "Setup",
            "PhysicalResourceId": (kind != "Create").then_some("sentry-setup"),
            "ResourceProperties": properties,
            "OldResourceProperties": { "KeyGeneration": "9" },
        })
    }

    /// What CloudFormation has heard, once.
    pub fn heard(&mut self) -> Value {
        let (headers, answer) = self.answers.try_recv().unwrap();
        assert!(self.answers.try_recv().is_err(), "answered twice");
        // The address is signed without one.
        assert!(headers.get("content-type").is_none());
        assert_eq!(
            answer["StackId"],
            "arn:aws:cloudformation:us-east-1:1:stack/sentry/1"
        );
        assert_eq!(answer["RequestId"], "of this one");
        assert_eq!(answer["LogicalResourceId"], "Setup");
        assert_eq!(answer["PhysicalResourceId"], "sentry-setup");
        assert_eq!(answer["NoEcho"], false);
        assert!(!answer["Reason"].as_str().unwrap().is_empty());
        answer
    }

    /// The text of the secret and its version.
    pub async fn kept(&self) -> (Value, String) {
        let answer = self
            .secrets
            .get_secret_value()
            .secret_id("keys")
            .send()
            .await
            .unwrap();
        let text = answer.secret_string().unwrap();
        let value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
        (value, answer.version_id().unwrap().to_owned())
    }

    pub async fn keep(&self, text: &str) {
        let put = self
            .secrets
            .put_secret_value()
            .secret_id("keys")
            .secret_string(text);
        put.send().await.unwrap();
    }
}

fn settings(endpoint: &str, database_url: &str) -> Settings {
    let given = BTreeMap::from(given(endpoint, database_url));
    Settings::from_lookup(|name| given.get(name).map(|value| (*value).to_owned()))
}

fn given<'a>(endpoint: &'a str, database_url: &'a str) -> [(&'static str, &'a str); 6] {
    [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("KEYS_SECRET", "keys"),
        ("DATABASE_URL", database_url),
    ]
}

pub fn generation(number: u64) -> Value {
    // Every property arrives as text.
    json!({ "ServiceToken": "arn", "KeyGeneration": number.to_string() })
}

/// Everything around setup with a database that no other test's logins disturb.
pub struct Stage {
    pub around: Surroundings,
    pub setup: Setup,
    url: String,
    // Kept for its database.
    _app: TestApp,
    _alone: Alone,
}

impl Stage {
    pub async fn start() -> Self {
        let alone = Alone::wait().await;
        let app = TestApp::start().await;
        let url = unencrypted(app.database_url());
        // The embedded database lets in one after the other.
        app.db.close().await;
        let around = Surroundings::start().await;
        Self {
            setup: around.setup(&url),
            around,
            url,
            _app: app,
            _alone: alone,
        }
    }

    pub async fn create(&mut self, kind: &str, number: u64) -> Value {
        let answer = self.around.ask(&self.setup, kind, generation(number)).await;
        assert_eq!(answer["Status"], "SUCCESS", "{answer}");
        answer["Data"].clone()
    }

    /// Runs statements as the owner and returns the text of the last one's rows.
    pub async fn owner(&self, statement: &str) -> Vec<String> {
        query(&self.url, statement).await.unwrap()
    }
}

/// The servers of tests have no certificate, and setup would ask for one.
fn unencrypted(url: String) -> String {
    match (url.contains("sslmode="), url.contains('?')) {
        (true, _) => url,
        (false, true) => format!("{url}&sslmode=disable"),
        (false, false) => format!("{url}?sslmode=disable"),
    }
}

/// The first column of a statement's rows, as text, over a connection of its own.
pub async fn query(url: &str, statement: &str) -> Result<Vec<String>, String> {
    let db = Db::lazy(url, 1).unwrap();
    let rows = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .fetch_all(db.raw_pool())
        .await
        .map(|rows| rows.iter().map(|row| row.get::<String, _>(0)).collect())
        .map_err(|error| error.to_string());
    db.close().await;
    rows
}
