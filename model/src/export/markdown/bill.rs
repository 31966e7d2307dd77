//! Every line of the bill, with the source of its price.

use super::super::figures;
use super::page::Page;
use super::text::text;

pub(super) fn write(page: &mut Page) {
    let currency = page.currency();
    let rows: Vec<[String; 6]> = page
        .components()
        .flat_map(|(component, evaluated)| {
            let name = page.name_of(&component.id);
            evaluated.line_items.iter().map(move |item| {
                [
                    name.clone(),
                    text(item.charge.name()),
                    format!(
                        "{} {}",
                        figures::number(item.pricing_quantity),
                        text(item.pricing_unit)
                    ),
                    figures::money(item.list_unit_price, currency),
                    figures::money(item.month, currency),
                    text(&item.price.words()),
                ]
            })
        })
        .collect();
    page.table_section(
        "The bill of a month",
        [
            "Component",
            "Item",
            "Quantity:",
            "Price of one:",
            "Per month:",
            "Price from",
        ],
        rows,
    );
}
