//! How a plan file is read and written: one reader and one writer serve everything that lists its [fields](Field).
//!
//! What is derived is compiled anew for every type, and weighs more than the editor itself.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// What is found in a file; what a list or an object holds is asked for afterwards.
pub(super) enum Found<'f> {
    Null,
    Truth(bool),
    Number(Number),
    Text(&'f str),
    List,
    Object,
}

/// The names of an object's fields.
pub(super) struct Names {
    /// So many of them, the first ones, have to be there.
    pub required: usize,
    /// All of them, 32 at most.
    pub all: &'static [&'static str],
    /// Whether exactly one field has to be there.
    pub is_choice: bool,
}

/// Something that a file has a place for.
pub(super) trait Field {
    /// One into which nothing has been read.
    fn blank() -> Self
    where
        Self: Sized;

    /// What is read into when something is there.
    fn inner(&mut self) -> &mut dyn Field;

    /// Takes what is found, or says that something else belongs here; of a list or an object only that there is one.
    fn take(&mut self, found: &Found<'_>) -> bool;

    /// What belongs here, for a person.
    fn expected(&self) -> &'static str;

    /// One after the other of the words that belong here, if only some are known.
    fn word(&self, _index: usize) -> Option<&'static str> {
        None
    }

    /// Room for a member of a list; none when there are enough.
    fn item(&mut self, _index: usize) -> Option<&mut dyn Field> {
        None
    }

    /// A member of a list.
    fn at(&self, _index: usize) -> Option<&dyn Field> {
        None
    }

    /// How many members a list has to have, if that is fixed.
    fn length(&self) -> Option<usize> {
        None
    }

    /// The fields of an object that have names of their own.
    fn names(&self) -> &'static Names {
        static NONE: Names = Names {
            required: 0,
            all: &[],
            is_choice: false,
        };
        &NONE
    }

    /// The field that has this place among the names.
    fn known(&mut self, _index: usize) -> Option<&mut dyn Field> {
        None
    }

    /// Room for a field of another name.
    fn other(&mut self, _name: String) -> Option<&mut dyn Field> {
        None
    }

    /// Whether a file without it says the same.
    fn is_absent(&self) -> bool {
        false
    }

    /// As a file has it.
    fn value(&self) -> Value;
}

/// Reads a text into a field.
///
/// # Errors
/// When it is no JSON, or something stands where something else belongs; what was read until then stays.
pub(super) fn read(text: &str, field: &mut dyn Field) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Into(field).deserialize(&mut reader)?;
    reader.end()
}

/// What reads into a field.
pub(super) struct Into<'f>(pub(super) &'f mut dyn Field);

impl Into<'_> {
    fn take<E: Error>(self, found: &Found<'_>) -> Result<(), E> {
        if self.0.take(found) {
            Ok(())
        } else {
            Err(E::custom(wrong(found, self.0)))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Into<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.expected())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.take(&Found::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<(), E> {
        Into(self.0.inner()).take(&Found::Truth(truth))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        Into(self.0.inner()).take(&Found::Number(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        Into(self.0.inner()).take(&Found::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        let found = Number::from_f64(number).map_or(Found::Null, Found::Number);
        Into(self.0.inner()).take(&found)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        Into(self.0.inner()).take(&Found::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let field = self.0.inner();
        Into(field).take(&Found::List)?;
        let mut count = 0;
        while items.next_element_seed(Item(field, count))?.is_some() {
            count += 1;
        }
        if field.length().is_some_and(|length| length != count) {
            return Err(A::Error::custom(wrong(&Found::List, field)));
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let field = self.0.inner();
        Into(field).take(&Found::Object)?;
        let names = field.names();
        let mut seen = 0_u32;
        while let Some(name) = fields.next_key_seed(NameOf(names))? {
            let member = match name {
                Name::Known(index) if seen >> index & 1 == 1 => {
                    return Err(A::Error::custom(format_args!(
                        "The field `{}` stands twice in one object.",
                        names.all[index]
                    )));
                }
                Name::Known(index) => {
                    seen |= 1 << index;
                    field.known(index)
                }
                Name::Other(name) if names.is_choice => {
                    return Err(A::Error::custom(wrong(&Found::Text(&name), field)));
                }
                Name::Other(name) => field.other(name),
            };
            if let Some(member) = member {
                fields.next_value_seed(Into(member))?;
            }
        }
        if names.is_choice && seen.count_ones() != 1 {
            return Err(A::Error::custom(wrong(&Found::Object, field)));
        }
        match (0..names.required).find(|index| seen >> index & 1 == 0) {
            Some(missing) => Err(A::Error::custom(format_args!(
                "The field `{}` is missing from the object that ends here.",
                names.all[missing]
            ))),
            None => Ok(()),
        }
    }
}

/// What reads the next member of a list.
struct Item<'f>(&'f mut dyn Field, usize);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let Self(list, index) = self;
        match list.item(index) {
            Some(item) => Into(item).deserialize(reader),
            None => Err(D::Error::custom(wrong(&Found::List, list))),
        }
    }
}

/// The name of a field: its place among those that are known, or itself.
enum Name {
    Known(usize),
    Other(String),
}

/// What reads the name of a field.
struct NameOf(&'static Names);

impl<'de> DeserializeSeed<'de> for NameOf {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Name, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for NameOf {
    type Value = Name;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        let known = self.0.all.iter().position(|known| *known == name);
        Ok(known.map_or_else(|| Name::Other(name.to_owned()), Name::Known))
    }
}

/// What is wrong where this was found, and what belongs there.
fn wrong(found: &Found<'_>, field: &dyn Field) -> String {
    let found = match found {
        Found::Text(word) if field.word(0).is_some() => {
            let mut sentence = format!(
                "The word `{}` is not known here; use one of",
                shortened(word)
            );
            for (index, known) in words(field).enumerate() {
                sentence.push_str(if index == 0 { " `" } else { ", `" });
                sentence.push_str(known);
                sentence.push('`');
            }
            sentence.push('.');
            return sentence;
        }
        Found::Null => "null".to_owned(),
        Found::Truth(truth) => format!("the word {truth}"),
        Found::Number(number) => format!("the number {number}"),
        Found::Text(text) => format!("the text \"{}\"", shortened(text)),
        Found::List => "a list [ … ]".to_owned(),
        Found::Object => "an object { … }".to_owned(),
    };
    format!(
        "Here stands {found}, but {} belongs here.",
        field.expected()
    )
}

/// The beginning of a text that is too long for a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The words that belong into a field, if only some are known.
pub(super) fn words(field: &dyn Field) -> impl Iterator<Item = &'static str> {
    (0..).map_while(|index| field.word(index))
}

/// A list of all members of a field.
pub(super) fn list(field: &dyn Field) -> Value {
    let members = (0..).map_while(|index| field.at(index));
    Value::Array(members.map(Field::value).collect())
}

/// An object of these fields; those that say nothing are left out, unless they are among the required ones.
pub(super) fn object(names: &Names, fields: &[&dyn Field], unknown: &Map<String, Value>) -> Value {
    let mut object = Map::new();
    for (index, (name, field)) in names.all.iter().zip(fields).enumerate() {
        if index < names.required || !field.is_absent() {
            object.insert((*name).to_owned(), field.value());
        }
    }
    for (name, value) in unknown {
        object.insert(name.clone(), value.clone());
    }
    Value::Object(object)
}
