//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is the traffic.

pub mod capacity;
pub mod cost;
pub mod latency;
pub mod lock_in;
pub mod removal;
pub mod stations;
pub mod traffic;
pub mod work;
