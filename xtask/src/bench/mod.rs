//! `cargo xtask bench`: times the model, weighs the download, and compares with others.

mod chromium;
mod figures;
mod native;
mod peers;

use crate::{Arguments, Result, site, size};
use figures::Section;

/// Criterion natively, then the size of the page; with `--browser` also what happens in Chromium, with `--peers`
/// other simulators; `--only NAME` measures one part of what happens in Chromium and nothing else; `--record` writes
/// what was measured into `docs/benchmarks.md`, each section as soon as it is known.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let [in_browser, with_peers, records] =
        ["--browser", "--peers", "--record"].map(|name| arguments.flag(name));
    let only = arguments.values("--only")?;
    arguments.finish()?;
    for name in &only {
        chromium::check(name)?;
    }
    let keep = |section: Section| {
        if records {
            figures::record(&section)
        } else {
            Ok(())
        }
    };
    if only.is_empty() {
        keep(Section::new("Natively", &native::measure()?))?;
    }
    if with_peers {
        keep(Section::new("Beside other simulators", &peers::compare()?))?;
    }
    let needs_page = only.is_empty() || only.iter().any(|name| chromium::needs_page(name));
    if needs_page {
        site::build()?;
    }
    if in_browser || !only.is_empty() {
        chromium::measure(&only, keep)?;
    }
    if needs_page {
        println!();
        size::print()?;
    }
    Ok(())
}
