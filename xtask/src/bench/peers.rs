//! The same simulation by the model and by the simulators that Python offers.

use std::path::PathBuf;

use super::{figures::Figure, native};
use crate::{Result, process, repository};

/// Where the Python packages are installed.
const ENVIRONMENT: &str = "target/peers";

/// How many events a second each gets through, after the model's own benchmark has run.
pub(super) fn compare() -> Result<Vec<Figure>> {
    let python = environment()?;
    let own = native::events_per_second()?;
    println!("Simulating with Ciw and SimPy …");
    let peers = process::output(process::command(&python).arg("xtask/peers/simulate.py"))?;
    peers.lines().map(|line| figure(line, own)).collect()
}

/// A line of the script: name, version, and events a second.
fn figure(line: &str, own: f64) -> Result<Figure> {
    let not_understood = || format!("xtask/peers/simulate.py printed \"{line}\".");
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, version, events] = words[..] else {
        return Err(not_understood());
    };
    let events: f64 = events.parse().map_err(|_| not_understood())?;
    Ok(Figure {
        what: format!("{name} {version}, one M/M/8, in the same minutes"),
        measured: format!(
            "{:.3} million events a second: the model is {:.0} times as fast",
            events / 1e6,
            own / events
        ),
        aim: if name == "Ciw" {
            "50 times as fast"
        } else {
            ""
        },
    })
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

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn a_line_of_the_script_becomes_a_ratio() {
        let found = figure("Ciw 3.2.7 100000", 15e6).unwrap();
        assert!(found.measured.ends_with("the model is 150 times as fast"));
        assert!(figure("Ciw 3.2.7", 15e6).is_err() && figure("Ciw 3.2.7 many", 15e6).is_err());
    }
}
