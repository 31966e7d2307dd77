//! Modules import only what stands before them.

use std::collections::BTreeSet;

use super::tree::{Tree, fails, hold, holds_for, under, words};

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
    &["canvas", "panels", "errands"],
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

/// `plan` of `model/src/plan/id.rs`.
pub(super) fn module_of<'a>(path: &'a str, source: &str) -> &'a str {
    let inside = path.strip_prefix(source).unwrap_or(path);
    inside
        .split('/')
        .next()
        .unwrap_or(inside)
        .trim_end_matches(".rs")
}

/// Code without comments and without tests, which may look forward.
pub(super) fn production_code(path: &str, text: &str) -> String {
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
pub(super) fn has_path(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let begins = before.is_none_or(|c| !c.is_alphanumeric() && !"_:.\"".contains(c));
        begins && (after.starts_with("::") || after.starts_with(';'))
    })
}
