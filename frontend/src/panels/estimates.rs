//! Fields for the estimates that numbers rest on, to put one's own in their place.

use model::commands::{Command, SetAssumption};
use model::plan::{ASSUMPTIONS, Assumption, AssumptionValue};
use model::units::Range;
use yew::prelude::*;

use super::Shown;
use crate::state::Message;
use crate::texts::say;
use crate::widgets::disclosure::disclosure;
use crate::widgets::format;
use crate::widgets::number_field::NumberField;

/// Draws the estimates that a number rests on, put away until somebody wants them.
pub(super) fn estimates(
    shown: &Shown,
    send: &Callback<Message>,
    belongs: impl Fn(&Assumption) -> bool,
) -> Html {
    let fields = || ASSUMPTIONS.iter().filter(|one| belongs(one));
    let own = fields()
        .filter(|one| shown.plan.assumptions.stated(one.id).is_some())
        .count();
    let aside = if own == 0 {
        t!("all defaults").to_owned()
    } else {
        tn!(own; "{count} your own", "{count} your own")
    };
    html! {
        <div class="estimates">
            { disclosure(t!("The estimates behind it"), &aside, false, html! {
                <div class="estimates__fields">
                    { for fields().map(|one| estimate(shown, send, one, "drawer", true)) }
                </div>
            }) }
        </div>
    }
}

/// Draws the field of one estimate, with what it means and where its default comes from; `area` keeps its id apart
/// from that of the same field elsewhere.
pub(super) fn estimate(
    shown: &Shown,
    send: &Callback<Message>,
    assumption: &'static Assumption,
    area: &str,
    explained: bool,
) -> Html {
    // What is counted per something is money.
    let unit = if assumption.unit.starts_with("per ") {
        format!("{} {}", shown.currency(), say(assumption.unit))
    } else {
        say(assumption.unit).to_owned()
    };
    let stated = shown.plan.assumptions.stated(assumption.id);
    let on_change = send.reform(move |base: Option<f64>| {
        Message::Edit(Command::from(SetAssumption {
            assumption: assumption.id.to_owned(),
            value: base.map(|base| around(assumption.default, base)),
        }))
    });
    let Range { low, base, high } = assumption.default;
    let origin = t!(
        "estimated from {low} to {high}",
        low = format::exact(low.min(high)),
        high = format::exact(low.max(high))
    );
    html! {
        <NumberField
            key={assumption.id}
            id={format!("{area}-assumption-{}", assumption.id)}
            label={say(assumption.name)}
            {unit}
            value={stated.map(|range| range.base)}
            default={Some(base)}
            min=0.0
            max=1e9
            explanation={say(assumption.explanation())}
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
