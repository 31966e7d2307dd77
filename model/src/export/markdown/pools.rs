//! Workers that a request holds for its whole stay.

use super::super::figures;
use super::page::Page;

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 5]> = page
        .components()
        .filter_map(|(component, evaluated)| {
            let pool = evaluated.pool.as_ref()?;
            Some([
                page.name_of(&component.id),
                pool.size.to_string(),
                figures::rate(pool.capacity_rps),
                figures::percent(pool.busy_share),
                figures::percent(pool.all_busy_probability),
            ])
        })
        .collect();
    page.table_section(
        "Workers at the peak",
        [
            "Component",
            "Workers of an instance:",
            "Carry up to:",
            "Held:",
            "All of an instance held:",
        ],
        rows,
    );
}
