//! The signs of a language in numbers, sums and dates: learnt once from examples, then used without asking anybody.

use std::cell::RefCell;

/// A piece of an example: what it is, and its text.
type Part = (String, String);

/// How a language writes numbers, sums and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locale {
    /// Between the whole part and the decimals.
    pub decimal: String,
    /// Between groups of digits.
    pub group: String,
    /// How many digits the last group has, and how many the others.
    pub groups: (usize, usize),
    /// Shorter whole parts stay in one piece.
    pub grouped_from: usize,
    /// Whether the currency stands after the sum.
    pub currency_last: bool,
    /// What stands between a sum and its sign.
    pub currency_gap: String,
    /// The months, in short.
    pub months: Vec<String>,
    /// The order of a date; what is not `day`, `month` or `year` is written as it stands.
    pub date: Vec<String>,
}

impl Default for Locale {
    fn default() -> Self {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        Self {
            decimal: ".".to_owned(),
            group: ",".to_owned(),
            groups: (3, 3),
            grouped_from: 4,
            currency_last: false,
            currency_gap: String::new(),
            months: months.map(str::to_owned).to_vec(),
            date: ["day", SPACE, "month", SPACE, "year"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

/// Keeps what belongs together on one line.
const SPACE: &str = "\u{a0}";

/// What a language writes for known numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Examples {
    /// 1,234.
    pub thousand: Vec<Part>,
    /// 12,345,678.5.
    pub million: Vec<Part>,
    /// 1 euro.
    pub money: Vec<Part>,
    /// The 21st of every month; empty where dates are written as the page writes them.
    pub days: Vec<Vec<Part>>,
}

impl Locale {
    /// What the examples show; what they do not show is as in English.
    pub(crate) fn of(examples: &Examples) -> Self {
        let english = Self::default();
        let of_kind = |parts: &[Part], kind: &str| {
            let found = parts.iter().find(|(of, _)| of == kind);
            found.map(|(_, text)| text.replace(' ', SPACE))
        };
        let digits: Vec<usize> = examples
            .million
            .iter()
            .filter(|(kind, _)| kind == "integer")
            .map(|(_, text)| text.chars().count())
            .collect();
        let groups = match digits.as_slice() {
            [.., other, last] if digits.len() > 2 => (*last, *other),
            _ => english.groups,
        };
        let at = |kind: &str| examples.money.iter().position(|(of, _)| of == kind);
        let (currency, whole) = (at("currency"), at("integer"));
        let is_split = of_kind(&examples.thousand, "group").is_some();
        let months: Vec<String> = examples
            .days
            .iter()
            .filter_map(|day| of_kind(day, "month"))
            .collect();
        let has_months = months.len() == 12;
        let date = match examples.days.first() {
            Some(day) if has_months => day
                .iter()
                .map(|(kind, text)| match kind.as_str() {
                    "day" | "month" | "year" => kind.clone(),
                    _ => text.replace(' ', SPACE),
                })
                .collect(),
            _ => english.date,
        };
        Self {
            decimal: of_kind(&examples.million, "decimal").unwrap_or(english.decimal),
            group: of_kind(&examples.million, "group").unwrap_or_default(),
            groups,
            grouped_from: if is_split { 4 } else { 5 },
            currency_last: currency > whole && whole.is_some(),
            currency_gap: of_kind(&examples.money, "literal").unwrap_or_default(),
            months: if has_months { months } else { english.months },
            date,
        }
    }

    /// A whole number of plain digits, in groups.
    pub(crate) fn grouped(&self, digits: &str) -> String {
        let count = digits.len();
        if count < self.grouped_from || self.group.is_empty() {
            return digits.to_owned();
        }
        let (last, other) = (self.groups.0.max(1), self.groups.1.max(1));
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            let rest = count - index;
            if index > 0 && rest >= last && (rest - last).is_multiple_of(other) {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        text
    }

    /// A number that was written with the signs of this language, with a point and nothing else.
    pub(crate) fn plain(&self, text: &str) -> String {
        let compact: String = text.chars().filter_map(ascii).collect();
        if compact.contains(&self.decimal) {
            return self.ungrouped(&compact).replace(&self.decimal, ".");
        }
        // One sign of another language with other than three digits behind it parts no thousands.
        for sign in ['.', ','] {
            let mut pieces = compact.split(sign);
            if let (Some(_), Some(rest), None) = (pieces.next(), pieces.next(), pieces.next())
                && (rest.len() != self.groups.0 || !self.group.contains(sign))
            {
                return compact.replace(sign, ".");
            }
        }
        self.ungrouped(&compact)
    }

    fn ungrouped(&self, compact: &str) -> String {
        if self.group.trim().is_empty() {
            compact.to_owned()
        } else {
            compact.replace(&self.group, "")
        }
    }

    /// A date; without a day or a month, what is left of it.
    pub(crate) fn dated(&self, year: &str, month: Option<usize>, day: Option<&str>) -> String {
        let month = month.and_then(|month| self.months.get(month));
        let mut text = String::new();
        let mut gap = "";
        for piece in &self.date {
            let part = match piece.as_str() {
                "day" => day,
                "month" => month.map(String::as_str),
                "year" => Some(year),
                literal => {
                    gap = if text.is_empty() { "" } else { literal };
                    continue;
                }
            };
            if let Some(part) = part {
                text.push_str(gap);
                text.push_str(part);
                gap = "";
            }
        }
        // What closes a date stands behind its last part.
        text + gap
    }
}

thread_local! {
    static SPOKEN: RefCell<Locale> = RefCell::new(Locale::default());
}

/// From now on everything is written as this language writes it.
pub(crate) fn speak(locale: Locale) {
    SPOKEN.with(|spoken| spoken.replace(locale));
}

/// Uses the language that everything is written in.
pub(crate) fn spoken<T>(with: impl FnOnce(&Locale) -> T) -> T {
    SPOKEN.with(|spoken| with(&spoken.borrow()))
}

/// A sign of a number as this program reads it: digits of other scripts are digits; blanks and marks of the direction
/// of writing, which come along when a number is pasted, say nothing.
fn ascii(sign: char) -> Option<char> {
    const ZEROS: [char; 5] = ['٠', '۰', '०', '০', '０'];
    match sign {
        '−' => Some('-'),
        '٫' => Some('.'),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '٬' => None,
        _ if sign.is_ascii() => Some(sign).filter(|sign| !sign.is_ascii_whitespace()),
        _ if sign.is_whitespace() => None,
        _ => {
            let digit = |zero: &char| {
                (sign as u32)
                    .checked_sub(*zero as u32)
                    .filter(|digit| *digit < 10)
            };
            let digit = ZEROS.iter().find_map(digit);
            digit
                .and_then(|digit| char::from_digit(digit, 10))
                .or(Some(sign))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pieces: &[(&str, &str)]) -> Vec<Part> {
        let owned = |(kind, text): &(&str, &str)| ((*kind).to_owned(), (*text).to_owned());
        pieces.iter().map(owned).collect()
    }

    fn german() -> Locale {
        let months = [
            "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
            "Dez.",
        ];
        Locale::of(&Examples {
            thousand: parts(&[("integer", "1"), ("group", "."), ("integer", "234")]),
            million: parts(&[
                ("integer", "12"),
                ("group", "."),
                ("integer", "345"),
                ("group", "."),
                ("integer", "678"),
                ("decimal", ","),
                ("fraction", "5"),
            ]),
            money: parts(&[("integer", "1"), ("literal", " "), ("currency", "€")]),
            days: months
                .iter()
                .map(|month| {
                    parts(&[
                        ("day", "21"),
                        ("literal", ". "),
                        ("month", month),
                        ("literal", " "),
                        ("year", "2026"),
                    ])
                })
                .collect(),
        })
    }

    #[test]
    fn without_examples_everything_is_english() {
        let learnt = Locale::of(&Examples {
            thousand: parts(&[("group", ",")]),
            million: parts(&[("group", ",")]),
            ..Examples::default()
        });
        assert_eq!(learnt, Locale::default());
    }

    #[test]
    fn german_parts_thousands_with_points_and_puts_the_currency_last() {
        let german = german();
        assert_eq!(german.grouped("1234567"), "1.234.567");
        assert!(german.currency_last);
        assert_eq!(german.currency_gap, SPACE);
        let date = german.dated("2026", Some(10), Some("21"));
        assert_eq!(date.replace(SPACE, " "), "21. Nov. 2026");
        let month = german.dated("2026", Some(4), None);
        assert_eq!(month.replace(SPACE, " "), "Mai 2026");
        assert_eq!(german.dated("2026", None, None), "2026");
    }

    #[test]
    fn numbers_are_read_with_the_signs_of_the_language() {
        for (text, plain) in [
            ("1.200", "1200"),
            ("1.200,5", "1200.5"),
            ("0,5", "0.5"),
            ("0.5", "0.5"),
            ("1.234.567", "1234567"),
            ("−3", "-3"),
        ] {
            assert_eq!(german().plain(text), plain, "{text}");
        }
        for (text, plain) in [("1,200", "1200"), ("0,5", "0.5"), ("1 200.5", "1200.5")] {
            assert_eq!(Locale::default().plain(text), plain, "{text}");
        }
        let french = Locale {
            decimal: ",".to_owned(),
            group: "\u{202f}".to_owned(),
            ..Locale::default()
        };
        assert_eq!(french.grouped("1200"), "1\u{202f}200");
        assert_eq!(french.plain("1\u{202f}200,5"), "1200.5");
        assert_eq!(french.plain("1.5"), "1.5");
    }

    #[test]
    fn indian_groups_have_two_digits_before_the_last_three() {
        let indian = Locale {
            groups: (3, 2),
            ..Locale::default()
        };
        assert_eq!(indian.grouped("12345678"), "1,23,45,678");
        let spanish = Locale {
            group: ".".to_owned(),
            grouped_from: 5,
            ..Locale::default()
        };
        assert_eq!(spanish.grouped("1234"), "1234");
        assert_eq!(spanish.grouped("12345"), "12.345");
    }
}
