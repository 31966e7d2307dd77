//! The bar over the drawing while parts are taken away: what is gone, and what becomes of every journey.

use std::collections::BTreeMap;
use std::rc::Rc;

use model::evaluate::Survival;
use model::plan::Id;
use model::scenarios::{Aftermath, JourneyFate, Loss, Scenario, State, Why};
use yew::prelude::*;

use super::Shown;
use super::words::in_sentence;
use crate::state::{Message, TakeAway};
use crate::texts::{self, say};
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::select::Select;
use crate::widgets::severity::{Weight, tag};

/// Journeys whose fate is told one by one.
const MOST_JOURNEYS: usize = 4;

/// A button that shows the drawing without what a scenario takes away.
pub(super) fn take_away_button(
    label: &'static str,
    scenario: Scenario,
    send: &Callback<Message>,
) -> Html {
    Button {
        label: label.into(),
        icon: Some("scissors".into()),
        small: true,
        on_click: send.reform(move |()| Message::TakeAway(TakeAway::Show(scenario.clone()))),
        ..Button::default()
    }
    .draw()
}

/// What is taken away, and what follows.
#[derive(Properties)]
pub(crate) struct TakeAwayProps {
    /// What is shown.
    pub shown: Shown,
    /// What is gone.
    pub scenario: Rc<Scenario>,
    /// What becomes of the plan.
    pub aftermath: Rc<Aftermath>,
    /// Where messages go.
    pub send: Callback<Message>,
}

impl PartialEq for TakeAwayProps {
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.aftermath, &other.aftermath)
            && self.send == other.send
    }
}

/// Draws the bar.
#[component]
pub(crate) fn TakeAwayBar(props: &TakeAwayProps) -> Html {
    let TakeAwayProps {
        shown,
        scenario,
        aftermath,
        send,
    } = props;
    let lead = if scenario.is_empty() {
        t!("Click what you take away")
    } else {
        t!("Without")
    };
    html! {
        <section class="take-away" aria-label={t!("Taken away")}>
            <div class="take-away__row">
                <h2 class="take-away__lead">{ icon("scissors", Size::Normal) }{ lead }</h2>
                <ul class="take-away__losses">{ for chips(props) }</ul>
                { more(shown, aftermath, send) }
                { Button {
                    label: t!("Put everything back").into(),
                    look: Look::Primary,
                    small: true,
                    class: classes!("take-away__end"),
                    on_click: send.reform(|()| Message::TakeAway(TakeAway::End)),
                    ..Button::default()
                }.draw() }
            </div>
            <div class="take-away__row take-away__fates" role="status">
                { for (!scenario.is_empty()).then(|| fates(shown, aftermath)) }
                { for scenario.is_empty().then(|| html! {
                    <p class="take-away__hint" key="hint">
                        { t!("Any component, connection or place: the drawing shows what dies, what degrades and what survives. Your plan stays as it is.") }
                    </p>
                }) }
            </div>
        </section>
    }
}

/// One chip per component, connection or place that is gone.
fn chips(props: &TakeAwayProps) -> Vec<Html> {
    let TakeAwayProps {
        shown,
        scenario,
        aftermath,
        send,
    } = props;
    let mut instances: BTreeMap<&Id, usize> = BTreeMap::new();
    let mut chips = Vec::new();
    for loss in &scenario.losses {
        match loss {
            Loss::Instance(id, _) => *instances.entry(id).or_default() += 1,
            Loss::Connection(id) => {
                let name = t!("connection {name}", name = shown.part_name(id));
                chips.push(chip(&name, None, TakeAway::Turn(loss.clone()), send));
            }
            Loss::Place(id) => {
                let place = aftermath.places.iter().find(|place| place.id == *id);
                let name = place.map_or_else(
                    || id.to_string(),
                    |place| format!("{} {}", in_sentence(place.kind.name()), place.name),
                );
                chips.push(chip(&name, None, TakeAway::Turn(loss.clone()), send));
            }
        }
    }
    for (id, count) in instances {
        let of = aftermath.components.get(id).map_or(1, |fate| fate.of);
        let back = TakeAway::Count(id.clone(), 0);
        let steps = (of > 1).then(|| steps(id, count, of, send));
        chips.push(chip(&shown.name(id), steps, back, send));
    }
    chips
}

fn chip(name: &str, steps: Option<Html>, back: TakeAway, send: &Callback<Message>) -> Html {
    html! {
        <li class="take-away__loss" key={name}>
            <span class="take-away__name">{ name }</span>
            <span class="slot">{ for steps }</span>
            { IconButton {
                icon: "close".into(),
                label: t!("Put {name} back", name).into(),
                small: true,
                on_click: send.reform(move |()| Message::TakeAway(back.clone())),
                ..IconButton::default()
            }.draw() }
        </li>
    }
}

/// How many instances of a component are gone, one less and one more.
fn steps(id: &Id, count: usize, of: usize, send: &Callback<Message>) -> Html {
    let to = |count: usize| {
        let id = id.clone();
        send.reform(move |()| Message::TakeAway(TakeAway::Count(id.clone(), count)))
    };
    html! {
        <span class="take-away__steps">
            { IconButton {
                icon: "minus".into(),
                label: t!("One less is gone").into(),
                small: true,
                on_click: to(count.saturating_sub(1)),
                ..IconButton::default()
            }.draw() }
            <span class="take-away__count">{ t!("{count} of {of}", count, of) }</span>
            { IconButton {
                icon: "plus".into(),
                label: t!("One more is gone").into(),
                small: true,
                on_click: to((count + 1).min(of)),
                ..IconButton::default()
            }.draw() }
        </span>
    }
}

