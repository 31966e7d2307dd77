//! Programs in `e2e` that drive a real Chromium.

use std::{path::PathBuf, process::Command};

use crate::{Arguments, Result, process, repository, server, setup, site};

/// `node e2e/<script>`, with the folder served for as long as this program runs.
pub(crate) fn command(script: &str, folder: PathBuf) -> Result<Command> {
    let chromium = setup::browser()?;
    let address = server::serve_in_background(folder.clone())?;
    let mut command = process::command("node");
    command
        .current_dir(repository::root().join("e2e"))
        .arg(script)
        .env("CHROME", chromium)
        .env("SITE_URL", address)
        .env("SITE_FOLDER", folder);
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
    process::run(command("shot.mjs", site::folder())?.args(options))
}
