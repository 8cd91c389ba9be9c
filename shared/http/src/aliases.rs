//! Other paths to the same place, one line each. None has a handler of its own.

use std::borrow::Cow;

/// Beginnings of paths that earlier systems used, and what stands for them now.
const PREFIXES: &[(&str, &str)] = &[
    ("/api/v1/", "/api/"),
    ("/api/extract/", "/api/tasks/extract/"),
    ("/api/extraction/history/", "/api/tasks/extraction-history/"),
];

/// Whole paths that earlier systems, standards and operators use. `{}` stands for one segment.
const PATHS: &[(&str, &str)] = &[
    ("/.well-known/jwks.json", "/api/auth/jwks"),
    ("/api/profile", "/api/profile/me"),
    // API Gateway sends each of these to the function it names.
    ("/health/ready/accounts", "/health/ready"),
    ("/health/ready/passwords", "/health/ready"),
    ("/health/ready/providers", "/health/ready"),
    ("/health/ready/tasks", "/health/ready"),
    ("/health/ready/uploads", "/health/ready"),
    ("/health/ready/burnout", "/health/ready"),
    ("/health/ready/advice", "/health/ready"),
    ("/api/uploads/create-session", "/api/uploads"),
    ("/api/uploads/session/{}/upload", "/api/uploads/{}/file"),
    ("/api/uploads/session/{}/files", "/api/uploads/{}"),
    ("/api/uploads/session/{}", "/api/uploads/{}"),
];

/// The canonical path of any accepted one: without a trailing slash, with aliases resolved.
pub fn canonical_path(path: &str) -> Cow<'_, str> {
    let trimmed = path.trim_end_matches('/');
    let mut path = Cow::Borrowed(if trimmed.is_empty() { "/" } else { trimmed });
    for (old, new) in PREFIXES {
        if let Some(rest) = path.strip_prefix(old) {
            path = Cow::Owned(format!("{new}{rest}"));
        }
    }
    let whole = PATHS
        .iter()
        .find_map(|(old, new)| Some(new.replace("{}", matches(old, &path)?)));
    whole.map_or(path, Cow::Owned)
}

/// The segment that `{}` stands for, or an empty one where the pattern has none.
fn matches<'a>(pattern: &str, path: &'a str) -> Option<&'a str> {
    let Some((before, after)) = pattern.split_once("{}") else {
        return (pattern == path).then_some("");
    };
    let segment = path.strip_prefix(before)?.strip_suffix(after)?;
    (!segment.is_empty() && !segment.contains('/')).then_some(segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_paths_lead_to_the_same_place() {
        for (old, new) in [
            ("/api/tasks/", "/api/tasks"),
            ("/api/v1/tasks/7/", "/api/tasks/7"),
            ("/api/extract/text", "/api/tasks/extract/text"),
            ("/api/v1/extract/text", "/api/tasks/extract/text"),
            ("/api/uploads/create-session", "/api/uploads"),
            ("/api/uploads/session/12/upload", "/api/uploads/12/file"),
            ("/api/uploads/session/12/files", "/api/uploads/12"),
            ("/health/ready/uploads", "/health/ready"),
            ("/health/ready/nobody", "/health/ready/nobody"),
            ("/", "/"),
            (
                "/api/uploads/session//upload",
                "/api/uploads/session//upload",
            ),
            (
                "/api/uploads/session/a/b/upload",
                "/api/uploads/session/a/b/upload",
            ),
        ] {
            assert_eq!(canonical_path(old), new, "{old}");
        }
    }
}
