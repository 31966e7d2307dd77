//! The promises of ARCHITECTURE.md and CONVENTIONS.md that no compiler keeps.
//!
//! A check reads the tree and returns its faults. It says nothing about a folder that does not exist.
//! Each is also run on a small tree with one planted fault, so that none can rot into a check that never fails.

mod crates;
mod documents;
mod imports;
mod lists;
mod sources;
mod texts;
#[path = "../../docs/tokens.rs"]
mod tokens;
mod tree;
