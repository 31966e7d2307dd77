//! Running other programs: with our tools first on the path, in the root, and with words when it goes wrong.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Result, repository};

/// A program to run in the root, found among our own tools first.
pub(crate) fn command(program: &str) -> Command {
    let path = search_path();
    let mut command = Command::new(find(program).unwrap_or_else(|| PathBuf::from(program)));
    command
        .current_dir(repository::root())
        .env("PATH", env::join_paths(path).unwrap_or_default())
        // trunk 0.21 refuses `NO_COLOR=1`; cargo sets the rest for us alone.
        .env_remove("NO_COLOR")
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

/// The same cargo that runs us.
pub(crate) fn cargo() -> Command {
    command("cargo")
}

/// Runs to the end, output passed through.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| format!("Cannot start {}: {error}.", shown(command)))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("{} failed ({status}).", shown(command)))
}

/// What it prints; an error holds what it complained about.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("Cannot start {}: {error}.", shown(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "{} failed ({}).\n{}",
        shown(command),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

/// The path of a program, if there is one.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let names = if cfg!(windows) {
        vec![format!("{program}.exe"), format!("{program}.cmd")]
    } else {
        vec![program.to_owned()]
    };
    search_path()
        .iter()
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|path| path.is_file())
}

/// `2 min 49 s`, `6.1 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// The result and how long it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Cargo's own folder goes first: where a distribution's rustc precedes rustup's, trunk would pick the one without wasm.
fn search_path() -> Vec<PathBuf> {
    let root = repository::root();
    let own = env::var_os("CARGO").and_then(|cargo| Path::new(&cargo).parent().map(Path::to_owned));
    own.into_iter()
        .chain([root.join(".tools/bin"), root.join("e2e/node_modules/.bin")])
        .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default()))
        .collect()
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
