//! Provider files: JSON in, with the place and the remedy of everything that is wrong in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::{
    Catalog, Date, Egress, ExchangeRate, MACHINE_TYPES, Offer, OfferKind, Price, PriceHistory,
    Provider, Source, Volume,
};
use crate::components;
use crate::units::Money;

/// A file: its path as shown in errors, and its text.
pub type File<'a> = (&'a str, &'a str);

/// What is wrong in a file of the catalogue, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// The path of the file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    message: String,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for CatalogError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    version: Date,
    currency: String,
    rates: Vec<ExchangeRate>,
}

/// All files in one, as a page loads them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    header: Header,
    providers: Vec<Provider>,
}

impl Catalog {
    /// Reads a catalogue: the file with date, currency and rates, and one file per provider.
    ///
    /// # Errors
    /// At the first thing that is wrong: no JSON, an unknown field, type, kind or currency, a date that is none
    /// or lies after the catalogue's, a source that is missing or not used, a price below zero, an id twice.
    pub fn from_files(header: File, providers: &[File]) -> Result<Self, CatalogError> {
        let mut loading = Loading::new(Text(header), Text(header).parse()?)?;
        for &file in providers {
            let text = Text(file);
            let provider: Provider = text.parse()?;
            if file.0.rsplit('/').next() != Some(&format!("{}.json", provider.id)) {
                let line = text.line_with("id", &provider.id);
                return Err(text.error(
                    line,
                    format!("The id \"{}\" is not the name of the file.", provider.id),
                ));
            }
            loading.add(text, provider)?;
        }
        Ok(loading.catalog)
    }

    /// Reads a catalogue from one text that holds `header` and `providers`, as [`Self::bundle`] writes it.
    ///
    /// # Errors
    /// As [`Self::from_files`]; the line is that of the bundle.
    pub fn from_bundle(bundle: File) -> Result<Self, CatalogError> {
        let text = Text(bundle);
        let Bundle { header, providers } = text.parse()?;
        let mut loading = Loading::new(text, header)?;
        for provider in providers {
            loading.add(text, provider)?;
        }
        Ok(loading.catalog)
    }

    /// Checks all files and puts them into one text without white space.
    ///
    /// # Errors
    /// As [`Self::from_files`].
    pub fn bundle(header: File, providers: &[File]) -> Result<String, CatalogError> {
        Self::from_files(header, providers)?;
        let value = |file: File| Text(file).parse::<serde_json::Value>();
        let providers = providers.iter().copied().map(value);
        Ok(serde_json::json!({
            "header": value(header)?,
            "providers": providers.collect::<Result<Vec<_>, _>>()?,
        })
        .to_string())
    }
}

/// A catalogue that grows by one provider at a time.
struct Loading {
    catalog: Catalog,
    version: Date,
    /// All ids so far, and the file of each.
    ids: BTreeMap<String, String>,
}

impl Loading {
    fn new(text: Text, header: Header) -> Result<Self, CatalogError> {
        let Header {
            version,
            currency,
            rates,
        } = header;
        if let Some(rate) = rates.iter().find(|rate| rate.rate <= 0.0) {
            let line = text.line_with("currency", &rate.currency);
            return Err(text.error(line, "A rate is above 0."));
        }
        Ok(Self {
            catalog: Catalog {
                version: version.to_string(),
                own_currency: currency.clone(),
                currency,
                rates,
                ..Catalog::default()
            },
            version,
            ids: BTreeMap::new(),
        })
    }

