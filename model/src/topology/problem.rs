//! What is wrong with a plan as drawn.

use std::ops::RangeInclusive;

use crate::plan::Id;
use crate::units::Seconds;
use crate::words::{Value, Words, text};

/// A part of the plan that cannot be used as drawn, and what is computed instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The kind of fault.
    pub id: &'static str,
    /// The components, connections, places or journeys concerned.
    pub subjects: Vec<Id>,
    /// The field concerned, empty if it is the whole part.
    pub field: &'static str,
    /// What is wrong, what is computed instead, and what to do.
    pub message: Words,
}

impl Problem {
    /// A problem of parts of the plan.
    pub(crate) fn new(id: &'static str, subjects: &[&Id], message: Words) -> Self {
        Self {
            id,
            subjects: subjects.iter().map(|&id| id.clone()).collect(),
            field: "",
            message,
        }
    }

    pub(super) fn duplicate(what: &'static str, id: &Id) -> Self {
        let message = words!(
            "Two {what} are called {id}. The second one is left out: give it a name of its own.",
            what = text(what),
            id
        );
        Self::new("duplicate-id", &[id], message)
    }

    pub(super) fn dangling(id: &Id, missing: &Id) -> Self {
        let message = words!(
            "Connection {id} leads to {missing}, which is not in the plan. It is left out: connect it to a component, or delete it.",
            id,
            missing
        );
        Self::new("dangling-connection", &[id], message)
    }

    pub(super) fn to_itself(id: &Id, component: &Id) -> Self {
        let message = words!(
            "Connection {id} leads from {component} to itself. It is left out: delete it, or connect its other end.",
            id,
            component
        );
        Self::new("connection-to-itself", &[id], message)
    }

    pub(super) fn unknown_type(id: &Id, kind: &str) -> Self {
        let message = words!(
            "{id} is of type \"{kind}\", which this planner does not know. It is computed as an external service: choose one of the known types.",
            id,
            kind
        );
        Self {
            field: "type",
            ..Self::new("unknown-type", &[id], message)
        }
    }

    pub(super) fn unknown_offer(id: &Id, field: &'static str, offer: &str) -> Self {
        let message = words!(
            "{id} runs on \"{offer}\", which is not in the catalogue. It stays in the plan and counts as not chosen: pick a successor.",
            id,
            offer
        );
        Self {
            field,
            ..Self::new("unknown-offer", &[id], message)
        }
    }

    pub(super) fn unknown_currency(currency: &str, own: &str) -> Self {
        let message = words!(
            "There is no rate for {currency}, so the catalogue's prices count as they are in {own}. State in the plan what one {currency} is worth, or choose another currency.",
            currency,
            own
        );
        Self {
            field: "currency",
            ..Self::new("unknown-currency", &[], message)
        }
    }

    pub(super) fn unusable(
        field: &'static str,
        what: Words,
        found: impl Into<Value>,
        legal: &RangeInclusive<f64>,
        instead: &'static str,
    ) -> Self {
        let message = words!(
            "{what} is {found}, but must be a number between {start} and {end}. {instead}: correct it, or delete it.",
            what,
            found = found.into(),
            start = *legal.start(),
            end = *legal.end(),
            instead = text(instead)
        );
        Self {
            field,
            ..Self::new("unusable-price", &[], message)
        }
    }

    pub(super) fn not_sold(
        id: &Id,
        field: &'static str,
        what: &str,
        provider: Option<&str>,
    ) -> Self {
        let message = match provider {
            Some(provider) => words!(
                "{id} asks for \"{what}\", which is not had from {provider}. It is not counted: choose another, or delete it.",
                id,
                what,
                provider
            ),
            None => words!(
                "{id} asks for \"{what}\", but no offer of a provider is chosen for it. It is not counted: choose an offer, or delete it.",
                id,
                what
            ),
        };
        Self {
            field,
            ..Self::new("not-sold", &[id], message)
        }
    }

    pub(super) fn unfit_offer(id: &Id, offer: &str, kind: &'static str) -> Self {
        let message = words!(
            "{offer} is not made for a component of type {kind}, yet {id} runs on it. Pick another offer.",
            offer,
            kind = text(kind),
            id
        );
        Self {
            field: "offer",
            ..Self::new("unfit-offer", &[id], message)
        }
    }

    pub(super) fn kind_mismatch(id: &Id, stated: &'static str, offered: &'static str) -> Self {
        let message = words!(
            "{id} is said to be {stated}, but its offer is {offered}. {stated} is counted: pick an offer of that kind.",
            id,
            stated = text(stated),
            offered = text(offered)
        );
        Self {
            field: "kind",
            ..Self::new("kind-mismatch", &[id], message)
        }
    }

    pub(super) fn unknown_reference(
        field: &'static str,
        id: &Id,
        target: &Id,
        instead: &'static str,
    ) -> Self {
        let message = words!(
            "{id} names {target} in {field}, which is not in the plan; {instead}. Name one that exists.",
            id,
            target,
            field,
            instead = text(instead)
        );
        Self {
            field,
            ..Self::new("unknown-reference", &[id], message)
        }
    }

