//! `cargo xtask test`: all that is checked before a change is merged, suite by suite, in order.

use std::{
    io::{BufRead, BufReader},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use crate::{Arguments, Result, browser, licences, process, repository, setup, site, size};

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

/// A named check. The run goes on after a failure, so that all failures show.
struct Suite {
    name: &'static str,
    promise: &'static str,
    run: fn() -> Count,
}

const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        promise: "every Rust file is formatted",
        run: || single(format),
    },
    Suite {
        name: "clippy",
        promise: "no lint natively",
        run: || single(clippy),
    },
    Suite {
        name: "clippy-wasm",
        promise: "no lint for the browser",
        run: || single(clippy_wasm),
    },
    Suite {
        name: "unit",
        promise: "known answers, properties and examples of the model and the tools",
        run: || cargo_test(&["--workspace", "--exclude", "frontend", "--exclude", "xtask"]),
    },
    Suite {
        name: "state",
        promise: "the page's state and pointer tools, natively",
        run: || cargo_test(&["--package", "frontend"]),
    },
    Suite {
        name: "tidy",
        promise: "imports, lists and folders are as ARCHITECTURE.md says; the tools work",
        run: || cargo_test(&["--package", "xtask"]),
    },
    Suite {
        name: "rustdoc",
        promise: "the documentation builds without warnings",
        run: || single(rustdoc),
    },
    Suite {
        name: "generated",
        promise: "docs/generated is current",
        run: || single(|| write_docs(true)),
    },
    Suite {
        name: "licences",
        promise: "every dependency may be used",
        run: || single(licences::check),
    },
    Suite {
        name: "purity",
        promise: "the model knows no browser",
        run: || single(purity),
    },
    Suite {
        name: "size",
        promise: "the release build fits its budget",
        run: || single(|| site::build().and_then(|()| size::check())),
    },
    Suite {
        name: "journeys",
        promise: "what people do, in a real Chromium",
        run: journeys,
    },
];

