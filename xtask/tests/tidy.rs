//! The promises of ARCHITECTURE.md and CONVENTIONS.md that no compiler keeps.
//!
//! A check reads the tree and returns its faults. It says nothing about a folder that does not exist.
//! Each is also run on a small tree with one planted fault, so that none can rot into a check that never fails.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Modules of the model, in the order in which they may import each other: only what stands before.
const MODEL: &[&str] = &[
    "order",
    "words",
    "units",
    "components",
    "plan",
    "catalog",
    "topology",
    "analysis",
    "simulation",
    "commands",
    "redraw",
    "scenarios",
    "rules",
    "evaluate",
    "gain",
    "four_ways",
    "story",
    "exit_drill",
    "metrics",
    "diagram",
    "export",
    "lessons",
    "templates",
];

/// Modules that do not depend on numbers, though they come after them.
const MODEL_WITHOUT_ANALYSIS: &[&str] = &["commands", "redraw", "diagram"];

/// What several analyses need; other analyses do not know each other.
const SHARED_ANALYSES: &[&str] = &[
    "turns",
    "queueing",
    "traffic",
    "stations",
    "response",
    "operating_point",
    "structure",
];

/// Layers of the page: a module imports from earlier layers, never from its own.
const FRONTEND: &[&[&str]] = &[
    &[TEXTS],
    &["widgets", "browser"],
    &["state"],
    &["tools", "actions"],
    &["canvas", "panels"],
    &["late"],
    &["app"],
    &["main"],
];

/// What every layer says its texts with; it takes the signs of numbers from the first one.
const TEXTS: &str = "texts";

/// Where the page may name the browser; `widgets/dom.rs` reads what an event points at.
const BROWSER: &[&str] = &[
    "frontend/src/browser/",
    "frontend/src/browser.rs",
    "frontend/src/widgets/dom.rs",
];

/// Parts of the page that run natively: neither Yew nor the browser.
const NATIVE: &[&str] = &["frontend/src/state", "frontend/src/tools"];

/// Crates the model may be built with.
const MODEL_DEPENDENCIES: &[&str] = &[
    "libm",
    "num-complex",
    "petgraph",
    "rand_xoshiro",
    "serde",
    "serde_json",
];

/// A list in the code and the folder that must hold exactly what it names.
struct List {
    file: &'static str,
    /// The macro that takes the list, or the element that holds it.
    keyword: &'static str,
    folder: &'static str,
    extension: &'static str,
    /// Files of the folder that are no entry.
    others: &'static [&'static str],
}

const LISTS: &[List] = &[
    List {
        file: "model/src/components/mod.rs",
        keyword: "component_types",
        folder: "model/src/components",
        extension: "rs",
        others: &["mod", "parameters"],
    },
    List {
        file: "model/src/components/mod.rs",
        keyword: "component_types",
        folder: "assets/icons",
        extension: "svg",
        others: &["patterns", "sprite"],
    },
    List {
        file: "model/src/commands/mod.rs",
        keyword: "commands",
        folder: "model/src/commands",
        extension: "rs",
        others: &["mod", "tests"],
    },
    List {
        file: "model/src/scenarios/mod.rs",
        keyword: "scenarios",
        folder: "model/src/scenarios",
        extension: "rs",
        others: &["mod", "tests"],
    },
    List {
        file: "model/src/rules/mod.rs",
        keyword: "rules",
        folder: "model/src/rules",
        extension: "rs",
        others: &["mod", "tests"],
    },
    List {
        file: "model/src/export/mod.rs",
        keyword: "exports",
        folder: "model/src/export",
        extension: "rs",
        others: &[
            "mod",
            "tests",
            "csv",
            "exit_checklist",
            "exit_drill",
            "figures",
            "leaving",
            "object",
            "simulation",
        ],
    },
    List {
        file: "model/src/export/markdown/mod.rs",
        keyword: "sections",
        folder: "model/src/export/markdown",
        extension: "rs",
        others: &["mod", "page", "text"],
    },
    List {
        file: "model/src/catalog/mod.rs",
        keyword: "provider_files",
        folder: "assets/providers",
        extension: "json",
        others: &[],
    },
    List {
        file: "model/src/templates.rs",
        keyword: "templates",
        folder: "assets/templates",
        extension: "json",
        others: &[],
    },
    List {
        file: "frontend/src/actions/mod.rs",
        keyword: "actions",
        folder: "frontend/src/actions",
        extension: "rs",
        others: &["mod", "tests"],
    },
];

