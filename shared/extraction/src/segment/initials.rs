//! Initials that a list of those present explains: "Dave Whitworth (DW)", "Hr. Brandt   (Br)".

use crate::text::fold_str;
use std::collections::BTreeMap;

/// The names behind the initials of a text, by their folded letters.
pub(crate) fn read(text: &str) -> BTreeMap<String, String> {
    const LINES: usize = 60;
    let mut all = BTreeMap::new();
    for line in text.lines().take(LINES).filter(|line| line.len() < 400) {
        let mut from = 0;
        while let Some(open) = line[from..].find('(').map(|at| from + at) {
            let Some(close) = line[open..].find(')').map(|at| open + at) else {
                break;
            };
            let letters = line[open + 1..close].trim();
            if let Some(name) =
                name_before(&line[from..open]).filter(|name| stand_for(letters, name))
            {
                all.entry(fold_str(letters)).or_insert(name);
            }
            from = close + 1;
        }
    }
    all
}

/// The capitalised words at the end of a passage.
fn name_before(passage: &str) -> Option<String> {
    let words = passage.split_whitespace().rev();
    let named = |word: &&str| {
        word.starts_with(char::is_uppercase) && !word.ends_with([',', ';', ':', '&', '/'])
    };
    let mut name: Vec<&str> = words.take_while(named).take(4).collect();
    name.reverse();
    (!name.is_empty()).then(|| name.join(" "))
}

/// Whether letters are the initials of a name or the beginning of its last word.
fn stand_for(letters: &str, name: &str) -> bool {
    let count = letters.chars().count();
    if !(2..=3).contains(&count) || !letters.starts_with(char::is_uppercase) {
        return false;
    }
    let titles = [
        "hr.", "fr.", "mr.", "ms.", "mrs.", "dr.", "m.", "mme", "sr.", "sra.", "mr", "ms", "mrs",
        "dr",
    ];
    let (letters, name) = (fold_str(letters), fold_str(name));
    let mut words = name.split([' ', '-']).filter(|word| !titles.contains(word));
    let initials: String = words
        .clone()
        .filter_map(|word| word.chars().next())
        .collect();
    initials == letters
        || words
            .next_back()
            .is_some_and(|last| last.starts_with(&letters))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn initials_are_explained_by_names() {
        let text = "Present\n  Dave Whitworth (DW)  site\n  Hr. Brandt   (Br)   Fassaden\n  Mr. J. Lührs (LPT), M. Mertens (MOA)\n";
        let all = read(text);
        let names: Vec<(&str, &str)> = all.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(names, [("br", "Hr. Brandt"), ("dw", "Dave Whitworth")]);
    }
}
