//! The disks that can limit a component, and what their neighbours leave of them.

use super::super::figures;
use super::page::{NOTHING, Page, optional};

pub(super) fn write(page: &mut Page) {
    let rows: Vec<[String; 7]> = page
        .components()
        .filter_map(|(component, evaluated)| {
            let disk = evaluated.disk.as_ref()?;
            // The reference machine's disk says nothing that a reader could use.
            let kind = disk.kind?;
            let neighbour = disk.neighbour.map_or_else(
                || NOTHING.to_owned(),
                |(neighbour, left)| {
                    format!("{} ({} left)", neighbour.name(), figures::percent(left))
                },
            );
            Some([
                page.name_of(&component.id),
                kind.name().to_owned(),
                format!("{}/s", figures::number(disk.operations_per_second.value)),
                optional(disk.bytes_per_second, |bytes| {
                    format!("{} MB/s", figures::number(bytes / 1e6))
                }),
                neighbour,
                optional(disk.operation_time, figures::time),
                optional(evaluated.disk_operation, figures::time),
            ])
        })
        .collect();
    page.table_section(
        "Disks",
        [
            "Component",
            "Kind",
            "Operations:",
            "Throughput:",
            "Neighbours",
            "One operation:",
            "With waiting:",
        ],
        rows,
    );
}
