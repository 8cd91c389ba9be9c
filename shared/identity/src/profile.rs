//! What may stand in the fields of an account.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use email_address::{EmailAddress, Options};
use sentry_http::FieldError;

const LONGEST_EMAIL: usize = 254;
const LONGEST_NAME: usize = 100;
const LONGEST_LOCALE: usize = 35;
const EARLIEST_BIRTH_YEAR: i32 = 1900;

/// Collects what is wrong, so that a person learns of everything at once.
#[derive(Debug, Default)]
pub struct Check {
    /// What was found so far.
    pub errors: Vec<FieldError>,
}

impl Check {
    /// The value, or nothing and one error more.
    pub fn field<T>(&mut self, name: &str, read: Result<T, &'static str>) -> Option<T> {
        read.map_err(|detail| self.errors.push(FieldError::new(name, detail)))
            .ok()
    }
}

/// An address, as given but for spaces around it.
pub fn email(text: &str) -> Result<&str, &'static str> {
    const DETAIL: &str = "must be an e-mail address such as name@example.org";
    let text = text.trim();
    // Quoted spaces are legal and never meant.
    if text.chars().count() > LONGEST_EMAIL
        || text.chars().any(|c| c.is_control() || c.is_whitespace())
    {
        return Err(DETAIL);
    }
    let options = Options::default()
        .without_display_text()
        .without_domain_literal();
    EmailAddress::parse_with_options(text, options)
        .map(|_| text)
        .map_err(|_| DETAIL)
}

/// A name; an empty one is none.
pub fn name(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err("must have at most 100 characters, all printable");
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A date of birth.
pub fn birthday(date: NaiveDate, now: DateTime<Utc>) -> Result<NaiveDate, &'static str> {
    if date > now.date_naive() || date.year() < EARLIEST_BIRTH_YEAR {
        return Err("must be a date of the past, not before 1900");
    }
    Ok(date)
}

/// A language tag such as `de` or `pt-BR`, with hyphens.
pub fn locale(text: &str) -> Result<String, &'static str> {
    let text = text.trim().replace('_', "-");
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !is_language || !parts.all(is_part) || text.len() > LONGEST_LOCALE {
        return Err("must be a language tag such as de or pt-BR");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_kept_as_given() {
        for good in [
            "ann@example.org",
            "Ann.Lee+tag@Example.ORG",
            "o'hara@example.co.uk",
            "user@localhost",
            "jürgen@müller.example",
            "用户@例子.广告",
        ] {
            assert_eq!(email(&format!("  {good} ")), Ok(good));
        }
        let long = format!("{}@example.org", "a".repeat(300));
        for bad in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@@example.org",
            "a b@example.org",
            "ann@exa mple.org",
            "Ann <ann@example.org>",
            "ann@example.org\nBcc: x@example.org",
            "ann@[127.0.0.1]",
            "ann.@example.org",
            "ann@-example.org",
            "\"a b\"@example.org",
            &long,
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn locales_are_language_tags() {
        assert_eq!(locale("pt_BR").as_deref(), Ok("pt-BR"));
        assert_eq!(locale("zh-Hant-TW").as_deref(), Ok("zh-Hant-TW"));
        for bad in [
            "",
            "e",
            "english",
            "de-",
            "-de",
            "de--DE",
            "d3",
            "de-ÄÖ",
            &"de-abcdefgh".repeat(4),
        ] {
            assert!(locale(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*|[\\x00-\\x7f]*") {
            // What passes fits the columns of the database.
            if let Ok(email) = email(&text) {
                prop_assert!((3..=320).contains(&email.chars().count()));
            }
            if let Ok(Some(name)) = name(&text) {
                prop_assert!(name.chars().count() <= 100);
            }
            if let Ok(locale) = locale(&text) {
                prop_assert!(locale.chars().count() <= 35);
            }
        }
    }
}
