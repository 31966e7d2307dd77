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

/// What belongs together: where it was measured, and on what.
pub(super) struct Section {
    title: &'static str,
    text: String,
}

impl Section {
    /// A table, and the machine as it is now.
    pub(super) fn new(title: &'static str, figures: &[Figure]) -> Self {
        let mut text = format!(
            "{}\n\n| what | measured | aim |\n|---|---:|---|\n",
            machine()
        );
        for Figure {
            what,
            measured,
            aim,
        } in figures
        {
            let _ = writeln!(text, "| {what} | {measured} | {aim} |");
        }
        println!("\n{title}\n{text}");
        Self { title, text }
    }
}

/// Puts a section in place of that of the same title; the others stay.
pub(super) fn record(section: &Section) -> Result<()> {
    let page = with_section(&repository::read(PAGE)?, section)
        .ok_or_else(|| format!("{PAGE} lacks the lines between which the figures stand."))?;
    fs::write(repository::root().join(PAGE), page)
        .map_err(|error| format!("Cannot write {PAGE}: {error}."))?;
    println!("Written into {PAGE}.");
    Ok(())
}

fn with_section(page: &str, section: &Section) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (known, after) = rest.split_once(END)?;
    let mut all: Vec<(&str, &str)> = known
        .split("### ")
        .skip(1)
        .filter_map(|section| section.split_once('\n'))
        .map(|(title, text)| (title, text.trim()))
        .collect();
    let Section { title, text } = section;
    match all.iter_mut().find(|(known, _)| known == title) {
        Some((_, known)) => *known = text.trim(),
        None => all.push((title, text.trim())),
    }
    let mut middle = String::new();
    for (title, text) in all {
        let _ = write!(middle, "\n### {title}\n\n{text}\n");
    }
    Some(format!("{before}{BEGIN}{middle}\n{END}{after}"))
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
        format!("\nThe load average was {load} at the end: above the number of processors, times are longer than they need be.")
    });
    format!("Measured on {}.{load}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_take_the_place_of_those_of_the_same_title() {
        let section = |title, text: &str| Section {
            title,
            text: text.to_owned(),
        };
        let mut page = format!("before\n{BEGIN}\n{END}after\n");
        for one in [
            section("A", "old"),
            section("B", "kept\n"),
            section("A", "new"),
        ] {
            page = with_section(&page, &one).unwrap();
        }
        assert_eq!(
            page,
            format!("before\n{BEGIN}\n### A\n\nnew\n\n### B\n\nkept\n\n{END}after\n")
        );
        assert!(with_section("without the lines", &section("A", "new")).is_none());
    }

    #[test]
    fn a_section_names_its_machine() {
        let figure = Figure {
            what: "one".to_owned(),
            measured: "1 µs".to_owned(),
            aim: "",
        };
        let Section { text, .. } = Section::new("Natively", &[figure]);
        assert!(text.starts_with("Measured on ") && text.contains("rustc 1."));
        assert!(text.contains("| one | 1 µs |  |"));
    }
}
