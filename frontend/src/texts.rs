//! What the page says: English in its place, another language where one was learnt.
//!
//! Every text that a person reads stands in [`t!`] or [`tn!`], so that a second language is a file of data.

use std::cell::OnceCell;
use std::fmt::{Display, Write as _};

use model::words::{self, English, Voice, Words};

use crate::browser::locale::plural_category;
use crate::widgets::format;

/// What a language says instead of the English texts.
#[derive(Debug, Default)]
pub(crate) struct Language {
    /// Its code, as in `de`.
    pub code: String,
    /// English texts and what to say instead, ordered by the English text.
    pub texts: Vec<(&'static str, Said)>,
}

/// What to say instead of an English text.
#[derive(Debug)]
pub(crate) enum Said {
    /// This, always.
    Always(&'static str),
    /// By the category of the count, as `Intl.PluralRules` names it: `one`, `few`, `other`…
    Counted(Vec<(&'static str, &'static str)>),
}

thread_local! {
    static LANGUAGE: OnceCell<Language> = const { OnceCell::new() };
}

/// From now on everything is said in this language; the first one stays.
pub(crate) fn learn(language: Language) {
    LANGUAGE.with(|learnt| {
        let _ = learnt.set(language);
    });
}

/// An English text in the language of the page.
pub(crate) fn say(english: &'static str) -> &'static str {
    LANGUAGE.with(
        |learnt| match learnt.get().and_then(|it| it.find(english)) {
            Some(Said::Always(text)) => text,
            _ => english,
        },
    )
}

/// An English text for this many, in the language of the page.
pub(crate) fn say_counted(count: f64, one: &'static str, other: &'static str) -> &'static str {
    LANGUAGE.with(|learnt| {
        let Some(language) = learnt.get() else {
            return English.counted(count, one, other);
        };
        match language.find(other) {
            Some(Said::Always(text)) => text,
            Some(Said::Counted(forms)) => {
                let category = plural_category(&language.code, count);
                let of = |name: &str| forms.iter().find(|(of, _)| *of == name);
                of(&category)
                    .or_else(|| of("other"))
                    .map_or(other, |(_, text)| text)
            }
            None => English.counted(count, one, other),
        }
    })
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

/// A text of the page: `t!("Add a place")`, or with values `t!("{name} is down", name = label)`.
///
/// A name without `=` takes the variable of that name. The names of the text and of the values are compared while
/// compiling. Without values it is a `&'static str`, with values a `String`.
macro_rules! t {
    ($text:literal) => {
        $crate::texts::say($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        const { assert!(::model::words::fits($text, &[$(stringify!($name)),+]), "the names differ") };
        $crate::texts::fill(
            $crate::texts::say($text),
            &[$((stringify!($name), &::model::word_value!($name $(= $value)?) as &dyn ::std::fmt::Display)),+],
        )
    }};
}

/// A text that differs between one and many: `tn!(count; "one thing", "{count} things")`.
///
/// `{count}` is the number in the page's signs; more names may follow as in [`t!`].
macro_rules! tn {
    ($count:expr; $one:literal, $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let count = $count as f64;
        $crate::texts::fill(
            $crate::texts::say_counted(count, $one, $other),
            &[
                ("count", &$crate::widgets::format::fixed(count, 0) as &dyn ::std::fmt::Display),
                $((stringify!($name), &::model::word_value!($name $(= $value)?) as &dyn ::std::fmt::Display)),*
            ],
        )
    }};
}
