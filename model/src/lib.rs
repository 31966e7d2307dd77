//! The model of a hosting architecture.
