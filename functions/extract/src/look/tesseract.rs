//! Tesseract as a program of its own, where it is installed. Words that are struck out it reads like all others.

use super::drawn;
use crate::failure::{Failure, Stop};
use sentry_runtime::Settings;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;

/// The languages of the product, as far as they are installed.
const LANGUAGES: [&str; 5] = ["eng", "deu", "fra", "spa", "tur"];
/// What knows which way up a page lies, listed among the languages.
const ORIENTATION: &str = "osd";
/// For one picture, looked at once.
const PATIENCE: Duration = Duration::from_mins(1);
/// Words of which it is less sure than this, of 100, are noise.
const NOISE: f64 = 20.0;
/// The ways to tell ink from ground: one bound for all of the picture (Otsu, 0), which light letters on dark need, and
/// one for each place (Sauvola, 2), which a photograph with light from one side needs. Neither is always better.
const GROUNDS: [&str; 2] = ["thresholding_method=0", "thresholding_method=2"];
/// Looks for lines after it has made up its mind which way up the page lies.
const TURNED: &str = "1";
/// Looks for lines that run in any direction.
const ANY_WAY: &str = "3";
/// Who reads the right way up is surer than this of a word on the mean. Below it the page may lie otherwise than was
/// thought: upside down, letters are still taken for letters.
const DOUBTFUL: f64 = 0.85;
/// What it may take: the largest picture that is let in needs some 700 MB.
#[cfg(target_os = "linux")]
const MEMORY_BYTES: u64 = 1024 * 1024 * 1024;

/// The program, if there is one.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: Option<String>,
    installed: Arc<OnceCell<Option<Installed>>>,
}

/// What it can do.
#[derive(Debug)]
struct Installed {
    languages: String,
    orientation: bool,
}

/// What it saw in a picture.
#[derive(Debug, PartialEq)]
pub(super) struct Reading {
    /// Lines, with a blank one between paragraphs.
    pub(super) text: String,
    /// How sure it is of each word, 0 to 1, summed.
    certain: f64,
    words: f64,
}

impl Reading {
    /// How sure it is of its words on the mean, 0 to 1.
    pub(super) fn sure(&self) -> f64 {
        if self.words > 0.0 {
            self.certain / self.words
        } else {
            0.0
        }
    }
}

impl Tesseract {
    /// `OCR_PROGRAM`, by default `tesseract` from the path; `off` for none.
    pub fn from_settings(settings: &Settings) -> Self {
        let program = settings.optional("OCR_PROGRAM").unwrap_or("tesseract");
        Self {
            program: (program != "off").then(|| program.to_owned()),
            installed: Arc::default(),
        }
    }

    /// Whether it is there with a language of ours. Asked once.
    pub(crate) async fn is_installed(&self) -> bool {
        self.installed().await.is_some()
    }

    async fn installed(&self) -> Option<&Installed> {
        let found = self.installed.get_or_init(|| self.ask());
        found.await.as_ref()
    }

    async fn ask(&self) -> Option<Installed> {
        let output = self.command()?.arg("--list-langs").output();
        let output = tokio::time::timeout(Duration::from_secs(5), output)
            .await
            .ok()?
            .ok()?;
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let has = |language: &str| listed.lines().any(|line| line == language);
        let known: Vec<&str> = LANGUAGES.into_iter().filter(|name| has(name)).collect();
        (!known.is_empty()).then(|| Installed {
            languages: known.join("+"),
            orientation: has(ORIENTATION),
        })
    }

