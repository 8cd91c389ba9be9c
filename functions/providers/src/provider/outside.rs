//! The one client that speaks to other providers: encrypted, no redirects, nothing large, nothing
//! slow.

use openidconnect::url::{Host, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use sentry_runtime::tls;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);
/// More than any token, key list or description needs.
const LARGEST: usize = 512 * 1024;

/// Speaks to one provider.
#[derive(Debug, Clone)]
pub(crate) struct Outside {
    /// The issuer runs on this machine, without encryption: for development and tests.
    loopback: bool,
    client: Arc<OnceLock<reqwest::Client>>,
}

/// Why a provider could not be asked. Nothing of an answer is repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutsideError {
    #[error("the address {0} is not one we speak to")]
    Forbidden(String),
    #[error("the answer is larger than {LARGEST} bytes")]
    TooLarge,
    #[error("{0}")]
    Failed(String),
}

impl Outside {
    /// For an issuer, which must be encrypted unless it runs on this machine.
    pub fn new(issuer: &Url) -> Result<Self, &'static str> {
        let loopback = issuer.scheme() == "http" && is_loopback(issuer);
        if issuer.scheme() != "https" && !loopback {
            return Err("must begin with https://");
        }
        Ok(Self {
            loopback,
            client: Arc::default(),
        })
    }

    /// A provider's description may name any address; this machine's network is none of its
    /// business.
    fn check(&self, url: &Url) -> Result<(), OutsideError> {
        let encrypted = url.scheme() == "https" && !is_loopback(url);
        let here = self.loopback && url.scheme() == "http" && is_loopback(url);
        if (encrypted || here) && url.username().is_empty() && url.password().is_none() {
            return Ok(());
        }
        Err(OutsideError::Forbidden(
            url.host_str().unwrap_or_default().to_owned(),
        ))
    }

    fn client(&self) -> Result<reqwest::Client, OutsideError> {
        if let Some(client) = self.client.get() {
            return Ok(client.clone());
        }
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(
                tls::client().map_err(|error| OutsideError::Failed(error.to_string()))?,
            )
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(PATIENCE)
            .timeout(PATIENCE)
            .build()
            .map_err(failed)?;
        Ok(self.client.get_or_init(|| client).clone())
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, OutsideError> {
        let url = request.uri().to_string();
        let url = Url::parse(&url).map_err(|_| OutsideError::Forbidden(String::new()))?;
        self.check(&url)?;
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let mut answer = self.client()?.execute(request).await.map_err(failed)?;
        let mut response = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(OutsideError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        response
            .body(body)
            .map_err(|error| OutsideError::Failed(error.to_string()))
    }
}

impl<'c> AsyncHttpClient<'c> for Outside {
    type Error = OutsideError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, OutsideError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
        }
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => true,
    }
}

/// Without the address, which may carry a code.
fn failed(error: reqwest::Error) -> OutsideError {
    OutsideError::Failed(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_provider_names_is_not_always_spoken_to() {
        let url = |text: &str| Url::parse(text).unwrap();
        let public = Outside::new(&url("https://login.example.org")).unwrap();
        assert!(public.check(&url("https://keys.example.net/jwks")).is_ok());
        for bad in [
            "http://login.example.org/token",
            "https://localhost/token",
            "https://127.0.0.1/token",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://user:word@example.org/",
            "ftp://example.org/",
        ] {
            assert!(public.check(&url(bad)).is_err(), "{bad}");
        }
        let here = Outside::new(&url("http://127.0.0.1:3000")).unwrap();
        assert!(here.check(&url("http://127.0.0.1:3000/token")).is_ok());
        assert!(here.check(&url("http://login.example.org/token")).is_err());
        assert!(Outside::new(&url("http://login.example.org")).is_err());
    }
}
