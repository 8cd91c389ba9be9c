//! What a model says instead of reading.

use crate::text::fold_str;

/// Whether a text is no more than what a model answers that refuses to read a picture or a document.
pub fn is_declined(text: &str) -> bool {
    const LONGEST: usize = 300;
    const SORRY: [&str; 6] = [
        "i'm sorry",
        "i am sorry",
        "sorry,",
        "as an ai",
        "i can't",
        "i'm unable",
    ];
    const DECLINES: [&str; 11] = [
        "can't assist with",
        "cannot assist with",
        "can't help with that",
        "can't help with this",
        "cannot help with that",
        "unable to assist with",
        "can't process this image",
        "can't view images",
        "unable to view images",
        "transcribe this image",
        "as an ai language model",
    ];
    if text.len() > LONGEST {
        return false;
    }
    let folded = fold_str(text.trim()).replace('’', "'");
    SORRY.iter().any(|words| folded.starts_with(words))
        && DECLINES.iter().any(|words| folded.contains(words))
}
