//! `cargo xtask bench`: times the model, weighs the download, and compares with others.

mod chromium;
mod figures;
mod native;
mod peers;

use crate::{Arguments, Result, site, size};

/// Criterion natively, then the size of the page; with `--browser` the model is timed in Chromium too, with
/// `--peers` other simulators beside it, and with `--record` all of that is written into `docs/benchmarks.md`.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let records = arguments.flag("--record");
    let in_browser = arguments.flag("--browser") || records;
    let with_peers = arguments.flag("--peers") || records;
    arguments.finish()?;
    let mut sections = vec![("Natively", native::measure()?)];
    if with_peers {
        sections.push(("Beside other simulators", peers::compare()?));
    }
    site::build()?;
    if in_browser {
        sections.push(("In Chromium", chromium::measure()?));
    }
    println!();
    size::print()?;
    let text = figures::text(&sections);
    println!("\n{text}");
    if records {
        figures::record(&text)?;
    }
    Ok(())
}
