//! Filling the sentence templates of the formula.

use crate::formula::Unit;
use std::fmt::Write;

/// Points as a tired reader takes them: "about 6 points"; the sign is left out.
pub fn about(points: f64) -> String {
    match points.abs() {
        points if points < 0.75 => "less than a point".to_owned(),
        points if points < 1.5 => "about 1 point".to_owned(),
        points => format!("about {points:.0} points"),
    }
}

/// Decimals to which values are kept.
const MOST_DECIMALS: i32 = 4;

/// Puts the value and the healthy value into a template; `{s}` becomes the plural of the value. Both are rounded as far as
/// they still differ: what has points must not read like what has none.
pub(crate) fn fill(template: &str, value: f64, healthy: f64, unit: Unit) -> String {
    let usual = match unit {
        Unit::Trend | Unit::Share => 2,
        _ => 1,
    };
    let differ = |decimals: &i32| {
        let apart = rounded(value, *decimals) - rounded(healthy, *decimals);
        apart.abs() > 1e-9
    };
    let decimals = (usual..=MOST_DECIMALS).find(differ).unwrap_or(usual);
    let shown = rounded(value, decimals);
    let mut sentence = String::with_capacity(template.len() + 8);
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        sentence.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            rest = tail;
            break;
        };
        match name {
            "value" => number(&mut sentence, shown, decimals, unit),
            "healthy" => number(&mut sentence, rounded(healthy, decimals), decimals, unit),
            // "1 hour" and "1.04 hours" agree with what is shown.
            "s" if (shown - 1.0).abs() > 1e-9 => sentence.push('s'),
            _ => {}
        }
        rest = after;
    }
    sentence.push_str(rest);
    sentence
}

/// Shares as percent.
fn number(sentence: &mut String, shown: f64, decimals: i32, unit: Unit) {
    // Writing to a string cannot fail.
    let _ = match unit {
        Unit::Share => write!(sentence, "{}%", rounded(shown * 100.0, decimals - 2)),
        _ => write!(sentence, "{shown}"),
    };
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let steps = 10_f64.powi(decimals);
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
            (5.04, Unit::Hours, "5.04 things of 5"),
            (5.0, Unit::Hours, "5 things of 5"),
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
        assert_eq!(
            fill("{value}, not {healthy}", 0.797, 0.8, Unit::Share),
            "79.7%, not 80%"
        );
        assert_eq!(
            fill("grown by {value}", 0.004, 0.0, Unit::Trend),
            "grown by 0.004"
        );
    }
}
