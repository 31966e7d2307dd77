//! What was measured, as tables for the terminal and for `docs/benchmarks.md`, with the machine that it is true of.

use std::{fmt::Write as _, fs};

use crate::{Result, process, repository};

/// The page, and the lines between which the figures stand.
const PAGE: &str = "docs/benchmarks.md";
const BEGIN: &str = "<!-- Written by `cargo xtask bench --record`. -->\n";
const END: &str = "<!-- End of what is written by it. -->\n";

/// One line of a table.
pub(super) struct Figure {
    pub(super) what: String,
    pub(super) measured: String,
    /// What it should be; empty where nobody said.
    pub(super) aim: &'static str,
}

/// A table for each section that has figures.
pub(super) fn text(sections: &[(&str, Vec<Figure>)]) -> String {
    let mut out = format!("{}\n", machine());
    for (title, figures) in sections.iter().filter(|(_, figures)| !figures.is_empty()) {
        let _ = write!(
            out,
            "\n### {title}\n\n| what | measured | aim |\n|---|---:|---|\n"
        );
        for Figure {
            what,
            measured,
            aim,
        } in figures
        {
            let _ = writeln!(out, "| {what} | {measured} | {aim} |");
        }
    }
    out
}

/// Puts the figures in place of the last ones.
pub(super) fn record(text: &str) -> Result<()> {
    let page = with_figures(&repository::read(PAGE)?, text)
        .ok_or_else(|| format!("{PAGE} lacks the lines between which the figures stand."))?;
    fs::write(repository::root().join(PAGE), page)
        .map_err(|error| format!("Cannot write {PAGE}: {error}."))?;
    println!("Written into {PAGE}.");
    Ok(())
}

fn with_figures(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{text}\n{END}{after}"))
}

/// Processor, memory, compiler, and how much else the machine has to do.
fn machine() -> String {
    let of = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let mut words = vec![format!("{processors} processors")];
    words.extend(of("/proc/cpuinfo", "model name"));
    words.extend(of("/proc/meminfo", "MemTotal").map(|memory| format!("{memory} of memory")));
    words.push(std::env::consts::OS.to_owned());
    let compiler = process::output(process::command("rustc").arg("--version"));
    words.extend(compiler.map(|version| version.trim().to_owned()));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|load| !load.is_empty());
    let load = load.map_or(String::new(), |load| {
        format!("\nThe load average was {load} at the end; above the number of processors, times are longer than they need be.")
    });
    format!("Measured on {}.{load}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_take_the_place_of_the_last_ones() {
        let page = format!("before\n{BEGIN}\nold\n{END}after\n");
        let new = with_figures(&page, "new\n").unwrap();
        assert_eq!(new, format!("before\n{BEGIN}\nnew\n\n{END}after\n"));
        assert!(with_figures("without the lines", "new\n").is_none());
    }

    #[test]
    fn sections_without_figures_are_left_out() {
        let figure = Figure {
            what: "one".to_owned(),
            measured: "1 µs".to_owned(),
            aim: "",
        };
        let text = text(&[("Some", vec![figure]), ("None", Vec::new())]);
        assert!(text.contains("### Some") && text.contains("| one | 1 µs |  |"));
        assert!(!text.contains("### None"));
    }
}
