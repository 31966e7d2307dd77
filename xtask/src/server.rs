//! A static server for the finished site, on this machine only, with the headers a good host would send.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{Arguments, Result, process, setup, site};

const PORT: u16 = 8080;

/// The watching build has its own port, so that no service worker of a release answers for it.
const WATCH_PORT: u16 = 8090;

/// A request line with all headers; a browser sends far less.
const LONGEST_HEAD: u64 = 16 * 1024;

/// `cargo xtask serve`
pub(crate) fn serve(mut arguments: Arguments) -> Result<()> {
    let watch = arguments.flag("--dev");
    let port = match arguments.values("--port")?.pop() {
        None => None,
        Some(text) => Some(
            text.parse::<u16>()
                .map_err(|_| format!("--port needs a number from 0 to 65535, not {text}."))?,
        ),
    };
    arguments.finish()?;
    if watch {
        return serve_watching(port.unwrap_or(WATCH_PORT));
    }
    site::build()?;
    let (listener, address) = listen(port)?;
    println!("\nHosting Planner is at {address} (Ctrl-C stops it)");
    accept(&listener, &site::folder());
    Ok(())
}

/// Serves a folder on a free port for as long as this program runs. Returns its address.
pub(crate) fn serve_in_background(folder: PathBuf) -> Result<String> {
    let (listener, address) = listen(Some(0))?;
    thread::spawn(move || accept(&listener, &folder));
    Ok(address)
}

fn serve_watching(port: u16) -> Result<()> {
    setup::site()?;
    site::write_catalogue()?;
    thread::spawn(keep_catalogue);
    process::run(
        process::command("trunk")
            .args(["serve", "--dist", "target/watched", "--port"])
            .arg(port.to_string()),
    )
}

/// Writes the catalogue anew whenever one of its files has changed, and says what is wrong with it.
fn keep_catalogue() {
    let mut known = site::catalogue_state();
    loop {
        thread::sleep(Duration::from_millis(500));
        let state = site::catalogue_state();
        if state != known {
            known = state;
            if let Err(message) = site::write_catalogue() {
                eprintln!("\n{message}");
            }
        }
    }
}

/// The port asked for, or the first free one from the usual on.
fn listen(port: Option<u16>) -> Result<(TcpListener, String)> {
    let ports = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + 20,
    };
    let listener = ports
        .clone()
        .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .ok_or_else(|| {
            format!(
                "No free port from {} to {}; name another with --port.",
                ports.start(),
                ports.end()
            )
        })?;
    let address = listener
        .local_addr()
        .map_err(|error| format!("The port has no address: {error}."))?;
    Ok((listener, format!("http://{address}/")))
}

fn accept(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().flatten() {
        let folder = folder.to_path_buf();
        thread::spawn(move || {
            // A browser that hangs up early is no fault of ours.
            let _ = answer(stream, &folder);
        });
    }
}

fn answer(stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let mut output = stream.try_clone()?;
    let mut input = BufReader::new(stream);
    loop {
        let mut lines = input.by_ref().take(LONGEST_HEAD).lines();
        let Some(first) = lines.next() else {
            return Ok(());
        };
        let mut head = vec![first?];
        for line in lines {
            let line = line?;
            if line.is_empty() {
                break;
            }
            head.push(line);
        }
        let response = respond(&head, folder);
        output.write_all(&response)?;
        output.flush()?;
    }
}

/// Head and body for one request.
fn respond(head: &[String], folder: &Path) -> Vec<u8> {
    let mut words = head.first().map_or("", String::as_str).split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if !matches!(method, "GET" | "HEAD") {
        return response(
            "405 Method Not Allowed",
            &[("Allow", "GET, HEAD")],
            b"",
            true,
        );
    }
    let Some((path, name)) = locate(target, folder) else {
        let headers = [("Content-Type", "text/plain; charset=utf-8")];
        return response(
            "404 Not Found",
            &headers,
            b"There is nothing here.\n",
            method == "GET",
        );
    };
    let accepted = head
        .iter()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("accept-encoding"))
        .map_or("", |(_, value)| value);
    let (content, encoding) = read_encoded(&path, accepted);
    let policy = site::policy_header();
    let mut headers = vec![
        ("Content-Type", content_type(&name)),
        ("Cache-Control", cache_control(&name)),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Content-Security-Policy", policy.as_str()),
    ];
    if let Some(encoding) = encoding {
        headers.push(("Content-Encoding", encoding));
    }
    response("200 OK", &headers, &content, method == "GET")
}

