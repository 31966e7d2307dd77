//! `cargo xtask bench`: times the model and weighs the download.

use crate::{Arguments, Result, browser, process, site, size};

/// Criterion natively, then the size of the page; with `--browser` the model is timed in Chromium too.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let in_browser = arguments.flag("--browser");
    arguments.finish()?;
    process::run(process::cargo().args(["bench", "--locked", "--package", "model", "--benches"]))?;
    site::build()?;
    println!();
    size::print()?;
    if in_browser {
        println!();
        process::run(&mut browser::command("bench.mjs")?)?;
    }
    Ok(())
}
