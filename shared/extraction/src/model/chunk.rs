//! A long text in parts that a model can take, cut where the text itself has seams.

use std::ops::Range;

/// A part of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub range: Range<usize>,
    /// Headings above it and the head of the table it begins in: to be understood by, not to be quoted from.
    pub above: String,
}

/// The length of a line of `above`.
const MOST_ABOVE: usize = 300;

/// Parts of at most `most` bytes that together are the whole text.
///
/// Cuts are made before a heading, else at a blank line, else between lines, and inside a line only where
/// it is longer than a part. Linear in the length of the text.
pub(crate) fn chunks(text: &str, most: usize) -> Vec<Chunk> {
    let most = most.max(64);
    let mut chunks = Vec::new();
    let mut from = 0;
    let mut trail = Trail::default();
    while text.len() - from > most {
        let to = cut(text, from, most);
        push(&mut chunks, text, from..to, &trail);
        trail.follow(&text[from..to]);
        from = to;
    }
    push(&mut chunks, text, from..text.len(), &trail);
    chunks
}

fn push(chunks: &mut Vec<Chunk>, text: &str, range: Range<usize>, trail: &Trail) {
    if !text[range.clone()].trim().is_empty() {
        let above = trail.above(&text[range.clone()]);
        chunks.push(Chunk { range, above });
    }
}

/// The best place to end a part that begins at `from`: as late as possible, but in its second half.
fn cut(text: &str, from: usize, most: usize) -> usize {
    let end = text.floor_char_boundary(from + most);
    let half = text.floor_char_boundary(from + most / 2);
    let late = &text[half..end];
    let before_heading = late.rfind("\n#").map(|at| half + at + 1);
    let after_blank = || late.rfind("\n\n").map(|at| half + at + 2);
    let after_line = || late.rfind('\n').map(|at| half + at + 1);
    let after_sentence = || late.rfind(". ").map(|at| half + at + 2);
    let after_word = || late.rfind(' ').map(|at| half + at + 1);
    before_heading
        .or_else(after_blank)
        .or_else(after_line)
        .or_else(after_sentence)
        .or_else(after_word)
        .unwrap_or(end)
        .max(from + 1)
}

/// The headings and the table that are open at a place.
#[derive(Debug, Default)]
struct Trail {
    headings: Vec<(usize, String)>,
    table: Option<String>,
}

impl Trail {
    fn follow(&mut self, text: &str) {
        for line in text.lines() {
            let level = line.bytes().take_while(|&b| b == b'#').count();
            if (1..=6).contains(&level) && line[level..].starts_with(' ') {
                self.headings.retain(|(known, _)| *known < level);
                self.headings.push((level, clipped(line)));
                self.table = None;
            } else if line.starts_with('|') {
                self.table.get_or_insert_with(|| clipped(line));
            } else {
                self.table = None;
            }
        }
    }

    fn above(&self, text: &str) -> String {
        let mut lines: Vec<&str> = self
            .headings
            .iter()
            .map(|(_, line)| line.as_str())
            .collect();
        if let Some(head) = self.table.as_deref().filter(|_| text.starts_with('|')) {
            lines.push(head);
        }
        lines.join("\n")
    }
}

fn clipped(line: &str) -> String {
    line[..line.floor_char_boundary(MOST_ABOVE)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_ends_before_a_heading_and_knows_what_stands_above() {
        let body = "Words of no weight. ".repeat(8);
        let text = format!("# Plan\n{body}\n## Next steps\n- one\n");
        let chunks = chunks(&text, 175);
        assert_eq!(chunks.len(), 2);
        assert!(text[chunks[1].range.clone()].starts_with("## Next steps"));
        assert_eq!(chunks[1].above, "# Plan");
    }

    #[test]
    fn rows_of_a_table_keep_its_head() {
        let rows = "| Send the report | Anna |\n".repeat(12);
        let text = format!("| Task | Owner |\n|---|---|\n{rows}");
        let chunks = chunks(&text, 150);
        assert!(chunks.len() > 1);
        assert!(
            chunks[1..]
                .iter()
                .all(|chunk| chunk.above == "| Task | Owner |")
        );
    }

    proptest! {
        #[test]
        fn parts_are_the_whole_text_within_bounds(text in "([a-zé😀 .#|\n]){0,400}", most in 64_usize..120) {
            let chunks = chunks(&text, most);
            let mut at = 0;
            for chunk in &chunks {
                prop_assert!(text[at..chunk.range.start].trim().is_empty());
                prop_assert!(chunk.range.len() <= most + 4);
                at = chunk.range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
