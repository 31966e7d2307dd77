//! What traffic costs at each boundary: to the internet, to another provider, between regions, between zones.
//!
//! Traffic to the internet is charged once per provider, beyond what its machines include together, in tiers;
//! each sender bears its share. Between zones both ends are charged, between regions the end that sends.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::ledger::{Ledger, Quantity};
use super::line::{ChargeKind, Missing, PriceOrigin};
use super::origin;
use super::usage::Usage;
use crate::catalog::{Egress, Offer, Provider};
use crate::plan::{Id, PlaceKind};
use crate::topology::{Component, Connection, Topology};
use crate::units::{Gigabytes, Money};
use crate::words::text;

/// Traffic of a month that one component sends to the internet.
struct Sent<'a> {
    component: usize,
    connection: Option<&'a Id>,
    charge: ChargeKind,
    gigabytes: f64,
}

/// Charges all traffic of a month.
pub(super) fn charge(topology: &Topology, usage: &Usage, ledgers: &mut [Ledger]) {
    let mut by_component: BTreeMap<usize, Vec<Sent>> = BTreeMap::new();
    let mut by_provider: BTreeMap<&str, Vec<Sent>> = BTreeMap::new();
    for sent in sent_to_internet(topology, usage) {
        let Some(offer) = topology.components[sent.component].offer else {
            continue;
        };
        if own_price(offer).is_some() {
            by_component.entry(sent.component).or_default().push(sent);
        } else {
            by_provider.entry(&offer.provider).or_default().push(sent);
        }
    }
    for (component, sent) in by_component {
        charge_service(topology, component, &sent, &mut ledgers[component]);
    }
    for (provider, sent) in by_provider {
        if let Some(provider) = topology.catalog.provider(provider) {
            charge_provider(topology, provider, &sent, ledgers);
        }
    }
    for (connection, edge) in topology.connections.iter().enumerate() {
        let used = &usage.connections[connection];
        charge_inside(topology, edge, [used.requests.0, used.responses.0], ledgers);
    }
}

/// Everything that leaves a provider for users, services of others or another provider.
fn sent_to_internet<'a>(topology: &Topology<'a>, usage: &Usage) -> Vec<Sent<'a>> {
    let mut all = Vec::new();
    let mut send = |component: usize, connection, charge, gigabytes: f64| {
        if gigabytes > 0.0 && pays_for_traffic(topology, &topology.components[component]) {
            all.push(Sent {
                component,
                connection,
                charge,
                gigabytes,
            });
        }
    };
    for (component, used) in usage.components.iter().enumerate() {
        send(component, None, ChargeKind::ToInternet, used.answered.0);
    }
    for (index, edge) in topology.connections.iter().enumerate() {
        let used = &usage.connections[index];
        let (from, to) = (
            &topology.components[edge.from],
            &topology.components[edge.to],
        );
        let id = Some(&edge.source.id);
        if is_outside(from) || is_outside(to) {
            send(edge.from, id, ChargeKind::ToInternet, used.requests.0);
            send(edge.to, id, ChargeKind::ToInternet, used.responses.0);
        } else if let (Some(a), Some(b)) = (from.offer, to.offer)
            && a.provider != b.provider
        {
            send(edge.from, id, ChargeKind::ToProvider, used.requests.0);
            send(edge.to, id, ChargeKind::ToProvider, used.responses.0);
        }
    }
    all
}

fn is_outside(component: &Component) -> bool {
    let behaviour = component.kind.behaviour;
    behaviour.is_source || behaviour.is_external
}

/// Whether traffic of a component is on a provider's bill: not what stands at your own, nor where the plan states
/// what all of it costs.
fn pays_for_traffic(topology: &Topology, component: &Component) -> bool {
    let is_stated = component.stated.cost_month.is_some();
    let provider = component
        .offer
        .and_then(|offer| topology.catalog.provider_of(offer));
    !is_stated && !is_outside(component) && provider.is_some_and(|provider| !provider.is_own)
}

