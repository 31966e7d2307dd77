//! A Mermaid flowchart: shapes by component type, colours by kind of hosting.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Export, figures};
use crate::components::component_type;
use crate::evaluate::Evaluation;
use crate::plan::{Component, HostingKind, Mode, Need, Plan};

pub(super) const EXPORT: Export = Export {
    id: "mermaid",
    name: "Diagram (Mermaid)",
    extension: "mmd",
    mime: "text/plain",
    write,
};

/// A fill and a border that carry dark text, one per kind of hosting.
const CLASSES: &[(&str, &str)] = &[
    ("bare_metal", "fill:#f3e2c7,stroke:#8a5a00,color:#1d1d1f"),
    ("vps", "fill:#d7e8fb,stroke:#1f5fa8,color:#1d1d1f"),
    ("iaas", "fill:#d9f0e3,stroke:#1d7a4b,color:#1d1d1f"),
    ("paas", "fill:#eadffa,stroke:#6a3fb5,color:#1d1d1f"),
    (
        "not_chosen",
        "fill:#ffffff,stroke:#6e6e73,color:#1d1d1f,stroke-dasharray:4 3",
    ),
    ("outside", "fill:#f2f2f4,stroke:#6e6e73,color:#1d1d1f"),
];

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let mut out = String::new();
    if !plan.title.trim().is_empty() {
        // A JSON text is a YAML text.
        let title = serde_json::Value::from(one_line(&plan.title));
        let _ = writeln!(out, "---\ntitle: {title}\n---");
    }
    out.push_str("flowchart LR\n");
    let mut nodes: BTreeMap<&str, usize> = BTreeMap::new();
    for component in &plan.components {
        let number = nodes.len();
        if nodes.contains_key(component.id.as_str()) {
            continue;
        }
        nodes.insert(&component.id, number);
        let evaluated = evaluation.components.get(&component.id);
        let instances = evaluated.map_or(1, |evaluated| evaluated.instances);
        let kind = evaluated.and_then(|evaluated| evaluated.hosting);
        let (open, close) = shape(&component.kind);
        let _ = writeln!(
            out,
            "  n{number}{open}\"{}\"{close}:::{}",
            label(component, instances),
            class(component, kind)
        );
    }
    for connection in &plan.connections {
        let (Some(from), Some(to)) = (
            nodes.get(connection.from.as_str()),
            nodes.get(connection.to.as_str()),
        ) else {
            continue;
        };
        let arrow = match (connection.mode, &connection.need) {
            (Some(Mode::Async), _) | (_, Some(Need::Optional)) => "-.->",
            _ => "-->",
        };
        let rate = evaluation
            .connections
            .get(&connection.id)
            .map(|evaluated| figures::rate(evaluated.arrival_rate));
        let text = rate
            .map(|rate| format!("|\"{}\"|", quoted(&rate)))
            .unwrap_or_default();
        let _ = writeln!(out, "  n{from} {arrow}{text} n{to}");
    }
    for (class, style) in CLASSES {
        let _ = writeln!(out, "  classDef {class} {style}");
    }
    out
}

fn label(component: &Component, instances: usize) -> String {
    let name = if component.label.trim().is_empty() {
        component.id.as_str()
    } else {
        &component.label
    };
    let name = quoted(name);
    if instances > 1 {
        format!("{name} ×{instances}")
    } else {
        name
    }
}

fn shape(kind: &str) -> (&'static str, &'static str) {
    match component_type(kind) {
        Some(kind) if kind.behaviour.is_source => ("([", "])"),
        Some(kind) if kind.behaviour.keeps_data => ("[(", ")]"),
        Some(kind) if kind.behaviour.distributes => ("{{", "}}"),
        _ => ("[", "]"),
    }
}

fn class(component: &Component, kind: Option<HostingKind>) -> &'static str {
    let stated = component.hosting.as_ref().and_then(|hosting| hosting.kind);
    if let Some(kind) = kind.or(stated) {
        return kind.id();
    }
    let is_outside = component_type(&component.kind)
        .is_none_or(|kind| kind.behaviour.is_source || kind.behaviour.is_external);
    if is_outside { "outside" } else { "not_chosen" }
}

fn one_line(free: &str) -> String {
    let words = free.split(|c: char| c.is_whitespace() || c.is_control());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Text inside quotes: whatever Mermaid or HTML could take for a mark is written as its character number.
fn quoted(free: &str) -> String {
    let mut out = String::with_capacity(free.len());
    for character in one_line(free).chars() {
        if character.is_alphanumeric() || " ,./()+-–×?!'".contains(character) {
            out.push(character);
        } else {
            let _ = write!(out, "#{};", u32::from(character));
        }
    }
    if out.is_empty() {
        "#160;".to_owned()
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_survives_in_a_label() {
        assert_eq!(quoted("Shop 2 (blue)"), "Shop 2 (blue)");
        assert_eq!(
            quoted("\"]; click n0 \"x\""),
            "#34;#93;#59; click n0 #34;x#34;"
        );
        assert_eq!(quoted("<b>`*_#&|"), "#60;b#62;#96;#42;#95;#35;#38;#124;");
        assert_eq!(quoted("two\n%% lines\t"), "two #37;#37; lines");
        assert_eq!(quoted(" \u{0} "), "#160;");
    }
}
