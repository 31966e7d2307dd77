//! Builds the page: trunk compiles and links it, then one pass here makes of that what is published.
//!
//! The pass shrinks the wasm, joins the style sheets, names every file after its content, writes the
//! security policy and the service worker, and lays compressed twins beside the files.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use sha2::{Digest, Sha256};

use crate::{Result, glue, process, repository, setup, split};

/// What the page may load and run. Everything comes from its own place; nothing inline is allowed.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'self'; form-action 'none'";

/// Where trunk leaves its output; `dist` gets the finished site in one move.
const BUILT: &str = "target/trunk";
const STAGED: &str = "target/site";
const FINGERPRINT: &str = "target/site.fingerprint";
const CATALOGUE: &str = "target/catalogue/catalogue.json";

/// A file's path inside the site, with `/`, and its content.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The policy as a header; unlike the meta element it can also forbid being framed.
pub(crate) fn policy_header() -> String {
    format!("{POLICY}; frame-ancestors 'none'")
}

/// The finished site's folder.
pub(crate) fn folder() -> PathBuf {
    repository::root().join("dist")
}

/// Brings `dist` up to date with the sources.
pub(crate) fn build() -> Result<()> {
    setup::site()?;
    let wasm_opt = setup::wasm_opt();
    let version = wasm_opt.as_ref().map(|(_, version)| version.as_str());
    let fingerprint = fingerprint(version)?;
    let root = repository::root();
    if folder().join("index.html").is_file()
        && fs::read_to_string(root.join(FINGERPRINT)).is_ok_and(|last| last == fingerprint)
    {
        return Ok(());
    }
    println!("Building the page …");
    let (result, time) = process::timed(|| {
        write_catalogue()?;
        process::run(
            process::command("trunk")
                .args(["--quiet", "build", "--release", "--dist", BUILT])
                .env("CARGO_ENCODED_RUSTFLAGS", release_flags())
                .env(split::WANTED, "1"),
        )?;
        split::split(&root.join(BUILT))?;
        if let Some((program, _)) = &wasm_opt {
            let built = read_folder(&root.join(BUILT))?;
            for name in built.keys().filter(|name| has_extension(name, "wasm")) {
                let aim = if split::computes(name) {
                    Aim::Speed
                } else {
                    Aim::Size
                };
                optimise(program, &root.join(BUILT).join(name), aim)?;
            }
        }
        write_site(&finish(read_folder(&root.join(BUILT))?)?)
    });
    result?;
    fs::write(root.join(FINGERPRINT), fingerprint)
        .map_err(|error| format!("Cannot write {FINGERPRINT}: {error}."))?;
    println!("  done in {}", process::duration(time));
    Ok(())
}

/// Checks the catalogue and writes it where `index.html` takes it from.
pub(crate) fn write_catalogue() -> Result<()> {
    process::run(
        process::cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "xtask",
                "--example",
                "catalogue",
                "--",
            ])
            .arg(repository::root().join(CATALOGUE)),
    )
}

/// The files of the catalogue, each with the time of its last change.
pub(crate) fn catalogue_state() -> Vec<(PathBuf, Option<SystemTime>)> {
    let assets = repository::root().join("assets");
    let providers = fs::read_dir(assets.join("providers"));
    let providers = providers.into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = providers.map(|entry| entry.path()).collect();
    files.push(assets.join("catalogue.json"));
    files.sort();
    let changed = |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).ok();
    let states = files.into_iter();
    states
        .map(|path| {
            let time = changed(&path);
            (path, time)
        })
        .collect()
}

/// Hash of all that decides what the site looks like.
fn fingerprint(wasm_opt: Option<&str>) -> Result<String> {
    let sources = [
        "frontend/",
        "simulator/",
        "model/",
        "assets/",
        "xtask/docs/catalogue.rs",
        "xtask/src/",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
        "Cargo.lock",
    ];
    let root = repository::root();
    let mut hasher = Sha256::new();
    for path in repository::files()? {
        let name = path.to_string_lossy().replace('\\', "/");
        if sources.iter().any(|source| name.starts_with(source)) {
            hasher.update(name.as_bytes());
            hasher.update(fs::read(root.join(&path)).unwrap_or_default());
        }
    }
    hasher.update(process::output(process::command("rustc").arg("-vV"))?);
    hasher.update(wasm_opt.unwrap_or("none"));
    hasher.update(env::var("RUSTFLAGS").unwrap_or_default());
    Ok(hex(&hasher.finalize()))
}

