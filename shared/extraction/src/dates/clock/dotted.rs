//! Hours with a dot: "7.30" is one only where more speaks for it.

use super::point::{behind_day, half_of_day};
use crate::text::{Shape, Words};

/// Words behind which a number with a dot is an hour: "standup moved: tomorrow 9.15", "Thurs this week 9.30", "akşam 20.30".
const BEFORE_HOUR: &str = "tomorrow|tmrw|tmw|today|tonight|week|morning|evening|mtg|meeting|briefing|appt|appointment|standup|kickoff|heute|morgen|fruh|abend|abends|vormittag|nachmittag|manana|hoy|tarde|noche|demain|matin|soir|yarin|bugun|sabah|aksam|aksami|oglen|gece";

/// A dot separates hours and minutes only where more speaks for a time: "15.30 Uhr", "9.30am", "9.30 - 11.00".
pub(super) fn dotted(words: &Words, after: usize) -> bool {
    if words.one_of(after, "€|$|£|%|eur|euro|euros|km|kg|m|chf|tl") {
        return false;
    }
    // "Final sınavı, 10.00" at the end, "7.30 p.m.".
    let ends = after >= words.len()
        || words.word(after) == "." && (after + 1 >= words.len() || !words.touches(after));
    if ends && after >= 4 && words.one_of(after - 4, ",|:") || half_of_day(words, after).1.is_some()
    {
        return true;
    }
    let five = after > 0
        && words
            .number(after - 1)
            .is_some_and(|minute| minute % 5 == 0);
    // "17.00'de", "induction 7.45 in the canteen", "before round 7.30 tmrw".
    let quarter = after > 0 && words.one_of(after - 1, "00|15|30|45");
    let located = words.one_of(after, "at|sharp|start|tmrw|tomorrow|today|tonight")
        || words.word(after) == "in" && words.one_of(after + 1, "the|our|my|room");
    let turkish = words.one_of(after, "'|’")
        && words.touches(after - 1)
        && words.one_of(after + 1, "de|da|te|ta|e|a|ye|ya");
    if quarter && (located || turkish) {
        return true;
    }
    // "2026, 14.00, aynı salon": behind a year and a comma.
    let year = |i: usize| words.number(i).is_some_and(|n| (2000..2100).contains(&n));
    if after >= 5
        && words.word(after - 4) == ","
        && year(after - 5)
        && words.shape(after) == Shape::Mark
    {
        return true;
    }
    if quarter && after >= 4 && (starts(words, after - 4) || shifted(words, after)) {
        return true;
    }
    // "3.15 mon", "2.30 Tues Peter", "is 6.30 Sun 20th".
    let day = crate::dates::is_weekday(words.word(after));
    let amount =
        after >= 4 && words.one_of(after - 4, "£|$|€|v|version|chapter|section|item|point");
    if five && day && !amount {
        return true;
    }
    // "9 till 12.30".
    let range = after >= 5
        && words.one_of(after - 4, "till|til|until|to")
        && words.number(after - 5).is_some_and(|hour| hour <= 24);
    if five && range {
        return true;
    }
    let between = |k: usize| words.one_of(k, "between|betw|entre|zwischen");
    if after >= 4 && five {
        // "between 9.00 and 11.00".
        let second = words.one_of(after - 4, "and|und|et|y|&|+");
        if between(after - 4) || second && after >= 8 && between(after - 8) {
            return true;
        }
    }
    words.one_of(after, "uhr|am|pm|h|hrs|hs|-|–|bis|to")
        || after >= 3 && behind_day(words, after - 3)
        || after >= 4
            && (words.one_of(after - 4, "-|–|bis|um|saat|at|las")
                || five && words.one_of(after - 4, BEFORE_HOUR)
                // "Do 10.15 fahr ich".
                || words.capital(after - 4)
                    && words.one_of(after - 4, "mo|di|mi|do|fr|sa|so")
                || after >= 5
                    && words.word(after - 4) == "."
                    && crate::dates::is_weekday(words.word(after - 5)))
}

/// Words by which something begins: "KO 10.30", "gun 8.00", "leaving 9.15", "minibus 17.45", "doors 7.30".
const STARTS: &str = "ko|off|gun|start|starts|starting|begin|begins|beginning|beginn|leave|leaves|leaving|depart|departs|departing|departure|meet|meeting|doors|gates|curtain|bus|minibus|coach|say|arrive|arrives|arriving|open|opens|opening|anpfiff|abfahrt|treffpunkt|treff|einlass|depart|rdv|salida|inicio";

/// Whether the word at `i` says that something begins at the hour behind it.
fn starts(words: &Words, i: usize) -> bool {
    words.one_of(i, STARTS)
}

/// "moved to 10.30", "now 6.30".
fn shifted(words: &Words, after: usize) -> bool {
    let moved = "moved|changed|brought|put|pushed|shifted|back|forward|rescheduled|postponed";
    words.word(after - 4) == "to" && after >= 5 && words.one_of(after - 5, moved)
}