    /// The program with nothing of our environment but where programs and its data are.
    fn command(&self) -> Option<Command> {
        let mut command = Command::new(self.program.as_ref()?);
        command
            .env_clear()
            .kill_on_drop(true)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        for name in ["PATH", "TESSDATA_PREFIX"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        // One picture, one core: others are read beside it.
        command.env("OMP_THREAD_LIMIT", "1");
        Some(command)
    }

    /// The text of a picture: of the ways to look at it, what the one saw that is surer of more words.
    pub(super) async fn read(&self, picture: &Path) -> Result<Reading, Stop> {
        let Some(installed) = self.installed().await else {
            return Err(Failure::no_ocr().into());
        };
        let layouts: &[&str] = if installed.orientation {
            &[TURNED, ANY_WAY]
        } else {
            &[ANY_WAY]
        };
        let begun = Instant::now();
        let mut best: Option<Reading> = None;
        for layout in layouts {
            // A second thought takes as long again as the first, and both together what one may take.
            let clear = best.as_ref().is_some_and(|best| best.sure() > DOUBTFUL);
            if clear || begun.elapsed() > PATIENCE / 2 {
                break;
            }
            for ground in GROUNDS {
                let Some(reading) = self.look(picture, layout, ground).await? else {
                    continue;
                };
                if best
                    .as_ref()
                    .is_none_or(|best| reading.certain > best.certain)
                {
                    best = Some(reading);
                }
            }
        }
        best.ok_or_else(|| {
            Failure::new(
                "ocr_failed",
                "The picture could not be read. Save it as PNG or JPEG and try again.",
            )
            .into()
        })
    }

    /// Looks at a picture in one way. None where the program gives up.
    async fn look(
        &self,
        picture: &Path,
        layout: &str,
        ground: &str,
    ) -> Result<Option<Reading>, Stop> {
        let (Some(installed), Some(mut command)) = (self.installed().await, self.command()) else {
            return Err(Failure::no_ocr().into());
        };
        let retry = |error: std::io::Error| Stop::Retry(error.to_string());
        let child = command
            .arg(picture)
            .arg("stdout")
            .args(["-l", &installed.languages, "--psm", layout])
            .args(["-c", ground, "tsv"])
            .spawn()
            .map_err(retry)?;
        bound(&child);
        let output = tokio::time::timeout(PATIENCE, child.wait_with_output())
            .await
            .map_err(|_| Failure::timed_out())?
            .map_err(retry)?;
        let seen = || reading(&String::from_utf8_lossy(&output.stdout));
        Ok(output.status.success().then(seen))
    }
}

/// Bounds what a picture can make it take, where the kernel can do that from outside.
#[cfg(target_os = "linux")]
fn bound(child: &Child) {
    use crate::isolated::at_most;
    use rustix::process::{Pid, Resource, prlimit};
    let pid = child
        .id()
        .and_then(|id| i32::try_from(id).ok())
        .and_then(Pid::from_raw);
    if pid.is_some() {
        // What has ended already needs no bounds.
        let _ = prlimit(pid, Resource::Data, at_most(MEMORY_BYTES));
        let _ = prlimit(pid, Resource::Cpu, at_most(PATIENCE.as_secs()));
    }
}

#[cfg(not(target_os = "linux"))]
const fn bound(_: &Child) {}

/// A word, and the place of its box in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: i64,
    pub(super) width: i64,
    pub(super) height: i64,
    sure: f64,
}

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// Block, paragraph and line, as the program counts them.
    place: [String; 3],
}

