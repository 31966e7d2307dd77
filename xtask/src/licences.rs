//! Every crate we build with carries a licence that fits MIT OR Apache-2.0.

use crate::{Result, process};

/// Permissive licences, and MPL-2.0 for build tools whose text we do not change.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Fails with each package whose licence is not allowed.
pub(crate) fn check() -> Result<()> {
    let metadata = process::output(process::cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--offline",
    ]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}."))?;
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed))
        .map(|package| {
            format!(
                "  {} {}: {}",
                package["name"].as_str().unwrap_or("?"),
                package["version"].as_str().unwrap_or("?"),
                package["license"].as_str().unwrap_or("no licence")
            )
        })
        .collect();
    if packages.is_empty() {
        return Err("cargo metadata lists no package.".to_owned());
    }
    if refused.is_empty() {
        println!("{} packages, all with an allowed licence", packages.len());
        return Ok(());
    }
    Err(format!(
        "Licences that are not on the list in xtask/src/licences.rs:\n{}",
        refused.join("\n")
    ))
}

/// Whether one may take the package under allowed licences alone: an SPDX expression, `/` being an old `OR`.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let words = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = words.split_whitespace().collect();
    // Precedence by hand: WITH binds to its licence, then AND, then OR; brackets are resolved from the inside.
    let mut stack: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words {
        match word {
            "(" => stack.push(Vec::new()),
            ")" => {
                let (Some(inner), true) = (stack.pop(), !stack.is_empty()) else {
                    return false;
                };
                let verdict = if any_of(&inner) { "true" } else { "false" };
                if let Some(outer) = stack.last_mut() {
                    outer.push(verdict);
                }
            }
            word => stack.last_mut().into_iter().for_each(|top| top.push(word)),
        }
    }
    stack.len() == 1 && any_of(&stack[0])
}

fn any_of(words: &[&str]) -> bool {
    words.split(|word| *word == "OR").any(|choice| {
        choice.split(|word| *word == "AND").all(|licence| {
            let licence = licence.join(" ");
            licence == "true" || ALLOWED.contains(&licence.as_str())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR GPL-3.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "(GPL-3.0 OR (MIT AND Zlib))",
        ] {
            assert!(allowed(good), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND GPL-3.0",
            "(GPL-3.0 OR AGPL-3.0)",
            "Apache-2.0 WITH Classpath-exception-2.0",
            "(MIT",
            "MIT)",
            "MIT Zlib",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
    }
}
