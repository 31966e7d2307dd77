//! Installs what a fresh machine lacks, says so and how long it took; silent where all is there.

use std::{env, path::PathBuf, process::Command};

use crate::{Result, process, repository};

const TRUNK: &str = "0.21.14";

/// Older Binaryen does not know the instructions that rustc emits.
const OLDEST_WASM_OPT: u32 = 116;

/// Everything at once: what `serve` and `test` would otherwise install on their first run.
pub(crate) fn everything() -> Result<()> {
    site()?;
    lints()?;
    browser()?;
    println!("All tools are there.");
    Ok(())
}

/// What a build of the page needs.
pub(crate) fn site() -> Result<()> {
    wasm_target()?;
    // Trunk builds offline, so that a missing tool is an error and not a download behind the back.
    process::output(process::cargo().args(["fetch", "--locked", "--quiet"]))?;
    let bindgen = repository::locked_version("wasm-bindgen")?;
    cargo_install("wasm-bindgen-cli", "wasm-bindgen", &bindgen)?;
    cargo_install("trunk", "trunk", TRUNK)?;
    if wasm_opt().is_none()
        && let Err(problem) = node().and_then(|()| node_packages())
    {
        eprintln!("warning: no wasm-opt, the download will be about a third larger.\n{problem}");
    }
    Ok(())
}

/// rustfmt and clippy.
pub(crate) fn lints() -> Result<()> {
    for (component, program) in [("rustfmt", "rustfmt"), ("clippy", "clippy-driver")] {
        if process::output(process::command(program).arg("--version")).is_err() {
            install(component, || {
                process::run(process::command("rustup").args(["component", "add", component]))
            })?;
        }
    }
    Ok(())
}

/// A Chromium and what drives it. Returns the browser's path.
pub(crate) fn browser() -> Result<PathBuf> {
    node()?;
    node_packages()?;
    if let Some(path) = chromium() {
        return Ok(path);
    }
    system_packages("Chromium", &["chromium"])?;
    chromium().ok_or_else(|| "Chromium was installed but cannot be found; set CHROME.".to_owned())
}

/// A wasm-opt that is new enough, with its version line.
pub(crate) fn wasm_opt() -> Option<(PathBuf, String)> {
    let path = process::find("wasm-opt")?;
    let version = process::output(process::command("wasm-opt").arg("--version")).ok()?;
    let number: u32 = version
        .split_whitespace()
        .find_map(|word| word.parse().ok())?;
    (number >= OLDEST_WASM_OPT).then(|| (path, version.trim().to_owned()))
}

fn wasm_target() -> Result<()> {
    let folder = process::output(process::command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;
    if PathBuf::from(folder.trim()).is_dir() {
        return Ok(());
    }
    install("the wasm target", || {
        process::run(process::command("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
    })
}

/// Installs a program of exactly this version into `.tools`, unless one is on the path.
fn cargo_install(package: &str, program: &str, version: &str) -> Result<()> {
    let there = process::output(process::command(program).arg("--version"))
        .is_ok_and(|line| line.split_whitespace().nth(1) == Some(version));
    if there {
        return Ok(());
    }
    let attempt = |locked: bool| {
        let mut command = process::cargo();
        command
            .args(["install", package, "--version", version, "--root", ".tools"])
            .args(["--force", "--quiet", "--debug"])
            // A quick build of a tool that is quick enough: seconds to run, minutes saved here.
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // One folder for both tools: what they share is built once, and an interrupted run goes on.
            .env("CARGO_TARGET_DIR", ".tools/build");
        if package == "trunk" {
            command.arg("--no-default-features");
        }
        if locked {
            command.arg("--locked");
        }
        command
    };
    install(
        &format!("{package} {version}, which takes minutes once"),
        || {
            process::output(&mut attempt(true)).or_else(|problem| {
                // A lock file may name a version that this registry's view does not have.
                println!("  not with its own lock file; trying without");
                process::output(&mut attempt(false))
                    .map_err(|second| format!("{problem}\n{second}"))
            })?;
            Ok(())
        },
    )
}

fn node() -> Result<()> {
    if process::find("node").is_some() && process::find("npm").is_some() {
        return Ok(());
    }
    system_packages("Node.js 18 or newer, with npm", &["nodejs", "npm"])
}

/// What `e2e/package.json` pins.
fn node_packages() -> Result<()> {
    let package: serde_json::Value = serde_json::from_str(&repository::read("e2e/package.json")?)
        .map_err(|error| format!("e2e/package.json: {error}."))?;
    let wanted = package["dependencies"].as_object().into_iter().flatten();
    let there = wanted.into_iter().all(|(name, version)| {
        repository::read(&format!("e2e/node_modules/{name}/package.json"))
            .ok()
            .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
            .is_some_and(|installed| installed["version"] == *version)
    });
    if there {
        return Ok(());
    }
    install("wasm-opt and the browser driver from npm", || {
        process::output(
            process::command("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(repository::root().join("e2e")),
        )?;
        Ok(())
    })
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROME").map(PathBuf::from);
    let on_path = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    let elsewhere = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ];
    named
        .into_iter()
        .filter(|path| path.is_file())
        .chain(on_path.iter().filter_map(|name| process::find(name)))
        .chain(
            elsewhere
                .iter()
                .map(PathBuf::from)
                .filter(|path| path.is_file()),
        )
        .next()
}

/// Debian packages where we may install them, else what to install.
fn system_packages(what: &str, packages: &[&str]) -> Result<()> {
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if process::find("apt-get").is_none() || !root {
        return Err(format!(
            "{what} is needed and not on PATH. On Debian or Ubuntu: sudo apt-get install {}. \
             Elsewhere: install it by your system's means; for the browser, CHROME may name it.",
            packages.join(" ")
        ));
    }
    install(&format!("{what} from Debian"), || {
        process::output(process::command("apt-get").args(["update", "-qq"]))?;
        process::output(
            process::command("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
        Ok(())
    })
}

fn install(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("Installing {what} …");
    let (result, time) = process::timed(work);
    if result.is_ok() {
        println!("  done in {}", process::duration(time));
    }
    result
}
