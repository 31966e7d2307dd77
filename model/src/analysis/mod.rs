//! What a plan does: pure functions from the topology to one report each.
//!
//! Analyses are total and do not know each other; what several of them need is the traffic.
