//! Splits the page's program, so that the drawing answers before the rest has come.
//!
//! `frontend/src/late.rs` names the parts. What only a part uses goes into a file of its own, which the program loads
//! into its own memory.

use std::{fmt::Write as _, fs, path::Path};

use wasm_split_cli_support::Options;

use crate::{Result, glue, process, repository, site};

/// Asks `frontend/build.rs` for a program that can be split.
pub(crate) const WANTED: &str = "PLANNER_SPLIT";

const LINKED: &str = "target/wasm32-unknown-unknown/release/frontend.wasm";
const SPLIT: &str = "target/split";

/// Puts the parts of the program in place of the whole that trunk left in a folder, and names them in its page.
pub(crate) fn split(built: &Path) -> Result<()> {
    let root = repository::root();
    let folder = root.join(SPLIT);
    let problem = |error: std::io::Error| format!("Cannot split the program: {error}.");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(problem)?;
    }
    fs::create_dir_all(&folder).map_err(problem)?;
    let linked = fs::read(root.join(LINKED)).map_err(problem)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&linked);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = "./parts.js";
    options.main_module = "./frontend.js";
    wasm_split_cli_support::transform(options)
        .map_err(|error| format!("Cannot split the program: {error:#}."))?;
    process::run(
        process::command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
            .args(["--out-name", "frontend", "--out-dir"])
            .arg(&folder)
            .arg(&main),
    )?;
    fs::remove_file(&main).map_err(problem)?;
    let mut parts = site::read_folder(&folder)?;
    glue::shorten(&mut parts)?;
    replace(built, &parts)
}

/// The files name each other, so they share a folder that is named after all of them.
fn replace(built: &Path, parts: &site::Files) -> Result<()> {
    let problem = |error: std::io::Error| format!("Cannot place the program's parts: {error}.");
    let content = parts
        .iter()
        .flat_map(|(name, content)| [name.as_bytes(), content.as_slice()]);
    let folder = format!("program-{}", site::digest(content));
    site::write_folder(&built.join(&folder), parts).map_err(problem)?;
    let path = built.join("index.html");
    let page = fs::read_to_string(&path).map_err(problem)?;
    let (page, whole) = naming(&page, &folder, parts)?;
    for file in whole {
        fs::remove_file(built.join(file)).map_err(problem)?;
    }
    fs::write(path, page).map_err(problem)
}

/// The page with the parts in a folder named in place of the whole program, and the files of that.
fn naming(page: &str, folder: &str, parts: &site::Files) -> Result<(String, Vec<String>)> {
    let whole = site::tags(page, "meta")
        .find(|tag| site::attribute(tag, "name") == Some("program"))
        .ok_or("The built page names no program.")?;
    let mut named = page.to_owned();
    let mut replaced = Vec::new();
    for (name, part) in [
        ("content", "frontend.js"),
        ("data-wasm", "frontend_bg.wasm"),
    ] {
        let file = site::attribute(whole, name).ok_or("The built page's program has no file.")?;
        named = named.replace(file, &format!("./{folder}/{part}"));
        replaced.push(file.trim_start_matches("./").to_owned());
    }
    let mut links = format!("<link rel=\"modulepreload\" href=\"./{folder}/parts.js\">");
    for name in parts.keys().filter(|name| is_late(name)) {
        // Writing to a string cannot fail.
        let _ = write!(links, "<meta name=\"part\" content=\"./{folder}/{name}\">");
    }
    Ok((
        named.replacen("</head>", &format!("{links}</head>"), 1),
        replaced,
    ))
}

/// Whether a part computes: the engine, and what the panels share with it.
pub(crate) fn computes(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("split_engine") || file.starts_with("chunk_")
}

/// Whether a file comes after the drawing answers.
fn is_late(name: &str) -> bool {
    site::has_extension(name, "wasm") && name != "frontend_bg.wasm"
}

#[cfg(test)]
mod tests {
    use super::{computes, naming};
    use crate::site::{self, Files};

    const PAGE: &str = r#"<html><head><link rel="modulepreload" href="./frontend-1.js">
        <link rel="preload" href="./frontend-1_bg.wasm" as="fetch">
        <meta name="program" content="./frontend-1.js" data-wasm="./frontend-1_bg.wasm">
        </head><body></body></html>"#;

    fn parts() -> Files {
        [
            "frontend.js",
            "frontend_bg.wasm",
            "parts.js",
            "split_engine.wasm",
        ]
        .map(|name| (name.to_owned(), Vec::new()))
        .into()
    }

    #[test]
    fn parts_take_the_place_of_the_whole_program_everywhere() {
        let (page, whole) = naming(PAGE, "program-0", &parts()).unwrap();
        assert_eq!(whole, ["frontend-1.js", "frontend-1_bg.wasm"]);
        assert!(!page.contains("frontend-1"), "{page}");
        assert_eq!(page.matches("./program-0/frontend.js").count(), 2);
        assert_eq!(page.matches("./program-0/frontend_bg.wasm").count(), 2);
        assert!(page.contains("\"./program-0/parts.js\""));
    }

    #[test]
    fn only_what_comes_late_is_named_so() {
        let (page, _) = naming(PAGE, "program-0", &parts()).unwrap();
        let late: Vec<&str> = site::after_first_paint(&page).collect();
        assert_eq!(late, ["program-0/split_engine.wasm"]);
        assert!(computes("program-0/split_engine.wasm") && computes("program-0/chunk_3.wasm"));
        assert!(
            !computes("program-0/split_panels.wasm") && !computes("program-0/frontend_bg.wasm")
        );
    }

    #[test]
    fn a_page_without_a_program_is_refused() {
        assert!(naming("<html><head></head></html>", "program-0", &parts()).is_err());
    }
}
