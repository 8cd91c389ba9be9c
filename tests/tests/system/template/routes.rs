//! Which path API Gateway sends to which function.

use super::{function, named, of_type, resource, text};
use sentry_local::functions::documents;
use std::collections::{BTreeMap, BTreeSet};

/// A route: its path, and the name of the function behind it.
struct Route {
    path: &'static str,
    function: &'static str,
}

fn routes() -> Vec<Route> {
    of_type("AWS::ApiGatewayV2::Route")
        .into_iter()
        .map(|(name, route)| {
            let key = route["RouteKey"].as_str().unwrap();
            let path = key.strip_prefix("ANY ");
            // One method of a path elsewhere is more than the order of precedence below knows of.
            let path = path.unwrap_or_else(|| panic!("{name} is for one method only"));
            let target = text(&route["Target"])
                .strip_prefix("integrations/${")
                .unwrap();
            let integration = resource(target.strip_suffix('}').unwrap());
            Route {
                path,
                function: named(&integration["IntegrationUri"]),
            }
        })
        .collect()
}

/// The route that takes a path, as API Gateway chooses: a whole path before `{proxy+}`, a longer one of these before a
/// shorter. <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>
fn chosen<'r>(routes: &'r [Route], path: &str) -> Option<&'r Route> {
    let greedy = |route: &&Route| {
        let before = route.path.strip_suffix("{proxy+}");
        before.is_some_and(|before| {
            path.strip_prefix(before)
                .is_some_and(|rest| !rest.is_empty())
        })
    };
    routes.iter().find(|route| route.path == path).or_else(|| {
        routes
            .iter()
            .filter(greedy)
            .max_by_key(|route| route.path.len())
    })
}

/// A path of the document as a client asks for it.
fn asked(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            "7"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Every path of the API with the folder of its function; whoever has no routes of their own answers `/health`.
fn documented() -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for (folder, document) in documents() {
        found.extend(
            document
                .paths
                .paths
                .keys()
                .map(|path| (path.clone(), folder)),
        );
    }
    found
}

/// Older ways to some of the paths: `shared/http/src/aliases.rs`.
fn aliases() -> BTreeMap<String, &'static str> {
    let mut found: BTreeMap<String, &'static str> = documented()
        .into_iter()
        .filter_map(|(path, folder)| {
            Some((
                format!("/api/v1{}", asked(&path).strip_prefix("/api")?),
                folder,
            ))
        })
        .collect();
    for (path, folder) in [
        ("/.well-known/jwks.json", "accounts"),
        ("/api/profile", "advice"),
        ("/api/v1/profile", "advice"),
        ("/api/extract/text", "uploads"),
        ("/api/v1/extract/text", "uploads"),
        ("/api/extraction/history/7", "uploads"),
        ("/api/v1/extraction/history/7", "uploads"),
        ("/api/uploads/create-session", "uploads"),
        ("/api/uploads/session/7/upload", "uploads"),
    ] {
        found.insert(path.to_owned(), folder);
    }
    found
}

/// The documented path that a function sees behind an alias.
fn canonical(path: &str) -> String {
    sentry_http::canonical_path(path).into_owned()
}

#[test]
fn every_path_is_sent_to_the_function_that_answers_it() {
    let routes = routes();
    let documented = documented();
    assert!(documented.len() > 50, "the document has lost its routes");
    for (path, folder) in &documented {
        let route = chosen(&routes, &asked(path)).unwrap_or_else(|| panic!("{path} leads nowhere"));
        assert_eq!(route.function, function(folder).name, "{path}");
    }
    for path in ["/health", "/health/ready"] {
        assert!(chosen(&routes, path).is_some(), "{path}");
    }
    let published: serde_json::Value =
        serde_json::from_str(include_str!("../../../../infra/openapi.json")).unwrap();
    for path in published["paths"].as_object().unwrap().keys() {
        assert!(
            chosen(&routes, &asked(path)).is_some(),
            "{path} leads nowhere"
        );
    }
}

#[test]
fn older_paths_are_sent_there_too() {
    let routes = routes();
    for (path, folder) in aliases() {
        let route = chosen(&routes, &path).unwrap_or_else(|| panic!("{path} leads nowhere"));
        assert_eq!(route.function, function(folder).name, "{path}");
        let seen = canonical(&path);
        let known = documented().iter().any(|(path, _)| matches(path, &seen));
        assert!(
            known,
            "{path} is {seen} to the function, which does not know it"
        );
    }
}

/// Whether a path of the document is the one asked for.
fn matches(path: &str, asked: &str) -> bool {
    let (mut ours, mut theirs) = (path.split('/'), asked.split('/'));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return true,
            (Some(our), Some(their)) if our == their || our.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// Each function knows by itself whether it is ready.
#[test]
fn every_function_can_be_asked_whether_it_is_ready() {
    let routes = routes();
    for (folder, _) in documents() {
        let path = format!("/health/ready/{folder}");
        assert_eq!(
            chosen(&routes, &path).unwrap().function,
            function(folder).name
        );
        assert_eq!(canonical(&path), "/health/ready");
    }
}

#[test]
fn no_route_leads_nowhere() {
    let routes = routes();
    let health = ["/health".to_owned(), "/health/ready".to_owned()].into_iter();
    let health = health.chain(documents().map(|(folder, _)| format!("/health/ready/{folder}")));
    let paths = documented().into_iter().map(|(path, _)| asked(&path));
    let used: BTreeSet<&str> = paths
        .chain(aliases().into_keys())
        .chain(health)
        .filter_map(|path| chosen(&routes, &path).map(|route| route.path))
        .collect();
    for route in &routes {
        assert!(used.contains(route.path), "nothing is at {}", route.path);
    }
}

#[test]
fn api_gateway_may_call_each_function_it_sends_to_and_no_other() {
    let permitted: BTreeSet<&str> = of_type("AWS::Lambda::Permission")
        .into_iter()
        .map(|(_, permission)| named(&permission["FunctionName"]))
        .collect();
    let sent_to: BTreeSet<&str> = routes().iter().map(|route| route.function).collect();
    assert_eq!(permitted, sent_to);
}
