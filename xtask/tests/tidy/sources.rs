//! Source files say what they are, leave nothing undone and name no machine.

use super::imports::production_code;
use super::tree::{Tree, fails, has_suffix, hold, holds_for, is_source, under};

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
