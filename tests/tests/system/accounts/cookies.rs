//! Pages: the refresh token in a cookie that no script and no other site can use.

use super::client::{Client, PASSWORD};
use http::header::{COOKIE, SET_COOKIE};
use sentry_tests::{Answer, TestApp};
use serde_json::json;

/// The cookies that an answer sets, each with its attributes.
pub(super) fn cookies(answer: &Answer) -> Vec<(String, String, String)> {
    answer
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .map(|value| {
            let text = value.to_str().unwrap();
            let (pair, attributes) = text.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned(), attributes.to_owned())
        })
        .collect()
}

async fn refresh(client: &Client, cookie: &str, csrf: Option<&str>) -> Answer {
    let mut request = http::Request::post("/api/auth/refresh-token").header(COOKIE, cookie);
    if let Some(csrf) = csrf {
        request = request.header("x-csrf-token", csrf);
    }
    client.send(request, Vec::new()).await
}

#[tokio::test]
async fn a_page_never_sees_its_refresh_token() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    client
        .sign_up("ann@example.org", PASSWORD)
        .await
        .expect(201);
    let body = json!({"email": "ann@example.org", "password": PASSWORD, "cookie": true});
    let answer = client.call("POST", "/api/auth/login", "", Some(body)).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.get("refresh_token").is_none());
    let set = cookies(&answer);
    let (name, token, attributes) = &set[0];
    assert_eq!(name, "__Secure-sentry_refresh");
    for part in [
        "Path=/api/auth/refresh-token",
        "HttpOnly",
        "Secure",
        "SameSite=Strict",
        "Max-Age=604800",
    ] {
        assert!(attributes.contains(part), "{attributes}");
    }
    let (name, csrf, attributes) = &set[1];
    assert_eq!(
        (name.as_str(), &answer.body["csrf_token"]),
        ("__Host-sentry_csrf", &json!(csrf))
    );
    assert!(attributes.contains("SameSite=Strict") && !attributes.contains("HttpOnly"));

    // Another site makes the browser send the cookie, but cannot read what belongs to it.
    let cookie = format!("other=1; __Secure-sentry_refresh={token}");
    for wrong in [None, Some(""), Some("wrong"), Some(&csrf[1..])] {
        let refused = refresh(&client, &cookie, wrong).await;
        assert_eq!(
            (refused.status, refused.code()),
            (403, "csrf_token_required")
        );
    }
    assert_eq!(refresh(&client, "other=1", Some(csrf)).await.status, 401);
    // A cookie that somebody planted beside the real one.
    let planted = format!("__Secure-sentry_refresh=x; {cookie}");
    assert_eq!(refresh(&client, &planted, Some(csrf)).await.status, 401);
    // None of that ended the session.
    let next = refresh(&client, &cookie, Some(csrf)).await;
    assert_eq!(next.status, 200, "{}", next.text);
    assert!(next.body.get("refresh_token").is_none());
    let set = cookies(&next);
    assert_ne!((&set[0].1, &set[1].1), (token, csrf));
    // One session's token is worth nothing with another's.
    let cookie = format!("__Secure-sentry_refresh={}", set[0].1);
    assert_eq!(refresh(&client, &cookie, Some(csrf)).await.status, 403);

    let access = next.body["access_token"].as_str().unwrap();
    let out = client.call("POST", "/api/auth/logout", access, None).await;
    assert_eq!(out.status, 204);
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(
        cookies(&out)
            .iter()
            .all(|(_, value, attributes)| value.is_empty() && attributes.contains("Max-Age=0"))
    );
    assert_eq!(refresh(&client, &cookie, Some(&set[1].1)).await.status, 401);
}

#[tokio::test]
async fn only_pages_of_allowed_origins_may_call() {
    let origins = "https://app.example.org,https://www.example.org".to_owned();
    let app = TestApp::start_with(&[("CORS_ORIGINS", origins)]).await;
    let client = Client::of(&app);
    let ask = async |origin: &str| {
        let request = http::Request::options("/api/auth/login")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "content-type,x-csrf-token",
            );
        client.send(request, Vec::new()).await
    };
    let allowed = ask("https://app.example.org").await;
    assert_eq!(
        allowed.header("access-control-allow-origin"),
        "https://app.example.org"
    );
    assert_eq!(allowed.header("access-control-allow-credentials"), "true");
    for origin in [
        "https://evil.example",
        "https://app.example.org.evil.example",
        "null",
        "http://app.example.org",
    ] {
        let refused = ask(origin).await;
        assert_eq!(
            refused.header("access-control-allow-origin"),
            "",
            "{origin}"
        );
    }
}

#[tokio::test]
async fn what_is_too_deep_or_too_large_is_turned_away() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let deep = "[".repeat(100_000);
    let request = || http::Request::post("/api/users").header("content-type", "application/json");
    assert_eq!(client.send(request(), deep.into_bytes()).await.status, 400);
    let large = format!("{{\"email\":\"{}\"}}", "a".repeat(2 * 1024 * 1024));
    assert_eq!(client.send(request(), large.into_bytes()).await.status, 413);
    let header = http::Request::get("/api/users/me")
        .header("authorization", format!("Bearer {}", "a".repeat(100_000)));
    assert_eq!(client.send(header, Vec::new()).await.status, 401);
    let many = http::Request::post("/api/auth/refresh-token").header(COOKIE, "a=b; ".repeat(5_000));
    assert_eq!(client.send(many, Vec::new()).await.status, 401);
}

#[tokio::test]
async fn every_answer_says_how_a_browser_is_to_treat_it() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    for (method, path) in [
        ("GET", "/api/users/me"),
        ("POST", "/api/auth/login"),
        ("GET", "/nowhere"),
        ("GET", "/health"),
    ] {
        let answer = client.call(method, path, "", None).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            (
                "content-security-policy",
                "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            ),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header("server"), "");
    }
}
