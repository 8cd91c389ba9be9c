//! What is built for which parameters: every part of the network that costs something while nobody is there.

use super::{TEMPLATE, named, of_type, text, untagged};
use serde_yaml_ng::Value;
use std::collections::BTreeMap;

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
    for (parameters, nat, endpoint) in [
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
