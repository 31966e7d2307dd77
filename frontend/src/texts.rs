//! What the page says: English in its place, another language where one was learnt.
//!
//! Every text that a person reads stands in `t!`, `tn!` or `text!`, so that a second language is a file of data.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

use model::order::Order;
use model::words::{self, English, Voice, Words};

use crate::browser::language::Read;
use crate::browser::locale;
use crate::widgets::format;
use crate::widgets::locale::{Examples, Locale, speak};

/// What a language says instead of the English texts.
struct Language {
    /// Its code, as in `de`.
    code: String,
    /// English texts and what to say instead, ordered by the English text.
    texts: Vec<(&'static str, Said)>,
}

/// What to say instead of an English text: by the category of a count, as `Intl.PluralRules` names it (`one`, `few`,
/// `other`…). What does not count has `other` alone.
type Said = Vec<(&'static str, &'static str)>;

thread_local! {
    static LANGUAGE: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

/// The code of the language of the page.
pub(crate) fn code() -> &'static str {
    LANGUAGE.get().map_or("en", |language| &language.code)
}

/// From now on everything is said in this language, with its signs in numbers; without one, in English.
///
/// It stays in memory for good, as the English texts do.
pub(crate) fn learn(read: Option<Read>) {
    LANGUAGE.set(read.map(|read| &*Box::leak(Box::new(Language::from(read)))));
    speak(signs());
}

/// An English text in the language of the page.
pub(crate) fn say(english: &'static str) -> &'static str {
    let said = LANGUAGE.get().and_then(|language| language.find(english));
    said.and_then(|forms| form(forms, "other"))
        .unwrap_or(english)
}

/// An English text for this many, in the language of the page.
pub(crate) fn say_counted(count: f64, one: &'static str, other: &'static str) -> &'static str {
    let said = LANGUAGE.get().and_then(|language| {
        let forms = language.find(other)?;
        let category = locale::plural_category(&language.code, count);
        form(forms, &category).or_else(|| form(forms, "other"))
    });
    said.unwrap_or_else(|| English.counted(count, one, other))
}

/// An English name inside a sentence, where abbreviations keep their capitals; in another language as it says it.
pub(crate) fn inside(english: &'static str) -> String {
    let said = say(english);
    if code() != "en" {
        return said.to_owned();
    }
    let word = |word: &str| {
        let capitals = word.chars().filter(char::is_ascii_uppercase).count();
        if capitals > 1 {
            word.to_owned()
        } else {
            word.to_ascii_lowercase()
        }
    };
    said.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A sentence of the model in the language of the page, its numbers with the page's signs.
pub(crate) fn words(words: &Words) -> String {
    words.say(&Page)
}

struct Page;

impl Voice for Page {
    fn text(&self, english: &'static str) -> &'static str {
        say(english)
    }

    fn counted(&self, count: f64, one: &'static str, other: &'static str) -> &'static str {
        say_counted(count, one, other)
    }

    fn number(&self, value: f64, decimals: usize) -> String {
        format::fixed(value, decimals)
    }

    fn exact(&self, value: f64) -> String {
        format::exact(value)
    }

    fn grouped(&self, value: f64) -> String {
        format::fixed(value, 0)
    }

    fn date(&self, iso: &str) -> String {
        format::date(iso)
    }
}

/// How many things a text is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(f64);

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(count as f64)
    }
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(f64::from(count))
    }
}

impl From<i64> for Count {
    fn from(count: i64) -> Self {
        Self(count as f64)
    }
}

impl From<f64> for Count {
    fn from(count: f64) -> Self {
        Self(count)
    }
}

/// The text for this many with its values, `{count}` among them.
pub(crate) fn counted(
    count: Count,
    [one, other]: [&'static str; 2],
    values: &[(&str, &dyn Display)],
) -> String {
    let number = format::fixed(count.0, 0);
    let mut all: Vec<(&str, &dyn Display)> = vec![("count", &number)];
    all.extend_from_slice(values);
    fill(say_counted(count.0, one, other), &all)
}

/// A pattern of the page's language with its values.
pub(crate) fn fill(pattern: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    words::fill(pattern, &mut text, |name, text| {
        let value = values.iter().find(|(of, _)| *of == name);
        value.is_some_and(|(_, value)| write!(text, "{value}").is_ok())
    });
    text
}

impl Language {
    fn find(&self, english: &str) -> Option<&Said> {
        let found = self
            .texts
            .binary_search_by(|(text, _)| (*text).cmp(english));
        found.ok().map(|index| &self.texts[index].1)
    }
}

impl From<Read> for Language {
    fn from(read: Read) -> Self {
        let kept = |text: String| &*text.leak();
        let texts = read.texts.into_iter().map(|(english, forms)| {
            let forms = forms.into_iter();
            let forms = forms.map(|(category, text)| (kept(category), kept(text)));
            (kept(english), forms.collect())
        });
        let mut texts: Vec<(&'static str, Said)> = texts.collect();
        texts.order_by(|(one, _), (other, _)| one.cmp(other));
        Self {
            code: read.code,
            texts,
        }
    }
}

fn form(forms: &Said, category: &str) -> Option<&'static str> {
    let found = forms.iter().find(|(of, _)| *of == category);
    found.map(|(_, text)| *text)
}

/// How numbers, sums and dates are written: as the visitor's language has it, if that is the language of the page or
/// the page is in English. Dates in English are those of the page's own words.
fn signs() -> Locale {
    let (own, page) = (locale::language(), code());
    let main = own.split('-').next().unwrap_or_default();
    let of = if page == "en" || page == own || page == main {
        own.as_str()
    } else {
        page
    };
    Locale::of(&Examples {
        thousand: locale::number(of, 1_234.0),
        million: locale::number(of, 12_345_678.5),
        money: locale::money(of, 1.0),
        days: if of.starts_with("en") {
            Vec::new()
        } else {
            locale::days(of)
        },
    })
}

/// A text that stands in a table of the page, and is said where it is shown: `label: text!("Undo")`.
macro_rules! text {
    ($text:literal) => {
        $text
    };
}

/// A text of the page: `t!("Add a place")`, or with values `t!("{name} is down", name = label)`.
///
/// A name without `=` takes the variable of that name. The names of the text and of the values are compared while
/// compiling. Without values it is a `&'static str`, with values a `String`.
macro_rules! t {
    ($text:literal) => {
        $crate::texts::say($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::texts::fill(
            $crate::texts::say(const { ::model::words::fitting($text, &[$(stringify!($name)),+]) }),
            &[$((stringify!($name), &::model::word_value!($name $(= $value)?) as &dyn ::std::fmt::Display)),+],
        )
    };
}

/// A text that differs between one and many: `tn!(count; "one thing", "{count} things")`.
///
/// `{count}` is the number in the page's signs; more names may follow as in `t!`.
macro_rules! tn {
    ($count:expr; $one:literal, $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::texts::counted(
            $crate::texts::Count::from($count),
            [$one, $other],
            &[$((stringify!($name), &::model::word_value!($name $(= $value)?) as &dyn ::std::fmt::Display)),*],
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_inside_a_sentence_and_abbreviations_are_not() {
        assert_eq!(inside("SQL database"), "SQL database");
        assert_eq!(inside("Load balancer"), "load balancer");
        assert_eq!(inside("CDN"), "CDN");
    }
}
