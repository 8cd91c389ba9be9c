//! What each function finds in its environment.

use super::{Function, TEMPLATE, function, functions, named, text};
use sentry_runtime::{Ids, SettingError, Settings};
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A value such as the template would give it.
fn sample(name: &str) -> String {
    let (present, before) = (Ids::seeded(1), Ids::seeded(2));
    let key = |name: &str| sentry_local::keys::generate(&present).remove(name).unwrap();
    let previous = |name: &str| sentry_local::keys::generate(&before).remove(name).unwrap();
    let text = match name {
        "TOKEN_PUBLIC_KEY" => return public_half(&key("TOKEN_SIGNING_KEY")),
        "TOKEN_PREVIOUS_PUBLIC_KEY" => return public_half(&previous("TOKEN_SIGNING_KEY")),
        "TOKEN_PREVIOUS_REFRESH_KEY" => return previous("TOKEN_REFRESH_KEY"),
        "PREVIOUS_DATA_KEY" => return previous("DATA_KEY"),
        "TOKEN_SIGNING_KEY" | "TOKEN_REFRESH_KEY" | "TOKEN_CODE_KEY" | "DATA_KEY"
        | "SERVICE_TOKEN_KEY" => {
            return key(name);
        }
        "DATABASE_URL" => "postgres://sentry_http:pw@db.example.org:5432/sentry?sslmode=require",
        "DATABASE_ADDRESS" => "db.example.org:5432/sentry",
        "DATABASE_OWNER_SECRET" | "KEYS_SECRET" => "arn:aws:secretsmanager:eu-central-1:1:secret:x",
        "DATABASE_MAX_CONNECTIONS" => "1",
        "DATABASE_WAIT_SECONDS" => "25",
        "BUCKET" => "sentry-files",
        "PUBLIC_URL" | "AI_BASE_URL" => "https://api.example.org",
        "OAUTH_PROVIDERS" => "[]",
        "CORS_ORIGINS" => "https://app.example.org",
        "MAIL_URL" => "ses://eu-central-1",
        "MAIL_FROM" => "Sentry AI <no-reply@example.org>",
        queue if queue.ends_with("_QUEUE_URL") => "https://sqs.eu-central-1.amazonaws.com/1/some",
        "AWS_REGION" => "eu-central-1",
        // Anything does.
        "AI_API_KEY"
        | "AI_CHAT_MODEL"
        | "AI_VISION_MODEL"
        | "AI_TRANSCRIPTION_MODEL"
        | "AWS_ACCESS_KEY_ID"
        | "AWS_SECRET_ACCESS_KEY"
        | "AWS_SESSION_TOKEN" => "some",
        other => panic!("the test does not know what {other} looks like"),
    };
    text.to_owned()
}

fn public_half(signing_key: &str) -> String {
    use sentry_auth::access::{Algorithm, SigningKey};
    use sentry_auth::{KeyMaterial, Secret};
    let material = KeyMaterial::from_text(&Secret::from(signing_key)).unwrap();
    let key = SigningKey::new(Algorithm::EdDsa, &material).unwrap();
    key.verifying_key().public_text().unwrap()
}

/// The settings of a function as it is deployed, but for one.
fn settings(function: Function, without: Option<&str>) -> Settings {
    let own = [
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ];
    let names: BTreeSet<&str> = function
        .environment()
        .map(|(name, _)| name)
        .chain(own)
        .collect();
    Settings::from_lookup(|name| {
        (names.contains(name) && without != Some(name)).then(|| sample(name))
    })
}

/// Starts a function as its `main` does, short of asking for an event.
fn start(folder: &str, settings: &Settings) -> Result<(), SettingError> {
    match folder {
        "accounts" => accounts::state(settings).map(drop),
        "advice" => advice::state(settings).map(drop),
        "burnout" => burnout::state(settings).map(drop),
        "passwords" => passwords::state(settings).map(drop),
        "providers" => providers::state(settings).map(drop),
        "tasks" => tasks::state(settings).map(drop),
        "uploads" => uploads::state(settings).map(drop),
        "create-tasks" => create_tasks::CreateTasks::from_settings(settings).map(drop),
        "export" => export::Export::from_settings(settings).map(drop),
        "extract" => extract::Extract::from_settings(settings).map(drop),
        "mail" => mail::Mail::from_settings(settings).map(drop),
        "rescore" => rescore::Rescore::from_settings(settings).map(drop),
        "setup" => setup::Setup::from_settings(settings).map(drop),
        "sweep" => sweep::Sweep::from_settings(settings).map(drop),
        other => panic!("the test does not know how {other} starts"),
    }
}

