//! Filling the sentence templates of the formula.

use crate::formula::Unit;
use std::fmt::Write;

/// Puts the value and the healthy value into a template; `{s}` becomes the plural of the value.
pub(crate) fn fill(template: &str, value: f64, healthy: f64, unit: Unit) -> String {
    let mut sentence = String::with_capacity(template.len() + 8);
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        sentence.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            rest = tail;
            break;
        };
        match name {
            "value" => number(&mut sentence, value, unit),
            "healthy" => number(&mut sentence, healthy, unit),
            "s" if (tenths(value, unit) - 1.0).abs() > 1e-9 => sentence.push('s'),
            _ => {}
        }
        rest = after;
    }
    sentence.push_str(rest);
    sentence
}

/// Shares as percent, everything else to at most one decimal.
fn number(sentence: &mut String, value: f64, unit: Unit) {
    let shown = tenths(value, unit);
    // Writing to a string cannot fail.
    let _ = match unit {
        Unit::Share => write!(sentence, "{:.0}%", value * 100.0),
        _ => write!(sentence, "{shown}"),
    };
}

/// The value as it is shown, so that "1 hour" and "1.04 hours" agree on the plural.
fn tenths(value: f64, unit: Unit) -> f64 {
    let steps = if unit == Unit::Trend { 100.0 } else { 10.0 };
    let shown = (value * steps).round() / steps;
    if shown.is_finite() { shown } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_like_prose() {
        let cases = [
            (1.0, Unit::Tasks, "1 thing of 5"),
            (2.0, Unit::Tasks, "2 things of 5"),
            (1.04, Unit::Hours, "1 thing of 5"),
            (0.0, Unit::Hours, "0 things of 5"),
            (7.25, Unit::Hours, "7.3 things of 5"),
        ];
        for (value, unit, expected) in cases {
            assert_eq!(
                fill("{value} thing{s} of {healthy}", value, 5.0, unit),
                expected
            );
        }
        assert_eq!(
            fill("{value}, not {healthy}", 0.333, 0.8, Unit::Share),
            "33%, not 80%"
        );
    }
}
