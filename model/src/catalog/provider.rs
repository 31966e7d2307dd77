//! Companies and other places that offers are had from, and what they charge for disks and traffic.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Date, Offer, Price};
use crate::plan::Disk;
use crate::units::{Gigabytes, Money};
use crate::words::Words;

/// A company or a kind of place that offers are had from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its id, the name of its file.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// Whether it is still there.
    #[serde(default)]
    pub status: Status,
    /// When it closed.
    pub retired: Option<Date>,
    /// What took its place.
    pub successor: Option<String>,
    /// Whether it is yourself: no company that could fail as a whole.
    #[serde(default, rename = "own")]
    pub is_own: bool,
    /// What a person should know before choosing it.
    pub note: Option<String>,
    /// How one leaves it.
    #[serde(default)]
    pub exit_options: Vec<String>,
    /// What traffic to the internet costs beyond what offers include; `None` is not known.
    pub egress: Option<Egress>,
    /// What it promises when a machine breaks or a ticket is written.
    pub support: Option<Support>,
    /// What its platform asks of programs.
    pub platform: Option<PlatformShape>,
    /// What happened to it, in order.
    #[serde(default)]
    pub history: Vec<Event>,
    /// How its prices changed.
    #[serde(default)]
    pub price_history: Vec<PriceHistory>,
    /// Where the figures come from, by the keys that offers use.
    pub sources: BTreeMap<String, Source>,
    /// Disks behind the network that machines can have besides their own.
    #[serde(default)]
    pub storage: Vec<Volume>,
    /// What is charged beside offers and disks: gateways, addresses, lines.
    #[serde(default)]
    pub extras: Vec<Extra>,
    /// What can be had from it, in the order users see; none of what a plan cannot run on.
    pub offers: Vec<Offer>,
}

impl Provider {
    /// What is charged beside offers and disks and a plan can ask for.
    pub fn beside(&self) -> impl Iterator<Item = &Extra> {
        self.extras.iter().filter(|extra| extra.per.is_some())
    }

    /// The disk that a plan means by this word: the first of that kind.
    pub fn volume(&self, disk: Disk) -> Option<&Volume> {
        self.storage.iter().find(|volume| volume.disk == disk)
    }
}

/// What a provider promises when a machine breaks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Hours until broken hardware is replaced.
    pub repair_hours: Option<f64>,
    /// Hours until a ticket is answered.
    pub ticket_hours: Option<f64>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When it was published.
    pub date: Date,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// Something that happened to a provider.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub date: Date,
    /// What, in a sentence.
    pub what: String,
    /// Days from the announcement to the end, where it was the end of something.
    pub notice_days: Option<u32>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
}

/// What a platform asks of the programs that it runs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlatformShape {
    /// Seconds after which a request is ended.
    pub request_limit_seconds: Option<f64>,
    /// Seconds within which a program has to be ready.
    pub boot_limit_seconds: Option<f64>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When it was published.
    pub date: Date,
}

/// How one price changed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PriceHistory {
    /// What the price is for, with its unit.
    pub what: String,
    /// The offer that is nearest to it.
    pub offer: String,
    /// The currency of the amounts, as in ISO 4217; they are kept as they were published.
    pub currency: String,
    /// The prices, the oldest first.
    pub points: Vec<PricePoint>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// A price on a day.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PricePoint {
    /// When it was charged.
    pub date: Date,
    /// How much.
    pub amount: Money,
}

/// Something that is charged beside offers and disks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// What needs one of its own; `None` where a plan cannot ask for it.
    pub per: Option<Per>,
    /// What it costs, in the catalogue's currency.
    #[serde(skip)]
    pub price: Option<Price>,
    /// What it costs as published, in the currency of the list.
    #[serde(rename = "price")]
    pub list_price: Option<Price>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When the price was published.
    pub date: Date,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a person should know before choosing it.
    pub note: Option<String>,
}

/// What needs one of its own of something that is charged beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each instance.
    Instance,
    /// Each component, however many instances it has.
    Component,
    /// Each zone; the instances there share it.
    Zone,
    /// Each region; the instances there share it.
    Region,
}

/// Whether something can still be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Yes.
    #[default]
    Active,
    /// Kept for those who have it; something newer takes its place.
    Legacy,
    /// Kept running, not developed further.
    Sustaining,
    /// Yes, under another name.
    Renamed,
    /// No.
    Retired,
    /// Perhaps, but not at this price.
    HistoricalPrice,
}

impl Status {
    /// Whether anybody can order it today.
    pub fn is_sold(self) -> bool {
        matches!(self, Self::Active | Self::Renamed)
    }
}

