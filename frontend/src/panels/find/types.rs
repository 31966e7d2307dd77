//! Every type of component, to be added.

use model::components;

use super::super::words::in_sentence;
use super::Way;
use crate::state::Message;
use crate::texts::say;
use crate::widgets::finder::Entry;

/// One way to add each type.
pub(super) fn ways() -> Vec<Way> {
    components::ALL
        .iter()
        .map(|kind| Way {
            entry: Entry {
                group: t!("Add"),
                icon: kind.id.into(),
                name: t!("Add {component}", component = in_sentence(kind.name)),
                aside: say(kind.purpose).to_owned(),
                ..Entry::default()
            },
            message: Message::Place {
                kind: kind.id,
                at: None,
            },
        })
        .collect()
}
