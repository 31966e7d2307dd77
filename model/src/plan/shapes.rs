//! Where everything in a plan stands in its file: the fields of each part, the words, lists and numbers.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Number, Value};

use super::fields::{Field, Found, Into, Names, list, object, words};
use super::{
    AssumptionValue, Assumptions, Backoff, Burst, CatalogueStamp, Comparison, Component,
    Connection, Demand, Disk, Engine, Extra, Hosting, HostingKind, Id, Journey, Mode, Need,
    Neighbour, Overrides, OwnOffer, Place, PlaceKind, Plan, Population, PrimaryReplica, Redundancy,
    Requirement, Site, Target,
};

/// An object with fields that have to be there, fields that may be, and what this version does not know.
macro_rules! parts {
    ($($part:ident { $($required:ident $(as $name:literal)?),*; $($field:ident),* })*) => {$(
        impl Field for $part {
            fn blank() -> Self {
                Self::default()
            }

            fn inner(&mut self) -> &mut dyn Field {
                self
            }

            fn take(&mut self, found: &Found<'_>) -> bool {
                matches!(found, Found::Object)
            }

            fn expected(&self) -> &'static str {
                "an object { … }"
            }

            fn names(&self) -> &'static Names {
                const REQUIRED: &[&str] = &[$(name!($required $($name)?),)*];
                static NAMES: Names = Names {
                    required: REQUIRED.len(),
                    all: &[$(name!($required $($name)?),)* $(stringify!($field),)*],
                    is_choice: false,
                };
                &NAMES
            }

            fn known(&mut self, index: usize) -> Option<&mut dyn Field> {
                let Self { $($required,)* $($field,)* unknown: _ } = self;
                let fields: [&mut dyn Field; _] = [$($required,)* $($field,)*];
                fields.into_iter().nth(index)
            }

            fn other(&mut self, name: String) -> Option<&mut dyn Field> {
                self.unknown.other(name)
            }

            fn value(&self) -> Value {
                let Self { $($required,)* $($field,)* unknown } = self;
                object(self.names(), &[$($required,)* $($field,)*], unknown)
            }
        }

        in_files!($part);
    )*};
}

macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

/// A word out of a few.
macro_rules! words {
    ($($word:ident::$id:ident)*) => {$(
        impl Field for $word {
            fn blank() -> Self {
                Self::ALL[0]
            }

            fn inner(&mut self) -> &mut dyn Field {
                self
            }

            fn take(&mut self, found: &Found<'_>) -> bool {
                let Found::Text(text) = found else {
                    return false;
                };
                let place = words(self).position(|word| word == *text);
                *self = place.map_or(*self, |place| Self::ALL[place]);
                place.is_some()
            }

            fn expected(&self) -> &'static str {
                "one of the known words"
            }

            fn word(&self, index: usize) -> Option<&'static str> {
                Self::ALL.get(index).map(|word| word.$id())
            }

            fn value(&self) -> Value {
                self.$id().into()
            }
        }

        in_files!($word);
    )*};
}

/// Serde's own way to what a file has.
macro_rules! in_files {
    ($type:ident) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.value().serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut read = Self::blank();
                deserializer.deserialize_any(Into(&mut read))?;
                Ok(read)
            }
        }
    };
}

parts! {
    Plan {
        ;
        title, notes, catalogue, journeys, requirements, assumptions, places, components, connections
    }
    CatalogueStamp { ; version, currency, prices, rates, offers }
    OwnOffer {
        ;
        id, name, kind, component_types, vcpu, memory_gib, disk_gb, transfer_gb, month, upfront, source, date
    }
    Journey {
        id;
        name, entry, peak_rps, population, profile, growth_percent_month, request_bytes, response_bytes,
        static_share, target, background, demands
    }
    Population { users; think_seconds }
    Target { percentile, seconds; }
    Demand { ; service_time_ms }
    Requirement { metric, op, value; }
    Place { id, kind; name, within, site, upload_mbit, unavailability, area, notes }
    Component {
        id, kind as "type";
        label, position, pinned, hosting, instances, placement, redundancy, standby_for, promotable, settings, overrides,
        notes
    }
    PrimaryReplica { ; detect_seconds, switch_seconds, coverage }
    Overrides {
        ;
        unavailability, mtbf_hours, mttr_hours, repair_crews, cost_month, cost_upfront, work_days_month, exit_days
    }
    Hosting {
        ;
        kind, offer, software, disk, volume, iops, throughput_mib_s, neighbour, spares, backup_interval_hours,
        automated, portable, engine, commitment, extra, with
    }
    Extra { ; burst }
    Burst { ; instances, hours_month, detect_seconds, start_seconds }
    Connection {
        id, from, to;
        calls, group, need, mode, weight, only_on_miss_of, reads, writes, request_bytes, response_bytes, retries,
        retry_budget, backoff, timeout_ms, rtt_ms, unavailability, notes
    }
}

