//! A plan and the file it came from.

use std::fs::File;
use std::io::{self, Read};

use model::plan::Plan;
use model::plan::format::{self, MAX_BYTES, Position};
use model::plan::source_map::SourceMap;
use model::topology::Problem;

/// A plan that was read from a file.
pub(crate) struct PlanFile {
    /// The plan.
    pub(crate) plan: Plan,
    name: String,
    places: SourceMap,
}

impl PlanFile {
    /// Reads a plan from a file, or from standard input for `-`.
    ///
    /// # Errors
    /// `file:line:column: message` when there is no plan to be had from it.
    pub(crate) fn read(path: &str) -> Result<Self, String> {
        let name = if path == "-" { "<stdin>" } else { path };
        let bytes = bytes_of(path).map_err(|error| format!("{name}: {error}"))?;
        let plan = format::read(&bytes).map_err(|error| {
            let start = Position { line: 1, column: 1 };
            located(
                name,
                error.position.unwrap_or(start),
                &error.message().to_string(),
            )
        })?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(Self {
            plan,
            name: name.to_owned(),
            places: SourceMap::new(text.trim_start_matches('\u{feff}')),
        })
    }

    /// The file as it was named; `<stdin>` for standard input.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// A problem with its place in the file.
    pub(crate) fn located(&self, problem: &Problem) -> String {
        let mut subjects = problem.subjects.iter();
        let position = if problem.id == "duplicate-id" {
            subjects.find_map(|subject| self.places.position_of_duplicate(subject))
        } else {
            subjects.find_map(|subject| self.places.position_of(subject, problem.field))
        };
        let position = position.or_else(|| {
            let mut subjects = problem.subjects.iter();
            subjects.find_map(|subject| self.places.position_of_root_field(subject))
        });
        let start = Position { line: 1, column: 1 };
        located(
            &self.name,
            position.unwrap_or(start),
            &problem.message.to_string(),
        )
    }
}

fn located(name: &str, Position { line, column }: Position, message: &str) -> String {
    format!("{name}:{line}:{column}: {message}")
}

/// All bytes, up to a little more than a plan may have, so that an endless input ends.
fn bytes_of(path: &str) -> io::Result<Vec<u8>> {
    let limit = 4 * MAX_BYTES as u64;
    let mut bytes = Vec::new();
    if path == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
