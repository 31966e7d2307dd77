//! What of the prices, rates and offers that a plan brings along can be used.

use std::ops::RangeInclusive;

use super::{CatalogueStamp, OwnOffer};
use crate::units::Money;

/// What a plan may state as a price, for a month or once.
pub const PRICES: RangeInclusive<f64> = 0.0..=1e9;

/// What a plan may state as the worth of one unit of a currency.
pub const RATES: RangeInclusive<f64> = 1e-6..=1e6;

/// What a plan may state as a size of an offer of its own.
pub const SIZES: RangeInclusive<f64> = 1e-3..=1e9;

impl CatalogueStamp {
    /// The monthly price that the plan keeps for an offer; `None` where it keeps none within [`PRICES`].
    pub fn price(&self, offer: &str) -> Option<Money> {
        let price = self.prices.get(offer)?.as_f64();
        price.filter(|price| PRICES.contains(price)).map(Money)
    }

    /// What the plan says that one unit of a currency is worth in the catalogue's own; `None` where it states
    /// nothing within [`RATES`].
    pub fn rate(&self, currency: &str) -> Option<f64> {
        let rate = self.rates.get(currency)?.as_f64();
        rate.filter(|rate| RATES.contains(rate))
    }
}

impl OwnOffer {
    /// What is stated of its price, by the name of the field.
    pub fn amounts(&self) -> [(&'static str, Option<f64>); 2] {
        [("month", self.month), ("upfront", self.upfront)]
    }

    /// What is stated of its size, by the name of the field.
    pub fn sizes(&self) -> [(&'static str, Option<f64>); 4] {
        [
            ("vcpu", self.vcpu),
            ("memory_gib", self.memory_gib),
            ("disk_gb", self.disk_gb),
            ("transfer_gb", self.transfer_gb),
        ]
    }
}
