//! How full something is: a bar, a figure, and a word once it matters.

use yew::prelude::*;

use super::format;
use super::severity::{Weight, tag};

/// Where a load is plain, busy, nearly full, or all that can be carried and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Load {
    /// Below 70 %.
    Plain,
    /// From 70 %.
    Busy,
    /// From 90 %.
    NearlyFull,
    /// From 100 %.
    Full,
}

impl Load {
    /// What a share is, 1 being all there is.
    pub(crate) fn of(share: f64) -> Self {
        match share {
            share if share >= 1.0 => Self::Full,
            share if share >= 0.9 => Self::NearlyFull,
            share if share >= 0.7 => Self::Busy,
            _ => Self::Plain,
        }
    }

    /// How it is said: weight and word; none where there is nothing to say.
    pub(crate) fn word(self) -> Option<(Weight, &'static str)> {
        match self {
            Self::Plain => None,
            Self::Busy => Some((Weight::Medium, t!("busy"))),
            Self::NearlyFull => Some((Weight::High, t!("nearly full"))),
            Self::Full => Some((Weight::Error, t!("full"))),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Plain => "meter__bar",
            Self::Busy => "meter__bar meter__bar--busy",
            Self::NearlyFull => "meter__bar meter__bar--full",
            // Its fill is the pattern named beside it.
            Self::Full => "meter__pattern",
        }
    }
}

/// A row of a list of bars.
pub(crate) struct Meter<'m> {
    /// What it is that fills.
    pub label: &'m str,
    /// How much of the track is filled; beyond 1 it stays full.
    pub share: f64,
    /// How that is meant.
    pub load: Load,
    /// The figure at the end.
    pub value: String,
    /// Weight and word beside the figure.
    pub word: Option<(Weight, &'m str)>,
    /// Where on the track a line stands.
    pub mark: Option<f64>,
    /// What else there is to say, below the bar.
    pub note: String,
}

impl<'m> Meter<'m> {
    /// How full something is, from 0; 1 and more is all it can do.
    pub(crate) fn of(label: &'m str, share: f64) -> Self {
        let load = Load::of(share);
        Self {
            label,
            share,
            load,
            value: format::percent(share),
            word: load.word(),
            mark: None,
            note: String::new(),
        }
    }

    /// Draws the row, named `key` among its neighbours.
    pub(crate) fn draw(self, key: String) -> Html {
        let percent = |share: f64| format!("{}%", format::attribute(share.clamp(0.0, 1.0) * 100.0));
        let fill = (self.load == Load::Full).then_some("url(#saturated)");
        html! {
            <div class="loads__row" {key}>
                <dt>{ self.label }</dt>
                <dd class="loads__meter">
                    <svg class="meter" aria-hidden="true">
                        <rect class="meter__track" width="100%" height="100%" />
                        <rect class={self.load.class()} width={percent(self.share)} height="100%" {fill} />
                        <g>
                            { for self.mark.map(|mark| {
                                let x = percent(mark);
                                html! { <line class="meter__mark" x1={x.clone()} x2={x} y2="100%" /> }
                            }) }
                        </g>
                    </svg>
                    <span class="loads__note">{ self.note }</span>
                </dd>
                <dd class="loads__value">{ self.value }</dd>
                <dd class="loads__word">{ for self.word.map(|(weight, word)| tag(weight, word)) }</dd>
            </div>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_comes_before_it_is_full_and_stays_beyond() {
        for (share, word) in [
            (0.0, None),
            (0.699, None),
            (0.7, Some(t!("busy"))),
            (0.9, Some(t!("nearly full"))),
            (1.0, Some("full")),
            (17.0, Some("full")),
            (f64::INFINITY, Some("full")),
        ] {
            assert_eq!(
                Load::of(share).word().map(|(_, word)| word),
                word,
                "{share}"
            );
        }
    }
}
