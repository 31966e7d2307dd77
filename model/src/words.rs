//! Sentences with what varies in them kept apart, so that another language can say them too.

use std::fmt::{self, Write as _};

/// A sentence in English whose values stand apart; made by [`words!`](crate::words!) and
/// [`counted!`](crate::counted!).
///
/// Its [`Display`](fmt::Display) is English; a [`Voice`] says it otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pattern: Pattern,
    values: Vec<(&'static str, Value)>,
}

/// What stands in the place of a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// What somebody wrote, or what is the same in every language: a name, an identifier.
    Name(String),
    /// A sentence or a part of one.
    Words(Words),
    /// A number, rounded to so many decimals.
    Number {
        /// The number.
        value: f64,
        /// How many digits stand behind the decimal sign.
        decimals: usize,
    },
    /// A number with all its digits.
    Exact(f64),
    /// A whole number with its thousands set apart.
    Grouped(f64),
    /// A text from a list of the model, in English with small letters; other languages keep their own.
    Small(&'static str),
    /// A day, as in `2026-11-21`.
    Date(String),
    /// Several things: `a, b and c`.
    List(Vec<Value>),
}

/// How a language says what the model says in English.
pub trait Voice {
    /// The text in this language, its `{names}` as in English.
    fn text(&self, english: &'static str) -> &'static str;

    /// The text for this many, given the English one for exactly one and the one for any other number.
    fn counted(&self, count: f64, one: &'static str, other: &'static str) -> &'static str;

    /// A number with so many decimals.
    fn number(&self, value: f64, decimals: usize) -> String;

    /// A number with all its digits.
    fn exact(&self, value: f64) -> String;

    /// A whole number with its thousands set apart.
    fn grouped(&self, value: f64) -> String;

    /// A day of the form `2026-11-21`.
    fn date(&self, iso: &str) -> String;
}

/// A number with so many decimals, as a value of a sentence.
pub fn fixed(value: f64, decimals: usize) -> Value {
    Value::Number { value, decimals }
}

/// A text that stands in a list of the model, as a sentence or as a part of one.
pub fn text(english: &'static str) -> Words {
    Words::from(english)
}

/// The same within a sentence, where English writes it with small letters.
pub fn small(english: &'static str) -> Value {
    Value::Small(english)
}

/// Several things as a value of a sentence: `a, b and c`.
pub fn list<T: Into<Value>>(things: impl IntoIterator<Item = T>) -> Value {
    Value::List(things.into_iter().map(Into::into).collect())
}

/// English, as the model writes it.
#[derive(Clone, Copy, Debug)]
pub struct English;

impl Voice for English {
    fn text(&self, english: &'static str) -> &'static str {
        english
    }

    fn counted(&self, count: f64, one: &'static str, other: &'static str) -> &'static str {
        if count == 1.0 { one } else { other }
    }

    fn number(&self, value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}")
    }

    fn exact(&self, value: f64) -> String {
        value.to_string()
    }

    fn grouped(&self, value: f64) -> String {
        let digits = format!("{value:.0}");
        let (sign, digits) = digits.split_at(usize::from(digits.starts_with('-')));
        let mut text = sign.to_owned();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    fn date(&self, iso: &str) -> String {
        iso.to_owned()
    }
}

impl Words {
    /// A sentence of this pattern.
    pub fn new(pattern: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self {
            pattern: Pattern::Always(pattern),
            values,
        }
    }

