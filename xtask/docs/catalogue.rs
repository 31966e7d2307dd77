//! Checks the files of the catalogue and writes them as the one file that the page loads.

use std::{env, fs, path::Path, process::ExitCode};

use model::catalog::{Catalog, HEADER, PROVIDERS};

fn main() -> ExitCode {
    let Some(path) = env::args().nth(1) else {
        println!("Say where to write the catalogue.");
        return ExitCode::FAILURE;
    };
    let bundle = match Catalog::bundle(HEADER, PROVIDERS) {
        Ok(bundle) => bundle,
        Err(error) => {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let folder = Path::new(&path).parent().map_or(Ok(()), fs::create_dir_all);
    match folder.and_then(|()| fs::write(&path, bundle)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("Cannot write {path}: {error}.");
            ExitCode::FAILURE
        }
    }
}
