//! `planner`: evaluates, checks, exports, leaves and simulates plans on the command line.

mod arguments;
mod check;
mod clock;
mod exit;
mod plan_file;
mod simulate;
mod summary;
mod terminal;

use std::process::ExitCode;

use model::catalog::Catalog;
use model::evaluate::{Evaluation, evaluate};
use model::export;

use arguments::Request;
use plan_file::PlanFile;

/// A requirement is not met, or a finding of severity error stands.
const MISSED: u8 = 1;
/// A file cannot be read, or the request is not understood.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let code = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(request) => answer(&request),
        Err(message) => {
            terminal::complain(&format!("planner: {message}"));
            terminal::complain("Try `planner --help`.");
            UNREADABLE
        }
    };
    ExitCode::from(code)
}

fn answer(request: &Request) -> u8 {
    match request {
        Request::Say(text) => {
            terminal::print(text);
            0
        }
        Request::Evaluate { path } => with_plan(path, |file, evaluation| {
            terminal::print(&summary::summary(&file.plan, evaluation));
        }),
        Request::Export { path, format } => with_plan(path, |file, evaluation| {
            terminal::print(&(format.write)(&file.plan, evaluation));
        }),
        Request::Check { paths } => check::check(paths),
        Request::Exit {
            path,
            ending,
            as_json,
        } => exit::exit(path, ending, *as_json),
        Request::Simulate {
            path,
            settings,
            as_json,
        } => simulate::simulate(path, *settings, *as_json),
    }
}

/// Reads and evaluates one plan, names its problems, and does the rest.
fn with_plan(path: &str, then: impl FnOnce(&PlanFile, &Evaluation)) -> u8 {
    match PlanFile::read(path) {
        Ok(file) => {
            let evaluation = evaluated(&file, &Catalog::embedded());
            then(&file, &evaluation);
            0
        }
        Err(message) => {
            terminal::complain(&message);
            UNREADABLE
        }
    }
}

fn evaluated(file: &PlanFile, catalog: &Catalog) -> Evaluation {
    let evaluation = evaluate(&file.plan, catalog, clock::today());
    for problem in &evaluation.problems {
        terminal::complain(&file.located(problem));
    }
    evaluation
}

/// The formats of `--to`, for help and complaints.
fn format_words() -> String {
    let words: Vec<&str> = export::ALL.iter().map(|export| export.id).collect();
    words.join(", ")
}
