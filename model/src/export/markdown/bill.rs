//! Every line of the bill, with the source of its price.

use super::super::figures;
use super::page::{NOTHING, Page};
use super::text::text;

pub(super) fn write(page: &mut Page) {
    let currency = page.currency();
    let mut rows: Vec<[String; 7]> = Vec::new();
    for (component, evaluated) in page.components() {
        let name = page.name_of(&component.id);
        for line in &evaluated.line_items {
            rows.push([
                name.clone(),
                text(line.name()),
                format!(
                    "{} {}",
                    figures::number(line.pricing_quantity),
                    text(line.pricing_unit)
                ),
                figures::money(line.list_unit_price, currency),
                figures::money(line.month, currency),
                text(&line.formula.to_string()),
                text(&line.price.words().to_string()),
            ]);
        }
        for missing in &evaluated.missing_prices {
            let quantity = missing
                .pricing_quantity
                .map_or_else(String::new, |quantity| {
                    format!(
                        "{} {}",
                        figures::number(quantity),
                        text(missing.pricing_unit)
                    )
                });
            rows.push([
                name.clone(),
                text(missing.charge.name()),
                quantity,
                NOTHING.to_owned(),
                "not priced".to_owned(),
                text(&missing.why.to_string()),
                NOTHING.to_owned(),
            ]);
        }
    }
    page.table_section(
        "The bill of a month",
        [
            "Component",
            "Item",
            "Quantity:",
            "Price of one:",
            "Per month:",
            "Why",
            "Price from",
        ],
        rows,
    );
}
