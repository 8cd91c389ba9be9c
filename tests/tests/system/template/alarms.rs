//! Alarms: that they ring when something is wrong, and only then.

use super::{TEMPLATE, functions, named, of_type, resource, sizes, text, untagged};
use sentry_runtime::telemetry::metric;
use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Connections of Aurora's own, and of a person who looks.
const OTHERS: u64 = 10;

#[test]
fn every_alarm_reaches_somebody_and_is_one_that_cloudwatch_takes() {
    for (name, alarm) in of_type("AWS::CloudWatch::Alarm") {
        assert_eq!(named(&alarm["AlarmActions"][0]), "Alarms", "{name}");
        assert_eq!(named(&alarm["OKActions"][0]), "Alarms", "{name}");
        // Of one alone, nothing is what is wrong.
        let silence = match name {
            "SweepMissing" => "breaching",
            _ => "notBreaching",
        };
        assert_eq!(alarm["TreatMissingData"], silence, "{name}");
        let Some(metrics) = alarm["Metrics"].as_sequence() else {
            continue;
        };
        let counted = metrics.iter().filter(|it| !it["MetricStat"].is_null());
        assert!(counted.count() <= 10, "{name} looks at too many metrics");
        let returned = metrics.iter().filter(|it| it["ReturnData"].is_null());
        assert_eq!(returned.count(), 1, "{name}");
    }
}

/// The function that one of our own metrics is looked at of, with this outcome and in this stack alone.
fn of_function(looked_at: &'static Value, name: &str, outcome: &str) -> &'static str {
    assert_eq!(looked_at["Namespace"], "Sentry");
    assert_eq!(text(&looked_at["MetricName"]), name);
    let dimensions = looked_at["Dimensions"].as_sequence().unwrap().iter();
    let dimensions: BTreeMap<&str, &str> = dimensions
        .map(|it| (text(&it["Name"]), text(&it["Value"])))
        .collect();
    assert_eq!(dimensions.len(), 3);
    assert_eq!(dimensions["stack"], "AWS::StackName");
    assert_eq!(dimensions["outcome"], outcome);
    dimensions["function"]
}

/// To Lambda, a message that failed is no error of the call that it came with.
#[test]
fn messages_that_fail_are_told_of_every_worker() {
    let workers: BTreeSet<&str> = functions()
        .iter()
        .filter(|function| !function.events("SQS").is_empty())
        .map(|function| function.folder)
        .collect();
    for (alarm, outcome) in [("JobsDropped", "dropped"), ("JobsRetried", "retry")] {
        let looked_at: BTreeSet<&str> = resource(alarm)["Metrics"]
            .as_sequence()
            .unwrap()
            .iter()
            .map(|it| &it["MetricStat"]["Metric"])
            .filter(|it| !it.is_null())
            .map(|it| of_function(it, metric::JOBS, outcome))
            .collect();
        assert_eq!(looked_at, workers, "{alarm}");
    }
}

#[test]
fn a_sweep_that_does_not_come_is_told() {
    let alarm = resource("SweepMissing");
    assert_eq!(of_function(alarm, metric::TICKS, "done"), "sweep");
    assert_eq!(alarm["ComparisonOperator"], "LessThanThreshold");
    // One late tick is none that is missing.
    assert!(alarm["EvaluationPeriods"].as_u64().unwrap() >= 2);
    let period = untagged(&alarm["Period"]);
    assert_eq!(period[0], "Small");
    for (size, rows) in sizes() {
        let between = match text(&rows["Sweeps"]) {
            "cron(0 * * * ? *)" => 3600,
            "cron(* * * * ? *)" => 60,
            other => panic!("{size}: {other}"),
        };
        let place: usize = if size == "small" { 1 } else { 2 };
        assert!(period[place].as_u64().unwrap() >= between, "{size}");
    }
}

#[test]
fn slow_requests_are_told_by_function_and_held_ones_are_not_slow() {
    let alarm = resource("RequestsSlow");
    let metrics = alarm["Metrics"].as_sequence().unwrap();
    let looked_at: BTreeSet<&str> = metrics
        .iter()
        .map(|metric| &metric["MetricStat"]["Metric"])
        .filter(|metric| metric["MetricName"] == "Duration")
        .map(|metric| named(&metric["Dimensions"][0]["Value"]))
        .collect();
    let answering: BTreeSet<&str> = of_type("AWS::Lambda::Permission")
        .into_iter()
        .map(|(_, permission)| named(&permission["FunctionName"]))
        .collect();
    assert_eq!(looked_at, answering);
    let formula = text(&metrics[0]["Expression"]);
    // As long as `?wait=` may ask for, by the published document.
    let document: serde_json::Value =
        serde_json::from_str(include_str!("../../../../infra/openapi.json")).unwrap();
    let longest = longest_wait(&document);
    assert!(
        formula.contains(&format!("FILL(uploads, 0) - {}", longest * 1000)),
        "{formula}"
    );
    // The database pauses after some minutes without a connection: not while requests come in each period.
    let pause = &untagged(
        &resource("Database")["ServerlessV2ScalingConfiguration"]["SecondsUntilAutoPause"],
    )[1];
    for period in metrics.iter().map(|it| &it["MetricStat"]["Period"]) {
        assert!(period.is_null() || period.as_u64().unwrap() <= pause.as_u64().unwrap());
    }
    assert!(alarm["EvaluationPeriods"].as_u64().unwrap() >= 2);
    assert!(formula.starts_with("IF(FILL(requests, 0) >= 100, "));
}

/// The largest `wait` of any operation, all of which are of one function.
fn longest_wait(document: &serde_json::Value) -> u64 {
    let mut longest = 0;
    for operations in document["paths"].as_object().unwrap().values() {
        for operation in operations.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array();
            for parameter in parameters.into_iter().flatten() {
                if parameter["name"] == "wait" {
                    assert_eq!(operation["tags"][0], "uploads");
                    longest = longest.max(parameter["schema"]["maximum"].as_u64().unwrap());
                }
            }
        }
    }
    longest
}

