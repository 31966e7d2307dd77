//! Plan files: JSON in and out, with the place and the remedy of everything that cannot be read.

use std::fmt;

use serde_json::{Map, Value};

use super::Plan;
use super::fields::{self, Field, Found, Names, shortened};
use super::source_map;
use crate::words::{Words, fixed, text};

/// What the `format` field of a plan file says.
pub const FORMAT: &str = "hosting-plan/1";

/// The largest plan file that is read, in bytes.
pub const MAX_BYTES: usize = 5_000_000;
/// The largest number of components in a plan.
pub const MAX_COMPONENTS: usize = 10_000;
/// The largest number of connections in a plan.
pub const MAX_CONNECTIONS: usize = 50_000;
/// The deepest nesting of brackets in a plan file.
pub const MAX_DEPTH: usize = 32;

/// A place in a text, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// Why a file is not a plan that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadError {
    /// Where in the file, if it is one place.
    pub position: Option<Position>,
    kind: LoadErrorKind,
}

#[derive(Clone, Debug, PartialEq)]
enum LoadErrorKind {
    Empty,
    TooLarge(usize),
    NotText(&'static str),
    TooDeep,
    Syntax(String),
    Shape(String),
    NotAPlan(Option<String>),
    Newer(String),
    Older(String),
    TooMany {
        what: &'static str,
        found: usize,
        limit: usize,
    },
}

impl LoadError {
    /// What is wrong and what to do, without the place.
    pub fn message(&self) -> Words {
        self.kind.words()
    }

