//! How the page shows itself: large for a projector, without panels, with requests that run.

/// Drawings of so many components have a mini-map.
pub(crate) const MAPPED: usize = 60;

/// How the page shows itself; no part of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each may hold beside any other"
)]
pub(crate) struct Display {
    /// Large type, strong contrast and a ring round the pointer.
    pub projector: bool,
    /// The drawing and the numbers alone.
    pub bare: bool,
    /// Requests run along the connections.
    pub flow: bool,
    /// Large drawings come without a mini-map.
    pub mapless: bool,
}

/// One of the ways in which the page shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DisplaySwitch {
    /// Large type, strong contrast and a ring round the pointer.
    Projector,
    /// The drawing and the numbers alone.
    Bare,
    /// Requests run along the connections.
    Flow,
    /// A mini-map of large drawings.
    Map,
}

impl Display {
    /// The words for it in storage and in the page.
    pub(crate) fn words(self) -> String {
        let words = [
            (self.projector, "projector"),
            (self.bare, "bare"),
            (self.flow, "flow"),
            (self.mapless, "mapless"),
        ];
        let chosen = words.iter().filter(|(is_on, _)| *is_on);
        chosen.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    }

    /// What these words say; others say nothing.
    pub(crate) fn from_words(words: &str) -> Self {
        let says = |wanted: &str| words.split(' ').any(|word| word == wanted);
        Self {
            projector: says("projector"),
            bare: says("bare"),
            flow: says("flow"),
            mapless: says("mapless"),
        }
    }

    /// The same with one of them turned over.
    pub(crate) fn switched(self, switch: DisplaySwitch) -> Self {
        match switch {
            DisplaySwitch::Projector => Self {
                projector: !self.projector,
                ..self
            },
            DisplaySwitch::Bare => Self {
                bare: !self.bare,
                ..self
            },
            DisplaySwitch::Flow => Self {
                flow: !self.flow,
                ..self
            },
            DisplaySwitch::Map => Self {
                mapless: !self.mapless,
                ..self
            },
        }
    }

    /// What is said when one of them was turned over.
    pub(crate) fn spoken(self, switch: DisplaySwitch) -> &'static str {
        match switch {
            DisplaySwitch::Projector if self.projector => t!("Large for a projector."),
            DisplaySwitch::Projector => t!("Usual size."),
            DisplaySwitch::Bare if self.bare => t!("Panels are hidden. Escape shows them."),
            DisplaySwitch::Bare => t!("Panels are shown."),
            DisplaySwitch::Flow if self.flow => t!("Requests run along the connections."),
            DisplaySwitch::Flow => t!("Connections stand still."),
            DisplaySwitch::Map if self.mapless => t!("The mini-map is hidden."),
            DisplaySwitch::Map => t!("The mini-map is shown."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_read_again() {
        let mut display = Display::default();
        assert_eq!(Display::from_words(&display.words()), display);
        for switch in [
            DisplaySwitch::Projector,
            DisplaySwitch::Bare,
            DisplaySwitch::Flow,
            DisplaySwitch::Map,
        ] {
            display = display.switched(switch);
            assert_eq!(Display::from_words(&display.words()), display);
        }
        assert_eq!(
            Display::from_words("projectors, bare-ish"),
            Display::default()
        );
    }
}
