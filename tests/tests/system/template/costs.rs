//! What the sums of `infra/inputs.py` begin with is so in the template and in the code.

use super::{TEMPLATE, functions, metrics, of_type, resource, resources, sizes, untagged};
use sentry_queue::Queue;
use serde_yaml_ng::Value;
use std::collections::BTreeSet;

const SUMS: &str = include_str!("../../../../infra/inputs.py");
const NIGHT: &str = include_str!("../../../../functions/rescore/src/tick.rs");

/// The numbers behind a name, or behind one of several on the same line.
fn input(name: &str) -> u64 {
    for line in SUMS.lines() {
        let Some((names, values)) = line.split_once(" = ") else {
            continue;
        };
        let place = names.split(", ").position(|it| it == name);
        let values = values.split("  #").next().unwrap_or_default();
        if let Some(place) = place {
            let value = values.split(", ").nth(place).unwrap().trim();
            return value
                .parse()
                .unwrap_or_else(|_| panic!("{name} is {value}"));
        }
    }
    panic!("inputs.py has no {name}")
}

fn looked_at(alarm: &Value) -> u64 {
    let metrics = alarm["Metrics"].as_sequence();
    metrics.map_or(1, |all| {
        let counted = all.iter().filter(|it| !it["MetricStat"].is_null());
        counted.count() as u64
    })
}

#[test]
fn alarms_and_dashboards_are_counted() {
    let (mut always, mut own) = (0, 0);
    for (name, alarm) in resources() {
        if alarm["Type"] == "AWS::CloudWatch::Alarm" {
            match alarm["Condition"].as_str() {
                None => always += looked_at(&alarm["Properties"]),
                Some("Own") => own += looked_at(&alarm["Properties"]),
                Some(other) => panic!("{name}: {other}"),
            }
        }
    }
    assert_eq!(input("ALARM_METRICS"), always);
    assert_eq!(input("OWN_ALARM_METRICS"), own);
    let dashboards = of_type("AWS::CloudWatch::Dashboard").len();
    assert_eq!(input("DASHBOARDS"), dashboards as u64);
}

#[test]
fn the_network_is_counted() {
    let interfaces = of_type("AWS::EC2::VPCEndpoint")
        .into_iter()
        .filter(|(_, endpoint)| endpoint["VpcEndpointType"] == "Interface");
    assert_eq!(input("ENDPOINTS"), interfaces.count() as u64);
    assert_eq!(of_type("AWS::EC2::NatGateway").len(), 1);
    assert_eq!(of_type("AWS::EC2::EIP").len(), 1);
}

#[test]
fn the_database_is_awake_for_as_long_as_the_template_lets_it() {
    let parameters = &resource("DatabaseParameters")["Parameters"];
    let idle: u64 = parameters["idle_session_timeout"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(input("IDLE_SESSION_SECONDS") * 1000, idle);
    let scaling = &resource("Database")["ServerlessV2ScalingConfiguration"];
    let pause = &untagged(&scaling["SecondsUntilAutoPause"])[1];
    assert_eq!(Some(input("AUTO_PAUSE_SECONDS")), pause.as_u64());
    for (size, rows) in sizes() {
        let smallest = rows["MinAcu"].as_u64().unwrap();
        let instances = if size == "large" { 2 } else { 1 };
        let line = format!("\"{size}\": ({smallest}, {instances})");
        assert!(SUMS.contains(&line), "{line}");
        let hourly = rows["Sweeps"] == "cron(0 * * * ? *)";
        assert_eq!(hourly, size == "small", "{size} has other ticks");
    }
}

#[test]
fn functions_are_counted_with_their_memory() {
    assert_eq!(input("QUEUES"), Queue::ALL.len() as u64);
    let answering = of_type("AWS::Lambda::Permission").len();
    assert_eq!(input("HTTP_FUNCTIONS"), answering as u64);
    let people = format!("const BATCH: usize = {};", input("PEOPLE_OF_A_CALL"));
    assert!(NIGHT.contains(&people), "{people}");
    for (folder, name) in [
        ("tasks", "REQUEST_MS"),
        ("passwords", "SIGN_IN_MS"),
        ("extract", "EXTRACT_MS"),
        ("create-tasks", "CREATE_TASKS_MS"),
        ("rescore", "RESCORE_MS"),
        ("rescore", "NIGHT_MS_PER_PERSON"),
        ("mail", "MAIL_MS"),
        ("sweep", "SWEEP_MS"),
    ] {
        let function = functions()
            .into_iter()
            .find(|it| it.folder == folder)
            .unwrap();
        let own = function.properties["MemorySize"].as_f64();
        let memory = own.or_else(|| TEMPLATE["Globals"]["Function"]["MemorySize"].as_f64());
        let gigabytes = memory.unwrap() / 1024.0;
        let begin = format!("    \"{name}\": (");
        let line = SUMS.lines().find(|line| line.starts_with(&begin)).unwrap();
        let said = line.split(", ").nth(1).unwrap();
        let said: f64 = said.split(')').next().unwrap().parse().unwrap();
        assert!((said - gigabytes).abs() < 1e-9, "{name}: {said} GB");
    }
}

#[test]
fn every_metric_of_the_code_is_paid_for() {
    let sent: BTreeSet<&str> = metrics().into_keys().collect();
    let paid: BTreeSet<&str> = SUMS
        .split_once("METRICS = {\n")
        .and_then(|(_, rest)| rest.split_once("\n}"))
        .map(|(rows, _)| rows.lines().filter_map(|row| row.split('"').nth(1)))
        .unwrap()
        .collect();
    assert_eq!(paid, sent);
}

/// The rows that `inputs.py` looks for are those that the bench prints.
#[test]
fn the_sums_know_the_bench() {
    let bench = [
        include_str!("../../../benches/figures/functions.rs"),
        include_str!("../../../benches/figures/accounts.rs"),
        include_str!("../../../benches/figures/chain.rs"),
        include_str!("../../../benches/figures/nightly.rs"),
    ]
    .concat();
    for row in [
        "first request, and a warm one",
        "start to first /next",
        "sign-in, wrong",
        ": known and unknown address",
        "ten-page PDF from upload to ",
        "nightly rescoring, ",
        ", an event",
    ] {
        assert!(SUMS.contains(row), "inputs.py does not look for {row}");
        assert!(bench.contains(row), "the bench does not print {row}");
    }
}
