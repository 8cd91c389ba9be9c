//! Signing in through other providers: the way there and back, and who tries to slip in.

use super::client::{Client, PASSWORD, tokens_of};
use super::cookies::cookies;
use super::issuer::{Issuer, Token};
use super::second_factor::with_totp;
use chrono::Duration;
use futures_util::future::join_all;
use http::header::COOKIE;
use sentry_tests::{Answer, TestApp};
use serde_json::{Value, json};

/// The system with two providers, `works` and `other`, at hostile issuers of the test's.
pub(super) async fn with_issuers() -> (TestApp, Issuer, Issuer) {
    let (works, other) = (Issuer::start().await, Issuer::start().await);
    let providers = json!([
        {"name": "works", "issuer": works.url, "client_id": "sentry", "client_secret": "between us"},
        {"name": "other", "issuer": other.url, "client_id": "sentry", "client_secret": "between us"},
    ]);
    let app = TestApp::start_with(&[
        ("OAUTH_PROVIDERS", providers.to_string()),
        ("CORS_ORIGINS", "https://app.example.org".to_owned()),
    ])
    .await;
    (app, works, other)
}

/// A browser on its way: the cookie it got and what the provider was told.
pub(super) struct Trip {
    pub(super) cookie: String,
    pub(super) query: Vec<(String, String)>,
}

impl Trip {
    pub(super) async fn begin(client: &Client, path: &str) -> Self {
        let answer = client.call("GET", path, "", None).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        Self::of(&answer, answer.header("location"))
    }

    pub(super) fn of(answer: &Answer, target: &str) -> Self {
        let (name, value, attributes) = cookies(answer).remove(0);
        for part in [
            "HttpOnly",
            "Secure",
            "SameSite=Lax",
            "Path=/",
            "Max-Age=600",
        ] {
            assert!(attributes.contains(part), "{attributes}");
        }
        let query = reqwest::Url::parse(target).unwrap();
        Self {
            cookie: format!("{name}={value}"),
            query: query.query_pairs().into_owned().collect(),
        }
    }

    pub(super) fn told(&self, name: &str) -> &str {
        let found = self.query.iter().find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("no {name}")).1
    }

    /// Back, as the provider would send the browser.
    pub(super) async fn back(&self, client: &Client, provider: &str) -> Answer {
        self.back_with(
            client,
            provider,
            &format!("code=good&state={}", self.told("state")),
        )
        .await
    }

    async fn back_with(&self, client: &Client, provider: &str, query: &str) -> Answer {
        let request = http::Request::get(format!("/api/auth/{provider}/callback?{query}"))
            .header(COOKIE, &self.cookie);
        client.send(request, Vec::new()).await
    }
}

#[tokio::test]
async fn a_provider_opens_an_account_of_its_own() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    let trip = Trip::begin(&client, "/api/auth/works").await;
    assert_eq!(
        trip.told("redirect_uri"),
        "http://localhost:8080/api/auth/works/callback"
    );
    assert_eq!(
        (
            trip.told("response_type"),
            trip.told("code_challenge_method")
        ),
        ("code", "S256")
    );
    works.expects(&trip.query);
    let answer = trip.back(&client, "works").await;
    let (access, refresh) = tokens_of(&answer);
    assert!(works.saw_the_right_verifier());
    let me = client.me(&access).await.expect(200);
    assert_eq!(
        (&me["email"], &me["email_verified"], &me["first_name"]),
        (&json!("oda@example.org"), &json!(true), &json!("Oda"))
    );
    tokens_of(&client.refresh(&refresh).await);
    // Again, it is the same account; without a password none opens it.
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let (again, _) = tokens_of(&trip.back(&client, "works").await);
    assert_eq!(client.me(&again).await.expect(200)["id"], me["id"]);
    assert_eq!(
        client.sign_in("oda@example.org", PASSWORD).await.status,
        401
    );
    let list = client
        .call("GET", "/api/auth/providers", &access, None)
        .await
        .expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    // The last way in stays.
    let unlink = client
        .call(
            "DELETE",
            "/api/auth/providers/works",
            &access,
            Some(json!({})),
        )
        .await;
    assert_eq!((unlink.status, unlink.code()), (409, "last_way_in"));
}

#[tokio::test]
async fn forged_tokens_open_nothing() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    for token in [
        Token::WrongNonce,
        Token::NoNonce,
        Token::WrongAudience,
        Token::OtherIssuer,
        Token::Expired,
        Token::Unsigned,
        Token::NoSignature,
        Token::OtherKey,
        Token::SharedSecret,
        Token::Changed,
        Token::Garbage,
        Token::None,
        Token::CodeRefused,
    ] {
        let trip = Trip::begin(&client, "/api/auth/works").await;
        works.expects(&trip.query);
        works.gives(token);
        let answer = trip.back(&client, "works").await;
        assert_eq!(
            (answer.status, answer.code()),
            (403, "provider_refused"),
            "{token:?}: {}",
            answer.text
        );
    }
    assert_eq!(app.sql("select count(*) as n from users").await[0]["n"], 0);
    assert_eq!(
        app.sql("select count(*) as n from sessions").await[0]["n"],
        0
    );
    // The provider is not banned for it.
    works.gives(Token::Good);
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    tokens_of(&trip.back(&client, "works").await);
}

