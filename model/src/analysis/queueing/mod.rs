//! Formulas of queueing theory, one per file: numbers in, numbers out, nothing of plans.
//!
//! Each file says what question it answers, under which assumptions, and where the formula is from.

pub mod arrivals;
pub mod backlog;
pub mod bounds;
pub mod closed;
pub mod finite_room;
pub mod fork_join;
pub mod gamma;
mod geometric;
pub mod growth;
pub mod headroom;
pub mod hypoexponential;
pub mod inversion;
pub mod late_again;
pub mod limited_line;
pub mod load_duration;
pub mod parallel;
pub mod processor_sharing;
pub mod retries;
pub mod scalability;
pub mod succession;
pub mod token_bucket;
pub mod waiting;
mod wide;
pub mod worker_pool;

/// Utilisations from here on are saturated: at 1 up to rounding.
pub const SATURATED: f64 = 1.0 - 1e-12;
