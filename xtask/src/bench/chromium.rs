//! The model in a real Chromium: `evaluate` compiled as the page is, and the page's own simulator.

use std::fs;

use super::figures::Figure;
use crate::{Result, browser, process, repository, setup, site};

/// Where the built page and the benchmark beside it are put together.
const FOLDER: &str = "target/bench-page";

/// Aims of what the script measures.
const AIMS: &[(&str, &str)] = &[
    ("`evaluate`, 500 components", "a frame, 16 ms"),
    (
        "simulation of one M/M/8, in the page's worker",
        "10 million events a second",
    ),
];

/// Times what `e2e/bench.mjs` times: lines of `what: how long`.
pub(super) fn measure() -> Result<Vec<Figure>> {
    build()?;
    println!("Measuring in Chromium …");
    let folder = repository::root().join(FOLDER);
    let lines = process::output(&mut browser::command("bench.mjs", folder)?)?;
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

/// A copy of the built page, and beside it the example `evaluate` of its crate, compiled and shrunk as the page is.
fn build() -> Result<()> {
    let folder = repository::root().join(FOLDER);
    let cannot = |error: std::io::Error| format!("Cannot write {FOLDER}: {error}.");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(cannot)?;
    }
    fs::create_dir_all(&folder).map_err(cannot)?;
    for file in fs::read_dir(site::folder()).map_err(cannot)? {
        let file = file.map_err(cannot)?;
        fs::copy(file.path(), folder.join(file.file_name())).map_err(cannot)?;
    }
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
    if let Some((program, _)) = setup::wasm_opt() {
        site::shrink(&program, &folder.join("evaluate_bg.wasm"))?;
    }
    let page = "<!doctype html><title>Benchmark</title><script type=\"module\" src=\"./start.js\"></script>";
    let start = "import init from './evaluate.js';\ninit();\n";
    fs::write(folder.join("bench.html"), page)
        .and_then(|()| fs::write(folder.join("start.js"), start))
        .map_err(cannot)
}
