//! What the documents name is there.

use std::collections::BTreeSet;

use super::tree::{Tree, fails, hold, holds_for};

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