words! {
    HostingKind::id
    Disk::id
    Neighbour::id
    Engine::id
    PlaceKind::id
    Site::id
    Mode::id
    Backoff::id
    Comparison::symbol
}

in_files!(Id);
in_files!(Assumptions);
in_files!(AssumptionValue);
in_files!(Redundancy);
in_files!(Need);

impl Field for Need {
    fn blank() -> Self {
        Self::All
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        *self = match found {
            Found::Text("all") => Self::All,
            Found::Text("any") => Self::Any,
            Found::Text("optional") => Self::Optional,
            Found::Object => Self::K(0.0),
            _ => return false,
        };
        true
    }

    fn expected(&self) -> &'static str {
        "a known word or { \"k\": a number }"
    }

    fn word(&self, index: usize) -> Option<&'static str> {
        const WORDS: [&str; 4] = ["all", "any", "optional", "{ \"k\": a number }"];
        WORDS.get(index).copied()
    }

    fn names(&self) -> &'static Names {
        static NAMES: Names = Names {
            required: 0,
            all: &["k"],
            is_choice: true,
        };
        &NAMES
    }

    fn known(&mut self, _index: usize) -> Option<&mut dyn Field> {
        match self {
            Self::K(count) => Some(count),
            Self::All | Self::Any | Self::Optional => None,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::All => "all".into(),
            Self::Any => "any".into(),
            Self::K(count) => chosen("k", count),
            Self::Optional => "optional".into(),
        }
    }
}

impl Field for Redundancy {
    fn blank() -> Self {
        Self::All
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        *self = match found {
            Found::Text("all") | Found::Object => Self::All,
            Found::Text("capacity") => Self::Capacity,
            _ => return false,
        };
        true
    }

    fn expected(&self) -> &'static str {
        "a known word, { \"k\": a number }, { \"quorum\": a number } or { \"primary_replica\": { … } }"
    }

    fn word(&self, index: usize) -> Option<&'static str> {
        const WORDS: [&str; 5] = [
            "all",
            "capacity",
            "{ \"k\": a number }",
            "{ \"quorum\": a number }",
            "{ \"primary_replica\": { … } }",
        ];
        WORDS.get(index).copied()
    }

    fn names(&self) -> &'static Names {
        static NAMES: Names = Names {
            required: 0,
            all: &["k", "quorum", "primary_replica"],
            is_choice: true,
        };
        &NAMES
    }

    fn known(&mut self, index: usize) -> Option<&mut dyn Field> {
        *self = match index {
            0 => Self::K(0.0),
            1 => Self::Quorum(0.0),
            _ => Self::PrimaryReplica(PrimaryReplica::default()),
        };
        match self {
            Self::K(count) | Self::Quorum(count) => Some(count),
            Self::PrimaryReplica(replica) => Some(replica),
            Self::All | Self::Capacity => None,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::All => "all".into(),
            Self::Capacity => "capacity".into(),
            Self::K(count) => chosen("k", count),
            Self::Quorum(count) => chosen("quorum", count),
            Self::PrimaryReplica(replica) => chosen("primary_replica", replica),
        }
    }
}

fn chosen(name: &str, field: &dyn Field) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), field.value())]))
}

impl Field for Assumptions {
    fn blank() -> Self {
        Self::default()
    }

    fn inner(&mut self) -> &mut dyn Field {
        &mut self.0
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        self.0.take(found)
    }

    fn expected(&self) -> &'static str {
        self.0.expected()
    }

    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }

    fn value(&self) -> Value {
        self.0.value()
    }
}

impl Field for AssumptionValue {
    fn blank() -> Self {
        Self::Exactly(0.0)
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        *self = match found {
            Found::Number(number) => Self::Exactly(number.as_f64().unwrap_or_default()),
            Found::List => Self::Range([0.0; 3]),
            _ => return false,
        };
        true
    }

    fn expected(&self) -> &'static str {
        "a number or a list of three, low, base and high,"
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Field> {
        match self {
            Self::Exactly(_) => None,
            Self::Range(values) => values.item(index),
        }
    }

