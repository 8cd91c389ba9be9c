//! Labelled notes: `score|signals|kind|language|text`, one per line; `?` where nothing was labelled.

use sentry_scoring::sentiment::Label;
use std::error::Error;
use std::fs;
use std::path::Path;

/// How the files of notes by authors who did not know the program begin: the only fair measure.
const STRANGERS: [&str; 3] = ["strangers", "fresh", "dense"];

/// The file that several of them wrote, nobody knows who what, and the number of its shares.
const MANY: &str = "strangers";
const SHARES: usize = 5;

/// Letters of the signals in the files, in the order of the model's outputs.
const LETTERS: [char; 5] = ['e', 'o', 's', 'n', 'h'];

/// One note with what a careful reader says of it.
#[derive(Debug, Clone)]
pub struct Note {
    /// The file it stands in, without its ending.
    pub file: String,
    /// The part of the corpus that is read by what the others teach: all notes of an author, or a
    /// share of a file of many.
    pub part: String,
    pub text: String,
    pub score: Option<f64>,
    pub signals: Option<[bool; 5]>,
    pub crisis: bool,
    /// Reads like a sign of crisis and is none.
    pub lookalike: bool,
}

impl Note {
    /// Whether it is by an author who did not know the program.
    pub fn by_stranger(&self) -> bool {
        STRANGERS.iter().any(|name| self.file.starts_with(name))
    }

    /// Whether it was written beside notes of the same words that say something else.
    pub fn in_contrast(&self) -> bool {
        self.file == "contrast"
    }

    /// In the file of many authors and in ours that stand in contrast, the signals of notes with a sign of
    /// crisis were not labelled with care: they teach nothing.
    pub fn loosely_labelled(&self) -> bool {
        self.crisis && (self.file == MANY || self.in_contrast())
    }

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
            let note = read(&name, place, line)
                .ok_or_else(|| format!("{}: line {}", file.display(), place + 1))?;
            notes.push(note);
        }
    }
    Ok(notes)
}

fn read(file: &str, place: usize, line: &str) -> Option<Note> {
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
        part: if file == MANY {
            format!("{file} {}", place % SHARES)
        } else {
            file.to_owned()
        },
        text: text?.to_owned(),
        score,
        signals,
        crisis: kind? == "C",
        lookalike: kind? == "L",
    })
}