/// What every function finds beside its own.
#[test]
fn every_function_knows_its_stack() {
    let shared = &TEMPLATE["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(text(&shared["STACK"]), "AWS::StackName");
    let names = shared.as_mapping().unwrap().keys();
    let names: Vec<&str> = names.map(|name| name.as_str().unwrap()).collect();
    assert_eq!(names, ["STACK", "AWS_USE_DUALSTACK_ENDPOINT"]);
    assert!(names.iter().all(|name| Settings::NAMES.contains(name)));
}

#[tokio::test]
async fn every_name_is_a_setting() {
    for function in functions() {
        for (name, _) in function.environment() {
            assert!(
                Settings::NAMES.contains(&name),
                "{}: {name}",
                function.folder
            );
        }
    }
}

#[tokio::test]
async fn every_function_starts_with_what_it_is_given() {
    sentry_local::choose_tls();
    for function in functions() {
        if let Err(error) = start(function.folder, &settings(function, None)) {
            panic!("{}: {error}", function.folder);
        }
    }
}

/// What may be left out is here by intent; all else that is given, a function cannot start without.
#[tokio::test]
async fn no_function_is_given_what_it_has_no_use_for() {
    sentry_local::choose_tls();
    let optional = [
        "DATABASE_MAX_CONNECTIONS",
        "DATABASE_WAIT_SECONDS",
        "DATABASE_ADDRESS",
        "DATABASE_OWNER_SECRET",
        "TOKEN_PREVIOUS_PUBLIC_KEY",
        "TOKEN_PREVIOUS_REFRESH_KEY",
        "PREVIOUS_DATA_KEY",
        "SERVICE_TOKEN_KEY",
        "OAUTH_PROVIDERS",
        "CORS_ORIGINS",
        "AI_BASE_URL",
        "AI_API_KEY",
        "AI_CHAT_MODEL",
        "AI_VISION_MODEL",
        "AI_TRANSCRIPTION_MODEL",
    ];
    // A signing function has the public half by itself, and is told so that the two are compared; without a bucket there
    // are no archives to offer, without providers no way back from them.
    let here = BTreeMap::from([
        ("accounts", ["TOKEN_PUBLIC_KEY", "BUCKET"].as_slice()),
        ("providers", ["TOKEN_PUBLIC_KEY", "PUBLIC_URL"].as_slice()),
    ]);
    for function in functions() {
        let excused = here.get(function.folder).copied().unwrap_or_default();
        for (name, _) in function.environment() {
            if optional.contains(&name) || excused.contains(&name) {
                continue;
            }
            let outcome = start(function.folder, &settings(function, Some(name)));
            // Setup has a second way to its database.
            let second_way = function.folder == "setup" && name == "DATABASE_URL";
            assert!(
                outcome.is_err() || second_way,
                "{} starts without {name}",
                function.folder
            );
        }
    }
}

#[test]
fn a_queue_s_url_is_that_of_the_queue() {
    for function in functions() {
        for queue in sentry_queue::Queue::ALL {
            let given = function
                .environment()
                .find(|(name, _)| *name == queue.url_setting());
            if let Some((_, value)) = given {
                let target = &super::resource(named(value))["QueueName"];
                assert_eq!(
                    text(target),
                    format!("${{AWS::StackName}}-{}", queue.name())
                );
            }
        }
    }
}

#[test]
fn only_those_that_answer_requests_enter_as_they_do() {
    let answering: BTreeSet<&str> = sentry_local::functions::documents()
        .iter()
        .map(|(name, _)| *name)
        .collect();
    for function in functions()
        .into_iter()
        .filter(|function| function.folder != "setup")
    {
        let url = function
            .environment()
            .find(|(name, _)| *name == "DATABASE_URL")
            .unwrap()
            .1;
        let expected = if answering.contains(function.folder) {
            "http"
        } else {
            "jobs"
        };
        let field = format!(":SecretString:{expected}_database_url::");
        assert!(text(url).contains(&field), "{}", function.folder);
    }
}

/// A new key signs only when all others know its public half, and nothing that is secret is a plain parameter.
#[test]
fn keys_are_changed_in_an_order_that_nobody_notices() {
    let signing = ["accounts", "providers"];
    for function in functions() {
        let signs = function
            .environment()
            .any(|(name, _)| name == "TOKEN_SIGNING_KEY");
        assert_eq!(signs, signing.contains(&function.folder));
    }
    for folder in signing {
        let waits = &TEMPLATE["Resources"][function(folder).name]["DependsOn"];
        let before: BTreeSet<&str> = waits
            .as_sequence()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for (other, _) in sentry_local::functions::documents() {
            let name = function(other).name;
            assert!(
                signing.contains(&other) || before.contains(name),
                "{folder} before {name}"
            );
        }
    }
    for function in functions() {
        for (name, value) in function.environment() {
            let is_key =
                name.ends_with("_KEY") && !name.ends_with("PUBLIC_KEY") && name != "AI_API_KEY";
            let kept = !is_key
                || text(value).starts_with("{{resolve:secretsmanager:${Keys}:SecretString:");
            assert!(kept, "{}: {name}", function.folder);
        }
    }
}
