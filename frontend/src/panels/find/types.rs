//! Every type of component, to be added.

use model::components;

use super::Way;
use crate::state::Message;
use crate::widgets::finder::Entry;

/// One way to add each type.
pub(super) fn ways() -> Vec<Way> {
    components::ALL
        .iter()
        .map(|kind| Way {
            entry: Entry {
                group: t!("Add"),
                icon: kind.id.into(),
                name: t!("Add {in_sentence}", in_sentence = in_sentence(kind.name)),
                aside: kind.purpose.to_owned(),
                ..Entry::default()
            },
            message: Message::Place {
                kind: kind.id,
                at: None,
            },
        })
        .collect()
}

/// A name as it stands in a sentence: `load balancer`, but `DNS`.
fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}
