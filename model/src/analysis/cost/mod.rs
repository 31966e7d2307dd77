//! What the plan costs per month and on the first day, line by line.
//!
//! **Question.** What is charged, for how much of what, at which price, and where is that price from?
//!
//! **Model.** A component's bill is the sum of its lines; a plan's bill is the sum of its components' bills.
//!
//! **Assumptions.** List prices without tax or commitment; a month has 730 hours; use follows the daily profile of
//! the journeys; what a provider includes in transfer is pooled over its machines; bought hardware is spread
//! evenly over the write-off.
//!
//! **Formula.** Quantity × unit price per line; transfer by marginal tiers.
//!
//! **Reference.** Line items as in FOCUS; 730 hours and marginal tiers as in public price lists.
//!
//! **Complexity.** `O(components + connections × journeys)`.
//!
//! What has no price is never counted as nothing: the component then has no monthly cost at all.

pub mod capital;
pub mod tariff;

use std::collections::BTreeMap;

use crate::analysis::traffic::{Traffic, bytes_per_call};
use crate::catalog::{Date, Offer, Price, Provider};
use crate::plan::Disk;
use crate::topology::{Component, Topology};
use crate::units::{Gigabytes, HOURS_PER_MONTH, Money};

/// The bill of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostReport {
    /// The bill of each component.
    pub components: Vec<ComponentCost>,
}

/// The bill of one component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComponentCost {
    /// What is charged every month, the write-off of bought hardware included.
    pub line_items: Vec<LineItem>,
    /// What is paid on the first day.
    pub upfront: Money,
    /// Whether everything that is charged has a known price.
    pub is_priced: bool,
}

/// One charge (FOCUS: a row of the bill).
#[derive(Clone, Debug, PartialEq)]
pub struct LineItem {
    /// What is charged, in words.
    pub name: String,
    /// How many pricing units.
    pub pricing_quantity: f64,
    /// What is counted.
    pub pricing_unit: &'static str,
    /// The price of one pricing unit; where tiers apply, the mean of what is charged.
    pub list_unit_price: Money,
    /// Quantity times price, per month.
    pub month: Money,
    /// Where the price is from.
    pub source: String,
}

impl ComponentCost {
    /// Money per month; `None` where a price is not known.
    pub fn month(&self) -> Option<Money> {
        self.is_priced
            .then(|| self.line_items.iter().map(|item| item.month).sum())
    }
}

/// Computes the bill of every component.
pub fn cost(topology: &Topology, traffic: &Traffic) -> CostReport {
    let uses: Vec<Use> = (0..topology.components.len())
        .map(|component| month_use(topology, traffic, component))
        .collect();
    let mut components: Vec<ComponentCost> = topology
        .components
        .iter()
        .zip(&uses)
        .map(|(component, used)| component_cost(topology, component, used))
        .collect();
    add_transfer(topology, &uses, &mut components);
    CostReport { components }
}

/// What one more instance of a component would cost a month, at the same load; `None` where a price is not known.
pub fn another(topology: &Topology, traffic: &Traffic, component: usize) -> Option<Money> {
    let resolved = &topology.components[component];
    let used = month_use(topology, traffic, component);
    let today = component_cost(topology, resolved, &used).month()?;
    let overrides = resolved.source.overrides.as_ref();
    if overrides.is_some_and(|overrides| overrides.cost_month.is_some()) {
        return Some(today * (1.0 / resolved.instances.max(1) as f64));
    }
    let mut more = resolved.clone();
    more.instances += 1;
    let more = component_cost(topology, &more, &used).month()?;
    Some(Money((more.0 - today.0).max(0.0)))
}

/// What a component does in a month.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    requests: f64,
    /// Visits × service time.
    busy_seconds: f64,
    /// Bytes sent to users.
    to_internet: Gigabytes,
    /// Bytes received and sent.
    processed: Gigabytes,
}