/// Panic messages name source files; they must not name this machine's folders.
pub(crate) fn release_flags() -> String {
    let root = repository::root();
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    let mut flags: Vec<String> = env::var("RUSTFLAGS")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if let Some(home) = cargo_home {
        let sources = home.join("registry").join("src");
        // The registry's own folder name holds its host.
        for registry in fs::read_dir(&sources).into_iter().flatten().flatten() {
            flags.push(format!(
                "--remap-path-prefix={}=crates",
                registry.path().display()
            ));
        }
    }
    flags.push(format!("--remap-path-prefix={}=planner", root.display()));
    flags.join("\u{1f}")
}

/// What a program is compiled for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    /// It is waited for.
    Size,
    /// It computes.
    Speed,
}

impl Aim {
    fn level(self) -> &'static str {
        match self {
            Self::Size => "-Oz",
            Self::Speed => "-O3",
        }
    }
}

/// Runs without feature flags: wasm-opt reads what the module uses; `--all-features` would emit
/// encodings that browsers refuse.
pub(crate) fn optimise(wasm_opt: &Path, file: &Path, aim: Aim) -> Result<()> {
    process::run(
        Command::new(wasm_opt)
            .args([aim.level(), "--strip-debug", "--strip-producers"])
            .arg(file)
            .arg("-o")
            .arg(file),
    )
}

/// Trunk's output as it is published.
fn finish(mut files: Files) -> Result<Files> {
    let mut page = take_text(&mut files, "index.html")?;
    refuse_inline_code(&page)?;
    join_style_sheets(&mut page, &mut files)?;
    let boot = glue::without_notes(&take_text(&mut files, "boot.js")?);
    files.insert("boot.js".to_owned(), boot.into_bytes());
    let wasm_bytes = program_bytes(&page, &files);
    let mut files = name_by_content(&mut page, files);
    let worker = take_text(&mut files, "sw.js")?;
    let version = digest(
        files
            .iter()
            .flat_map(|(name, content)| [name.as_bytes(), content.as_slice()])
            .chain([page.as_bytes(), worker.as_bytes()]),
    );
    let page = page
        .replacen(
            "<html",
            &format!("<html data-version=\"{version}\" data-wasm-bytes=\"{wasm_bytes}\""),
            1,
        )
        .replacen(
            "<head>",
            &format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"),
            1,
        );
    if !page.contains("http-equiv=\"Content-Security-Policy\"") {
        return Err("index.html has no plain <head> to put the security policy in.".to_owned());
    }
    let on_demand: Vec<&str> = on_demand(&page).collect();
    let shell: Vec<String> = std::iter::once("./".to_owned())
        .chain(
            files
                .keys()
                .filter(|name| !on_demand.contains(&name.as_str()))
                .map(|name| format!("./{name}")),
        )
        .collect();
    let worker = worker
        .replace("__VERSION__", &version)
        .replace("[\"__FILES__\"]", &format!("{shell:?}"));
    if worker.contains("__") {
        return Err("assets/sw.js still holds a placeholder after writing the site.".to_owned());
    }
    files.insert("index.html".to_owned(), page.into_bytes());
    files.insert("sw.js".to_owned(), worker.into_bytes());
    Ok(files)
}

/// What the page waits for before it answers: the program, but nothing that is loaded when it is asked for.
fn program_bytes(page: &str, files: &Files) -> usize {
    tags(page, "meta")
        .filter(|tag| attribute(tag, "name") == Some("program"))
        .filter_map(|tag| files.get(attribute(tag, "data-wasm")?.trim_start_matches("./")))
        .map(Vec::len)
        .sum()
}

/// The files that a built page names, but loads only when they are asked for.
pub(crate) fn on_demand(page: &str) -> impl Iterator<Item = &str> {
    named_by(page, "simulator")
}

