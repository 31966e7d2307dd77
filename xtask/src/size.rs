//! What a visitor downloads until the page answers, against the budget in `xtask/size-budget.json`.

use std::{collections::BTreeMap, fs};

use crate::{Result, repository, site};

/// Bytes of one file or of all: as stored, gzip, brotli.
#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Fails if the page has outgrown its budget; prints each file.
pub(crate) fn check() -> Result<()> {
    let budget: serde_json::Value =
        serde_json::from_str(&repository::read("xtask/size-budget.json")?)
            .map_err(|error| format!("xtask/size-budget.json: {error}."))?;
    let limit = |name: &str| {
        budget[name]
            .as_u64()
            .ok_or_else(|| format!("xtask/size-budget.json lacks {name}."))
    };
    let [interactive, late] = print()?;
    for (size, name, until) in [
        (interactive, "interactive_brotli_bytes", "to interactive"),
        (late, "late_brotli_bytes", "after the first paint"),
    ] {
        let limit = limit(name)?;
        if size.brotli > limit {
            return Err(format!(
                "The page is {} bytes (brotli) {until}; the budget is {limit}. Make it smaller, or argue for more.",
                size.brotli
            ));
        }
    }
    let aim = limit("aim_brotli_bytes")?;
    if interactive.brotli > aim {
        println!(
            "warning: {} bytes to interactive are {:.1} times the aim of {aim}; the limit only keeps the page from growing.",
            interactive.brotli,
            interactive.brotli as f64 / aim as f64
        );
    }
    Ok(())
}

/// A table of what is loaded until the page answers and after it, the sums of both, and what is loaded only when it
/// is asked for.
pub(crate) fn print() -> Result<[Size; 2]> {
    let [sizes, after, on_demand] = sizes()?;
    let interactive = table("until interactive, bytes", &sizes);
    let late = table("after the first paint, bytes", &after);
    table("when asked for, bytes", &on_demand);
    Ok([interactive, late])
}

fn table(title: &str, sizes: &BTreeMap<String, Size>) -> Size {
    let mut total = Size::default();
    println!("{title:<44} {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    for (name, size) in sizes {
        println!(
            "{name:<44} {:>9} {:>9} {:>9}",
            size.raw, size.gzip, size.brotli
        );
        total.raw += size.raw;
        total.gzip += size.gzip;
        total.brotli += size.brotli;
    }
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        "total", total.raw, total.gzip, total.brotli
    );
    total
}

/// The page and every file that it names, a journey checks that nothing else is asked for: those that it waits
/// for, those that it loads once it has answered, and those that wait until they are needed.
fn sizes() -> Result<[BTreeMap<String, Size>; 3]> {
    let folder = site::folder();
    let page = fs::read_to_string(folder.join("index.html"))
        .map_err(|error| format!("There is no built page: {error}."))?;
    let bytes = |name: &str| fs::metadata(folder.join(name)).ok().map(|file| file.len());
    let mut names = vec!["index.html".to_owned()];
    names.extend(
        page.split('"')
            .filter_map(|text| text.strip_prefix("./"))
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    );
    let after: Vec<&str> = site::after_first_paint(&page).collect();
    let on_demand: Vec<&str> = site::on_demand(&page)
        .chain(site::languages(&page))
        .collect();
    let mut groups = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
    let sizes = names
        .into_iter()
        .filter_map(|name| {
            let raw = bytes(&name)?;
            let size = Size {
                raw,
                gzip: bytes(&format!("{name}.gz")).unwrap_or(raw),
                brotli: bytes(&format!("{name}.br")).unwrap_or(raw),
            };
            Some((name, size))
        })
        .collect::<Vec<_>>();
    for (name, size) in sizes {
        let group = if on_demand.contains(&name.as_str()) {
            2
        } else {
            usize::from(after.contains(&name.as_str()))
        };
        groups[group].insert(name, size);
    }
    Ok(groups)
}
