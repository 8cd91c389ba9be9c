//! Where a request comes from.

use crate::Guard;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use lambda_http::request::RequestContext;
use sentry_db::sessions::Origin;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// What is shown of a client's own name in the list of sessions.
const LONGEST_DEVICE: usize = 300;

/// Where a request comes from, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// What the client calls itself.
    pub device: Option<String>,
    /// Its network address.
    pub ip: Option<String>,
}

impl Client {
    /// For the database.
    pub fn origin(&self) -> Origin<'_> {
        Origin {
            device: self.device.as_deref(),
            ip: self.ip.as_deref(),
        }
    }

    /// Whom a limit by network address counts: with IPv6 one customer has a whole /64.
    pub fn network(&self) -> String {
        match self.ip.as_deref().and_then(|ip| ip.parse().ok()) {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(ip)) => ip.to_string(),
            Some(IpAddr::V6(ip)) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client
where
    Guard: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let device = parts.headers.get(USER_AGENT).map(|value| {
            let text = String::from_utf8_lossy(value.as_bytes());
            text.chars()
                .filter(|c| !c.is_control())
                .take(LONGEST_DEVICE)
                .collect()
        });
        let ip =
            forwarded(parts, Guard::from_ref(state).gate.trusted_proxies()).or_else(|| peer(parts));
        Ok(Self {
            device,
            ip: ip.map(|ip| ip.to_canonical().to_string()),
        })
    }
}

/// The other end of the connection: as API Gateway saw it, or as the socket tells.
fn peer(parts: &Parts) -> Option<IpAddr> {
    match parts.extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            context.http.source_ip.as_deref()?.parse().ok()
        }
        _ => parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0.ip()),
    }
}

/// What the outermost of our own proxies saw. Each appends the address it was called from, and
/// whatever stands further left was written by the client itself.
fn forwarded(parts: &Parts, trusted_proxies: usize) -> Option<IpAddr> {
    let headers = parts.headers.get_all("x-forwarded-for").iter();
    let addresses: Vec<&str> = headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let place = addresses.len().checked_sub(trusted_proxies.max(1))?;
    (trusted_proxies > 0).then(|| addresses[place].trim().parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn parts(forwarded: &[&str]) -> Parts {
        let request = forwarded.iter().fold(Request::builder(), |request, value| {
            request.header("x-forwarded-for", *value)
        });
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn nobody_chooses_their_own_address() {
        let sent = parts(&["6.6.6.6, 203.0.113.9", "198.51.100.2"]);
        assert_eq!(forwarded(&sent, 0), None);
        assert_eq!(forwarded(&sent, 1), "198.51.100.2".parse().ok());
        assert_eq!(forwarded(&sent, 2), "203.0.113.9".parse().ok());
        // A request that did not pass the proxies has fewer entries than there are proxies.
        assert_eq!(forwarded(&sent, 4), None);
        assert_eq!(forwarded(&parts(&[]), 1), None);
        assert_eq!(forwarded(&parts(&["<script>"]), 1), None);
    }

    #[test]
    fn one_customer_is_one_network() {
        let network = |ip: &str| {
            Client {
                ip: Some(ip.to_owned()),
                device: None,
            }
            .network()
        };
        assert_eq!(
            network("2001:db8:1:2:3:4:5:6"),
            network("2001:db8:1:2:ffff::1")
        );
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
        assert_eq!(Client::default().network(), "unknown");
    }
}