/// The files of languages, of which a built page loads one at most; English needs none.
pub(crate) fn languages(page: &str) -> impl Iterator<Item = &str> {
    named_by(page, "language")
}

/// The files that a built page loads once it has answered.
pub(crate) fn after_first_paint(page: &str) -> impl Iterator<Item = &str> {
    let late = ["catalogue", "part", "style"];
    late.into_iter().flat_map(|meta| named_by(page, meta))
}

fn named_by<'a>(page: &'a str, meta: &'a str) -> impl Iterator<Item = &'a str> {
    tags(page, "meta")
        .filter(move |tag| attribute(tag, "name") == Some(meta))
        .flat_map(|tag| tag.split('"'))
        .filter_map(|text| text.strip_prefix("./"))
}

/// The policy forbids inline code, so better here than as an empty page.
fn refuse_inline_code(page: &str) -> Result<()> {
    let script = tags(page, "script").find(|tag| !tag.contains("src="));
    let style = tags(page, "style").next();
    let attribute = page.find(" style=").map(|at| &page[at..]);
    match script.or(style).or(attribute) {
        None => Ok(()),
        Some(found) => Err(format!(
            "index.html holds inline code, which the security policy forbids: {found}"
        )),
    }
}

/// One request instead of one per panel, in the order of the links. Sheets with `data-late` become one that the page
/// only names where it would stand, and puts there with what it styles.
fn join_style_sheets(page: &mut String, files: &mut Files) -> Result<()> {
    let links: Vec<String> = tags(page, "link")
        .filter(|tag| attribute(tag, "rel") == Some("stylesheet") && !tag.contains("media="))
        .map(str::to_owned)
        .collect();
    let is_late = |link: &String| link.contains(" data-late");
    for (index, links) in links
        .chunk_by(|one, next| is_late(one) == is_late(next))
        .enumerate()
    {
        let mut joined = String::new();
        for link in links {
            let name = attribute(link, "href").unwrap_or_default();
            let name = name.trim_start_matches("./").to_owned();
            joined.push_str(&without_comments(&take_text(files, &name)?));
        }
        let name = match index {
            0 => "style.css".to_owned(),
            index => format!("style-{index}.css"),
        };
        let sheet = if is_late(&links[0]) {
            format!("<meta name=\"style\" content=\"./{name}\">")
        } else {
            format!("<link rel=\"stylesheet\" href=\"./{name}\">")
        };
        *page = page.replacen(&links[0], &sheet, 1);
        for link in &links[1..] {
            *page = page.replacen(link, "", 1);
        }
        files.insert(name, joined.into_bytes());
    }
    Ok(())
}

/// The sheets explain their markup at length; visitors need not load that. Strings keep what looks like a comment.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    let mut quote = None;
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        match quote {
            Some(open) if open == next => quote = None,
            None if next == '"' || next == '\'' => quote = Some(next),
            _ => {}
        }
        kept.push(next);
        rest = &rest[next.len_utf8()..];
    }
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// What the page names gets a name that changes with every byte, so that it may be kept for ever.
fn name_by_content(page: &mut String, files: Files) -> Files {
    let mut named = Files::new();
    for (name, content) in files {
        let kept = name == "sw.js" || has_extension(&name, "webmanifest") || name.contains('/');
        let link = format!("\"./{name}\"");
        if kept || !page.contains(&link) {
            named.insert(name, content);
            continue;
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        // Trunk's own hash is of the wasm before it was shrunk, and the same for the script.
        let stem = stem
            .split('-')
            .filter(|part| {
                !(part.len() >= 16
                    && part
                        .trim_end_matches("_bg")
                        .chars()
                        .all(|c| c.is_ascii_hexdigit()))
            })
            .collect::<Vec<_>>()
            .join("-");
        let renamed = format!("{stem}-{}.{extension}", digest([content.as_slice()]));
        *page = page.replace(&link, &format!("\"./{renamed}\""));
        named.insert(renamed, content);
    }
    named
}

fn write_site(files: &Files) -> Result<()> {
    let staged = repository::root().join(STAGED);
    let problem = |error: std::io::Error| format!("Cannot write the site: {error}.");
    if staged.exists() {
        fs::remove_dir_all(&staged).map_err(problem)?;
    }
    write_folder(&staged, files).map_err(problem)?;
    let twins = files.iter().filter(|(name, _)| compressible(name));
    for (name, content) in twins {
        fs::write(staged.join(format!("{name}.br")), brotli(content)).map_err(problem)?;
        fs::write(staged.join(format!("{name}.gz")), gzip(content)).map_err(problem)?;
    }
    if folder().exists() {
        fs::remove_dir_all(folder()).map_err(problem)?;
    }
    fs::rename(&staged, folder()).map_err(problem)
}

fn compressible(name: &str) -> bool {
    [
        "html",
        "js",
        "css",
        "wasm",
        "svg",
        "json",
        "webmanifest",
        "txt",
    ]
    .iter()
    .any(|extension| has_extension(name, extension))
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
        // Writing to memory cannot fail.
        let _ = writer.write_all(content);
    }
    compressed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer
        .write_all(content)
        .and_then(|()| writer.finish())
        .unwrap_or_default()
}

