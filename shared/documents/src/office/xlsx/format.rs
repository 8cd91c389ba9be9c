//! Numbers that are dates.

use super::super::xml::{Attributes, Handler};
use crate::ReadError;

/// Days from the calendar's own zero (1 January of year 1 is day 1) to Excel's.
const ZERO_1900: i64 = 693_594;
/// The other calendar begins four years and a day later.
const DAYS_TO_1904: i64 = 1_462;
/// 31 December 9999, the last day Excel knows.
const LAST_DAY: f64 = 2_958_466.0;
/// 1 January 2020 and 31 December 2040.
const FIRST_BARE: i64 = 43_831;
const LAST_BARE: i64 = 51_501;
const SECONDS_A_DAY: i64 = 86_400;

/// The number formats of a workbook.
pub(super) struct Formats {
    from_1904: bool,
    custom: Vec<(u32, String)>,
    /// The format number of every cell style.
    cells: Vec<u32>,
    in_cells: bool,
}

/// Which parts of a date a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    Number,
    PerCent,
    Date,
    Time,
    Both,
}

impl Formats {
    pub(super) fn new(from_1904: bool) -> Self {
        Self {
            from_1904,
            custom: Vec::new(),
            cells: Vec::new(),
            in_cells: false,
        }
    }

    fn shows(&self, style: usize) -> Shows {
        let id = self.cells.get(style).copied().unwrap_or(0);
        match id {
            14..=17 | 27..=31 | 34..=36 | 50..=58 => Shows::Date,
            18..=21 | 32..=33 | 45..=47 => Shows::Time,
            22 => Shows::Both,
            9 | 10 => Shows::PerCent,
            _ => self.code(style).map_or(Shows::Number, of_code),
        }
    }

    fn code(&self, style: usize) -> Option<&str> {
        let id = self.cells.get(style)?;
        let known = self.custom.iter().find(|(known, _)| known == id);
        known.map(|(_, code)| code.as_str())
    }

    /// Whether the format leaves a cell empty, as `;;;` does.
    pub(super) fn shows_nothing(&self, value: &str, kind: &str, style: usize) -> bool {
        let Some(code) = self.code(style) else {
            return false;
        };
        let sections = sections(code);
        let section = match (kind, value.trim().parse::<f64>()) {
            ("s" | "str" | "inlineStr", _) => sections.get(3),
            ("" | "n", Ok(number)) if sections.len() > 1 => match number {
                number if number < 0.0 => sections.get(1),
                0.0 if sections.len() > 2 => sections.get(2),
                _ => sections.first(),
            },
            _ => None,
        };
        section.is_some_and(|section| section.trim().is_empty())
    }

    /// The day that a bare number may stand for, where it is one of this age (2020 to 2040): cells that were pasted or
    /// written by programs often lack the format of a date.
    pub(super) fn bare_day(&self, value: &str, style: usize) -> Option<String> {
        let days = if self.from_1904 { DAYS_TO_1904 } else { 0 };
        let number: i64 = value.trim().parse().ok()?;
        let is_of_age = (FIRST_BARE..=LAST_BARE).contains(&(number + days));
        (self.cells.get(style).copied().unwrap_or(0) == 0 && is_of_age).then(|| self.date(number))
    }

    /// A number as its cell shows it: dates in ISO 8601, others without a tail of zeros.
    pub(super) fn number(&self, value: &str, style: usize) -> String {
        let Ok(number) = value.trim().parse::<f64>() else {
            return value.to_owned();
        };
        let shows = self.shows(style);
        if shows == Shows::PerCent {
            return format!("{} %", plain((number * 10_000.0).round() / 100.0));
        }
        if shows == Shows::Number || !(0.0..LAST_DAY).contains(&number) {
            return plain(number);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked against the last day"
        )]
        let seconds = (number * SECONDS_A_DAY as f64).round() as i64;
        let (day, second) = (seconds / SECONDS_A_DAY, seconds % SECONDS_A_DAY);
        let date = self.date(day);
        let time = format!("{:02}:{:02}", second / 3_600, second % 3_600 / 60);
        match shows {
            Shows::Time => time,
            Shows::Both if second > 0 => format!("{date} {time}"),
            _ => date,
        }
    }

    fn date(&self, day: i64) -> String {
        // Excel counts a 29 February 1900 that never was.
        let leap = if self.from_1904 {
            DAYS_TO_1904
        } else {
            i64::from(day < 60)
        };
        let (year, month, day) = civil(day + leap + ZERO_1900);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// What a format code shows, its texts and colours left out.
fn of_code(code: &str) -> Shows {
    let mut letters = String::new();
    let mut quoted = false;
    let mut bracket = false;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => {
                chars.next();
            }
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted => break,
            c if !quoted && !bracket => letters.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    let has = |wanted: &[char]| letters.contains(wanted);
    let is_date = has(&['y', 'd']) || (has(&['m']) && !has(&['h', 's', '0', '#']));
    let is_time = has(&['h', 's']) && !letters.contains("general");
    match (is_date && !letters.contains("general"), is_time) {
        (true, true) => Shows::Both,
        (true, false) => Shows::Date,
        (false, true) => Shows::Time,
        (false, false) if has(&['%']) => Shows::PerCent,
        (false, false) => Shows::Number,
    }
}

/// The parts of a format code: for numbers above zero, below it, for zero and for words.
fn sections(code: &str) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    code.split(|c: char| {
        let is_end = c == ';' && !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    })
    .collect()
}

