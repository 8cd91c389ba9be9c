//! The client against a server that is as strict as the real ones.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where its premise does"
)]

mod provider;

use bytes::Bytes;
use provider::{KEY, Lacks, Provider, Reply};
use sentry_ai::{
    Ai, AiError, Answer, ChatRequest, Model, Part, Patience, Recording, Schema, Usage,
};
use sentry_runtime::{Ids, Settings};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn patience() -> Patience {
    Patience {
        attempt: Duration::from_secs(5),
        total: Duration::from_secs(20),
        attempts: 4,
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_secs(1),
    }
}

fn ai(base: &str, key: &str, model: &str) -> Ai {
    let settings = Settings::from_lookup(|name| match name {
        "AI_BASE_URL" => Some(base.to_owned()),
        "AI_API_KEY" => Some(key.to_owned()),
        "AI_CHAT_MODEL" | "AI_TRANSCRIPTION_MODEL" => Some(model.to_owned()),
        _ => None,
    });
    Ai::from_settings(&settings, &Ids::seeded(1))
        .unwrap()
        .with_patience(patience())
}

fn chat(provider: &Provider) -> Model {
    ai(&provider.base, KEY, "gpt-4o-mini").chat.unwrap()
}

fn question() -> ChatRequest {
    ChatRequest {
        system: "Count.".to_owned(),
        user: vec![Part::Text("one two".to_owned())],
        schema: Schema {
            name: "count",
            schema: json!({
                "type": "object",
                "properties": {"n": {"type": ["integer", "null"]}},
                "required": ["n"],
                "additionalProperties": false
            }),
        },
        max_tokens: 100,
    }
}

async fn asked(provider: &Provider) -> Result<Answer, (AiError, Usage)> {
    chat(provider).ask(&question()).await
}

fn two() -> Reply {
    Reply::json(&json!({"n": 2}))
}

#[tokio::test]
async fn a_question_is_answered_in_its_shape() {
    let provider = Provider::start().await;
    provider.then(two());
    let answer = asked(&provider).await.unwrap();
    assert_eq!(answer.value, json!({"n": 2}));
    assert_eq!(
        (answer.usage.input_tokens, answer.usage.output_tokens),
        (800, 200)
    );
    let seen = &provider.seen()[0].body;
    assert_eq!(seen["response_format"]["type"], "json_schema");
    assert_eq!(seen["response_format"]["json_schema"]["strict"], true);
    assert_eq!(
        seen["messages"][1],
        json!({"role": "user", "content": "one two"})
    );
    assert_eq!(
        (&seen["temperature"], &seen["max_tokens"]),
        (&json!(0), &json!(100))
    );
}

#[tokio::test]
async fn what_a_server_lacks_is_done_without_and_not_asked_again() {
    let provider = Provider::start().await;
    provider.always(Reply::Says("Sure!\n```json\n{\"n\": 2,}\n```".to_owned()));
    provider.lacking(Lacks {
        json_schema: true,
        json_object: true,
        max_tokens: true,
        temperature: true,
        usage: true,
        ..Lacks::default()
    });
    let model = chat(&provider);
    for _ in 0..2 {
        let answer = model.ask(&question()).await.unwrap();
        assert_eq!(answer.value, json!({"n": 2}));
        assert!(answer.usage.tokens() > 0, "an estimate");
    }
    let seen = provider.seen();
    assert_eq!(seen.len(), 2);
    let body = &seen[1].body;
    assert!(body["response_format"].is_null() && body["temperature"].is_null());
    assert_eq!(body["max_completion_tokens"], 100);
    let system = body["messages"][0]["content"].as_str().unwrap();
    assert!(system.contains("additionalProperties"), "{system}");
}

#[tokio::test]
async fn a_server_that_calls_an_unknown_field_an_error_of_its_own_is_understood() {
    // What llama-cpp-python 0.3 says to `json_schema`, word for word.
    let message = "1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text' or 'json_object'\", 'input': 'json_schema'}";
    let error =
        json!({"message": message, "type": "internal_server_error", "param": null, "code": null});
    let provider = Provider::start().await;
    provider.then(Reply::Error(500, Vec::new(), json!({ "error": error })));
    provider.then(Reply::json(&json!({"n": 2})));
    let answer = chat(&provider).ask(&question()).await.unwrap();
    assert_eq!(answer.value, json!({"n": 2}));
    let seen = provider.seen();
    // At once in the next dialect, not once more in the same.
    assert_eq!(seen.len(), 2);
    let format = &seen[1].body["response_format"];
    assert_eq!(format["type"], "json_object");
    assert_eq!(format["schema"]["additionalProperties"], false);
}

