//! The estimates that everything else rests on, and one's own in their place.

use model::commands::{Command, SetAssumption};
use model::plan::{ASSUMPTIONS, Assumption, AssumptionValue, Subject};
use model::units::Range;
use yew::prelude::*;

use super::super::Shown;
use super::edits;
use crate::state::Message;
use crate::widgets::disclosure::disclosure;
use crate::widgets::format;
use crate::widgets::number_field::NumberField;

/// The estimates.
#[derive(Properties, PartialEq)]
pub(super) struct AssumptionsProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the estimates.
#[component]
pub(super) fn Assumptions(props: &AssumptionsProps) -> Html {
    let explained = use_state_eq(|| false);
    let on_explain = {
        let explained = explained.clone();
        move |_: MouseEvent| explained.set(!*explained)
    };
    let fields = |subject: Subject| {
        let about = ASSUMPTIONS.iter().filter(move |one| one.subject == subject);
        html! {
            <div class="inspector__fields">
                { for about.map(|assumption| assumption_field(props, assumption, *explained)) }
            </div>
        }
    };
    disclosure(
        "Assumptions",
        &assumptions_aside(&props.shown),
        false,
        html! {
            <>
            <p class="inspector__text">{ "Estimates that nobody can look up. Put in your own." }</p>
            { fields(Subject::Plan) }
            <p class="inspector__text">{ "Disks and processors, where neither the plan nor the offer says more:" }</p>
            { fields(Subject::Machine) }
            <p class="inspector__text">{ "How long it takes to get back what was lost:" }</p>
            { fields(Subject::Recovery) }
            <button
                type="button"
                class="button button--quiet button--small"
                aria-pressed={explained.to_string()}
                onclick={on_explain}
            >
                { "Explain the assumptions" }
            </button>
        </>
        },
    )
}

fn assumptions_aside(shown: &Shown) -> String {
    let own = ASSUMPTIONS
        .iter()
        .filter(|assumption| shown.plan.assumptions.stated(assumption.id).is_some())
        .count();
    if own == 0 {
        "all defaults".to_owned()
    } else {
        format!("{own} your own")
    }
}

fn assumption_field(
    props: &AssumptionsProps,
    assumption: &'static Assumption,
    explained: bool,
) -> Html {
    let AssumptionsProps { shown, send } = props;
    // What is counted per something is money.
    let unit = if assumption.unit.starts_with("per ") {
        format!("{} {}", shown.currency(), assumption.unit)
    } else {
        assumption.unit.to_owned()
    };
    let stated = shown.plan.assumptions.stated(assumption.id);
    let on_change = edits(send, move |base: Option<f64>| {
        Command::from(SetAssumption {
            assumption: assumption.id.to_owned(),
            value: base.map(|base| around(assumption.default, base)),
        })
    });
    let Range { low, base, high } = assumption.default;
    let origin = format!(
        "estimated from {} to {}",
        format::exact(low.min(high)),
        format::exact(low.max(high))
    );
    html! {
        <NumberField
            key={assumption.id}
            id={format!("assumption-{}", assumption.id)}
            label={assumption.name}
            {unit}
            value={stated.map(|range| range.base)}
            default={Some(base)}
            min=0.0
            max=1e9
            explanation={assumption.explanation}
            {origin}
            {explained}
            {on_change}
        />
    }
}

/// One's own base with the doubt of the default around it; without doubt where the default has none or is 0.
fn around(default: Range, base: f64) -> AssumptionValue {
    if default.base == 0.0 || default.low.max(default.high) <= default.base {
        return AssumptionValue::Exactly(base);
    }
    let factor = base / default.base;
    AssumptionValue::Range([default.low * factor, base, default.high * factor])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_estimate_keeps_the_doubt_of_the_default() {
        let doubt = Range::new(200.0, 400.0, 800.0);
        assert_eq!(
            around(doubt, 800.0),
            AssumptionValue::Range([400.0, 800.0, 1600.0])
        );
        assert_eq!(
            around(Range::exactly(3.0), 5.0),
            AssumptionValue::Exactly(5.0)
        );
        assert_eq!(around(doubt, 0.0), AssumptionValue::Range([0.0, 0.0, 0.0]));
    }
}
