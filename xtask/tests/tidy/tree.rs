//! The repository as paths and texts, and checks run on it and on trees with a planted fault.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Path with `/` from the root, and text.
pub(super) type Tree = BTreeMap<String, String>;

/// The repository passes, and has what the check looks at.
pub(super) fn hold(check: fn(&Tree) -> Vec<String>) {
    let faults = check(&repository());
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A small tree with this file fails.
pub(super) fn fails(check: fn(&Tree) -> Vec<String>, path: &str, text: &str) {
    let faults = check(&planted(path, text));
    assert!(!faults.is_empty(), "not found in {path}: {text}");
}

/// A small tree with this file passes.
pub(super) fn holds_for(check: fn(&Tree) -> Vec<String>, path: &str, text: &str) {
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

pub(super) fn under<'a>(
    tree: &'a Tree,
    folder: &'a str,
) -> impl Iterator<Item = (&'a String, &'a String)> {
    tree.iter()
        .filter(move |(path, _)| path.starts_with(folder))
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

pub(super) fn is_source(path: &str) -> bool {
    ["rs", "mjs", "js", "css", "html", "toml"]
        .iter()
        .any(|extension| has_suffix(path, extension))
}

pub(super) fn has_suffix(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|own| own == extension)
}