/// How far a figure can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// One person's report, an unverified transcription or an estimate.
    Low,
    /// A transcription of a list, or older than two years.
    Medium,
    /// An official list or API, or a price recorded from one.
    High,
}

/// Where a figure was published.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Where to find it.
    #[serde(rename = "where")]
    pub location: String,
    /// When it was published or recorded.
    pub date: Date,
}

/// What traffic from a provider to the internet costs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Egress {
    /// GB a month that are free for the whole account.
    #[serde(default)]
    pub included_gb: f64,
    /// Prices by volume, each for the part that falls into it.
    pub tiers: Vec<Tier>,
    /// For each GB between two zones of a region, charged at both ends.
    pub per_gb_between_zones: Option<Money>,
    /// For each GB between two of its regions, charged where it leaves.
    pub per_gb_between_regions: Option<Money>,
    /// The currency of the published price; the amounts here are in the catalogue's.
    pub currency: String,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When the price was published.
    pub date: Date,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// The price of one part of the traffic.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Where it ends, in GB from the start of the month; the last has no end.
    pub up_to_gb: Option<f64>,
    /// For each GB.
    pub per_gb: Money,
}

impl Egress {
    /// What a month's traffic to the internet costs: Σ over the tiers of the part that falls into each × its
    /// price, after what is free.
    pub fn month_cost(&self, traffic: Gigabytes) -> Money {
        self.parts(traffic)
            .map(|(part, per_gb)| per_gb * part.0)
            .sum()
    }

    /// The part of a month's traffic that falls into each tier, after what is free, and its price for each GB.
    pub fn parts(&self, traffic: Gigabytes) -> impl Iterator<Item = (Gigabytes, Money)> {
        let billed = (traffic.0 - self.included_gb).max(0.0);
        self.tiers.iter().scan(0.0, move |from, tier| {
            let to = tier.up_to_gb.map_or(billed, |end| end.min(billed));
            let part = (to - *from).max(0.0);
            *from = to.max(*from);
            Some((Gigabytes(part), tier.per_gb))
        })
    }
}

/// A disk that can be had besides a machine's own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Its id.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// The word that a plan uses for its kind.
    pub disk: Disk,
    /// Operations per second that are included.
    pub iops: Option<f64>,
    /// Operations per second that are included with each GB.
    pub iops_per_gb: Option<f64>,
    /// Operations per second that it reaches for a while.
    pub burst_iops: Option<f64>,
    /// The most operations per second that it can have.
    pub max_iops: Option<f64>,
    /// MiB/s that are included.
    pub throughput_mib_s: Option<f64>,
    /// The most MiB/s that it can have.
    pub max_throughput_mib_s: Option<f64>,
    /// What it costs, in the catalogue's currency.
    #[serde(skip)]
    pub price: Option<Price>,
    /// What it costs as published, in the currency of the list.
    #[serde(rename = "price")]
    pub list_price: Option<Price>,
    /// Keys of its sources in the provider's list.
    pub source: Vec<String>,
    /// When the price was published.
    pub date: Date,
    /// How far the figures can be trusted.
    pub confidence: Confidence,
    /// What a person should know before choosing it.
    pub note: Option<String>,
}

impl Volume {
    /// Its speed in a few words; empty if the provider does not say.
    pub fn speed_words(&self) -> Words {
        let iops = match (self.iops, self.iops_per_gb) {
            (Some(iops), _) => Some(words!("{iops} IOPS", iops)),
            (None, Some(iops)) => Some(words!("{iops} IOPS per GB", iops)),
            (None, None) => None,
        };
        let speed = self.throughput_mib_s;
        let speed = speed.map(|speed| words!("{speed} MiB/s", speed));
        match (iops, speed) {
            (Some(iops), Some(speed)) => words!("{iops}, {speed}", iops, speed),
            (iops, speed) => iops.or(speed).unwrap_or_default(),
        }
    }

    /// Operations per second that a disk of this size has without buying more; `None` if the provider does not
    /// say.
    pub fn included_iops(&self, size: Gigabytes) -> Option<f64> {
        self.iops.or(self.iops_per_gb.map(|per_gb| per_gb * size.0))
    }

    /// What a disk of this size costs a month, with `iops` operations per second of which only those beyond the
    /// included ones are charged; `None` if it has no price.
    pub fn month_cost(&self, size: Gigabytes, iops: f64) -> Option<Money> {
        let price = self.price.as_ref()?;
        let bought = (iops - self.included_iops(size).unwrap_or(0.0)).max(0.0);
        let zero = Money(0.0);
        Some(
            price.month.unwrap_or(zero)
                + price.per_gb_month.unwrap_or(zero) * size.0
                + price.per_iops_month.unwrap_or(zero) * bought,
        )
    }
}
