//! What a plan states about prices and cannot be used.

use std::ops::RangeInclusive;

use super::Problem;
use crate::catalog::Catalog;
use crate::plan::{PRICES, Plan, RATES, SIZES};

/// Names every price, rate, size and currency of a plan that does not count.
pub(super) fn check(plan: &Plan, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let Some(stamp) = &plan.catalogue else {
        return;
    };
    if let Some(currency) = stamp.currency.as_deref()
        && catalog.rate(currency).is_none()
        && !catalog.providers.is_empty()
    {
        problems.push(Problem::unknown_currency(currency, catalog.own_currency()));
    }
    for (offer, found) in &stamp.prices {
        if stamp.price(offer).is_none() {
            let what = words!("The price that the plan keeps for {offer}", offer);
            let instead = text!("The catalogue's counts");
            problems.push(Problem::unusable(
                "prices",
                what,
                found.to_string(),
                &PRICES,
                instead,
            ));
        }
    }
    for (currency, found) in &stamp.rates {
        if stamp.rate(currency).is_none() {
            let what = words!("The plan's rate for {currency}", currency);
            let instead = text!("The published one counts");
            problems.push(Problem::unusable(
                "rates",
                what,
                found.to_string(),
                &RATES,
                instead,
            ));
        }
    }
    for own in &stamp.offers {
        let mut name = |fields: &[(&str, Option<f64>)], legal: &RangeInclusive<f64>, instead| {
            for (field, found) in fields {
                if let Some(found) = found.filter(|found| !legal.contains(found)) {
                    let what = words!(
                        "{field} of the plan's own offer {offer}",
                        field,
                        offer = &own.id
                    );
                    problems.push(Problem::unusable("offers", what, found, legal, instead));
                }
            }
        };
        name(&own.amounts(), &PRICES, text!("It counts as not priced"));
        name(&own.sizes(), &SIZES, text!("It counts as not known"));
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::plan::format;
    use crate::topology::Topology;

    #[test]
    fn what_does_not_count_is_named_and_what_counts_is_not() {
        let catalog = Catalog::embedded();
        let fields = |stamp: &str| -> Vec<&'static str> {
            let text = format!(r#"{{"format": "hosting-plan/1", "catalogue": {stamp}}}"#);
            let plan = format::read(text.as_bytes()).unwrap();
            let seen = catalog.for_plan(&plan);
            let problems = Topology::new(&plan, &seen).problems;
            problems.iter().map(|problem| problem.field).collect()
        };
        for fine in [
            r#"{"prices": {"aws-m5-large": 0, "hetzner-ccx13": 1e9}}"#,
            r#"{"currency": "SEK", "rates": {"SEK": 0.1}}"#,
            r#"{"offers": [{"id": "rack-7", "month": 40, "vcpu": 16}]}"#,
        ] {
            assert!(fields(fine).is_empty(), "{fine}");
        }
        let prices = r#"{"prices": {"aws-m5-large": 1e10, "hetzner-ccx13": -1, "aws-s3": "?"}}"#;
        assert_eq!(fields(prices), ["prices"; 3]);
        let rates = r#"{"currency": "SEK", "rates": {"SEK": 1e300, "EUR": 0}}"#;
        assert_eq!(fields(rates), ["currency", "rates", "rates"]);
        let offers = r#"{"offers": [{"id": "rack-7", "month": -1, "upfront": 1e300, "vcpu": 0}]}"#;
        assert_eq!(fields(offers), ["offers"; 3]);
    }
}
