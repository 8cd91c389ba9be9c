//! Pictures, scans, recordings and films, with models that see and hear.

use crate::provider::Reply;
use crate::uploads_models::{items, png, post_file, with_models};
use serde_json::{Value, json};

#[tokio::test]
async fn a_whiteboard_becomes_tasks_that_quote_it() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    let written = "# Sprint 12\n\n- [ ] Anna: send the budget by 6 March\n- [x] Ben: book the room\n- Mia to call [?] today";
    provider
        .then(Reply::json(&json!({"text": written, "legible": 0.97})))
        .then(items(&[]));
    let upload = post_file(&app, &ola, "image", "board.png", "image/png", &png()).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(upload["result"]["read_by"], "vision:gpt-4o-mini");
    assert_eq!(upload["result"]["transcript"], written);
    let found = upload["items"].as_array().unwrap();
    let anna = found
        .iter()
        .find(|item| item["assigned_to"] == "Anna")
        .unwrap();
    assert_eq!(anna["due_on"], "2026-03-06");
    assert!(
        anna["confidence"].as_f64().unwrap() <= 0.96,
        "one word could not be read"
    );
    assert!(
        !found
            .iter()
            .any(|item| item["title"].as_str().unwrap().contains("room")),
        "ticked"
    );
    let content = &provider.seen()[0].body["messages"][1]["content"];
    assert!(
        content[1]["image_url"]["url"]
            .as_str()
            .unwrap()
            .starts_with("data:image/png;base64,iVBOR")
    );
}

#[tokio::test]
async fn a_scanned_pdf_is_looked_at_page_by_page() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    let page =
        json!({"text": "Action items\n\n- Anna to send the budget by 6 March", "legible": 0.9});
    provider.then(Reply::json(&page)).then(items(&[]));
    let scan = include_bytes!("../../corpus/documents/scan.pdf");
    let upload = post_file(&app, &ola, "document", "scan.pdf", "application/pdf", scan).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(
        (&upload["items"][0]["page"], &upload["items"][0]["due_on"]),
        (&json!(1), &json!("2026-03-06"))
    );
}

#[tokio::test]
async fn an_empty_or_refused_picture_says_so() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    provider.then(Reply::json(&json!({"text": " ", "legible": 1})));
    let upload = post_file(&app, &ola, "image", "wall.png", "image/png", &png()).await;
    assert_eq!(upload["failure"]["code"], "no_text_found", "{upload:#}");
    provider.then(Reply::Refuses);
    let upload = post_file(&app, &ola, "handwritten", "note.png", "image/png", &png()).await;
    assert_eq!(upload["failure"]["code"], "ocr_failed", "{upload:#}");
    let sorry = "I’m sorry, I can’t assist with that request.";
    provider.then(Reply::json(&json!({"text": sorry, "legible": 1})));
    let upload = post_file(&app, &ola, "image", "hall.png", "image/png", &png()).await;
    assert_eq!(upload["failure"]["code"], "ocr_failed", "{upload:#}");
}

fn heard(segments: &[(f64, f64, &str)]) -> Reply {
    let segments: Vec<_> = segments
        .iter()
        .enumerate()
        .map(|(id, (start, end, text))| {
            json!({"id": id, "seek": 0, "start": start, "end": end, "text": text, "tokens": [1], "temperature": 0.0,
                "avg_logprob": -0.1, "compression_ratio": 1.1, "no_speech_prob": 0.01})
        })
        .collect();
    Reply::Heard(
        json!({"task": "transcribe", "language": "english", "duration": 12.0, "text": "", "segments": segments}),
    )
}

#[tokio::test]
async fn a_recording_becomes_tasks_with_the_seconds_they_were_said_in() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    provider
        .then(heard(&[
            (0.0, 3.0, " We went through the figures."),
            (
                3.0,
                7.5,
                " Anna, could you please send the budget to finance by Friday?",
            ),
        ]))
        .then(items(&[]));
    let wav = include_bytes!("../../corpus/media/tone.wav");
    let upload = post_file(&app, &ola, "audio", "standup.wav", "audio/wav", wav).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    let found = &upload["items"][0];
    assert_eq!(
        (&found["start_seconds"], &found["end_seconds"]),
        (&json!(3.0), &json!(7.5)),
        "{found:#}"
    );
    assert_eq!(found["due_on"], "2026-03-06");
    assert!((upload["result"]["duration_seconds"].as_f64().unwrap() - 12.0).abs() < 0.1);
    assert_eq!(upload["result"]["read_by"], "transcription:whisper-1");
    assert_eq!(provider.seen()[0].body["file"]["name"], "recording.wav");
}

#[tokio::test]
async fn of_a_film_only_the_sound_is_sent() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    provider
        .then(heard(&[(0.0, 2.0, "Please send the report by Friday.")]))
        .then(items(&[]));
    let film = include_bytes!("../../corpus/media/film.mp4");
    let upload = post_file(&app, &ola, "video", "call.mp4", "video/mp4", film).await;
    assert_eq!(upload["tasks_extracted"], 1, "{upload:#}");
    let sent = &provider.seen()[0].body["file"];
    assert_eq!(sent["name"], "recording.m4a");
    assert!(sent["bytes"].as_u64().unwrap() < film.len() as u64);
    let silent = include_bytes!("../../corpus/media/silent.mp4");
    let upload = post_file(&app, &ola, "video", "silent.mp4", "video/mp4", silent).await;
    assert_eq!(upload["failure"]["code"], "unsupported", "{upload:#}");
    provider.then(heard(&[]));
    let wav = include_bytes!("../../corpus/media/tone.wav");
    let upload = post_file(&app, &ola, "audio", "tone.wav", "audio/wav", wav).await;
    assert_eq!(upload["failure"]["code"], "no_speech", "{upload:#}");
}

#[tokio::test]
async fn a_broken_listener_is_asked_again_later() {
    let (app, provider) = with_models().await;
    let ola = app.user("ola").await;
    let broken = || Reply::error(503, "server_error", Value::Null, Value::Null, "overloaded");
    for _ in 0..4 {
        provider.then(broken());
    }
    let wav = include_bytes!("../../corpus/media/tone.wav");
    let file = [("standup.wav", "audio/wav", wav.as_slice())];
    let queued = ola
        .send(super::uploads::form("/api/tasks/extract/audio", &file, &[]))
        .await
        .expect(202);
    let id = queued["upload_id"].as_i64().unwrap();
    let message = super::uploads::message("extract", &ola, id);
    let response = app.deliver(sentry_queue::Queue::Uploads, message).await;
    assert_eq!(
        response.batch_item_failures.len(),
        1,
        "it asks for another try"
    );
    provider
        .then(heard(&[(0.0, 2.0, "Please send the report by Friday.")]))
        .then(items(&[]));
    app.drain().await;
    let upload = ola.get(&format!("/api/uploads/{id}")).await.expect(200);
    assert_eq!(upload["tasks_saved"], 1, "{upload:#}");
}
