//! Where a provider is, and whether it may be called.

use crate::addresses::is_public;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, SocketAddr};

/// A provider's base URL that has passed the rules.
#[derive(Clone)]
pub(crate) struct Endpoint {
    base: Url,
    key: Option<String>,
    /// Names are looked up without regard to where they lead.
    pub(crate) any_host: bool,
}

impl Endpoint {
    /// Checks a configured base URL such as `https://api.openai.com/v1`.
    ///
    /// It must be `https`; `http` only to this machine. With `allow_private`, which the operator sets for
    /// a provider in a network of their own, private addresses and `http` to them are permitted too.
    pub(crate) fn new(
        base: &str,
        key: Option<&str>,
        allow_private: bool,
    ) -> Result<Self, &'static str> {
        let mut base = Url::parse(base).map_err(|_| "expected an absolute URL")?;
        if !base.username().is_empty() || base.password().is_some() {
            return Err("the URL must not carry a user name or password");
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err("the URL must end with its path");
        }
        let host = base.host_str().ok_or("the URL names no host")?;
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let local = literal.map_or(host == "localhost", |ip| ip.is_loopback());
        let private = literal.is_some_and(|ip| !is_public(ip));
        match base.scheme() {
            "https" | "http" if local => {}
            _ if private && !allow_private => {
                return Err(
                    "the host is a private address; set AI_ALLOW_PRIVATE_HOSTS=true if it is meant",
                );
            }
            "https" => {}
            "http" if allow_private => {}
            "http" => return Err("http is for this machine only; use https"),
            _ => return Err("expected https"),
        }
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        Ok(Self {
            base,
            key: key.map(str::to_owned),
            any_host: local || allow_private,
        })
    }

    /// The URL of a path below the base, such as `chat/completions`.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!(
            "{}/{path}",
            self.base.path().trim_end_matches('/')
        ));
        url
    }

    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("host", &self.base.host_str())
            .finish_non_exhaustive()
    }
}

/// Looks names up and drops private addresses, at every connection: a name may change where it leads.
#[derive(Debug)]
pub(crate) struct PublicOnly;

/// A name led to private addresses only.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub(crate) struct NotPublic;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found
                .iter()
                .copied()
                .filter(|address| is_public(address.ip()))
                .collect();
            if public.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permitted(url: &str, allow_private: bool) -> bool {
        Endpoint::new(url, None, allow_private).is_ok()
    }

    #[test]
    fn only_https_and_this_machine_are_called_unless_the_operator_says_so() {
        for url in [
            "https://api.openai.com/v1",
            "http://127.0.0.1:11434/v1",
            "http://[::1]:8080",
            "http://localhost:11434/v1/",
        ] {
            assert!(permitted(url, false), "{url}");
        }
        for url in [
            "http://api.openai.com/v1",
            "https://10.0.0.5/v1",
            "http://192.168.1.5:8000/v1",
            "https://169.254.169.254/v1",
            "https://[fd00::1]/v1",
        ] {
            assert!(!permitted(url, false), "{url}");
        }
        for url in [
            "http://192.168.1.5:8000/v1",
            "https://10.0.0.5",
            "http://gpu.lan/v1",
        ] {
            assert!(permitted(url, true), "{url}");
        }
        for url in [
            "",
            "api.openai.com",
            "ftp://a.example",
            "file:///etc/passwd",
            "https://user:pw@a.example/v1",
            "https://a.example/v1?key=1",
        ] {
            assert!(!permitted(url, true), "{url}");
        }
    }

    #[test]
    fn paths_are_appended_to_the_base() {
        let endpoint = Endpoint::new("https://a.example/v1/", None, false).unwrap();
        assert_eq!(
            endpoint.url("chat/completions").as_str(),
            "https://a.example/v1/chat/completions"
        );
        let bare = Endpoint::new("http://localhost:1", None, false).unwrap();
        assert_eq!(bare.url("models").as_str(), "http://localhost:1/models");
    }

    #[test]
    fn the_key_does_not_show() {
        let endpoint = Endpoint::new("https://a.example/v1", Some("hunter2"), false).unwrap();
        assert!(!format!("{endpoint:?}").contains("hunter2"));
    }
}