const SECONDS_PER_MONTH: f64 = HOURS_PER_MONTH * 3600.0;

fn month_use(topology: &Topology, traffic: &Traffic, component: usize) -> Use {
    let mut used = Use::default();
    let resolved = &topology.components[component];
    for (index, (journey, flow)) in topology.journeys.iter().zip(&traffic.journeys).enumerate() {
        let requests = flow.arrival_rate.0 * journey.mean_share() * SECONDS_PER_MONTH;
        let visits = requests * flow.visits[component];
        let service = journey
            .demands
            .get(&component)
            .copied()
            .unwrap_or(resolved.service_time.value);
        used.requests += visits;
        used.busy_seconds += visits * service.0;
        for &connection in &resolved.callers {
            let (request, response) = bytes_per_call(topology, index, connection);
            let calls = requests * flow.calls[connection];
            used.processed += Gigabytes(calls * (request + response) / 1e9);
            if topology.components[topology.connections[connection].from]
                .kind
                .behaviour
                .is_source
            {
                used.to_internet += Gigabytes(calls * response / 1e9);
            }
        }
    }
    used
}

fn component_cost(topology: &Topology, component: &Component, used: &Use) -> ComponentCost {
    let behaviour = component.kind.behaviour;
    let overrides = component.source.overrides.as_ref();
    let stated = |amount: Option<f64>| {
        amount
            .filter(|amount| amount.is_finite() && *amount >= 0.0)
            .map(Money)
    };
    let stated_month = stated(overrides.and_then(|overrides| overrides.cost_month));
    let stated_upfront = stated(overrides.and_then(|overrides| overrides.cost_upfront));
    let mut bill = Bill {
        instances: component.instances as f64,
        lines: Vec::new(),
    };
    let price = component.offer.and_then(|offer| offer.price.as_ref());
    let upfront = stated_upfront
        .or_else(|| Some(price?.upfront? * bill.instances))
        .unwrap_or(Money(0.0));
    if let Some(month) = stated_month {
        bill.add("As stated in the plan", 1.0, "month", month, "the plan");
        return ComponentCost {
            line_items: bill.lines,
            upfront,
            is_priced: true,
        };
    }
    if behaviour.is_source || behaviour.is_external {
        return ComponentCost {
            line_items: Vec::new(),
            upfront,
            is_priced: true,
        };
    }
    let frozen = component
        .offer
        .and_then(|offer| frozen_price(topology, &offer.id));
    let is_priced = match (component.offer, frozen, price) {
        (Some(_), Some(month), _) => {
            bill.add(
                "Instances",
                bill.instances,
                "instance-month",
                month,
                "the plan's own prices",
            );
            true
        }
        (Some(offer), None, Some(price)) => {
            bill.add_offer(topology, component, offer, price, used);
            true
        }
        _ => false,
    } && bill.add_disk(topology, component);
    if upfront.0 > 0.0 {
        let months = topology
            .plan
            .assumptions
            .get("write_off_months")
            .base
            .max(1.0);
        bill.add(
            "Write-off of bought hardware",
            1.0,
            "month",
            upfront / months,
            "the price, spread over the write-off",
        );
    }
    ComponentCost {
        line_items: bill.lines,
        upfront,
        is_priced,
    }
}

/// A monthly price that the plan keeps for an offer.
fn frozen_price(topology: &Topology, offer: &str) -> Option<Money> {
    let price = topology
        .plan
        .catalogue
        .as_ref()?
        .prices
        .get(offer)?
        .as_f64()?;
    (price >= 0.0).then_some(Money(price))
}

struct Bill {
    instances: f64,
    lines: Vec<LineItem>,
}

impl Bill {
    fn add(&mut self, name: &str, quantity: f64, unit: &'static str, price: Money, source: &str) {
        self.lines.push(LineItem {
            name: name.to_owned(),
            pricing_quantity: quantity,
            pricing_unit: unit,
            list_unit_price: price,
            month: price * quantity,
            source: source.to_owned(),
        });
    }