#[tokio::test]
async fn the_way_back_belongs_to_the_browser_that_went_out() {
    let (app, works, other) = with_issuers().await;
    let client = Client::of(&app);
    let refused = |answer: &Answer| {
        assert_eq!(
            (answer.status, answer.code()),
            (403, "flow_refused"),
            "{}",
            answer.text
        );
    };
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    // Somebody else's state, none, or a guess.
    let thief = Trip::begin(&client, "/api/auth/works").await;
    refused(
        &trip
            .back_with(
                &client,
                "works",
                &format!("code=good&state={}", thief.told("state")),
            )
            .await,
    );
    refused(&trip.back_with(&client, "works", "code=good").await);
    refused(&trip.back_with(&client, "works", "code=good&state=x").await);
    // The right state in another browser, or in none.
    let lured = Trip {
        cookie: thief.cookie.clone(),
        query: trip.query.clone(),
    };
    refused(&lured.back(&client, "works").await);
    let bare = Trip {
        cookie: "a=b".to_owned(),
        query: trip.query.clone(),
    };
    refused(&bare.back(&client, "works").await);
    // The state of one provider at another: mixed up on purpose.
    other.expects(&trip.query);
    refused(&trip.back(&client, "other").await);
    assert!(!other.was_asked(), "no code goes to the wrong provider");
    // Of many at once one comes through, and never again.
    let answers = join_all((0..4).map(|_| trip.back(&client, "works"))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    refused(&trip.back(&client, "works").await);
    // Too late.
    let late = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&late.query);
    app.clock.advance(Duration::minutes(10));
    refused(&late.back(&client, "works").await);
    // Who sends the answer must be who was asked; and a person may say no.
    for query in [
        "code=good&iss=https%3A%2F%2Fevil.example",
        "error=access_denied",
        "",
    ] {
        let trip = Trip::begin(&client, "/api/auth/works").await;
        let answer = trip
            .back_with(
                &client,
                "works",
                &format!("{query}&state={}", trip.told("state")),
            )
            .await;
        assert_eq!(
            (answer.status, answer.code()),
            (403, "provider_refused"),
            "{query}"
        );
    }
    assert_eq!(
        client
            .call("GET", "/api/auth/nowhere", "", None)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn an_issuer_that_is_not_itself_is_not_asked() {
    let (app, works, other) = with_issuers().await;
    let client = Client::of(&app);
    works.pretends_to_be(&other.url);
    let answer = client.call("GET", "/api/auth/works", "", None).await;
    assert_eq!((answer.status, answer.code()), (403, "provider_refused"));
    works.pretends_to_be(&works.url);
    works.sends_codes_to("http://169.254.169.254/latest");
    let trip = Trip::begin(&client, "/api/auth/works").await;
    let answer = trip.back(&client, "works").await;
    assert_eq!((answer.status, answer.code()), (403, "provider_refused"));
}

#[tokio::test]
async fn an_address_alone_joins_nobody() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    let (access, _) = client.tokens("oda@example.org").await;
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let answer = trip.back(&client, "works").await;
    assert_eq!((answer.status, answer.code()), (409, "account_exists"));

    // Her own doing joins them: signed in, proven once more, in one browser.
    let link = async |proof: Value| {
        client
            .call("POST", "/api/auth/providers/works", &access, Some(proof))
            .await
    };
    assert_eq!(link(json!({})).await.code(), "password_required");
    assert_eq!(
        link(json!({"current_password": PASSWORD})).await.code(),
        "email_not_verified"
    );
    let token = app.letter("oda@example.org", "Confirm").await.token();
    client
        .call(
            "POST",
            "/api/auth/verify-email",
            "",
            Some(json!({"token": token})),
        )
        .await;
    let wrong = json!({"current_password": PASSWORD, "return_to": "https://evil.example/"});
    assert_eq!(link(wrong).await.status, 422);
    let begun = link(json!({"current_password": PASSWORD})).await;
    let trip = Trip::of(&begun, begun.body["authorization_url"].as_str().unwrap());
    works.expects(&trip.query);
    assert_eq!(trip.back(&client, "works").await.status, 204);
    app.letter("oda@example.org", "Another way in").await;
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let (through, _) = tokens_of(&trip.back(&client, "works").await);
    assert_eq!(
        client.me(&through).await.expect(200)["id"],
        client.me(&access).await.expect(200)["id"]
    );

    // An identity opens one account.
    let (bob, _) = client.tokens("bob@example.org").await;
    let token = app.letter("bob@example.org", "Confirm").await.token();
    client
        .call(
            "POST",
            "/api/auth/verify-email",
            "",
            Some(json!({"token": token})),
        )
        .await;
    let proof = Some(json!({"current_password": PASSWORD}));
    let begun = client
        .call("POST", "/api/auth/providers/works", &bob, proof)
        .await;
    let trip = Trip::of(&begun, begun.body["authorization_url"].as_str().unwrap());
    works.expects(&trip.query);
    let occupied = trip.back(&client, "works").await;
    assert_eq!((occupied.status, occupied.code()), (409, "identity_taken"));

    let proof = Some(json!({"current_password": PASSWORD}));
    let unlinked = client
        .call("DELETE", "/api/auth/providers/works", &access, proof)
        .await;
    assert_eq!(unlinked.status, 204, "{}", unlinked.text);
    app.letter("oda@example.org", "way in was removed").await;
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    assert_eq!(trip.back(&client, "works").await.code(), "account_exists");
}

#[tokio::test]
async fn the_same_subject_of_another_issuer_is_somebody_else() {
    let (app, works, other) = with_issuers().await;
    let client = Client::of(&app);
    let mut accounts = Vec::new();
    for (issuer, name, email) in [
        (&works, "works", "oda@example.org"),
        (&other, "other", "oda@example.net"),
    ] {
        issuer.knows_address(Some(email), true);
        let trip = Trip::begin(&client, &format!("/api/auth/{name}")).await;
        issuer.expects(&trip.query);
        accounts.push(trip.back(&client, name).await.expect(200)["user_id"].clone());
    }
    assert_ne!(accounts[0], accounts[1]);
    // The provider's name alone is not the issuer.
    app.execute(
        "update auth_providers set issuer = 'https://former.example' where provider = 'oidc:works'",
    )
    .await;
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    assert_eq!(trip.back(&client, "works").await.code(), "account_exists");
}

#[tokio::test]
async fn an_address_that_the_provider_did_not_prove_is_proven_here() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    works.knows_address(None, false);
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    assert_eq!(trip.back(&client, "works").await.code(), "email_missing");
    works.knows_address(Some("oda@example.org"), false);
    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let (access, _) = tokens_of(&trip.back(&client, "works").await);
    assert_eq!(
        client.me(&access).await.expect(200)["email_verified"],
        false
    );
    app.letter("oda@example.org", "Confirm your address").await;
}

