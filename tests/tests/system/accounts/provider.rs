//! Signing in through a certified provider: a browser follows its redirects and fills in its forms.

use super::client::{Client, tokens_of};
use super::cookies::cookies;
use super::post_office::Server;
use http::header::COOKIE;
use reqwest::header::{LOCATION, SET_COOKIE};
use sentry_tests::{PUBLIC_URL, TestApp};
use serde_json::json;
use std::collections::BTreeMap;

/// A browser at the provider's pages.
struct Browser {
    http: reqwest::Client,
    jar: BTreeMap<String, String>,
}

/// Where a page leads.
enum Page {
    Redirect(reqwest::Url),
    Html(reqwest::Url, String),
}

impl Browser {
    fn new() -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build();
        Self {
            http: http.unwrap(),
            jar: BTreeMap::new(),
        }
    }

    async fn open(&mut self, url: &reqwest::Url, form: Option<String>) -> Page {
        let jar: Vec<String> = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = match form {
            None => self.http.get(url.clone()),
            Some(form) => self
                .http
                .post(url.clone())
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form),
        };
        let answer = request
            .header("cookie", jar.join("; "))
            .send()
            .await
            .unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.insert(name.to_owned(), value.to_owned());
        }
        if let Some(target) = answer.headers().get(LOCATION) {
            return Page::Redirect(url.join(target.to_str().unwrap()).unwrap());
        }
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{status} {text}");
        Page::Html(url.clone(), text)
    }

    /// Signs in and consents, until the provider sends the browser to `until`.
    async fn walk(&mut self, start: &str, until: &str, name: &str) -> reqwest::Url {
        let mut url = reqwest::Url::parse(start).unwrap();
        let mut form = None;
        for _ in 0..20 {
            match self.open(&url, form.take()).await {
                Page::Redirect(target) if target.as_str().starts_with(until) => return target,
                Page::Redirect(target) => url = target,
                Page::Html(page, text) => {
                    let after = |text: &str, mark: &str| {
                        text.split(mark)
                            .nth(1)
                            .unwrap()
                            .split('"')
                            .next()
                            .unwrap()
                            .to_owned()
                    };
                    let prompt = after(&text, "name=\"prompt\" value=\"");
                    url = page.join(&after(&text, "action=\"")).unwrap();
                    form = Some(format!("prompt={prompt}&login={name}&password=any"));
                }
            }
        }
        panic!("the provider never sent the browser back");
    }
}

#[tokio::test]
async fn a_certified_provider_signs_somebody_in() {
    let callback = format!("{PUBLIC_URL}/api/auth/works/callback");
    let Some(server) = Server::start("oidc-provider", "npm", &callback) else {
        return;
    };
    let providers = json!([{
        "name": "works", "issuer": server.line, "client_id": "sentry",
        "client_secret": "a secret between two programs",
    }]);
    let app = TestApp::start_with(&[("OAUTH_PROVIDERS", providers.to_string())]).await;
    let client = Client::of(&app);
    let mut browser = Browser::new();
    let mut people = Vec::new();
    for name in ["oda", "oda", "per"] {
        let out = client.call("GET", "/api/auth/works", "", None).await;
        assert_eq!(out.status, 303, "{}", out.text);
        let (cookie, value, _) = cookies(&out).remove(0);
        if name == "per" {
            browser = Browser::new();
        }
        let back = browser.walk(out.header("location"), &callback, name).await;
        let path = format!("{}?{}", back.path(), back.query().unwrap());
        let come = async |cookies: String| {
            let request = http::Request::get(&path).header(COOKIE, cookies);
            client.send(request, Vec::new()).await
        };
        // The code in another browser is worth nothing, and in this one once.
        assert_eq!(come("__Host-sentry_flow=x".to_owned()).await.status, 403);
        let answer = come(format!("{cookie}={value}")).await;
        let (access, _) = tokens_of(&answer);
        let me = client.me(&access).await.expect(200);
        assert_eq!(me["email"], format!("{name}@example.org"));
        people.push(me["id"].clone());
        assert_eq!(come(format!("{cookie}={value}")).await.status, 403);
    }
    assert_eq!(people[0], people[1]);
    assert_ne!(people[0], people[2]);
}

#[tokio::test]
async fn a_code_that_was_used_at_the_provider_opens_nothing() {
    let callback = format!("{PUBLIC_URL}/api/auth/works/callback");
    let Some(server) = Server::start("oidc-provider", "npm", &callback) else {
        return;
    };
    let providers = json!([{
        "name": "works", "issuer": server.line, "client_id": "sentry",
        "client_secret": "a secret between two programs",
    }]);
    let app = TestApp::start_with(&[("OAUTH_PROVIDERS", providers.to_string())]).await;
    let client = Client::of(&app);
    let first = client.call("GET", "/api/auth/works", "", None).await;
    let second = client.call("GET", "/api/auth/works", "", None).await;
    let (cookie, value, _) = cookies(&second).remove(0);
    let back = Browser::new()
        .walk(first.header("location"), &callback, "oda")
        .await;
    let code = back
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
        .into_owned();
    let state = reqwest::Url::parse(second.header("location")).unwrap();
    let state = state
        .query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned();
    // The code of one flow put into another: its PKCE verifier is not the one the code is bound to.
    let path = format!("/api/auth/works/callback?code={code}&state={state}");
    let request = http::Request::get(path).header(COOKIE, format!("{cookie}={value}"));
    let answer = client.send(request, Vec::new()).await;
    assert_eq!(
        (answer.status, answer.code()),
        (403, "provider_refused"),
        "{}",
        answer.text
    );
    assert_eq!(app.sql("select count(*) as n from users").await[0]["n"], 0);
}