/// What a service charges for traffic itself, in place of its provider.
fn own_price(offer: &Offer) -> Option<Money> {
    offer.price.as_ref()?.per_gb_out
}

/// Traffic of a service that has a price of its own for it, beyond what it includes.
fn charge_service(topology: &Topology, component: usize, sent: &[Sent], ledger: &mut Ledger) {
    let resolved = &topology.components[component];
    let Some((offer, per_gb)) = resolved
        .offer
        .and_then(|offer| Some((offer, own_price(offer)?)))
    else {
        return;
    };
    let included = included(resolved);
    let total: f64 = sent.iter().map(|sent| sent.gigabytes).sum();
    let billed = (total - included).max(0.0);
    let list = ledger.origin(|| origin::of_offer(topology, offer));
    for sent in sent {
        let share = billed * (sent.gigabytes / total);
        add(ledger, sent, share, per_gb, &list, included);
    }
}

/// GB to the internet that the offer of a component includes: with each instance, and with what it keeps.
fn included(component: &Component) -> f64 {
    let offer = component.offer;
    let each = offer.and_then(|offer| offer.transfer_gb).unwrap_or(0.0);
    let stored = offer.and_then(|offer| offer.price.as_ref()?.gb_out_per_gb_stored);
    each * component.instances as f64 + stored.unwrap_or(0.0) * component.data().0
}

/// Traffic to the internet of one provider: what its machines include is shared, and so is what the tiers cost.
fn charge_provider(
    topology: &Topology,
    provider: &Provider,
    sent: &[Sent],
    ledgers: &mut [Ledger],
) {
    let shares_its_own = |component: &&Component| {
        let offer = component.offer;
        offer.is_some_and(|offer| offer.provider == provider.id && own_price(offer).is_none())
            && pays_for_traffic(topology, component)
    };
    let members = topology.components.iter().filter(shares_its_own);
    let included: f64 = members.map(included).sum();
    let total: f64 = sent.iter().map(|sent| sent.gigabytes).sum();
    let billed = (total - included).max(0.0);
    if billed <= 0.0 {
        return;
    }
    let Some(egress) = &provider.egress else {
        for sent in sent {
            ledgers[sent.component].miss(|| Missing {
                charge: sent.charge,
                connection: sent.connection.cloned(),
                pricing_quantity: Some(billed * (sent.gigabytes / total)),
                pricing_unit: "GB",
                why: words!(
                    "no price of traffic to the internet is known from {provider}",
                    provider = &provider.name
                ),
            });
        }
        return;
    };
    let mean = egress.month_cost(Gigabytes(billed)) / billed;
    let Some(any) = ledgers.first() else {
        return;
    };
    let list = any.origin(|| origin::of_egress(provider, egress));
    for sent in sent {
        add(
            &mut ledgers[sent.component],
            sent,
            billed * (sent.gigabytes / total),
            mean,
            &list,
            included + egress.included_gb.min(billed),
        );
    }
}

fn add(
    ledger: &mut Ledger,
    sent: &Sent,
    billed: f64,
    per_gb: Money,
    list: &Rc<PriceOrigin>,
    included: f64,
) {
    let quantity = Quantity {
        charge: sent.charge,
        amount: if per_gb.0 > 0.0 { billed } else { 0.0 },
        unit: "GB",
        price: per_gb,
        origin: list,
    };
    let formula = || {
        if included > 0.0 {
            words!(
                "its share of what is sent beyond the {included} GB that are included; the mean price of all tiers",
                included
            )
        } else {
            words!("its share of what is sent; the mean price of all tiers")
        }
    };
    ledger.add_traffic(quantity, sent.connection, formula);
}

