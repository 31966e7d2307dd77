//! `cargo xtask bench`: times the model, weighs the download, and compares with others.

use std::fs;

use crate::{Arguments, Result, browser, peers, process, repository, setup, site, size};

/// Where the browser's benchmark is put together.
const FOLDER: &str = "target/bench-page";

/// Criterion natively, then the size of the page; with `--browser` the model is timed in Chromium too, with
/// `--peers` other simulators beside it.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let (in_browser, with_peers) = (arguments.flag("--browser"), arguments.flag("--peers"));
    arguments.finish()?;
    process::run(process::cargo().args(["bench", "--locked", "--package", "model", "--benches"]))?;
    if with_peers {
        peers::compare()?;
    }
    site::build()?;
    println!();
    size::print()?;
    if in_browser {
        println!("\nin Chromium, wasm built as for the page:");
        build_page()?;
        let folder = repository::root().join(FOLDER);
        process::run(&mut browser::command("bench.mjs", folder)?)?;
    }
    Ok(())
}

/// The example `evaluate` of the page's crate, compiled and shrunk as the page is.
fn build_page() -> Result<()> {
    process::run(
        process::cargo()
            .args(["build", "--quiet", "--locked", "--release"])
            .args(["--package", "frontend", "--example", "evaluate"])
            .args(["--target", "wasm32-unknown-unknown"]),
    )?;
    process::run(
        process::command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-dir", FOLDER])
            .arg("target/wasm32-unknown-unknown/release/examples/evaluate.wasm"),
    )?;
    let folder = repository::root().join(FOLDER);
    if let Some((program, _)) = setup::wasm_opt() {
        site::shrink(&program, &folder.join("evaluate_bg.wasm"))?;
    }
    let page = "<!doctype html><title>Benchmark</title><script type=\"module\" src=\"./start.js\"></script>";
    let start = "import init from './evaluate.js';\ninit();\n";
    fs::write(folder.join("index.html"), page)
        .and_then(|()| fs::write(folder.join("start.js"), start))
        .map_err(|error| format!("Cannot write {FOLDER}: {error}."))
}
