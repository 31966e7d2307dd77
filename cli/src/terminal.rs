//! Text out: results to standard output, complaints to standard error.

use std::io::Write;

/// Prints a result. A reader that has seen enough is no fault.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        complain(&format!("planner: {error}"));
    }
}

/// Prints one line to standard error; if even that is closed, nobody is there to be told.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", plain(line));
}

/// Text from a file as one line that no terminal takes for a command.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_to_the_terminal_become_spaces() {
        assert_eq!(plain("a\u{1b}[2Jb\nc\u{9b}1m"), "a [2Jb c 1m");
    }
}
