//! OIDC with one provider: where to send a browser, and whom it brings back.

use super::apple;
use super::failure::{OpenIdError, discovery_failed, exchange_failed, reason};
use super::outside::Outside;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    TokenUrl,
};
use sentry_auth::Secret;
use std::sync::{Arc, Mutex, PoisonError};

/// For how long a provider's description and keys are taken as they were.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// How the deployment proves itself to a provider.
pub(crate) enum Way {
    /// With a secret, or none for a public client.
    Plain(Option<Secret>),
    /// With a signed token.
    Apple(Box<apple::Key>),
}

/// A provider.
pub(crate) struct Provider {
    /// Its name in the database.
    pub stored: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    redirect: RedirectUrl,
    way: Way,
    token_url: Option<TokenUrl>,
    outside: Outside,
    described: Mutex<Option<(DateTime<Utc>, Arc<CoreProviderMetadata>)>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("stored", &self.stored)
            .field("issuer", &self.issuer.as_str())
            .finish_non_exhaustive()
    }
}

/// What binds a way out to its way back. All of it is derived, none of it stored.
pub(crate) struct Binding {
    /// Comes back in the address.
    pub state: String,
    /// Comes back inside the id token.
    pub nonce: String,
    /// Proves to the provider that the code is shown by whoever began.
    pub verifier: String,
}

/// Whom a provider vouches for.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    /// Who vouches.
    pub issuer: String,
    /// Who the person is there.
    pub subject: String,
    /// The address the provider knows.
    pub email: Option<String>,
    /// Whether the provider has proven it.
    pub email_verified: bool,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
}

impl Provider {
    pub fn new(
        (stored, redirect): (String, String),
        (issuer, client_id): (IssuerUrl, ClientId),
        way: Way,
        (token_url, outside): (Option<TokenUrl>, Outside),
    ) -> Result<Self, String> {
        Ok(Self {
            stored,
            issuer,
            client_id,
            redirect: RedirectUrl::new(redirect)
                .map_err(|_| "PUBLIC_URL is not a URL".to_owned())?,
            way,
            token_url,
            outside,
            described: Mutex::default(),
        })
    }

    /// Whether the answer comes as a form that another site posts, as Apple does.
    pub const fn posts_back(&self) -> bool {
        matches!(self.way, Way::Apple(_))
    }

    /// Whether this is the provider's own name, for answers that say who sends them.
    pub fn is_issuer(&self, issuer: &str) -> bool {
        issuer == self.issuer.as_str()
    }

    /// Where to send the browser.
    pub async fn way_out(
        &self,
        binding: &Binding,
        now: DateTime<Utc>,
    ) -> Result<String, OpenIdError> {
        let metadata = self.described(now).await?;
        let client =
            CoreClient::from_provider_metadata((*metadata).clone(), self.client_id.clone(), None)
                .set_redirect_uri(self.redirect.clone());
        let verifier = PkceCodeVerifier::new(binding.verifier.clone());
        let (state, nonce) = (binding.state.clone(), binding.nonce.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        request = if self.posts_back() {
            request
                .add_scope(Scope::new("name".to_owned()))
                .add_extra_param("response_mode", "form_post")
        } else {
            request.add_scope(Scope::new("profile".to_owned()))
        };
        Ok(request.url().0.to_string())
    }

    /// Exchanges the code and checks the id token: its signature by the provider's own keys, its
    /// issuer, its audience, its time and its nonce.
    pub async fn way_back(
        &self,
        code: String,
        binding: &Binding,
        now: DateTime<Utc>,
    ) -> Result<Arrived, OpenIdError> {
        let metadata = self.described(now).await?;
        let token_url = self
            .token_url
            .clone()
            .or_else(|| metadata.token_endpoint().cloned())
            .ok_or_else(|| OpenIdError::Refused("there is no token endpoint".to_owned()))?;
        let client = CoreClient::from_provider_metadata(
            (*metadata).clone(),
            self.client_id.clone(),
            self.secret(now)?.map(ClientSecret::new),
        )
        .set_redirect_uri(self.redirect.clone())
        .set_token_uri(token_url)
        .set_auth_type(auth_type(&metadata));
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(binding.verifier.clone()))
            .request_async(&self.outside)
            .await
            .map_err(exchange_failed)?;
        let token = tokens
            .id_token()
            .ok_or_else(|| OpenIdError::Refused("no id token came".to_owned()))?;
        // Not what the provider's description allows: signatures by its own private keys only.
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNATURES)
            .set_time_fn(move || now);
        let claims = token
            .claims(&verifier, &Nonce::new(binding.nonce.clone()))
            .map_err(|error| self.not_to_be_trusted(&error))?;
        Ok(arrived(claims))
    }

    fn secret(&self, now: DateTime<Utc>) -> Result<Option<String>, OpenIdError> {
        match &self.way {
            Way::Plain(secret) => Ok(secret.as_ref().map(|secret| secret.expose().clone())),
            Way::Apple(key) => key
                .client_secret(now)
                .map(|secret| Some(secret.expose().clone()))
                .ok_or_else(|| OpenIdError::Refused("the key does not sign".to_owned())),
        }
    }

    /// The provider's description and keys, asked for anew every ten minutes.
    async fn described(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Arc<CoreProviderMetadata>, OpenIdError> {
        if let Some((at, known)) = self
            .described
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            && now - *at < FRESH
        {
            return Ok(Arc::clone(known));
        }
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.outside).await;
        let metadata = Arc::new(asked.map_err(discovery_failed)?);
        let mut described = self
            .described
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *described = Some((now, Arc::clone(&metadata)));
        Ok(metadata)
    }

    /// The keys may have been replaced since they were asked for: the next attempt asks again.
    fn not_to_be_trusted(&self, error: &ClaimsVerificationError) -> OpenIdError {
        if matches!(error, ClaimsVerificationError::SignatureVerification(_)) {
            let mut described = self
                .described
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *described = None;
        }
        OpenIdError::Refused(format!("id token: {}", reason(error)))
    }
}

/// Signatures with a private key. No shared secret, and never none.
const SIGNATURES: [CoreJwsSigningAlgorithm; 7] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    let methods = metadata.token_endpoint_auth_methods_supported();
    match methods {
        Some(methods) if !methods.contains(&CoreClientAuthMethod::ClientSecretBasic) => {
            AuthType::RequestBody
        }
        _ => AuthType::BasicAuth,
    }
}

fn arrived(claims: &CoreIdTokenClaims) -> Arrived {
    let text = |value: Option<&str>| value.map(str::to_owned);
    Arrived {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        email: text(claims.email().map(|email| email.as_str())),
        email_verified: claims.email_verified().unwrap_or(false),
        first_name: text(
            claims
                .given_name()
                .and_then(|name| name.get(None))
                .map(|name| name.as_str()),
        ),
        last_name: text(
            claims
                .family_name()
                .and_then(|name| name.get(None))
                .map(|name| name.as_str()),
        ),
    }
}
