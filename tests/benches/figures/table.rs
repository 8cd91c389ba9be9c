//! What was measured, beside what is asked for.

use std::fmt;

/// The figures of a run.
#[derive(Debug, Default)]
pub struct Table(Vec<[String; 3]>);

impl Table {
    /// Adds a figure and its bound; nothing where it is there for comparison only.
    pub fn add(&mut self, what: impl Into<String>, measured: impl Into<String>, bound: &str) {
        let row = [what.into(), measured.into(), bound.to_owned()];
        eprintln!("  {}: {}", row[0], row[1]);
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | asked for |\n| --- | --- | --- |")?;
        for [what, measured, bound] in &self.0 {
            writeln!(f, "| {what} | {measured} | {bound} |")?;
        }
        Ok(())
    }
}
