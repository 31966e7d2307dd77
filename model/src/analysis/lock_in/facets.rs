//! The days of a move, facet by facet: what has to be done again elsewhere.

use crate::catalog::Interface;
use crate::components::Section;
use crate::plan::Assumptions;
use crate::topology::Component;
use crate::units::{Gigabytes, Range};

/// What of a component has to be done again elsewhere, after the facets of ISO/IEC 19941.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Calls to an interface that others do not have.
    Api,
    /// The data: export, conversion, import, checking.
    Data,
    /// What behaves differently elsewhere: limits, guarantees, order.
    Behaviour,
    /// Setting up, scaling, watching, backing up.
    Operations,
    /// Accounts, keys, rights.
    Identity,
    /// What people have to learn.
    Skills,
}

impl Facet {
    /// All facets, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Api,
        Self::Data,
        Self::Behaviour,
        Self::Operations,
        Self::Identity,
        Self::Skills,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Api => "interface",
            Self::Data => "data",
            Self::Behaviour => "behaviour",
            Self::Operations => "operations",
            Self::Identity => "identity",
            Self::Skills => "skills",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "Interface",
            Self::Data => "Data",
            Self::Behaviour => "Behaviour",
            Self::Operations => "Operations",
            Self::Identity => "Identity",
            Self::Skills => "Skills",
        }
    }

    /// What it is, in a few words.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Api => "calls that others do not understand",
            Self::Data => "export, conversion, import, checking",
            Self::Behaviour => "limits and guarantees that differ",
            Self::Operations => "setting up, scaling, watching, backing up",
            Self::Identity => "accounts, keys, rights",
            Self::Skills => "what people have to learn",
        }
    }
}

/// The estimate of the days that a move takes, by whose interface it is.
pub(super) fn class_estimate(interface: Interface) -> &'static str {
    match interface {
        Interface::OpenStandard => "exit_open_standard_days",
        Interface::OpenSourceManaged => "exit_open_source_days",
        Interface::ProprietaryOperations => "exit_operations_days",
        Interface::ProprietaryApi => "exit_proprietary_days",
    }
}

/// The days of each facet, in the order of [`Facet::ALL`].
pub(super) fn facets(
    assumptions: &Assumptions,
    component: &Component,
    interface: Interface,
    data: Gigabytes,
) -> Vec<(Facet, Range)> {
    let class = assumptions.get(class_estimate(interface));
    let carrying = assumptions.get("exit_days_per_100_gb");
    let hundreds = data.0 / 100.0;
    let scaling = assumptions.get("exit_scaling_days");
    let hosting = component.source.hosting.as_ref();
    let is_scripted = hosting.and_then(|hosting| hosting.automated) == Some(true);
    let is_portable =
        hosting.and_then(|hosting| hosting.portable) == Some(true) && can_be_portable(component);
    let scales = component.burst.is_some();
    Facet::ALL
        .into_iter()
        .zip(shares(interface))
        .map(|(facet, share)| {
            let mut days = class.map(|days| days * share);
            match facet {
                Facet::Data => days = days + carrying.map(|days| days * hundreds),
                Facet::Operations if scales => days = days + scaling,
                _ => {}
            }
            let left = |id: &str| assumptions.get(id).base;
            if is_scripted && facet == Facet::Operations {
                days = days.map(|days| days * left("exit_scripted"));
            }
            if is_portable && matches!(facet, Facet::Api | Facet::Behaviour | Facet::Operations) {
                days = days.map(|days| days * left("exit_portable"));
            }
            (facet, days)
        })
        .collect()
}

/// Whether a container and a library with one interface to many providers change anything: for programs, balancers,
/// names and objects they do; for databases, caches and queues there are no such libraries.
pub fn can_be_portable(component: &Component) -> bool {
    component.kind.section != Section::Data || component.kind.id == "object_storage"
}

/// How the days of a class divide among the facets; an editorial division that sums to 1.
fn shares(interface: Interface) -> [f64; 6] {
    match interface {
        Interface::OpenStandard => [0.0, 0.1, 0.1, 0.7, 0.05, 0.05],
        Interface::OpenSourceManaged => [0.05, 0.15, 0.2, 0.45, 0.05, 0.1],
        Interface::ProprietaryOperations => [0.1, 0.05, 0.15, 0.45, 0.15, 0.1],
        Interface::ProprietaryApi => [0.4, 0.2, 0.15, 0.1, 0.05, 0.1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_a_class_are_all_of_it() {
        for interface in [
            Interface::OpenStandard,
            Interface::OpenSourceManaged,
            Interface::ProprietaryOperations,
            Interface::ProprietaryApi,
        ] {
            let sum: f64 = shares(interface).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{interface:?}: {sum}");
        }
    }
}
