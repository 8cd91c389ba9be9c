//! JSON as models write it when nothing holds them to it.

use serde_json::Value;

/// The longest answer that is worth a repair.
const MOST_BYTES: usize = 1_000_000;

/// The JSON object or array in an answer: as it is, inside a Markdown fence, or among other words; commas
/// before a closing bracket are dropped. `None` when there is none, and for an object that ends too soon.
pub(crate) fn repaired(content: &str) -> Option<Value> {
    let content = content.trim();
    let structured = |value: &Value| value.is_object() || value.is_array();
    if let Ok(value) = serde_json::from_str::<Value>(content) {
        return structured(&value).then_some(value);
    }
    if content.len() > MOST_BYTES {
        return None;
    }
    // Reasoning models think aloud first.
    let content = content
        .rsplit_once("</think>")
        .map_or(content, |(_, rest)| rest);
    let start = content.find(['{', '['])?;
    let cut = balanced(&content[start..])?;
    serde_json::from_str(&cut).ok().filter(structured)
}

/// The text from an opening bracket to the one that closes it, without commas before closing brackets.
fn balanced(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in text.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            out.push(c);
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' | '[' => depth += 1,
            '}' | ']' => {
                let kept = out.trim_end();
                let kept = kept.strip_suffix(',').unwrap_or(kept).len();
                out.truncate(kept);
                depth = depth.checked_sub(1)?;
            }
            _ => {}
        }
        out.push(c);
        if depth == 0 {
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn json_is_found_among_other_words() {
        for text in [
            r#"{"a": [1, "}"]}"#,
            "```json\n{\"a\": [1, \"}\"]}\n```",
            "Here is the list:\n{\"a\": [1, \"}\",],}\nI hope this helps {really}.",
            "<think>perhaps {\"b\": 1}</think>{\"a\": [1, \"}\"]}",
        ] {
            assert_eq!(repaired(text), Some(json!({"a": [1, "}"]})), "{text}");
        }
        assert_eq!(
            repaired(r#"say: {"a": "\" }"}"#),
            Some(json!({"a": "\" }"}))
        );
    }

    #[test]
    fn what_is_no_json_is_not_made_up() {
        for text in [
            "",
            "null",
            "\"text\"",
            "12",
            "I cannot help with that.",
            r#"{"a": [1, 2"#,
            "}{",
            "{a: 1}",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in ".{0,200}") {
            let _ = repaired(&text);
        }

        #[test]
        fn commas_inside_strings_stay(text in "[a-z,}\\]]{0,20}") {
            let value = json!({"a": text, "b": [1]});
            let wrapped = format!("Sure: {value} done");
            prop_assert_eq!(repaired(&wrapped), Some(value));
        }
    }
}