/// Path with `/` from the root, and text.
type Tree = BTreeMap<String, String>;

#[test]
fn model_modules_import_only_earlier_ones() {
    hold(model_imports);
    fails(
        model_imports,
        "model/src/plan/id.rs",
        "//! Ids.\nuse crate::rules::Rule;\n",
    );
    fails(
        model_imports,
        "model/src/plan/id.rs",
        "//! Ids.\nuse crate::{units, rules::Rule};\n",
    );
    fails(
        model_imports,
        "model/src/diagram/layout.rs",
        "//! Layout.\nfn f(r: &crate::analysis::Reports) {}\n",
    );
    fails(
        model_imports,
        "model/src/analysis/latency/mod.rs",
        "//! Latency.\nuse crate::analysis::cost::Cost;\n",
    );
    fails(
        model_imports,
        "model/src/analysis/cost.rs",
        "//! Cost.\nuse super::work::Work;\n",
    );
    fails(
        model_imports,
        "model/src/novelty.rs",
        "//! A module that no one has put in order.\n",
    );
    holds_for(
        model_imports,
        "model/src/plan/id.rs",
        "//! Ids.\n/// See [`crate::rules::Rule`].\npub struct Id;\n#[cfg(test)]\nmod tests {\n    use crate::rules::Rule;\n}\n",
    );
}

#[test]
fn page_modules_import_only_earlier_layers() {
    hold(frontend_imports);
    for (path, import) in [
        ("frontend/src/state/mod.rs", "use crate::panels::Palette;"),
        (
            "frontend/src/panels/palette.rs",
            "use crate::canvas::Canvas;",
        ),
        ("frontend/src/widgets/button.rs", "use model::plan::Plan;"),
        ("frontend/src/state/mod.rs", "use yew::prelude::*;"),
        ("frontend/src/tools/select.rs", "use web_sys::Element;"),
        (
            "frontend/src/panels/palette.rs",
            "use gloo::events::EventListener;",
        ),
    ] {
        fails(frontend_imports, path, &format!("//! Text.\n{import}\n"));
    }
    holds_for(
        frontend_imports,
        "frontend/src/browser/files.rs",
        "//! Files.\nuse web_sys::File;\n",
    );
}

#[test]
fn every_list_names_what_its_folder_holds() {
    hold(lists);
    let list =
        "//! Rules.\nrules! {\n    stale_price, // after the others\n    missing_backup,\n}\n";
    fails(lists, "model/src/rules/mod.rs", list);
    let mut tree = Tree::from([
        ("model/src/rules/mod.rs".to_owned(), list.to_owned()),
        ("model/src/rules/stale_price.rs".to_owned(), String::new()),
        (
            "model/src/rules/missing_backup.rs".to_owned(),
            String::new(),
        ),
    ]);
    assert_eq!(lists(&tree), [""; 0]);
    tree.insert("model/src/rules/forgotten.rs".to_owned(), String::new());
    assert_eq!(lists(&tree).len(), 1);
}

#[test]
fn every_source_file_is_part_of_its_module() {
    hold(orphans);
    let mut tree = Tree::from([
        ("model/src/lib.rs".to_owned(), "pub mod plan;\n".to_owned()),
        ("model/src/plan/mod.rs".to_owned(), "mod id;\n".to_owned()),
        ("model/src/plan/id.rs".to_owned(), String::new()),
    ]);
    assert_eq!(orphans(&tree), [""; 0]);
    tree.insert("model/src/plan/idle.rs".to_owned(), String::new());
    assert_eq!(orphans(&tree).len(), 1);
}

#[test]
fn every_style_sheet_is_linked() {
    hold(style_sheets);
    let mut tree = Tree::from([
        (
            "index.html".to_owned(),
            "href=\"assets/style/a.css\"".to_owned(),
        ),
        ("assets/style/a.css".to_owned(), String::new()),
    ]);
    assert_eq!(style_sheets(&tree), [""; 0]);
    tree.insert("assets/style/b.css".to_owned(), String::new());
    assert_eq!(style_sheets(&tree).len(), 1);
}

