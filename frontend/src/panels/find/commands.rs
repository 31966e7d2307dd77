//! Everything that can be done, then every part of the plan.

use model::export;
use model::templates;

use super::{Way, parts, types};
use crate::actions;
use crate::panels::Shown;
use crate::state::{Message, Overlay, Quantity};
use crate::texts::say;
use crate::widgets::finder::Entry;

/// All actions, additions, numbers, starting plans and exports, then all parts of the plan.
pub(super) fn ways(shown: &Shown, enabled: &[bool]) -> Vec<Way> {
    let mut ways: Vec<Way> = actions::ALL
        .iter()
        .zip(enabled)
        .filter(|(action, _)| action.id != actions::COMMANDS.id)
        .map(|(action, is_enabled)| Way {
            entry: Entry {
                group: t!("Do"),
                icon: action.icon.into(),
                name: say(action.label).to_owned(),
                also: say(action.also),
                keys: action.keys(),
                obstacle: if *is_enabled { "" } else { say(action.needs) }.into(),
                ..Entry::default()
            },
            message: (action.message)(),
        })
        .collect();
    ways.extend(types::ways());
    ways.extend(Quantity::ALL.into_iter().map(|quantity| Way {
        entry: Entry {
            group: t!("See"),
            icon: "gauge".into(),
            name: t!("Where {name} comes from", name = say(quantity.name())),
            ..Entry::default()
        },
        message: Message::Open(Overlay::Result(quantity)),
    }));
    ways.extend(templates::ALL.iter().filter_map(|template| {
        let plan = template.plan().ok()?;
        Some(Way {
            entry: Entry {
                group: t!("Start from"),
                icon: "templates".into(),
                name: plan.title,
                aside: t!("replaces the drawing; undo brings yours back").to_owned(),
                ..Entry::default()
            },
            message: Message::LoadTemplate(*template),
        })
    }));
    ways.push(Way {
        entry: Entry {
            group: t!("Start from"),
            icon: "plus".into(),
            name: t!("An empty drawing").to_owned(),
            aside: t!("replaces the drawing; undo brings yours back").to_owned(),
            ..Entry::default()
        },
        message: Message::StartEmpty,
    });
    ways.extend(export::ALL.iter().map(|export| Way {
        entry: Entry {
            group: t!("Export"),
            icon: "download".into(),
            name: t!("Export: {name}", name = say(export.name)),
            aside: t!(
                "a file that ends in .{extension}",
                extension = export.extension
            ),
            ..Entry::default()
        },
        message: Message::Export(export.id),
    }));
    ways.extend(parts::ways(shown));
    ways
}