    pub(super) fn place_cycle(id: &Id) -> Self {
        let message = words!(
            "Place {id} lies within itself. It is computed as if it lay nowhere: change what it lies within.",
            id
        );
        Self {
            field: "within",
            ..Self::new("place-within-itself", &[id], message)
        }
    }

    pub(super) fn too_deep(id: &Id, limit: usize) -> Self {
        let message = words!(
            "Place {id} lies more than {limit} places deep. What is farther out is left out: use fewer levels.",
            id,
            limit
        );
        Self {
            field: "within",
            ..Self::new("places-too-deep", &[id], message)
        }
    }

    pub(super) fn without_entry(id: &Id, entry: Option<&Id>) -> Self {
        let message = match entry {
            Some(entry) => words!(
                "Journey {id} starts at {entry}, which is not in the plan. It is left out: let it start at a component.",
                id,
                entry
            ),
            None => words!(
                "Journey {id} has nowhere to start. It is left out: add users, or say where it starts.",
                id
            ),
        };
        Self {
            field: "entry",
            ..Self::new("journey-without-entry", &[id], message)
        }
    }

    /// `target` is the response time that was asked for.
    pub(super) fn without_answer(id: &Id, entry: &Id, target: Option<Seconds>) -> Self {
        let message = match target {
            Some(target) => words!(
                "Journey {id} starts at {entry}, which waits for nobody: no request is answered, and whether that takes {target} ms at most is not checked. Connect {entry} to what answers.",
                id,
                entry,
                target = target.millis()
            ),
            None => words!(
                "Journey {id} starts at {entry}, which waits for nobody: no request is answered. Connect {entry} to what answers.",
                id,
                entry
            ),
        };
        Self {
            field: "entry",
            ..Self::new("journey-without-answer", &[id, entry], message)
        }
    }

    pub(super) fn illegal_target(
        id: &Id,
        field: &'static str,
        value: f64,
        min: f64,
        max: f64,
    ) -> Self {
        let message = words!(
            "{field} of the target of journey {id} is {value}, but must lie between {min} and {max}. The target is not checked: correct the number.",
            field,
            id,
            value,
            min,
            max
        );
        Self {
            field: "target",
            ..Self::new("target-out-of-range", &[id], message)
        }
    }

    pub(super) fn too_many_journeys(left_out: Vec<Id>, limit: usize) -> Self {
        let message = words!(
            "The plan has {count} journeys. The first {limit} are computed, the others are left out: describe similar requests as one journey.",
            count = limit + left_out.len(),
            limit
        );
        Self {
            subjects: left_out,
            ..Self::new("too-many-journeys", &[], message)
        }
    }

    pub(super) fn profile_length(id: &Id, found: usize) -> Self {
        let message = words!(
            "The profile of journey {id} has {found} numbers, not one for each of 24 hours. The peak is counted all day.",
            id,
            found
        );
        Self {
            field: "profile",
            ..Self::new("profile-length", &[id], message)
        }
    }

    pub(super) fn mixed_need(id: &Id, group: &str) -> Self {
        let message = words!(
            "The connections of {id} in group {group} disagree about how many of them are needed. The first one counts.",
            id,
            group
        );
        Self {
            field: "need",
            ..Self::new("mixed-need", &[id], message)
        }
    }

    pub(super) fn out_of_range(
        id: &Id,
        field: &'static str,
        found: f64,
        used: f64,
        min: f64,
        max: f64,
    ) -> Self {
        let found = if found.abs() < 1e15 {
            Value::from(found)
        } else {
            Value::from(format!("{found:e}"))
        };
        let message = words!(
            "{field} of {id} is {found}, but must lie between {min} and {max}. {used} is computed instead: correct the number.",
            field,
            id,
            found,
            min,
            max,
            used
        );
        Self {
            field,
            ..Self::new("number-out-of-range", &[id], message)
        }
    }

    pub(super) fn not_whole(id: &Id, field: &'static str, found: f64, used: usize) -> Self {
        let message = words!(
            "{field} of {id} is {found}, but must be a whole number. {used} is computed instead: correct the number.",
            field,
            id,
            found,
            used
        );
        Self {
            field,
            ..Self::new("number-not-whole", &[id], message)
        }
    }

    pub(super) fn not_a_number(id: &Id, field: &'static str, found: &str, used: f64) -> Self {
        let message = words!(
            "{field} of {id} is {found}, but must be a number. {used} is computed instead: correct it.",
            field,
            id,
            found,
            used
        );
        Self {
            field,
            ..Self::new("not-a-number", &[id], message)
        }
    }

    pub(super) fn unknown_choice(id: &Id, field: &'static str, found: &str, words: &str) -> Self {
        let message = words!(
            "{field} of {id} is {found}, but must be one of {words}. The default is used: choose one of them.",
            field,
            id,
            found,
            words
        );
        Self {
            field,
            ..Self::new("unknown-choice", &[id], message)
        }
    }
}
