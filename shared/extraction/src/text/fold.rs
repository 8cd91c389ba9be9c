//! Letters without case and accents.

/// The lower-case letter without its accent; one character for one.
pub fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\u{7f}' => c,
        '’' | '‘' | 'ʼ' | '´' => '\'',
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'č' | 'Č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ı' | 'İ' => 'i',
        'ñ' | 'Ñ' | 'ń' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' => 'u',
        'ş' | 'Ş' | 'š' | 'Š' | 'ś' => 's',
        'ğ' | 'Ğ' => 'g',
        'ý' | 'ÿ' => 'y',
        'ž' | 'Ž' | 'ź' | 'ż' => 'z',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The words with a capital first letter.
pub(crate) fn capitalised(words: &str) -> String {
    begun(words, char::to_uppercase)
}

/// The words with a small first letter, whatever letter it is.
pub(crate) fn lower_first(words: &str) -> String {
    begun(words, char::to_lowercase)
}

/// The words with another first letter.
fn begun<C: Iterator<Item = char>>(words: &str, case: impl Fn(char) -> C) -> String {
    let mut chars = words.chars();
    let first = chars.next().into_iter().flat_map(case);
    first.chain(chars).collect()
}

/// The whole string folded.
pub fn fold_str(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold).collect()
}