fn response(status: &str, headers: &[(&str, &str)], body: &[u8], with_body: bool) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    if with_body {
        bytes.extend_from_slice(body);
    }
    bytes
}

/// The file a target names, and its name inside the site. Nothing outside the folder can be named.
fn locate(target: &str, folder: &Path) -> Option<(PathBuf, String)> {
    let path = target.split(['?', '#']).next()?;
    let path = percent_decoded(path.strip_prefix('/')?)?;
    let mut name = path.clone();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let safe = name.split('/').all(|part| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
    });
    let file = folder.join(&name);
    (safe && file.is_file()).then_some((file, name))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn read_encoded(path: &Path, accepted: &str) -> (Vec<u8>, Option<&'static str>) {
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        let wanted = accepted.split(',').any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            parts.next() == Some(encoding) && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
        });
        let twin = PathBuf::from(format!("{}.{suffix}", path.display()));
        if wanted && let Ok(content) = fs::read(twin) {
            return (content, Some(encoding));
        }
    }
    (fs::read(path).unwrap_or_default(), None)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name that ends in the content's hash never changes its content.
fn cache_control(name: &str) -> &'static str {
    let hashed = name
        .rsplit_once('.')
        .and_then(|(stem, _)| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()));
    if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

#[cfg(test)]
mod tests {
    use std::{
        env, fs,
        path::{Path, PathBuf},
    };

    use super::respond;

    fn site(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("planner-server-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/deep")).unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("site/index.html"), "<p>page</p>").unwrap();
        fs::write(folder.join("site/app-0123456789abcdef.wasm"), "wasm").unwrap();
        fs::write(folder.join("site/app-0123456789abcdef.wasm.br"), "small").unwrap();
        fs::write(folder.join("site/deep/a b.svg"), "<svg/>").unwrap();
        folder.join("site")
    }

    fn ask(site: &Path, request: &str) -> String {
        let head: Vec<String> = request.split('\n').map(str::to_owned).collect();
        String::from_utf8(respond(&head, site)).unwrap()
    }

    #[test]
    fn files_come_with_type_policy_and_lifetime() {
        let site = site("types");
        let page = ask(&site, "GET /?x=1 HTTP/1.1");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\n<p>page</p>"));
        assert!(page.contains("Content-Type: text/html; charset=utf-8\r\n"));
        assert!(page.contains("frame-ancestors 'none'") && page.contains("no-cache"));
        assert!(page.contains("X-Content-Type-Options: nosniff"));

        let plain = ask(&site, "GET /app-0123456789abcdef.wasm HTTP/1.1");
        assert!(plain.contains("application/wasm") && plain.contains("immutable"));
        assert!(plain.ends_with("\r\n\r\nwasm") && !plain.contains("Content-Encoding"));

        assert!(ask(&site, "GET /deep/a%20b.svg HTTP/1.1").contains("image/svg+xml"));
    }

    #[test]
    fn the_smallest_accepted_encoding_is_sent() {
        let site = site("encodings");
        let asked = |accept: &str| {
            let request =
                format!("GET /app-0123456789abcdef.wasm HTTP/1.1\naccept-encoding: {accept}");
            ask(&site, &request).ends_with("small")
        };
        assert!(asked("gzip, deflate, br"));
        assert!(!asked("gzip"));
        assert!(!asked("br;q=0, gzip"));
    }

    #[test]
    fn nothing_outside_the_site_is_served() {
        let site = site("outside");
        for target in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/deep/../../secret.txt",
            "//secret.txt",
            "/.hidden",
            "/%",
            "/%zz",
            "/%ff",
            "secret.txt",
            "/deep",
            "/missing.js",
            "",
        ] {
            let answer = ask(&site, &format!("GET {target} HTTP/1.1"));
            assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
        }
    }

    #[test]
    fn head_has_no_body_and_other_methods_are_refused() {
        let site = site("methods");
        let head = ask(&site, "HEAD / HTTP/1.1");
        assert!(head.contains("Content-Length: 11\r\n") && head.ends_with("\r\n\r\n"));
        assert!(ask(&site, "POST / HTTP/1.1").starts_with("HTTP/1.1 405"));
    }
}
