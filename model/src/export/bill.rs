//! The bill of a month as a table that accounting tools read: one row for each charge, columns named as in FOCUS.
//!
//! What is paid on the first day is a row of its own with the category Purchase; what spreads it over its use has
//! an effective cost only. A charge without a known price has empty amounts.

use super::{Export, csv, figures};
use crate::catalog::Confidence;
use crate::components::component_type;
use crate::evaluate::{ChargeGroup, ChargeKind, Evaluation, LineItem, Missing, PriceOrigin};
use crate::plan::{Component, Id, Plan};
use crate::units::Money;

pub(super) const EXPORT: Export = Export {
    id: "bill",
    name: "Bill (CSV)",
    extension: "bill.csv",
    mime: "text/csv",
    write,
};

/// The columns of FOCUS 1.1 that a price list can fill; those that begin with `x_` are ours.
const COLUMNS: [&str; 24] = [
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "ProviderName",
    "ServiceName",
    "ServiceCategory",
    "RegionName",
    "SkuId",
    "ChargeCategory",
    "ChargeFrequency",
    "ChargeDescription",
    "PricingQuantity",
    "PricingUnit",
    "ListUnitPrice",
    "ListCost",
    "BilledCost",
    "EffectiveCost",
    "BillingCurrency",
    "x_ConnectionId",
    "x_Formula",
    "x_PriceSource",
    "x_PriceLocation",
    "x_PriceDate",
    "x_PriceConfidence",
];

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let currency = figures::currency(plan);
    let mut out = csv::line(COLUMNS.into_iter().map(str::to_owned));
    let mut seen = std::collections::BTreeSet::new();
    for component in &plan.components {
        let Some(evaluated) = evaluation.components.get(&component.id) else {
            continue;
        };
        if !seen.insert(&component.id) {
            continue;
        }
        let mut add = |row: Row| out.push_str(&row.written(component, currency));
        for line in &evaluated.line_items {
            if line.upfront.0 > 0.0 {
                add(Row::of_purchase(line));
            }
            add(Row::of_month(line));
        }
        for missing in &evaluated.missing_prices {
            add(Row::without_price(missing));
        }
    }
    out
}

/// What is charged, at which price.
struct Row<'a> {
    category: &'static str,
    frequency: &'static str,
    charge: ChargeKind,
    description: String,
    quantity: Option<f64>,
    unit: &'static str,
    unit_price: Option<Money>,
    list: Option<Money>,
    billed: Option<Money>,
    effective: Option<Money>,
    connection: Option<&'a Id>,
    formula: String,
    price: Option<&'a PriceOrigin>,
}

impl<'a> Row<'a> {
    fn of_month(line: &'a LineItem) -> Self {
        Self {
            category: "Usage",
            frequency: frequency(line.charge),
            charge: line.charge,
            description: line.name().to_owned(),
            quantity: Some(line.pricing_quantity),
            unit: line.pricing_unit,
            unit_price: Some(line.list_unit_price),
            list: Some(line.month),
            billed: Some(line.paid_month),
            effective: Some(line.month),
            connection: line.connection.as_ref(),
            formula: line.formula.to_string(),
            price: Some(&line.price),
        }
    }

    fn of_purchase(line: &'a LineItem) -> Self {
        Self {
            category: "Purchase",
            frequency: "One-Time",
            description: format!("{} (paid on the first day)", line.name()),
            quantity: Some(1.0),
            unit: "purchase",
            unit_price: Some(line.upfront),
            list: Some(line.upfront),
            billed: Some(line.upfront),
            effective: Some(Money(0.0)),
            ..Self::of_month(line)
        }
    }

    fn without_price(missing: &'a Missing) -> Self {
        Self {
            category: "Usage",
            frequency: frequency(missing.charge),
            charge: missing.charge,
            description: format!("{} (not priced)", missing.charge.name()),
            quantity: missing.pricing_quantity,
            unit: missing.pricing_unit,
            unit_price: None,
            list: None,
            billed: None,
            effective: None,
            connection: missing.connection.as_ref(),
            formula: missing.why.to_string(),
            price: None,
        }
    }

