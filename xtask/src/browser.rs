//! Programs in `e2e` that drive a real Chromium over the finished site.

use std::process::Command;

use crate::{Arguments, Result, process, repository, server, setup, site};

/// `node e2e/<script>`, with the site served for as long as this program runs.
pub(crate) fn command(script: &str) -> Result<Command> {
    let chromium = setup::browser()?;
    let address = server::serve_in_background()?;
    let mut command = process::command("node");
    command
        .current_dir(repository::root().join("e2e"))
        .arg(script)
        .env("CHROME", chromium)
        .env("SITE_URL", address)
        .env("SITE_FOLDER", site::folder());
    Ok(command)
}

/// `cargo xtask shot`
pub(crate) fn shot(mut arguments: Arguments) -> Result<()> {
    let mut options = Vec::new();
    for name in ["--hash", "--theme", "--size", "--steps", "--name"] {
        for value in arguments.values(name)? {
            options.push(format!("{name}={value}"));
        }
    }
    arguments.finish()?;
    site::build()?;
    process::run(command("shot.mjs")?.args(options))
}
