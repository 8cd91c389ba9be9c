//! The template, held to the code that it deploys.

mod alarms;
mod costs;
mod environments;
mod network;
mod queues;
mod rights;
mod routes;
mod watch;

use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static TEMPLATE: LazyLock<Value> = LazyLock::new(|| {
    serde_yaml_ng::from_str(include_str!("../../../../infra/template.yaml")).expect("a template")
});

/// Of one resource: its name and its properties.
type Resource = (&'static str, &'static Value);

fn resources() -> impl Iterator<Item = Resource> {
    let all = TEMPLATE["Resources"].as_mapping().unwrap();
    all.iter()
        .map(|(name, resource)| (name.as_str().unwrap(), resource))
}

fn of_type(kind: &str) -> Vec<Resource> {
    resources()
        .filter(|(_, resource)| resource["Type"] == kind)
        .map(|(name, resource)| (name, &resource["Properties"]))
        .collect()
}

fn resource(name: &str) -> &'static Value {
    let found = &TEMPLATE["Resources"][name];
    assert!(!found.is_null(), "there is no {name}");
    &found["Properties"]
}

/// Without `!Ref`, `!Sub` and the like before it.
fn untagged(value: &Value) -> &Value {
    match value {
        Value::Tagged(tagged) => &tagged.value,
        other => other,
    }
}

/// What is written behind a `!Ref`, a `!GetAtt` or a `!Sub`, or the text itself.
fn text(value: &Value) -> &str {
    untagged(value)
        .as_str()
        .unwrap_or_else(|| panic!("{value:?} is no text"))
}

/// The resource that a `!Ref` or a `!GetAtt` names.
fn named(value: &Value) -> &str {
    let text = text(value);
    text.split_once('.').map_or(text, |(name, _)| name)
}

/// One or many, as an `Action` or a `Resource` may be written.
fn each(value: &Value) -> Vec<&Value> {
    value
        .as_sequence()
        .map_or_else(|| vec![value], |many| many.iter().collect())
}

/// What stands in each column of the mapping of sizes.
fn sizes() -> impl Iterator<Item = (&'static str, &'static Value)> {
    let sizes = TEMPLATE["Mappings"]["Sizes"].as_mapping().unwrap();
    sizes
        .iter()
        .map(|(name, rows)| (name.as_str().unwrap(), rows))
}

/// Every metric of the code, with the label that it has beside function and stack, by what is said of it there.
fn metrics() -> BTreeMap<&'static str, Option<&'static str>> {
    let source = include_str!("../../../../shared/runtime/src/telemetry/metric.rs");
    let (mut all, mut label) = (BTreeMap::new(), None);
    for line in source.lines() {
        if let Some((_, rest)) = line.split_once(" by `") {
            label = rest.split('`').next();
        } else if line.starts_with("pub const ") {
            all.insert(line.split('"').nth(1).unwrap(), label.take());
        }
    }
    all
}

/// A function of the template.
#[derive(Clone, Copy)]
struct Function {
    /// Its folder.
    folder: &'static str,
    /// The name of its resource.
    name: &'static str,
    properties: &'static Value,
}

impl Function {
    fn timeout(self) -> u64 {
        let own = self.properties["Timeout"].as_u64();
        own.or_else(|| TEMPLATE["Globals"]["Function"]["Timeout"].as_u64())
            .unwrap()
    }

    fn environment(self) -> impl Iterator<Item = (&'static str, &'static Value)> {
        let variables = &self.properties["Environment"]["Variables"];
        variables
            .as_mapping()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str().unwrap(), value))
    }

    fn events(self, kind: &str) -> Vec<&'static Value> {
        let events = self.properties["Events"].as_mapping();
        events
            .into_iter()
            .flat_map(|events| events.values())
            .filter(|event| event["Type"] == kind)
            .map(|event| &event["Properties"])
            .collect()
    }
}

fn functions() -> Vec<Function> {
    of_type("AWS::Serverless::Function")
        .into_iter()
        .map(|(name, properties)| {
            let code = properties["CodeUri"].as_str().unwrap();
            let folder = code.strip_prefix("../target/lambda/").unwrap();
            Function {
                folder: folder.strip_suffix('/').unwrap(),
                name,
                properties,
            }
        })
        .collect()
}

