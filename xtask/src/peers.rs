//! `cargo xtask bench --peers`: the same simulation by the model and by the simulators that Python offers.

use std::{fs, path::PathBuf};

use crate::{Result, process, repository};

/// Where the Python packages are installed, and what the benchmark of the model leaves.
const ENVIRONMENT: &str = "target/peers";
const MEASURED: &str = "target/criterion/simulation/M_M_8/new";

/// Prints how many events a second each gets through, after the model's own benchmark has run.
pub(crate) fn compare() -> Result<()> {
    let python = environment()?;
    let own = own_events_per_second()?;
    println!("\nM/M/8, 80 % busy, million events a second:");
    println!("{:<14} {:>8.2}", "the model", own / 1e6);
    let peers = process::output(process::command(&python).arg("xtask/peers/simulate.py"))?;
    for line in peers.lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(version), Some(events)) = (words.next(), words.next(), words.next())
        else {
            return Err(format!("xtask/peers/simulate.py printed \"{line}\"."));
        };
        let events: f64 = events
            .parse()
            .map_err(|error| format!("xtask/peers/simulate.py printed \"{line}\": {error}."))?;
        println!(
            "{:<14} {:>8.2}   the model is {:.0} times as fast",
            format!("{name} {version}"),
            events / 1e6,
            own / events
        );
    }
    Ok(())
}

/// Python with the packages of `xtask/peers/requirements.txt`, in a folder of its own.
fn environment() -> Result<String> {
    let folder = repository::root().join(ENVIRONMENT);
    let python: PathBuf = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    let python = python.to_string_lossy().into_owned();
    if process::output(process::command(&python).args(["-c", "import ciw, simpy"])).is_err() {
        println!("Installing Ciw and SimPy in {ENVIRONMENT} …");
        process::output(process::command("python3").args(["-m", "venv", ENVIRONMENT]))?;
        process::output(process::command(&python).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--requirement",
            "xtask/peers/requirements.txt",
        ]))?;
    }
    Ok(python)
}

/// Events per second by the estimates that Criterion keeps.
fn own_events_per_second() -> Result<f64> {
    let read = |name: &str| -> Result<serde_json::Value> {
        let path = repository::root().join(MEASURED).join(name);
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("{MEASURED}/{name}: {error}. Run the benchmarks first."))?;
        serde_json::from_str(&text).map_err(|error| format!("{MEASURED}/{name}: {error}."))
    };
    let events = read("benchmark.json")?["throughput"]["Elements"].as_f64();
    let nanoseconds = read("estimates.json")?["mean"]["point_estimate"].as_f64();
    events
        .zip(nanoseconds)
        .map(|(events, nanoseconds)| events / nanoseconds * 1e9)
        .ok_or_else(|| format!("{MEASURED} holds no throughput."))
}
