//! What is asked of every resource, and how long it lasts.

use super::super::figures;
use super::page::{Page, optional};
use crate::evaluate::ResourceUse;

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 7]> = page
        .components()
        .flat_map(|(component, evaluated)| {
            let name = page.name_of(&component.id);
            let used = evaluated.resources.iter();
            used.filter(|used| used.demand > 0.0)
                .map(move |used| row(name.clone(), used))
        })
        .collect();
    page.table_section(
        "Resources at the peak",
        [
            "Component",
            "Resource",
            "Asked:",
            "There is:",
            "Used:",
            "Months to the ceiling:",
            "Months to full:",
        ],
        rows,
    );
    let slower: Vec<[String; 3]> = page
        .components()
        .flat_map(|(component, evaluated)| {
            let name = page.name_of(&component.id);
            let factors = evaluated.speed_factors.iter();
            factors.map(move |factor| {
                let left = figures::percent(factor.factor);
                [name.clone(), factor.name.to_owned(), left]
            })
        })
        .collect();
    page.table(["Slower servers", "Because of", "Speed left:"], slower);
}

fn row(name: String, used: &ResourceUse) -> [String; 7] {
    let amount = |amount: f64| match used.unit {
        "bytes" => format!("{} GB", figures::number(amount / 1e9)),
        "bytes/s" => format!("{} MB/s", figures::number(amount / 1e6)),
        unit => format!("{} {unit}", figures::number(amount)),
    };
    let throttled = used.throttled.map_or(String::new(), |throttled| {
        format!(
            ", {} after {}",
            amount(throttled.sustained),
            figures::time(throttled.after)
        )
    });
    [
        name,
        used.resource.name().to_owned(),
        amount(used.demand),
        format!("{}{throttled}", amount(used.capacity)),
        figures::percent(used.utilisation),
        optional(used.months_left, figures::number),
        optional(used.months_to_saturation, figures::number),
    ]
}
