//! What each function may do, and nothing else.

use super::{each, functions, named, of_type, resource, text, untagged};
use sentry_local::functions::documents;
use serde_yaml_ng::Value;
use std::collections::BTreeSet;

/// Statements that name no resource, each with the only actions for which there is a reason: those of X-Ray and those that
/// describe take no narrower resource than all; the last is a refusal.
const WIDE: [(&str, &[&str]); 3] = [
    (
        "Trace",
        &["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    ),
    (
        "LookAtNetwork",
        &["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
    ),
    ("ForLambdaOnly", &[]),
];

/// The statements of a policy, those behind a condition included.
fn statements(document: &Value) -> Vec<&Value> {
    let all = document["Statement"].as_sequence().unwrap();
    all.iter()
        .map(|statement| match statement {
            Value::Tagged(condition) => &condition.value[1],
            plain => plain,
        })
        .collect()
}

fn statements_of_role(role: &str) -> Vec<&'static Value> {
    let policies = resource(role)["Policies"].as_sequence().unwrap();
    policies
        .iter()
        .flat_map(|policy| statements(&policy["PolicyDocument"]))
        .collect()
}

#[test]
fn nothing_is_allowed_by_a_star() {
    let mut documents = Vec::new();
    for (name, role) in of_type("AWS::IAM::Role") {
        let own = role["Policies"].as_sequence().unwrap();
        documents.extend(own.iter().map(|policy| (name, &policy["PolicyDocument"])));
        let managed = role["ManagedPolicyArns"].as_sequence().unwrap();
        let managed: Vec<&str> = managed.iter().map(named).collect();
        assert_eq!(
            managed,
            ["RunPolicy"],
            "{name} takes a policy that is not written here"
        );
    }
    for (name, policy) in of_type("AWS::IAM::ManagedPolicy") {
        documents.push((name, &policy["PolicyDocument"]));
    }
    assert!(documents.len() > functions().len());
    for (name, document) in documents {
        for statement in statements(document) {
            let sid = statement["Sid"].as_str().unwrap();
            for action in each(&statement["Action"]) {
                assert!(!text(action).contains('*'), "{name}, {sid}: {action:?}");
            }
            let wide = WIDE.iter().find(|(wide, _)| *wide == sid);
            for place in each(&statement["Resource"]) {
                assert!(text(place) != "*" || wide.is_some(), "{name}, {sid}");
            }
            if let Some((_, actions)) = wide.filter(|_| statement["Effect"] == "Allow") {
                let allowed = each(&statement["Action"]).into_iter().map(text);
                assert!(allowed.eq(actions.iter().copied()), "{name}, {sid}");
            }
        }
    }
}

#[test]
fn what_is_open_to_everybody_is_a_refusal() {
    for kind in [
        "AWS::SQS::QueuePolicy",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
    ] {
        for (name, policy) in of_type(kind) {
            for statement in statements(&policy["PolicyDocument"]) {
                let everybody = statement["Principal"] == "*";
                assert_eq!(everybody, statement["Effect"] == "Deny", "{name}");
            }
        }
    }
}

#[test]
fn every_function_has_a_role_of_its_own_that_writes_its_own_log() {
    let mut taken = BTreeSet::new();
    for function in functions() {
        let role = named(&function.properties["Role"]);
        assert!(taken.insert(role), "{role} belongs to two functions");
        let group = named(&function.properties["LoggingConfig"]["LogGroup"]);
        let logs: Vec<_> = statements_of_role(role)
            .into_iter()
            .filter(|statement| {
                each(&statement["Action"])
                    .iter()
                    .any(|it| text(it).starts_with("logs:"))
            })
            .collect();
        assert_eq!(logs.len(), 1, "{role}");
        assert_eq!(named(&logs[0]["Resource"]), group);
        let actions: Vec<&str> = each(&logs[0]["Action"]).into_iter().map(text).collect();
        assert_eq!(
            actions,
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            "{role} makes groups without an end"
        );
    }
}

/// A function sends to the queues that it was given an address of, and receives from the one that calls it, which it may
/// ask to deliver again. Whoever answers requests is asked whether it could send.
#[test]
fn messages_go_where_they_are_meant_to() {
    for function in functions() {
        let given: BTreeSet<&str> = function
            .environment()
            .filter(|(name, _)| name.ends_with("_QUEUE_URL"))
            .map(|(_, value)| named(value))
            .collect();
        let calling: BTreeSet<&str> = function
            .events("SQS")
            .iter()
            .map(|it| named(&it["Queue"]))
            .collect();
        let statements = statements_of_role(named(&function.properties["Role"]));
        let answers = documents()
            .iter()
            .any(|(folder, _)| *folder == function.folder);
        for (action, expected) in [
            ("sqs:SendMessage", &given),
            ("sqs:ReceiveMessage", &calling),
            ("sqs:ChangeMessageVisibility", &calling),
            (
                "sqs:GetQueueAttributes",
                if answers { &given } else { &calling },
            ),
        ] {
            let allowed: BTreeSet<&str> = statements
                .iter()
                .filter(|statement| {
                    each(&statement["Action"])
                        .iter()
                        .any(|it| text(it) == action)
                })
                .flat_map(|statement| each(&statement["Resource"]))
                .map(named)
                .collect();
            assert_eq!(&allowed, expected, "{}: {action}", function.folder);
        }
    }
}

/// What a function does in its network passes the endpoint; Lambda itself, which receives and deletes, stands outside.
#[test]
fn the_way_to_the_queues_is_open_for_what_functions_do_there() {
    let endpoint = &resource("QueuesEndpoint")["PolicyDocument"];
    let open: BTreeSet<&str> = statements(endpoint)
        .into_iter()
        .flat_map(|statement| each(&statement["Action"]))
        .map(text)
        .collect();
    let done: BTreeSet<&str> = functions()
        .into_iter()
        .flat_map(|function| statements_of_role(named(&function.properties["Role"])))
        .flat_map(|statement| each(&statement["Action"]))
        .map(text)
        .filter(|action| action.starts_with("sqs:"))
        .filter(|action| !["sqs:ReceiveMessage", "sqs:DeleteMessage"].contains(action))
        .collect();
    assert_eq!(open, done);
}

/// Whoever has a bucket may do something in it, and the other way round.
#[test]
fn files_are_open_to_those_who_know_the_bucket() {
    for function in functions() {
        let knows = function.environment().any(|(name, _)| name == "BUCKET");
        let statements = statements_of_role(named(&function.properties["Role"]));
        let files: Vec<_> = statements
            .iter()
            .filter(|statement| {
                each(&statement["Action"])
                    .iter()
                    .any(|it| text(it).starts_with("s3:"))
            })
            .collect();
        assert_eq!(knows, !files.is_empty(), "{}", function.folder);
        for statement in files {
            for place in each(&statement["Resource"]) {
                let lists = each(&statement["Action"])
                    .iter()
                    .all(|it| text(it) == "s3:ListBucket");
                let within = untagged(place)
                    .as_str()
                    .unwrap()
                    .starts_with("${Bucket.Arn}/users/*");
                assert!(lists || within, "{}: {place:?}", function.folder);
            }
        }
    }
}
