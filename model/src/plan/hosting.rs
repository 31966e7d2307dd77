//! What a component runs on.

use serde_json::{Map, Value};

/// What a component runs on: the kind of hosting and a provider's offer.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hosting {
    /// The kind; the offer's when absent.
    pub kind: Option<HostingKind>,
    /// The id of an offer in the catalogue.
    pub offer: Option<String>,
    /// The id of a software offer that you run on a machine of your own.
    pub software: Option<String>,
    /// What kind of disk it has; the offer's when absent.
    pub disk: Option<Disk>,
    /// The id of a disk that the offer's provider sells, in place of the usual one of that kind.
    pub volume: Option<String>,
    /// Disk operations per second bought with a disk behind the network.
    pub iops: Option<f64>,
    /// MiB/s bought with a disk behind the network.
    pub throughput_mib_s: Option<f64>,
    /// How busy the other guests of a shared disk are.
    pub neighbour: Option<Neighbour>,
    /// Whether there is a repair contract with spare parts.
    pub spares: Option<bool>,
    /// Hours between two backups of the whole machine.
    pub backup_interval_hours: Option<f64>,
    /// Whether setting it up is a script.
    pub automated: Option<bool>,
    /// Whether it runs as a container behind a common API.
    pub portable: Option<bool>,
    /// Who runs a platform, and whether its interface is anyone else's too.
    pub engine: Option<Engine>,
    /// Months committed to in advance.
    pub commitment: Option<f64>,
    /// Units added by the hour.
    pub extra: Option<Extra>,
    /// Ids of what the offer's provider charges beside offers and disks: an address, a gateway, a cluster.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub with: Vec<String>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// How much of the stack is somebody else's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum HostingKind {
    /// A whole machine, yours or rented.
    BareMetal,
    /// A slice of a machine at a fixed monthly price.
    Vps,
    /// Machines, disks and networks by the hour or second.
    Iaas,
    /// A platform or service that somebody else runs.
    Paas,
}

impl HostingKind {
    /// All kinds, from most to least of your own work.
    pub const ALL: [Self; 4] = [Self::BareMetal, Self::Vps, Self::Iaas, Self::Paas];

    /// The kind of a word in plan files.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::BareMetal => "bare_metal",
            Self::Vps => "vps",
            Self::Iaas => "iaas",
            Self::Paas => "paas",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::BareMetal => "Bare metal",
            Self::Vps => "VPS",
            Self::Iaas => "IaaS",
            Self::Paas => "PaaS",
        }
    }
}

/// Where a machine's disk is and what it promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Disk {
    /// In the machine, yours alone.
    Local,
    /// In the machine, shared with other guests.
    Shared,
    /// Behind the network.
    Network,
    /// Behind the network, with operations per second bought.
    Provisioned,
    /// Gone when the instance stops.
    Ephemeral,
}

impl Disk {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Local,
        Self::Shared,
        Self::Network,
        Self::Provisioned,
        Self::Ephemeral,
    ];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Shared => "shared",
            Self::Network => "network",
            Self::Provisioned => "provisioned",
            Self::Ephemeral => "ephemeral",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Shared => "Shared",
            Self::Network => "Network",
            Self::Provisioned => "Provisioned",
            Self::Ephemeral => "Ephemeral",
        }
    }
}

/// How busy the other guests of a shared disk are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Neighbour {
    /// They hardly use it.
    Quiet,
    /// They use it as guests do.
    Typical,
    /// One of them uses nearly all of it.
    Noisy,
}

impl Neighbour {
    /// All of them, from the best.
    pub const ALL: [Self; 3] = [Self::Quiet, Self::Typical, Self::Noisy];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Typical => "typical",
            Self::Noisy => "noisy",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quiet => "Quiet",
            Self::Typical => "Typical",
            Self::Noisy => "Noisy",
        }
    }
}

/// Who runs a platform, and whether its interface is anyone else's too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Engine {
    /// One provider's own.
    Proprietary,
    /// Open software that the provider runs.
    OpenHosted,
    /// Open software that you run.
    SelfRun,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Proprietary, Self::OpenHosted, Self::SelfRun];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Proprietary => "proprietary",
            Self::OpenHosted => "open_hosted",
            Self::SelfRun => "self_run",
        }
    }
}

/// Units added to the steady ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extra {
    /// Instances for the peak only.
    pub burst: Option<Burst>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

/// Instances that run only some hours of the month.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Burst {
    /// How many.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub instances: f64,
    /// Hours per month that they run.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub hours_month: f64,
    /// Seconds until it is noticed that more is needed; 60 when absent.
    pub detect_seconds: Option<f64>,
    /// Seconds from order to first use; the offer's when absent, or else 120.
    pub start_seconds: Option<f64>,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}