/// `cargo xtask test`
pub(crate) fn test(mut arguments: Arguments) -> Result<ExitCode> {
    let (only, skip) = (arguments.values("--only")?, arguments.values("--skip")?);
    let list = arguments.flag("--list");
    arguments.finish()?;
    if list {
        for suite in SUITES {
            println!("{:<12} {}", suite.name, suite.promise);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(unknown) = only
        .iter()
        .chain(&skip)
        .find(|name| SUITES.iter().all(|suite| suite.name != name.as_str()))
    {
        return Err(format!(
            "There is no suite {unknown}. `cargo xtask test --list` names them."
        ));
    }
    setup::lints()?;
    setup::site()?;
    let chosen = SUITES.iter().filter(|suite| {
        let named = |names: &[String]| names.iter().any(|name| name == suite.name);
        (only.is_empty() || named(&only)) && !named(&skip)
    });
    let mut results = Vec::new();
    for suite in chosen {
        println!("\n── {}: {}", suite.name, suite.promise);
        let (count, time) = process::timed(suite.run);
        results.push((suite.name, count, time));
    }
    Ok(report(&results))
}

/// `cargo xtask docs`
pub(crate) fn docs(mut arguments: Arguments) -> Result<()> {
    let check = arguments.flag("--check");
    arguments.finish()?;
    write_docs(check)
}

/// The count is the last line on the screen.
fn report(results: &[(&str, Count, Duration)]) -> ExitCode {
    let mut total = Count::default();
    println!();
    for (name, count, time) in results {
        let mark = if count.failed == 0 { "✓" } else { "✗" };
        println!(
            "{mark} {name:<12} {:>5} passed {:>5} failed {:>14}",
            count.passed,
            count.failed,
            process::duration(*time)
        );
        total.passed += count.passed;
        total.failed += count.failed;
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    ExitCode::from(u8::from(total.failed > 0))
}

/// A check that holds or not counts as one test.
fn single(check: impl FnOnce() -> Result<()>) -> Count {
    match check() {
        Ok(()) => Count {
            passed: 1,
            failed: 0,
        },
        Err(message) => {
            println!("{message}");
            Count {
                passed: 0,
                failed: 1,
            }
        }
    }
}

/// `cargo fmt` does not see files whose `mod` stands in a macro, so rustfmt gets each by name.
fn format() -> Result<()> {
    let files = repository::files()?;
    let sources = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    process::run(process::command("rustfmt").arg("--check").args(sources))
}

fn clippy() -> Result<()> {
    process::run(process::cargo().args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_wasm() -> Result<()> {
    process::run(process::cargo().args([
        "clippy",
        "--locked",
        "--package",
        "model",
        "--package",
        "frontend",
        "--package",
        "simulator",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ]))
}

fn rustdoc() -> Result<()> {
    process::run(
        process::cargo()
            .args(["doc", "--locked", "--workspace", "--no-deps"])
            .arg("--document-private-items")
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

/// An own program, because it links the model and `cargo xtask` should start without building that.
fn write_docs(check: bool) -> Result<()> {
    process::run(
        process::cargo()
            .args(["run", "--locked", "--quiet", "--package", "xtask"])
            .args(["--example", "docs", "--"])
            .args(check.then_some("--check")),
    )
}

/// `cargo tree -i` fails when nothing depends on the package, which is what should be.
fn purity() -> Result<()> {
    for browser in ["web-sys", "js-sys", "wasm-bindgen", "yew"] {
        let mut command = process::cargo();
        command
            .args(["tree", "--locked", "--offline", "--package", "model"])
            .args(["--target", "all", "--invert", browser]);
        if let Ok(tree) = process::output(&mut command)
            && !tree.trim().is_empty()
        {
            return Err(format!("The model depends on {browser}:\n{tree}"));
        }
    }
    // Where the graph itself cannot be read, the failures above would mean nothing.
    process::output(process::cargo().args(["tree", "--locked", "--offline", "--package", "model"]))
        .map(|_| ())
}

fn journeys() -> Count {
    let ready = site::build().and_then(|()| browser::command("run.mjs", site::folder()));
    match ready {
        Ok(mut command) => counted(&mut command, |line| {
            let (passed, failed) = line.split_once(" passed, ")?;
            Some(Count {
                passed: passed.parse().ok()?,
                failed: failed.strip_suffix(" failed")?.parse().ok()?,
            })
        }),
        Err(message) => single(|| Err(message)),
    }
}

fn cargo_test(packages: &[&str]) -> Count {
    counted(
        process::cargo()
            .args(["test", "--locked", "--no-fail-fast"])
            .args(packages),
        libtest_count,
    )
}

/// `test result: ok. 12 passed; 0 failed; …`
fn libtest_count(line: &str) -> Option<Count> {
    let result = line.strip_prefix("test result: ")?;
    let number = |name: &str| {
        result
            .split(['.', ';'])
            .find_map(|part| part.trim().strip_suffix(name)?.trim().parse().ok())
    };
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")?,
    })
}

/// Runs a program that counts its own tests, passing on what is worth reading.
fn counted(command: &mut Command, count: impl Fn(&str) -> Option<Count>) -> Count {
    let mut total = Count::default();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string());
    let status = child.and_then(|mut child| {
        let output = child.stdout.take().into_iter().flat_map(|output| {
            BufReader::new(output)
                .split(b'\n')
                .map_while(std::result::Result::ok)
        });
        for line in output {
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if let Some(found) = count(line) {
                total.passed += found.passed;
                total.failed += found.failed;
            } else if !is_routine(line) {
                println!("{line}");
            }
        }
        child.wait().map_err(|error| error.to_string())
    });
    let ended_well = match &status {
        Ok(status) => status.success(),
        Err(problem) => {
            println!("{problem}");
            false
        }
    };
    // Not even compiled, or nothing ran: that is a failure too.
    if total.failed == 0 && !ended_well {
        total.failed = 1;
    }
    total
}

fn is_routine(line: &str) -> bool {
    line.is_empty()
        || (line.starts_with("test ") && line.ends_with(" ... ok"))
        || (line.starts_with("running ") && line.contains(" test"))
}

#[cfg(test)]
mod tests {
    use super::{Count, counted, libtest_count};
    use crate::process;

    #[test]
    fn the_count_of_a_test_run_is_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.02s";
        let expected = Count {
            passed: 12,
            failed: 3,
        };
        assert_eq!(libtest_count(line), Some(expected));
        assert_eq!(libtest_count("test a ... ok"), None);
    }

    #[test]
    fn a_program_that_fails_before_its_first_test_counts_as_a_failure() {
        let failed = counted(
            process::cargo().args(["no-such-command", "--quiet"]),
            libtest_count,
        );
        assert_eq!((failed.passed, failed.failed), (0, 1));
    }
}
