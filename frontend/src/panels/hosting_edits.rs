//! Edits that put components on offers.

use std::rc::Rc;

use model::catalog::{Catalog, Offer, OfferKind, Status};
use model::commands::{Command, SetHosting};
use model::components::component_type;
use model::plan::{Component, Hosting, HostingKind, Plan};

use super::words::month_price;
use crate::state::Selection;

/// The selected components that have a hosting of their own.
pub(super) fn hosted(plan: &Plan, selection: &Selection) -> Vec<Rc<Component>> {
    plan.components
        .iter()
        .filter(|component| selection.components.contains(&component.id))
        .filter(|component| {
            component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_hosted())
        })
        .cloned()
        .collect()
}

/// The edit that moves a component to another kind or provider, onto the offer nearest to what it has.
pub(super) fn move_to(
    catalog: &Catalog,
    component: &Component,
    kind: HostingKind,
    provider: Option<&str>,
) -> Command {
    let before = component.hosting.clone().unwrap_or_default();
    let current = before.offer.as_deref().and_then(|id| catalog.offer(id));
    let offer = nearest(catalog, &component.kind, kind, provider, current);
    host_on(
        catalog,
        component,
        kind,
        offer.map(|offer| offer.id.clone()),
    )
}

/// The edit that puts a component on an offer; what belongs to another kind of hosting or another provider is
/// dropped.
pub(super) fn host_on(
    catalog: &Catalog,
    component: &Component,
    kind: HostingKind,
    offer: Option<String>,
) -> Command {
    let mut before = component.hosting.clone().unwrap_or_default();
    let seller = |id: &Option<String>| Some(&catalog.offer(id.as_deref()?)?.provider);
    if seller(&before.offer) != seller(&offer) {
        (before.volume, before.throughput_mib_s) = (None, None);
        before.iops = before.iops.filter(|_| before.disk.is_some());
        before.with.clear();
    }
    let hosting = if before.kind == Some(kind) {
        Hosting { offer, ..before }
    } else {
        Hosting {
            kind: Some(kind),
            offer,
            software: before.software.filter(|_| kind != HostingKind::Paas),
            automated: before.automated,
            portable: before.portable,
            backup_interval_hours: before.backup_interval_hours,
            unknown: before.unknown,
            ..Hosting::default()
        }
    };
    SetHosting {
        component: component.id.clone(),
        hosting: Some(hosting),
    }
    .into()
}

/// The offer of a kind that is nearest to the present one: with a price of today; of the same provider; with as
/// many cores; then the cheapest. Only those of one provider where one is asked for.
fn nearest<'c>(
    catalog: &'c Catalog,
    component_type: &str,
    kind: HostingKind,
    provider: Option<&str>,
    current: Option<&Offer>,
) -> Option<&'c Offer> {
    let wish = provider.or(current.map(|offer| offer.provider.as_str()));
    let cores = current.and_then(|offer| offer.vcpu);
    let memory = current.and_then(|offer| offer.memory_gib);
    let distance = |wanted: Option<f64>, offered: Option<f64>| match (wanted, offered) {
        (Some(wanted), Some(offered)) if wanted > 0.0 && offered > 0.0 => {
            (offered / wanted).ln().abs()
        }
        (None, _) => 0.0,
        _ => 1.0,
    };
    let rank = |offer: &&Offer| {
        let elsewhere = wish.is_some_and(|wish| wish != offer.provider);
        let unpriced =
            offer.price.is_none() || !matches!(offer.status, Status::Active | Status::Renamed);
        let size = distance(cores, offer.vcpu) + 0.5 * distance(memory, offer.memory_gib);
        let price = month_price(offer).unwrap_or(0.0);
        (unpriced, elsewhere, size, price)
    };
    let offers = catalog
        .providers
        .iter()
        .flat_map(|provider| &provider.offers)
        .filter(|offer| offer.kind == OfferKind::from(kind) && offer.fits(component_type))
        .filter(|offer| provider.is_none_or(|provider| provider == offer.provider))
        .filter(|offer| offer.status != Status::Retired);
    offers.min_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        a.0.cmp(&b.0)
            .then(a.1.cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
            .then(a.3.total_cmp(&b.3))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(kind: &str, offer: &str) -> Component {
        Component {
            id: "x".into(),
            kind: kind.to_owned(),
            hosting: Some(Hosting {
                kind: Some(HostingKind::Vps),
                offer: Some(offer.to_owned()),
                software: Some("self-postgresql".to_owned()),
                ..Hosting::default()
            }),
            ..Component::default()
        }
    }

    fn moved(component: &Component, kind: HostingKind, provider: Option<&str>) -> Hosting {
        match move_to(&Catalog::embedded(), component, kind, provider) {
            Command::SetHosting(SetHosting {
                hosting: Some(hosting),
                ..
            }) => hosting,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn another_kind_stays_with_the_provider_where_it_has_one() {
        let catalog = Catalog::embedded();
        let database = component("sql_database", "do-s-2vcpu-4gb");
        let hosting = moved(&database, HostingKind::Paas, None);
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.provider, "digitalocean");
        assert!(offer.fits("sql_database") && offer.kind == OfferKind::Paas);
        assert_eq!(hosting.software, None);
    }

    #[test]
    fn elsewhere_it_lands_on_as_many_cores() {
        let catalog = Catalog::embedded();
        let database = component("sql_database", "linode-dedicated-2");
        let hosting = moved(&database, HostingKind::Paas, None);
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.vcpu, Some(2.0));
        assert!(month_price(offer).is_some());
    }

    #[test]
    fn another_provider_is_taken_even_if_it_is_smaller() {
        let catalog = Catalog::embedded();
        let server = component("app_server", "linode-dedicated-2");
        let hosting = moved(&server, HostingKind::Vps, Some("hetzner"));
        let offer = catalog.offer(hosting.offer.as_deref().unwrap()).unwrap();
        assert_eq!(offer.provider, "hetzner");
        assert_eq!(hosting.software.as_deref(), Some("self-postgresql"));
    }

    #[test]
    fn what_only_the_old_provider_sells_stays_behind() {
        let catalog = Catalog::embedded();
        let mut server = component("app_server", "aws-m5-large");
        let hosting = server.hosting.get_or_insert_default();
        hosting.kind = Some(HostingKind::Iaas);
        hosting.volume = Some("aws-ebs-gp2".to_owned());
        hosting.with.push("aws-nat".to_owned());
        let on = |offer: &str| match host_on(
            &catalog,
            &server,
            HostingKind::Iaas,
            Some(offer.to_owned()),
        ) {
            Command::SetHosting(SetHosting {
                hosting: Some(hosting),
                ..
            }) => (hosting.volume, hosting.with),
            other => panic!("{other:?}"),
        };
        let same = (Some("aws-ebs-gp2".to_owned()), vec!["aws-nat".to_owned()]);
        assert_eq!(on("aws-m6i-large"), same);
        assert_eq!(on("gcp-e2-medium"), (None, Vec::new()));
    }
}
