//! What leaving takes: days, money, and why.
//!
//! **Question.** What would it take to run each component elsewhere?
//!
//! **Model.** The work follows from whose interface it is; then the data has to be carried out.
//!
//! **Assumptions.** Days per class of interface are editorial and come as low, base and high; each component is
//! moved once, however many instances it has.
//!
//! **Formula.** Days: of the class (halved where deployment is scripted, one class freer where the program is
//! portable) and 0.5 per 100 GB of data. Money: days × day rate + data × egress price.
//!
//! **Reference.** The classes follow the facets of ISO/IEC 19941; switching cost as in Hohpe's articles on lock-in.
//!
//! **Complexity.** `O(components)`.

use crate::catalog::Interface;
use crate::plan::HostingKind;
use crate::topology::{Component, Topology};
use crate::units::{Gigabytes, Money, Range};

/// What leaving takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LockInReport {
    /// Per component; `None` for what has nothing to move or is hosted nowhere yet.
    pub components: Vec<Option<Exit>>,
}

/// What it takes to move one component elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Exit {
    /// Whose interface it has.
    pub interface: Interface,
    /// Person-days.
    pub days: Range,
    /// What carrying the data out is charged.
    pub egress_cost: Money,
    /// Money, the work at the day rate included.
    pub cost: Money,
    /// Data that has to be carried.
    pub data: Gigabytes,
}

/// Computes what leaving takes for every component.
pub fn lock_in(topology: &Topology) -> LockInReport {
    LockInReport {
        components: topology
            .components
            .iter()
            .map(|component| exit(topology, component))
            .collect(),
    }
}

/// Person-days to move one component that has such an interface.
pub fn class_days(interface: Interface) -> Range {
    match interface {
        Interface::OpenStandard => Range::new(1.0, 3.0, 8.0),
        Interface::OpenSourceManaged => Range::new(2.0, 5.0, 15.0),
        Interface::ProprietaryOperations => Range::new(5.0, 12.0, 30.0),
        Interface::ProprietaryApi => Range::new(10.0, 25.0, 80.0),
    }
}

fn exit(topology: &Topology, component: &Component) -> Option<Exit> {
    let hosting = component.source.hosting.as_ref()?;
    let kind = component.hosting?;
    let interface = interface_of(component, kind);
    let data = component
        .source
        .settings
        .get("data_gb")
        .and_then(serde_json::Value::as_f64);
    let data = Gigabytes(
        data.unwrap_or(component.kind.default_number("data_gb"))
            .clamp(0.0, 1e9),
    );
    let stated = component
        .source
        .overrides
        .as_ref()
        .and_then(|overrides| overrides.exit_days);
    let days = if let Some([low, base, high]) = stated {
        Range::new(low, base, high).map(|days| {
            if days.is_finite() {
                days.clamp(0.0, 1e6)
            } else {
                0.0
            }
        })
    } else {
        let scripted = if hosting.automated == Some(true) {
            0.5
        } else {
            1.0
        };
        let carrying = 0.5 * data.0 / 100.0;
        class_days(interface).map(|days| days * scripted + carrying)
    };
    let provider = component
        .offer
        .and_then(|offer| topology.catalog.provider(&offer.provider));
    let own_rate = component
        .offer
        .and_then(|offer| offer.price.as_ref()?.per_gb_out)
        .map(|rate| rate * data.0);
    let egress_cost = own_rate
        .or_else(|| Some(provider?.egress.as_ref()?.month_cost(data)))
        .unwrap_or(Money(0.0));
    let day_rate = Money(topology.plan.assumptions.get("day_rate").base.max(0.0));
    Some(Exit {
        interface,
        days,
        egress_cost,
        cost: day_rate * days.base + egress_cost,
        data,
    })
}

fn interface_of(component: &Component, kind: HostingKind) -> Interface {
    let offered = component
        .software
        .or(component.offer)
        .map(|offer| offer.interface);
    let interface = offered.unwrap_or(match kind {
        HostingKind::Paas => Interface::OpenSourceManaged,
        _ => Interface::OpenStandard,
    });
    let portable = component
        .source
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.portable)
        == Some(true);
    match interface {
        Interface::ProprietaryApi if portable => Interface::ProprietaryOperations,
        Interface::ProprietaryOperations if portable => Interface::OpenSourceManaged,
        Interface::OpenSourceManaged if portable => Interface::OpenStandard,
        unchanged => unchanged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::plan::sketch::sketch;

    fn exit_of(text: &str, component: &str) -> Option<Exit> {
        let plan = sketch(text).unwrap();
        let catalog = Catalog::embedded();
        let topology = Topology::new(&plan, &catalog);
        lock_in(&topology).components[topology.component_index(component).unwrap()].clone()
    }

    #[test]
    fn the_interface_decides_what_leaving_takes() {
        let days = |text| exit_of(text, "queue").unwrap().days.base;
        assert!(
            days("app -> queue[offer=aws-sqs]") > days("app -> queue[offer=linode-dedicated-2]")
        );
    }

    #[test]
    fn what_stands_nowhere_has_no_way_out_yet() {
        assert_eq!(exit_of("users -> app", "app"), None);
    }

    #[test]
    fn carrying_data_out_is_charged_by_tier() {
        let exit = exit_of(
            "app -> files:object-storage[offer=aws-s3 data_gb=10340]",
            "files",
        )
        .unwrap();
        assert!(
            (exit.egress_cost.0 - 921.6).abs() < 1e-9,
            "{}",
            exit.egress_cost.0
        );
    }
}
