//! What can be set about a component, drawn from its type's list of parameters.

use model::commands::{Command, SetSetting};
use model::components::{Parameter, Values, component_type};
use model::plan::{Component, Id};
use model::topology::Origin;
use serde_json::Value;
use yew::prelude::*;

use super::super::Shown;
use super::edits;
use crate::state::Message;
use crate::texts::say;
use crate::widgets::disclosure::disclosure;
use crate::widgets::number_field::NumberField;
use crate::widgets::select::Select;

/// The settings of a component.
#[derive(Properties, PartialEq)]
pub(super) struct SettingsProps {
    /// What is shown.
    pub shown: Shown,
    /// Which component.
    pub id: Id,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the settings of a component.
#[component]
pub(super) fn Settings(props: &SettingsProps) -> Html {
    let explained = use_state_eq(|| false);
    let component = props
        .shown
        .plan
        .component(&props.id)
        .cloned()
        .unwrap_or_default();
    let Some(kind) = component_type(&component.kind) else {
        return html! { <div class="slot" /> };
    };
    let (details, usual): (Vec<&'static Parameter>, Vec<_>) = kind
        .parameters
        .iter()
        .partition(|parameter| parameter.is_detail());
    let aside = |parameters: &[&Parameter]| {
        let is_own = |parameter: &&&Parameter| component.settings.contains_key(parameter.id);
        match parameters.iter().filter(is_own).count() {
            0 => t!("all defaults").to_owned(),
            own => tn!(own; "{count} your own", "{count} your own"),
        }
    };
    let fields = |parameters: &[&'static Parameter]| {
        html! {
            <div class="inspector__fields">
                { for parameters.iter().map(|parameter| field(props, &component, parameter, *explained)) }
            </div>
        }
    };
    let on_explain = {
        let explained = explained.clone();
        move |_: MouseEvent| explained.set(!*explained)
    };
    let settings = disclosure(
        t!("Settings"),
        &aside(&usual),
        true,
        html! {
            <>
            { fields(&usual) }
            <button
                type="button"
                class="button button--quiet button--small"
                aria-pressed={explained.to_string()}
                onclick={on_explain}
            >
                { t!("Explain the settings") }
            </button>
        </>
        },
    );
    html! {
        <div class="slot">
            { settings }
            <div class="slot">
                { for (!details.is_empty()).then(|| {
                    disclosure(t!("Limits and losses"), &aside(&details), false, fields(&details))
                }) }
            </div>
        </div>
    }
}

fn field(
    props: &SettingsProps,
    component: &Component,
    parameter: &'static Parameter,
    explained: bool,
) -> Html {
    let id = AttrValue::from(format!("setting-{}", parameter.id));
    let stated = component.settings.get(parameter.id);
    let set = {
        let component = component.id.clone();
        move |value: Option<Value>| -> Command {
            SetSetting {
                component: component.clone(),
                setting: parameter.id.to_owned(),
                value,
            }
            .into()
        }
    };
    match parameter.values {
        Values::Number {
            unit,
            default,
            min,
            max,
        } => {
            let (default, origin) = default_of(&props.shown, component, parameter.id, default);
            let on_change = edits(&props.send, move |value: Option<f64>| {
                set(value.map(Value::from))
            });
            html! {
                <NumberField
                    key={parameter.id}
                    {id}
                    label={say(parameter.label)}
                    unit={say(unit)}
                    value={stated.and_then(Value::as_f64)}
                    default={Some(default)}
                    {min}
                    {max}
                    explanation={say(parameter.explanation())}
                    {origin}
                    {explained}
                    {on_change}
                />
            }
        }
        Values::Choice(words) => {
            let first = words.first().map(|(word, _)| *word).unwrap_or_default();
            let chosen = stated.and_then(Value::as_str).unwrap_or(first).to_owned();
            let on_choose = edits(&props.send, move |word: AttrValue| {
                let is_default = &*word == first;
                set((!is_default).then(|| Value::from(word.to_string())))
            });
            let options = words
                .iter()
                .map(|(word, label)| (AttrValue::from(*word), AttrValue::from(say(label))))
                .collect::<Vec<_>>();
            html! {
                <div class="slot" key={parameter.id}>{ Select {
                    id: id.into(),
                    label: say(parameter.label).into(),
                    options,
                    chosen: chosen.into(),
                    is_own: stated.is_some(),
                    hint: explained.then(|| AttrValue::from(say(parameter.explanation()))),
                    explanation: Some(AttrValue::from(say(parameter.explanation()))),
                    on_choose,
                    ..Select::default()
                }.draw() }</div>
            }
        }
    }
}

/// What holds when a number is not set, and who says so: the offer where it knows, or else the type.
fn default_of(
    shown: &Shown,
    component: &Component,
    parameter: &str,
    default: f64,
) -> (f64, String) {
    let hosting = component.hosting.as_ref();
    let offer = hosting
        .and_then(|hosting| hosting.offer.as_deref())
        .and_then(|id| shown.catalog.offer(id));
    let offered = offer.and_then(|offer| match parameter {
        "servers" => offer.vcpu,
        "iops" => offer.iops,
        _ => None,
    });
    let bought = hosting
        .and_then(|hosting| hosting.iops)
        .filter(|_| parameter == "iops");
    let assumed = shown
        .evaluation
        .components
        .get(&component.id)
        .and_then(|evaluation| evaluation.disk)
        .filter(|disk| parameter == "iops" && disk.operations_per_second.origin == Origin::Assumed);
    if let Some(disk) = assumed {
        let left = disk.neighbour.map_or(1.0, |(_, left)| left);
        let idle = disk.operations_per_second.value / left;
        return (idle, t!("assumed of such a disk").to_owned());
    }
    match (bought, offered, offer) {
        (Some(bought), _, _) => (bought, t!("bought with the disk").to_owned()),
        (None, Some(offered), Some(offer)) => (offered, t!("from {name}", name = offer.name)),
        _ => (default, String::new()),
    }
}
