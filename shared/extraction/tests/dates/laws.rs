//! What holds for every date expression, whatever the reference.

use super::*;

fn zones() -> impl Strategy<Value = Zone> {
    prop::sample::select(vec![
        Zone::UTC,
        "Europe/Berlin".parse().unwrap(),
        "America/New_York".parse().unwrap(),
        "Asia/Kolkata".parse().unwrap(),
        "Pacific/Kiritimati".parse().unwrap(),
        "Pacific/Pago_Pago".parse().unwrap(),
        "America/St_Johns".parse().unwrap(),
    ])
}

fn any_reference() -> impl Strategy<Value = Reference> {
    (0_i64..2_500_000_000, zones()).prop_map(|(seconds, zone)| {
        Reference::new(
            Utc.timestamp_opt(seconds, 0).unwrap(),
            zone,
            DateOrder::DayMonth,
            Language::English,
        )
    })
}

proptest! {
    #[test]
    fn weekdays_lie_within_a_week(reference in any_reference(), index in 0_u8..7) {
        let weekday = Weekday::try_from(index).unwrap();
        let today = reference.today();
        let name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][usize::from(index)];
        let bare = first(&format!("by {name}"), &reference).unwrap().day;
        prop_assert_eq!(bare.weekday(), weekday);
        prop_assert!((1..=7).contains(&(bare - today).num_days()));
        prop_assert_eq!(bare, next_weekday(today, weekday));
        let this = first(&format!("this {name}"), &reference).unwrap().day;
        prop_assert!((0..=7).contains(&(this - today).num_days()));
        let next = first(&format!("next {name}"), &reference).unwrap().day;
        prop_assert_eq!(next.iso_week().monday_of(), today.iso_week().monday_of() + chrono::Days::new(7));
    }

    #[test]
    fn months_and_days_roll_forward(reference in any_reference(), month in 1_u32..=12, day in 1_u32..=28) {
        let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][month as usize - 1];
        let found = first(&format!("by {day} {name}"), &reference).unwrap().day;
        prop_assert_eq!((found.month(), found.day()), (month, day));
        // What has just gone by is overdue.
        prop_assert!((-21..366).contains(&(found - reference.today()).num_days()));
        let year = 2040;
        let exact = first(&format!("{name} {day}, {year}"), &reference).unwrap().day;
        prop_assert_eq!(exact, NaiveDate::from_ymd_opt(year, month, day).unwrap());
        let iso = first(&format!("{year}-{month:02}-{day:02}"), &reference).unwrap().day;
        prop_assert_eq!(iso, exact);
    }

    #[test]
    fn counts_are_added(reference in any_reference(), count in 1_i64..400) {
        let days = first(&format!("in {count} days"), &reference).unwrap().day;
        prop_assert_eq!((days - reference.today()).num_days(), count);
        let weeks = first(&format!("in {count} weeks"), &reference).unwrap().day;
        prop_assert_eq!((weeks - reference.today()).num_days(), count * 7);
    }

    #[test]
    fn ends_are_ends(reference in any_reference()) {
        let today = reference.today();
        let month = first("by the end of the month", &reference).unwrap().day;
        prop_assert_eq!(Some(month), last_of_month(today.year(), today.month()));
        let quarter = first("end of quarter", &reference).unwrap().day;
        prop_assert!(quarter >= today && quarter.month().is_multiple_of(3) && (quarter - today).num_days() < 93);
        let week = first("end of the week", &reference).unwrap().day;
        prop_assert!(week >= today && (week - today).num_days() < 7);
    }

    #[test]
    fn times_of_day_are_those_of_the_zone(reference in any_reference(), hour in 13_u32..24, minute in 0_u32..60) {
        let when = first(&format!("tomorrow at {hour}:{minute:02}"), &reference).unwrap();
        let start = reference.zone.wall_clock(when.start(reference.zone).unwrap());
        prop_assert_eq!(start.format("%H:%M").to_string(), format!("{hour}:{minute:02}"));
        prop_assert_eq!((start.date() - reference.today()).num_days(), 1);
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,80}", reference in any_reference()) {
        for mention in find(&text, &reference) {
            prop_assert!(mention.start < mention.end && text.is_char_boundary(mention.start) && text.is_char_boundary(mention.end));
        }
    }

    #[test]
    fn date_like_noise_does_not_panic(text in "([0-9]{1,5}|[-/.: ,]|march|may|mon|by|at|every|end of|in|pm|th|Q3|next|weeks){0,30}", reference in any_reference()) {
        find(&text, &reference);
    }
}

/// Monday of an ISO week.
trait MondayOf {
    fn monday_of(&self) -> NaiveDate;
}

impl MondayOf for chrono::IsoWeek {
    fn monday_of(&self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year(), self.week(), Weekday::Mon).unwrap()
    }
}