    /// A sentence that differs between one and many; `{count}` is the number.
    pub fn counted(
        count: f64,
        [one, other]: [&'static str; 2],
        mut values: Vec<(&'static str, Value)>,
    ) -> Self {
        values.push(("count", fixed(count, 0)));
        Self {
            pattern: Pattern::Counted { count, one, other },
            values,
        }
    }

    /// The same sentence, names of more characters than these cut.
    pub fn with_names_cut(mut self, most: usize) -> Self {
        self.values = self
            .values
            .into_iter()
            .map(|(of, value)| (of, value.with_names_cut(most)))
            .collect();
        self
    }

    /// This sentence and one behind it.
    pub fn then(self, next: Self) -> Self {
        Self::new(
            "{first} {next}",
            vec![("first", self.into()), ("next", next.into())],
        )
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.pattern == Pattern::Always("")
    }

    /// The sentence in a language.
    pub fn say(&self, voice: &dyn Voice) -> String {
        let pattern = match self.pattern {
            Pattern::Always(pattern) => voice.text(pattern),
            Pattern::Counted { count, one, other } => voice.counted(count, one, other),
        };
        let mut text = String::with_capacity(pattern.len());
        fill(pattern, &mut text, |name, text| {
            let value = self.values.iter().find(|(of, _)| *of == name);
            match value {
                Some((_, value)) => text.push_str(&value.say(voice)),
                None => return false,
            }
            true
        });
        text
    }
}

impl Value {
    fn with_names_cut(self, most: usize) -> Self {
        match self {
            Self::Name(mut name) => {
                if let Some((end, _)) = name.char_indices().nth(most) {
                    name.truncate(end);
                    name.push('…');
                }
                Self::Name(name)
            }
            Self::Words(words) => Self::Words(words.with_names_cut(most)),
            other => other,
        }
    }

    fn say(&self, voice: &dyn Voice) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Words(words) => words.say(voice),
            Self::Number { value, decimals } => voice.number(*value, *decimals),
            Self::Exact(value) => voice.exact(*value),
            Self::Grouped(value) => voice.grouped(*value),
            Self::Date(iso) => voice.date(iso),
            Self::Small(english) => match voice.text(english) {
                said if said == *english => said.to_ascii_lowercase(),
                said => said.to_owned(),
            },
            Self::List(things) => listed(things, voice),
        }
    }
}

fn listed(things: &[Value], voice: &dyn Voice) -> String {
    match things {
        [] => String::new(),
        [only] => only.say(voice),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|one| one.say(voice)).collect();
            let pair = [
                ("first", Value::Name(first.join(", "))),
                ("last", Value::Name(last.say(voice))),
            ];
            Words::new("{first} and {last}", pair.into()).say(voice)
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(&English))
    }
}

impl serde::Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Default for Words {
    fn default() -> Self {
        text("")
    }
}

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self::new(text, Vec::new())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        Self::new("{text}", vec![("text", Value::Name(text))])
    }
}

impl<'de> serde::Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Whether this is the sentence in English.
impl PartialEq<str> for Words {
    fn eq(&self, english: &str) -> bool {
        self.say(&English) == english
    }
}

