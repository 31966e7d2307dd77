//! In a real Chromium: `evaluate` compiled as the page is, the page's own simulator, and the page's drawing beside
//! the same drawing in React Flow.

use std::fs;

use super::figures::{Figure, Section};
use crate::{Result, browser, process, repository, setup, site};

/// Where the built page and what is measured beside it are put together.
const FOLDER: &str = "target/bench-page";
/// The drawing in React Flow.
const FLOW: &str = "xtask/peers/flow";

/// What can be measured for itself: its name, the title of its figures, and whether React Flow does the same.
const PARTS: &[(&str, &str, bool)] = &[
    ("evaluate", "Evaluating in Chromium", false),
    ("simulate", "Simulating in Chromium", false),
    ("drag", "Dragging in Chromium", true),
    ("pan", "Panning and zooming in Chromium", true),
    ("open", "Opening in Chromium", true),
    ("flow", "Running requests in Chromium", false),
];

/// Aims of what the script measures.
const AIMS: &[(&str, &str)] = &[
    ("`evaluate`, 500 components", "a frame, 16 ms"),
    (
        "simulation of one M/M/8, in the page's worker",
        "10 million events a second",
    ),
    ("drag, 100 components", "1 ms of script"),
    ("drag, 1,000 components", "1 ms of script"),
    ("drag, 5,000 components", "1 ms of script"),
    ("drag, 10,000 components", "1 ms of script"),
    ("opening 5,000 components", "1 s"),
];

/// Whether there is a part of this name.
pub(super) fn check(name: &str) -> Result<()> {
    if PARTS.iter().any(|(known, ..)| *known == name) {
        return Ok(());
    }
    let known: Vec<&str> = PARTS.iter().map(|(name, ..)| *name).collect();
    Err(format!(
        "There is no `--only {name}`. There are: {}.",
        known.join(", ")
    ))
}

/// Whether a part measures the built page; the model alone is built for itself.
pub(super) fn needs_page(name: &str) -> bool {
    name != "evaluate"
}

/// Measures the named parts, or all; hands each over as soon as it is known.
pub(super) fn measure(only: &[String], keep: impl Fn(Section) -> Result<()>) -> Result<()> {
    let parts = PARTS
        .iter()
        .filter(|(name, ..)| only.is_empty() || only.iter().any(|wanted| wanted == name));
    make_folder(only.is_empty() || only.iter().any(|name| needs_page(name)))?;
    for (name, title, has_peer) in parts {
        match (*name, has_peer) {
            ("evaluate", _) => build_evaluate()?,
            (_, true) => build_flow()?,
            _ => {}
        }
        println!("{title} …");
        keep(Section::new(title, &figures(name)?))?;
    }
    Ok(())
}

/// Times one part of what `e2e/bench.mjs` times: lines of `what: how long`.
fn figures(part: &str) -> Result<Vec<Figure>> {
    let folder = repository::root().join(FOLDER);
    let lines = process::output(browser::command("bench.mjs", folder)?.arg(part))?;
    let figures = lines.lines().map(|line| {
        let (what, measured) = line
            .split_once(": ")
            .ok_or_else(|| format!("e2e/bench.mjs printed \"{line}\"."))?;
        let aim = AIMS.iter().find(|(named, _)| *named == what);
        Ok(Figure {
            what: what.to_owned(),
            measured: measured.to_owned(),
            aim: aim.map_or("", |(_, aim)| aim),
        })
    });
    figures.collect()
}

fn make_folder(with_page: bool) -> Result<()> {
    let folder = repository::root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(cannot_write)?;
    }
    if !with_page {
        return fs::create_dir_all(&folder).map_err(cannot_write);
    }
    let site = site::read_folder(&site::folder())?;
    site::write_folder(&folder, &site).map_err(cannot_write)
}

/// The example `evaluate` of the page's crate, compiled and optimised as what computes in the page is.
fn build_evaluate() -> Result<()> {
    process::run(
        process::cargo()
            .args(["build", "--quiet", "--locked", "--release"])
            .args(["--package", "frontend", "--example", "evaluate"])
            .args(["--target", "wasm32-unknown-unknown"])
            // With other flags all crates would be compiled again.
            .env("CARGO_ENCODED_RUSTFLAGS", site::release_flags()),
    )?;
    process::run(
        process::command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-dir", FOLDER])
            .arg("target/wasm32-unknown-unknown/release/examples/evaluate.wasm"),
    )?;
    let folder = repository::root().join(FOLDER);
    if let Some((program, _)) = setup::wasm_opt() {
        site::optimise(&program, &folder.join("evaluate_bg.wasm"), site::Aim::Speed)?;
    }
    let page = "<!doctype html><title>Benchmark</title><script type=\"module\" src=\"./start.js\"></script>";
    let start = "import init from './evaluate.js';\ninit();\n";
    fs::write(folder.join("bench.html"), page)
        .and_then(|()| fs::write(folder.join("start.js"), start))
        .map_err(cannot_write)
}

/// The page of the drawing in React Flow, with the packages it needs.
fn build_flow() -> Result<()> {
    let page = repository::root().join(FOLDER).join("flow.html");
    if page.is_file() {
        return Ok(());
    }
    let source = repository::root().join(FLOW);
    if !source.join("node_modules").is_dir() {
        println!("Installing React Flow in {FLOW} …");
        process::output(
            process::command("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(&source),
        )?;
    }
    let script = page.with_file_name("flow.js");
    process::output(
        process::command("npm")
            .args(["run", "--silent", "build", "--"])
            .arg(format!("--outfile={}", script.display()))
            .current_dir(&source),
    )?;
    let text = "<!doctype html><html><title>React Flow</title><link rel=\"stylesheet\" href=\"./flow.css\">\
        <link rel=\"stylesheet\" href=\"./page.css\"><div id=\"root\"></div><script src=\"./flow.js\"></script></html>";
    fs::write(&page, text)
        .and_then(|()| {
            let whole = "html, body, #root { width: 100%; height: 100%; margin: 0; }";
            fs::write(page.with_file_name("page.css"), whole)
        })
        .map_err(cannot_write)
}

fn cannot_write(error: std::io::Error) -> String {
    format!("Cannot write {FOLDER}: {error}.")
}
