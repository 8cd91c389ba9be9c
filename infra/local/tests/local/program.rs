//! The real program, and a client that does not give up.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up. What fails four times waits five minutes for the last time.
pub(crate) const PATIENCE: Duration = Duration::from_mins(8);

/// `sentry-local` with its data in a folder.
pub(crate) struct Program {
    child: Child,
}

impl Program {
    pub(crate) fn start(data: &Path, port: u16) -> Self {
        Self::start_with(data, port, &[])
    }

    /// With more in its environment.
    pub(crate) fn start_with(data: &Path, port: u16, environment: &[(&str, &str)]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_sentry-local"))
            .args(["--no-demo", "--aws-port", "0", "--port", &port.to_string()])
            .arg("--data-dir")
            .arg(data)
            .env_remove("DATABASE_URL")
            .env_remove("AWS_ENDPOINT_URL")
            .envs(environment.iter().copied())
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
pub(crate) struct Patient {
    pub(crate) client: Client,
    pub(crate) base: String,
    pub(crate) token: String,
}

impl Patient {
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: &str,
    ) -> Value {
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

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None, "").await
    }
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

pub(crate) async fn signed_up(base: String) -> Patient {
    sentry_local::choose_tls();
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
