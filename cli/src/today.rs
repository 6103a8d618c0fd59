//! The day on which waivers are judged.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today's date in UTC, such as `2026-11-22`.
pub(crate) fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(seconds / 86_400)
}

/// Reads an ISO date that is a day of the calendar.
pub(crate) fn parse(argument: &str) -> Result<String, String> {
    let fault = || "write it as YYYY-MM-DD, such as 2026-11-22".to_owned();
    let [year, month, day] = argument.split('-').collect::<Vec<_>>()[..] else { return Err(fault()) };
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<u64>().ok() } else { None }
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return Err(fault());
    };
    let days = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    match days.get((month as usize).wrapping_sub(1)) {
        Some(last) if (1..=*last).contains(&day) => Ok(argument.to_owned()),
        _ => Err("no day of the calendar has this date".to_owned()),
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The date of a day, counted from 1970-01-01. Years begin in March here, so that the leap day is
/// the last one of its year (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn date(day: u64) -> String {
    let shifted = day + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (day, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (47_540, "2100-02-28"),
        ] {
            assert_eq!(date(day), expected);
        }
        assert_eq!(date(47_541), "2100-03-01");
    }

    #[test]
    fn only_days_of_the_calendar_are_taken() {
        for good in ["2026-11-22", "2024-02-29", "2000-02-29"] {
            assert_eq!(parse(good).as_deref(), Ok(good));
        }
        for bad in ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "22.11.2026", "today", ""] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
