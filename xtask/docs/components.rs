//! `docs/generated/components.md`: every component type with its settings.

use std::fmt::Write as _;

use model::components::{self, Values};

/// One section per type, in the order of the palette.
pub(crate) fn text() -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Component types\n\n\
         In the order of the palette; the name in `code` is the one in plan files and sketches.\n",
    );
    for kind in components::ALL {
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            page,
            "\n## {} `{}`\n\n{}\n",
            kind.name, kind.id, kind.purpose
        );
        if !kind.aliases.is_empty() {
            let _ = writeln!(page, "In sketches also `{}`.", kind.aliases.join("`, `"));
        }
        if kind.parameters.is_empty() {
            continue;
        }
        page.push_str(
            "\n| Setting | Default | Legal | What it means |\n| --- | ---: | --- | --- |\n",
        );
        for parameter in kind.parameters {
            let (default, legal) = values(&parameter.values);
            let _ = writeln!(
                page,
                "| `{}` | {default} | {legal} | {} |",
                parameter.id, parameter.explanation
            );
        }
    }
    page
}

fn values(values: &Values) -> (String, String) {
    match values {
        Values::Number {
            unit,
            default,
            min,
            max,
        } => (
            format!("{default} {unit}").trim_end().to_owned(),
            format!("{min} to {max}"),
        ),
        Values::Choice(words) => {
            let all: Vec<String> = words.iter().map(|(id, _)| format!("`{id}`")).collect();
            (all.first().cloned().unwrap_or_default(), all.join(", "))
        }
    }
}
