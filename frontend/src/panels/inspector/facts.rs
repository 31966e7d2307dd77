//! Facts that the planner derives, and that a plan may state itself.

use model::commands::SetOverrides;
use model::plan::{Component, Overrides};
use yew::prelude::*;

use super::super::Shown;
use super::edits;
use crate::state::Message;
use crate::widgets::disclosure::Disclosure;
use crate::widgets::number_field::NumberField;

/// Draws the facts that can be stated by hand.
pub(super) fn facts(shown: &Shown, component: &Component, send: &Callback<Message>) -> Html {
    let overrides = component.overrides.clone().unwrap_or_default();
    let evaluation = shown.evaluation.components.get(&component.id);
    let set = |change: fn(&mut Overrides, Option<f64>)| {
        let (id, overrides) = (component.id.clone(), overrides.clone());
        edits(send, move |value| {
            let mut next = overrides.clone();
            change(&mut next, value);
            SetOverrides {
                component: id.clone(),
                overrides: (next != Overrides::default()).then_some(next),
            }
            .into()
        })
    };
    let exit = |index: usize| overrides.exit_days.map(|days| days[index]);
    let derived = |stated: bool, value: Option<f64>| value.filter(|_| !stated);
    let unavailability = derived(
        overrides.unavailability.is_some(),
        evaluation.map(|evaluation| evaluation.unavailability.value.base),
    );
    let exit_base = derived(
        overrides.exit_days.is_some(),
        evaluation.and_then(|evaluation| Some(evaluation.exit.as_ref()?.days.base)),
    );
    let cost = derived(
        overrides.cost_month.is_some(),
        evaluation.and_then(|evaluation| Some(evaluation.cost_month?.0)),
    );
    let days = derived(
        overrides.work_days_month.is_some(),
        evaluation.map(|evaluation| evaluation.work_month.0),
    );
    let count = usize::from(overrides.unavailability.is_some())
        + usize::from(overrides.mtbf_hours.is_some())
        + usize::from(overrides.mttr_hours.is_some())
        + usize::from(overrides.cost_month.is_some())
        + usize::from(overrides.cost_upfront.is_some())
        + usize::from(overrides.work_days_month.is_some())
        + usize::from(overrides.exit_days.is_some());
    let aside = if count == 0 {
        "all derived".to_owned()
    } else {
        format!("{count} your own")
    };
    html! {
        <Disclosure title="State facts yourself" {aside}>
            <p class="inspector__text">{ "What you know beats what the planner derives. Empty means derived." }</p>
            <NumberField
                id="fact-unavailability"
                label="Share of time down"
                value={overrides.unavailability}
                placeholder={shown_number(unavailability)}
                min=0.0
                max=1.0
                explanation="Share of time that one instance is down, from 0 to 1."
                on_change={set(|facts, value| facts.unavailability = value)}
            />
            <NumberField
                id="fact-mtbf"
                label="Between failures"
                unit="h"
                value={overrides.mtbf_hours}
                min=0.0
                max=1e9
                explanation="Mean hours between two failures of one instance; counts together with the repair."
                on_change={set(|facts, value| facts.mtbf_hours = value)}
            />
            <NumberField
                id="fact-mttr"
                label="Repair"
                unit="h"
                value={overrides.mttr_hours}
                min=0.0
                max=1e9
                explanation="Mean hours from a failure of one instance to its repair."
                on_change={set(|facts, value| facts.mttr_hours = value)}
            />
            <NumberField
                id="fact-cost"
                label="Costs a month"
                unit={shown.currency().to_owned()}
                value={overrides.cost_month}
                placeholder={shown_number(cost)}
                min=0.0
                max=1e9
                explanation="Money per month for all instances together."
                on_change={set(|facts, value| facts.cost_month = value)}
            />
            <NumberField
                id="fact-upfront"
                label="Costs at first"
                unit={shown.currency().to_owned()}
                value={overrides.cost_upfront}
                min=0.0
                max=1e9
                explanation="Money on the first day for all instances together."
                on_change={set(|facts, value| facts.cost_upfront = value)}
            />
            <NumberField
                id="fact-work"
                label="Work a month"
                unit="days"
                value={overrides.work_days_month}
                placeholder={shown_number(days)}
                min=0.0
                max=1e4
                explanation="Days of care per month for all instances together."
                on_change={set(|facts, value| facts.work_days_month = value)}
            />
            <NumberField
                id="fact-exit-low"
                label="Leaving, at best"
                unit="days"
                value={exit(0)}
                min=0.0
                max=1e4
                explanation="Days of work to move it elsewhere if things go well."
                on_change={set(|facts, value| set_exit(facts, 0, value))}
            />
            <NumberField
                id="fact-exit"
                label="Leaving"
                unit="days"
                value={exit(1)}
                placeholder={shown_number(exit_base)}
                min=0.0
                max=1e4
                explanation="Days of work to move it elsewhere."
                on_change={set(|facts, value| set_exit(facts, 1, value))}
            />
            <NumberField
                id="fact-exit-high"
                label="Leaving, at worst"
                unit="days"
                value={exit(2)}
                min=0.0
                max=1e4
                explanation="Days of work to move it elsewhere if things go badly."
                on_change={set(|facts, value| set_exit(facts, 2, value))}
            />
        </Disclosure>
    }
}

fn shown_number(value: Option<f64>) -> String {
    value.map(crate::widgets::format::short).unwrap_or_default()
}

/// Sets one of low, base and high; the others follow, so that they stay in order. Without a base there is none.
fn set_exit(facts: &mut Overrides, index: usize, value: Option<f64>) {
    let Some(value) = value else {
        facts.exit_days = None;
        return;
    };
    let mut days = facts.exit_days.unwrap_or([value; 3]);
    days[index] = value;
    for lower in 0..index {
        days[lower] = days[lower].min(value);
    }
    for higher in index + 1..days.len() {
        days[higher] = days[higher].max(value);
    }
    facts.exit_days = Some(days);
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
}
