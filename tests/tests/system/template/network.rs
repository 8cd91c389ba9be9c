//! What is built for which parameters: every part of the network that costs something while nobody is there.

use super::{TEMPLATE, functions, named, of_type, resource, text, untagged};
use sentry_runtime::{Settings, aws};
use serde_yaml_ng::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The parameters of a deployment: those given, and the defaults of all others.
struct Deployment(BTreeMap<&'static str, &'static str>);

impl Deployment {
    fn parameter(&self, name: &str) -> String {
        if let Some(given) = self.0.get(name) {
            return (*given).to_owned();
        }
        match &TEMPLATE["Parameters"][name]["Default"] {
            Value::Number(number) => number.to_string(),
            text => text
                .as_str()
                .unwrap_or_else(|| panic!("{name} is not given"))
                .to_owned(),
        }
    }

    /// A side of an `!Equals`.
    fn side(&self, value: &Value) -> String {
        match value {
            Value::Tagged(tagged) if tagged.tag == "!Ref" => self.parameter(text(value)),
            Value::Tagged(tagged) if tagged.tag == "!Join" => self.side(&tagged.value[1]),
            Value::Number(number) => number.to_string(),
            plain => text(plain).to_owned(),
        }
    }

    fn fulfils(&self, condition: &Value) -> bool {
        let Value::Tagged(tagged) = condition else {
            panic!("{condition:?} is no condition")
        };
        let each = |value: &Value| value.as_sequence().unwrap().clone();
        match tagged.tag.to_string().as_str() {
            "!Equals" => self.side(&tagged.value[0]) == self.side(&tagged.value[1]),
            "!Not" => !self.fulfils(&tagged.value[0]),
            "!And" => each(&tagged.value).iter().all(|it| self.fulfils(it)),
            "!Or" => each(&tagged.value).iter().any(|it| self.fulfils(it)),
            "!Condition" => self.fulfils(&TEMPLATE["Conditions"][text(condition)]),
            other => panic!("the test does not know {other}"),
        }
    }

    fn has(&self, resource: &str) -> bool {
        let condition = &TEMPLATE["Resources"][resource]["Condition"];
        condition.is_null() || self.fulfils(&TEMPLATE["Conditions"][text(condition)])
    }
}

fn with(parameters: &[(&'static str, &'static str)]) -> Deployment {
    Deployment(parameters.iter().copied().collect())
}

#[test]
fn a_nat_gateway_is_paid_for_only_where_somebody_outside_is_spoken_to() {
    for (mut parameters, nat, endpoint) in [
        (vec![], false, true),
        (vec![("InternetAccess", "yes")], true, false),
        (
            vec![("AiBaseUrl", "https://api.openai.com/v1")],
            true,
            false,
        ),
        (vec![("OauthProviders", "[{}]")], true, false),
        (vec![("MailUrl", "smtps://u:p@host:465")], true, false),
        // What was asked for, in spite of what then is out of reach.
        (
            vec![("InternetAccess", "no"), ("MailUrl", "smtps://u:p@h:465")],
            false,
            false,
        ),
        (
            vec![("InternetAccess", "no"), ("AiBaseUrl", "https://ai")],
            false,
            true,
        ),
        (
            vec![("DatabaseUrl", "postgres://db"), ("InternetAccess", "yes")],
            false,
            false,
        ),
    ] {
        parameters.push(("PrivateEndpoints", "yes"));
        let deployment = with(&parameters);
        for part in ["NatGateway", "NatAddress", "OutboundRoute", "Public"] {
            assert_eq!(deployment.has(part), nat, "{parameters:?}: {part}");
        }
        assert_eq!(deployment.has("MailEndpoint"), endpoint, "{parameters:?}");
    }
}

#[test]
fn a_database_of_the_operator_s_needs_no_network_at_all() {
    let deployment = with(&[("DatabaseUrl", "postgres://owner:pw@db.example.org/sentry")]);
    let resources = TEMPLATE["Resources"].as_mapping().unwrap();
    for (name, resource) in resources {
        let kind = resource["Type"].as_str().unwrap();
        let left = kind.starts_with("AWS::EC2::") || kind.starts_with("AWS::RDS::");
        let name = name.as_str().unwrap();
        assert!(!(left && deployment.has(name)), "{name}");
    }
}

/// Everything can be answered by leaving it out, but for what nobody but the operator knows; a question whose answer is
/// hidden cannot be answered by nothing when SAM asks it, which is why README does not let it ask.
#[test]
fn one_parameter_must_be_given() {
    let parameters = TEMPLATE["Parameters"].as_mapping().unwrap();
    let asked: Vec<&str> = parameters
        .iter()
        .filter(|(_, parameter)| parameter["Default"].is_null())
        .map(|(name, _)| name.as_str().unwrap())
        .collect();
    assert_eq!(asked, ["MailFrom"]);
}

