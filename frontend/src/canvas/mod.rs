//! The drawing: cards, connections, containers, and what hands do with them.

mod card;
mod connection;
mod fates;
mod flow;
mod kept;
mod layers;
mod map;
mod regions;
mod scene;
mod text;
mod view;
mod zoom;

pub(crate) use view::{Canvas, FURTHER, Further};