fn plain(number: f64) -> String {
    // Twelve places hide what binary fractions do to 0.1.
    let text = format!("{number:.12}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Year, month and day of a day number, day 1 being 1 January of year 1 (Gregorian).
/// The algorithm is Howard Hinnant's `civil_from_days`.
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 305;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Handler for Formats {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        match name {
            "numFmt" => {
                if let (Some(id), Some(code)) =
                    (attributes.number("numFmtId"), attributes.get("formatCode"))
                {
                    self.custom.push((id, code));
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => self.cells.push(attributes.number("numFmtId").unwrap_or(0)),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "cellXfs" {
            self.in_cells = false;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Formats, Shows, of_code};

    #[test]
    fn dates_of_both_calendars() {
        let mut formats = Formats::new(false);
        formats.cells = vec![0, 14, 22, 20];
        assert_eq!(formats.number("46093", 1), "2026-03-12");
        assert_eq!(formats.number("46093.5", 2), "2026-03-12 12:00");
        assert_eq!(formats.number("0.75", 3), "18:00");
        assert_eq!(formats.number("46093", 0), "46093");
        assert_eq!(formats.bare_day("46093", 0).as_deref(), Some("2026-03-12"));
        for (value, style) in [("46093", 1), ("46093.5", 0), ("1250", 0), ("99999", 0)] {
            assert_eq!(formats.bare_day(value, style), None, "{value}");
        }
        assert_eq!(formats.number("1", 1), "1900-01-01");
        assert_eq!(formats.number("61", 1), "1900-03-01");
        formats.from_1904 = true;
        assert_eq!(formats.number("44631", 1), "2026-03-12");
        assert_eq!(formats.bare_day("44631", 0).as_deref(), Some("2026-03-12"));
    }

    #[test]
    fn format_codes() {
        for (code, shows) in [
            ("yyyy\\-mm\\-dd", Shows::Date),
            ("[$-407]d/ mmm yyyy;@", Shows::Date),
            ("dd.mm.yyyy hh:mm", Shows::Both),
            ("h:mm AM/PM", Shows::Time),
            ("#,##0.00 \"days\"", Shows::Number),
            ("General", Shows::Number),
            ("0.0%", Shows::PerCent),
            ("0\" %\"", Shows::Number),
        ] {
            assert_eq!(of_code(code), shows, "{code}");
        }
    }

    #[test]
    fn formats_may_show_nothing() {
        let mut formats = Formats::new(false);
        formats.custom = vec![(164, ";;;".to_owned()), (165, "0;-0;;@".to_owned())];
        formats.cells = vec![0, 164, 165, 9];
        for (value, kind, style, nothing) in [
            ("0", "s", 1, true),
            ("5", "", 1, true),
            ("0", "", 2, true),
            ("5", "n", 2, false),
            ("0", "s", 2, false),
            ("0", "s", 0, false),
        ] {
            let found = formats.shows_nothing(value, kind, style);
            assert_eq!(found, nothing, "{value} {kind} {style}");
        }
        assert_eq!(formats.number("1", 3), "100 %");
        assert_eq!(formats.number("0.255", 3), "25.5 %");
    }

    #[test]
    fn numbers_lose_the_noise_of_binary_fractions() {
        let formats = Formats::new(false);
        assert_eq!(formats.number("0.30000000000000004", 0), "0.3");
        assert_eq!(formats.number("1250", 0), "1250");
        assert_eq!(formats.number("-0", 0), "0");
    }
}