#[test]
fn every_generated_page_has_its_line() {
    hold(generated_pages);
    fails(
        generated_pages,
        "docs/generated/forgotten.md",
        "Written by hand.\n",
    );
}

#[test]
fn paths_in_the_documents_exist() {
    hold(documents);
    fails(
        documents,
        "ARCHITECTURE.md",
        "The heart is `model/src/heart.rs`.\n",
    );
    fails(documents, "README.md", "See [the map](docs/nowhere.md).\n");
    holds_for(
        documents,
        "ARCHITECTURE.md",
        "See `model/src/x.rs`, `model/src/`, `a/b` and <https://example.org/x.md>.\n",
    );
}

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

#[test]
fn one_sort_is_compiled_for_the_page() {
    hold(sorts);
    fails(
        sorts,
        "frontend/src/panels/strip.rs",
        "//! The strip.\nfn f(v: &mut [f64]) { v.sort_by(f64::total_cmp) }\n",
    );
    holds_for(
        sorts,
        "frontend/src/panels/strip.rs",
        "//! The strip.\nfn f(v: &mut [usize]) { v.sort_unstable() }\n",
    );
}

#[test]
fn files_have_names_that_say_what_is_in_them() {
    hold(names);
    fails(names, "model/src/plan/helpers.rs", "//! This and that.\n");
    fails(names, "frontend/src/utils/mod.rs", "//! This and that.\n");
}

#[test]
fn source_files_say_what_they_are_and_leave_nothing_undone() {
    hold(sources);
    fails(sources, "model/src/x.rs", "pub fn x() {}\n");
    fails(
        sources,
        "model/src/x.rs",
        concat!("//! X.\n// TO", "DO: more\n"),
    );
    fails(
        sources,
        "model/src/x.rs",
        concat!("//! X.\n#[ig", "nore]\nfn x() {}\n"),
    );
    fails(
        sources,
        "frontend/src/x.rs",
        "//! X.\nhtml! { <p style=\"color: red\" /> }\n",
    );
    fails(
        sources,
        "frontend/src/x.rs",
        "//! X.\nhtml! { <p style={style} /> }\n",
    );
}

#[test]
fn nothing_names_a_machine() {
    hold(machines);
    for fault in [
        concat!("see /ho", "me/someone/notes"),
        concat!("\"/ro", "ot/.cargo/bin\""),
        concat!("(/Us", "ers/someone)"),
        concat!("C:\\Us", "ers\\someone"),
        concat!("file:/", "//srv"),
    ] {
        fails(machines, "docs/methods.md", fault);
    }
    fails(
        machines,
        "e2e/package-lock.json",
        "\"resolved\": \"https://registry.example.org/x.tgz\"",
    );
    fails(
        machines,
        "Cargo.lock",
        "source = \"registry+https://crates.example.org/index\"",
    );
    holds_for(
        machines,
        "docs/sources.md",
        concat!("https://example.org/ho", "me/prices"),
    );
}

fn model_imports(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in under(tree, "model/src/") {
        let module = module_of(path, "model/src/");
        if module == "lib" {
            continue;
        }
        let Some(rank) = MODEL.iter().position(|name| *name == module) else {
            faults.push(format!(
                "{path}: {module} has no place in the order of imports"
            ));
            continue;
        };
        let code = production_code(path, text);
        for import in crate_imports(&code) {
            let known = MODEL.iter().position(|name| *name == import);
            if known.is_some_and(|other| other > rank) {
                faults.push(format!("{path}: {module} comes before {import}"));
            }
            if import == "analysis" && MODEL_WITHOUT_ANALYSIS.contains(&module) {
                faults.push(format!("{path}: {module} does not depend on numbers"));
            }
        }
        if let Some(own) = path.strip_prefix("model/src/analysis/") {
            let own = own.split('/').next().unwrap_or(own).trim_end_matches(".rs");
            faults.extend(analysis_imports(path, own, &code));
        }
    }
    faults
}

fn analysis_imports(path: &str, own: &str, code: &str) -> Vec<String> {
    if own == "mod" {
        return Vec::new();
    }
    let direct = path.matches('/').count() == "model/src/analysis/x.rs".matches('/').count();
    let mut named: BTreeSet<&str> = after_each(code, "crate::analysis::").collect();
    if direct {
        named.extend(after_each(code, "super::"));
    }
    named
        .into_iter()
        .filter(|name| *name != own && !SHARED_ANALYSES.contains(name))
        // Types of `analysis/mod.rs` itself begin with a capital.
        .filter(|name| name.starts_with(char::is_lowercase))
        .map(|name| format!("{path}: the analysis {own} imports the analysis {name}"))
        .collect()
}

