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
}

/// How a language says what the model says in English.
pub trait Voice {
    /// The text in this language, its `{names}` as in English.
    fn text(&self, english: &'static str) -> &'static str;

    /// The text for this many, given the English one for exactly one and the one for any other number.
    fn counted(&self, count: f64, one: &'static str, other: &'static str) -> &'static str;

    /// A number with so many decimals.
    fn number(&self, value: f64, decimals: usize) -> String;
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
        let number = Value::Number {
            value: count,
            decimals: 0,
        };
        values.push(("count", number));
        Self {
            pattern: Pattern::Counted { count, one, other },
            values,
        }
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
                Some((_, Value::Name(name))) => text.push_str(name),
                Some((_, Value::Words(words))) => text.push_str(&words.say(voice)),
                Some((_, Value::Number { value, decimals })) => {
                    text.push_str(&voice.number(*value, *decimals));
                }
                None => return false,
            }
            true
        });
        text
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

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self::new(text, Vec::new())
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

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Number {
            value: count as f64,
            decimals: 0,
        }
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

/// Whether the names in a pattern are exactly these; what the macros check while compiling.
pub const fn fits(pattern: &str, names: &[&str]) -> bool {
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

/// A sentence of the model: `words!("{name} is down {hours} a year", name = label, hours = hours)`.
///
/// A name without `=` takes the variable of that name. The names of the pattern and of the values are compared
/// while compiling.
#[macro_export]
macro_rules! words {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const { assert!($crate::words::fits($pattern, &[$(stringify!($name)),*]), "the names differ") };
        $crate::words::Words::new(
            $pattern,
            vec![$((stringify!($name), $crate::words::Value::from($crate::word_value!($name $(= $value)?)))),*],
        )
    }};
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
    }

    #[test]
    fn another_language_may_turn_the_order() {
        let left = counted!(2.0; "one server", "{count} servers");
        let words = words!("{lost} is gone, {left} left", lost = "db", left);
        assert_eq!(words.to_string(), "db is gone, 2 servers left");
        assert_eq!(words.say(&Loud), "NOCH 2 SERVER, OHNE db");
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
