//! Writes the pages that are made from the model, or checks that they are current.

mod components;
mod metrics;
mod offers;
mod rules;
mod schema;
mod spoken;
mod table;
mod texts;
mod tokens;

use std::{env, fs, path::Path, process::ExitCode};

/// A page: where it lies, and how its text is made.
struct Page {
    path: &'static str,
    text: fn() -> String,
}

/// One line per generated page.
const PAGES: &[Page] = &[
    Page {
        path: "docs/generated/components.md",
        text: components::text,
    },
    Page {
        path: "docs/generated/rules.md",
        text: rules::text,
    },
    Page {
        path: "docs/generated/metrics.md",
        text: metrics::text,
    },
    Page {
        path: "docs/generated/offers.md",
        text: offers::text,
    },
    Page {
        path: "docs/generated/texts.json",
        text: texts::text,
    },
    Page {
        path: "docs/plan.schema.json",
        text: schema::plan,
    },
    Page {
        path: "docs/provider.schema.json",
        text: schema::provider,
    },
];

fn main() -> ExitCode {
    let check = env::args().any(|argument| argument == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stale = 0;
    for page in PAGES {
        let path = root.join(page.path);
        let text = (page.text)();
        if fs::read_to_string(&path).is_ok_and(|current| current == text) {
            continue;
        }
        stale += 1;
        let written = if check {
            println!("{} is not current; run `cargo xtask docs`.", page.path);
            continue;
        } else {
            path.parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, text))
        };
        match written {
            Ok(()) => println!("wrote {}", page.path),
            Err(error) => {
                println!("Cannot write {}: {error}.", page.path);
                return ExitCode::FAILURE;
            }
        }
    }
    if check && stale > 0 {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