/// Whether this is the sentence in English.
impl PartialEq<&str> for Words {
    fn eq(&self, english: &&str) -> bool {
        self.say(&English) == *english
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

impl From<String> for Value {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<&str> for Value {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<&&str> for Value {
    fn from(name: &&str) -> Self {
        Self::from(*name)
    }
}

impl From<&String> for Value {
    fn from(name: &String) -> Self {
        Self::Name(name.clone())
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        fixed(count as f64, 0)
    }
}

impl From<&usize> for Value {
    fn from(count: &usize) -> Self {
        Self::from(*count)
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        fixed(count as f64, 0)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        fixed(count.into(), 0)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Exact(value)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Pattern {
    Always(&'static str),
    Counted {
        count: f64,
        one: &'static str,
        other: &'static str,
    },
}

/// Writes a pattern, each `{name}` replaced by what `value` writes; where it returns `false` the name stays.
pub fn fill(pattern: &str, text: &mut String, mut value: impl FnMut(&str, &mut String) -> bool) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if !value(name, text) {
            let _ = write!(text, "{{{name}}}");
        }
        rest = behind;
    }
    text.push_str(rest);
}

/// The pattern, if the names in it are exactly these; what the macros check while compiling.
///
/// # Panics
/// If they differ, which ends the compilation.
pub const fn fitting(pattern: &'static str, names: &[&str]) -> &'static str {
    assert!(fits(pattern, names), "the names differ");
    pattern
}

const fn fits(pattern: &str, names: &[&str]) -> bool {
    let pattern = pattern.as_bytes();
    let mut found = 0;
    let mut used = 0;
    let mut at = 0;
    while at < pattern.len() {
        if pattern[at] == b'{' {
            let start = at + 1;
            while at < pattern.len() && pattern[at] != b'}' {
                at += 1;
            }
            let Some(index) = position(pattern, start, at, names) else {
                return false;
            };
            if used & (1_u64 << index) == 0 {
                used |= 1 << index;
                found += 1;
            }
        }
        at += 1;
    }
    found == names.len()
}

const fn position(pattern: &[u8], start: usize, end: usize, names: &[&str]) -> Option<usize> {
    let mut index = 0;
    while index < names.len() {
        let name = names[index].as_bytes();
        let mut same = name.len() == end - start;
        let mut byte = 0;
        while same && byte < name.len() {
            same = name[byte] == pattern[start + byte];
            byte += 1;
        }
        if same {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// A text that is said elsewhere: `what: text!("components")`.
macro_rules! text {
    ($text:literal) => {
        $text
    };
}

/// A sentence of the model: `words!("{name} is down {hours} a year", name = label, hours = hours)`.
///
/// A name without `=` takes the variable of that name. The names of the pattern and of the values are compared
/// while compiling.
#[macro_export]
macro_rules! words {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::Words::new(
            const { $crate::words::fitting($pattern, &[$(stringify!($name)),*]) },
            vec![$((stringify!($name), $crate::words::Value::from($crate::word_value!($name $(= $value)?)))),*],
        )
    };
}

/// A sentence that differs between one and many: `counted!(lost; "one server", "{count} servers")`.
///
/// Both patterns may use `{count}` and every name that follows, and need not.
#[macro_export]
macro_rules! counted {
    ($count:expr; $one:literal, $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::Words::counted(
            $count as f64,
            [$one, $other],
            vec![$((stringify!($name), $crate::words::Value::from($crate::word_value!($name $(= $value)?)))),*],
        )
    };
}

/// The value of a name in a sentence: what follows its `=`, or the variable of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! word_value {
    ($name:ident) => {
        $name
    };
    ($name:ident = $value:expr) => {
        $value
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Loud;

    impl Voice for Loud {
        fn text(&self, english: &'static str) -> &'static str {
            match english {
                "{lost} is gone, {left} left" => "NOCH {left}, OHNE {lost}",
                other => other,
            }
        }

        fn counted(&self, _: f64, _: &'static str, _: &'static str) -> &'static str {
            "{count} SERVER"
        }

        fn number(&self, value: f64, decimals: usize) -> String {
            format!("{value:.decimals$}").replace('.', ",")
        }

        fn exact(&self, value: f64) -> String {
            value.to_string().replace('.', ",")
        }

        fn grouped(&self, value: f64) -> String {
            English.grouped(value).replace(',', "'")
        }

        fn date(&self, iso: &str) -> String {
            iso.split('-').rev().collect::<Vec<_>>().join(".")
        }
    }

    #[test]
    fn another_language_may_turn_the_order() {
        let left = counted!(2.0; "one server", "{count} servers");
        let words = words!("{lost} is gone, {left} left", lost = "db", left);
        assert_eq!(words.to_string(), "db is gone, 2 servers left");
        assert_eq!(words.say(&Loud), "NOCH 2 SERVER, OHNE db");
    }

    #[test]
    fn several_things_stand_in_a_list() {
        let many = words!("{what} are lost", what = list(["a", "b", "c"]));
        assert_eq!(many, "a, b and c are lost");
        assert_eq!(words!("{what} is lost", what = list(["a"])), "a is lost");
        let numbers = words!("{all} hours", all = list([0.5, 12_000.0]));
        assert_eq!(numbers.to_string(), "0.5 and 12000 hours");
        assert_eq!(numbers.say(&Loud), "0,5 and 12000 hours");
    }

    #[test]
    fn days_are_written_as_a_language_does() {
        let words = words!("until {day}", day = Value::Date("2026-11-21".to_owned()));
        assert_eq!(words, "until 2026-11-21");
        assert_eq!(words.say(&Loud), "until 21.11.2026");
    }

    #[test]
    fn thousands_stand_apart() {
        for (value, text) in [
            (0.0, "0"),
            (999.0, "999"),
            (-1000.0, "-1,000"),
            (-100_000.0, "-100,000"),
            (1_234_567.4, "1,234,567"),
        ] {
            assert_eq!(English.grouped(value), text);
        }
    }

    #[test]
    fn what_somebody_wrote_stays_as_it_is() {
        let words = Words::from("{a} of mine".to_owned());
        assert_eq!(words, "{a} of mine");
        let text = serde_json::to_string(&words).unwrap();
        assert_eq!(serde_json::from_str::<Words>(&text).unwrap(), words);
    }

    #[test]
    fn names_are_compared() {
        assert!(fits("no names", &[]));
        assert!(fits("{a} and {b} and {a}", &["a", "b"]));
        assert!(!fits("{a}", &[]));
        assert!(!fits("{a}", &["a", "b"]));
        assert!(!fits("{ab}", &["a"]));
    }

    #[test]
    fn braces_without_a_meaning_stay() {
        let mut text = String::new();
        fill("a {b} {c", &mut text, |_, _| false);
        assert_eq!(text, "a {b} {c");
    }
}
