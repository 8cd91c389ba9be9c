//! Tesseract as a program of its own, where it is installed.

use crate::failure::{Failure, Stop};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::sync::OnceCell;

/// The languages of the product, as far as they are installed.
const LANGUAGES: [&str; 5] = ["eng", "deu", "fra", "spa", "tur"];
/// For one picture.
const PATIENCE: Duration = Duration::from_mins(1);
/// Words of which it is less sure than this, of 100, are noise.
const NOISE: f64 = 20.0;

static INSTALLED: OnceCell<Option<String>> = OnceCell::const_new();

/// Whether there is a Tesseract with a language of ours. Asked once.
pub(crate) async fn is_installed() -> bool {
    languages().await.is_some()
}

async fn languages() -> Option<&'static str> {
    let found = INSTALLED.get_or_init(|| async {
        let output = command().arg("--list-langs").stdin(Stdio::null()).output();
        let output = tokio::time::timeout(Duration::from_secs(5), output)
            .await
            .ok()?
            .ok()?;
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let known: Vec<&str> = LANGUAGES
            .into_iter()
            .filter(|language| listed.lines().any(|line| line == *language))
            .collect();
        (!known.is_empty()).then(|| known.join("+"))
    });
    found.await.as_deref()
}

/// The program with nothing of our environment but where programs and its data are.
fn command() -> Command {
    let mut command = Command::new("tesseract");
    command.env_clear().kill_on_drop(true).stderr(Stdio::null());
    for name in ["PATH", "TESSDATA_PREFIX"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // One picture, one core: others are read beside it.
    command.env("OMP_THREAD_LIMIT", "1");
    command
}

/// The text of a picture and how sure it is of its words, 0 to 1.
pub(super) async fn read(picture: &Path) -> Result<(String, f64), Stop> {
    let languages = languages().await.ok_or_else(Failure::no_ocr)?;
    let output = command()
        .arg(picture)
        .arg("stdout")
        .args(["-l", languages, "tsv"])
        .stdin(Stdio::null())
        .output();
    let output = tokio::time::timeout(PATIENCE, output)
        .await
        .map_err(|_| Failure::timed_out())?
        .map_err(|error| Stop::Retry(error.to_string()))?;
    if !output.status.success() {
        return Err(Failure::new(
            "ocr_failed",
            "The picture could not be read. Save it as PNG or JPEG and try again.",
        )
        .into());
    }
    Ok(lines(&String::from_utf8_lossy(&output.stdout)))
}

/// From one word per row (level, page, block, paragraph, line, word, left, top, width, height, confidence, text)
/// to lines, with a blank one between paragraphs.
fn lines(tsv: &str) -> (String, f64) {
    let (mut text, mut sure, mut count) = (String::new(), 0.0, 0.0);
    let mut last: Option<(&str, &str, &str)> = None;
    for row in tsv.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, line, .., confidence, word] = cells.as_slice() else {
            continue;
        };
        let confidence: f64 = confidence.parse().unwrap_or(-1.0);
        let word = word.trim();
        if *level != "5" || word.is_empty() || confidence < NOISE {
            continue;
        }
        match last {
            None => {}
            Some((b, p, l)) if (b, p, l) == (*block, *paragraph, *line) => text.push(' '),
            Some((b, p, _)) if (b, p) == (*block, *paragraph) => text.push('\n'),
            Some(_) => text.push_str("\n\n"),
        }
        last = Some((*block, *paragraph, *line));
        text.push_str(word);
        sure += confidence / 100.0;
        count += 1.0;
    }
    (text, if count > 0.0 { sure / count } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_again() {
        let head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";
        let row = |block, line, conf, word| {
            format!("5\t1\t{block}\t1\t{line}\t1\t0\t0\t9\t9\t{conf}\t{word}")
        };
        let tsv = [
            head.to_owned(),
            "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t".to_owned(),
            row(1, 1, "96.5", "Send"),
            row(1, 1, "91.5", "it"),
            row(1, 2, "90", "today"),
            row(1, 2, "7.5", "|~"),
            row(2, 1, "82", "Anna"),
        ];
        let (text, sure) = lines(&tsv.join("\n"));
        assert_eq!(text, "Send it\ntoday\n\nAnna");
        assert!((sure - 0.9).abs() < 1e-9);
        assert_eq!(lines(""), (String::new(), 0.0));
    }
}