pub(crate) fn read_folder(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next)
            .map_err(|error| format!("Cannot read {}: {error}.", next.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                let content = fs::read(&path)
                    .map_err(|error| format!("Cannot read {}: {error}.", path.display()))?;
                files.insert(name.to_string_lossy().replace('\\', "/"), content);
            }
        }
    }
    Ok(files)
}

pub(crate) fn write_folder(folder: &Path, files: &Files) -> std::io::Result<()> {
    for (name, content) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, content)?;
    }
    Ok(())
}

fn take_text(files: &mut Files, name: &str) -> Result<String> {
    let content = files
        .remove(name)
        .ok_or_else(|| format!("The build has no {name}."))?;
    String::from_utf8(content).map_err(|_| format!("{name} is not UTF-8."))
}

/// The opening tags of an element, in order.
pub(crate) fn tags<'a>(page: &'a str, element: &'a str) -> impl Iterator<Item = &'a str> {
    page.match_indices('<').filter_map(move |(at, _)| {
        let tag = &page[at..=at + page[at..].find('>')?];
        let rest = tag[1..].strip_prefix(element)?;
        rest.starts_with([' ', '\n', '>', '/']).then_some(tag)
    })
}

pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let quote = tag[start..].chars().next()?;
    if quote == '"' || quote == '\'' {
        tag[start + 1..].split(quote).next()
    } else {
        tag[start..].split([' ', '>']).next()
    }
}

pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, tail)| tail == extension)
}