    fn add(&mut self, text: Text, mut provider: Provider) -> Result<(), CatalogError> {
        let check = Check {
            text,
            catalog: &self.catalog,
            version: self.version,
        };
        check.provider(&mut provider)?;
        let names = std::iter::once(&provider.id)
            .chain(provider.offers.iter().map(|offer| &offer.id))
            .chain(provider.storage.iter().map(|volume| &volume.id))
            .chain(provider.extras.iter().map(|extra| &extra.id));
        for id in names {
            if let Some(other) = self.ids.insert(id.clone(), text.0.0.to_owned()) {
                return Err(check.wrong(
                    id,
                    format!("The id \"{id}\" is taken already, in {other}. Choose another."),
                ));
            }
        }
        self.catalog.push(provider);
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Text<'a>(File<'a>);

impl Text<'_> {
    fn parse<T: for<'de> Deserialize<'de>>(self) -> Result<T, CatalogError> {
        serde_json::from_str(self.0.1).map_err(|e| {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            self.error(
                e.line().max(1),
                format!("{what}. docs/catalogue.md lists the fields and their units."),
            )
        })
    }

    /// The first line where this field has this value; 1 if there is none.
    fn line_with(self, field: &str, value: &str) -> usize {
        let (field, value) = (format!("\"{field}\""), format!("\"{value}\""));
        self.0
            .1
            .lines()
            .position(|line| {
                line.match_indices(&field).any(|(at, _)| {
                    let rest = line.get(at + field.len()..).unwrap_or_default();
                    rest.trim_start_matches([' ', ':']).starts_with(&value)
                })
            })
            .map_or(1, |index| index + 1)
    }

    /// The first line with this text; 1 if there is none.
    fn line_of(self, part: &str) -> usize {
        self.0
            .1
            .lines()
            .position(|line| line.contains(part))
            .map_or(1, |index| index + 1)
    }

    fn error(self, line: usize, message: impl Into<String>) -> CatalogError {
        CatalogError {
            file: self.0.0.to_owned(),
            line,
            message: message.into(),
        }
    }
}

struct Check<'a> {
    text: Text<'a>,
    catalog: &'a Catalog,
    version: Date,
}

