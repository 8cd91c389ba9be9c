//! One model behind one endpoint: sending, waiting, trying again.

use crate::chat::Dialect;
use crate::endpoint::{Endpoint, NotPublic, PublicOnly};
use crate::error::AiError;
use crate::retry;
use crate::settings::Patience;
use bytes::{Bytes, BytesMut};
use chrono::Utc;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use sentry_runtime::Ids;
use serde::Deserialize;
use serde_json::Value;
use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// No answer to anything we ask is longer than this.
const MOST_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// A model of a provider. Cheap to clone; connections are made at the first call.
#[derive(Clone)]
pub struct Model {
    endpoint: Endpoint,
    name: String,
    patience: Patience,
    ids: Ids,
    http: Arc<OnceLock<Client>>,
    /// What this provider has turned out not to understand.
    pub(crate) dialect: Arc<Dialect>,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("name", &self.name)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Fields of requests that not every server knows: a complaint about one does not pass by waiting.
const FIELDS: [&str; 5] = [
    "response_format",
    "json_schema",
    "max_tokens",
    "temperature",
    "timestamp_granularities",
];

/// An answer that is no success, as far as we understand it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) code: String,
    /// The field of the request it is about.
    pub(crate) param: String,
    /// Only to be searched for the names of fields; never kept or shown.
    message: String,
}

impl Problem {
    /// Whether the provider complains about a field of the request.
    pub(crate) fn is_about(&self, field: &str) -> bool {
        // Some servers answer 500 to a request that their own check of fields turned down.
        matches!(self.status, 400 | 404 | 415 | 422 | 500 | 501)
            && (self.param.contains(field) || self.message.contains(field))
    }

    fn error(&self) -> AiError {
        match self.status {
            401 | 403 => AiError::Unauthorized,
            402 => AiError::QuotaSpent,
            429 if self.code == "insufficient_quota" => AiError::QuotaSpent,
            429 => AiError::RateLimited,
            408 | 504 => AiError::TimedOut,
            409 | 425 | 500.. if !FIELDS.iter().any(|field| self.is_about(field)) => {
                AiError::Unavailable
            }
            status => AiError::Rejected {
                status,
                code: self.code.clone(),
            },
        }
    }
}

/// What came of a call.
pub(crate) enum Outcome {
    Answer(Bytes),
    Problem(Problem, AiError),
}

impl Model {
    pub(crate) fn new(endpoint: Endpoint, name: &str, patience: Patience, ids: Ids) -> Self {
        Self {
            endpoint,
            name: name.to_owned(),
            patience,
            ids,
            http: Arc::default(),
            dialect: Arc::default(),
        }
    }

    /// Its name with the provider.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self.http = Arc::default();
        self
    }

    pub(crate) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// Sends what `build` makes until there is an answer, a problem that will not pass, or no patience left.
    pub(crate) async fn send(
        &self,
        path: &'static str,
        deadline: Instant,
        build: impl Fn(&Client, Url) -> Result<RequestBuilder, AiError>,
    ) -> Result<Outcome, AiError> {
        let started = Instant::now();
        let mut attempt = 1;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(AiError::TimedOut);
            }
            let request = build(self.http()?, self.endpoint.url(path))?;
            let request = match self.endpoint.key() {
                Some(key) => request.bearer_auth(key),
                None => request,
            };
            let sent = self.once(request, left.min(self.patience.attempt)).await;
            let (error, asked, problem) = match sent {
                Ok(bytes) => {
                    tracing::info!(
                        ai.model = %self.name,
                        ai.path = path,
                        attempt,
                        duration_ms = started.elapsed().as_secs_f64() * 1e3,
                        "a provider answered"
                    );
                    return Ok(Outcome::Answer(bytes));
                }
                Err(failed) => failed,
            };
            let next = (error.may_pass() && attempt < self.patience.attempts)
                .then(|| retry::wait(&self.patience, attempt, asked, self.ids.bytes::<1>()[0]))
                .flatten()
                .filter(|wait| Instant::now() + *wait < deadline);
            let Some(wait) = next else {
                tracing::warn!(ai.model = %self.name, ai.path = path, attempt, code = error.code(), "a provider failed");
                return Ok(Outcome::Problem(problem, error));
            };
            tracing::debug!(ai.model = %self.name, attempt, code = error.code(), "trying again");
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    /// One attempt. The failure comes with what the provider asks for and says.
    async fn once(
        &self,
        request: RequestBuilder,
        within: Duration,
    ) -> Result<Bytes, (AiError, Option<Duration>, Problem)> {
        let whole = async {
            let response = request.send().await.map_err(|error| failure(&error))?;
            let status = response.status();
            let headers = response.headers().clone();
            let body = body(response).await?;
            if status == StatusCode::OK {
                return Ok(body);
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "a date in a header of the provider counts from the real time"
            )]
            let asked = retry::asked(&headers, Utc::now());
            let problem = problem(status, &body);
            Err((problem.error(), asked, problem))
        };
        let Ok(outcome) = tokio::time::timeout(within, whole).await else {
            return Err((AiError::TimedOut, None, Problem::default()));
        };
        outcome
    }

    fn http(&self) -> Result<&Client, AiError> {
        if let Some(client) = self.http.get() {
            return Ok(client);
        }
        let client = client(&self.endpoint).ok_or(AiError::Unavailable)?;
        Ok(self.http.get_or_init(|| client))
    }
}

/// Follows no redirects and no proxies: both could lead elsewhere, with the key.
fn client(endpoint: &Endpoint) -> Option<Client> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let builder = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(5))
        .pool_idle_timeout(Duration::from_secs(30))
        .user_agent("sentry-ai")
        .tls_backend_preconfigured(tls);
    let builder = if endpoint.any_host {
        builder
    } else {
        builder.dns_resolver(Arc::new(PublicOnly))
    };
    builder.build().ok()
}

fn failure(error: &reqwest::Error) -> (AiError, Option<Duration>, Problem) {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    let mut private = false;
    while let Some(current) = cause {
        private |= current.is::<NotPublic>();
        cause = current.source();
    }
    let kind = if private {
        AiError::PrivateHost
    } else if error.is_timeout() {
        AiError::TimedOut
    } else {
        AiError::Unavailable
    };
    (kind, None, Problem::default())
}

async fn body(mut response: Response) -> Result<Bytes, (AiError, Option<Duration>, Problem)> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
        if bytes.len() + chunk.len() > MOST_ANSWER_BYTES {
            let error = AiError::InvalidAnswer("it is too long");
            return Err((error, None, Problem::default()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Reads `{"error": {"code", "type", "param", "message"}}`, or the plain string some servers put there.
fn problem(status: StatusCode, body: &[u8]) -> Problem {
    #[derive(Deserialize)]
    struct Wrapped {
        error: Value,
    }
    let error = serde_json::from_slice::<Wrapped>(body)
        .map(|it| it.error)
        .unwrap_or_default();
    let text = |name: &str| match &error[name] {
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    let word = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_');
        kept.take(40).collect()
    };
    let code = [text("code"), text("type")]
        .into_iter()
        .find(|code| !code.is_empty());
    Problem {
        status: status.as_u16(),
        code: word(&code.unwrap_or_else(|| "unknown".to_owned())),
        param: text("param"),
        message: match &error {
            Value::String(text) => text.clone(),
            _ => text("message"),
        },
    }
}
