//! What an operator sees.

use super::{function, metrics, of_type, resource, text};
use serde_json::Value;
use std::time::Duration;

/// What the graphs of the dashboard show: each line as it is written.
fn lines() -> Vec<Vec<Value>> {
    let body = text(&resource("Dashboard")["DashboardBody"]);
    let body: Value = serde_json::from_str(body).unwrap();
    let graphs = body["widgets"].as_array().unwrap().iter();
    graphs
        .flat_map(|widget| widget["properties"]["metrics"].as_array().unwrap())
        .map(|line| line.as_array().unwrap().clone())
        .collect()
}

/// The lines of single metrics: namespace, name, dimension and value, with what a line leaves to the one before it.
fn single_metrics() -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for line in lines() {
        let words: Vec<&str> = line.iter().filter_map(Value::as_str).collect();
        let full: Vec<String> = match words.split_first() {
            None => continue,
            Some((&"...", rest)) => {
                let before = all.last().unwrap();
                let kept = before[..before.len() - rest.len()].iter().cloned();
                kept.chain(rest.iter().map(|&word| word.to_owned()))
                    .collect()
            }
            Some(_) => {
                let complete = |(place, word): (usize, &&str)| match *word {
                    "." => all.last().unwrap()[place].clone(),
                    other => other.to_owned(),
                };
                words.iter().enumerate().map(complete).collect()
            }
        };
        all.push(full);
    }
    all
}

#[test]
fn the_dashboard_shows_every_metric_of_this_stack_alone() {
    let lines = lines();
    let searches: Vec<&str> = lines
        .iter()
        .filter_map(|line| line[0]["expression"].as_str())
        .collect();
    for search in &searches {
        assert!(search.contains("stack=\"${AWS::StackName}\""), "{search}");
    }
    for (name, label) in metrics() {
        let label = label.map(|label| format!(",{label}")).unwrap_or_default();
        let schema = format!("{{Sentry,function,stack{label}}}");
        let quoted = format!("\"{name}\"");
        let shown = searches
            .iter()
            .any(|search| search.contains(&schema) && search.contains(&quoted));
        assert!(shown, "{name} is not shown");
    }
}

/// By its name: a search for the name of the stack finds those of another whose name begins alike.
#[test]
fn the_dashboard_shows_every_function_and_every_queue() {
    let shown = single_metrics();
    let of_functions = ["Errors", "Throttles", "ConcurrentExecutions", "Duration"];
    let of_queues = [
        "ApproximateAgeOfOldestMessage",
        "ApproximateNumberOfMessagesVisible",
    ];
    let functions = of_type("AWS::Serverless::Function").into_iter().map(|it| {
        let value = format!("${{{}}}", it.0);
        ("AWS/Lambda", "FunctionName", value, of_functions.as_slice())
    });
    let queues = of_type("AWS::SQS::Queue").into_iter().map(|it| {
        let value = format!("${{{}.QueueName}}", it.0);
        ("AWS/SQS", "QueueName", value, of_queues.as_slice())
    });
    for (namespace, dimension, value, names) in functions.chain(queues) {
        for &name in names {
            let line = [namespace, name, dimension, value.as_str()];
            assert!(shown.iter().any(|it| it.as_slice() == line), "{line:?}");
        }
    }
}

#[test]
fn api_gateway_names_a_request_as_the_functions_do() {
    let format = text(&resource("ApiStage")["AccessLogSettings"]["Format"]);
    let line: Value = serde_json::from_str(format).unwrap();
    assert_eq!(line["gateway.request_id"], "$context.requestId");
    assert_eq!(line["lambda.request_id"], "$context.integration.requestId");
    assert!(line["duration_ms"].is_string() && line["request.id"].is_null());
}

/// A value whose name ends with `String` comes with quotes of its own, which would end the text around it.
#[test]
fn a_line_of_api_gateway_s_is_json_also_where_something_failed() {
    let format = text(&resource("ApiStage")["AccessLogSettings"]["Format"]);
    let line: Value = serde_json::from_str(format).unwrap();
    assert_eq!(line["error"], "$context.error.message");
    for (name, value) in line.as_object().unwrap() {
        let variable = value.as_str().unwrap().strip_prefix("$context.").unwrap();
        assert!(!variable.ends_with("String"), "{name}: {variable}");
    }
}

/// What the clock calls ends by itself and says so, before Lambda ends it.
#[test]
fn ticks_end_before_the_function_does() {
    for (folder, limit) in [
        ("sweep", sweep::TIME_LIMIT),
        ("rescore", rescore::TIME_LIMIT),
    ] {
        let timeout = Duration::from_secs(function(folder).timeout());
        assert!(limit + Duration::from_secs(5) <= timeout, "{folder}");
    }
}
