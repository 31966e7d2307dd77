//! Whole evaluations as reports: every small plan and every template, compared with what was recorded.
//!
//! `UPDATE=1 cargo test -p model --test reports` records them again; the difference is then read like code.

use std::fs;
use std::path::{Path, PathBuf};

use model::catalog::Catalog;
use model::evaluate::evaluate;
use model::export::export;
use model::plan::Plan;
use model::plan::format;
use model::templates;

#[test]
fn every_plan_is_reported_as_recorded() {
    let plans = plans("plans");
    assert!(!plans.is_empty());
    check("reports/plans", &plans);
}

#[test]
fn every_template_is_reported_as_recorded() {
    let plans: Vec<(String, Plan)> = templates::ALL
        .iter()
        .map(|template| {
            let plan = template.plan().expect("every template is a plan");
            (template.id.to_owned(), plan)
        })
        .collect();
    check("reports/templates", &plans);
}

#[test]
fn every_plan_is_kept_in_canonical_form() {
    for path in files("plans", "json") {
        let text = text_of(&path);
        let plan = format::read(text.as_bytes()).expect("every file is a plan");
        assert_eq!(format::write(&plan), text, "{}", path.display());
    }
}

fn check(folder: &str, plans: &[(String, Plan)]) {
    let catalog = Catalog::embedded();
    let markdown = export("markdown").expect("reports are a format");
    let folder = tests().join(folder);
    let records = std::env::var_os("UPDATE").is_some();
    let mut stale = Vec::new();
    for (id, plan) in plans {
        let report = (markdown.write)(plan, &evaluate(plan, &catalog, None));
        let path = folder.join(format!("{id}.md"));
        if records {
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(&path, &report).expect("the report can be written");
        } else if fs::read(&path).ok().as_deref() != Some(report.as_bytes()) {
            stale.push(format!("{}:\n{report}", path.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "These reports are not as recorded; UPDATE=1 records them again.\n\n{}",
        stale.join("\n")
    );
    let known: Vec<String> = plans.iter().map(|(id, _)| format!("{id}.md")).collect();
    for path in files_in(&folder, "md") {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        assert!(
            known.contains(&name.into_owned()),
            "{} is the report of no plan",
            path.display()
        );
    }
}

fn plans(folder: &str) -> Vec<(String, Plan)> {
    let plans = files(folder, "json").into_iter().map(|path| {
        let id = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let plan = format::read(text_of(&path).as_bytes()).expect("every file is a plan");
        (id, plan)
    });
    plans.collect()
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    files_in(&tests().join(folder), extension)
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    paths.sort();
    paths
}

fn text_of(path: &Path) -> String {
    let bytes = fs::read(path).expect("the file can be read");
    String::from_utf8(bytes).expect("the file is text")
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
