//! The model is built with few crates, and graphs stay where they belong.

use super::imports::{has_path, module_of, production_code};
use super::tree::{Tree, fails, hold, holds_for, under};

/// Crates the model may be built with.
const MODEL_DEPENDENCIES: &[&str] = &[
    "libm",
    "num-complex",
    "petgraph",
    "rand_xoshiro",
    "serde",
    "serde_json",
];

#[test]
fn the_model_is_built_with_few_crates() {
    hold(model_dependencies);
    fails(
        model_dependencies,
        "model/Cargo.toml",
        "[dependencies]\nserde.workspace = true\nrand = \"0.9\"\n\n[dev-dependencies]\nproptest = \"1\"\n",
    );
    holds_for(
        model_dependencies,
        "model/Cargo.toml",
        "[dependencies]\nserde.workspace = true\nschemars = { version = \"1\", optional = true }\n\n[dev-dependencies]\nproptest = \"1\"\n",
    );
}

#[test]
fn petgraph_stays_where_graphs_are() {
    hold(graph_library);
    fails(
        graph_library,
        "model/src/rules/mod.rs",
        "//! Rules.\nuse petgraph::graph::DiGraph;\n",
    );
}

fn model_dependencies(tree: &Tree) -> Vec<String> {
    let manifest = tree.get("model/Cargo.toml").map_or("", String::as_str);
    let mut section = "";
    let mut faults = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
            let in_section = ["[dependencies.", "[target.", "[build-dependencies"];
            if in_section.iter().any(|start| line.starts_with(start)) {
                faults.push(format!(
                    "model/Cargo.toml: {line} belongs in [dependencies]"
                ));
            }
            continue;
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        // An optional crate is for tools and never part of the page.
        let optional = line.contains("optional = true");
        let is_entry =
            section == "[dependencies]" && !name.is_empty() && !name.starts_with('#') && !optional;
        if is_entry && !MODEL_DEPENDENCIES.contains(&name) {
            faults.push(format!(
                "model/Cargo.toml: the model does not depend on {name}"
            ));
        }
    }
    faults
}

fn graph_library(tree: &Tree) -> Vec<String> {
    under(tree, "model/src/")
        .filter(|(path, _)| !matches!(module_of(path, "model/src/"), "topology" | "analysis"))
        .filter(|(path, text)| has_path(&production_code(path, text), "petgraph"))
        .map(|(path, _)| format!("{path}: petgraph stays in topology and analysis"))
        .collect()
}
