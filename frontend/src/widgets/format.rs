//! Quantities as people read them: few digits, the unit always there, the same everywhere on the page.

use super::locale::spoken;

/// A number and the words that say what it counts, apart so that they can be set in two sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The number.
    pub value: String,
    /// What it counts.
    pub unit: String,
}

impl Figure {
    /// A number and its unit.
    pub(crate) fn new(value: impl Into<String>, unit: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            unit: unit.into(),
        }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.unit.is_empty() {
            f.write_str(&self.value)
        } else if self.unit.starts_with('/') {
            write!(f, "{}{}", self.value, self.unit)
        } else {
            write!(f, "{}{SPACE}{}", self.value, self.unit)
        }
    }
}

/// Keeps a number and its unit on one line.
const SPACE: char = '\u{a0}';
const MINUS: char = '−';

/// A number with exactly this many decimals, thousands grouped.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push(MINUS);
    }
    spoken(|locale| {
        text.push_str(&locale.grouped(whole));
        if !part.is_empty() {
            text.push_str(&locale.decimal);
            text.push_str(part);
        }
    });
    text
}

/// A number as short as a glance needs it: whole from 10, one decimal from 1, two digits below.
pub(crate) fn short(value: f64) -> String {
    let size = value.abs();
    let decimals = if size == 0.0 || size >= 9.95 {
        0
    } else if size >= 0.995 {
        1
    } else {
        // 0.042: the first digit that counts stands at -log10, one more follows.
        ((-size.log10()).ceil() as usize + 1).min(8)
    };
    without_trailing_zeros(fixed(value, decimals))
}

/// A number with all digits that somebody typed, thousands grouped.
pub(crate) fn exact(value: f64) -> String {
    let plain = format!("{}", value.abs());
    let decimals = plain.split_once('.').map_or(0, |(_, part)| part.len());
    fixed(value, decimals.min(12))
}

/// A number as an attribute of a drawing has it.
pub(crate) fn attribute(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Reads a number as people write it: `1,200`, `0.5`, `0,5`, `1 200`, or with the signs of their language.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let plain = spoken(|locale| locale.plain(text));
    let value: Option<f64> = plain.parse().ok();
    // Nothing less is nothing.
    value
        .filter(|value| value.is_finite())
        .map(|value| value + 0.0)
}

/// Requests or calls per second.
pub(crate) fn rate(per_second: f64) -> Figure {
    Figure::new(short(per_second), "/s")
}

/// A time span: `190 ms`, `1.2 s`, `3 min`, `4 h`.
pub(crate) fn duration(seconds: f64) -> Figure {
    let size = seconds.abs();
    if size > 0.0 && size < 1e-3 {
        Figure::new(short(seconds * 1e6), "µs")
    } else if size < 1.0 {
        Figure::new(short(seconds * 1e3), "ms")
    } else if size < 120.0 {
        Figure::new(short(seconds), "s")
    } else if size < 7200.0 {
        Figure::new(short(seconds / 60.0), "min")
    } else if size < 172_800.0 {
        Figure::new(short(seconds / 3600.0), "h")
    } else {
        days(seconds / 86_400.0)
    }
}

/// Time out of order in a year, given in hours.
pub(crate) fn downtime(hours_year: f64) -> Figure {
    let Figure { value, unit } = hours(hours_year);
    Figure::new(value, t!("{span} a year", span = unit))
}

/// A span given in hours, with its unit in words: `18 hours`, `40 minutes`.
pub(crate) fn hours(hours: f64) -> Figure {
    let size = hours.abs();
    if size > 0.0 && size < 1.0 / 60.0 {
        let seconds = hours * 3600.0;
        Figure::new(short(seconds), tn!(shown(seconds); "second", "seconds"))
    } else if size > 0.0 && size < 1.0 {
        let minutes = hours * 60.0;
        Figure::new(short(minutes), tn!(shown(minutes); "minute", "minutes"))
    } else if size < 100.0 {
        Figure::new(short(hours), tn!(shown(hours); "hour", "hours"))
    } else {
        days(hours / 24.0)
    }
}

