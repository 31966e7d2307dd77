//! What the six numbers are while something is taken away.

use model::evaluate::Survival;
use model::scenarios::{Aftermath, JourneyFate};

use super::super::Shown;
use super::super::take_away::verdict;
use super::super::words::resource_words;
use super::Answer;
use super::pictures::picture;
use crate::state::Quantity;
use crate::widgets::format::{self, Figure};

/// What a tile says while something is taken away; none for what that does not change.
pub(super) fn answer_without(
    shown: &Shown,
    aftermath: &Aftermath,
    quantity: Quantity,
) -> Option<Answer> {
    let journeys = &aftermath.journeys;
    let of = |fate: &JourneyFate, text: String| {
        if journeys.len() > 1 && !text.is_empty() {
            format!("{}: {text}", fate.name)
        } else {
            text
        }
    };
    let told = |fate: &JourneyFate| verdict(shown, aftermath, fate);
    let worst = journeys.iter().max_by(|a, b| {
        a.is_up
            .cmp(&b.is_up)
            .reverse()
            .then(a.verdict.cmp(&b.verdict))
    })?;
    let (_, word, why) = told(worst);
    let nothing = |value: &str, driver: String| Answer {
        figure: Figure::new(value, ""),
        picture: picture(vec![]),
        driver,
        state: Some("is-missing is-saturated"),
    };
    match quantity {
        Quantity::Down => {
            let down = journeys.iter().filter(|fate| !fate.is_up).count();
            Some(match (down, journeys.len()) {
                (0, _) => Answer {
                    figure: Figure::new(t!("Up"), t!("while it is gone")),
                    picture: picture(vec![]),
                    driver: of(worst, [word, why.as_str()].join("; ")),
                    state: None,
                },
                (_, 1) => nothing(t!("Down"), why),
                (down, all) => nothing(&t!("{down} of {all} down", down, all), of(worst, why)),
            })
        }
        Quantity::Response => {
            if !worst.is_up || worst.verdict == Survival::Overloaded {
                return Some(nothing(t!("No answer"), of(worst, why)));
            }
            let slow = journeys.iter().filter_map(|fate| Some((fate, fate.mean?)));
            let (fate, mean) = slow.max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
            let figure = format::duration(mean.0);
            let before = fate.mean_before.map_or_else(String::new, |before| {
                t!(
                    "{time} with everything there",
                    time = format::duration(before.0)
                )
            });
            Some(Answer {
                figure: Figure::new(figure.value, t!("{unit} on average", unit = figure.unit)),
                picture: picture(vec![]),
                driver: of(fate, before),
                state: None,
            })
        }
        Quantity::Carries => {
            if !worst.is_up {
                return Some(nothing(t!("Nothing"), of(worst, why)));
            }
            let tight = journeys
                .iter()
                .filter_map(|fate| Some((fate, fate.capacity?)))
                .min_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let (fate, capacity) = tight?;
            let first = fate.bottleneck.as_ref().map_or_else(String::new, |first| {
                let resource = resource_words(first.resource);
                t!(
                    "the {resource} of {name} is full first",
                    resource,
                    name = shown.name(&first.component)
                )
            });
            Some(Answer {
                figure: Figure::new(format::short(capacity.0), t!("requests/s")),
                picture: picture(vec![]),
                driver: of(fate, first),
                state: (fate.verdict == Survival::Overloaded).then_some("is-saturated"),
            })
        }
        Quantity::Costs | Quantity::Work | Quantity::WayOut => None,
    }
}
