//! A file that could not be opened, told with the place and the remedy.

use model::plan::format::LoadError;

use crate::texts;

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoadProblem {
    /// The name of the file.
    pub name: String,
    /// What is wrong and what to do, in sentences.
    pub text: String,
    /// The line of the file with a mark under the place; none if it is not one place.
    pub excerpt: Option<String>,
}

/// Characters of the line shown before and after the place.
const AROUND: usize = 36;

impl LoadProblem {
    /// Tells what the reader complained about.
    pub(crate) fn new(name: String, bytes: &[u8], error: &LoadError) -> Self {
        let excerpt = error
            .position
            .and_then(|position| excerpt(bytes, position.line, position.column));
        Self {
            name,
            text: texts::words(&error.words()),
            excerpt,
        }
    }
}

fn excerpt(bytes: &[u8], line: usize, column: usize) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let content = text.lines().nth(line.checked_sub(1)?)?;
    let place = column.saturating_sub(1);
    let first = place.saturating_sub(AROUND);
    let shown: String = content
        .chars()
        .skip(first)
        .take(2 * AROUND)
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let (before, lead) = (if first > 0 { "…" } else { "" }, format!("{line} │ "));
    let indent = " ".repeat(lead.chars().count() - 2);
    let offset = " ".repeat(before.chars().count() + place - first);
    let mark = t!("here");
    Some(format!("{lead}{before}{shown}\n{indent}│ {offset}↑ {mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::plan::format::read;

    #[test]
    fn the_mark_stands_under_the_place() {
        let text = "{\n  \"format\": \"hosting-plan/1\",\n  \"components\": [,]\n}";
        let error = read(text.as_bytes()).unwrap_err();
        let problem = LoadProblem::new("broken.json".to_owned(), text.as_bytes(), &error);
        let excerpt = problem.excerpt.unwrap();
        let (line, mark) = excerpt.split_once('\n').unwrap();
        let column = mark.chars().position(|c| c == '↑').unwrap();
        assert_eq!(line.chars().nth(column), Some(','), "{excerpt}");
    }

    #[test]
    fn a_place_in_a_very_long_line_is_shown_by_its_surroundings() {
        let text = format!("{}!", " ".repeat(10_000));
        let shown = excerpt(text.as_bytes(), 1, 10_001).unwrap();
        assert!(shown.chars().count() < 200 && shown.contains('!'));
        assert_eq!(excerpt(b"\xff", 1, 1), None);
        assert_eq!(excerpt(b"one", 7, 1), None);
    }
}
