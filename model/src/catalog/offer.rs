//! What can be had from a provider, with its price and where the figures come from.

use serde::Deserialize;

use super::{Confidence, Date, Status};
use crate::plan::{Disk, HostingKind, Site};
use crate::units::{HOURS_PER_MONTH, Money};

/// A concrete product that can back a component. What is `None` is not known.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its id, the same for ever: plans name it.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// The id of its provider.
    #[serde(skip)]
    pub provider: String,
    /// What kind of product it is.
    pub kind: OfferKind,
    /// Component types that can run on it; for a machine [`MACHINE_TYPES`] unless its file says otherwise.
    #[serde(default)]
    pub component_types: Vec<String>,
    /// Whether it can still be had.
    #[serde(default)]
    pub status: Status,
    /// Where the price holds, in the provider's words.
    pub region: Option<String>,
    /// For machines of your own: the site that they stand in.
    pub site: Option<Site>,
    /// Virtual or real processor cores, all that serve.
    pub vcpu: Option<f64>,
    /// Whether the cores are yours alone.
    pub cpu: Option<Cpu>,
    /// Memory in GiB.
    pub memory_gib: Option<f64>,
    /// Disk that is included, in GB.
    pub disk_gb: Option<f64>,
    /// Where that disk is.
    pub disk: Option<Disk>,
    /// Disk operations per second; reads where writes are slower.
    pub iops: Option<f64>,
    /// Disk writes per second, where they are slower than reads.
    pub write_iops: Option<f64>,
    /// Megabits per second of its network.
    pub network_mbit: Option<f64>,
    /// Gigabytes that may leave it each month before egress is charged.
    pub transfer_gb: Option<f64>,
    /// What it costs, in the catalogue's currency; `None` is not priced, never free.
    #[serde(skip)]
    pub price: Option<Price>,
    /// What it costs as published, in the currency of the list.
    #[serde(rename = "price")]
    pub list_price: Option<Price>,
    /// What time is counted in.
    pub billing: Option<Billing>,
    /// Machines behind one of it, as with a database in two zones; 1 when absent.
    pub instances: Option<u32>,
    /// Availability promised in the contract, in percent.
    pub sla_percent: Option<f64>,
    /// Seconds from order to first use: median measured, or as noted.
    pub provision_seconds: Option<f64>,
    /// What it refuses.
    pub limits: Option<Limits>,
    /// How much of what you build on it others offer too.
    pub interface: Interface,
    /// Standards that it speaks.
    #[serde(default)]
    pub open_standards: Vec<String>,
    /// What only this provider has.
    #[serde(default)]
    pub proprietary: Vec<String>,
    /// Throughput that somebody measured on it.
    pub measured: Option<Measured>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When the price was published, or the product seen if there is no price.
    pub date: Date,
    /// How far the figures can be trusted.
    pub confidence: Confidence,
    /// What a person should know before choosing it.
    pub note: Option<String>,
}

impl Offer {
    /// Whether a component of this type can run on it.
    pub fn fits(&self, component_type: &str) -> bool {
        self.component_types.iter().any(|id| id == component_type)
    }

    /// Whether its price was published more than [`OLD_PRICE_DAYS`] ago.
    pub fn is_price_old(&self, today: Date) -> bool {
        self.price.is_some() && self.price_age_days(today) > OLD_PRICE_DAYS
    }

    /// How many days ago its price was published, at most, if only a month or year is known; 0 for a price of
    /// the future.
    pub fn price_age_days(&self, today: Date) -> i64 {
        self.date.days_until(today).max(0)
    }
}

/// Days after which a price is called old.
pub const OLD_PRICE_DAYS: i64 = 180;

/// Component types that a machine with an operating system of your own can run.
pub const MACHINE_TYPES: &[&str] = &[
    "dns",
    "load_balancer",
    "web_server",
    "app_server",
    "worker",
    "cache",
    "queue",
    "sql_database",
    "nosql_database",
    "search",
    "object_storage",
    "file_storage",
];

/// What kind of product an offer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// A whole machine.
    BareMetal,
    /// A slice of a machine at a monthly price.
    Vps,
    /// A machine by the hour or second.
    Iaas,
    /// A platform or managed service.
    Paas,
    /// Software to run on a machine of your own.
    Software,
}

