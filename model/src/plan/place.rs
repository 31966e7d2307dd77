//! Where instances stand: failure domains and sites.

use serde_json::{Map, Value};

use super::Id;

/// A place that takes everything in it down when it fails.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The name that placements and findings use.
    pub id: Id,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// The name on screen; without one, the id.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub name: String,
    /// The place around it.
    pub within: Option<Id>,
    /// For a site: whose roof it is.
    pub site: Option<Site>,
    /// For a site: megabits per second that its line sends.
    pub upload_mbit: Option<f64>,
    /// Share of time that the place itself is down, 0 to 1; 0 when absent.
    pub unavailability: Option<f64>,
    /// What it covers on the canvas at least, `[x, y, width, height]` in canvas units; it grows round what stands
    /// in it.
    pub area: Option<[f64; 4]>,
    /// Free text.
    #[cfg_attr(
        feature = "schema",
        schemars(default, skip_serializing_if = "String::is_empty")
    )]
    pub notes: String,
    /// Fields that this version does not know.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub unknown: Map<String, Value>,
}

impl Place {
    /// A place of which nothing else is said.
    pub fn new(id: Id, kind: PlaceKind) -> Self {
        Self {
            id,
            kind,
            ..Self::default()
        }
    }
}

/// What fails together in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum PlaceKind {
    /// Everything of one company.
    #[default]
    Provider,
    /// All data centres of one area.
    Region,
    /// One data centre or a few with common power and network.
    Zone,
    /// One rack.
    Rack,
    /// One physical machine.
    Host,
    /// One power supply.
    Power,
    /// A building where machines stand: home, office or colocation.
    Site,
    /// A cause that nobody draws: registrar, certificate authority, card on file.
    Account,
}

impl PlaceKind {
    /// All kinds, from the widest to the narrowest, causes without walls last.
    pub const ALL: [Self; 8] = [
        Self::Provider,
        Self::Region,
        Self::Zone,
        Self::Site,
        Self::Power,
        Self::Rack,
        Self::Host,
        Self::Account,
    ];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Region => "region",
            Self::Zone => "zone",
            Self::Site => "site",
            Self::Power => "power",
            Self::Rack => "rack",
            Self::Host => "host",
            Self::Account => "account",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provider => "Provider",
            Self::Region => "Region",
            Self::Zone => "Zone",
            Self::Rack => "Rack",
            Self::Host => "Host",
            Self::Power => "Power supply",
            Self::Site => "Site",
            Self::Account => "Account",
        }
    }

    /// The word within a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Provider => text!("provider"),
            Self::Region => text!("region"),
            Self::Zone => text!("zone"),
            Self::Rack => text!("rack"),
            Self::Host => text!("host"),
            Self::Power => text!("power supply"),
            Self::Site => text!("site"),
            Self::Account => text!("account"),
        }
    }
}

/// Whose roof bare metal stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum Site {
    /// A flat with a residential line.
    Home,
    /// An office with a business line.
    Office,
    /// A rented place in a data centre.
    Colocation,
}

impl Site {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Home, Self::Office, Self::Colocation];

    /// The word in plan files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Office => "office",
            Self::Colocation => "colocation",
        }
    }
}
