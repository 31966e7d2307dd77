//! The repository's own tools: `cargo xtask serve` to see the page, `cargo xtask test` to check everything.

mod arguments;
mod bench;
mod browser;
mod glue;
mod licences;
mod process;
mod repository;
mod server;
mod setup;
mod site;
mod size;
mod split;
mod suites;

use std::process::ExitCode;

use arguments::Arguments;

/// What a tool could not do and what helps, in words for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
cargo xtask serve [--dev] [--port N]        build the page and serve it; --dev rebuilds on every change
cargo xtask test [--only S] [--skip S]      everything that is checked before a change is merged
cargo xtask test --list                     the suites, in order
cargo xtask build                           build the page into dist/
cargo xtask shot [--hash H] [--theme T] [--size WxH] [--steps FILE]
                                            pictures of the page, in e2e/results/
cargo xtask docs [--check]                  write the generated pages of docs/
cargo xtask bench [--browser] [--peers] [--only S] [--record]
                                            time the model, print the download size; --browser times the page
                                            too, --only one part of it; --record writes docs/benchmarks.md
cargo xtask setup                           install what the others need";

fn main() -> ExitCode {
    let mut arguments = Arguments::from_environment();
    let done = |()| ExitCode::SUCCESS;
    let outcome = match arguments.command().as_deref() {
        Some("serve") => server::serve(arguments).map(done),
        Some("test") => suites::test(arguments),
        Some("build") => arguments.finish().and_then(|()| site::build()).map(done),
        Some("shot") => browser::shot(arguments).map(done),
        Some("docs") => suites::docs(arguments).map(done),
        Some("bench") => bench::bench(arguments).map(done),
        Some("setup") => arguments
            .finish()
            .and_then(|()| setup::everything())
            .map(done),
        Some("help" | "--help" | "-h") | None => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(format!("There is no `cargo xtask {other}`.\n\n{USAGE}")),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("\n{message}");
        ExitCode::FAILURE
    })
}
