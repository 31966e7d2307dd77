//! `cargo xtask bench`: times the model, weighs the download, and compares with others.

mod chromium;
mod figures;
mod native;
mod peers;

use crate::{Arguments, Result, site, size};
use figures::Section;

/// Criterion natively, then the size of the page; with `--browser` the model is timed in Chromium too, with
/// `--peers` other simulators beside it; `--record` writes what was measured into `docs/benchmarks.md`, each section
/// as soon as it is known.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let [in_browser, with_peers, records] =
        ["--browser", "--peers", "--record"].map(|name| arguments.flag(name));
    arguments.finish()?;
    let keep = |section: Section| {
        if records {
            figures::record(&section)
        } else {
            Ok(())
        }
    };
    keep(Section::new("Natively", &native::measure()?))?;
    if with_peers {
        keep(Section::new("Beside other simulators", &peers::compare()?))?;
    }
    site::build()?;
    if in_browser {
        keep(Section::new("In Chromium", &chromium::measure()?))?;
    }
    println!();
    size::print()?;
    Ok(())
}
