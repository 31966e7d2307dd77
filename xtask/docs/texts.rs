//! Every English text that the page says, with the files it stands in: what a language has to say otherwise.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Map, Value, json};

use crate::spoken::{self, Spoken};

/// Folders of sources, and whether their tables are shown too.
const SOURCES: &[(&str, bool)] = &[("frontend/src", false), ("model/src", true)];

pub(crate) fn text() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts: Vec<(Spoken, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |spoken: Spoken, file: &str| {
        if let Some(&index) = known.get(&spoken.text) {
            let (first, files) = &mut texts[index];
            first.one = first.one.take().or(spoken.one);
            if !files.iter().any(|known| known == file) {
                files.push(file.to_owned());
            }
        } else {
            known.insert(spoken.text.clone(), texts.len());
            texts.push((spoken, vec![file.to_owned()]));
        }
    };
    for (file, marks) in [
        ("index.html", [("data-text>", '<'), ("aria-label=\"", '"')]),
        ("assets/boot.js", [(" t('", '\''), ("(t('", '\'')]),
    ] {
        let source = fs::read_to_string(root.join(file)).unwrap_or_default();
        for text in between(&source, &marks)
            .into_iter()
            .filter(|text| !text.is_empty())
        {
            add(Spoken { text, one: None }, file);
        }
    }
    for (folder, has_tables) in SOURCES {
        for file in files(&root, folder) {
            let source = fs::read_to_string(root.join(&file)).unwrap_or_default();
            for spoken in spoken::in_macros(&source) {
                add(spoken, &file);
            }
            // The report is in English, its name is not.
            let is_report = file.starts_with("model/src/export/markdown/");
            if *has_tables && (!is_report || file.ends_with("/mod.rs")) {
                for spoken in spoken::in_tables(&source) {
                    add(spoken, &file);
                }
            }
        }
    }
    let texts: Map<String, Value> = texts
        .into_iter()
        .map(|(Spoken { text, one }, files)| {
            let said = match one {
                Some(one) => json!({ "one": one, "in": files }),
                None => json!({ "in": files }),
            };
            (text, said)
        })
        .collect();
    let lines: Vec<String> = texts
        .iter()
        .map(|(text, said)| format!("  {}: {said}", Value::from(text.as_str())))
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn between(source: &str, marks: &[(&str, char)]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = marks
        .iter()
        .flat_map(|(start, end)| {
            source.match_indices(start).filter_map(move |(at, _)| {
                let (text, _) = source[at + start.len()..].split_once(*end)?;
                Some((at, text.to_owned()))
            })
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, text)| text).collect()
}

/// The sources under a folder, with `/` from the root, in the order of their names; without tests.
fn files(root: &Path, folder: &str) -> Vec<String> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if entry.path().extension().is_some_and(|kind| kind == "rs")
                && !name.ends_with("/tests.rs")
            {
                files.push(name);
            }
        }
    }
    files.sort();
    files
}
