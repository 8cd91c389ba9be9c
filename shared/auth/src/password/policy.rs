//! What a password may be.

use crate::secret::Secret;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::Score;

/// The fewest characters (Unicode scalars after NFKC) of a new password.
pub const SHORTEST: usize = 12;
/// The most characters of any password; none is ever cut.
pub const LONGEST: usize = 128;

/// More bytes than 128 characters can have before NFKC joins what belongs together: a megabyte is
/// turned away before anything is computed from it.
const LONGEST_RAW_BYTES: usize = 4096;

/// How much of a password is judged: a longer one is no easier to guess than its beginning, while
/// the work grows with the square of the length and with every `4`, `@` or `$` that may stand for a
/// letter.
const JUDGED_CHARACTERS: usize = 32;
/// Guesses (as a power of ten) below which a password counts as guessable: the limit of `zxcvbn`
/// for "safe against an attacker who holds the slow hashes".
const SAFE_SCORE: Score = Score::Three;

/// A password longer than any we store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password has at most {LONGEST} characters")]
pub struct TooLong;

/// A password as somebody typed it, ready to be checked against a hash.
#[derive(Debug, Clone)]
pub struct Password {
    /// In NFKC, so that the same password typed on another keyboard has the same bytes.
    normalised: Secret,
    /// As typed: the former system hashed that.
    typed: Secret,
}

impl Password {
    /// Reads a password for signing in. Only the upper limit holds here: rules for new passwords
    /// must not lock out an older one.
    pub fn read(typed: &Secret) -> Result<Self, TooLong> {
        let typed = typed.expose();
        if typed.len() > LONGEST_RAW_BYTES {
            return Err(TooLong);
        }
        // Room for four bytes a character, so that no half-filled buffer is left behind unwiped.
        let mut normalised = Zeroizing::new(String::with_capacity((LONGEST + 1) * 4));
        normalised.extend(typed.nfkc().take(LONGEST + 1));
        if normalised.chars().count() > LONGEST {
            return Err(TooLong);
        }
        Ok(Self {
            normalised: Secret::from(normalised.as_str()),
            typed: Secret::from(typed.as_str()),
        })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.normalised.expose().as_bytes()
    }

    pub(super) fn typed_bytes(&self) -> &[u8] {
        self.typed.expose().as_bytes()
    }
}

/// Why a new password is refused, in words for the person who chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fewer than 12 characters.
    #[error("a password needs at least {SHORTEST} characters")]
    TooShort,
    /// More than 128 characters.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// Common, patterned or made of the person's own data.
    #[error("this password is easy to guess. {advice}")]
    Guessable {
        /// One or more sentences on what would make it better.
        advice: String,
    },
}

impl Refusal {
    /// The stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong(_) => "password_too_long",
            Self::Guessable { .. } => "password_guessable",
        }
    }
}

/// A password that may be set.
#[derive(Debug, Clone)]
pub struct NewPassword(Password);

impl NewPassword {
    /// Judges a password somebody wants to have. `personal` is what a guesser would try for this
    /// person: address, names, birthday. Takes up to some milliseconds.
    pub fn judge(typed: &Secret, personal: &[&str]) -> Result<Self, Refusal> {
        let password = Password::read(typed)?;
        let text = password.normalised.expose();
        if text.chars().count() < SHORTEST {
            return Err(Refusal::TooShort);
        }
        let words = personal_words(personal);
        if is_mostly_personal(text, &words) {
            return Err(Refusal::Guessable {
                advice: TOO_PERSONAL.to_owned(),
            });
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let end = text
            .char_indices()
            .nth(JUDGED_CHARACTERS)
            .map_or(text.len(), |(at, _)| at);
        let estimate = zxcvbn::zxcvbn(&text[..end], &words);
        if estimate.score() < SAFE_SCORE {
            return Err(Refusal::Guessable {
                advice: advice(&estimate),
            });
        }
        Ok(Self(password))
    }

    /// The password, to be hashed.
    pub fn password(&self) -> &Password {
        &self.0
    }
}

/// What `zxcvbn` recommends; it never quotes the password.
fn advice(estimate: &zxcvbn::Entropy) -> String {
    let Some(feedback) = estimate.feedback() else {
        return String::new();
    };
    let warning = feedback.warning().map(|warning| warning.to_string());
    let suggestions = feedback.suggestions().iter().map(ToString::to_string);
    warning
        .into_iter()
        .chain(suggestions)
        .collect::<Vec<_>>()
        .join(" ")
}

const TOO_PERSONAL: &str = "Avoid your own name, address and dates.";
/// Less than this beside one's own data is found by trying.
const FEWEST_OWN_CHARACTERS: usize = 6;

/// Whether little is left of a password without the person's data. `zxcvbn` takes a row of known
/// words for as strong as a row of chosen ones.
fn is_mostly_personal(text: &str, words: &[String]) -> bool {
    let lower = text.to_lowercase();
    let rest = words
        .iter()
        .fold(lower.clone(), |rest, word| rest.replace(word, " "));
    let own = rest
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation())
        .count();
    rest != lower && own < FEWEST_OWN_CHARACTERS
}

/// Shorter parts than this occur in most passwords by chance.
const SHORTEST_WORD: usize = 3;
/// Personal data comes from the outside too: no more words than this are looked for.
const MOST_WORDS: usize = 32;

/// The person's data whole and in parts ("ann.lee@example.org": ann.lee, ann, lee, example, org),
/// and the product's name.
fn personal_words(personal: &[&str]) -> Vec<String> {
    let normalised: Vec<String> = personal
        .iter()
        .map(|value| value.nfkc().take(LONGEST).collect())
        .collect();
    let whole = normalised.iter().map(String::as_str);
    let halves = normalised.iter().flat_map(|value| value.split('@'));
    let parts = normalised
        .iter()
        .flat_map(|value| value.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = ["sentry", "sentryai"]
        .into_iter()
        .chain(whole)
        .chain(halves)
        .chain(parts)
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    // The longest first, so that a whole address is found before its parts.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}
