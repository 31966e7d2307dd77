//! Makes what stands between the page's program and the browser small: short names for what the program imports, and
//! a script without what only people read.

use std::collections::BTreeMap;

use crate::{Result, site};

const SCRIPT: &str = "frontend.js";
const LOADER: &str = "parts.js";
const PROGRAM: &str = "frontend_bg.wasm";
/// The section of a program that lists what it imports.
const IMPORTS: u8 = 2;

/// Shortens the script and the program that it starts; both agree on the new names.
pub(crate) fn shorten(parts: &mut site::Files) -> Result<()> {
    let (Some(script), Some(program)) = (parts.remove(SCRIPT), parts.remove(PROGRAM)) else {
        return Err(format!("The program lacks {SCRIPT} or {PROGRAM}."));
    };
    let script = String::from_utf8(script).map_err(|_| format!("{SCRIPT} is not UTF-8."))?;
    let (script, names) = short_names(&without_notes(&script));
    if let Some(loader) = parts.get_mut(LOADER)
        && let Ok(text) = std::str::from_utf8(loader)
    {
        *loader = without_notes(text).into_bytes();
    }
    let program = with_names(&program, &names)
        .ok_or_else(|| format!("{PROGRAM} is no program whose imports can be read."))?;
    parts.insert(SCRIPT.to_owned(), script.into_bytes());
    parts.insert(PROGRAM.to_owned(), program);
    Ok(())
}

/// The lines of a script without what stands before them, and without those that are comments.
pub(crate) fn without_notes(script: &str) -> String {
    // What spans lines within quotes is none of ours.
    if script
        .lines()
        .any(|line| line.matches('`').count() % 2 == 1)
    {
        return script.to_owned();
    }
    let mut kept = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}

/// The script with numbers in place of the names of its functions for the program, and which stands for which.
fn short_names(script: &str) -> (String, BTreeMap<String, String>) {
    let mut names = BTreeMap::new();
    let mut short = String::new();
    for line in script.lines() {
        let name = line
            .split_once(": function(")
            .map(|(name, _)| name)
            .filter(|name| name.starts_with("__wb"));
        match name {
            Some(name) if !names.contains_key(name) => {
                let number = names.len().to_string();
                short.push_str(&number);
                short.push_str(&line[name.len()..]);
                names.insert(name.to_owned(), number);
            }
            _ => short.push_str(line),
        }
        short.push('\n');
    }
    (short, names)
}

/// The program with other names for what it imports; nothing if it cannot be read.
fn with_names(program: &[u8], names: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut read = Reader { rest: program };
    let mut renamed = read.take(8)?.to_vec();
    while !read.rest.is_empty() {
        let section = read.take(1)?[0];
        let length = read.number()?;
        let content = read.take(length)?;
        let content = if section == IMPORTS {
            renamed_imports(content, names)?
        } else {
            content.to_vec()
        };
        renamed.push(section);
        write_number(&mut renamed, content.len());
        renamed.extend(content);
    }
    Some(renamed)
}

fn renamed_imports(content: &[u8], names: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut read = Reader { rest: content };
    let mut renamed = Vec::new();
    let count = read.number()?;
    write_number(&mut renamed, count);
    for _ in 0..count {
        for _ in ["module", "name"] {
            let length = read.number()?;
            let name = std::str::from_utf8(read.take(length)?).ok()?;
            let name = names.get(name).map_or(name, String::as_str);
            write_number(&mut renamed, name.len());
            renamed.extend(name.as_bytes());
        }
        let before = read.rest;
        match read.take(1)?[0] {
            // A function of a type.
            0 => read.number().map(drop)?,
            // A table of a type of references, and a memory: how large they are.
            kind @ (1 | 2) => {
                read.take(usize::from(kind == 1))?;
                let has_most = read.take(1)?[0] & 1 == 1;
                read.number()?;
                if has_most {
                    read.number()?;
                }
            }
            // A global: its type, and whether it changes.
            3 => read.take(2).map(drop)?,
            _ => return None,
        }
        renamed.extend(&before[..before.len() - read.rest.len()]);
    }
    read.rest.is_empty().then_some(renamed)
}

struct Reader<'p> {
    rest: &'p [u8],
}

impl<'p> Reader<'p> {
    fn take(&mut self, count: usize) -> Option<&'p [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number in groups of seven bits, the last ones first.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.take(1)?[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

fn write_number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::{PROGRAM, SCRIPT, shorten};
    use crate::site::Files;

    const GLUE: &str = "function imports() {\n    const import0 = {\n        // Why\n        \
        __wbg_log_0123456789abcdef: function(arg0) {\n            console.log(arg0);\n        },\n    };\n}\n\
        /**\n * Starts it.\n */\nexport { imports };\n";

    /// Imports a function of this name from the script, and a memory; a section of another kind follows.
    fn program(name: &str) -> Vec<u8> {
        let mut imports = vec![2, 3];
        imports.extend(b"./g");
        imports.push(name.len() as u8);
        imports.extend(name.as_bytes());
        imports.extend([0, 0x81, 0x01]);
        imports.extend([1, b'e', 1, b'm', 2, 1, 1, 0x80, 0x01]);
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        program.extend([2, imports.len() as u8]);
        program.extend(imports);
        program.extend([10, 2, 7, 7]);
        program
    }

    fn files(script: &str, program: Vec<u8>) -> Files {
        [
            (SCRIPT.to_owned(), script.as_bytes().to_vec()),
            (PROGRAM.to_owned(), program),
        ]
        .into()
    }

    #[test]
    fn script_and_program_agree_on_short_names() {
        let mut parts = files(GLUE, program("__wbg_log_0123456789abcdef"));
        shorten(&mut parts).unwrap();
        assert_eq!(parts[PROGRAM], program("0"));
        let script = std::str::from_utf8(&parts[SCRIPT]).unwrap();
        assert_eq!(
            script,
            "function imports() {\nconst import0 = {\n0: function(arg0) {\nconsole.log(arg0);\n},\n};\n}\n\
             export { imports };\n"
        );
    }

    #[test]
    fn what_the_script_does_not_name_keeps_its_name() {
        let mut parts = files("let text = `two\n    lines`;\n", program("__wbg_other"));
        shorten(&mut parts).unwrap();
        assert_eq!(parts[PROGRAM], program("__wbg_other"));
        assert_eq!(parts[SCRIPT], b"let text = `two\n    lines`;\n");
    }

    #[test]
    fn what_is_no_program_is_refused() {
        for broken in [
            &b"\0asm"[..],
            b"\0asm\x01\0\0\0\x02\x7f",
            b"\0asm\x01\0\0\0\x02\x01\x01",
        ] {
            assert!(shorten(&mut files(GLUE, broken.to_vec())).is_err());
        }
    }
}