    /// What is wrong and what to do, behind the place where it is.
    pub fn words(&self) -> Words {
        let what = self.kind.words();
        match self.position {
            Some(Position { line, column }) => words!(
                "Line {line}, column {column}: {what}",
                line = line.to_string(),
                column = column.to_string(),
                what
            ),
            None => what,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl LoadErrorKind {
    fn words(&self) -> Words {
        match self {
            Self::Empty => words!("The file is empty. Choose a plan that was exported before."),
            Self::TooLarge(bytes) => words!(
                "The file has {size} MB; a plan may have {most} MB at most. Split it into several plans.",
                size = fixed(*bytes as f64 / 1e6, 1),
                most = MAX_BYTES / 1_000_000
            ),
            Self::NotText(looks_like) => words!(
                "This is {looks_like}, not a plan. Choose the JSON file that the planner exported.",
                looks_like = text(looks_like)
            ),
            Self::TooDeep => words!(
                "Brackets are nested more than {most} deep here; a plan needs a handful. This is probably not a plan.",
                most = MAX_DEPTH
            ),
            Self::Syntax(what) => words!(
                "This is not valid JSON: {what}. Mend the file there, or export it again.",
                what
            ),
            Self::Shape(what) => words!("{what} Mend the file there, or export it again.", what),
            Self::NotAPlan(None) => words!(
                "This JSON is not a plan: it has no \"format\": \"{format}\". Choose the JSON file that the planner exported.",
                format = FORMAT
            ),
            Self::NotAPlan(Some(found)) => words!(
                "This JSON is not a plan: its format is {found}, not \"{format}\". Choose the JSON file that the planner exported.",
                found,
                format = FORMAT
            ),
            Self::Newer(found) => words!(
                "The plan has format \"{found}\", this planner reads up to \"{format}\". Reload the page for a newer planner, or export the plan again in the older format.",
                found,
                format = FORMAT
            ),
            Self::Older(found) => words!(
                "The plan has format \"{found}\", which was never published; this planner reads \"{format}\".",
                found,
                format = FORMAT
            ),
            Self::TooMany { what, found, limit } => words!(
                "The plan has {found} {what}; {limit} is the most that can be opened. Split it into several plans.",
                found,
                what = text(what),
                limit
            ),
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads a plan file.
///
/// # Errors
/// When the bytes are no plan of a known version, or one of the limits is passed. What is wrong *in* a plan
/// (a connection to nowhere, a negative count) is no error: the plan opens, and the topology names it.
pub fn read(bytes: &[u8]) -> Result<Plan, LoadError> {
    check_size(bytes.len())?;
    let text = text_of(bytes)?;
    if text.trim().is_empty() {
        return Err(error(LoadErrorKind::Empty));
    }
    check_depth(text)?;
    check_version(text)?;
    let mut plan = Plan::default();
    fields::read(text, &mut plan).map_err(|error| from_reader(text, &error))?;
    plan.unknown.shift_remove("format");
    check_count(text!("components"), plan.components.len(), MAX_COMPONENTS)?;
    check_count(
        text!("connections"),
        plan.connections.len(),
        MAX_CONNECTIONS,
    )?;
    Ok(plan)
}

/// Whether a file of this many bytes may be a plan, before it is read.
///
/// # Errors
/// When it is larger than [`MAX_BYTES`].
pub fn check_size(bytes: usize) -> Result<(), LoadError> {
    if bytes > MAX_BYTES {
        return Err(error(LoadErrorKind::TooLarge(bytes)));
    }
    Ok(())
}

/// Writes a plan in its canonical form: keys in fixed order, one member of each list per line.
pub fn write(plan: &Plan) -> String {
    let mut root = Map::new();
    root.insert("format".to_owned(), Value::from(FORMAT));
    if let Value::Object(mut fields) = plan.value() {
        root.append(&mut fields);
    }
    let mut out = String::from("{");
    for (index, (key, value)) in root.iter().enumerate() {
        out.push_str(if index == 0 { "\n  " } else { ",\n  " });
        push_text(&mut out, key);
        out.push_str(": ");
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "\n    " } else { ",\n    " });
                    push_inline(&mut out, item);
                }
                out.push_str("\n  ]");
            }
            value => push_inline(&mut out, value),
        }
    }
    out.push_str("\n}\n");
    out
}

fn push_inline(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => push_number(out, number),
        Value::String(text) => push_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                push_inline(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
        Value::Object(fields) => {
            out.push_str("{ ");
            for (index, (key, item)) in fields.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                push_text(out, key);
                out.push_str(": ");
                push_inline(out, item);
            }
            out.push_str(" }");
        }
    }
}

fn push_number(out: &mut String, number: &serde_json::Number) {
    let whole = number.as_f64().and_then(whole);
    out.push_str(&whole.map_or_else(|| number.to_string(), |whole| whole.to_string()));
}

/// A number as a plan file has it: without a decimal point where it is whole, as a person would write it.
/// What JSON cannot hold becomes null.
pub fn number(value: f64) -> Value {
    whole(value).map_or_else(|| Value::from(value), Value::from)
}

fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

fn push_text(out: &mut String, text: &str) {
    // A text can always be quoted.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

fn error(kind: LoadErrorKind) -> LoadError {
    LoadError {
        position: None,
        kind,
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, LoadError> {
    let looks_like = match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(text!("a PNG picture")),
        [0xFF, 0xD8, 0xFF, ..] => Some(text!("a JPEG picture")),
        [b'%', b'P', b'D', b'F', ..] => Some(text!("a PDF document")),
        [b'P', b'K', 3, 4, ..] => Some(text!("a ZIP archive or office document")),
        _ => None,
    };
    if let Some(looks_like) = looks_like {
        return Err(error(LoadErrorKind::NotText(looks_like)));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        error(LoadErrorKind::NotText(text!(
            "a file that is not UTF-8 text"
        )))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn check_depth(text: &str) -> Result<(), LoadError> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(LoadError {
                        position: Some(position_at(text, offset)),
                        kind: LoadErrorKind::TooDeep,
                    });
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn position_at(text: &str, offset: usize) -> Position {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// A file of another version may have another shape, so its version is read on its own first.
fn check_version(text: &str) -> Result<(), LoadError> {
    let mut version = Version::default();
    fields::read(text, &mut version).map_err(|error| from_reader(text, &error))?;
    let kind = match version.format {
        Value::Null => return Err(error(LoadErrorKind::NotAPlan(None))),
        Value::String(found) if found == FORMAT => return Ok(()),
        Value::String(found) => match found
            .strip_prefix("hosting-plan/")
            .and_then(|v| v.parse::<u32>().ok())
        {
            Some(0) => LoadErrorKind::Older(found),
            Some(_) => LoadErrorKind::Newer(found),
            None => LoadErrorKind::NotAPlan(Some(format!("\"{}\"", shortened(&found)))),
        },
        other => {
            let mut found = String::new();
            push_inline(&mut found, &other);
            LoadErrorKind::NotAPlan(Some(shortened(&found)))
        }
    };
    Err(LoadError {
        position: source_map::root_field(text, "format").map(|offset| position_at(text, offset)),
        kind,
    })
}

/// The version of any JSON; the rest of it is read over.
#[derive(Default)]
struct Version {
    format: Value,
    rest: Anything,
}

impl Field for Version {
    fn blank() -> Self {
        Self::default()
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, found: &Found<'_>) -> bool {
        self.rest.take(found)
    }

    fn expected(&self) -> &'static str {
        self.rest.expected()
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Field> {
        self.rest.item(index)
    }

    fn names(&self) -> &'static Names {
        static NAMES: Names = Names {
            required: 0,
            all: &["format"],
            is_choice: false,
        };
        &NAMES
    }

    fn known(&mut self, _index: usize) -> Option<&mut dyn Field> {
        Some(&mut self.format)
    }

    fn other(&mut self, name: String) -> Option<&mut dyn Field> {
        self.rest.other(name)
    }

    fn value(&self) -> Value {
        self.rest.value()
    }
}

/// Takes whatever comes, and keeps none of it.
#[derive(Default)]
struct Anything;

impl Field for Anything {
    fn blank() -> Self {
        Self
    }

    fn inner(&mut self) -> &mut dyn Field {
        self
    }

    fn take(&mut self, _found: &Found<'_>) -> bool {
        true
    }

    fn expected(&self) -> &'static str {
        "a value"
    }

    fn item(&mut self, _index: usize) -> Option<&mut dyn Field> {
        Some(self)
    }

    fn other(&mut self, _name: String) -> Option<&mut dyn Field> {
        Some(self)
    }

    fn value(&self) -> Value {
        Value::Null
    }
}

fn check_count(what: &'static str, found: usize, limit: usize) -> Result<(), LoadError> {
    if found > limit {
        Err(error(LoadErrorKind::TooMany { what, found, limit }))
    } else {
        Ok(())
    }
}

fn from_reader(text: &str, error: &serde_json::Error) -> LoadError {
    let full = error.to_string();
    let message = full
        .rsplit_once(" at line ")
        .map_or(&*full, |(what, _)| what);
    let kind = if error.is_data() {
        LoadErrorKind::Shape(message.to_owned())
    } else {
        LoadErrorKind::Syntax(message.to_owned())
    };
    let line = error.line().max(1);
    let bytes_before = error.column();
    let column = text.lines().nth(line - 1).map_or(1, |content| {
        content
            .char_indices()
            .take_while(|(offset, _)| *offset < bytes_before)
            .count()
            .max(1)
    });
    LoadError {
        position: Some(Position { line, column }),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        read(text.as_bytes())
            .expect_err("this is not a plan")
            .to_string()
    }

    #[test]
    fn a_plan_survives_saving_and_loading_with_everything_it_holds() {
        let text = r#"{ "format": "hosting-plan/1", "title": "Shop \"Ä\"", "colour": [1, {"deep": null}],
          "components": [ { "id": "app", "type": "app_server", "instances": 2, "shade": "blue",
            "settings": { "service_time_ms": 12.5, "zeal": true }, "redundancy": { "k": 2 },
            "hosting": { "kind": "vps", "mood": 3 } } ],
          "connections": [ { "id": "c", "from": "app", "to": "nowhere", "need": "any", "extra": {} } ] }"#;
        let plan = read(text.as_bytes()).unwrap();
        let written = write(&plan);
        assert_eq!(read(written.as_bytes()).unwrap(), plan);
        assert_eq!(write(&read(written.as_bytes()).unwrap()), written);
        for kept in [
            "colour",
            "\"deep\": null",
            "\"shade\": \"blue\"",
            "\"mood\": 3",
            "\"zeal\": true",
            "\"extra\": {}",
        ] {
            assert!(written.contains(kept), "{kept} is kept in\n{written}");
        }
        assert!(
            written.contains("\"instances\": 2,"),
            "whole numbers stay whole"
        );
    }

    #[test]
    fn one_component_stands_on_one_line() {
        let plan = read(
            br#"{"format":"hosting-plan/1","components":[{"id":"a","type":"client"},{"id":"b","type":"app_server"}]}"#,
        )
        .unwrap();
        assert_eq!(
            write(&plan),
            "{\n  \"format\": \"hosting-plan/1\",\n  \"components\": [\n    { \"id\": \"a\", \"type\": \"client\" },\n    { \"id\": \"b\", \"type\": \"app_server\" }\n  ]\n}\n"
        );
    }

    #[test]
    fn a_wrong_type_is_named_with_its_place() {
        let text = "{ \"format\": \"hosting-plan/1\",\n  \"components\": [ { \"id\": \"a\", \"type\": \"client\", \"instances\": \"two\" } ] }";
        let error = read(text.as_bytes()).unwrap_err();
        assert_eq!(
            error.position,
            Some(Position {
                line: 2,
                column: 67
            })
        );
        assert!(
            error
                .to_string()
                .contains("the text \"two\", but a number belongs here"),
            "{error}"
        );
    }

    #[test]
    fn what_is_no_plan_is_refused_in_plain_words() {
        assert!(message("").contains("empty"));
        assert!(message("  \n ").contains("empty"));
        assert!(message("{").contains("Line 1"));
        assert!(message("[1, 2]").contains("not a plan"));
        assert!(message("{}").contains("no \"format\""));
        assert!(message(r#"{"format": "hosting-plan/7"}"#).contains("hosting-plan/7"));
        assert!(message(r#"{"format": "hosting-plan/7"}"#).contains("hosting-plan/1"));
        assert!(message(r#"{"format": "drawing"}"#).contains("drawing"));
        assert!(message(r#"{"format": 1}"#).contains("its format is 1"));
        assert!(message(&"[".repeat(100_000)).contains("column 33"));
        assert!(
            read(b"\x89PNG\r\n\x1a\n\0\0")
                .unwrap_err()
                .to_string()
                .contains("PNG")
        );
        assert!(
            read(&vec![b' '; 6_000_000])
                .unwrap_err()
                .to_string()
                .contains("6.0 MB")
        );
        assert!(
            read(&[0xC3, 0x28])
                .unwrap_err()
                .to_string()
                .contains("UTF-8")
        );
    }

    #[test]
    fn a_newer_plan_is_refused_before_its_shape_is_looked_at() {
        assert!(
            message(r#"{"format": "hosting-plan/2", "components": 7}"#).contains("newer planner")
        );
    }

    #[test]
    fn too_many_components_are_refused_with_the_limit() {
        let many: Vec<String> = (0..=MAX_COMPONENTS)
            .map(|n| format!(r#"{{"id":"c{n}","type":"client"}}"#))
            .collect();
        let text = format!(
            r#"{{"format":"hosting-plan/1","components":[{}]}}"#,
            many.join(",")
        );
        assert!(message(&text).contains("10001 components"));
    }
}
