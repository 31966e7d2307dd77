//! The day, month or year of a published figure.

use std::fmt;

use serde::Deserialize;

use crate::words::Value;

/// A day, or a month or year where no more is known: `2026-10-28`, `2026-10`, `2026`.
///
/// Dates are ordered by the first day that they can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String")]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date.to_string())
    }
}

impl Date {
    /// Reads `2026-10-28`, `2026-10` or `2026`; `None` for anything else, also for a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| *year >= 1970)?;
        let two_digits = |part: Option<&str>, highest: u8| match part {
            None => Some(None),
            Some(part) => number(part, 2)
                .and_then(|value| u8::try_from(value).ok())
                .filter(|value| (1..=highest).contains(value))
                .map(Some),
        };
        let month = two_digits(parts.next(), 12)?;
        let day = two_digits(parts.next(), days_in(year, month.unwrap_or(1)))?;
        parts.next().is_none().then_some(Self { year, month, day })
    }

    /// Days from the first day that `self` can mean to the first day that `later` can mean; negative if `later`
    /// comes before.
    pub fn days_until(self, later: Self) -> i64 {
        later.days_since_1970() - self.days_since_1970()
    }

    /// The day that comes so many days after the first day that this can mean; never later than the year 9999.
    #[must_use]
    pub fn after_days(self, days: u32) -> Self {
        let mut left = u32::try_from(self.days_since_1970())
            .unwrap_or(0)
            .saturating_add(days);
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if left < length {
                break;
            }
            if year == 9999 {
                left = length - 1;
                break;
            }
            left -= length;
            year += 1;
        }
        let mut month = 1;
        while left >= u32::from(days_in(year, month)) {
            left -= u32::from(days_in(year, month));
            month += 1;
        }
        Self {
            year,
            month: Some(month),
            day: u8::try_from(left + 1).ok(),
        }
    }

    fn days_since_1970(self) -> i64 {
        let years: i64 = (1970..self.year)
            .map(|year| if is_leap(year) { 366 } else { 365 })
            .sum();
        let months: i64 = (1..self.month.unwrap_or(1))
            .map(|month| i64::from(days_in(self.year, month)))
            .sum();
        years + months + i64::from(self.day.unwrap_or(1)) - 1
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("\"{text}\" is not a date: write 2026-10-28, 2026-10 or 2026"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect(text)
    }

    #[test]
    fn reads_days_months_and_years_and_writes_them_back() {
        for text in ["2026-10-28", "2026-10", "2026", "2024-02-29", "1970-01-01"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-10-32",
            "2026-02-29",
            "2026-10-28-",
            "2026-10-28-01",
            "about 2019",
            "+026",
            "1969",
            "2026-Q1",
            "２０２６",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn counts_days_across_months_years_and_leap_days() {
        for (from, to, days) in [
            ("2026-10-28", "2026-11-21", 24),
            ("2024-02-28", "2024-03-01", 2),
            ("2023-02-28", "2023-03-01", 1),
            ("1970-01-01", "2000-03-01", 11_017),
            ("2026", "2026-02", 31),
            ("2026-11-21", "2026-11-20", -1),
        ] {
            assert_eq!(date(from).days_until(date(to)), days, "{from} to {to}");
        }
    }

    #[test]
    fn days_after_a_day_are_counted_back_to_it() {
        for (from, days, to) in [
            ("2026-11-21", 30, "2026-12-21"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2023", 365, "2024-01-01"),
            ("2026-11-21", 548, "2028-05-22"),
            ("1970-01-01", u32::MAX, "9999-12-31"),
        ] {
            let later = date(from).after_days(days);
            assert_eq!(later.to_string(), to, "{from} and {days} days");
            let counted = date(from).days_until(later);
            assert!(days == u32::MAX || counted == i64::from(days), "{from}");
        }
    }

    #[test]
    fn orders_by_the_first_possible_day() {
        assert!(date("2026") < date("2026-01-02"));
        assert!(date("2025-12-31") < date("2026"));
        assert!(date("2026-03") < date("2026-03-02"));
    }
}
