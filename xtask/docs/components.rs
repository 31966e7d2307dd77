//! Every component type with what can be set about it.

use model::components::{self, Behaviour, ComponentType, Layer, Values};
use model::export::figures;
use model::plan::Assumptions;

use crate::table::table;

pub(crate) fn text() -> String {
    let sections: Vec<String> = components::ALL.iter().map(|kind| section(kind)).collect();
    format!(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Component types\n\n\
         What a plan can hold: the word after `type`, what it does, and what can stand in its `settings`.\n\
         A setting that is absent has its default; an offer in the catalogue may know better for `servers` and `iops`.\n\n{}",
        sections.join("\n")
    )
}

fn section(kind: &ComponentType) -> String {
    let mut lines = vec![
        format!("## {}\n", kind.name),
        format!("`{}` · {}\n", kind.id, kind.section.name()),
        format!("{}\n", kind.purpose),
    ];
    let facts = facts(kind.behaviour);
    if !facts.is_empty() {
        lines.push(format!("{}\n", facts.join("\n")));
    }
    if !kind.layers.is_empty() {
        let layers: Vec<&str> = kind.layers.iter().copied().map(Layer::name).collect();
        lines.push(format!("Layers to look after: {}.\n", layers.join(", ")));
        let own = kind.care.iter().map(|(_, id)| days_of(id)).sum();
        let managed = kind.managed_care.map_or(0.0, days_of);
        lines.push(format!(
            "Care of what runs there: {} days a month on machines of your own, {} where a provider runs it.\n",
            figures::number(own),
            figures::number(managed)
        ));
    }
    let aliases: Vec<String> = kind
        .aliases
        .iter()
        .map(|alias| format!("`{alias}`"))
        .collect();
    if !aliases.is_empty() {
        lines.push(format!("In a sketch also: {}.\n", aliases.join(", ")));
    }
    if !kind.parameters.is_empty() {
        lines.push(table(
            &[
                "setting",
                "on screen",
                "unit",
                "default",
                "range",
                "meaning",
            ],
            kind.parameters.iter().map(|parameter| {
                let (unit, default, range) = values(parameter.values);
                vec![
                    format!("`{}`", parameter.id),
                    parameter.label.to_owned(),
                    unit,
                    default,
                    range,
                    parameter.explanation().to_owned(),
                ]
            }),
        ));
    }
    lines.join("\n")
}

fn days_of(assumption: &str) -> f64 {
    Assumptions::default().get(assumption).base
}

fn facts(behaviour: Behaviour) -> Vec<&'static str> {
    let all = [
        (
            behaviour.is_source,
            "Requests start here; it is no machine, has no hosting and costs nothing.",
        ),
        (
            behaviour.distributes,
            "Its targets of one type are alternatives: one of them is enough unless the plan says otherwise.",
        ),
        (
            behaviour.caches,
            "It answers a share of its visits itself and passes the rest on to what it calls.",
        ),
        (
            behaviour.is_optional,
            "Its callers survive its loss unless the plan says otherwise.",
        ),
        (
            behaviour.keeps_data,
            "It keeps data that exists nowhere else.",
        ),
        (
            behaviour.pulls_work,
            "Its instances take work from one shared line.",
        ),
        (
            behaviour.is_external,
            "Others run it; it has no hosting of its own.",
        ),
    ];
    all.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, fact)| fact)
        .collect()
}

fn values(values: Values) -> (String, String, String) {
    match values {
        Values::Number {
            unit,
            default,
            min,
            max,
        } => (
            unit.to_owned(),
            figures::number(default),
            format!("{} to {}", figures::number(min), figures::number(max)),
        ),
        Values::Choice(words) => {
            let all: Vec<String> = words
                .iter()
                .map(|(word, name)| format!("`{word}` ({name})"))
                .collect();
            let first = words
                .first()
                .map_or(String::new(), |(word, _)| format!("`{word}`"));
            (String::new(), first, all.join(", "))
        }
    }
}
