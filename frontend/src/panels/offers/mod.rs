//! All offers of the catalogue: filter, sort, look closer, compare, choose.

mod compare;
mod details;
mod filter;

use std::rc::Rc;

use model::catalog::{Catalog, Offer, OfferKind};
use model::commands::{Command, SetHosting, Together};
use model::components;
use model::plan::{Component, Hosting, HostingKind};
use yew::prelude::*;

use self::filter::{Filter, Sort};
use super::hosting_edits::{host_on, hosted};
use super::offer_facts::{badges, kind_class, kind_segments, provider_name, size_words};
use super::words::{kind_words, price_words};
use super::{Shown, name_of};
use crate::browser::clock;
use crate::state::{Message, Selection};
use crate::texts::say;
use crate::widgets::button::{Button, Look};
use crate::widgets::dialog::Dialog;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};
use crate::widgets::number_field::NumberField;
use crate::widgets::segmented::{Segment, Segmented};
use crate::widgets::select::Select;

/// More rows are drawn when they are asked for.
const FIRST_ROWS: usize = 40;
/// No more offers than this fit side by side.
const MOST_COMPARED: usize = 3;

/// The offers in a dialog.
#[derive(Properties, PartialEq)]
pub(crate) struct OffersProps {
    /// What is shown.
    pub shown: Shown,
    /// Which components shall run on what is chosen.
    pub selection: Rc<Selection>,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the offers.
#[component]
pub(crate) fn Offers(props: &OffersProps) -> Html {
    let (shown, send) = (&props.shown, &props.send);
    let hosted = hosted(&shown.plan, &props.selection);
    let filter = use_state_eq(|| at_first(hosted.first().map(|component| &**component)));
    let picked = use_state_eq(Vec::<String>::new);
    let comparing = use_state_eq(|| false);
    let all = use_state_eq(|| false);
    let filtering = use_state_eq(|| false);
    let today = clock::today();
    let offers = filter.of(&shown.catalog);
    let choose = (!hosted.is_empty()).then(|| chooser(shown, &hosted, send));
    let compared: Vec<&Offer> = picked
        .iter()
        .filter_map(|id| shown.catalog.offer(id))
        .collect();
    let side_by_side = *comparing && compared.len() > 1;
    let lead = if hosted.is_empty() {
        t!("Select a component on the drawing to choose an offer for it.").to_owned()
    } else {
        let names: Vec<String> = hosted.iter().map(|component| name_of(component)).collect();
        t!(
            "For {names}. Prices without tax.",
            names = format::few(&names, 3)
        )
    };
    let foot = foot(&compared, side_by_side, &picked, &comparing);
    let set = |change: fn(&mut Filter, AttrValue)| {
        let filter = filter.clone();
        Callback::from(move |value: AttrValue| {
            let mut next = (*filter).clone();
            change(&mut next, value);
            filter.set(next);
        })
    };
    let set_number = |change: fn(&mut Filter, Option<f64>)| {
        let filter = filter.clone();
        Callback::from(move |value: Option<f64>| {
            let mut next = (*filter).clone();
            change(&mut next, value);
            filter.set(next);
        })
    };
    let drawn = if *all { offers.len() } else { FIRST_ROWS };
    let on_all = {
        let all = all.clone();
        move |_: MouseEvent| all.set(true)
    };
    let on_filter = {
        let filtering = filtering.clone();
        move |_: MouseEvent| filtering.set(!*filtering)
    };
    let on_past = {
        let filter = filter.clone();
        move |_: MouseEvent| {
            filter.set(Filter {
                with_past: !filter.with_past,
                ..(*filter).clone()
            });
        }
    };
    html! {
        <Dialog
            id="offers-title"
            title={if side_by_side { t!("Offers side by side") } else { t!("Offers") }}
            class="offer-browser"
            {foot}
            on_close={send.reform(|()| Message::Close)}
        >
            <p class="offer-browser__lead">{ lead }</p>
            <div class="slot">{ for side_by_side.then(|| compare::compare(shown, &compared, choose.as_ref())) }</div>
            <div class="offer-browser__columns" hidden={side_by_side}>
                <button type="button" class="toggle offer-browser__fold" aria-expanded={filtering.to_string()} aria-controls="offers-filter" onclick={on_filter}>
                    { icon("chevron-down", Size::Small) }
                    <span>{ t!("Filter and sort") }</span>
                </button>
                <form id="offers-filter" class={classes!("offer-browser__filter", filtering.then_some("is-open"))} role="search" aria-label={t!("Filter offers")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                    <Segmented
                        label={t!("Kind of hosting")}
                        segments={kinds()}
                        chosen={Some(AttrValue::from(filter.kind.map_or("", kind_id)))}
                        on_choose={set(|filter, id| filter.kind = HostingKind::from_id(&id).map(OfferKind::from))}
                    />
                    { Select {
                        id: "offers-type".into(),
                        label: t!("Runs").into(),
                        options: types(),
                        chosen: filter.component_type.clone().into(),
                        on_choose: set(|filter, id| filter.component_type = id.to_string()),
                        ..Select::default()
                    }.draw() }
                    { Select {
                        id: "offers-provider".into(),
                        label: t!("Provider").into(),
                        options: providers(shown),
                        chosen: filter.provider.clone().into(),
                        on_choose: set(|filter, id| filter.provider = id.to_string()),
                        ..Select::default()
                    }.draw() }
                    <NumberField id="offers-vcpu" label={t!("Cores at least")} value={filter.vcpu} min=0.0 max=1000.0
                        placeholder={t!("any")} on_change={set_number(|filter, value| filter.vcpu = value)} />
                    <NumberField id="offers-memory" label={t!("Memory at least")} unit="GiB" value={filter.memory_gib} min=0.0 max=10_000.0
                        placeholder={t!("any")} on_change={set_number(|filter, value| filter.memory_gib = value)} />
                    <NumberField id="offers-price" label={t!("A month at most")} unit={shown.currency().to_owned()} value={filter.month} min=0.0 max=1e6
                        placeholder={t!("any")} on_change={set_number(|filter, value| filter.month = value)} />
                    { Select {
                        id: "offers-sort".into(),
                        label: t!("First").into(),
                        options: Sort::ALL.iter().map(|(_, id, words)| ((*id).into(), say(words).into())).collect(),
                        chosen: filter.order.id().into(),
                        on_choose: set(|filter, id| filter.order = Sort::of(&id)),
                        ..Select::default()
                    }.draw() }
                    <button type="button" class="toggle" aria-pressed={filter.with_past.to_string()} onclick={on_past}>
                        { icon("clock", Size::Small) }
                        <span>{ t!("Show the past too") }</span>
                    </button>
                </form>
                <div class="offer-browser__found">
                    <p class="offer-browser__count" role="status">
                        { tn!(offers.len(); "{count} offer", "{count} offers") }
                    </p>
                    <ul class="offer-list">
                        { for offers.iter().take(drawn).map(|offer| html! {
                            <OfferRow
                                key={offer.id.clone()}
                                shown={shown.clone()}
                                id={offer.id.clone()}
                                badges={badges(offer, today)}
                                is_picked={picked.contains(&offer.id)}
                                can_pick={picked.len() < MOST_COMPARED}
                                is_chosen={!hosted.is_empty() && hosted.iter().all(|component| runs_on(component, &offer.id))}
                                on_pick={pick(&picked)}
                                choose={choose.clone()}
                            />
                        }) }
                    </ul>
                    <div class="slot">
                        { for (offers.len() > drawn).then(|| html! {
                            <button type="button" class="button offer-browser__more" onclick={on_all}>
                                { tn!(offers.len(); "Show all {count}", "Show all {count}") }
                            </button>
                        }) }
                    </div>
                    <div class="slot">
                        { for offers.is_empty().then(|| html! {
                            <p class="offer-browser__none">
                                { t!("No offer is like that. What has no known size or price is left out as soon as you ask for one: ask for less.") }
                            </p>
                        }) }
                    </div>
                </div>
            </div>
        </Dialog>
    }
}

fn foot(
    compared: &[&Offer],
    side_by_side: bool,
    picked: &UseStateHandle<Vec<String>>,
    comparing: &UseStateHandle<bool>,
) -> Option<Html> {
    if compared.is_empty() {
        return None;
    }
    let names: Vec<&str> = compared.iter().map(|offer| offer.name.as_str()).collect();
    let (clear, toggle) = (picked.clone(), comparing.clone());
    let back = comparing.clone();
    Some(html! {
        <>
            <p class="offer-browser__picked">{ names.join(", ") }</p>
            { Button {
                label: t!("Clear").into(),
                look: Look::Quiet,
                on_click: Callback::from(move |()| {
                    back.set(false);
                    clear.set(Vec::new());
                }),
                ..Button::default()
            }.draw() }
            { Button {
                label: if side_by_side { t!("Back to the list") } else { t!("Compare") }.into(),
                look: Look::Primary,
                disabled: compared.len() < 2,
                on_click: Callback::from(move |()| toggle.set(!side_by_side)),
                ..Button::default()
            }.draw() }
        </>
    })
}

#[derive(Properties, PartialEq)]
struct OfferRowProps {
    shown: Shown,
    id: String,
    badges: Vec<(&'static str, String)>,
    is_picked: bool,
    can_pick: bool,
    is_chosen: bool,
    on_pick: Callback<String>,
    choose: Option<Callback<String>>,
}

#[component]
fn OfferRow(props: &OfferRowProps) -> Html {
    let open = use_state_eq(|| false);
    let shown = &props.shown;
    let Some(offer) = shown.catalog.offer(&props.id) else {
        return html! { <li class="offer-row" hidden=true></li> };
    };
    let (price, unit) = price_words(offer, shown.currency());
    let kind = offer.kind.hosting().map(kind_class);
    let facts = [
        provider_name(shown, offer),
        kind_words(offer.kind).to_owned(),
        size_words(offer),
    ];
    let facts: Vec<String> = facts.into_iter().filter(|part| !part.is_empty()).collect();
    let on_open = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let on_pick = {
        let id = props.id.clone();
        props.on_pick.reform(move |_: MouseEvent| id.clone())
    };
    let details_id = format!("offer-details-{}", props.id);
    html! {
        <li
            class={classes!(
                "offer-row",
                props.is_chosen.then_some("is-chosen"),
                (*open || props.is_picked).then_some("is-open"),
            )}
            data-offer={props.id.clone()}
        >
            <span class={classes!("offer-row__kind", kind)} aria-hidden="true"><span class="swatch"></span></span>
            <div class="offer-row__main">
                <button
                    type="button"
                    class="offer-row__name"
                    aria-expanded={open.to_string()}
                    aria-controls={details_id.clone()}
                    onclick={on_open}
                >
                    <span>{ &offer.name }</span>
                    { icon("chevron-down", Size::Small) }
                </button>
                <p class="offer-row__facts">
                    <span>{ facts.join(" · ") }</span>
                    <span class="slot">{ for props.badges.iter().map(|(severity, words)| html! {
                        <span key={words.clone()} class={format!("tag severity--{severity}")}>{ words }</span>
                    }) }</span>
                    <span class="slot">{ for props.is_chosen.then(|| html! { <span class="tag severity--good">{ t!("Chosen now") }</span> }) }</span>
                </p>
            </div>
            <p class="offer-row__price">
                <span class="offer-row__amount"><strong>{ price }</strong><span>{ unit }</span></span>
                <span>{ format::date(&offer.date.to_string()) }</span>
            </p>
            <div class="offer-row__actions">
                <button
                    type="button"
                    class="toggle"
                    aria-pressed={props.is_picked.to_string()}
                    aria-label={t!("Compare {name}", name = offer.name)}
                    disabled={!props.is_picked && !props.can_pick}
                    onclick={on_pick}
                >
                    { t!("Compare") }
                </button>
                <span class="slot">{ for props.choose.iter().map(|choose| {
                    let id = props.id.clone();
                    html! {
                        <button
                            type="button"
                            class="button button--accent button--small"
                            aria-label={t!("Choose {name}", name = offer.name)}
                            disabled={props.is_chosen}
                            onclick={choose.reform(move |_: MouseEvent| id.clone())}
                        >
                            { t!("Choose") }
                        </button>
                    }
                }) }</span>
            </div>
            <div class="offer-row__more" id={details_id} hidden={!*open}>
                { for open.then(|| details::details(shown, offer)) }
            </div>
        </li>
    }
}

fn pick(picked: &UseStateHandle<Vec<String>>) -> Callback<String> {
    let picked = picked.clone();
    Callback::from(move |id: String| {
        let mut next = (*picked).clone();
        match next.iter().position(|one| *one == id) {
            Some(at) => {
                next.remove(at);
            }
            None => next.push(id),
        }
        picked.set(next);
    })
}

/// Puts all selected components on an offer, and closes.
fn chooser(shown: &Shown, hosted: &[Rc<Component>], send: &Callback<Message>) -> Callback<String> {
    let (hosted, send, catalog) = (hosted.to_vec(), send.clone(), Rc::clone(&shown.catalog));
    Callback::from(move |id: String| {
        let Some(offer) = catalog.offer(&id) else {
            return;
        };
        let commands: Vec<Command> = hosted
            .iter()
            .filter(|component| offer.fits(&component.kind))
            .map(|component| choice(&catalog, component, offer))
            .collect();
        let edit = match <[Command; 1]>::try_from(commands) {
            Ok([one]) => one,
            Err(several) => Together {
                title: tn!(several.len(); "Put {count} component on {name}", "Put {count} components on {name}", name = offer.name).into(),
                commands: several,
            }
            .into(),
        };
        send.emit(Message::Edit(edit));
        send.emit(Message::Close);
    })
}

/// The edit that puts a component on an offer; software goes onto the machine that it has.
fn choice(catalog: &Catalog, component: &Component, offer: &Offer) -> Command {
    if let Some(kind) = offer.kind.hosting() {
        return host_on(catalog, component, kind, Some(offer.id.clone()));
    }
    SetHosting {
        component: component.id.clone(),
        hosting: Some(Hosting {
            software: Some(offer.id.clone()),
            ..component.hosting.clone().unwrap_or_default()
        }),
    }
    .into()
}

fn runs_on(component: &Component, id: &str) -> bool {
    component.hosting.as_ref().is_some_and(|hosting| {
        hosting.offer.as_deref() == Some(id) || hosting.software.as_deref() == Some(id)
    })
}

fn at_first(component: Option<&Component>) -> Filter {
    Filter {
        component_type: component
            .map(|component| component.kind.clone())
            .unwrap_or_default(),
        kind: component
            .and_then(|component| component.hosting.as_ref()?.kind)
            .map(OfferKind::from),
        ..Filter::default()
    }
}

fn kinds() -> Vec<Segment> {
    let any = Segment {
        value: AttrValue::default(),
        label: t!("Any").into(),
        swatch: Some("kind--none"),
    };
    std::iter::once(any).chain(kind_segments()).collect()
}

fn kind_id(kind: OfferKind) -> &'static str {
    kind.hosting().map_or("", HostingKind::id)
}

fn types() -> Vec<(AttrValue, AttrValue)> {
    let any = (AttrValue::default(), t!("Anything").into());
    let types = components::ALL
        .iter()
        .filter(|kind| kind.behaviour.is_hosted())
        .map(|kind| (kind.id.into(), say(kind.name).into()));
    std::iter::once(any).chain(types).collect()
}

fn providers(shown: &Shown) -> Vec<(AttrValue, AttrValue)> {
    let any = (AttrValue::default(), t!("Any provider").into());
    let providers = shown
        .catalog
        .providers
        .iter()
        .filter(|provider| !provider.offers.is_empty())
        .map(|provider| (provider.id.clone().into(), provider.name.clone().into()));
    std::iter::once(any).chain(providers).collect()
}
