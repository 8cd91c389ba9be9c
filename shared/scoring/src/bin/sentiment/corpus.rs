//! Labelled notes: `score|signals|kind|language|text`, one per line; `?` where nothing was labelled.

use sentry_scoring::sentiment::Label;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The file of notes by authors who did not know the program: the only fair measure.
pub const STRANGERS: &str = "strangers";

/// Letters of the signals in the files, in the order of the model's outputs.
const LETTERS: [char; 5] = ['e', 'o', 's', 'n', 'h'];

/// One note with what a careful reader says of it.
#[derive(Debug, Clone)]
pub struct Note {
    /// The file it stands in, without its ending.
    pub file: String,
    pub text: String,
    pub score: Option<f64>,
    pub signals: Option<[bool; 5]>,
    pub crisis: bool,
    /// Reads like a sign of crisis and is none.
    pub lookalike: bool,
}

impl Note {
    pub fn label(&self) -> Option<Label> {
        self.score.map(Label::from_score)
    }
}

/// Every note of a folder, in the order of file names.
pub fn load(folder: &Path) -> Result<Vec<Note>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let mut notes = Vec::new();
    for file in files {
        let content = fs::read_to_string(&file)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        for (place, line) in content.lines().enumerate() {
            // The place and not the line: a note that was kept aside is not to be seen.
            let note = read(&name, line)
                .ok_or_else(|| format!("{}: line {}", file.display(), place + 1))?;
            notes.push(note);
        }
    }
    Ok(notes)
}

fn read(file: &str, line: &str) -> Option<Note> {
    let mut fields = line.splitn(5, '|');
    let [score, signals, kind, _language, text] = [(); 5].map(|()| fields.next());
    let score = match score? {
        "?" => None,
        score => Some(score.parse().ok()?),
    };
    let signals = match signals? {
        "?" => None,
        letters => Some(LETTERS.map(|letter| letters.contains(letter))),
    };
    Some(Note {
        file: file.to_owned(),
        text: text?.to_owned(),
        score,
        signals,
        crisis: kind? == "C",
        lookalike: kind? == "L",
    })
}