impl OfferKind {
    /// The kind of hosting that it is; `None` for software, which runs on any machine.
    pub fn hosting(self) -> Option<HostingKind> {
        match self {
            Self::BareMetal => Some(HostingKind::BareMetal),
            Self::Vps => Some(HostingKind::Vps),
            Self::Iaas => Some(HostingKind::Iaas),
            Self::Paas => Some(HostingKind::Paas),
            Self::Software => None,
        }
    }

    /// Whether you get a machine with an operating system of your own.
    pub fn is_machine(self) -> bool {
        matches!(self, Self::BareMetal | Self::Vps | Self::Iaas)
    }
}

impl From<HostingKind> for OfferKind {
    fn from(kind: HostingKind) -> Self {
        match kind {
            HostingKind::BareMetal => Self::BareMetal,
            HostingKind::Vps => Self::Vps,
            HostingKind::Iaas => Self::Iaas,
            HostingKind::Paas => Self::Paas,
        }
    }
}

/// Whether the cores of a machine are yours alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cpu {
    /// They are.
    Dedicated,
    /// Guests share them.
    Shared,
    /// You may use them fully for a while only, then a fraction.
    Burstable,
}

/// What time is counted in on the bill. A price by the month is also the most that a month costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    /// Whole months.
    Monthly,
    /// Hours begun.
    Hourly,
    /// Seconds.
    PerSecond,
    /// Not time: what is stored, sent or asked.
    PerUse,
    /// Paid once.
    OneOff,
}

/// How much of what you build on an offer others offer too, from easy to hard to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Interface {
    /// An open interface with several implementations: a machine of your own, S3 objects, a DNS zone.
    OpenStandard,
    /// Open software that a provider runs: a database, a broker, buildpacks.
    OpenSourceManaged,
    /// Standard towards your program, a provider's own in operation: balancers, CDNs.
    ProprietaryOperations,
    /// An interface or data model of one provider: a vendor's queue, database, functions.
    ProprietaryApi,
}

impl Interface {
    /// The word in reports and in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::OpenStandard => "open_standard",
            Self::OpenSourceManaged => "open_source_managed",
            Self::ProprietaryOperations => "proprietary_operations",
            Self::ProprietaryApi => "proprietary_api",
        }
    }
}

/// Charges of one offer or volume, each `None` where the source states none.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// For a month of 730 hours.
    pub month: Option<Money>,
    /// Once, before the start.
    pub upfront: Option<Money>,
    /// For an hour begun.
    pub per_hour: Option<Money>,
    /// For each GB kept for a month, beyond `included_gb`.
    pub per_gb_month: Option<Money>,
    /// GB kept at no further charge.
    pub included_gb: Option<f64>,
    /// For each GB that passes through or is taken in.
    pub per_gb: Option<Money>,
    /// For each GB that leaves to the internet, in place of the provider's egress.
    pub per_gb_out: Option<Money>,
    /// GB to the internet that are free with each GB kept.
    pub gb_out_per_gb_stored: Option<f64>,
    /// The least that a month costs.
    pub minimum_month: Option<Money>,
    /// For automatic backups of one, for a month.
    pub backup_month: Option<Money>,
    /// For a million requests of any kind.
    pub per_million_requests: Option<Money>,
    /// For a million reads.
    pub per_million_reads: Option<Money>,
    /// For a million writes.
    pub per_million_writes: Option<Money>,
    /// For a million operations of a disk.
    pub per_million_ios: Option<Money>,
    /// For each core for a second of work.
    pub per_vcpu_second: Option<Money>,
    /// For each GiB of memory for a second of work.
    pub per_gib_second: Option<Money>,
    /// For each disk operation per second, for a month, beyond those included.
    pub per_iops_month: Option<Money>,
    /// For each MiB/s of a disk, for a month, beyond those included.
    pub per_mib_s_month: Option<Money>,
    /// For a capacity unit for an hour.
    pub per_unit_hour: Option<Money>,
    /// What one capacity unit carries.
    pub unit: Option<CapacityUnit>,
    /// Prices for months that are committed to in advance, in place of `month`.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// The currency, as in ISO 4217.
    pub currency: String,
}

impl Price {
    /// What a month costs where time is charged: the price by the month, or else 730 hours; `None` where only
    /// use is.
    pub fn by_month(&self) -> Option<Money> {
        self.month
            .or(self.per_hour.map(|hour| hour * HOURS_PER_MONTH))
    }

