//! Controls and displays that know nothing of plans: values in, events out.

mod arrows;
pub(crate) mod button;
pub(crate) mod chart;
pub(crate) mod date_field;
pub(crate) mod dialog;
pub(crate) mod disclosure;
mod dom;
pub(crate) mod drawer;
pub(crate) mod finder;
pub(crate) mod format;
pub(crate) mod grip;
pub(crate) mod hours;
pub(crate) mod icon;
pub(crate) mod keys;
pub(crate) mod locale;
mod matching;
pub(crate) mod menu;
pub(crate) mod meter;
pub(crate) mod number_field;
pub(crate) mod radio_list;
pub(crate) mod segmented;
pub(crate) mod select;
pub(crate) mod severity;
pub(crate) mod slider;
pub(crate) mod table;
pub(crate) mod text_field;
pub(crate) mod timer;