impl Check<'_> {
    fn provider(&self, provider: &mut Provider) -> Result<(), CatalogError> {
        let Provider {
            id,
            egress,
            sources,
            storage,
            offers,
            extras,
            support,
            platform,
            history,
            price_history,
            retired,
            ..
        } = provider;
        self.id(id)?;
        let mut used = BTreeSet::new();
        if let Some(date) = retired {
            self.date(id, *date)?;
        }
        for source in sources.values() {
            if source.date > self.version {
                return Err(self.text.error(
                    self.text.line_of(&format!("\"title\": \"{}\"", source.title)),
                    format!("The source \"{}\" is dated after the catalogue. Correct its date, or set version in assets/catalogue.json.", source.title),
                ));
            }
        }
        if let Some(support) = support {
            self.origin(id, &support.source, support.date, sources)?;
            self.numbers(
                id,
                &[
                    ("repair_hours", support.repair_hours),
                    ("ticket_hours", support.ticket_hours),
                ],
            )?;
            used.extend(support.source.clone());
        }
        if let Some(platform) = platform {
            self.origin(id, &platform.source, platform.date, sources)?;
            self.numbers(
                id,
                &[
                    ("request_limit_seconds", platform.request_limit_seconds),
                    ("boot_limit_seconds", platform.boot_limit_seconds),
                ],
            )?;
            used.extend(platform.source.clone());
        }
        for event in history {
            self.origin(id, &event.source, event.date, sources)?;
            used.extend(event.source.clone());
        }
        for history in price_history {
            self.price_history(history, sources)?;
            if !offers.iter().any(|offer| offer.id == history.offer) {
                return Err(self.text.error(
                    self.text.line_of(&format!("\"what\": \"{}\"", history.what)),
                    format!("The price history of \"{}\" names the offer \"{}\", which is not in this file. Name the offer that is nearest to it.", history.what, history.offer),
                ));
            }
            used.extend(history.source.clone());
        }
        for extra in extras {
            self.id(&extra.id)?;
            self.origin(&extra.id, &extra.source, extra.date, sources)?;
            extra.price = self.price(&extra.id, extra.list_price.as_ref())?;
            used.extend(extra.source.clone());
        }
        if let Some(egress) = egress {
            self.origin(id, &egress.source, egress.date, sources)?;
            self.egress(id, egress)?;
            used.extend(egress.source.clone());
        }
        for volume in storage {
            self.id(&volume.id)?;
            self.origin(&volume.id, &volume.source, volume.date, sources)?;
            self.volume(volume)?;
            used.extend(volume.source.clone());
        }
        for offer in offers {
            self.id(&offer.id)?;
            self.origin(&offer.id, &offer.source, offer.date, sources)?;
            self.offer(offer)?;
            offer.provider.clone_from(id);
            used.extend(offer.source.clone());
        }
        match sources.keys().find(|key| !used.contains(*key)) {
            Some(unused) => Err(self.text.error(
                self.text.line_of(&format!("\"{unused}\":")),
                format!(
                    "Nothing uses the source \"{unused}\". Remove it, or name it where it belongs."
                ),
            )),
            None => Ok(()),
        }
    }

    fn price_history(
        &self,
        history: &PriceHistory,
        sources: &BTreeMap<String, Source>,
    ) -> Result<(), CatalogError> {
        let line = self
            .text
            .line_of(&format!("\"what\": \"{}\"", history.what));
        let wrong = |message: &str| {
            Err(self.text.error(
                line,
                format!("The price history of \"{}\" {message}", history.what),
            ))
        };
        let (Some(last), false) = (history.points.last(), history.source.is_empty()) else {
            return wrong("needs points and a source. Say what was charged when, and who says so.");
        };
        if let Some(key) = history
            .source
            .iter()
            .find(|key| !sources.contains_key(*key))
        {
            return wrong(&format!(
                "names the source \"{key}\", which sources does not list. Add it there."
            ));
        }
        if !history.points.is_sorted_by(|a, b| a.date < b.date) || last.date > self.version {
            return wrong("goes from old to new, and not beyond the catalogue's own date.");
        }
        if history.points.iter().any(|point| point.amount.0 < 0.0) {
            return wrong("holds an amount below 0. Leave out what is not known.");
        }
        Ok(())
    }

    fn egress(&self, id: &str, egress: &mut Egress) -> Result<(), CatalogError> {
        let rate = self.rate(id, &egress.currency)?;
        let mut from = 0.0;
        let last = egress.tiers.len().saturating_sub(1);
        for (index, tier) in egress.tiers.iter_mut().enumerate() {
            let ends_right = match tier.up_to_gb {
                Some(end) => index < last && end > from,
                None => index == last,
            };
            if tier.per_gb.0 < 0.0 || !ends_right {
                return Err(self.text.error(self.text.line_of("\"egress\""),"Egress tiers go upwards, have prices of 0 or more, and only the last has no up_to_gb.",
                ));
            }
            from = tier.up_to_gb.unwrap_or(from);
            tier.per_gb = tier.per_gb * rate;
        }
        for price in [
            &mut egress.per_gb_between_zones,
            &mut egress.per_gb_between_regions,
        ] {
            *price = price.map(|price| price * rate);
        }
        Ok(())
    }

    fn volume(&self, volume: &mut Volume) -> Result<(), CatalogError> {
        self.numbers(
            &volume.id,
            &[
                ("iops", volume.iops),
                ("iops_per_gb", volume.iops_per_gb),
                ("burst_iops", volume.burst_iops),
                ("max_iops", volume.max_iops),
                ("throughput_mib_s", volume.throughput_mib_s),
                ("max_throughput_mib_s", volume.max_throughput_mib_s),
            ],
        )?;
        volume.price = self.price(&volume.id, volume.list_price.as_ref())?;
        Ok(())
    }

    fn offer(&self, offer: &mut Offer) -> Result<(), CatalogError> {
        let id = offer.id.as_str();
        if offer.component_types.is_empty() {
            if !offer.kind.is_machine() {
                return Err(self.wrong(
                    id,
                    format!("{id} is no machine: list in component_types what runs on it."),
                ));
            }
            offer.component_types = MACHINE_TYPES.iter().map(|&kind| kind.to_owned()).collect();
        }
        for kind in &offer.component_types {
            let can_be_hosted = components::component_type(kind)
                .is_some_and(|kind| !kind.behaviour.is_source && !kind.behaviour.is_external);
            if !can_be_hosted {
                return Err(self.wrong(
                    id,
                    format!("\"{kind}\" is no component type that can be hosted. docs/catalogue.md lists them."),
                ));
            }
        }
        self.numbers(
            id,
            &[
                ("vcpu", offer.vcpu),
                ("memory_gib", offer.memory_gib),
                ("disk_gb", offer.disk_gb),
                ("iops", offer.iops),
                ("write_iops", offer.write_iops),
                ("network_mbit", offer.network_mbit),
                ("transfer_gb", offer.transfer_gb),
                ("provision_seconds", offer.provision_seconds),
                ("sla_percent", offer.sla_percent),
                ("instances", offer.instances.map(f64::from)),
            ],
        )?;
        if offer.sla_percent.is_some_and(|percent| percent > 100.0) {
            return Err(self.wrong(id, "sla_percent is at most 100."));
        }
        if offer.kind == OfferKind::Software && offer.billing.is_some() {
            return Err(self.wrong(
                id,
                "Software is not billed by time: leave billing out and give what a licence costs as price.",
            ));
        }
        if let Some(limits) = offer.limits {
            self.numbers(
                id,
                &[
                    ("object_gb", limits.object_gb),
                    ("minimum_days", limits.minimum_days),
                ],
            )?;
        }
        offer.price = self.price(id, offer.list_price.as_ref())?;
        self.plausible(offer)
    }

    /// Refuses what is more likely a slip of the unit than a price.
    fn plausible(&self, offer: &Offer) -> Result<(), CatalogError> {
        let id = offer.id.as_str();
        let Some(price) = &offer.price else {
            return Ok(());
        };
        let month = price.month.filter(|_| offer.kind.is_machine());
        let per = |amount: Option<Money>, size: Option<f64>| Some(amount?.0 / size?);
        let amount = |amount: Option<Money>| amount.map(|amount| amount.0);
        let hours = price
            .month
            .zip(price.per_hour)
            .map(|(month, hour)| month.0 / hour.0);
        let ranges = [
            ("month per vCPU", per(month, offer.vcpu), 0.1, 100.0),
            (
                "month per GiB of memory",
                per(month, offer.memory_gib),
                0.1,
                60.0,
            ),
            ("month per hour", hours, 600.0, 731.0),
            ("per_gb_month", amount(price.per_gb_month), 0.0, 5.0),
            ("per_gb", amount(price.per_gb), 0.0, 1.0),
            ("per_gb_out", amount(price.per_gb_out), 0.0, 1.0),
            (
                "per_million_requests",
                amount(price.per_million_requests),
                0.0,
                100.0,
            ),
            (
                "per_million_reads",
                amount(price.per_million_reads),
                0.0,
                100.0,
            ),
            (
                "per_million_writes",
                amount(price.per_million_writes),
                0.0,
                100.0,
            ),
            ("per_vcpu_second", amount(price.per_vcpu_second), 0.0, 0.001),
            ("per_gib_second", amount(price.per_gib_second), 0.0, 0.001),
        ];
        match ranges
            .into_iter()
            .find(|&(_, value, low, high)| value.is_some_and(|value| value < low || value > high))
        {
            Some((name, Some(value), low, high)) => Err(self.wrong(
                id,
                format!(
                    "{name} of {id} is {value:.6} {}, which is not between {low} and {high}. Check the unit, docs/catalogue.md lists them; if it is right, widen the range in model/src/catalog/load.rs.",
                    self.catalog.currency
                ),
            )),
            _ => Ok(()),
        }
    }

    fn price(&self, id: &str, listed: Option<&Price>) -> Result<Option<Price>, CatalogError> {
        let Some(listed) = listed else {
            return Ok(None);
        };
        let rate = self.rate(id, &listed.currency)?;
        let charges = listed.charges();
        if charges.iter().all(|(_, amount)| amount.is_none()) {
            return Err(self.wrong(
                id,
                format!(
                    "The price of {id} has a currency only. Leave price out where it is not known."
                ),
            ));
        }
        for (name, amount) in charges {
            if amount.is_some_and(|amount| amount.0 < 0.0) {
                return Err(self.wrong(
                    id,
                    format!("{name} of {id} is below 0. Leave it out where it is not known."),
                ));
            }
        }
        for commitment in &listed.commitments {
            let amounts = [commitment.month, commitment.upfront];
            let is_priced = amounts.iter().any(Option::is_some);
            let is_negative = amounts.iter().flatten().any(|amount| amount.0 < 0.0);
            if commitment.months < 1.0 || !is_priced || is_negative {
                return Err(self.wrong(
                    id,
                    format!(
                        "A commitment of {id} has months of 1 and more, and a month or upfront of 0 and more."
                    ),
                ));
            }
        }
        if let Some(unit) = listed.unit {
            self.numbers(
                id,
                &[
                    ("connections_per_second", Some(unit.connections_per_second)),
                    ("gb_per_hour", Some(unit.gb_per_hour)),
                ],
            )?;
        }
        Ok(Some(listed.converted(&self.catalog.currency, rate)))
    }

    fn rate(&self, id: &str, currency: &str) -> Result<f64, CatalogError> {
        if currency == self.catalog.currency {
            return Ok(1.0);
        }
        self.catalog
            .rates
            .iter()
            .find(|rate| rate.currency == currency)
            .map(|rate| rate.rate)
            .ok_or_else(|| {
                self.wrong(
                    id,
                    format!("There is no rate for the currency \"{currency}\". Add one to assets/catalogue.json."),
                )
            })
    }

    fn origin(
        &self,
        id: &str,
        source: &[String],
        date: Date,
        sources: &BTreeMap<String, Source>,
    ) -> Result<(), CatalogError> {
        if source.is_empty() {
            return Err(self.wrong(
                id,
                format!("{id} names no source. Say where the figures come from."),
            ));
        }
        if let Some(key) = source.iter().find(|key| !sources.contains_key(*key)) {
            return Err(self.wrong(
                id,
                format!(
                    "{id} names the source \"{key}\", which sources does not list. Add it there."
                ),
            ));
        }
        self.date(id, date)
    }

    fn date(&self, id: &str, date: Date) -> Result<(), CatalogError> {
        if date > self.version {
            return Err(self.wrong(
                id,
                format!(
                    "{date} is after the catalogue's own date. Correct it, or set version in assets/catalogue.json."
                ),
            ));
        }
        Ok(())
    }

    fn numbers(&self, id: &str, numbers: &[(&str, Option<f64>)]) -> Result<(), CatalogError> {
        match numbers
            .iter()
            .find(|(_, number)| number.is_some_and(|number| number <= 0.0))
        {
            Some((name, _)) => Err(self.wrong(
                id,
                format!("{name} of {id} is above 0. Leave it out where it is not known."),
            )),
            None => Ok(()),
        }
    }

    fn id(&self, id: &str) -> Result<(), CatalogError> {
        let is_slug = !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_slug {
            Ok(())
        } else {
            Err(self.wrong(
                id,
                format!("The id \"{id}\" may have the letters a to z, digits and dashes only."),
            ))
        }
    }

    fn wrong(&self, id: &str, message: impl Into<String>) -> CatalogError {
        self.text.error(self.text.line_with("id", id), message)
    }
}
