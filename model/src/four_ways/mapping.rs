//! What a move does to a component, as edits and in words.

use super::offers::software;
use super::pick::{Choice, Picked};
use crate::catalog::{Catalog, Offer, OfferKind};
use crate::commands::{Command, SetHosting, SetInstances, SetOverrides, SetPlacement};
use crate::components::component_type;
use crate::evaluate::{ComponentEvaluation, Evaluation, Resource};
use crate::plan::{Component, Hosting, HostingKind, Id, Overrides, PlaceKind, Plan};
use crate::words::{Words, small, text};

/// What became of one component.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// The component.
    pub component: Id,
    /// How it went.
    pub outcome: Outcome,
    /// The kind of hosting that it has then, if any.
    pub kind: Option<HostingKind>,
    /// The offer that it runs on then, if any.
    pub offer: Option<String>,
    /// How many there are then.
    pub instances: usize,
    /// What of it is busiest at the peak then, and how busy: 1 is saturated.
    pub busiest: Option<(Resource, f64)>,
    /// Why this offer, in a sentence or two.
    pub why: Words,
}

/// How the move of a component went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An offer of the kind is big enough.
    Fits,
    /// No offer of the kind is big enough, so there are more of it than now.
    More,
    /// No offer of the kind carries it: it stays as it is.
    Stays,
    /// There is no managed service of this sort: you go on running it yourself.
    OwnWork,
    /// It is hosted nowhere, and there is no offer of the kind.
    NotHosted,
}

impl Outcome {
    /// Whether it is not hosted the way that was asked for.
    pub fn is_exception(self) -> bool {
        matches!(self, Self::Stays | Self::OwnWork | Self::NotHosted)
    }
}

/// The edits that move every component, in the order of the plan.
pub(super) fn commands(plan: &Plan, catalog: &Catalog, choices: &[(Id, Choice)]) -> Vec<Command> {
    let mut commands = Vec::new();
    for (id, choice) in choices {
        let (Some(component), Some(offer)) = (plan.component(id), choice.offer(catalog)) else {
            continue;
        };
        let after = moved(component, plan, catalog, offer, choice.instances);
        let component_id = || id.clone();
        if after.hosting != component.hosting {
            commands.push(Command::from(SetHosting {
                component: component_id(),
                hosting: after.hosting,
            }));
        }
        if after.instances != component.instances {
            commands.push(Command::from(SetInstances {
                component: component_id(),
                instances: u32::try_from(choice.instances).unwrap_or(SetInstances::MOST),
            }));
        }
        if after.placement != component.placement {
            commands.push(Command::from(SetPlacement {
                component: component_id(),
                placement: after.placement,
            }));
        }
        if after.overrides != component.overrides {
            commands.push(Command::from(SetOverrides {
                component: component_id(),
                overrides: after.overrides,
            }));
        }
    }
    commands
}

/// A component on an offer, with what belonged to its old hosting left behind.
pub(super) fn moved(
    component: &Component,
    plan: &Plan,
    catalog: &Catalog,
    offer: &Offer,
    instances: usize,
) -> Component {
    let mut next = component.clone();
    if component.instances.unwrap_or(1.0) != instances as f64 {
        next.instances = Some(instances as f64);
    }
    let old = component.hosting.clone().unwrap_or_default();
    let is_same_offer = old.offer.as_deref() == Some(offer.id.as_str());
    let kind = offer.kind.hosting();
    if is_same_offer && old.extra.is_none() {
        return next;
    }
    let is_machine = offer.kind.is_machine();
    let kind_now = old.kind;
    let provider_now = old.offer.as_deref().and_then(|id| catalog.offer(id));
    let provider_now = provider_now.map(|offer| &offer.provider);
    next.hosting = Some(if is_same_offer {
        Hosting { extra: None, ..old }
    } else {
        Hosting {
            kind,
            offer: Some(offer.id.clone()),
            software: if is_machine {
                let kept = old.software.clone();
                kept.or_else(|| Some(software(catalog, component)?.id.clone()))
            } else {
                None
            },
            spares: old.spares.filter(|_| kind == Some(HostingKind::BareMetal)),
            backup_interval_hours: old.backup_interval_hours,
            automated: old.automated,
            portable: old.portable,
            unknown: old.unknown.clone(),
            ..Hosting::default()
        }
    });
    if is_same_offer {
        return next;
    }
    let stays = provider_now == Some(&offer.provider) && kind_now == kind;
    if !stays
        && component
            .placement
            .iter()
            .any(|place| !is_there(plan, place, catalog, offer))
    {
        next.placement.retain(|place| {
            plan.place(place)
                .is_some_and(|place| place.kind == PlaceKind::Account)
        });
    }
    next.overrides = component.overrides.clone().map(|overrides| Overrides {
        cost_month: None,
        cost_upfront: None,
        work_days_month: None,
        exit_days: None,
        ..overrides
    });
    if next.overrides == Some(Overrides::default()) {
        next.overrides = None;
    }
    next
}

/// Whether what is had from an offer can stand in a place: not at another provider, and not where only a machine
/// of your own can stand.
fn is_there(plan: &Plan, place: &Id, catalog: &Catalog, offer: &Offer) -> bool {
    let is_own = catalog
        .provider_of(offer)
        .is_some_and(|provider| provider.is_own);
    let is_seen = offer
        .kind
        .hosting()
        .is_some_and(|kind| kind <= HostingKind::Vps);
    let mut next = plan.place(place);
    for _ in 0..=plan.places.len() {
        let Some(place) = next else {
            return true;
        };
        let holds = match place.kind {
            PlaceKind::Provider => place.id == offer.provider.as_str(),
            PlaceKind::Site => is_own,
            PlaceKind::Rack | PlaceKind::Host | PlaceKind::Power => is_seen,
            PlaceKind::Region | PlaceKind::Zone | PlaceKind::Account => true,
        };
        if !holds {
            return false;
        }
        next = place.within.as_ref().and_then(|outer| plan.place(outer));
    }
    true
}