/// The function in a folder.
fn function(folder: &str) -> Function {
    let mut all = functions().into_iter();
    all.find(|function| function.folder == folder)
        .unwrap_or_else(|| panic!("the template has no function for {folder}"))
}

#[test]
fn every_folder_of_functions_is_deployed_and_nothing_else() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../functions");
    let folders: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").exists())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let deployed = functions();
    assert_eq!(deployed.len(), folders.len());
    for function in deployed {
        assert!(folders.contains(function.folder), "{}", function.folder);
    }
}

#[test]
fn every_function_logs_into_a_group_of_its_own_that_ends() {
    let mut taken = BTreeSet::new();
    for function in functions() {
        let group = named(&function.properties["LoggingConfig"]["LogGroup"]);
        assert!(taken.insert(group), "{group} belongs to two functions");
        assert!(!resource(group).is_null());
    }
    for (name, group) in of_type("AWS::Logs::LogGroup") {
        assert_eq!(text(&group["RetentionInDays"]), "LogDays", "{name}");
    }
}

#[test]
fn the_schedules_send_what_the_workers_understand() {
    let known = sentry_local::system::SCHEDULES;
    let mut found = 0;
    for function in functions() {
        for schedule in function.events("ScheduleV2") {
            let input: serde_json::Value =
                serde_json::from_str(schedule["Input"].as_str().unwrap()).unwrap();
            let worker = known.iter().find(|(name, ..)| input["type"] == *name);
            let (_, _, worker) = worker.unwrap_or_else(|| panic!("nobody knows {input}"));
            assert_eq!(worker.name(), function.folder);
            found += 1;
        }
    }
    assert_eq!(found, known.len());
}

#[test]
fn what_may_run_at_once_fits_into_the_database() {
    for (size, rows) in sizes() {
        let names: BTreeSet<&str> = functions()
            .iter()
            .map(|function| function.name.strip_suffix("Function").unwrap())
            .collect();
        let at_once: u64 = names.iter().map(|name| rows[*name].as_u64().unwrap()).sum();
        for function in functions().iter().filter(|it| it.folder != "setup") {
            let connections = function
                .environment()
                .find(|(name, _)| *name == "DATABASE_MAX_CONNECTIONS");
            assert_eq!(
                connections.unwrap().1.as_str(),
                Some("1"),
                "{}",
                function.folder
            );
        }
        // max_connections of Aurora: by the memory of the largest capacity (2 GiB per ACU), at most 5000, and at most
        // 2000 where the smallest is 0 or 0.5.
        let most = rows["MaxAcu"].as_f64().unwrap() * 2.0 * 1024.0 * 1024.0 * 1024.0 / 9_531_392.0;
        let most = if rows["MinAcu"].as_f64().unwrap() < 1.0 {
            most.min(2000.0)
        } else {
            most.min(5000.0)
        };
        assert!(
            at_once as f64 <= most,
            "{size}: the database takes {most} connections"
        );
    }
}

#[test]
fn files_are_private() {
    let bucket = resource("Bucket");
    let blocked = bucket["PublicAccessBlockConfiguration"]
        .as_mapping()
        .unwrap();
    assert_eq!(blocked.len(), 4);
    assert!(blocked.values().all(|value| value.as_bool() == Some(true)));
    assert_eq!(
        bucket["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
        "BucketOwnerEnforced"
    );
    let encryption = &bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"][0];
    assert_eq!(
        encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"],
        "AES256"
    );
    // What is deleted is gone.
    assert!(bucket["VersioningConfiguration"].is_null());
    let cors = &untagged(&bucket["CorsConfiguration"])[1]["CorsRules"][0];
    assert_eq!(text(&cors["AllowedOrigins"]), "CorsOrigins");
    let arrivals = &bucket["NotificationConfiguration"]["QueueConfigurations"][0]["Queue"];
    assert_eq!(named(arrivals), "UploadsQueue");
    let policies = of_type("AWS::S3::BucketPolicy");
    assert_eq!(policies.len(), 1);
    let statements = policies[0].1["PolicyDocument"]["Statement"]
        .as_sequence()
        .unwrap();
    for statement in statements {
        assert_eq!(
            statement["Effect"], "Deny",
            "nobody is let in by the bucket's policy"
        );
        assert_eq!(
            statement["Condition"]["Bool"]["aws:SecureTransport"],
            "false"
        );
    }
}
