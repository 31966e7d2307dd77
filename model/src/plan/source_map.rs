//! Where the parts of a plan stand in the text of its file, so that a fault can be named with its place.

use std::collections::BTreeMap;

use super::format::Position;

/// The places of all parts of one plan file.
#[derive(Debug, Default)]
pub struct SourceMap {
    parts: BTreeMap<String, Vec<Part>>,
    root: BTreeMap<String, usize>,
    line_starts: Vec<usize>,
    /// Characters before each block of [`BLOCK`] bytes, so that a place in a long line is found quickly.
    characters: Vec<usize>,
    text: String,
}

const BLOCK: usize = 4096;

/// A member of one of the plan's lists.
#[derive(Debug, Default)]
struct Part {
    list: String,
    offset: usize,
    /// Where the value of each field stands, fields of inner objects included.
    fields: BTreeMap<String, usize>,
}

impl SourceMap {
    /// Reads the text of a plan that was opened; of any other text it finds what it can.
    pub fn new(text: &str) -> Self {
        let mut map = Self {
            line_starts: std::iter::once(0)
                .chain(text.match_indices('\n').map(|(offset, _)| offset + 1))
                .collect(),
            characters: text
                .as_bytes()
                .chunks(BLOCK)
                .scan(0, |before, block| {
                    let here = *before;
                    *before += starts_of_characters(block);
                    Some(here)
                })
                .collect(),
            text: text.to_owned(),
            ..Self::default()
        };
        map.scan(text);
        map
    }

    /// Where a field of the part of this id stands; the part itself if it has no such field.
    pub fn position_of(&self, id: &str, field: &str) -> Option<Position> {
        let parts = self.parts.get(id)?;
        let with_field = parts.iter().find_map(|part| part.fields.get(field));
        let offset = with_field
            .copied()
            .or(parts.first().map(|part| part.offset))?;
        Some(self.position_at(offset))
    }

    /// Where the second part of this id in the same list stands.
    pub fn position_of_duplicate(&self, id: &str) -> Option<Position> {
        let parts = self.parts.get(id)?;
        let second = parts.iter().enumerate().find(|(index, part)| {
            parts[..*index]
                .iter()
                .any(|earlier| earlier.list == part.list)
        });
        second.map(|(_, part)| self.position_at(part.offset))
    }

    /// Where a field of the plan itself stands.
    pub fn position_of_root_field(&self, field: &str) -> Option<Position> {
        self.root.get(field).map(|&offset| self.position_at(offset))
    }