fn frontend_imports(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let layer = |module: &str| FRONTEND.iter().position(|layer| layer.contains(&module));
    for (path, text) in under(tree, "frontend/src/") {
        let module = module_of(path, "frontend/src/");
        let Some(rank) = layer(module) else {
            faults.push(format!(
                "{path}: {module} has no place in the order of imports"
            ));
            continue;
        };
        let code = production_code(path, text);
        for import in crate_imports(&code) {
            let is_for_signs = module == TEXTS && layer(import) == Some(1);
            if !is_for_signs && import != module && layer(import).is_some_and(|other| other >= rank)
            {
                faults.push(format!("{path}: {module} does not import {import}"));
            }
        }
        let browser = ["web_sys", "js_sys", "gloo"];
        if !BROWSER.iter().any(|place| path.starts_with(place)) {
            for word in browser.iter().filter(|word| has_path(&code, word)) {
                faults.push(format!(
                    "{path}: {word} is named outside frontend/src/browser"
                ));
            }
        }
        if NATIVE.iter().any(|place| path.starts_with(place)) && has_path(&code, "yew") {
            faults.push(format!("{path}: {module} runs natively, without Yew"));
        }
        let of_plans = code.replace("use model::order::", "");
        if module == "widgets" && has_path(&of_plans, "model") {
            faults.push(format!("{path}: widgets know nothing of plans"));
        }
    }
    faults
}

fn lists(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for list in LISTS {
        let Some(text) = tree.get(list.file) else {
            continue;
        };
        let listed = entries(text, list.keyword);
        if listed.is_empty() {
            faults.push(format!("{}: no {}! {{ … }} there", list.file, list.keyword));
        }
        let folder = format!("{}/", list.folder);
        let held: BTreeSet<&str> = under(tree, &folder)
            .filter_map(|(path, _)| {
                path[folder.len()..]
                    .strip_suffix(list.extension)?
                    .strip_suffix('.')
            })
            .filter(|name| !name.contains('/') && !list.others.contains(name))
            .collect();
        for name in held.iter().filter(|name| !listed.contains(**name)) {
            faults.push(format!(
                "{folder}{name}.{} has no line in {}",
                list.extension, list.file
            ));
        }
        // A folder module is an entry too.
        for name in listed.iter().filter(|name| !held.contains(name.as_str())) {
            if !tree.contains_key(&format!("{folder}{name}/mod.rs")) {
                faults.push(format!("{} lists {name}, which {folder} lacks", list.file));
            }
        }
    }
    faults
}

fn orphans(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for crate_folder in ["model/src/", "frontend/src/", "cli/src/", "xtask/src/"] {
        for (path, _) in under(tree, crate_folder) {
            let Some(stem) = path.strip_suffix(".rs") else {
                continue;
            };
            let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
            let (folder, name) = if name == "mod" {
                folder.rsplit_once('/').unwrap_or(("", folder))
            } else {
                (folder, name)
            };
            if matches!(name, "lib" | "main") || path.contains("/bin/") {
                continue;
            }
            let parents = [
                format!("{folder}/mod.rs"),
                format!("{folder}/lib.rs"),
                format!("{folder}/main.rs"),
                format!("{folder}.rs"),
            ];
            let named = parents
                .iter()
                .filter_map(|parent| tree.get(parent))
                .any(|text| words(text).any(|word| word == name));
            if !named {
                faults.push(format!("{path} is part of no module"));
            }
        }
    }
    faults
}

fn style_sheets(tree: &Tree) -> Vec<String> {
    let page = tree.get("index.html").map_or("", String::as_str);
    under(tree, "assets/style/")
        .filter(|(path, _)| !page.contains(&format!("\"{path}\"")))
        .map(|(path, _)| format!("index.html does not link {path}"))
        .collect()
}

fn generated_pages(tree: &Tree) -> Vec<String> {
    let list = tree.get("xtask/docs/main.rs").map_or("", String::as_str);
    under(tree, "docs/generated/")
        .filter(|(path, _)| !list.contains(&format!("\"{path}\"")))
        .map(|(path, _)| format!("{path} has no line in xtask/docs/main.rs"))
        .collect()
}