/// A number as [`short`] shows it, which decides the form of the noun behind it.
fn shown(value: f64) -> f64 {
    parse(&short(value)).unwrap_or(value)
}

/// A sum as a glance needs it: `$154`, `€4,100`, `$0.42`.
pub(crate) fn money(amount: f64, currency: &str) -> String {
    let decimals = if amount == 0.0 || amount.abs() >= 9.995 {
        0
    } else {
        2
    };
    with_currency(amount, decimals, currency)
}

/// A sum to the cent: `$47.86`; less than a cent keeps two digits.
pub(crate) fn price(amount: f64, currency: &str) -> String {
    let size = amount.abs();
    let decimals = if size == 0.0 || size >= 0.01 {
        2
    } else {
        ((-size.log10()).ceil() as usize + 1).min(10)
    };
    with_currency(amount, decimals, currency)
}

/// The price of one of many: `$47.86`, below a unit of currency with three digits that count: `$0.0876`, `$0.40`.
pub(crate) fn unit_price(amount: f64, currency: &str) -> String {
    let size = amount.abs();
    if size == 0.0 || size >= 1.0 {
        return price(amount, currency);
    }
    let most = ((-size.log10()).ceil() as usize + 2).min(12);
    let digits = fixed(size, most);
    let idle = digits.len() - digits.trim_end_matches('0').len();
    with_currency(amount, (most - idle.min(most)).max(2), currency)
}

fn with_currency(amount: f64, decimals: usize, currency: &str) -> String {
    let digits = fixed(amount.abs(), decimals);
    let is_zero = !digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let sign = if amount < 0.0 && !is_zero {
        MINUS.to_string()
    } else {
        String::new()
    };
    spoken(|locale| match (symbol(currency), locale.currency_last) {
        (Some(symbol), false) => format!("{sign}{symbol}{}{digits}", locale.currency_gap),
        (Some(symbol), true) => format!("{sign}{digits}{}{symbol}", locale.currency_gap),
        (None, false) => format!("{sign}{currency}{SPACE}{digits}"),
        (None, true) => format!("{sign}{digits}{SPACE}{currency}"),
    })
}

fn symbol(currency: &str) -> Option<char> {
    match currency {
        "USD" => Some('$'),
        "EUR" => Some('€'),
        "GBP" => Some('£'),
        "JPY" => Some('¥'),
        _ => None,
    }
}

/// A share: `49 %`, `0.4 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{}{SPACE}%", short(share * 100.0))
}

/// A share of time in order, with all its nines and two digits more.
pub(crate) fn availability(unavailability: f64) -> String {
    let unavailability = unavailability.clamp(0.0, 1.0);
    let decimals = if unavailability > 0.0 {
        ((-unavailability.log10()).ceil() as usize).clamp(2, 10) - 1
    } else {
        0
    };
    let percent = fixed((1.0 - unavailability) * 100.0, decimals);
    format!("{}{SPACE}%", without_trailing_zeros(percent))
}

/// Days of work.
pub(crate) fn days(days: f64) -> Figure {
    Figure::new(short(days), tn!(shown(days); "day", "days"))
}

/// A span in months, short ones in days and from two years on in years: `6 days`, `14 months`, `3.4 years`.
pub(crate) fn months(months: f64) -> Figure {
    if months < 1.0 {
        days((months * 30.0).ceil())
    } else if months >= 24.0 {
        let years = months / 12.0;
        Figure::new(short(years), tn!(shown(years); "year", "years"))
    } else {
        Figure::new(short(months), tn!(shown(months); "month", "months"))
    }
}

