//! Names of things in a plan: short slugs that stay the same for ever.

use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

use crate::words::Value;

/// The name of a component, connection, place or journey in a plan; cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(transparent)
)]
pub struct Id(#[cfg_attr(feature = "schema", schemars(with = "String"))] Rc<str>);

impl Id {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A slug that is not taken: `wish` itself, or `wish-2`, `wish-3`, ….
    pub fn free(wish: &str, is_taken: impl Fn(&str) -> bool) -> Self {
        let wish = slug(wish);
        if !is_taken(&wish) {
            return Self::from(wish);
        }
        let mut number = 2_u64;
        loop {
            let candidate = format!("{wish}-{number}");
            if !is_taken(&candidate) {
                return Self::from(candidate);
            }
            number += 1;
        }
    }
}

impl std::ops::Deref for Id {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::from(&id)
    }
}

impl From<&Id> for Value {
    fn from(id: &Id) -> Self {
        Self::Name(id.as_str().to_owned())
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Text as a slug: lower case ASCII letters, digits and single dashes, at most 40 characters, never empty.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == 40 {
            break;
        }
    }
    let trimmed = slug.trim_end_matches('-');
    if trimmed.is_empty() {
        "item".to_owned()
    } else {
        trimmed.to_owned()
    }
}