    /// Whether it charges nothing for anything.
    pub fn is_free(&self) -> bool {
        let stated = self.charges().into_iter().filter_map(|(_, amount)| amount);
        let mut stated = stated.peekable();
        stated.peek().is_some() && stated.all(|amount| amount.0 == 0.0)
    }

    /// The same price in another currency, at `rate` of it for one of this. What is charged for a month or once
    /// is rounded to hundredths, unit prices are not.
    pub(super) fn converted(&self, currency: &str, rate: f64) -> Self {
        let exact = |amount: Option<Money>| amount.map(|amount| amount * rate);
        let rounded = |amount: Option<Money>| {
            exact(amount).map(|amount| Money((amount.0 * 100.0).round() / 100.0))
        };
        Self {
            month: rounded(self.month),
            upfront: rounded(self.upfront),
            per_hour: exact(self.per_hour),
            per_gb_month: exact(self.per_gb_month),
            included_gb: self.included_gb,
            per_gb: exact(self.per_gb),
            per_gb_out: exact(self.per_gb_out),
            gb_out_per_gb_stored: self.gb_out_per_gb_stored,
            minimum_month: rounded(self.minimum_month),
            backup_month: rounded(self.backup_month),
            per_million_requests: exact(self.per_million_requests),
            per_million_reads: exact(self.per_million_reads),
            per_million_writes: exact(self.per_million_writes),
            per_million_ios: exact(self.per_million_ios),
            per_vcpu_second: exact(self.per_vcpu_second),
            per_gib_second: exact(self.per_gib_second),
            per_iops_month: exact(self.per_iops_month),
            per_mib_s_month: exact(self.per_mib_s_month),
            per_unit_hour: exact(self.per_unit_hour),
            unit: self.unit,
            commitments: self
                .commitments
                .iter()
                .map(|commitment| Commitment {
                    months: commitment.months,
                    month: rounded(commitment.month),
                    upfront: rounded(commitment.upfront),
                })
                .collect(),
            currency: currency.to_owned(),
        }
    }

    /// Every charge with its name in the file.
    pub(super) fn charges(&self) -> [(&'static str, Option<Money>); 17] {
        [
            ("month", self.month),
            ("upfront", self.upfront),
            ("per_hour", self.per_hour),
            ("per_gb_month", self.per_gb_month),
            ("per_gb", self.per_gb),
            ("per_gb_out", self.per_gb_out),
            ("minimum_month", self.minimum_month),
            ("backup_month", self.backup_month),
            ("per_million_requests", self.per_million_requests),
            ("per_million_reads", self.per_million_reads),
            ("per_million_writes", self.per_million_writes),
            ("per_million_ios", self.per_million_ios),
            ("per_vcpu_second", self.per_vcpu_second),
            ("per_gib_second", self.per_gib_second),
            ("per_iops_month", self.per_iops_month),
            ("per_mib_s_month", self.per_mib_s_month),
            ("per_unit_hour", self.per_unit_hour),
        ]
    }
}

/// What an instance costs for whoever commits to months in advance.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// For how many months, 1 and more.
    pub months: f64,
    /// What is paid every month of it.
    pub month: Option<Money>,
    /// What is paid at its start.
    pub upfront: Option<Money>,
}

impl Commitment {
    /// All that is paid for it, a month: what is paid at its start is spread over its months.
    pub fn by_month(&self) -> Money {
        let zero = Money(0.0);
        let spread = self.upfront.unwrap_or(zero) / self.months.max(1.0);
        self.month.unwrap_or(zero) + spread
    }
}

/// What one capacity unit of a balancer carries; the charge follows whichever is used most.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CapacityUnit {
    /// New connections per second.
    pub connections_per_second: f64,
    /// GB per hour.
    pub gb_per_hour: f64,
}

/// What an offer refuses, or asks for at least.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// GB that one object may have.
    pub object_gb: Option<f64>,
    /// Days that each object is charged at least.
    pub minimum_days: Option<f64>,
}

/// Throughput measured with the load generator on the same machine: a floor, good for ratios between offers.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Static files of 1 kB, requests per second.
    pub static_web_1k_rps: Option<f64>,
    /// Redis SET without pipelining, requests per second.
    pub redis_set_rps: Option<f64>,
}
