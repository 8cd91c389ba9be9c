//! Labelled documents: a text and a JSON file of what is to be found in it.

use chrono::{DateTime, Utc};
use sentry_extraction::Context;
use serde::Deserialize;
use std::path::Path;

/// What is to be found in a document.
#[derive(Debug, Clone, Deserialize)]
pub struct Expected {
    /// Every group must be met: one of its words stands in the title.
    pub title: Vec<Vec<String>>,
    /// The task types that are right.
    pub types: Vec<String>,
    /// `2026-03-14`, or with a time in the document's zone `2026-03-14T17:00`.
    pub due: Option<String>,
    /// The due date is open to dispute.
    #[serde(default)]
    pub due_unchecked: bool,
    /// When it begins, in the document's zone.
    pub start: Option<String>,
    /// When it ends.
    pub end: Option<String>,
    /// A part of the owner's name.
    pub owner: Option<String>,
    /// The priority.
    pub priority: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// A part of the recurrence rule.
    pub recurrence: Option<String>,
    /// Neither missed nor wrong.
    #[serde(default)]
    pub optional: bool,
}

/// The label of a document.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// The house style it stands for.
    pub kind: String,
    /// Never looked at while rules are written.
    pub held_out: bool,
    /// The reference instant.
    pub now: DateTime<Utc>,
    /// The user's zone.
    pub zone: sentry_domain::Zone,
    /// What "you" means.
    pub reader: Option<String>,
    /// What "I" means.
    pub sender: Option<String>,
    /// What is to be found.
    pub items: Vec<Expected>,
    /// Words no other item may contain.
    #[serde(default)]
    pub traps: Vec<String>,
}

/// A document with its label.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name of its files.
    pub name: String,
    /// The text.
    pub text: String,
    /// What is to be found in it.
    pub label: Label,
}

impl Document {
    /// The context the label describes.
    pub fn context(&self) -> Context {
        Context {
            reader: self.label.reader.clone(),
            sender: self.label.sender.clone(),
            ..Context::new(self.label.now, self.label.zone)
        }
    }
}

/// All labelled documents of a folder, by name.
pub fn load(folder: &Path) -> Result<Vec<Document>, Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json") {
            let label = serde_json::from_str(&std::fs::read_to_string(&path)?)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            let text = std::fs::read_to_string(path.with_extension("txt"))?;
            let name = path
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            all.push(Document { name, text, label });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}