#[tokio::test]
async fn a_page_gets_its_session_in_cookies() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    for evil in [
        "https://evil.example/",
        "//evil.example",
        "https://app.example.org.evil.example/",
        "javascript:alert(1)",
        "https://app.example.org@evil.example/",
    ] {
        let path = format!(
            "/api/auth/works?return_to={}",
            evil.replace(':', "%3A").replace('/', "%2F")
        );
        assert_eq!(
            client.call("GET", &path, "", None).await.status,
            422,
            "{evil}"
        );
    }
    let trip = Trip::begin(
        &client,
        "/api/auth/works?return_to=https%3A%2F%2Fapp.example.org%2Fhome",
    )
    .await;
    works.expects(&trip.query);
    let answer = trip.back(&client, "works").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "https://app.example.org/home")
    );
    let names: Vec<String> = cookies(&answer)
        .into_iter()
        .map(|(name, ..)| name)
        .collect();
    assert_eq!(
        names,
        [
            "__Secure-sentry_refresh",
            "__Host-sentry_csrf",
            "__Host-sentry_flow"
        ]
    );
    assert_eq!(answer.text, "");
}

#[tokio::test]
async fn a_provider_does_not_stand_in_for_the_second_factor() {
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    let (access, authenticator, _) = with_totp(&app, &client, "oda@example.org").await;
    let proof =
        Some(json!({"current_password": PASSWORD, "totp_code": authenticator.code(app.now())}));
    let begun = client
        .call("POST", "/api/auth/providers/works", &access, proof)
        .await;
    let trip = Trip::of(&begun, begun.body["authorization_url"].as_str().unwrap());
    works.expects(&trip.query);
    assert_eq!(trip.back(&client, "works").await.status, 204);
    app.clock.advance(Duration::seconds(30));

    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let answer = trip.back(&client, "works").await;
    assert_eq!(
        (answer.status, answer.code()),
        (403, "second_factor_required")
    );
    let finish = async |cookie: &str, code: &str| {
        let request = http::Request::post("/api/auth/providers/finish")
            .header(COOKIE, cookie)
            .header("content-type", "application/json");
        client
            .send(request, json!({"totp_code": code}).to_string().into_bytes())
            .await
    };
    let code = authenticator.code(app.now());
    assert_eq!(finish("a=b", &code).await.status, 401);
    assert_eq!(
        finish(&trip.cookie, "000000").await.code(),
        "second_factor_wrong"
    );
    tokens_of(&finish(&trip.cookie, &code).await);
    app.clock.advance(Duration::seconds(30));
    assert_eq!(
        finish(&trip.cookie, &authenticator.code(app.now()))
            .await
            .status,
        401,
        "once"
    );
}