/// Each function reaches the services in one of two ways, of which the one without endpoints costs nothing.
#[test]
fn services_are_reached_by_endpoints_or_by_ipv6() {
    for (parameters, endpoints, ipv6) in [
        (vec![], false, true),
        (vec![("PrivateEndpoints", "yes")], true, false),
        (vec![("Size", "medium")], true, false),
        (vec![("Size", "large")], true, false),
        (
            vec![("Size", "large"), ("PrivateEndpoints", "no")],
            false,
            true,
        ),
        (
            vec![
                ("DatabaseUrl", "postgres://db"),
                ("PrivateEndpoints", "yes"),
            ],
            false,
            false,
        ),
        (vec![("DatabaseUrl", "postgres://db")], false, false),
    ] {
        let deployment = with(&parameters);
        for (name, endpoint) in of_type("AWS::EC2::VPCEndpoint") {
            if endpoint["VpcEndpointType"] == "Interface" {
                assert_eq!(deployment.has(name), endpoints, "{parameters:?}: {name}");
            }
        }
        let ways = [
            "InnerRoute6",
            "OutboundRoute6",
            "Inner6",
            "Outbound6",
            "Gateway6",
        ];
        for part in ways {
            assert_eq!(deployment.has(part), ipv6, "{parameters:?}: {part}");
        }
        let condition = &TEMPLATE["Conditions"]["Ipv6"];
        assert_eq!(deployment.fulfils(condition), ipv6, "{parameters:?}");
    }
}

/// Whoever sends by IPv6 is allowed to, knows the names that have it, and finds its way before it is called for the first
/// time, which `Setup` is.
#[test]
fn every_function_in_the_network_may_use_ipv6_where_it_is_the_way() {
    let asked = |value: &Value| {
        (
            text(&untagged(value)[0]).to_owned(),
            untagged(value)[1].clone(),
        )
    };
    let shared = &TEMPLATE["Globals"]["Function"]["Environment"]["Variables"];
    let (condition, then) = asked(&shared["AWS_USE_DUALSTACK_ENDPOINT"]);
    assert_eq!((condition.as_str(), then.as_str()), ("Ipv6", Some("true")));
    for function in functions() {
        let (condition, network) = asked(&function.properties["VpcConfig"]);
        assert_eq!(condition, "Own", "{}", function.folder);
        let (condition, then) = asked(&network["Ipv6AllowedForDualStack"]);
        assert_eq!(
            (condition.as_str(), then.as_bool()),
            ("Ipv6", Some(true)),
            "{}",
            function.folder
        );
    }
    let after = serde_yaml_ng::to_string(&resource("Setup")["After"]).unwrap();
    for way in ["InnerRoute6", "Inner6", "SecretsEndpoint"] {
        assert!(after.contains(way), "{way}: {after}");
    }
}

/// The host that a client of a service asks, by the rules of its SDK.
macro_rules! host {
    ($service:ident, $config:expr) => {{
        use $service::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
        let params = Params::builder()
            .region($config.region().unwrap().to_string())
            .use_dual_stack($config.use_dual_stack().unwrap_or_default());
        let resolver = DefaultResolver::new();
        resolver
            .resolve_endpoint(&params.build().unwrap())
            .await
            .unwrap()
            .url()
            .to_owned()
    }};
}

#[tokio::test]
async fn services_have_the_names_of_their_way() {
    sentry_local::choose_tls();
    for (dual_stack, queues, mails) in [
        (
            "false",
            "https://sqs.eu-central-1.amazonaws.com",
            "https://email.eu-central-1.amazonaws.com",
        ),
        (
            "true",
            "https://sqs.eu-central-1.api.aws",
            "https://email.eu-central-1.api.aws",
        ),
    ] {
        let settings = Settings::from_lookup(|name| match name {
            "AWS_REGION" => Some("eu-central-1".to_owned()),
            "AWS_USE_DUALSTACK_ENDPOINT" => Some(dual_stack.to_owned()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("some".to_owned()),
            "BUCKET" => Some("files".to_owned()),
            _ => None,
        });
        let config = aws::sdk_config(&settings).unwrap();
        assert_eq!(host!(aws_sdk_sqs, config), queues);
        assert_eq!(host!(aws_sdk_sesv2, config), mails);
        // Has IPv6 under the one name it has.
        assert_eq!(
            host!(aws_sdk_secretsmanager, config),
            "https://secretsmanager.eu-central-1.amazonaws.com"
        );
        // Has a way of its own, which is IPv4's.
        let storage = sentry_storage::Storage::from_settings(&settings).unwrap();
        let put = storage
            .presign_put("a", 1, "text/plain", Duration::from_secs(9))
            .await
            .unwrap();
        assert!(
            put.url
                .starts_with("https://files.s3.eu-central-1.amazonaws.com/a?"),
            "{}",
            put.url
        );
    }
}

#[test]
fn the_small_one_pays_for_each_endpoint_once() {
    for (name, endpoint) in of_type("AWS::EC2::VPCEndpoint") {
        if endpoint["VpcEndpointType"] != "Interface" {
            continue;
        }
        let places = untagged(&endpoint["SubnetIds"]);
        assert_eq!(places[0], "Small", "{name}");
        let count = |index: usize| places[index].as_sequence().unwrap().len();
        assert_eq!((count(1), count(2)), (1, 2), "{name}");
        assert_eq!(named(&endpoint["SecurityGroupIds"][0]), "EndpointGroup");
    }
}
