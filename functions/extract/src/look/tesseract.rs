//! Tesseract as a program of its own, where it is installed. Words that are struck out it reads like all others.

use super::reading::Reading;
use super::tables;
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
/// The ways to tell ink from ground: one bound for all of the picture (Otsu, 0), which light letters on dark need, and
/// one for each place (Sauvola, 2), which a photograph with light from one side needs. Neither is always better.
const GROUNDS: [&str; 2] = ["thresholding_method=0", "thresholding_method=2"];
/// Looks for lines after it has made up its mind which way up the page lies.
const TURNED: &str = "1";
/// Looks for lines that run in any direction.
const ANY_WAY: &str = "3";
/// Looks for scattered words, whatever the page looks like, of one that was [`TURNED`] or [`ANY_WAY`].
const SCATTERED: [(&str, &str); 2] = [(TURNED, "12"), (ANY_WAY, "11")];
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

/// What is written in a picture.
#[derive(Debug)]
pub(super) struct Written {
    /// Lines, with a blank one between paragraphs, and tables.
    pub(super) text: String,
    /// How sure it is of its words on the mean, 0 to 1.
    pub(super) sure: f64,
}

/// A way to look at a picture: for which lines, and on which ground.
type Way = (&'static str, &'static str);

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
    pub(super) async fn read(&self, picture: &Path) -> Result<Written, Stop> {
        let Some(installed) = self.installed().await else {
            return Err(Failure::no_ocr().into());
        };
        let layouts: &[&str] = if installed.orientation {
            &[TURNED, ANY_WAY]
        } else {
            &[ANY_WAY]
        };
        let begun = Instant::now();
        let mut best: Option<(Reading, Way)> = None;
        let mut others: Vec<(Reading, Way)> = Vec::new();
        for layout in layouts {
            // A second thought takes as long again as the first, and both together what one may take.
            let clear = best
                .as_ref()
                .is_some_and(|(best, _)| best.sure() > DOUBTFUL);
            if clear || begun.elapsed() > PATIENCE / 2 {
                break;
            }
            for ground in GROUNDS {
                let way = (*layout, ground);
                let Some(reading) = self.look(picture, way).await? else {
                    continue;
                };
                let is_best = best
                    .as_ref()
                    .is_none_or(|(best, _)| reading.certain > best.certain);
                if is_best {
                    others.extend(best.replace((reading, way)));
                } else {
                    others.push((reading, way));
                }
            }
        }
        let Some((mut best, way)) = best else {
            return Err(Failure::new(
                "ocr_failed",
                "The picture could not be read. Save it as PNG or JPEG and try again.",
            )
            .into());
        };
        let mut found = tables::tables(&best);
        let has_time = || begun.elapsed() < PATIENCE / 2;
        if !found.is_empty() && has_time() {
            // What lay otherwise saw other letters.
            others.retain(|(_, other)| other.0 == way.0);
            others.extend(self.scattered(picture, way).await?.map(|seen| (seen, way)));
            let others: Vec<&Reading> = others.iter().map(|(reading, _)| reading).collect();
            found = tables::agreed(found, &best, &others);
        } else if best.is_scattered() || best.has_gaps() {
            for ground in GROUNDS.into_iter().take_while(|_| has_time()) {
                let seen = self.scattered(picture, (way.0, ground)).await?;
                let is_clearer =
                    |seen: &Reading| seen.is_scattered() && seen.clear() > best.clear();
                if let Some(seen) = seen.filter(is_clearer) {
                    best = seen;
                }
            }
        }
        Ok(Written {
            sure: best.sure(),
            text: best.text(&found),
        })
    }

    /// Looks at a picture as in this way, but for scattered words.
    async fn scattered(&self, picture: &Path, way: Way) -> Result<Option<Reading>, Stop> {
        match SCATTERED.iter().find(|known| known.0 == way.0) {
            Some((_, scattered)) => self.look(picture, (*scattered, way.1)).await,
            None => Ok(None),
        }
    }

    /// Looks at a picture in one way. None where the program gives up.
    async fn look(&self, picture: &Path, (layout, ground): Way) -> Result<Option<Reading>, Stop> {
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
        let seen = || Reading::of(&String::from_utf8_lossy(&output.stdout));
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

#[cfg(test)]
mod tests {
    use super::*;
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

    /// A picture of the corpus, where a real Tesseract can read it.
    async fn seen(picture: &str) -> Option<Written> {
        let reader = Tesseract {
            program: Some("tesseract".to_owned()),
            installed: Arc::default(),
        };
        if !reader.is_installed().await {
            return None;
        }
        let media = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/media");
        Some(reader.read(&media.join(picture)).await.unwrap())
    }

    #[tokio::test]
    async fn notes_on_a_wall_are_read_one_by_one() {
        let Some(seen) = seen("notes.jpg").await else {
            return;
        };
        // Read as a page, one of them is lost.
        let notes = "- Renew insurance 20 March\n\n- Pick up keys Sat 10:00\n\n- Book flights to Lisbon\n\n\
            - Order new name badges - Priya\n\n- Fix the printer on floor 2\n\n- Send photos to Anna";
        assert_eq!(seen.text, notes);
    }

    #[tokio::test]
    async fn the_cells_of_a_ruled_table_are_read_apart() {
        let Some(seen) = seen("table.jpg").await else {
            return;
        };
        let table = "following.\n\n| No | Action | Owner | Due |\n|---|---|---|---|\n\
            | 1 | Send the revised budget to the harbour office | Rosa Lind | 12 March 2026 |\n\
            | 2 | Order two test tablets | Emil Koch |  |\n\
            | 3 | Book the hall for the summer meeting and tell the caretaker | Tove Dahl | 20 March 2026 |\n\
            | 4 | Renew the insurance |  | 3 April 2026 |\n\nThe next meeting";
        assert!(seen.text.contains(table), "{}", seen.text);
    }
}
