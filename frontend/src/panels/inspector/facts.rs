//! Facts that the planner derives, and that a plan may state itself.

use model::commands::SetOverrides;
use model::evaluate::ComponentEvaluation;
use model::plan::{Component, Overrides};
use yew::prelude::*;

use super::super::Shown;
use super::edits;
use crate::state::Message;
use crate::texts::say;
use crate::widgets::disclosure::disclosure;
use crate::widgets::format;
use crate::widgets::number_field::NumberField;

/// One fact.
struct Fact {
    id: &'static str,
    label: &'static str,
    unit: Unit,
    explanation: &'static str,
    max: f64,
    read: fn(&Overrides) -> Option<f64>,
    write: fn(&mut Overrides, Option<f64>),
    derived: fn(&ComponentEvaluation) -> Option<f64>,
}

/// What a fact is counted in.
enum Unit {
    Plain,
    Hours,
    Days,
    Money,
}

const FACTS: &[Fact] = &[
    Fact {
        id: "unavailability",
        label: text!("Share of time down"),
        unit: Unit::Plain,
        explanation: text!("Share of time that one instance is down, from 0 to 1."),
        max: 1.0,
        read: |facts| facts.unavailability,
        write: |facts, value| facts.unavailability = value,
        derived: |evaluation| Some(evaluation.unavailability.value.base),
    },
    Fact {
        id: "mtbf",
        label: text!("Between failures"),
        unit: Unit::Hours,
        explanation: text!(
            "Mean hours between two failures of one instance; counts together with the repair."
        ),
        max: 1e9,
        read: |facts| facts.mtbf_hours,
        write: |facts, value| facts.mtbf_hours = value,
        derived: |_| None,
    },
    Fact {
        id: "mttr",
        label: text!("Repair"),
        unit: Unit::Hours,
        explanation: text!("Mean hours from a failure of one instance to its repair."),
        max: 1e9,
        read: |facts| facts.mttr_hours,
        write: |facts, value| facts.mttr_hours = value,
        derived: |_| None,
    },
    Fact {
        id: "repair-crews",
        label: text!("Repairs at a time"),
        unit: Unit::Plain,
        explanation: text!(
            "How many instances are repaired at the same time; with 1 the second that is down waits for the first."
        ),
        max: 1000.0,
        read: |facts| facts.repair_crews,
        write: |facts, value| facts.repair_crews = value,
        derived: |_| None,
    },
    Fact {
        id: "cost-month",
        label: text!("Costs a month"),
        unit: Unit::Money,
        explanation: text!("Money per month for all instances together."),
        max: 1e9,
        read: |facts| facts.cost_month,
        write: |facts, value| facts.cost_month = value,
        derived: |evaluation| evaluation.cost_month.map(|month| month.0),
    },
    Fact {
        id: "cost-upfront",
        label: text!("Costs at first"),
        unit: Unit::Money,
        explanation: text!("Money on the first day for all instances together."),
        max: 1e9,
        read: |facts| facts.cost_upfront,
        write: |facts, value| facts.cost_upfront = value,
        derived: |evaluation| Some(evaluation.cost_upfront.0),
    },
    Fact {
        id: "work",
        label: text!("Work a month"),
        unit: Unit::Days,
        explanation: text!("Days of care per month for all instances together."),
        max: 1e4,
        read: |facts| facts.work_days_month,
        write: |facts, value| facts.work_days_month = value,
        derived: |evaluation| Some(evaluation.work_month.0),
    },
    Fact {
        id: "exit-low",
        label: text!("Leaving, at best"),
        unit: Unit::Days,
        explanation: text!("Days of work to move it elsewhere if things go well."),
        max: 1e4,
        read: |facts| facts.exit_days.map(|days| days[0]),
        write: |facts, value| set_exit(facts, 0, value),
        derived: |evaluation| evaluation.exit.as_ref().map(|exit| exit.days.low),
    },
    Fact {
        id: "exit-base",
        label: text!("Leaving"),
        unit: Unit::Days,
        explanation: text!("Days of work to move it elsewhere."),
        max: 1e4,
        read: |facts| facts.exit_days.map(|days| days[1]),
        write: |facts, value| set_exit(facts, 1, value),
        derived: |evaluation| evaluation.exit.as_ref().map(|exit| exit.days.base),
    },
    Fact {
        id: "exit-high",
        label: text!("Leaving, at worst"),
        unit: Unit::Days,
        explanation: text!("Days of work to move it elsewhere if things go badly."),
        max: 1e4,
        read: |facts| facts.exit_days.map(|days| days[2]),
        write: |facts, value| set_exit(facts, 2, value),
        derived: |evaluation| evaluation.exit.as_ref().map(|exit| exit.days.high),
    },
];