    fn length(&self) -> Option<usize> {
        match self {
            Self::Exactly(_) => None,
            Self::Range(values) => values.length(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Exactly(value) => value.value(),
            Self::Range(values) => values.value(),
        }
    }
}

impl Field for Id {
    fn blank() -> Self {
        Self::default()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        if let Found::Text(text) = found {
            *self = Self::from(*text);
        }
        matches!(found, Found::Text(_))
    }

    fn expected(&self) -> &'static str {
        "a text"
    }

    fn value(&self) -> Value {
        self.as_str().into()
    }
}

impl Field for String {
    fn blank() -> Self {
        Self::new()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        if let Found::Text(text) = found {
            (*text).clone_into(self);
        }
        matches!(found, Found::Text(_))
    }

    fn expected(&self) -> &'static str {
        "a text"
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn value(&self) -> Value {
        self.as_str().into()
    }
}

impl Field for f64 {
    fn blank() -> Self {
        0.0
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        let number = match found {
            Found::Number(number) => number.as_f64(),
            _ => None,
        };
        *self = number.unwrap_or_default();
        number.is_some()
    }

    fn expected(&self) -> &'static str {
        "a number"
    }

    fn value(&self) -> Value {
        Number::from_f64(*self).map_or(Value::Null, Value::Number)
    }
}

impl Field for bool {
    fn blank() -> Self {
        false
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        if let Found::Truth(truth) = found {
            *self = *truth;
        }
        matches!(found, Found::Truth(_))
    }

    fn expected(&self) -> &'static str {
        "true or false"
    }

    fn value(&self) -> Value {
        Value::Bool(*self)
    }
}

/// Any JSON, kept as it is.
impl Field for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        *self = match found {
            Found::Null => Self::Null,
            Found::Truth(truth) => Self::Bool(*truth),
            Found::Number(number) => Self::Number(number.clone()),
            Found::Text(text) => Self::String((*text).to_owned()),
            Found::List => Self::Array(Vec::new()),
            Found::Object => Self::Object(Map::new()),
        };
        true
    }

    fn expected(&self) -> &'static str {
        "a value"
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Field> {
        match self {
            Self::Array(items) => items.item(index),
            _ => None,
        }
    }

    fn other(&mut self, name: String) -> Option<&mut dyn Field> {
        match self {
            Self::Object(fields) => fields.other(name),
            _ => None,
        }
    }

    fn value(&self) -> Value {
        self.clone()
    }
}

impl Field for Map<String, Value> {
    fn blank() -> Self {
        Self::new()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        self.clear();
        matches!(found, Found::Object)
    }

    fn expected(&self) -> &'static str {
        "an object { … }"
    }

    fn other(&mut self, name: String) -> Option<&mut dyn Field> {
        Some(self.entry(name).or_insert(Value::Null))
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn value(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl<K, V> Field for BTreeMap<K, V>
where
    K: Borrow<str> + Clone + From<String> + Ord,
    V: Field,
{
    fn blank() -> Self {
        Self::new()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        self.clear();
        matches!(found, Found::Object)
    }

    fn expected(&self) -> &'static str {
        "an object { … }"
    }

    fn other(&mut self, name: String) -> Option<&mut dyn Field> {
        let name = K::from(name);
        self.insert(name.clone(), V::blank());
        self.get_mut(name.borrow())
            .map(|value| value as &mut dyn Field)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn value(&self) -> Value {
        let mut object = Map::new();
        for (name, field) in self {
            object.insert(name.borrow().to_owned(), field.value());
        }
        Value::Object(object)
    }
}

impl<T: Field> Field for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        self.clear();
        matches!(found, Found::List)
    }

    fn expected(&self) -> &'static str {
        "a list [ … ]"
    }

    fn item(&mut self, _index: usize) -> Option<&mut dyn Field> {
        self.push(T::blank());
        self.last_mut().map(|item| item as &mut dyn Field)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn at(&self, index: usize) -> Option<&dyn Field> {
        self.get(index).map(|member| member as &dyn Field)
    }

    fn value(&self) -> Value {
        list(self)
    }
}

impl<const LENGTH: usize> Field for [f64; LENGTH] {
    fn blank() -> Self {
        [0.0; LENGTH]
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        matches!(found, Found::List)
    }

