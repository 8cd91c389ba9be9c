//! The security standard, requirement by requirement: what shows each one must be there.

use sentry_tests::TestApp;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many requirements of levels 1 and 2 OWASP ASVS 5.0.0 has.
const PUBLISHED: [usize; 2] = [70, 183];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    level: usize,
    about: String,
    shown_by: Option<Vec<String>>,
    platform: Option<String>,
    not_applicable: Option<String>,
    open: Option<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of all tests in a folder.
fn tests_in(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            tests_in(&path, names);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                let name = line.trim_start_matches("async ").strip_prefix("fn ");
                match name.and_then(|name| name.split_once('(')) {
                    Some((name, _)) if is_test => {
                        names.insert(name.to_owned());
                        is_test = false;
                    }
                    _ => {
                        is_test = line.contains("test]")
                            || line.contains("::test(")
                            || (is_test && line.starts_with('#'));
                    }
                }
            }
        }
    }
}

/// A test by its name, or words in a file.
fn is_there(names: &BTreeSet<String>, evidence: &str) -> bool {
    match evidence.split_once('#') {
        None => names.contains(evidence),
        Some((file, words)) => {
            std::fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(words))
        }
    }
}

#[test]
fn what_shows_each_requirement_of_the_standard_is_there() {
    let text = std::fs::read_to_string(root().join("tests/asvs.toml")).unwrap();
    let requirements: BTreeMap<String, Requirement> = toml::from_str(&text).unwrap();
    let mut names = BTreeSet::new();
    for folder in ["functions", "shared", "infra/local", "tests"] {
        tests_in(&root().join(folder), &mut names);
    }
    assert!(names.len() > 300, "the tests were found");
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut missing = Vec::new();
    for (id, requirement) in &requirements {
        let states = [
            ("shown", requirement.shown_by.is_some()),
            ("by the platform", requirement.platform.is_some()),
            ("not applicable", requirement.not_applicable.is_some()),
            ("open", requirement.open.is_some()),
        ];
        let state: Vec<&str> = states
            .iter()
            .filter(|(_, is)| *is)
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(state.len(), 1, "{id} is in one state");
        assert!(!requirement.about.is_empty(), "{id}");
        *counts.entry((requirement.level, state[0])).or_default() += 1;
        for evidence in requirement.shown_by.iter().flatten() {
            if !is_there(&names, evidence) {
                missing.push(format!("{id}: {evidence}"));
            }
        }
        if let Some(open) = &requirement.open {
            println!(
                "open: {id} (level {}) {}: {open}",
                requirement.level, requirement.about
            );
        }
    }
    for ((level, state), count) in &counts {
        println!("level {level}: {count} {state}");
    }
    for (level, published) in (1..).zip(PUBLISHED) {
        let listed = requirements.values().filter(|it| it.level == level).count();
        assert_eq!(listed, published, "level {level}");
    }
    assert_eq!(missing, [] as [String; 0]);
}

#[tokio::test]
async fn nobody_is_there_at_first() {
    let app = TestApp::start().await;
    for table in ["users", "service_tokens", "sessions"] {
        assert_eq!(
            app.sql(&format!("select * from {table}")).await.len(),
            0,
            "{table}"
        );
    }
}

#[test]
fn nobody_is_asked_for_secrets_of_their_life() {
    let document = serde_json::to_string(&sentry_local::functions::document()).unwrap();
    let document = document.to_lowercase();
    for word in [
        "secret_question",
        "security_question",
        "password_hint",
        "mother",
    ] {
        assert!(!document.contains(word), "{word}");
    }
}

#[test]
fn no_secret_travels_in_an_address() {
    let document = serde_json::to_value(sentry_local::functions::document()).unwrap();
    let mut seen = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap();
                seen += 1;
                // A code that comes back from a provider is good once, in one browser, with a verifier.
                let is_callback = path.ends_with("/callback");
                let secret = ["token", "password", "secret", "key", "code"]
                    .iter()
                    .any(|word| name.contains(word));
                assert!(!secret || is_callback, "{path} takes {name} in its address");
            }
        }
    }
    assert!(seen > 20);
}

#[tokio::test]
async fn every_method_that_is_not_named_is_refused() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    for method in ["TRACE", "CONNECT", "PROPFIND", "HEAD"] {
        for path in ["/api/auth/login", "/api/users"] {
            let status = stranger.call(method, path, None).await.status;
            assert!(status == 405 || status == 404, "{method} {path}: {status}");
        }
    }
}