fn documents(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let exists = |name: &str| {
        let folder = format!("{}/", name.trim_end_matches('/'));
        tree.contains_key(name) || tree.keys().any(|path| path.starts_with(&folder))
    };
    // Written by the tools, or by whoever uses them.
    let made = |name: &str| {
        [
            "target",
            "dist",
            ".tools",
            "e2e/results",
            "e2e/node_modules",
        ]
        .iter()
        .any(|folder| name.starts_with(folder))
    };
    let tops: BTreeSet<&str> = tree
        .keys()
        .filter_map(|path| path.split('/').next())
        .collect();
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CONVENTIONS.md",
    ] {
        let Some(text) = tree.get(page) else {
            continue;
        };
        let quoted = text.split('`').skip(1).step_by(2).filter(|name| {
            let top = name.split('/').next().unwrap_or_default();
            let plain = !name.contains([' ', '*', '<', '{', '…', ':', '(']);
            name.contains('/') && plain && tops.contains(top)
        });
        let linked = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next())
            .filter(|target| {
                !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
            });
        for name in quoted
            .chain(linked)
            .filter(|name| !exists(name) && !made(name))
        {
            faults.push(format!("{page} names {name}, which does not exist"));
        }
    }
    faults
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

/// Every sort with a comparison of its own is 5 KB of the page.
fn sorts(tree: &Tree) -> Vec<String> {
    let page = under(tree, "model/src/").chain(under(tree, "frontend/src/"));
    page.filter(|(path, _)| path.as_str() != "model/src/order.rs")
        .filter(|(path, text)| {
            let code = production_code(path, text);
            ["sort_by", "sort_unstable_by", "sort_by_cached"]
                .iter()
                .any(|start| code.contains(&format!(".{start}")))
        })
        .map(|(path, _)| format!("{path}: sort with `model::order`, which is compiled once"))
        .collect()
}

fn names(tree: &Tree) -> Vec<String> {
    let empty = [
        "util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff",
    ];
    tree.keys()
        .filter(|path| {
            path.split('/')
                .any(|part| empty.contains(&part.split('.').next().unwrap_or(part)))
        })
        .map(|path| format!("{path}: the name does not say what is in it"))
        .collect()
}

fn sources(tree: &Tree) -> Vec<String> {
    let undone = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    let skipped = concat!("#[ig", "nore");
    let mut faults = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| is_source(path)) {
        if has_suffix(path, "rs") && !text.starts_with("//! ") {
            faults.push(format!(
                "{path}: the first line does not say what is here (//!)"
            ));
        }
        for word in undone.iter().filter(|word| text.contains(**word)) {
            faults.push(format!("{path}: {word}"));
        }
        if text.contains(skipped) {
            faults.push(format!("{path}: a test that does not run"));
        }
        let attribute = [" style=\"", " style={"]
            .iter()
            .any(|start| text.contains(start));
        if path.starts_with("frontend/src/") && attribute {
            faults.push(format!(
                "{path}: the security policy forbids style attributes"
            ));
        }
    }
    faults
}

fn machines(tree: &Tree) -> Vec<String> {
    let folders = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("\\Us", "ers\\"),
        concat!("file:/", "//"),
    ];
    let mut faults = Vec::new();
    for (path, text) in tree {
        for folder in folders {
            // A path begins there; in the middle of an address it is no one's folder.
            let own = text.match_indices(folder).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                before.is_none_or(|c| c.is_whitespace() || "\"'`(=:,[".contains(c))
            });
            if own {
                faults.push(format!("{path}: names a folder of a machine ({folder})"));
            }
        }
        let (start, registry) = match path.as_str() {
            "Cargo.lock" => ("registry+", "https://github.com/rust-lang/crates.io-index"),
            "e2e/package-lock.json" => ("\"resolved\": \"", "https://registry.npmjs.org/"),
            _ => continue,
        };
        if text
            .split(start)
            .skip(1)
            .any(|rest| !rest.starts_with(registry))
        {
            faults.push(format!("{path}: names a registry other than {registry}"));
        }
    }
    faults
}

