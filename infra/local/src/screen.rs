//! What a person reads in the terminal.

use crate::aws::BUCKET;
use crate::demo::Demo;
use crate::functions::{self, Worker};
use crate::system::{SCHEDULES, System, queue_names};
use sentry_queue::Queue;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

/// The environment as a file that `cargo lambda watch --env-file` and shells read. In quotes: without them the `=` that
/// ends a key is one too many.
pub fn env_file(environment: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (name, value) in environment {
        let _ = writeln!(text, "{name}='{value}'");
    }
    text
}

/// Where everything is.
pub fn overview(system: &System, took: Duration) -> String {
    let mut text = String::new();
    let place = |name: &str| {
        system
            .environment
            .get(name)
            .cloned()
            .unwrap_or_else(|| "as in the environment".to_owned())
    };
    let kind = if system.database_is_embedded() {
        "embedded, one connection"
    } else {
        "yours"
    };
    let endpoint = place("AWS_ENDPOINT_URL");
    let _ = writeln!(
        text,
        "Sentry AI is up, after {:.1} s. State is kept in {}.\n",
        took.as_secs_f64(),
        system.folder.path().display()
    );
    let _ = writeln!(
        text,
        "  API        http://{}/api   (document: infra/openapi.json)",
        system.address
    );
    let _ = writeln!(text, "  metrics    http://{}/metrics", system.address);
    let _ = writeln!(
        text,
        "  database   {}   ({kind})",
        system.database_address()
    );
    let _ = writeln!(text, "  bucket     {endpoint}/{BUCKET}");
    for queue in Queue::ALL {
        let _ = writeln!(
            text,
            "  queue      {} -> {}",
            place(queue.url_setting()),
            Worker::of_queue(*queue).name()
        );
    }
    let _ = match std::env::var_os("MAIL_URL") {
        Some(_) => writeln!(text, "  mail       as MAIL_URL says"),
        None => writeln!(
            text,
            "  mail       kept in {} as .eml files: MAIL_URL is not set, so none is sent",
            place("MAIL_FOLDER")
        ),
    };
    let dead: Vec<String> = queue_names().map(|name| format!("{name}-dead")).collect();
    let _ = writeln!(text, "  dead       {}", dead.join("  "));
    let _ = writeln!(
        text,
        "  functions  {} behind the API; {} as workers",
        functions::documents().map(|(name, _)| name).join(" "),
        Worker::ALL.map(Worker::name).join(" ")
    );
    for (name, every, worker) in SCHEDULES {
        let _ = writeln!(text, "  schedule   {name} {every} -> {}", worker.name());
    }
    text
}

