//! What a parser says of a field, in words a person can act on.

/// The message of serde, chrono, uuid or the standard library as a sentence about the field; what is not known here
/// stays as it is.
pub fn readable(message: &str) -> String {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(text, _)| text);
    if let Some((found, wanted)) = message
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        return format!("must be {}, not {}", kind(wanted), given(found));
    }
    if let Some((found, wanted)) = message
        .strip_prefix("invalid value: ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        return format!("must be {}; {} is none", kind(wanted), given(found));
    }
    if let Some((found, known)) = message
        .strip_prefix("unknown variant `")
        .and_then(|rest| rest.split_once("`, expected "))
    {
        let known = known.trim_start_matches("one of ").replace('`', "");
        return format!("must be one of {known}, not “{found}”");
    }
    match message {
        "invalid float literal" | "cannot parse float from empty string" => {
            "must be a number".to_owned()
        }
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "must be a whole number".to_owned()
        }
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "must be a smaller whole number".to_owned()
        }
        "provided string was not `true` or `false`" => "must be true or false".to_owned(),
        "premature end of input"
        | "input contains invalid characters"
        | "input is out of range"
        | "trailing input"
        | "input is not enough for unique date and time" => {
            "must be a date or time such as 2026-03-02, 09:00:00 or 2026-03-02T09:00:00Z".to_owned()
        }
        _ if message.starts_with("UUID parsing failed") => {
            "must be an id such as 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b".to_owned()
        }
        _ => message.to_owned(),
    }
}

/// What was wanted, without the names of types.
fn kind(wanted: &str) -> String {
    let integer = wanted
        .strip_prefix(['i', 'u'])
        .is_some_and(|bits| bits.parse::<u8>().is_ok() || bits == "size");
    match wanted {
        _ if integer => "a whole number in its range".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a string" | "a borrowed string" | "str" | "string" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "an object".to_owned(),
        _ if wanted.starts_with("struct ") || wanted.contains("tagged enum") => {
            "an object".to_owned()
        }
        _ if wanted.contains("NaiveDate") || wanted.contains("date") => {
            "a date or time such as 2026-03-02 or 2026-03-02T09:00:00Z".to_owned()
        }
        _ => wanted.to_owned(),
    }
}

/// What was found, without the names of types.
fn given(found: &str) -> String {
    let value = found
        .split_once(' ')
        .filter(|(of, _)| matches!(*of, "string" | "integer" | "boolean"))
        .map(|(_, value)| value.trim_matches(['`']).to_owned());
    match found {
        "null" => "null".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit value" => "nothing".to_owned(),
        _ if found.starts_with("floating point ") => {
            found["floating point ".len()..].replace('`', "")
        }
        _ => value.unwrap_or_else(|| found.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_for_people() {
        let cases = [
            (
                r#"invalid type: string "good", expected i16 at line 1 column 14"#,
                r#"must be a whole number in its range, not "good""#,
            ),
            (
                "invalid type: floating point `1.5`, expected u8",
                "must be a whole number in its range, not 1.5",
            ),
            (
                "invalid value: integer `300`, expected i8",
                "must be a whole number in its range; 300 is none",
            ),
            (
                "invalid type: null, expected a string",
                "must be text, not null",
            ),
            (
                "invalid type: map, expected a sequence",
                "must be a list, not an object",
            ),
            (
                "unknown variant `ok`, expected one of `good`, `bad`",
                "must be one of good, bad, not “ok”",
            ),
            ("invalid float literal", "must be a number"),
            (
                "premature end of input",
                "must be a date or time such as 2026-03-02, 09:00:00 or 2026-03-02T09:00:00Z",
            ),
            ("missing field `title`", "missing field `title`"),
        ];
        for (message, expected) in cases {
            assert_eq!(readable(message), expected);
        }
    }
}