/// Draws the facts that can be stated by hand.
pub(super) fn facts(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let overrides = component.overrides.clone().unwrap_or_default();
    let stated = FACTS
        .iter()
        .filter(|fact| (fact.read)(&overrides).is_some())
        .count();
    let aside = match stated {
        0 => t!("all derived").to_owned(),
        stated => tn!(stated; "{count} your own", "{count} your own"),
    };
    disclosure(
        t!("State facts yourself"),
        &aside,
        false,
        html! {
            <>
            <p class="inspector__text">{ t!("What you know beats what the planner derives. Empty means derived.") }</p>
            <div class="inspector__fields">
                { for FACTS.iter().map(|fact| field(shown, component, &overrides, fact, send)) }
            </div>
        </>
        },
    )
}

fn field(
    shown: &Shown,
    component: &Component,
    overrides: &Overrides,
    fact: &'static Fact,
    send: &Callback<Message>,
) -> Html {
    let value = (fact.read)(overrides);
    let derived = shown
        .evaluation
        .components
        .get(&component.id)
        .and_then(|evaluation| (fact.derived)(evaluation))
        .filter(|_| value.is_none());
    let unit = match fact.unit {
        Unit::Plain => "",
        Unit::Hours => "h",
        Unit::Days => t!("days"),
        Unit::Money => shown.currency(),
    };
    let on_change = {
        let (id, overrides) = (component.id.clone(), overrides.clone());
        edits(send, move |value| {
            let mut next = overrides.clone();
            (fact.write)(&mut next, value);
            SetOverrides {
                component: id.clone(),
                overrides: (next != Overrides::default()).then_some(next),
            }
            .into()
        })
    };
    html! {
        <NumberField
            key={fact.id}
            id={format!("fact-{}", fact.id)}
            label={say(fact.label)}
            unit={unit.to_owned()}
            {value}
            placeholder={derived.map(format::short).unwrap_or_default()}
            min=0.0
            max={fact.max}
            explanation={say(fact.explanation)}
            {on_change}
        />
    }
}

/// Sets one of low, base and high; the others follow, so that they stay in order. Without one there is none.
fn set_exit(facts: &mut Overrides, index: usize, value: Option<f64>) {
    facts.exit_days = value.map(|value| {
        let mut days = facts.exit_days.unwrap_or([value; 3]);
        for (other, day) in days.iter_mut().enumerate() {
            *day = match other.cmp(&index) {
                std::cmp::Ordering::Less => day.min(value),
                std::cmp::Ordering::Equal => value,
                std::cmp::Ordering::Greater => day.max(value),
            };
        }
        days
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_estimates_stay_in_order() {
        let mut facts = Overrides::default();
        set_exit(&mut facts, 1, Some(5.0));
        assert_eq!(facts.exit_days, Some([5.0, 5.0, 5.0]));
        set_exit(&mut facts, 0, Some(2.0));
        set_exit(&mut facts, 2, Some(15.0));
        assert_eq!(facts.exit_days, Some([2.0, 5.0, 15.0]));
        set_exit(&mut facts, 0, Some(20.0));
        assert_eq!(facts.exit_days, Some([20.0, 20.0, 20.0]));
        set_exit(&mut facts, 1, None);
        assert_eq!(facts.exit_days, None);
    }

    #[test]
    fn every_fact_is_read_as_it_was_written() {
        for fact in FACTS {
            let mut facts = Overrides::default();
            (fact.write)(&mut facts, Some(0.5));
            assert_eq!((fact.read)(&facts), Some(0.5), "{}", fact.id);
        }
    }
}