/// What came out of the sample document.
pub fn demo(demo: &Demo) -> String {
    let mut text = String::new();
    let file = demo.upload["filename"].as_str().unwrap_or("the sample");
    let _ = match demo.took {
        Some(took) => writeln!(
            text,
            "{file} went in; {} tasks and meetings came out after {:.2} s:\n",
            demo.tasks.len(),
            took.as_secs_f64()
        ),
        None => writeln!(
            text,
            "{file} went in at an earlier start; its {} tasks and meetings:\n",
            demo.tasks.len()
        ),
    };
    for (number, task) in demo.tasks.iter().enumerate() {
        let _ = writeln!(text, "  {:>2}. {}", number + 1, words(&task["title"]));
        let details: Vec<String> = [
            due(task),
            Some(words(&task["assigned_to"]))
                .filter(|who| !who.is_empty())
                .map(|who| format!("for {who}")),
            Some(words(&task["priority"]))
                .filter(|priority| priority != "medium")
                .map(|priority| format!("{priority} priority")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !details.is_empty() {
            let _ = writeln!(text, "      {}", details.join(", "));
        }
        let _ = writeln!(
            text,
            "      said in: \"{}\"",
            shortened(&words(&task["source_quote"]), 100)
        );
    }
    text.push('\n');
    text.push_str(&score(&demo.analysis));
    text
}

/// The score with its reasons.
pub fn score(analysis: &Value) -> String {
    let mut text = String::new();
    let _ = match analysis["final_score"].as_f64() {
        Some(score) => writeln!(
            text,
            "Load score {score:.2} of 100: {}.",
            words(&analysis["burnout_level"])
        ),
        None => writeln!(
            text,
            "No load score yet: {}",
            words(&analysis["reason"]["detail"])
        ),
    };
    for factor in analysis["factors"].as_array().into_iter().flatten() {
        let points = factor["points"].as_f64().unwrap_or(0.0);
        if points > 0.0 {
            let _ = writeln!(text, "  {points:>+7.2}  {}", words(&factor["sentence"]));
        }
    }
    let mood = analysis["sentiment_adjustment"].as_f64().unwrap_or(0.0);
    if mood.abs() > 0.0 {
        let _ = writeln!(
            text,
            "  {mood:>+7.2}  What you wrote or ticked in the last 7 days."
        );
    }
    let course = &analysis["course"];
    if let (Some(usual), Some(off)) = (course["baseline"].as_f64(), course["deviation"].as_f64()) {
        let _ = writeln!(
            text,
            "  Usually {usual:.0}, so {off:+.0}; the trend is {}.",
            words(&course["trend"])
        );
    }
    for alert in analysis["alerts"].as_array().into_iter().flatten() {
        let _ = writeln!(text, "  Alert: {}", words(&alert["sentence"]));
    }
    if let Some(notice) = analysis["notice"].as_str() {
        let _ = writeln!(text, "  {notice}");
    }
    text
}

/// Lines to try, which work as printed while the system is up.
pub fn lines(system: &System, demo: &Demo) -> String {
    let api = format!("http://{}/api", system.address);
    format!(
        "Try it as {} (the token lasts 15 minutes; sign in again for another):\n\n\
         export TOKEN={}\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" {api}/tasks?limit=5\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{{\"text\":\"- [ ] Send the report to Ana by Friday\"}}' '{api}/tasks/extract/text?wait=20'\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" -F file=@samples/meeting-minutes.pdf '{api}/tasks/extract/document?wait=20'\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" -X POST {api}/burnout/analyze-auto/me\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{{\"mood\":2,\"note\":\"slept badly\"}}' {api}/check-ins\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" -X POST {api}/recommendations/generate\n\n\
         Sign up yourself:\n\n\
         curl -s -H 'Content-Type: application/json' -d '{{\"email\":\"you@example.org\",\"password\":\"choose a long one please\"}}' {api}/users\n\
         curl -s -H 'Content-Type: application/json' -d '{{\"email\":\"you@example.org\",\"password\":\"choose a long one please\"}}' {api}/auth/login\n",
        demo.email, demo.access_token
    )
}

fn words(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn due(task: &Value) -> Option<String> {
    let start = task["start_at"]
        .as_str()
        .map(|at| format!("at {}", minute(at)));
    let due = task["due_at"]
        .as_str()
        .map(minute)
        .or_else(|| task["due_on"].as_str().map(str::to_owned));
    start.or_else(|| due.map(|due| format!("due {due}")))
}

/// `2026-03-02T09:00:00Z` as `2026-03-02 09:00 UTC`.
fn minute(instant: &str) -> String {
    let short: String = instant.chars().take(16).collect();
    format!("{} UTC", short.replace('T', " "))
}

fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    format!(
        "{}…",
        cut.rsplit_once(' ')
            .map_or(cut.as_str(), |(whole, _)| whole)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_environment_is_read_by_what_cargo_lambda_reads_it_with() {
        let environment: BTreeMap<String, String> = [
            ("DATA_KEY", "QTub5hYCcHlLcdS8tp/l/O6bsE0ix5rrrrvjhbNp+8="),
            (
                "DATABASE_URL",
                "postgres://sentry:p%20w@127.0.0.1:5432/sentry?sslmode=disable",
            ),
            ("MAIL_FOLDER", "/home/some one/.sentry/mail"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let read = env_file_reader::read_str(&env_file(&environment)).unwrap();
        assert_eq!(read.into_iter().collect::<BTreeMap<_, _>>(), environment);
    }

    #[test]
    fn a_score_names_its_reasons_and_a_missing_one_its_cause() {
        let analysis = json!({
            "final_score": 41.25, "burnout_level": "MODERATE", "notice": "Not a diagnosis.",
            "factors": [{"points": 6.0, "sentence": "3 tasks are overdue."}, {"points": 0.0, "sentence": "Hidden."}],
        });
        let text = score(&analysis);
        assert!(text.contains("41.25 of 100: MODERATE"), "{text}");
        assert!(
            text.contains("+6.00  3 tasks are overdue.") && !text.contains("Hidden"),
            "{text}"
        );
        assert!(
            score(&json!({"final_score": null, "reason": {"code": "no_data", "detail": "nothing is known"}}))
                .contains("nothing is known")
        );
    }

    #[test]
    fn long_quotes_are_cut_between_words() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("short", 9), "short");
    }
}
