//! Rules of RFC 5545 by which a task comes again, checked and brought into one spelling.

use sentry_domain::{MAX_RECURRENCE_CHARS, Moment};
use std::ops::RangeInclusive;

const EXAMPLE: &str = "must be an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO,TH";
const FREQUENCIES: &[&str] = &["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"];
const WEEKDAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The rule in capitals and without `RRULE:`. Blank text is no rule.
pub(crate) fn check(text: &str) -> Result<Option<String>, String> {
    let rule = text.trim().to_ascii_uppercase();
    let rule = rule
        .strip_prefix("RRULE:")
        .unwrap_or(&rule)
        .trim_end_matches(';');
    if rule.is_empty() {
        return Ok(None);
    }
    if rule.len() > MAX_RECURRENCE_CHARS {
        return Err(format!(
            "must have at most {MAX_RECURRENCE_CHARS} characters"
        ));
    }
    let mut seen: Vec<&str> = Vec::new();
    for part in rule.split(';') {
        let (name, value) = part.split_once('=').ok_or(EXAMPLE)?;
        if seen.contains(&name) {
            return Err(format!("{name} stands there twice"));
        }
        seen.push(name);
        if !is_part(name, value)? {
            return Err(format!("{name}={value} is not valid; the rule {EXAMPLE}"));
        }
    }
    if !seen.contains(&"FREQ") {
        return Err(EXAMPLE.to_owned());
    }
    if seen.contains(&"COUNT") && seen.contains(&"UNTIL") {
        return Err("COUNT and UNTIL exclude each other".to_owned());
    }
    Ok(Some(rule.to_owned()))
}

fn is_part(name: &str, value: &str) -> Result<bool, String> {
    Ok(match name {
        "FREQ" => FREQUENCIES.contains(&value),
        "INTERVAL" => in_range(value, 1..=1000),
        "COUNT" => in_range(value, 1..=10_000),
        "UNTIL" => is_until(value),
        "WKST" => WEEKDAYS.contains(&value),
        "BYDAY" => all(value, is_weekday),
        "BYMONTHDAY" => all(value, |number| in_signed_range(number, 31)),
        "BYYEARDAY" | "BYSETPOS" => all(value, |number| in_signed_range(number, 366)),
        "BYWEEKNO" => all(value, |number| in_signed_range(number, 53)),
        "BYMONTH" => all(value, |number| in_range(number, 1..=12)),
        "BYHOUR" => all(value, |number| in_range(number, 0..=23)),
        "BYMINUTE" => all(value, |number| in_range(number, 0..=59)),
        "BYSECOND" => all(value, |number| in_range(number, 0..=60)),
        _ => return Err(format!("{name} is not a part of a rule; it {EXAMPLE}")),
    })
}

fn all(list: &str, is_valid: impl Fn(&str) -> bool) -> bool {
    list.split(',').all(is_valid)
}

fn in_range(number: &str, range: RangeInclusive<u32>) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
        && number.parse().is_ok_and(|number| range.contains(&number))
}

/// From the beginning, or with a minus from the end.
fn in_signed_range(number: &str, limit: u32) -> bool {
    in_range(number.strip_prefix(['+', '-']).unwrap_or(number), 1..=limit)
}

/// `MO`, or the second or the last of a month: `2MO`, `-1FR`.
fn is_weekday(text: &str) -> bool {
    let Some((number, day)) = text
        .len()
        .checked_sub(2)
        .and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    WEEKDAYS.contains(&day) && (number.is_empty() || in_signed_range(number, 53))
}

/// `20260302`, `20260302T090000` or `20260302T090000Z`.
fn is_until(text: &str) -> bool {
    let digits = |at: std::ops::Range<usize>| {
        text.get(at)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(4..6), digits(6..8)) else {
        return false;
    };
    let time = match text
        .get(8..)
        .map(|rest| rest.strip_suffix('Z').unwrap_or(rest))
    {
        None | Some("") => text.len() == 8,
        Some(rest) => {
            rest.len() == 7
                && rest.starts_with('T')
                && [(9, 23), (11, 59), (13, 60)].iter().all(|(at, most)| {
                    digits(*at..at + 2).is_some_and(|part| in_range(part, 0..=*most))
                })
        }
    };
    time && format!("{year}-{month}-{day}").parse::<Moment>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rules_that_calendars_write_are_kept() {
        for (given, kept) in [
            ("FREQ=DAILY", "FREQ=DAILY"),
            (
                " rrule:freq=weekly;byday=mo,th; ",
                "FREQ=WEEKLY;BYDAY=MO,TH",
            ),
            (
                "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
                "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
            ),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            ),
            (
                "INTERVAL=2;FREQ=WEEKLY;UNTIL=20261231T235959Z;WKST=SU",
                "INTERVAL=2;FREQ=WEEKLY;UNTIL=20261231T235959Z;WKST=SU",
            ),
            ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
        ] {
            assert_eq!(check(given), Ok(Some(kept.to_owned())), "{given}");
        }
        assert_eq!(check("  "), Ok(None));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for rule in [
            "weekly",
            "FREQ=",
            "FREQ=FORTNIGHTLY",
            "FREQ=SECONDLY",
            "BYDAY=MO",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;COUNT=3;UNTIL=20261231",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=DAILY;UNTIL=20260230",
            "FREQ=DAILY;UNTIL=20261231T",
            "FREQ=DAILY;UNTIL=20261231T250000Z",
            "FREQ=DAILY;UNTIL=20261231Z",
            "FREQ=DAILY;X-A=1",
            "FREQ=DAILY\nEXDATE:20260101",
            "FREQ=WEEKLY;BYDAY=ÄMO",
            "FREQ=DAILY;;COUNT=1",
        ] {
            assert!(check(rule).is_err(), "{rule}");
        }
        assert!(check(&format!("FREQ=YEARLY;BYYEARDAY=1{}", ",1".repeat(300))).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused_and_what_is_taken_stays(text in "(FREQ=DAILY;)?[A-Z=;,0-9+TZä-]{0,30}") {
            if let Ok(Some(rule)) = check(&text) {
                prop_assert_eq!(check(&rule), Ok(Some(rule.clone())));
            }
        }
    }
}
