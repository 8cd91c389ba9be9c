//! White space and characters that stand for nothing.

/// Characters that stand for something: no controls, no zero-width marks, no direction overrides.
pub(crate) fn keep(c: char) -> bool {
    match c {
        '\n' => true,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{ad}' | '\u{fffe}' | '\u{ffff}'
        // Private use: glyphs of symbol fonts nobody can name.
        | '\u{e000}'..='\u{f8ff}'
        // Tags: invisible letters, used to smuggle text past a reader.
        | '\u{e0000}'..='\u{e007f}' => false,
        c => !c.is_control(),
    }
}

/// White space collapsed to single blanks, on one line.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if keep(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// White space collapsed in each line; line breaks that were meant are kept, empty lines are not.
pub(crate) fn lines(text: &str) -> String {
    let kept: Vec<String> = text
        .split('\n')
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect();
    kept.join("\n")
}

/// The lines of a text as an editor shows them: two or more blanks between words part columns and stay, a gap as wide
/// as no table needs is cut.
pub(crate) fn set_lines(text: &str) -> String {
    let kept: Vec<String> = text
        .split('\n')
        .map(set_line)
        .filter(|line| !line.is_empty())
        .collect();
    kept.join("\n")
}

fn set_line(line: &str) -> String {
    const WIDEST: usize = 60;
    let mut out = String::with_capacity(line.len());
    let mut gap = 0;
    for c in line.chars() {
        if c.is_whitespace() {
            gap += 1;
        } else if keep(c) {
            // Two blanks behind a sentence are a habit of those who learned to type on a typewriter.
            let ends = gap == 2 && out.ends_with(['.', '!', '?', ',', ';', ':']);
            let width = if ends { 1 } else { gap.min(WIDEST) };
            if !out.is_empty() {
                out.extend(std::iter::repeat_n(' ', width));
            }
            gap = 0;
            out.push(c);
        }
    }
    out
}

/// The text of a cell on one line; a bar inside it would end the cell.
pub(crate) fn cell_text(text: &str) -> String {
    let parts: Vec<String> = text
        .split('\n')
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect();
    parts.join("; ").replace('|', "\\|")
}