/// Everything that can be taken away, drawn or not, for hands that do not click at the drawing.
fn more(shown: &Shown, aftermath: &Aftermath, send: &Callback<Message>) -> Html {
    let mut options: Vec<(AttrValue, AttrValue)> =
        vec![(AttrValue::default(), t!("Take away…").into())];
    let places = aftermath.places.iter().filter(|place| place.holds > 0);
    options.extend(places.map(|place| {
        let words = format!("{} {}", say(place.kind.name()), place.name);
        (format!("place:{}", place.id).into(), words.into())
    }));
    let components = shown.plan.components.iter().filter(|component| {
        aftermath
            .components
            .get(&component.id)
            .is_some_and(|fate| fate.of > 0)
            && model::components::component_type(&component.kind)
                .is_some_and(|kind| !kind.behaviour.is_source)
    });
    options.extend(components.map(|component| {
        let event = format!("component:{}", component.id);
        (event.into(), super::name_of(component).into())
    }));
    let on_choose = send.reform(|event: AttrValue| match Loss::of_event(&event) {
        Some(Loss::Instance(id, _)) => Message::TakeAway(TakeAway::Card(id)),
        Some(loss) => Message::TakeAway(TakeAway::Turn(loss)),
        None => Message::Settle,
    });
    let key = format!("{:?}", aftermath.places.len());
    html! {
        <div class="take-away__more" {key}>
            { Select {
                id: "take-away-more".into(),
                label: t!("Take away").into(),
                hides_label: true,
                options,
                chosen: "".into(),
                on_choose,
                ..Select::default()
            }.draw() }
        </div>
    }
}

/// What becomes of the journeys, then of how many components.
fn fates(shown: &Shown, aftermath: &Aftermath) -> Html {
    let mut journeys: Vec<&JourneyFate> = aftermath.journeys.iter().collect();
    let more = journeys.len().saturating_sub(MOST_JOURNEYS);
    journeys.truncate(MOST_JOURNEYS);
    let count = |state: State| {
        let fates = aftermath.components.iter();
        fates.filter(|(_, fate)| fate.state == state).count()
    };
    let counts = [
        (State::Down, Weight::Error),
        (State::Degraded, Weight::Medium),
        (State::Idle, Weight::Info),
        (State::Survives, Weight::Good),
    ];
    html! {
        <div class="take-away__told" key="fates">
            <ul class="take-away__journeys">
                { for journeys.iter().map(|fate| {
                    let (weight, word, rest) = verdict(shown, aftermath, fate);
                    html! {
                        <li key={fate.id.as_str()}>
                            <strong>{ &fate.name }</strong>
                            { tag(weight, word) }
                            <span>{ rest }</span>
                        </li>
                    }
                }) }
                { for (more > 0).then(|| html! { <li key="more">{ tn!(more; "and {count} more", "and {count} more") }</li> }) }
            </ul>
            <p class="take-away__counts">
                { for counts.into_iter().map(|(state, weight)| (count(state), state, weight)).filter(|(count, ..)| *count > 0)
                    .map(|(count, state, weight)| {
                        html! { <span class="slot" key={state.name()}>{ tag(weight, &counted(state, count)) }</span> }
                    }) }
            </p>
        </div>
    }
}

/// So many components in a state.
fn counted(state: State, count: usize) -> String {
    match state {
        State::Survives => tn!(count; "{count} survives", "{count} survive"),
        State::Idle => tn!(count; "{count} idle", "{count} idle"),
        State::Degraded => tn!(count; "{count} degraded", "{count} degraded"),
        State::Unserved => tn!(count; "{count} unserved", "{count} unserved"),
        State::Down => tn!(count; "{count} down", "{count} down"),
    }
}

/// What becomes of a journey: how bad, in a word, and why or how fast.
pub(super) fn verdict(
    shown: &Shown,
    aftermath: &Aftermath,
    fate: &JourneyFate,
) -> (Weight, &'static str, String) {
    let why = fate.why.as_ref().map_or_else(String::new, |why| {
        let name = |id: &Id| match why {
            Why::LostWith { .. } => {
                let place = aftermath.places.iter().find(|place| place.id == *id);
                place.map_or_else(|| id.to_string(), |place| place.name.clone())
            }
            _ => shown.name(id),
        };
        texts::words(&why.words(name))
    });
    let full = || {
        let first = fate.bottleneck.as_ref();
        first.map_or_else(String::new, |first| {
            t!(
                "{name} gets more than it can do",
                name = shown.name(&first.component)
            )
        })
    };
    match fate.verdict {
        Survival::Down => (Weight::Error, t!("down"), why),
        _ if !fate.is_up => (Weight::Error, t!("down at the peak"), why),
        Survival::Overloaded => (Weight::High, t!("overloaded"), full()),
        Survival::Degraded => (Weight::Medium, t!("degraded"), speed(fate)),
        Survival::Ok => (Weight::Good, t!("carries on"), speed(fate)),
    }
}

/// How fast a journey is then, and was before.
fn speed(fate: &JourneyFate) -> String {
    let Some(mean) = fate.mean else {
        return String::new();
    };
    let now = format::duration(mean.0).to_string();
    match fate
        .mean_before
        .map(|mean| format::duration(mean.0).to_string())
    {
        Some(before) if before != now => {
            t!(
                "{now} on average, {before} with everything there",
                now,
                before
            )
        }
        _ => t!("{now} on average, as before", now),
    }
}