    fn position_at(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        Position {
            line,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        self.characters[block] + starts_of_characters(rest)
    }

    fn scan(&mut self, text: &str) {
        let mut open: Vec<Container> = Vec::new();
        let mut part: Option<(Part, Option<String>)> = None;
        let tokens = Tokens { text, offset: 0 };
        for (offset, token) in tokens {
            let depth = open.len();
            if !matches!(token, Token::Punctuation(b'}' | b']' | b',' | b':'))
                && let Some(Container::Object(Some(key))) = open.last()
            {
                match (depth, &mut part) {
                    (1, _) => {
                        self.root.entry(key.clone()).or_insert(offset);
                    }
                    (_, Some((part, id))) => {
                        part.fields.entry(key.clone()).or_insert(offset);
                        if let (3, "id", Token::Text(text)) = (depth, key.as_str(), &token) {
                            *id = Some(text.clone());
                        }
                    }
                    _ => {}
                }
            }
            match token {
                Token::Punctuation(b'{') => {
                    if let [Container::Object(Some(list)), Container::List] = &open[..] {
                        let list = list.clone();
                        let fresh = Part {
                            list,
                            offset,
                            fields: BTreeMap::new(),
                        };
                        part = Some((fresh, None));
                    }
                    open.push(Container::Object(None));
                }
                Token::Punctuation(b'[') => open.push(Container::List),
                Token::Punctuation(b'}' | b']') => {
                    open.pop();
                    if open.len() == 2
                        && let Some((part, Some(id))) = part.take()
                    {
                        self.parts.entry(id).or_default().push(part);
                    }
                }
                Token::Punctuation(b',') => {
                    if let Some(Container::Object(key)) = open.last_mut() {
                        *key = None;
                    }
                }
                Token::Text(text) => {
                    if let Some(Container::Object(key @ None)) = open.last_mut() {
                        *key = Some(text);
                    }
                }
                Token::Punctuation(_) | Token::Word => {}
            }
        }
    }
}

/// Where the value of a field of the outermost object stands, in bytes; finds what it can in any text.
pub(super) fn root_field(text: &str, field: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_named = false;
    let mut is_next = false;
    for (offset, token) in (Tokens { text, offset: 0 }) {
        if is_next {
            return Some(offset);
        }
        is_next = is_named && matches!(token, Token::Punctuation(b':'));
        is_named = false;
        match token {
            Token::Punctuation(b'{' | b'[') => depth += 1,
            Token::Punctuation(b'}' | b']') => depth = depth.saturating_sub(1),
            Token::Text(name) => is_named = depth == 1 && name == field,
            Token::Punctuation(_) | Token::Word => {}
        }
    }
    None
}

fn starts_of_characters(utf8: &[u8]) -> usize {
    utf8.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// What is open around the current token; an object with the key whose value comes next.
enum Container {
    Object(Option<String>),
    List,
}

enum Token {
    Punctuation(u8),
    Text(String),
    Word,
}

struct Tokens<'a> {
    text: &'a str,
    offset: usize,
}

impl Iterator for Tokens<'_> {
    type Item = (usize, Token);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.offset)?.is_ascii_whitespace() {
            self.offset += 1;
        }
        let start = self.offset;
        let token = match bytes[start] {
            byte @ (b'{' | b'}' | b'[' | b']' | b',' | b':') => {
                self.offset += 1;
                Token::Punctuation(byte)
            }
            b'"' => {
                self.offset += 1;
                while let Some(&byte) = bytes.get(self.offset) {
                    self.offset += if byte == b'\\' { 2 } else { 1 };
                    if byte == b'"' {
                        break;
                    }
                }
                self.offset = self.offset.min(bytes.len());
                let quoted = self.text.get(start..self.offset).unwrap_or("");
                Token::Text(serde_json::from_str(quoted).unwrap_or_default())
            }
            _ => {
                while bytes.get(self.offset).is_some_and(|byte| {
                    !matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"')
                        && !byte.is_ascii_whitespace()
                }) {
                    self.offset += 1;
                }
                Token::Word
            }
        };
        Some((start, token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "format": "hosting-plan/1",
  "components": [
    { "id": "a", "type": "client" },
    { "type": "app_server", "settings": { "servers": -2 }, "id": "\u0062", "notes": "ä { \" }", "instances": -1 },
    { "id": "a", "type": "cache" } ],
  "connections": [ { "id": "a", "from": "a", "to": "b", "calls": 7 } ] }"#;

    fn at(position: Option<Position>) -> (usize, usize) {
        position.map_or((0, 0), |position| (position.line, position.column))
    }

    #[test]
    fn a_field_is_found_wherever_it_stands_in_its_part() {
        let map = SourceMap::new(TEXT);
        assert_eq!(at(map.position_of("b", "servers")), (4, 54));
        assert_eq!(at(map.position_of("b", "instances")), (4, 110));
        assert_eq!(at(map.position_of("a", "calls")), (6, 66));
        assert_eq!(at(map.position_of("a", "")), (3, 5));
        assert_eq!(at(map.position_of("a", "missing")), (3, 5));
        assert_eq!(map.position_of("nobody", ""), None);
        assert_eq!(at(map.position_of_root_field("format")), (1, 13));
    }

    #[test]
    fn columns_count_characters_in_long_lines_too() {
        let text = format!("[\n  \"{}\", {{\"p\": 1}}]", "ä€🦀".repeat(2_000));
        let position =
            SourceMap::new(&format!("{{\"x\": {text}, \"y\": 7}}")).position_of_root_field("y");
        assert_eq!(at(position), (2, 2 + 6_002 + 2 + 8 + 1 + 2 + 5 + 1));
    }

    #[test]
    fn the_second_of_two_is_the_duplicate() {
        let map = SourceMap::new(TEXT);
        assert_eq!(at(map.position_of_duplicate("a")), (5, 5));
        assert_eq!(map.position_of_duplicate("b"), None);
    }

    #[test]
    fn text_that_is_no_plan_is_read_to_its_end() {
        for text in [
            "",
            "\"",
            "{\"a\\",
            "]}]}",
            "{\"a\": [{\"id\": \"x",
            "[[{\"ü\":",
            "\"ä\\ä\"",
            &"[{".repeat(50_000),
        ] {
            assert_eq!(SourceMap::new(text).position_of("y", ""), None);
        }
    }
}
