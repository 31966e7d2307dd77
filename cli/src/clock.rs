//! Today, from the system's clock: the model has none.

use std::time::{SystemTime, UNIX_EPOCH};

use model::catalog::Date;

/// The day in UTC; nothing if the clock stands before 1970 or beyond the year 9999.
pub(crate) fn today() -> Option<Date> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    date(i64::try_from(since_1970.as_secs() / 86_400).ok()?)
}

/// The day so many days after 1 January 1970: the era, year and month of a calendar that begins each year in March.
///
/// Reference: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
fn date(days_since_1970: i64) -> Option<Date> {
    let days = days_since_1970 + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_778, "2026-11-21"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(
                date(days).map(|date| date.to_string()).as_deref(),
                Some(text)
            );
        }
        assert_eq!(date(10_000_000), None);
    }
}
