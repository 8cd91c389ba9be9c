//! What an operator sees.

use super::{function, resource, text};
use sentry_runtime::telemetry::metric;
use std::time::Duration;

/// Every metric that is paid for, by the dimensions it has beside function and stack.
const METRICS: [(&str, &[&str]); 4] = [
    (
        "",
        &[
            metric::REQUESTS,
            metric::CLIENT_ERRORS,
            metric::SERVER_ERRORS,
            metric::REQUEST_DURATION,
            metric::JOB_DURATION,
            metric::TICK_DURATION,
            metric::QUEUE_AGE,
            metric::COLD_STARTS,
            metric::AI_COST,
            metric::USERS_RESCORED,
        ],
    ),
    (",outcome", &[metric::JOBS, metric::TICKS]),
    (
        ",engine",
        &[metric::ITEMS_EXTRACTED, metric::DOCUMENTS_READ],
    ),
    (",direction", &[metric::AI_TOKENS]),
];

#[test]
fn the_dashboard_shows_every_metric_of_this_stack_alone() {
    let body = text(&resource("Dashboard")["DashboardBody"]);
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let widgets = body["widgets"].as_array().unwrap();
    let searches: Vec<&str> = widgets
        .iter()
        .flat_map(|widget| widget["properties"]["metrics"].as_array().unwrap())
        .filter_map(|line| line[0]["expression"].as_str())
        .filter(|search| search.contains("{Sentry,"))
        .collect();
    for search in &searches {
        assert!(search.contains("stack=\"${AWS::StackName}\""), "{search}");
    }
    for (labels, names) in METRICS {
        let schema = format!("{{Sentry,function,stack{labels}}}");
        for name in names {
            let quoted = format!("\"{name}\"");
            let shown = searches
                .iter()
                .any(|search| search.contains(&schema) && search.contains(&quoted));
            assert!(shown, "{name} is not shown");
        }
    }
}

#[test]
fn api_gateway_names_a_request_as_the_functions_do() {
    let format = text(&resource("ApiStage")["AccessLogSettings"]["Format"]);
    let line: serde_json::Value = serde_json::from_str(format).unwrap();
    assert_eq!(line["gateway.request_id"], "$context.requestId");
    assert_eq!(line["lambda.request_id"], "$context.integration.requestId");
    assert!(line["duration_ms"].is_string() && line["request.id"].is_null());
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