/// A sum as months of a bill: `under a month`, `1 month`, `140 months`.
pub(crate) fn months_of_bill(months: f64) -> String {
    if months < 1.0 {
        t!("under a month").to_owned()
    } else {
        Figure::new(short(months), tn!(shown(months); "month", "months")).to_string()
    }
}

/// A factor: `2.1×`.
pub(crate) fn times(factor: f64) -> String {
    format!("{}×", short(factor))
}

/// A date of the form `2026-11-21`, `2026-11` or `2026` in words; anything else as it is.
pub(crate) fn date(iso: &str) -> String {
    let mut parts = iso.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts
        .next()
        .and_then(|month| month.parse::<usize>().ok())
        .filter(|month| (1..=12).contains(month));
    let Some(month) = month else {
        return iso.to_owned();
    };
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    spoken(|locale| locale.dated(year, Some(month - 1), day))
}

/// Several things in a sentence, a few by name and the rest as a number: `a, b and 7 more`.
pub(crate) fn few<T: AsRef<str>>(things: &[T], most: usize) -> String {
    if things.len() <= most {
        return list(things);
    }
    let mut named: Vec<String> = things
        .iter()
        .take(most)
        .map(|thing| thing.as_ref().to_owned())
        .collect();
    named.push(tn!(things.len() - most; "1 more", "{count} more"));
    list(&named)
}

/// Several things in a sentence: `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(things: &[T]) -> String {
    match things {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            t!(
                "{first} and {last}",
                first = first.join(", "),
                last = last.as_ref()
            )
        }
    }
}

