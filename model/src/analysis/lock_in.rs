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
//! portable) and 0.5 per 100 GB of data. Money: days × day rate + data × egress price + half of what is committed to
//! in advance, which is what is left of it on any day on average: months ÷ 2 × monthly cost.
//!
//! **Reference.** The classes follow the facets of ISO/IEC 19941; switching cost as in Hohpe's articles on lock-in.
//!
//! **Complexity.** `O(components)`.

use crate::catalog::Interface;
use crate::plan::{Engine, HostingKind};
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
    /// What is still to be paid of what was committed to in advance, on average.
    pub committed_cost: Money,
    /// Money, the work at the day rate and what is committed to included.
    pub cost: Money,
    /// Data that has to be carried.
    pub data: Gigabytes,
}

/// Computes what leaving takes for every component; `month_cost` is the monthly bill of one, where it is known.
pub fn lock_in(topology: &Topology, month_cost: impl Fn(usize) -> Option<Money>) -> LockInReport {
    LockInReport {
        components: topology
            .components
            .iter()
            .enumerate()
            .map(|(index, component)| exit(topology, component, month_cost(index)))
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

fn exit(topology: &Topology, component: &Component, month_cost: Option<Money>) -> Option<Exit> {
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
    let months = hosting.commitment.filter(|months| months.is_finite());
    let months = months.unwrap_or(0.0).clamp(0.0, 1200.0);
    let committed_cost = month_cost.unwrap_or(Money(0.0)) * (months / 2.0);
    let day_rate = Money(topology.plan.assumptions.get("day_rate").base.max(0.0));
    Some(Exit {
        interface,
        days,
        egress_cost,
        committed_cost,
        cost: day_rate * days.base + egress_cost + committed_cost,
        data,
    })
}

fn interface_of(component: &Component, kind: HostingKind) -> Interface {
    let offered = component
        .software
        .or(component.offer)
        .map(|offer| offer.interface);
    let engine = component.source.hosting.as_ref();
    let interface = match engine.and_then(|hosting| hosting.engine) {
        Some(Engine::Proprietary) => Interface::ProprietaryApi,
        Some(Engine::OpenHosted) => Interface::OpenSourceManaged,
        Some(Engine::SelfRun) => Interface::OpenStandard,
        None => offered.unwrap_or(match kind {
            HostingKind::Paas => Interface::OpenSourceManaged,
            _ => Interface::OpenStandard,
        }),
    };
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
        let month = |_| Some(Money(10.0));
        lock_in(&topology, month).components[topology.component_index(component).unwrap()].clone()
    }

    #[test]
    fn the_interface_decides_what_leaving_takes() {
        let days = |text| exit_of(text, "queue").unwrap().days.base;
        assert!(
            days("app -> queue[offer=aws-sqs]") > days("app -> queue[offer=linode-dedicated-2]")
        );
    }

    #[test]
    fn whose_engine_it_is_beats_the_offer_and_a_commitment_is_half_left() {
        let mut plan = sketch("app -> queue[offer=aws-sqs]").unwrap();
        let catalog = Catalog::embedded();
        let exit = |engine, commitment, plan: &mut crate::plan::Plan| {
            let queue = std::rc::Rc::make_mut(&mut plan.components[1]);
            let hosting = queue.hosting.as_mut().unwrap();
            (hosting.engine, hosting.commitment) = (engine, commitment);
            let topology = Topology::new(plan, &catalog);
            lock_in(&topology, |_| Some(Money(10.0))).components[1]
                .clone()
                .unwrap()
        };
        let own = exit(Some(Engine::Proprietary), None, &mut plan);
        let open = exit(Some(Engine::SelfRun), None, &mut plan);
        assert_eq!(own.interface, Interface::ProprietaryApi);
        assert_eq!(open.interface, Interface::OpenStandard);
        let bound = exit(Some(Engine::SelfRun), Some(36.0), &mut plan);
        assert!((bound.cost.0 - open.cost.0 - 180.0).abs() < 1e-9);
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
