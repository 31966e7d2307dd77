//! The model of a hosting architecture: what it carries, how often it is down, what it costs, what leaving takes.
//!
//! One direction, one type per stage: a [`plan::Plan`] and a [`catalog::Catalog`] become a
//! [`topology::Topology`] and its problems, that becomes [`analysis::Reports`], and these become
//! [`rules::Finding`]s. [`evaluate::evaluate`] shows all stages in order. A [`commands::Command`] is the only
//! way from one plan to the next. A [`simulation`] checks the reports by trying a plan out.
//!
//! The crate has no browser, no clock and no chance: the same plan gives the same evaluation everywhere, and
//! the same seed the same simulation.

pub mod order;

#[macro_use]
pub mod words;

pub mod units;

pub mod components;

pub mod plan;

pub mod catalog;

pub mod topology;

pub mod analysis;

pub mod simulation;

pub mod commands;

pub mod redraw;

pub mod scenarios;

pub mod rules;

pub mod evaluate;

pub mod gain;

pub mod four_ways;

pub mod story;

pub mod exit_drill;

pub mod metrics;

pub mod diagram;

pub mod export;

pub mod templates;