/// Sixteen hexadecimal digits of SHA-256.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex(&hasher.finalize()[..8])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Files, after_first_paint, finish, has_extension, on_demand, without_comments};

    fn built(page: &str) -> Files {
        let style = "/* how to use it */\n:root { --a: \"/* kept */\"; }\n";
        [
            ("index.html", page),
            (
                "sw.js",
                "const CACHE = '__VERSION__', FILES = [\"__FILES__\"];",
            ),
            ("boot.js", "start()"),
            ("frontend-0123456789abcdef.js", "glue"),
            ("frontend-0123456789abcdef_bg.wasm", "wasm"),
            ("tokens-0123456789abcdef.css", style),
            ("base-0123456789abcdef.css", "p { margin: 0 }"),
            ("manifest.webmanifest", "{}"),
            ("simulator.js", "worker"),
            ("simulator_bg.wasm", "simulator wasm"),
            ("catalogue.json", "{}"),
        ]
        .into_iter()
        .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
        .collect()
    }

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
        <script src="./boot.js"></script><link rel="manifest" href="./manifest.webmanifest">
        <link rel="stylesheet" href="./tokens-0123456789abcdef.css"><link rel="stylesheet" href="./base-0123456789abcdef.css">
        <meta name="program" content="./frontend-0123456789abcdef.js" data-wasm="./frontend-0123456789abcdef_bg.wasm">
        <meta name="catalogue" content="./catalogue.json">
        <meta name="simulator" data-program="./simulator.js" data-wasm="./simulator_bg.wasm">
        </head><body></body></html>"#;

    fn text<'a>(files: &'a Files, name: &str) -> &'a str {
        std::str::from_utf8(&files[name]).unwrap()
    }

    #[test]
    fn the_policy_comes_first_and_every_named_file_exists() {
        let site = finish(built(PAGE)).unwrap();
        let page = text(&site, "index.html");
        assert!(page.contains(
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"
        ));
        assert!(page.contains("data-wasm-bytes=\"4\""));
        let named: Vec<&str> = page
            .split('"')
            .filter_map(|part| part.strip_prefix("./"))
            .collect();
        assert_eq!(named.len(), 8, "{named:?}");
        assert_eq!(after_first_paint(page).count(), 1);
        assert_eq!(on_demand(page).count(), 2);
        for name in named {
            assert!(
                site.contains_key(name),
                "{name} is missing of {:?}",
                site.keys()
            );
            assert_ne!(
                text(&site, "sw.js").contains(&format!("\"./{name}\"")),
                on_demand(page).any(|waits| waits == name),
                "{name} is kept offline exactly if it is not on demand"
            );
        }
    }

    #[test]
    fn names_follow_content_and_so_does_the_version() {
        let name = |site: &Files| {
            site.keys()
                .find(|name| name.starts_with("frontend") && has_extension(name, "wasm"))
                .cloned()
                .unwrap()
        };
        let first = finish(built(PAGE)).unwrap();
        let mut changed = built(PAGE);
        changed.insert(
            "frontend-0123456789abcdef_bg.wasm".to_owned(),
            b"other".to_vec(),
        );
        let second = finish(changed).unwrap();
        assert_ne!(name(&first), name(&second));
        assert_ne!(first["sw.js"], second["sw.js"]);
        assert_eq!(first, finish(built(PAGE)).unwrap());
    }

    #[test]
    fn style_sheets_are_joined_in_order_without_comments() {
        let site = finish(built(PAGE)).unwrap();
        let sheets: Vec<&String> = site
            .keys()
            .filter(|name| has_extension(name, "css"))
            .collect();
        assert_eq!(sheets.len(), 1);
        assert_eq!(
            text(&site, sheets[0]),
            ":root { --a: \"/* kept */\"; }\np { margin: 0 }\n"
        );
        assert_eq!(without_comments("a/* never closed"), "a\n");
    }

    #[test]
    fn late_style_sheets_are_one_that_the_page_names_in_its_place() {
        let link = |name: &str, late: &str| {
            format!("<link rel=\"stylesheet\" href=\"./{name}.css\"{late}/>")
        };
        let mut page = PAGE.to_owned();
        let mut files = built("");
        let sheets = [
            ("a", ""),
            ("b", " data-late"),
            ("c", " data-late"),
            ("d", ""),
        ];
        let links: String = sheets.map(|(name, late)| link(name, late)).concat();
        for (name, _) in sheets {
            files.insert(format!("{name}.css"), name.as_bytes().to_vec());
        }
        let start = page.find("<link rel=\"stylesheet\"").unwrap();
        let end = page.find("<meta name=\"program\"").unwrap();
        page.replace_range(start..end, &links);
        files.insert("index.html".to_owned(), page.into_bytes());
        let site = finish(files).unwrap();
        let page = text(&site, "index.html");
        let late: Vec<&str> = after_first_paint(page)
            .filter(|name| has_extension(name, "css"))
            .collect();
        let [late] = late[..] else { panic!("{late:?}") };
        assert_eq!(text(&site, late), "b\nc\n");
        let first = page.find("href=\"./style-").unwrap();
        let last = page.rfind("href=\"./style-").unwrap();
        assert!((first..last).contains(&page.find(late).unwrap()), "{page}");
    }

    #[test]
    fn inline_code_is_refused() {
        for inline in [
            "<script>go()</script>",
            "<style>p{}</style>",
            "<p style=\"color: red\">",
        ] {
            let page = PAGE.replace("<body>", &format!("<body>{inline}"));
            assert!(finish(built(&page)).is_err(), "{inline}");
        }
    }
}
