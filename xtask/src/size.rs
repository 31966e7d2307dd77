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
    let limit = budget["interactive_brotli_bytes"]
        .as_u64()
        .ok_or("xtask/size-budget.json lacks interactive_brotli_bytes.")?;
    let aim = budget["aim_brotli_bytes"].as_u64().unwrap_or(limit);
    let total = print()?;
    if total.brotli > limit {
        return Err(format!(
            "The page is {} bytes (brotli) to interactive; the budget is {limit}. Make it smaller, or argue for more.",
            total.brotli
        ));
    }
    if total.brotli > aim {
        println!(
            "warning: {} bytes are {:.1} times the aim of {aim}; the limit only keeps the page from growing.",
            total.brotli,
            total.brotli as f64 / aim as f64
        );
    }
    Ok(())
}

/// A table of what is loaded until the page answers, its sum, and what is loaded only when it is asked for.
pub(crate) fn print() -> Result<Size> {
    let [sizes, after, on_demand] = sizes()?;
    let total = table("until interactive, bytes", &sizes);
    table("after the first paint, bytes", &after);
    table("when asked for, bytes", &on_demand);
    Ok(total)
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
    let on_demand: Vec<&str> = site::on_demand(&page).collect();
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
