//! A quantity over several orders of magnitude, on a logarithmic scale.

use yew::prelude::*;

use super::dom;

/// A quantity on a logarithmic scale.
#[derive(Default)]
pub(crate) struct Slider {
    /// What it is, for screen readers.
    pub label: AttrValue,
    /// The quantity in words, for screen readers.
    pub text: AttrValue,
    /// The quantity.
    pub value: f64,
    /// The quantity at the left end, above 0.
    pub min: f64,
    /// The quantity at the right end.
    pub max: f64,
    /// It moves; comes often while it is dragged.
    pub on_move: Callback<f64>,
    /// It was let go.
    pub on_release: Callback<()>,
}

const STEPS: f64 = 200.0;

impl Slider {
    /// Draws it.
    pub(crate) fn draw(self) -> Html {
        let (min, max) = (self.min, self.max);
        let oninput = self.on_move.reform(move |event: InputEvent| {
            let step = dom::value(&event).parse().unwrap_or(0.0);
            value_at(step, min, max)
        });
        // Its own keys are no shortcuts of the page.
        let onkeydown = |event: KeyboardEvent| {
            if ["Arrow", "Page", "Home", "End"]
                .iter()
                .any(|key| event.key().starts_with(key))
            {
                event.stop_propagation();
            }
        };
        html! {
            <input
                type="range"
                class="slider"
                min="0"
                max={STEPS.to_string()}
                value={step_of(self.value, min, max).to_string()}
                aria-label={&self.label}
                aria-valuetext={&self.text}
                {oninput}
                onchange={self.on_release.reform(|_: Event| ())}
                {onkeydown}
            />
        }
    }
}

/// The step at which a quantity stands.
fn step_of(value: f64, min: f64, max: f64) -> f64 {
    let share = (value.max(min) / min).ln() / (max / min).ln();
    (share * STEPS).round().clamp(0.0, STEPS)
}

/// The quantity at a step, rounded to two digits.
fn value_at(step: f64, min: f64, max: f64) -> f64 {
    let exact = min * (max / min).powf(step / STEPS);
    let digit = 10_f64.powf(exact.log10().floor() - 1.0);
    if digit < 1.0 {
        // Dividing by a whole number keeps 0.1 from becoming 0.1000…01.
        let parts = (1.0 / digit).round();
        (exact * parts).round() / parts
    } else {
        (exact / digit).round() * digit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_exact_and_the_middle_is_the_geometric_mean() {
        assert_eq!(value_at(0.0, 0.1, 10_000.0), 0.1);
        assert_eq!(value_at(STEPS, 0.1, 10_000.0), 10_000.0);
        assert_eq!(value_at(STEPS / 2.0, 1.0, 10_000.0), 100.0);
        assert_eq!(step_of(100.0, 1.0, 10_000.0), STEPS / 2.0);
        assert_eq!(step_of(0.0, 0.1, 10_000.0), 0.0);
    }

    #[test]
    fn every_step_is_found_again_within_one() {
        for step in 0..=200 {
            let value = value_at(f64::from(step), 0.1, 100_000.0);
            assert!(
                (step_of(value, 0.1, 100_000.0) - f64::from(step)).abs() <= 1.0,
                "{step}"
            );
        }
    }
}
