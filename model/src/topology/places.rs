//! Failure domains: the places of a plan as a tree, and the providers behind its offers.

use std::collections::BTreeMap;

use super::{Numbers, Problem};
use crate::catalog::Provider;
use crate::plan::format::MAX_DEPTH;
use crate::plan::{Assumptions, Id, Place, PlaceKind, Plan, Site};
use crate::units::Range;

/// A place that takes everything in it down when it fails.
#[derive(Debug)]
pub struct FailureDomain<'a> {
    /// As the plan has it; `None` for a provider that the plan only names through an offer.
    pub source: Option<&'a Place>,
    /// Its name in reports.
    pub id: Id,
    /// Its name on screen.
    pub name: &'a str,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// The domain around it.
    pub within: Option<usize>,
    /// Share of time that the place itself is down.
    pub unavailability: Range,
    /// Bytes per second that its line sends, if the plan says so.
    pub bytes_per_second: Option<f64>,
}

/// Resolves the places of a plan into a forest.
pub(super) fn resolve<'a>(
    plan: &'a Plan,
    domains: &mut Vec<FailureDomain<'a>>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<&'a str, usize> {
    let mut index = BTreeMap::new();
    for place in &plan.places {
        if index.contains_key(place.id.as_str()) {
            problems.push(Problem::duplicate(text!("places"), &place.id));
            continue;
        }
        let mut numbers = Numbers {
            subject: &place.id,
            problems,
        };
        let unavailability = match (place.unavailability, place.site) {
            (None, Some(site)) => plan.assumptions.get(match site {
                Site::Home => "site_home_unavailability",
                Site::Office => "site_office_unavailability",
                Site::Colocation => "site_colocation_unavailability",
            }),
            (stated, _) => Range::exactly(numbers.or("unavailability", stated, 0.0, 0.0, 1.0)),
        };
        let upload = place
            .upload_mbit
            .map(|mbit| numbers.clamped("upload_mbit", mbit, 0.001, 1e7));
        index.insert(place.id.as_str(), domains.len());
        domains.push(FailureDomain {
            source: Some(place),
            id: place.id.clone(),
            name: if place.name.is_empty() {
                &place.id
            } else {
                &place.name
            },
            kind: place.kind,
            within: None,
            unavailability,
            bytes_per_second: upload.map(|mbit| mbit * 1e6 / 8.0),
        });
    }
    for domain in 0..domains.len() {
        let Some(outer) = domains[domain]
            .source
            .and_then(|place| place.within.as_ref())
        else {
            continue;
        };
        match index.get(outer.as_str()) {
            Some(&outer) if lies_within(domains, outer, domain) => {
                problems.push(Problem::place_cycle(&domains[domain].id));
            }
            Some(&outer) => domains[domain].within = Some(outer),
            None => problems.push(Problem::unknown_reference(
                "within",
                &domains[domain].id,
                outer,
                text!("it is computed as if it lay nowhere"),
            )),
        }
    }
    for domain in 0..domains.len() {
        if depth(domains, domain) > MAX_DEPTH {
            problems.push(Problem::too_deep(&domains[domain].id, MAX_DEPTH));
            domains[domain].within = None;
        }
    }
    index
}

/// The domain of a provider that an offer names: the plan's own place of that id, or one made for it.
///
/// What components state themselves is taken as it is, so an estimate for the provider is only added for
/// those that leave their unavailability open.
pub(super) fn provider_domain<'a>(
    domains: &mut Vec<FailureDomain<'a>>,
    places: &BTreeMap<&'a str, usize>,
    provider: &'a Provider,
    stated: bool,
    assumptions: &Assumptions,
) -> usize {
    let known = places.get(provider.id.as_str()).copied().or_else(|| {
        domains
            .iter()
            .position(|domain| domain.source.is_none() && domain.id == provider.id.as_str())
    });
    let domain = known.unwrap_or_else(|| {
        domains.push(FailureDomain {
            source: None,
            id: Id::from(provider.id.as_str()),
            name: &provider.name,
            kind: PlaceKind::Provider,
            within: None,
            unavailability: Range::exactly(0.0),
            bytes_per_second: None,
        });
        domains.len() - 1
    });
    let estimate = if stated {
        assumptions.stated("provider_unavailability")
    } else {
        Some(assumptions.get("provider_unavailability"))
    };
    if let (Some(estimate), None) = (estimate, domains[domain].source) {
        domains[domain].unavailability = estimate.map(|share| share.clamp(0.0, 1.0));
    }
    domain
}

fn lies_within(domains: &[FailureDomain], domain: usize, outer: usize) -> bool {
    let mut next = Some(domain);
    while let Some(domain) = next {
        if domain == outer {
            return true;
        }
        next = domains[domain].within;
    }
    false
}

fn depth(domains: &[FailureDomain], domain: usize) -> usize {
    let mut depth = 1;
    let mut next = domains[domain].within;
    while let Some(domain) = next {
        depth += 1;
        next = domains[domain].within;
    }
    depth
}