/// What became of each component, in the order of the plan.
pub(super) fn mappings(
    plan: &Plan,
    catalog: &Catalog,
    kind: HostingKind,
    picked: &Picked,
    evaluation: &Evaluation,
) -> Vec<Mapping> {
    picked
        .choices
        .iter()
        .filter_map(|(id, choice)| {
            let component = plan.component(id)?;
            let now = component.hosting.as_ref();
            let offer_now = now.and_then(|hosting| hosting.offer.clone());
            let kind_now = now.and_then(|hosting| hosting.kind);
            let kind_now =
                kind_now.or_else(|| catalog.offer(offer_now.as_deref()?)?.kind.hosting());
            let outcome = match choice.offer(catalog) {
                Some(_) if choice.instances > choice.enough => Outcome::More,
                Some(_) => Outcome::Fits,
                None if kind_now.is_none() => Outcome::NotHosted,
                None if kind == HostingKind::Paas && kind_now != Some(kind) => Outcome::OwnWork,
                None => Outcome::Stays,
            };
            let evaluated = evaluation.components.get(id);
            let why = match choice.offer(catalog) {
                Some(offer) => why_this(plan, catalog, component, choice, offer, outcome, picked),
                None => why_none(kind, component, choice, outcome),
            };
            Some(Mapping {
                component: id.clone(),
                outcome,
                kind: choice.offer(catalog).map_or(kind_now, |_| Some(kind)),
                offer: choice
                    .offer(catalog)
                    .map_or(offer_now, |offer| Some(offer.id.clone())),
                instances: choice.instances,
                busiest: evaluated.and_then(ComponentEvaluation::busiest),
                why,
            })
        })
        .collect()
}

/// A kind of hosting before the word offer.
fn adjective(kind: HostingKind) -> &'static str {
    match kind {
        HostingKind::BareMetal => "bare-metal",
        other => other.name(),
    }
}

fn why_none(kind: HostingKind, component: &Component, choice: &Choice, outcome: Outcome) -> Words {
    let way = text(adjective(kind));
    let type_name = component_type(&component.kind).map_or(text!("component"), |kind| kind.name);
    let reason = if choice.considered == 0 {
        // An abbreviation stays as it is.
        let is_word = type_name.bytes().any(|letter| letter.is_ascii_lowercase());
        let kind = if is_word {
            small(type_name)
        } else {
            text(type_name).into()
        };
        words!("There is no {way} offer for {kind}", way, kind)
    } else {
        words!(
            "None of {count} {way} offers carries it",
            count = choice.considered,
            way
        )
    };
    match outcome {
        Outcome::OwnWork => words!(
            "{reason}, so you go on running it yourself, as now.",
            reason
        ),
        Outcome::NotHosted => words!("{reason}, and it is hosted nowhere yet.", reason),
        _ => words!("{reason}, so it stays as it is.", reason),
    }
}

fn why_this(
    plan: &Plan,
    catalog: &Catalog,
    component: &Component,
    choice: &Choice,
    offer: &Offer,
    outcome: Outcome,
    picked: &Picked,
) -> Words {
    let ceiling = plan.assumptions.get("planning_ceiling").base;
    let percent = (ceiling.clamp(0.01, 1.0) * 100.0).round();
    let provider = catalog.provider_of(offer).map(|provider| &provider.name);
    let (enough, instances) = (choice.enough, choice.instances);
    let mut why = match (outcome, provider) {
        (Outcome::More, Some(provider)) => words!(
            "Nothing at {provider} carries the peak with {enough} of it: {instances} of these do.",
            provider,
            enough,
            instances
        ),
        (Outcome::More, None) => words!(
            "Nothing carries the peak with {enough} of it: {instances} of these do.",
            enough,
            instances
        ),
        (_, Some(provider)) => words!(
            "The cheapest at {provider} that has room and is at most {percent} % busy at the peak.",
            provider,
            percent
        ),
        (_, None) => words!(
            "The cheapest that has room and is at most {percent} % busy at the peak.",
            percent
        ),
    };
    let is_elsewhere = picked.provider.as_deref() != Some(offer.provider.as_str());
    if let Some(home) = picked
        .provider
        .as_deref()
        .and_then(|id| catalog.provider(id))
        && is_elsewhere
    {
        why = why.then(words!("{provider} has none for it.", provider = &home.name));
    }
    let now = component.hosting.as_ref();
    let offer_now = now.and_then(|hosting| catalog.offer(hosting.offer.as_deref()?));
    let was_service = now.and_then(|hosting| hosting.kind) == Some(HostingKind::Paas)
        || offer_now.is_some_and(|offer| offer.kind == OfferKind::Paas);
    if was_service && offer.kind.is_machine() {
        why = why.then(match software(catalog, component) {
            Some(software) => words!(
                "No managed service: you run {software} yourself.",
                software = &software.name
            ),
            None => words!("No managed service: you run it yourself."),
        });
    }
    if offer.kind.is_machine() && offer.vcpu.is_none() {
        why = why.then(words!(
            "Its cores are not published: it counts as the reference machine."
        ));
    }
    if offer.price.is_none() {
        why = why.then(words!("It has no known price, so it is not in the bill."));
    }
    let stood = !component.placement.is_empty();
    let after = moved(component, plan, catalog, offer, choice.instances);
    if stood && after.placement != component.placement {
        why = why.then(words!("It leaves the places drawn for its old hosting."));
    }
    why
}