    fn expected(&self) -> &'static str {
        match LENGTH {
            2 => "a pair of numbers",
            3 => "a list of three numbers",
            _ => "a list of four numbers",
        }
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Field> {
        self.get_mut(index).map(|number| number as &mut dyn Field)
    }

    fn length(&self) -> Option<usize> {
        Some(LENGTH)
    }

    fn at(&self, index: usize) -> Option<&dyn Field> {
        self.get(index).map(|member| member as &dyn Field)
    }

    fn value(&self) -> Value {
        list(self)
    }
}

impl<T: Field> Field for Option<T> {
    fn blank() -> Self {
        None
    }

    fn inner(&mut self) -> &mut dyn Field {
        self.insert(T::blank()).inner()
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        *self = None;
        matches!(found, Found::Null)
    }

    fn expected(&self) -> &'static str {
        T::blank().expected()
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::value)
    }
}

impl<T: Clone + Field> Field for Rc<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn inner(&mut self) -> &mut dyn Field {
        Self::make_mut(self)
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        Self::make_mut(self).take(found)
    }

    fn expected(&self) -> &'static str {
        (**self).expected()
    }

    fn value(&self) -> Value {
        (**self).value()
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::Plan;
    use crate::plan::format::{read, write};

    /// Every field of every part, with what this version does not know.
    const EVERYTHING: &str = r#"{
  "format": "hosting-plan/1",
  "title": "Shop",
  "notes": "All",
  "catalogue": { "version": "2026-11-21", "currency": "USD", "prices": { "a": 5 }, "rates": { "EUR": 1.1 }, "offers": [{ "id": "own", "name": "Own", "kind": "bare_metal", "component_types": ["cache"], "vcpu": 4, "memory_gib": 8, "disk_gb": 100, "transfer_gb": 5, "month": 10.5, "upfront": 900, "source": "quote", "date": "2026-11-01", "x": 1 }], "x": null },
  "journeys": [
    { "id": "j", "name": "Visit", "entry": "a", "peak_rps": 3, "population": { "users": 2, "think_seconds": 1.5, "x": [] }, "profile": [0.5, 1], "growth_percent_month": 1, "request_bytes": 2, "response_bytes": 3, "static_share": 0.5, "target": { "percentile": 95, "seconds": 0.3, "x": {} }, "background": true, "demands": { "a": { "service_time_ms": 4, "x": "y" }, "b": {} }, "x": 9007199254740993 }
  ],
  "requirements": [
    { "metric": "cost.month", "op": "<=", "value": 100, "x": false },
    { "metric": "state", "op": "==", "value": "down" },
    { "metric": "n", "op": ">=", "value": null }
  ],
  "assumptions": { "day_rate": 500, "server_watts": [1, 2.5, 3] },
  "places": [
    { "id": "p", "kind": "site", "name": "Home", "within": "q", "site": "home", "upload_mbit": 40, "unavailability": 0.01, "area": [1, 2, 3, 4], "notes": "n", "x": "ü" },
    { "id": "q", "kind": "account" }
  ],
  "components": [
    { "id": "a", "type": "app_server", "label": "A", "position": [1, -2.5], "pinned": true, "hosting": { "kind": "vps", "offer": "o", "software": "s", "disk": "provisioned", "volume": "v", "iops": 1, "throughput_mib_s": 2, "neighbour": "noisy", "spares": true, "backup_interval_hours": 24, "automated": false, "portable": true, "engine": "open_hosted", "commitment": 12, "extra": { "burst": { "instances": 2, "hours_month": 100, "detect_seconds": 1, "start_seconds": 2, "x": 1 }, "x": 2 }, "with": ["ip"], "x": 3 }, "instances": 2, "placement": ["p"], "redundancy": { "k": 2 }, "standby_for": "b", "promotable": false, "settings": { "servers": 2, "word": "w" }, "overrides": { "unavailability": 0.1, "mtbf_hours": 1, "mttr_hours": 2, "repair_crews": 3, "cost_month": 4, "cost_upfront": 5, "work_days_month": 6, "exit_days": [1, 2, 3], "x": 7 }, "notes": "n", "x": 8 },
    { "id": "b", "type": "cache", "redundancy": "all" },
    { "id": "c", "type": "", "redundancy": "capacity" },
    { "id": "d", "type": "cache", "redundancy": { "quorum": 2 } },
    { "id": "e", "type": "cache", "redundancy": { "primary_replica": { "detect_seconds": 1, "switch_seconds": 2, "coverage": 0.9, "x": 1 } } }
  ],
  "connections": [
    { "id": "ab", "from": "a", "to": "b", "calls": 1, "group": "g", "need": { "k": 2 }, "mode": "async", "weight": 2, "only_on_miss_of": "c", "reads": 1, "writes": 2, "request_bytes": 3, "response_bytes": 4, "retries": 5, "retry_budget": 0.1, "backoff": "none", "timeout_ms": 6, "rtt_ms": 7, "unavailability": 0.2, "notes": "n", "x": 8 },
    { "id": "ac", "from": "a", "to": "c", "need": "any", "mode": "parallel", "backoff": "jittered" },
    { "id": "ad", "from": "a", "to": "d", "need": "optional", "mode": "sync" },
    { "id": "ae", "from": "a", "to": "e", "need": "all" }
  ],
  "x": { "y": [1, { "z": null }] }
}
"#;

    fn plan(json: &str) -> String {
        format!("{{\"format\": \"hosting-plan/1\", {json}}}")
    }

    #[test]
    fn every_field_is_read_and_written_again_in_its_place() {
        let plan = read(EVERYTHING.as_bytes()).unwrap();
        assert_eq!(write(&plan), EVERYTHING);
        assert_eq!(plan.components[0].hosting.as_ref().unwrap().with, ["ip"]);
        assert_eq!(plan.connections[0].rtt_ms, Some(7.0));
    }

    #[test]
    fn serde_reads_and_writes_the_same() {
        let plan = read(EVERYTHING.as_bytes()).unwrap();
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    }

    #[test]
    fn null_stands_for_what_is_absent() {
        let text = plan(
            r#""catalogue": null, "components": [{"id": "a", "type": "b", "hosting": null, "instances": null,
            "position": null, "redundancy": null}]"#,
        );
        let bare = plan(r#""components": [{"id": "a", "type": "b"}]"#);
        assert_eq!(read(text.as_bytes()), read(bare.as_bytes()));
    }

    #[test]
    fn what_does_not_belong_is_named_with_what_does() {
        for (json, expected) in [
            (
                r#""title": 3"#,
                "Here stands the number 3, but a text belongs here.",
            ),
            (
                r#""title": null"#,
                "Here stands null, but a text belongs here.",
            ),
            (
                r#""components": {}"#,
                "Here stands an object { … }, but a list [ … ] belongs here.",
            ),
            (
                r#""components": [7.5]"#,
                "Here stands the number 7.5, but an object { … } belongs here.",
            ),
            (
                r#""components": [null]"#,
                "Here stands null, but an object { … } belongs here.",
            ),
            (
                r#""components": [{"id": "a"}]"#,
                "The field `type` is missing from the object that ends here.",
            ),
            (
                r#""components": [{"id": "a", "id": "b"}]"#,
                "The field `id` stands twice in one object.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "position": [1, 2, 3]}]"#,
                "Here stands a list [ … ], but a pair of numbers belongs here.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "position": [1]}]"#,
                "Here stands a list [ … ], but a pair of numbers belongs here.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "promotable": "yes"}]"#,
                "Here stands the text \"yes\", but true or false belongs here.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "hosting": {"kind": "cloud"}}]"#,
                "The word `cloud` is not known here; use one of `bare_metal`, `vps`, `iaas`, `paas`.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "hosting": {"kind": 1}}]"#,
                "Here stands the number 1, but one of the known words belongs here.",
            ),
            (
                r#""connections": [{"id": "a", "from": "b", "to": "c", "need": {"k": 1, "quorum": 2}}]"#,
                "The word `quorum` is not known here; use one of `all`, `any`, `optional`, `{ \"k\": a number }`.",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "redundancy": {}}]"#,
                "Here stands an object { … }, but a known word,",
            ),
            (
                r#""components": [{"id": "a", "type": "b", "redundancy": {"k": 1, "quorum": 2}}]"#,
                "Here stands an object { … }, but a known word,",
            ),
            (
                r#""assumptions": {"day_rate": [1, 2]}"#,
                "Here stands a list [ … ], but a number or a list of three, low, base and high, belongs here.",
            ),
            (
                r#""assumptions": {"day_rate": "much"}"#,
                "Here stands the text \"much\", but a number",
            ),
        ] {
            let error = read(plan(json).as_bytes()).expect_err(json);
            assert!(
                error.message().to_string().starts_with(expected),
                "{json}: {error}"
            );
            assert!(error.position.is_some(), "{json}: {error}");
        }
    }
}
