//! Numbers of a plan, brought into their legal range; what had to be changed becomes a problem.

use serde_json::Value;

use super::{Origin, Problem, Sourced};
use crate::components::{ComponentType, Values};
use crate::plan::{Component, Id};

/// Reads the numbers of one part of a plan.
pub(super) struct Numbers<'p> {
    /// The part that the numbers belong to.
    pub(super) subject: &'p Id,
    /// Where faults go.
    pub(super) problems: &'p mut Vec<Problem>,
}

impl Numbers<'_> {
    /// The number, or the nearest legal one.
    pub(super) fn clamped(&mut self, field: &'static str, value: f64, min: f64, max: f64) -> f64 {
        if (min..=max).contains(&value) {
            return value;
        }
        let used = if value.is_nan() {
            min
        } else {
            value.clamp(min, max)
        };
        self.problems.push(Problem::out_of_range(
            self.subject,
            field,
            value,
            used,
            min,
            max,
        ));
        used
    }

    /// The number, or the nearest legal one, or the default if the plan is silent.
    pub(super) fn or(
        &mut self,
        field: &'static str,
        value: Option<f64>,
        default: f64,
        min: f64,
        max: f64,
    ) -> f64 {
        value.map_or(default, |value| self.clamped(field, value, min, max))
    }

    /// The count, from 1 to a limit, or the default if the plan is silent.
    pub(super) fn count(
        &mut self,
        field: &'static str,
        value: Option<f64>,
        default: usize,
        max: usize,
    ) -> usize {
        value.map_or(default, |value| self.whole_from(field, value, 1.0, max))
    }

    /// The count, from 0 to a limit.
    pub(super) fn whole(&mut self, field: &'static str, value: f64, max: usize) -> usize {
        self.whole_from(field, value, 0.0, max)
    }

    fn whole_from(&mut self, field: &'static str, value: f64, min: f64, max: usize) -> usize {
        let inside = self.clamped(field, value, min, max as f64);
        let whole = inside.floor();
        if whole < inside {
            self.problems.push(Problem::not_whole(
                self.subject,
                field,
                value,
                whole as usize,
            ));
        }
        whole as usize
    }

    /// A setting of a component: what the plan says, or else the type's default; 0 if the type does not have it.
    /// Each fault is named once, however often the setting is read.
    pub(super) fn setting(
        &mut self,
        component: &Component,
        kind: &ComponentType,
        id: &str,
    ) -> Sourced<f64> {
        let Some(parameter) = kind.parameter(id) else {
            return Sourced {
                value: 0.0,
                origin: Origin::Default,
            };
        };
        let stated = component.settings.get(id);
        match (parameter.values, stated) {
            (Values::Number { default, .. }, None) => Sourced {
                value: default,
                origin: Origin::Default,
            },
            (
                Values::Number {
                    default, min, max, ..
                },
                Some(value),
            ) => {
                let known = self.problems.len();
                let read = if let Some(value) = value.as_f64() {
                    let value = self.clamped(parameter.id, value, min, max);
                    Sourced {
                        value,
                        origin: Origin::Stated,
                    }
                } else {
                    let found = value.to_string();
                    self.problems.push(Problem::not_a_number(
                        self.subject,
                        parameter.id,
                        &found,
                        default,
                    ));
                    Sourced {
                        value: default,
                        origin: Origin::Default,
                    }
                };
                self.drop_repeated(known);
                read
            }
            (Values::Choice(words), Some(value)) => {
                if !words.iter().any(|(word, _)| value.as_str() == Some(word)) {
                    let known = self.problems.len();
                    let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                    let (found, all) = (Value::to_string(value), all.join(", "));
                    self.problems.push(Problem::unknown_choice(
                        self.subject,
                        parameter.id,
                        &found,
                        &all,
                    ));
                    self.drop_repeated(known);
                }
                Sourced {
                    value: 0.0,
                    origin: Origin::Stated,
                }
            }
            (Values::Choice(_), None) => Sourced {
                value: 0.0,
                origin: Origin::Default,
            },
        }
    }

    fn drop_repeated(&mut self, known: usize) {
        if let Some(last) = self.problems.get(known)
            && self.problems[..known].contains(last)
        {
            self.problems.truncate(known);
        }
    }
}
