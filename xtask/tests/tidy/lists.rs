//! What stands in a folder stands in its list, its module or its page.

use std::collections::BTreeSet;

use super::tree::{Tree, fails, hold, under, words};

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
