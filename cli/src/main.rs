//! `planner`: evaluates, checks and exports plans on the command line.

fn main() {}
