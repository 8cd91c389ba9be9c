//! Where an object lies. The server alone decides.

use sentry_domain::{UploadId, UserId};

/// Long enough to recognise a file by, short enough for every limit on keys.
const MAX_NAME: usize = 80;

/// The folder of everything that belongs to a user.
pub fn user_prefix(user: UserId) -> String {
    format!("users/{user}/")
}

/// The key of an upload: `users/{user}/uploads/{upload}/{name}`, where the name is reduced to
/// `a-z`, `0-9`, `-` and one extension.
pub fn upload_key(user: UserId, upload: UploadId, filename: &str) -> String {
    let name = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = Some(slug(stem))
        .filter(|stem| !stem.is_empty())
        .unwrap_or_else(|| "file".to_owned());
    let extension: String = slug(extension)
        .chars()
        .filter(|c| *c != '-')
        .take(8)
        .collect();
    let dot = if extension.is_empty() { "" } else { "." };
    format!(
        "{}uploads/{upload}/{stem}{dot}{extension}",
        user_prefix(user)
    )
}

/// The key of an archive of everything the system holds about a user.
pub fn export_key(user: UserId, export: uuid::Uuid) -> String {
    format!("{}exports/{export}.zip", user_prefix(user))
}

/// Lower-case ASCII with single hyphens between words. Latin letters lose their marks.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase).map(unaccented) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\u{307}' {
            slug.push('-');
        }
        if slug.len() >= MAX_NAME {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

const fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' | 'ō' => 'o',
        'ś' | 'š' | 'ş' | 'ß' => 's',
        'ù'..='ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_without_a_usable_letter_still_get_a_key() {
        assert_eq!(
            upload_key(UserId(1), UploadId(2), "会議.pdf"),
            "users/1/uploads/2/file.pdf"
        );
        assert_eq!(
            upload_key(UserId(1), UploadId(2), ""),
            "users/1/uploads/2/file"
        );
        assert_eq!(
            upload_key(UserId(1), UploadId(2), ".."),
            "users/1/uploads/2/file"
        );
        assert_eq!(
            upload_key(UserId(1), UploadId(2), "a/b\\..\\c d.TXT"),
            "users/1/uploads/2/c-d.txt"
        );
    }

    proptest! {
        #[test]
        fn no_name_leaves_the_folder(name in ".{0,300}") {
            let key = upload_key(UserId(1), UploadId(2), &name);
            let rest = key.strip_prefix("users/1/uploads/2/").unwrap();
            prop_assert!(!rest.is_empty() && rest.len() <= MAX_NAME + 9);
            prop_assert!(rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.'));
            prop_assert!(!rest.starts_with('.') && rest.matches('.').count() <= 1);
        }
    }
}
