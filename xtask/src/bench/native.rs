//! The benchmarks of the model on this machine, run and read by Criterion.

use std::fs;

use super::figures::Figure;
use crate::{Result, process, repository};

/// Where Criterion keeps its estimates.
const FOLDER: &str = "target/criterion";

/// A benchmark that has a line: its folder, what it is, and what it should reach.
const BENCHMARKS: &[(&str, &str, &str)] = &[
    ("station/1", "one station, M/G/1", "about 1 µs"),
    ("station/4", "one station, M/G/4", "about 1 µs"),
    ("station/5000", "one station of 5,000 servers", ""),
    (
        "five stations/analysis",
        "five stations: rates, waiting, capacity, response",
        "35 µs, as PDQ 7",
    ),
    (
        "five stations/plan and analysis",
        "the same from the plan on",
        "",
    ),
    (
        "five stations/evaluate",
        "the same plan, `evaluate`: percentiles, losses, growth, cost and all else",
        "",
    ),
    (
        "closed network/165 stations, 800 users",
        "closed network, 165 stations, 800 users",
        "12.8 ms, as octave-queueing",
    ),
    ("evaluate/50", "`evaluate`, 50 components", ""),
    (
        "evaluate/500",
        "`evaluate`, 500 components",
        "a frame, 16 ms",
    ),
    ("evaluate/5000", "`evaluate`, 5,000 components", ""),
    (
        "way_50/vps",
        "one of the four ways, 50 components, all steps",
        "",
    ),
    (
        "way_500/vps",
        "one of the four ways, 500 components, all steps",
        "",
    ),
    (
        "way_500/longest step",
        "its longest step, for which the page does not answer",
        "50 ms",
    ),
    (
        "simulation/M_M_8",
        "simulation of one M/M/8",
        "15 million events a second",
    ),
    (
        "simulation/four M_M_8 in a row",
        "simulation of four M/M/8 in a row",
        "",
    ),
];

/// Runs all benchmarks; those that have a line are read.
pub(super) fn measure() -> Result<Vec<Figure>> {
    process::run(
        process::cargo()
            .args(["bench", "--locked", "--package", "model", "--benches", "--"])
            .args(["--warm-up-time", "1", "--measurement-time", "2"])
            .env("CRITERION_HOME", repository::root().join(FOLDER)),
    )?;
    BENCHMARKS
        .iter()
        .map(|&(folder, what, aim)| {
            let Sample { median, fastest } = sample(folder)?;
            let measured = match events(folder)? {
                Some(events) => format!(
                    "{:.1} million events a second, at best {:.1}",
                    events / median * 1e3,
                    events / fastest * 1e3
                ),
                None => format!("{}, at best {}", time(median), time(fastest)),
            };
            Ok(Figure {
                what: what.to_owned(),
                measured,
                aim,
            })
        })
        .collect()
}

/// Nanoseconds of one run: what other programs do to the machine moves the fastest sample least.
struct Sample {
    median: f64,
    fastest: f64,
}

/// Events a second of one station of eight servers, by the last run.
pub(super) fn events_per_second() -> Result<f64> {
    let folder = "simulation/M_M_8";
    let events =
        events(folder)?.ok_or_else(|| format!("{FOLDER}/{folder} holds no throughput."))?;
    Ok(events / sample(folder)?.median * 1e9)
}

fn sample(folder: &str) -> Result<Sample> {
    let taken = read(folder, "sample.json")?;
    let numbers = |name: &str| -> Vec<f64> {
        let numbers = taken[name].as_array().into_iter().flatten();
        numbers.filter_map(serde_json::Value::as_f64).collect()
    };
    let (times, runs) = (numbers("times"), numbers("iters"));
    let mut each: Vec<f64> = times
        .iter()
        .zip(&runs)
        .map(|(time, runs)| time / runs)
        .collect();
    each.sort_by(f64::total_cmp);
    match each.first() {
        Some(&fastest) => Ok(Sample {
            median: each[each.len() / 2],
            fastest,
        }),
        None => Err(format!("{FOLDER}/{folder} holds no times.")),
    }
}

/// Events of one run, where a benchmark counts them.
fn events(folder: &str) -> Result<Option<f64>> {
    let benchmark = read(folder, "benchmark.json")?;
    Ok(benchmark["throughput"]["Elements"].as_f64())
}

fn read(folder: &str, file: &str) -> Result<serde_json::Value> {
    let path = format!("{FOLDER}/{folder}/new/{file}");
    let text = fs::read_to_string(repository::root().join(&path))
        .map_err(|error| format!("{path}: {error}. Run the benchmarks first."))?;
    serde_json::from_str(&text).map_err(|error| format!("{path}: {error}."))
}

/// Three digits and the unit that fits.
fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        ..1e3 => (nanoseconds, "ns"),
        ..1e6 => (nanoseconds / 1e3, "µs"),
        ..1e9 => (nanoseconds / 1e6, "ms"),
        _ => (nanoseconds / 1e9, "s"),
    };
    let decimals = match value {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_take_the_unit_that_fits() {
        let shown = [5.25, 812.0, 1_500.0, 35_400.0, 2.0e6, 1.25e8, 3.0e9].map(time);
        let expected = [
            "5.25 ns", "812 ns", "1.50 µs", "35.4 µs", "2.00 ms", "125 ms", "3.00 s",
        ];
        assert_eq!(shown, expected);
    }
}