/// Traffic of a connection that stays with one provider and crosses its regions or zones.
fn charge_inside(
    topology: &Topology,
    edge: &Connection,
    [requests, responses]: [f64; 2],
    ledgers: &mut [Ledger],
) {
    let (from, to) = (
        &topology.components[edge.from],
        &topology.components[edge.to],
    );
    let (Some(a), Some(b)) = (from.offer, to.offer) else {
        return;
    };
    let pays = |component| pays_for_traffic(topology, component);
    if a.provider != b.provider || !pays(from) || !pays(to) || requests + responses <= 0.0 {
        return;
    }
    let Some(provider) = topology.catalog.provider_of(a) else {
        return;
    };
    let crossing = crossing(topology, from, to);
    let egress = provider.egress.as_ref();
    let ends = [(edge.from, requests), (edge.to, responses)];
    for (component, sent) in ends {
        charge_boundary(
            &mut ledgers[component],
            edge,
            provider,
            (
                egress,
                egress.and_then(|egress| egress.per_gb_between_regions),
            ),
            ChargeKind::BetweenRegions,
            sent * crossing.regions,
        );
    }
    for (component, _) in ends {
        charge_boundary(
            &mut ledgers[component],
            edge,
            provider,
            (
                egress,
                egress.and_then(|egress| egress.per_gb_between_zones),
            ),
            ChargeKind::BetweenZones,
            (requests + responses) * crossing.zones,
        );
    }
}

fn charge_boundary(
    ledger: &mut Ledger,
    edge: &Connection,
    provider: &Provider,
    (egress, price): (Option<&Egress>, Option<Money>),
    charge: ChargeKind,
    gigabytes: f64,
) {
    if gigabytes <= 0.0 {
        return;
    }
    let boundary = match charge {
        ChargeKind::BetweenRegions => text!("between regions"),
        _ => text!("between zones"),
    };
    let id = &edge.source.id;
    let (Some(egress), Some(price)) = (egress, price) else {
        ledger.miss(|| Missing {
            charge,
            connection: Some(id.clone()),
            pricing_quantity: Some(gigabytes),
            pricing_unit: "GB",
            why: words!(
                "no price of traffic {boundary} is known from {provider}",
                boundary = text(boundary),
                provider = &provider.name
            ),
        });
        return;
    };
    let list = ledger.origin(|| origin::of_egress(provider, egress));
    let quantity = Quantity {
        charge,
        amount: if price.0 > 0.0 { gigabytes } else { 0.0 },
        unit: "GB",
        price,
        origin: &list,
    };
    let formula = || {
        if charge == ChargeKind::BetweenRegions {
            words!("what it sends to the other region")
        } else {
            words!("what crosses the boundary; the other end is charged as much")
        }
    };
    ledger.add_traffic(quantity, Some(id), formula);
}

/// The shares of the calls of a connection that cross a boundary.
struct Crossing {
    regions: f64,
    zones: f64,
}

/// Every instance that serves calls every other alike; where no region or zone is drawn, nothing is crossed.
fn crossing(topology: &Topology, from: &Component, to: &Component) -> Crossing {
    let (callers, called) = (spread(topology, from), spread(topology, to));
    let mut crossing = Crossing {
        regions: 0.0,
        zones: 0.0,
    };
    let differ = |a: Option<usize>, b: Option<usize>| a.is_some() && b.is_some() && a != b;
    for (&(region, zone), share) in &callers {
        for (&(other_region, other_zone), other_share) in &called {
            let both = share * other_share;
            if differ(region, other_region) {
                crossing.regions += both;
            } else if differ(zone, other_zone) {
                crossing.zones += both;
            }
        }
    }
    crossing
}

/// The shares of a component's instances that serve, by region and zone.
fn spread(
    topology: &Topology,
    component: &Component,
) -> BTreeMap<(Option<usize>, Option<usize>), f64> {
    let mut spread = BTreeMap::new();
    let serving = component.serving.clamp(1, component.placement.len().max(1));
    for chain in component.placement.iter().take(serving) {
        let of_kind = |kind| {
            let mut domains = chain.iter().copied();
            domains.find(|&domain| topology.domains[domain].kind == kind)
        };
        let place = (of_kind(PlaceKind::Region), of_kind(PlaceKind::Zone));
        *spread.entry(place).or_insert(0.0) += 1.0 / serving as f64;
    }
    spread
}