    /// The disk behind the network that a machine keeps its data on, one per instance; what the system itself
    /// takes is not counted. Whether its price is known.
    fn add_disk(&mut self, topology: &Topology, component: &Component) -> bool {
        let Some(offer) = component.offer.filter(|offer| offer.kind.is_machine()) else {
            return true;
        };
        let hosting = component.source.hosting.as_ref();
        let disk = hosting.and_then(|hosting| hosting.disk).or(offer.disk);
        let size = kept(component);
        let (Some(disk @ (Disk::Network | Disk::Provisioned)), true) = (disk, size.0 > 0.0) else {
            return true;
        };
        let provider = topology.catalog.provider_of(offer);
        let Some((volume, price)) = provider
            .and_then(|provider| provider.volume(disk))
            .and_then(|volume| Some((volume, volume.price.as_ref()?)))
        else {
            return false;
        };
        let source = published(provider, &volume.source, volume.date);
        let instances = self.instances;
        if let Some(per_gb) = price.per_gb_month {
            self.add("Disk", size.0 * instances, "GB-month", per_gb, &source);
        }
        let bought = hosting.and_then(|hosting| hosting.iops).unwrap_or(0.0);
        let beyond = bought.clamp(0.0, 1e8) - volume.included_iops(size).unwrap_or(0.0);
        if let (Some(per_iops), true) = (price.per_iops_month, beyond > 0.0) {
            self.add(
                "Disk speed",
                beyond * instances,
                "IOPS-month",
                per_iops,
                &source,
            );
        }
        true
    }

    fn add_offer(
        &mut self,
        topology: &Topology,
        component: &Component,
        offer: &Offer,
        price: &Price,
        used: &Use,
    ) {
        let source = source_of(topology, offer);
        let mut add = |name, quantity: f64, unit, price: Option<Money>| {
            if let Some(price) = price
                && quantity > 0.0
            {
                self.lines.push(LineItem {
                    name: String::from(name),
                    pricing_quantity: quantity,
                    pricing_unit: unit,
                    list_unit_price: price,
                    month: price * quantity,
                    source: source.clone(),
                });
            }
        };
        let instances = self.instances;
        add("Instances", instances, "instance-month", price.month);
        if price.month.is_none() {
            add(
                "Instance hours",
                instances * HOURS_PER_MONTH,
                "instance-hour",
                price.per_hour,
            );
        }
        let burst = component
            .source
            .hosting
            .as_ref()
            .and_then(|hosting| hosting.extra.as_ref()?.burst.as_ref());
        if let Some(burst) = burst {
            let hours =
                burst.instances.clamp(0.0, 1e6) * burst.hours_month.clamp(0.0, HOURS_PER_MONTH);
            let hourly = price
                .per_hour
                .or(price.month.map(|month| month / HOURS_PER_MONTH));
            add(
                "Extra instances at the peak",
                hours,
                "instance-hour",
                hourly,
            );
        }
        let stored = kept(component).0 - price.included_gb.unwrap_or(0.0);
        add("Storage", stored, "GB-month", price.per_gb_month);
        add(
            "Requests",
            used.requests / 1e6,
            "million requests",
            price.per_million_requests,
        );
        add(
            "Reads",
            used.requests / 1e6,
            "million reads",
            price.per_million_reads,
        );
        add("Data processed", used.processed.0, "GB", price.per_gb);
        add(
            "Data sent to users",
            used.to_internet.0 - offer.transfer_gb.unwrap_or(0.0) * instances,
            "GB",
            price.per_gb_out,
        );
        let cores = component.servers.value;
        add(
            "Processor time",
            used.busy_seconds * cores,
            "vCPU-second",
            price.per_vcpu_second,
        );
        let memory = offer.memory_gib.unwrap_or(1.0);
        add(
            "Memory time",
            used.busy_seconds * memory,
            "GiB-second",
            price.per_gib_second,
        );
        if let Some(unit) = price.unit {
            let by_connections = used.requests / SECONDS_PER_MONTH / unit.connections_per_second;
            let by_traffic = used.processed.0 / HOURS_PER_MONTH / unit.gb_per_hour;
            let units = by_connections.max(by_traffic);
            add(
                "Capacity units",
                units * HOURS_PER_MONTH,
                "unit-hour",
                price.per_unit_hour,
            );
        }
    }
}

