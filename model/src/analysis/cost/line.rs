//! One charge of a bill, where its price is from, and what a bill cannot say.

use std::rc::Rc;

use crate::catalog::{Confidence, Date};
use crate::plan::Id;
use crate::units::Money;
use crate::words::Words;

/// One charge (FOCUS: a row of the bill).
#[derive(Clone, Debug, PartialEq)]
pub struct LineItem {
    /// What is charged.
    pub charge: ChargeKind,
    /// The connection whose traffic it is; none where the component itself is charged.
    pub connection: Option<Id>,
    /// How many pricing units a month.
    pub pricing_quantity: f64,
    /// What is counted.
    pub pricing_unit: &'static str,
    /// The price of one pricing unit; where tiers apply, the mean of what is charged.
    pub list_unit_price: Money,
    /// What it costs a month, what was paid on the first day spread over its use (FOCUS: effective cost).
    pub month: Money,
    /// What is paid every month (FOCUS: billed cost).
    pub paid_month: Money,
    /// What is paid on the first day.
    pub upfront: Money,
    /// How the quantity came about.
    pub formula: Words,
    /// Where the price is from.
    pub price: Rc<PriceOrigin>,
}

impl LineItem {
    /// The words on screen: what is charged, or the name of what is charged beside an offer.
    pub fn name(&self) -> &str {
        match self.charge {
            ChargeKind::Beside if !self.price.offer_name.is_empty() => &self.price.offer_name,
            charge => charge.name(),
        }
    }
}

/// Something that is charged for, at a price that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// What is charged.
    pub charge: ChargeKind,
    /// The connection whose traffic it is.
    pub connection: Option<Id>,
    /// How many pricing units a month, if that can be said.
    pub pricing_quantity: Option<f64>,
    /// What would be counted.
    pub pricing_unit: &'static str,
    /// Why there is no price, in words.
    pub why: Words,
}

/// Where a price is from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PriceOrigin {
    /// The name of the provider who charges it.
    pub provider: String,
    /// The id of the offer, volume or extra, empty where it is none of them.
    pub offer: String,
    /// The name of the offer, volume or extra, empty where it is none of them.
    pub offer_name: String,
    /// Where the price holds, in the provider's words.
    pub region: String,
    /// What says so.
    pub source: Words,
    /// Where to find that; empty for the plan itself.
    pub location: String,
    /// When it was published.
    pub date: Option<Date>,
    /// How far it can be trusted.
    pub confidence: Option<Confidence>,
}

impl PriceOrigin {
    /// The source and its date as one phrase.
    pub fn words(&self) -> Words {
        let source = self.source.clone();
        match self.date {
            Some(date) if source.is_empty() => words!("{date}", date),
            Some(date) => words!("{source}, {date}", source, date),
            None => source,
        }
    }
}

macro_rules! charges {
    ($($(#[$doc:meta])* $charge:ident = $id:literal, $name:literal, $group:ident;)*) => {
        /// What can be charged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ChargeKind {
            $($(#[$doc])* $charge,)*
        }

        impl ChargeKind {
            /// The word in files.
            pub fn id(self) -> &'static str {
                match self { $(Self::$charge => $id,)* }
            }

            /// The words on screen.
            pub fn name(self) -> &'static str {
                match self { $(Self::$charge => $name,)* }
            }

            /// The kind of charge that it is.
            pub fn group(self) -> ChargeGroup {
                match self { $(Self::$charge => ChargeGroup::$group,)* }
            }
        }
    };
}

charges! {
    /// What the plan states for the whole component.
    Stated = "stated", "As stated in the plan", Instances;
    /// A component for which no hosting is chosen, or none that is known.
    Hosting = "hosting", "Hosting", Instances;
    /// Machines and platforms by the month.
    Instances = "instances", "Instances", Instances;
    /// The same by the hour.
    InstanceHours = "instance_hours", "Instance hours", Instances;
    /// Machines and platforms for which months are committed to.
    Committed = "committed", "Committed instances", Instances;
    /// Machines for busy hours.
    Burst = "burst", "Extra instances at the peak", Instances;
    /// Automatic backups of machines.
    Backups = "backups", "Backups", Storage;
    /// What is missing to the least that a month costs.
    Minimum = "minimum", "Up to the least of a month", Instances;
    /// Software run on machines of your own.
    Software = "software", "Software", Instances;
    /// What is charged beside offers and disks: an address, a gateway, a cluster.
    Beside = "beside", "Beside it", Instances;
    /// Bought hardware, month by month.
    WriteOff = "write_off", "Write-off of bought hardware", OwnHardware;
    /// Electricity of bought hardware.
    Power = "power", "Power", OwnHardware;
    /// Rent of the place where bought hardware stands.
    Space = "space", "Space", OwnHardware;
    /// The line that bought hardware is reached over.
    Line = "line", "Line", OwnHardware;
    /// Repairs and spare parts of bought hardware.
    Upkeep = "upkeep", "Repairs and spare parts", OwnHardware;
    /// Data kept in a service.
    Storage = "storage", "Storage", Storage;
    /// Disks of machines.
    Disk = "disk", "Disk", Storage;
    /// Disk operations per second that are bought.
    DiskSpeed = "disk_speed", "Disk speed", Storage;
    /// Bytes per second of a disk that are bought.
    DiskThroughput = "disk_throughput", "Disk throughput", Storage;
    /// Disk operations that are counted.
    DiskOperations = "disk_operations", "Disk operations", Storage;
    /// Requests of any kind.
    Requests = "requests", "Requests", Requests;
    /// Requests that read.
    Reads = "reads", "Reads", Requests;
    /// Requests that write.
    Writes = "writes", "Writes", Requests;
    /// Processor time by the second.
    Processor = "processor", "Processor time", Requests;
    /// Memory by the second.
    Memory = "memory", "Memory time", Requests;
    /// Units of a balancer.
    CapacityUnits = "capacity_units", "Capacity units", Requests;
    /// Traffic that passes through.
    Processed = "processed", "Data processed", Traffic;
    /// Traffic that leaves to the internet.
    ToInternet = "to_internet", "Data sent to users", Traffic;
    /// Traffic that leaves for another provider.
    ToProvider = "to_provider", "Data sent to another provider", Traffic;
    /// Traffic between regions of a provider.
    BetweenRegions = "between_regions", "Data sent between regions", Traffic;
    /// Traffic between zones of a region.
    BetweenZones = "between_zones", "Data between zones, at both ends", Traffic;
}

/// Kinds of charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChargeGroup {
    /// Machines, platforms and services by time.
    Instances,
    /// What hardware of your own takes.
    OwnHardware,
    /// What is kept, and how fast it can be read.
    Storage,
    /// What is asked.
    Requests,
    /// What is sent.
    Traffic,
}

impl ChargeGroup {
    /// All of them, in the order of the bill.
    pub const ALL: [Self; 5] = [
        Self::Instances,
        Self::OwnHardware,
        Self::Storage,
        Self::Requests,
        Self::Traffic,
    ];

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instances => "Instances",
            Self::OwnHardware => "Hardware of your own",
            Self::Storage => "Storage",
            Self::Requests => "Requests and computing time",
            Self::Traffic => "Traffic",
        }
    }
}
