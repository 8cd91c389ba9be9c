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

/// The words with a small first letter, whatever letter it is.
pub(crate) fn lower_first(noun: &str) -> String {
    let mut chars = noun.chars();
    chars
        .next()
        .map(|c| c.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The whole string folded.
pub fn fold_str(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold).collect()
}
