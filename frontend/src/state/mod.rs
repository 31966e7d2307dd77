//! What the page knows: plain values that change by messages, without Yew and without a browser.

mod arranging;
mod carried;
mod compared;
mod display;
mod editor;
mod found;
mod grouping;
mod history;
mod loading;
mod message;
mod placing;
mod rework;
mod selection;
mod take_away;
mod viewport;

pub(crate) use carried::Carried;
pub(crate) use compared::{Compare, Compared};
pub(crate) use display::{Display, DisplaySwitch, MAPPED};
pub(crate) use editor::Editor;
pub(crate) use found::{Find, Found};
pub(crate) use loading::LoadProblem;
pub(crate) use message::{
    Effect, FocusTarget, Message, Notice, NoticeAction, Overlay, Quantity, Sheet, Theme, Tone, View,
};
pub(crate) use rework::{Axis, Copied, Joined, Line, Popover, Rework, Spot, copied};
pub(crate) use selection::Selection;
pub(crate) use take_away::TakeAway;
pub(crate) use viewport::Viewport;