fn source_of(topology: &Topology, offer: &Offer) -> String {
    published(
        topology.catalog.provider_of(offer),
        &offer.source,
        offer.date,
    )
}

fn published(provider: Option<&Provider>, source: &[String], date: Date) -> String {
    match provider.and_then(|provider| provider.sources.get(source.first()?)) {
        Some(source) => format!("{}, {date}", source.title),
        None => date.to_string(),
    }
}

/// Data that each instance keeps.
fn kept(component: &Component) -> Gigabytes {
    let stated = component
        .source
        .settings
        .get("data_gb")
        .and_then(serde_json::Value::as_f64);
    Gigabytes(
        stated
            .unwrap_or(component.kind.default_number("data_gb"))
            .clamp(0.0, 1e9),
    )
}

/// Transfer to users beyond what a provider includes, charged once per provider and shared by what each sends.
fn add_transfer(topology: &Topology, uses: &[Use], bills: &mut [ComponentCost]) {
    let mut by_provider: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (component, resolved) in topology.components.iter().enumerate() {
        let stated = resolved
            .source
            .overrides
            .as_ref()
            .and_then(|overrides| overrides.cost_month)
            .is_some();
        if let (Some(offer), false) = (resolved.offer, stated) {
            by_provider
                .entry(&offer.provider)
                .or_default()
                .push(component);
        }
    }
    for (provider, members) in by_provider {
        let Some(egress) = topology
            .catalog
            .provider(provider)
            .and_then(|provider| provider.egress.as_ref())
        else {
            continue;
        };
        let charges_itself = |&component: &usize| {
            let price = topology.components[component]
                .offer
                .and_then(|offer| offer.price.as_ref());
            price.is_some_and(|price| price.per_gb_out.is_some())
        };
        let senders: Vec<usize> = members
            .into_iter()
            .filter(|member| !charges_itself(member))
            .collect();
        let sent: f64 = senders
            .iter()
            .map(|&member| uses[member].to_internet.0)
            .sum();
        let included: f64 = senders
            .iter()
            .map(|&member| {
                let resolved = &topology.components[member];
                resolved
                    .offer
                    .and_then(|offer| offer.transfer_gb)
                    .unwrap_or(0.0)
                    * resolved.instances as f64
            })
            .sum();
        let billed = (sent - included).max(0.0);
        let charge = egress.month_cost(Gigabytes(billed));
        if charge.0 <= 0.0 {
            continue;
        }
        for &member in &senders {
            let share = uses[member].to_internet.0 / sent;
            if share > 0.0 {
                let mut bill = Bill {
                    instances: 1.0,
                    lines: std::mem::take(&mut bills[member].line_items),
                };
                let source = format!("price list of {provider}, {}", egress.date);
                bill.add(
                    "Data sent to users",
                    billed * share,
                    "GB",
                    charge / billed,
                    &source,
                );
                bills[member].line_items = bill.lines;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::traffic::{Conditions, traffic};
    use crate::catalog::Catalog;
    use crate::plan::Plan;
    use crate::plan::sketch::sketch;

    fn bill(text: &str, component: &str) -> ComponentCost {
        bill_of(&sketch(text).unwrap(), component)
    }

    fn bill_of(plan: &Plan, component: &str) -> ComponentCost {
        let catalog = Catalog::embedded();
        let topology = Topology::new(plan, &catalog);
        let report = cost(&topology, &traffic(&topology, &Conditions::peak(&topology)));
        report.components[topology.component_index(component).unwrap()].clone()
    }

    #[test]
    fn instances_cost_their_list_price() {
        assert_eq!(
            bill("users -> app*3[offer=linode-dedicated-2]", "app").month(),
            Some(Money(108.0))
        );
    }

    #[test]
    fn an_unknown_price_is_not_a_price_of_nothing() {
        assert_eq!(bill("users -> app[kind=vps]", "app").month(), None);
        assert_eq!(bill("users -> app", "users").month(), Some(Money(0.0)));
    }

    #[test]
    fn bought_hardware_is_paid_at_once_and_spread() {
        let bill = bill("users -> app*2[offer=dell-pe2950-2008]", "app");
        assert_eq!(bill.upfront, Money(4912.0));
        assert!((bill.month().unwrap().0 - 4912.0 / 36.0).abs() < 1e-9);
    }

    #[test]
    fn storage_is_charged_by_what_is_kept() {
        let bill = bill(
            "users -> app -> files:object-storage[offer=aws-s3 data_gb=1000]",
            "files",
        );
        let storage = bill
            .line_items
            .iter()
            .find(|item| item.name == "Storage")
            .unwrap();
        assert!((storage.month.0 - 23.0).abs() < 1e-9);
    }

    #[test]
    fn data_on_a_disk_behind_the_network_is_charged_for_every_copy() {
        for (text, expected) in [
            (
                "users -> app -> db[offer=aws-m5-large data_gb=100]",
                70.08 + 8.0,
            ),
            (
                "users -> app -> db*2[offer=aws-m5-large data_gb=100]",
                140.16 + 16.0,
            ),
            (
                "users -> app -> db[offer=linode-dedicated-2 data_gb=100]",
                36.0,
            ),
        ] {
            let month = bill(text, "db").month().unwrap();
            assert!((month.0 - expected).abs() < 1e-9, "{text}: {month:?}");
        }
    }

    #[test]
    fn disk_operations_beyond_the_included_ones_are_charged() {
        for (offer, disk, iops, expected) in [
            ("aws-m5-large", Disk::Network, 4000.0, Some(70.08 + 13.0)),
            (
                "aws-m5-large",
                Disk::Provisioned,
                10_000.0,
                Some(70.08 + 662.5),
            ),
            ("linode-dedicated-2", Disk::Provisioned, 10_000.0, None),
        ] {
            let text = format!("users -> app -> db[offer={offer} data_gb=100]");
            let mut plan = sketch(&text).unwrap();
            let component = plan
                .components
                .last_mut()
                .map(std::rc::Rc::make_mut)
                .unwrap();
            let hosting = component.hosting.as_mut().unwrap();
            hosting.disk = Some(disk);
            hosting.iops = Some(iops);
            let month = bill_of(&plan, "db")
                .month()
                .map(|month| (month.0 * 100.0).round());
            assert_eq!(
                month,
                expected.map(|month: f64| (month * 100.0).round()),
                "{offer}"
            );
        }
    }

    #[test]
    fn an_object_store_charges_for_what_leaves_beyond_its_allowance() {
        let text = "users[rps=1000] -> files:object-storage[offer=do-spaces data_gb=0]";
        let mut plan = sketch(text).unwrap();
        for (response_bytes, expected) in [(380.0, 5.0), (2000.0, 5.0 + (5256.0 - 1000.0) * 0.01)] {
            let journey = plan
                .journeys
                .first_mut()
                .map(std::rc::Rc::make_mut)
                .unwrap();
            journey.response_bytes = Some(response_bytes);
            let month = bill_of(&plan, "files").month().unwrap();
            assert!(
                (month.0 - expected).abs() < 1e-6,
                "{response_bytes}: {month:?}"
            );
        }
    }
}
