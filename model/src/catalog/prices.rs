//! Prices that a plan keeps, against those of the catalogue.

use serde_json::Value;

use super::{Catalog, Date, Offer};
use crate::plan::{CatalogueStamp, Plan};
use crate::units::Money;

/// How the price that a plan keeps for an offer differs from the catalogue's.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceChange {
    /// The offer.
    pub offer: String,
    /// What the plan keeps, for a month.
    pub kept: Money,
    /// What the catalogue says; `None` if it has no monthly price for it, or no such offer.
    pub listed: Option<Money>,
    /// When that was published.
    pub date: Option<Date>,
}

/// What the prices that a plan keeps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceState {
    /// It keeps none: the catalogue's hold.
    Following,
    /// It keeps some, of this catalogue or a newer one.
    Kept,
    /// It keeps some, and the catalogue has newer ones.
    Outdated,
}

impl Catalog {
    /// What the prices that a plan keeps are, by the dates of plan and catalogue.
    pub fn price_state(&self, plan: &Plan) -> PriceState {
        let Some(stamp) = plan
            .catalogue
            .as_ref()
            .filter(|stamp| !stamp.prices.is_empty())
        else {
            return PriceState::Following;
        };
        let kept = stamp.version.as_deref().and_then(Date::parse);
        let is_older = kept.is_none() || kept < Date::parse(&self.version);
        if is_older && !self.price_changes(plan).is_empty() {
            PriceState::Outdated
        } else {
            PriceState::Kept
        }
    }

    /// Every kept price that differs from the catalogue's by half a hundredth or more, in the order of the plan.
    pub fn price_changes(&self, plan: &Plan) -> Vec<PriceChange> {
        let Some(stamp) = &plan.catalogue else {
            return Vec::new();
        };
        stamp
            .prices
            .keys()
            .filter_map(|id| {
                let kept = stamp.price(id)?;
                let offer = self.offer(id);
                let listed = offer.and_then(month);
                let same = listed.is_some_and(|listed| (listed.0 - kept.0).abs() < 0.005);
                (!same).then(|| PriceChange {
                    offer: id.clone(),
                    kept,
                    listed,
                    date: offer.map(|offer| offer.date),
                })
            })
            .collect()
    }

    /// What a plan notes down to keep the prices of today for all that it uses; what has no monthly price stays as
    /// it is.
    pub fn frozen(&self, plan: &Plan) -> CatalogueStamp {
        let mut stamp = plan.catalogue.clone().unwrap_or_default();
        stamp.version = Some(self.version.clone());
        let used = plan
            .components
            .iter()
            .filter_map(|component| component.hosting.as_ref()?.offer.clone());
        let kept: Vec<String> = stamp.prices.keys().cloned().collect();
        for id in kept.into_iter().chain(used) {
            let is_own = stamp.offers.iter().any(|own| own.id == id);
            let listed = self.offer(&id).and_then(month);
            let number = listed.and_then(|listed| serde_json::Number::from_f64(listed.0));
            if let (Some(number), false) = (number, is_own) {
                stamp.prices.insert(id, Value::Number(number));
            }
        }
        stamp
    }
}

/// What a month of an offer costs, where that is how it is charged.
fn month(offer: &Offer) -> Option<Money> {
    offer.price.as_ref()?.by_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::format;

    fn plan(stamp: &str) -> Plan {
        let text = format!(
            r#"{{"format": "hosting-plan/1", "catalogue": {stamp},
            "components": [{{"id": "app", "type": "app_server", "hosting": {{"offer": "hetzner-ccx13"}}}},
            {{"id": "files", "type": "object_storage", "hosting": {{"offer": "aws-s3"}}}}]}}"#
        );
        format::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn older_prices_that_differ_are_outdated_and_own_ones_of_today_are_not() {
        let catalog = Catalog::embedded();
        let state = |stamp: &str| catalog.price_state(&plan(stamp));
        assert_eq!(state("{}"), PriceState::Following);
        let old = r#"{"version": "2026-05-01", "prices": {"hetzner-ccx13": 14.5}}"#;
        assert_eq!(state(old), PriceState::Outdated);
        assert_eq!(state(&old.replace("14.5", "47.86")), PriceState::Kept);
        assert_eq!(
            state(&old.replace("2026-05-01", "2026-11-21")),
            PriceState::Kept
        );
        assert_eq!(
            state(&old.replace(r#""version": "2026-05-01", "#, "")),
            PriceState::Outdated
        );
    }

    #[test]
    fn a_change_names_both_prices_and_what_is_gone() {
        let catalog = Catalog::embedded();
        let changes = catalog.price_changes(&plan(
            r#"{"prices": {"hetzner-ccx13": 14.5, "no-such": 3, "aws-s3": 1, "linode-nanode-1": 5, "x": -1, "y": "?"}}"#,
        ));
        let found: Vec<_> = changes
            .iter()
            .map(|change| {
                (
                    &*change.offer,
                    change.kept.0,
                    change.listed.map(|listed| listed.0),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("hetzner-ccx13", 14.5, Some(47.86)),
                ("no-such", 3.0, None),
                ("aws-s3", 1.0, None)
            ]
        );
    }

    #[test]
    fn keeping_the_prices_of_today_leaves_nothing_to_update() {
        let catalog = Catalog::embedded();
        let mut plan =
            plan(r#"{"version": "2026-05-01", "prices": {"hetzner-ccx13": 14.5, "no-such": 3}}"#);
        let stamp = catalog.frozen(&plan);
        assert_eq!(stamp.version.as_deref(), Some("2026-11-21"));
        assert_eq!(stamp.prices["hetzner-ccx13"], 47.86);
        assert_eq!(stamp.prices["no-such"], 3);
        assert!(!stamp.prices.contains_key("aws-s3"));
        plan.catalogue = Some(stamp);
        assert_eq!(catalog.price_state(&plan), PriceState::Kept);
        assert_eq!(catalog.price_changes(&plan).len(), 1);
    }
}