impl Line {
    /// Its words, as a person would write them.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// From one word per row to lines, with a blank one between paragraphs.
fn reading(tsv: &str) -> Reading {
    let mut lines = lines(tsv);
    let mut reading = Reading {
        text: String::new(),
        certain: 0.0,
        words: 0.0,
    };
    for word in lines.iter().flat_map(|line| &line.words) {
        reading.certain += word.sure;
        reading.words += 1.0;
    }
    drawn::spell(&mut lines);
    let mut last: Option<&Line> = None;
    for line in lines.iter().filter(|line| !line.words.is_empty()) {
        if let Some(last) = last {
            let same = last.place[..2] == line.place[..2];
            reading.text.push_str(if same { "\n" } else { "\n\n" });
        }
        reading.text.push_str(&line.text());
        last = Some(line);
    }
    reading
}

/// The words of which it is sure enough, by lines. A row has level, page, block, paragraph, line, word, left, top,
/// width, height, confidence and text.
fn lines(tsv: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in tsv.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [
            "5",
            _,
            block,
            paragraph,
            line,
            _,
            left,
            _,
            width,
            height,
            sure,
            text,
        ] = cells.as_slice()
        else {
            continue;
        };
        let sure: f64 = sure.parse().unwrap_or(-1.0);
        if text.trim().is_empty() || sure < NOISE {
            continue;
        }
        let number = |cell: &str| cell.parse().unwrap_or(0);
        let word = Word {
            text: text.trim().to_owned(),
            left: number(left),
            width: number(width),
            height: number(height),
            sure: sure / 100.0,
        };
        let place = [block, paragraph, line].map(|cell| (*cell).to_owned());
        match lines.last_mut().filter(|last| last.place == place) {
            Some(last) => last.words.push(word),
            None => lines.push(Line {
                words: vec![word],
                place,
            }),
        }
    }
    lines
}

/// A line of words, its letters twice as high as wide, for tests of what is done with lines.
#[cfg(test)]
pub(super) fn line(text: &str, margin: i64) -> Line {
    let mut left = margin;
    let words = text.split_whitespace().map(|text| {
        let width = 10 * i64::try_from(text.chars().count()).unwrap_or(1);
        let word = Word {
            text: text.to_owned(),
            left,
            width,
            height: 20,
            sure: 1.0,
        };
        left += width + 10;
        word
    });
    Line {
        words: words.collect(),
        place: Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEAD: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";

    fn row(block: u32, line: u32, sure: &str, word: &str) -> String {
        format!("5\t1\t{block}\t1\t{line}\t1\t0\t0\t9\t9\t{sure}\t{word}")
    }

    #[test]
    fn words_become_lines_again() {
        let tsv = [
            HEAD.to_owned(),
            "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t".to_owned(),
            row(1, 1, "96.5", "Send"),
            row(1, 1, "91.5", "it"),
            row(1, 2, "90", "today"),
            row(1, 2, "7.5", "|~"),
            row(2, 1, "82", "Anna"),
        ];
        let seen = reading(&tsv.join("\n"));
        assert_eq!(seen.text, "Send it\ntoday\n\nAnna");
        assert!((seen.sure() - 0.9).abs() < 1e-9);
        let nothing = reading("");
        assert_eq!(nothing.text, "");
        assert!(nothing.sure().abs() < 1e-9);
    }

    /// A program that reads a page upside down unless it may look any way.
    const SIDEWAYS: &str = "#!/bin/sh\ncase \"$*\" in\n*--list-langs*) printf 'eng\\nosd\\n';;\n*'--psm 3'*) printf \
        'h\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t95\\tSend\\n';;\n*) printf \
        'h\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t70\\tpuaS\\n';;\nesac\n";

    #[tokio::test]
    async fn a_page_that_is_hardly_read_is_looked_at_another_way() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("reader");
        std::fs::write(&program, SIDEWAYS).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        let reader = Tesseract {
            program: Some(program.to_string_lossy().into_owned()),
            installed: Arc::default(),
        };
        let seen = reader.read(Path::new("picture")).await.unwrap();
        assert_eq!(seen.text, "Send");
    }

    proptest! {
        #[test]
        fn no_output_is_too_odd(
            words in prop::collection::vec(("[0-9-]{0,4}", "[|O1M\\[\\]a-c\\t]{0,4}"), 0..20)
        ) {
            let rows = words.iter().map(|(sure, word)| row(1, 1, sure, word));
            let output: Vec<String> = [HEAD.to_owned()].into_iter().chain(rows).collect();
            let seen = reading(&output.join("\n"));
            prop_assert!(seen.sure() >= 0.0);
            prop_assert_eq!(seen.text.is_empty(), seen.words < 1.0);
        }
    }
}