    fn written(self, component: &Component, currency: &str) -> String {
        // All digits of an amount, so that sums come out.
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let amount = |money: Option<Money>| number(money.map(|money| money.0));
        let unknown = PriceOrigin::default();
        let price = self.price.unwrap_or(&unknown);
        let cells = [
            component.id.to_string(),
            component.label.clone(),
            resource_type(component),
            price.provider.clone(),
            price.offer_name.clone(),
            service_category(component, self.charge).to_owned(),
            price.region.clone(),
            price.offer.clone(),
            self.category.to_owned(),
            self.frequency.to_owned(),
            self.description,
            number(self.quantity),
            self.unit.to_owned(),
            amount(self.unit_price),
            amount(self.list),
            amount(self.billed),
            amount(self.effective),
            currency.to_owned(),
            self.connection.map_or_else(String::new, Id::to_string),
            self.formula,
            price.source.to_string(),
            price.location.clone(),
            price.date.map_or_else(String::new, |date| date.to_string()),
            price.confidence.map_or("", confidence).to_owned(),
        ];
        csv::line(cells.into_iter())
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

fn resource_type(component: &Component) -> String {
    component_type(&component.kind)
        .map_or_else(|| component.kind.clone(), |kind| kind.name.to_owned())
}

fn frequency(charge: ChargeKind) -> &'static str {
    match charge.group() {
        ChargeGroup::Instances | ChargeGroup::OwnHardware => "Recurring",
        ChargeGroup::Storage | ChargeGroup::Requests | ChargeGroup::Traffic => "Usage-Based",
    }
}

/// The category of FOCUS that a charge of a component belongs to.
fn service_category(component: &Component, charge: ChargeKind) -> &'static str {
    match (charge.group(), component.kind.as_str()) {
        (ChargeGroup::Traffic, _) | (_, "dns" | "cdn" | "load_balancer") => "Networking",
        (ChargeGroup::Storage, _) | (_, "object_storage" | "file_storage") => "Storage",
        (_, "sql_database" | "nosql_database" | "cache") => "Databases",
        (_, "queue") => "Integration",
        (_, "search") => "Analytics",
        _ => "Compute",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::plan::sketch::sketch;

    #[test]
    fn every_charge_is_a_row_and_the_columns_add_up_to_the_bill() {
        let plan = sketch(
            "users[rps=50] -> app*2[offer=dell-pe2950-2008] -> db[offer=aws-m5-large data_gb=100]\napp -> cache[kind=vps]",
        )
        .unwrap();
        let evaluation = evaluate(&plan, &Catalog::embedded(), None);
        let text = write(&plan, &evaluation);
        let mut rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let head = rows.next().unwrap();
        let rows: Vec<_> = rows.collect();
        let column = |name: &str| head.iter().position(|one| *one == name).unwrap();
        let sum = |name: &str| -> f64 {
            let cells = rows.iter().map(|row| row[column(name)]);
            cells.filter_map(|cell| cell.parse::<f64>().ok()).sum()
        };
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} and {b}\n{text}");
        let bill = &evaluation.bill;
        close(
            sum("EffectiveCost"),
            (bill.paid_month + bill.spread_month).0,
        );
        close(sum("BilledCost"), (bill.paid_month + bill.upfront).0);
        let purchases = rows
            .iter()
            .filter(|row| row[column("ChargeCategory")] == "Purchase");
        assert_eq!(purchases.count(), 1);
        let unknown = rows
            .iter()
            .find(|row| row[column("ResourceId")] == "cache")
            .unwrap();
        assert_eq!(unknown[column("BilledCost")], "");
        assert_eq!(unknown[column("ChargeDescription")], "Hosting (not priced)");
    }
}
