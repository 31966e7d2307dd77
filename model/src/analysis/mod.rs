//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is the traffic.

pub mod cost;
pub mod lock_in;
pub mod traffic;
pub mod work;