/// The repository passes, and has what the check looks at.
fn hold(check: fn(&Tree) -> Vec<String>) {
    let faults = check(&repository());
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A small tree with this file fails.
fn fails(check: fn(&Tree) -> Vec<String>, path: &str, text: &str) {
    let faults = check(&planted(path, text));
    assert!(!faults.is_empty(), "not found in {path}: {text}");
}

/// A small tree with this file passes.
fn holds_for(check: fn(&Tree) -> Vec<String>, path: &str, text: &str) {
    assert_eq!(check(&planted(path, text)), [""; 0], "{path}");
}

fn planted(path: &str, text: &str) -> Tree {
    Tree::from([
        ("model/src/x.rs".to_owned(), "//! X.\n".to_owned()),
        (path.to_owned(), text.to_owned()),
    ])
    .into_iter()
    .filter(|(name, _)| name == path || path == "ARCHITECTURE.md")
    .collect()
}

/// Every text file that git tracks or would.
fn repository() -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let listing = Command::new("git")
        .current_dir(&root)
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .output()
        .expect("git lists the repository's files");
    let listing = String::from_utf8_lossy(&listing.stdout).into_owned();
    let tree: Tree = listing
        .lines()
        .filter_map(|path| {
            let bytes = fs::read(root.join(PathBuf::from(path))).ok()?;
            Some((
                path.to_owned(),
                String::from_utf8(bytes).unwrap_or_default(),
            ))
        })
        .collect();
    assert!(tree.contains_key("model/src/lib.rs"), "git lists no model");
    tree
}

fn under<'a>(tree: &'a Tree, folder: &'a str) -> impl Iterator<Item = (&'a String, &'a String)> {
    tree.iter()
        .filter(move |(path, _)| path.starts_with(folder))
}

/// `plan` of `model/src/plan/id.rs`.
fn module_of<'a>(path: &'a str, source: &str) -> &'a str {
    let inside = path.strip_prefix(source).unwrap_or(path);
    inside
        .split('/')
        .next()
        .unwrap_or(inside)
        .trim_end_matches(".rs")
}

/// Code without comments and without tests, which may look forward.
fn production_code(path: &str, text: &str) -> String {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return String::new();
    }
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests_follow = lines
            .peek()
            .is_some_and(|next| next.trim_start().starts_with("mod tests {"));
        if line.trim() == "#[cfg(test)]" && tests_follow {
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// First names after `crate::`, also in `use crate::{a, b::C}`.
fn crate_imports(code: &str) -> BTreeSet<&str> {
    let mut imports: BTreeSet<&str> = after_each(code, "crate::").collect();
    for (at, _) in code.match_indices("crate::{") {
        let mut depth = 0;
        let mut start = at + "crate::{".len();
        for (offset, c) in code[start..].char_indices().collect::<Vec<_>>() {
            let here = at + "crate::{".len() + offset;
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    imports.extend(first_name(code[start..here].trim_start()));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    imports.extend(first_name(code[start..here].trim_start()));
                    start = here + 1;
                }
                _ => {}
            }
        }
    }
    imports
}

/// The name that follows each occurrence.
fn after_each<'a>(code: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(start)
        .filter_map(move |(at, _)| first_name(&code[at + start.len()..]))
}

fn first_name(text: &str) -> Option<&str> {
    words(text).next().filter(|name| text.starts_with(name))
}

/// Whether code names something in the crate: `name::`, or `use name;`.
fn has_path(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let begins = before.is_none_or(|c| !c.is_alphanumeric() && !"_:.\"".contains(c));
        begins && (after.starts_with("::") || after.starts_with(';'))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

/// The names in `list! { … }`: one a line, `module::Name` and `module as NAME` by the module.
fn entries(text: &str, list: &str) -> BTreeSet<String> {
    let start = format!("\n{list}! {{\n");
    let Some(at) = text.find(&start) else {
        return BTreeSet::new();
    };
    text[at + start.len()..]
        .lines()
        .take_while(|line| !line.starts_with('}'))
        .map(|line| line.split("//").next().unwrap_or_default().trim())
        .filter_map(|line| line.split([',', ':', ' ']).next())
        .map(|name| name.trim_matches('"').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_source(path: &str) -> bool {
    ["rs", "mjs", "js", "css", "html", "toml"]
        .iter()
        .any(|extension| has_suffix(path, extension))
}

fn has_suffix(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|own| own == extension)
}