fn without_trailing_zeros(text: String) -> String {
    spoken(|locale| {
        if text.contains(&locale.decimal) {
            let shorter = text.trim_end_matches('0');
            let whole = shorter.strip_suffix(locale.decimal.as_str());
            whole.unwrap_or(shorter).to_owned()
        } else {
            text
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: impl ToString) -> String {
        text.to_string().replace(SPACE, " ")
    }

    #[test]
    fn unit_prices_keep_the_digits_that_count() {
        for (amount, text) in [
            (70.08, "$70.08"),
            (0.0876, "$0.0876"),
            (0.4, "$0.40"),
            (0.0225, "$0.0225"),
            (0.000_016_666_7, "$0.0000167"),
            (0.0, "$0.00"),
        ] {
            assert_eq!(unit_price(amount, "USD"), text);
        }
    }

    #[test]
    fn a_glance_needs_few_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.04213, "0.042"),
            (0.5, "0.5"),
            (1.0, "1"),
            (1.84, "1.8"),
            (9.96, "10"),
            (0.999, "1"),
            (410.4, "410"),
            (12_345.6, "12,346"),
            (1_234_567.0, "1,234,567"),
            (-2.14, "−2.1"),
            (-0.000_000_000_1, "0"),
        ] {
            assert_eq!(short(value), text, "{value}");
        }
    }

    #[test]
    fn what_was_typed_is_shown_whole_and_read_again() {
        for value in [0.0, 2.4, 1000.0, 0.000_05, 123_456.75, -3.0] {
            assert_eq!(parse(&exact(value)), Some(value), "{value}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("1,200", Some(1200.0)),
            ("1 200", Some(1200.0)),
            ("1,200.5", Some(1200.5)),
            ("0,5", Some(0.5)),
            ("0.5", Some(0.5)),
            (" 42 ", Some(42.0)),
            ("−3", Some(-3.0)),
            ("1e3", Some(1000.0)),
            ("", None),
            ("ten", None),
            ("inf", None),
            ("NaN", None),
            ("1.2.3", None),
            ("1e400", None),
            ("١٢٣", Some(123.0)),
            ("۴٫۵", Some(4.5)),
            ("\u{200e}12\u{a0}000\u{200f}", Some(12_000.0)),
            ("⅓", None),
        ] {
            assert_eq!(parse(text), value, "{text}");
        }
        assert!(parse("-0").is_some_and(f64::is_sign_positive));
    }

    #[test]
    fn times_choose_their_unit() {
        for (seconds, text) in [
            (0.0, "0 ms"),
            (0.000_02, "20 µs"),
            (0.19, "190 ms"),
            (0.0034, "3.4 ms"),
            (1.23, "1.2 s"),
            (180.0, "3 min"),
            (14_400.0, "4 h"),
            (604_800.0, "7 days"),
        ] {
            assert_eq!(plain(duration(seconds)), text);
        }
    }

    #[test]
    fn a_rate_is_written_without_a_gap() {
        assert_eq!(rate(410.2).to_string(), "410/s");
        assert_eq!(days(1.0).to_string(), "1\u{a0}day");
    }

    #[test]
    fn downtime_is_in_words() {
        for (hours, text) in [
            (0.0, "0 hours a year"),
            (0.001, "3.6 seconds a year"),
            (0.5, "30 minutes a year"),
            (1.0, "1 hour a year"),
            (18.4, "18 hours a year"),
            (240.0, "10 days a year"),
        ] {
            assert_eq!(plain(downtime(hours)), text);
        }
    }

    #[test]
    fn months_become_years() {
        assert_eq!(plain(months(0.19)), "6 days");
        assert_eq!(plain(months(1.0)), "1 month");
        assert_eq!(plain(months(14.2)), "14 months");
        assert_eq!(plain(months(41.0)), "3.4 years");
        assert_eq!(months_of_bill(0.19), "under a month");
        assert_eq!(plain(months_of_bill(1.0)), "1 month");
        assert_eq!(plain(months_of_bill(41.0)), "41 months");
    }

    #[test]
    fn money_has_its_sign_before_the_currency() {
        assert_eq!(money(154.2, "USD"), "$154");
        assert_eq!(money(-36.0, "USD"), "−$36");
        assert_eq!(money(4100.0, "EUR"), "€4,100");
        assert_eq!(money(0.42, "USD"), "$0.42");
        assert_eq!(money(-0.001, "USD"), "$0.00");
        assert_eq!(plain(money(88.0, "CHF")), "CHF 88");
        assert_eq!(price(47.86, "USD"), "$47.86");
        assert_eq!(price(0.000_123, "USD"), "$0.00012");
        assert_eq!(price(0.0, "USD"), "$0.00");
    }

    #[test]
    fn availability_shows_its_nines() {
        assert_eq!(plain(availability(0.0)), "100 %");
        assert_eq!(plain(availability(0.0021)), "99.79 %");
        assert_eq!(plain(availability(0.000_05)), "99.995 %");
        assert_eq!(plain(availability(0.5)), "50 %");
        assert_eq!(plain(availability(2.0)), "0 %");
    }

    #[test]
    fn dates_and_lists_are_words() {
        assert_eq!(plain(date("2026-11-01")), "1 Nov 2026");
        assert_eq!(plain(date("2026-11")), "Nov 2026");
        assert_eq!(date("2026"), "2026");
        assert_eq!(date("someday"), "someday");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(few(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(few(&["a", "b"], 2), "a and b");
    }

    #[test]
    fn everything_follows_the_language() {
        use crate::widgets::locale::{Locale, speak};

        speak(Locale {
            decimal: ",".to_owned(),
            group: ".".to_owned(),
            currency_last: true,
            currency_gap: SPACE.to_string(),
            ..Locale::default()
        });
        assert_eq!(short(12_345.6), "12.346");
        assert_eq!(short(1.5), "1,5");
        assert_eq!(plain(price(1_234.5, "EUR")), "1.234,50 €");
        assert_eq!(plain(money(-36.0, "CHF")), "−36 CHF");
        assert_eq!(unit_price(0.4, "USD").replace(SPACE, " "), "0,40 $");
        assert_eq!(parse(&exact(123_456.75)), Some(123_456.75));
        assert_eq!(attribute(1.5), "1.5");
        speak(Locale::default());
    }
}