#[tokio::test]
async fn json_mode_without_a_schema_is_the_last_before_the_prompt_alone() {
    let provider = Provider::start().await;
    provider.always(Reply::json(&json!({"n": 2})));
    provider.lacking(Lacks {
        json_schema: true,
        schema_of_object: true,
        ..Lacks::default()
    });
    chat(&provider).ask(&question()).await.unwrap();
    let format = &provider.seen()[0].body["response_format"];
    assert_eq!(format, &json!({"type": "json_object"}));
}

#[tokio::test]
async fn answers_that_are_none_have_names() {
    for (reply, wanted) in [
        (Reply::CutOff("{\"n\": ".to_owned()), AiError::Truncated),
        (Reply::Refuses, AiError::Refusal),
        (Reply::Filtered, AiError::Refusal),
        (
            Reply::Says("I count two.".to_owned()),
            AiError::InvalidAnswer("it is no JSON"),
        ),
        (
            Reply::Says(String::new()),
            AiError::InvalidAnswer("it is no JSON"),
        ),
        (
            Reply::Garbage("<html>Welcome</html>"),
            AiError::InvalidAnswer("it is no chat completion"),
        ),
    ] {
        let provider = Provider::start().await;
        provider.then(reply.clone());
        let (error, usage) = asked(&provider).await.unwrap_err();
        assert_eq!(error, wanted, "{reply:?}");
        let paid = !matches!(reply, Reply::Garbage(_));
        assert_eq!(
            usage.tokens() > 0,
            paid,
            "what was answered is paid for: {reply:?}"
        );
        assert_eq!(provider.seen().len(), 1, "not worth another attempt");
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_as_long_as_it_asks() {
    let provider = Provider::start().await;
    provider.then(Reply::slow_down("1")).then(two());
    let started = Instant::now();
    asked(&provider).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(provider.seen().len(), 2);
}

#[tokio::test]
async fn a_rate_limit_that_asks_for_too_much_is_given_up() {
    let provider = Provider::start().await;
    provider.then(Reply::slow_down("600"));
    let (error, _) = asked(&provider).await.unwrap_err();
    assert_eq!(error, AiError::RateLimited);
    assert_eq!(provider.seen().len(), 1);
}

#[tokio::test]
async fn a_spent_quota_is_no_rate_limit() {
    let provider = Provider::start().await;
    provider.then(Reply::quota_spent());
    assert_eq!(asked(&provider).await.unwrap_err().0, AiError::QuotaSpent);
    assert_eq!(provider.seen().len(), 1);
}

fn broken() -> Reply {
    Reply::error(
        500,
        "server_error",
        Value::Null,
        Value::Null,
        "The server had an error while processing your request.",
    )
}

#[tokio::test]
async fn a_broken_server_is_tried_again_and_not_for_ever() {
    let provider = Provider::start().await;
    provider.then(broken()).then(broken()).then(two());
    asked(&provider).await.unwrap();
    assert_eq!(provider.seen().len(), 3);
    provider.always(broken());
    assert_eq!(asked(&provider).await.unwrap_err().0, AiError::Unavailable);
    assert_eq!(provider.seen().len(), 3 + 4);
}

#[tokio::test]
async fn silence_ends_in_time() {
    let provider = Provider::start().await;
    provider.always(Reply::Hangs);
    let model = ai(&provider.base, KEY, "gpt-4o-mini")
        .with_patience(Patience {
            attempt: Duration::from_millis(50),
            attempts: 2,
            ..patience()
        })
        .chat
        .unwrap();
    assert_eq!(
        model.ask(&question()).await.unwrap_err().0,
        AiError::TimedOut
    );
    assert_eq!(provider.seen().len(), 2);
}

#[tokio::test]
async fn nobody_there_is_unavailable() {
    // Port 9 discards; on this machine nothing listens there.
    let model = ai("http://127.0.0.1:9/v1", KEY, "m").chat.unwrap();
    assert_eq!(
        model.ask(&question()).await.unwrap_err().0,
        AiError::Unavailable
    );
}

#[tokio::test]
async fn neither_key_nor_text_shows_in_an_error() {
    let provider = Provider::start().await;
    let model = ai(&provider.base, "sk-wrong-secret", "gpt-4o-mini")
        .chat
        .unwrap();
    let (error, _) = model.ask(&question()).await.unwrap_err();
    assert_eq!(error, AiError::Unauthorized);
    assert!(!format!("{error:?} {error}").contains("secret"));
    let nowhere = ai(&provider.base, KEY, "nowhere").chat.unwrap();
    let (error, _) = nowhere.ask(&question()).await.unwrap_err();
    let wanted = AiError::Rejected {
        status: 404,
        code: "model_not_found".to_owned(),
    };
    assert_eq!(error, wanted);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let provider = Provider::start().await;
    let away = vec![(
        "location",
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    )];
    provider.then(Reply::Error(307, away, json!({})));
    let (error, _) = asked(&provider).await.unwrap_err();
    assert!(
        matches!(error, AiError::Rejected { status: 307, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn pictures_travel_as_data() {
    let provider = Provider::start().await;
    provider.then(two());
    let mut request = question();
    request.user.push(Part::Picture {
        mime: "image/png",
        bytes: Bytes::from_static(b"\x89PNG\r\n\x1a\n...."),
    });
    chat(&provider).ask(&request).await.unwrap();
    let content = &provider.seen()[0].body["messages"][1]["content"];
    assert_eq!(content[0], json!({"type": "text", "text": "one two"}));
    let url = content[1]["image_url"]["url"].as_str().unwrap();
    assert!(url.starts_with("data:image/png;base64,"));
}

fn recording() -> Recording {
    Recording {
        filename: "part-1.wav".to_owned(),
        mime: "audio/wav",
        bytes: Bytes::from_static(b"RIFF\x24\0\0\0WAVEfmt "),
        language: Some("en".to_owned()),
    }
}

#[tokio::test]
async fn a_recording_becomes_segments_with_times() {
    let provider = Provider::start().await;
    provider.then(Reply::Heard(json!({
        "task": "transcribe", "language": "english", "duration": 8.47,
        "text": "Anna, please send the report by Friday. Thanks for watching!",
        "segments": [
            {"id": 0, "seek": 0, "start": 0.0, "end": 3.32, "text": " Anna, please send the report by Friday.",
             "tokens": [50364, 440], "temperature": 0.0, "avg_logprob": -0.28, "compression_ratio": 1.23, "no_speech_prob": 0.009},
            {"id": 1, "seek": 0, "start": 3.32, "end": 8.47, "text": " Thanks for watching!",
             "tokens": [1044], "temperature": 0.0, "avg_logprob": -1.4, "compression_ratio": 0.7, "no_speech_prob": 0.93}
        ],
        "usage": {"type": "duration", "seconds": 9}
    })));
    let model = ai(&provider.base, KEY, "whisper-1").transcription.unwrap();
    let heard = model.listen(&recording(), None).await.unwrap();
    assert_eq!(
        heard.segments.len(),
        1,
        "nobody said what was heard into the silence"
    );
    let first = &heard.segments[0];
    assert_eq!(first.text, "Anna, please send the report by Friday.");
    assert_eq!((first.start, first.end), (0.0, 3.32));
    assert!(first.confidence.is_some_and(|c| (0.7..0.8).contains(&c)));
    assert!((heard.usage.audio_seconds - 8.47).abs() < 1e-9);
    let seen = &provider.seen()[0].body;
    assert_eq!(seen["response_format"], "verbose_json");
    assert_eq!(seen["timestamp_granularities[]"], "segment");
    assert_eq!(seen["language"], "en");
}

#[tokio::test]
async fn speakers_are_kept_where_a_model_tells_them_apart() {
    let provider = Provider::start().await;
    provider.then(Reply::Heard(json!({
        "text": "Shall we? Yes.", "duration": 2.5,
        "segments": [
            {"type": "transcript.text.segment", "id": "seg_001", "start": 1.0, "end": 2.5, "text": "Yes.", "speaker": "B"},
            {"type": "transcript.text.segment", "id": "seg_000", "start": 0.0, "end": 1.0, "text": "Shall we?", "speaker": "A"}
        ]
    })));
    let model = ai(&provider.base, KEY, "gpt-4o-transcribe-diarize")
        .transcription
        .unwrap();
    let heard = model.listen(&recording(), None).await.unwrap();
    let turns: Vec<_> = heard
        .segments
        .iter()
        .map(|s| (s.speaker.as_deref(), s.text.as_str()))
        .collect();
    assert_eq!(turns, [(Some("A"), "Shall we?"), (Some("B"), "Yes.")]);
}

#[tokio::test]
async fn a_model_without_times_gives_one_long_segment() {
    let provider = Provider::start().await;
    provider.lacking(Lacks {
        verbose_json: true,
        ..Lacks::default()
    });
    provider.always(Reply::Heard(json!({"text": "Send the report."})));
    let model = ai(&provider.base, KEY, "gpt-4o-mini-transcribe")
        .transcription
        .unwrap();
    let heard = model.listen(&recording(), Some(12.0)).await.unwrap();
    assert_eq!(heard.segments.len(), 1);
    assert!((heard.segments[0].end - 12.0).abs() < 1e-9);
    assert_eq!(provider.seen()[0].body["response_format"], "json");
}

#[tokio::test]
async fn a_recording_that_the_provider_refuses_is_not_sent_again() {
    let provider = Provider::start().await;
    let model = ai(&provider.base, KEY, "whisper-1").transcription.unwrap();
    let wrong = Recording {
        filename: "part.xyz".to_owned(),
        ..recording()
    };
    let error = model.listen(&wrong, None).await.expect_err("a refusal");
    assert!(
        matches!(error, AiError::Rejected { status: 400, .. }),
        "{error:?}"
    );
}
