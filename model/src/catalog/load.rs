//! Provider files: JSON in, with the place and the remedy of everything that is wrong in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::{
    Catalog, Date, Egress, ExchangeRate, MACHINE_TYPES, Offer, OfferKind, Price, Provider, Source,
    Volume,
};
use crate::components;

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

impl Catalog {
    /// Reads a catalogue: the file with date, currency and rates, and one file per provider.
    ///
    /// # Errors
    /// At the first thing that is wrong: no JSON, an unknown field, type, kind or currency, a date that is none
    /// or lies after the catalogue's, a source that is missing or not used, a price below zero, an id twice.
    pub fn from_files(header: File, providers: &[File]) -> Result<Self, CatalogError> {
        let header_text = Text(header);
        let Header {
            version,
            currency,
            rates,
        } = header_text.parse()?;
        let mut catalog = Self {
            version: version.to_string(),
            currency,
            rates,
            ..Self::default()
        };
        for rate in &catalog.rates {
            if rate.rate <= 0.0 {
                let line = header_text.line_with("currency", &rate.currency);
                return Err(header_text.error(line, "A rate is above 0."));
            }
        }
        let mut ids = BTreeMap::new();
        for &file in providers {
            let text = Text(file);
            let mut provider: Provider = text.parse()?;
            let check = Check {
                text,
                catalog: &catalog,
                version,
            };
            check.provider(&mut provider)?;
            let names = std::iter::once(&provider.id)
                .chain(provider.offers.iter().map(|offer| &offer.id))
                .chain(provider.storage.iter().map(|volume| &volume.id));
            for id in names {
                if let Some(other) = ids.insert(id.clone(), file.0) {
                    return Err(check.wrong(
                        id,
                        format!("The id \"{id}\" is taken already, in {other}. Choose another."),
                    ));
                }
            }
            for (index, offer) in provider.offers.iter().enumerate() {
                catalog
                    .offers
                    .insert(offer.id.clone(), (catalog.providers.len(), index));
            }
            catalog.providers.push(provider);
        }
        Ok(catalog)
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
            ..
        } = provider;
        let stem = self.text.0.0.rsplit('/').next().unwrap_or_default();
        if stem != format!("{id}.json") {
            return Err(self.wrong(id, format!("The id \"{id}\" is not the name of the file.")));
        }
        self.id(id)?;
        let mut used = BTreeSet::new();
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
        egress.per_gb_between_zones = egress.per_gb_between_zones.map(|price| price * rate);
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
        offer.price = self.price(id, offer.list_price.as_ref())?;
        Ok(())
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