#[test]
fn the_alarm_for_connections_follows_what_may_run_at_once() {
    let names: Vec<&str> = functions()
        .iter()
        .map(|function| function.name.strip_suffix("Function").unwrap())
        .collect();
    for (size, rows) in sizes() {
        let planned: u64 = names.iter().map(|name| rows[*name].as_u64().unwrap()).sum();
        assert_eq!(
            rows["Connections"].as_u64(),
            Some(planned + OTHERS),
            "{size}"
        );
    }
    let alarm = resource("DatabaseConnections");
    let seconds = alarm["Period"].as_u64().unwrap() * alarm["EvaluationPeriods"].as_u64().unwrap();
    assert!(
        seconds > idle_seconds(),
        "rings after each deployment, while functions of before keep theirs"
    );
}

fn idle_seconds() -> u64 {
    let parameters = &resource("DatabaseParameters")["Parameters"];
    let milliseconds = parameters["idle_session_timeout"].as_str().unwrap();
    milliseconds.parse::<u64>().unwrap() / 1000
}

/// A function replaces a connection that lay idle for five minutes: one that the server ended it must never meet.
#[test]
fn the_database_ends_no_connection_that_a_function_would_use() {
    assert!(idle_seconds() >= sentry_db::LONGEST_IDLE.as_secs() + 60);
}

#[test]
fn what_readme_says_of_the_sizes_is_so() {
    let page = include_str!("../../../../infra/README.md");
    let row = |begin: &str| {
        let found = page.lines().find(|line| line.starts_with(begin));
        found.unwrap_or_else(|| panic!("README has no row {begin}"))
    };
    let answering: BTreeSet<&str> = of_type("AWS::Lambda::Permission")
        .into_iter()
        .map(|(_, permission)| {
            named(&permission["FunctionName"])
                .strip_suffix("Function")
                .unwrap()
        })
        .collect();
    let all: Vec<&str> = functions()
        .iter()
        .map(|function| function.name.strip_suffix("Function").unwrap())
        .collect();
    let columns: Vec<&str> = row("| bound |").split('|').map(str::trim).collect();
    for (size, rows) in sizes() {
        let column = columns.iter().position(|name| *name == size).unwrap();
        let sum = |names: &mut dyn Iterator<Item = &str>| -> u64 {
            names.map(|name| rows[name].as_u64().unwrap()).sum()
        };
        for (line, number) in [
            (
                row("| requests at once |"),
                sum(&mut answering.iter().copied()),
            ),
            (row("| connections |"), sum(&mut all.iter().copied())),
            (
                row("| requests per second |"),
                rows["ApiRate"].as_u64().unwrap(),
            ),
            (
                row("| cores of the database |"),
                rows["MaxAcu"].as_u64().unwrap() / 4,
            ),
        ] {
            let said = line.split('|').nth(column).unwrap().trim();
            let said = said.split(' ').next().unwrap();
            assert_eq!(said, thousands(number), "{size}: {line}");
        }
    }
    let alarms = of_type("AWS::CloudWatch::Alarm").len();
    assert!(page.contains(&format!("| watch | {alarms} alarms by mail")));
    assert!(!TEMPLATE["Resources"]["Dashboard"].is_null());
}

fn thousands(number: u64) -> String {
    if number < 1000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1000, number % 1000)
}
