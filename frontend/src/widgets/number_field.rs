//! A number with its unit: says what it means, what is legal, and what holds when nothing is set.

use yew::prelude::*;

use super::icon::{Size, icon};
use super::{dom, format};

/// What stands beside a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Its label.
    #[default]
    Label,
    /// Its label, and buttons for one less and one more.
    Steps,
    /// Nothing: the label is there for screen readers alone.
    Nothing,
}

/// A labelled number with its unit.
#[derive(Properties, PartialEq)]
pub(crate) struct NumberFieldProps {
    /// The id of the element, for its label.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// What is counted, empty for a plain count or ratio.
    #[prop_or_default]
    pub unit: AttrValue,
    /// What the user has set, if anything.
    pub value: Option<f64>,
    /// What holds when nothing is set, as shown in the empty field.
    #[prop_or_default]
    pub default: Option<f64>,
    /// What the empty field shows when there is no default.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The smallest legal number.
    #[prop_or(f64::MIN)]
    pub min: f64,
    /// The largest legal number.
    #[prop_or(f64::MAX)]
    pub max: f64,
    /// Whether only whole numbers are legal.
    #[prop_or_default]
    pub whole: bool,
    /// How far an arrow key goes; a tenth of the number's size when absent.
    #[prop_or_default]
    pub step: Option<f64>,
    /// Whether there is no way back to nothing set.
    #[prop_or_default]
    pub required: bool,
    /// What stands beside the number.
    #[prop_or_default]
    pub look: Beside,
    /// What it means, in a sentence.
    #[prop_or_default]
    pub explanation: AttrValue,
    /// Where the default comes from, in a few words.
    #[prop_or_default]
    pub origin: AttrValue,
    /// Whether the explanation is in sight, and not only in a tooltip.
    #[prop_or_default]
    pub explained: bool,
    /// Another number was set, or none.
    pub on_change: Callback<Option<f64>>,
}

impl NumberFieldProps {
    fn problem(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return self.required.then(|| self.legal());
        }
        let is_legal = format::parse(text).is_some_and(|value| {
            (self.min..=self.max).contains(&value) && (!self.whole || value.fract() == 0.0)
        });
        (!is_legal).then(|| self.legal())
    }

    /// What is legal, as a sentence.
    fn legal(&self) -> String {
        let with_unit = |value| format::Figure::new(format::exact(value), self.unit.to_string());
        let low = format::exact(self.min);
        match (self.whole, self.min > f64::MIN, self.max < f64::MAX) {
            (true, true, true) => {
                t!(
                    "A whole number from {low} to {high}.",
                    low,
                    high = with_unit(self.max)
                )
            }
            (false, true, true) => {
                t!(
                    "A number from {low} to {high}.",
                    low,
                    high = with_unit(self.max)
                )
            }
            (true, true, false) => {
                t!(
                    "A whole number of at least {low}.",
                    low = with_unit(self.min)
                )
            }
            (false, true, false) => t!("A number of at least {low}.", low = with_unit(self.min)),
            (true, false, true) => {
                t!(
                    "A whole number of at most {high}.",
                    high = with_unit(self.max)
                )
            }
            (false, false, true) => t!("A number of at most {high}.", high = with_unit(self.max)),
            (true, false, false) => t!("A whole number.").to_owned(),
            (false, false, false) => t!("A number.").to_owned(),
        }
    }

    /// The number one step further from `text`, within what is legal.
    fn stepped(&self, text: &str, direction: f64) -> f64 {
        let from = format::parse(text)
            .or(self.value)
            .or(self.default)
            .unwrap_or(0.0);
        let step = self.step.unwrap_or_else(|| own_step(from, self.whole));
        let next = (from + direction * step).clamp(self.min, self.max);
        // Steps are decimal; the sum of two decimals is not always one.
        (next * 1e9).round() / 1e9
    }

    /// What holds without a value of one's own, and who says so.
    fn default_words(&self) -> Option<String> {
        let origin = &self.origin;
        let default = format::Figure::new(format::exact(self.default?), self.unit.to_string());
        Some(match (self.value.is_some(), origin.is_empty()) {
            (true, true) => t!("Without your value: {default}.", default),
            (true, false) => t!("Without your value: {default} ({origin}).", default, origin),
            (false, true) => t!("Now {default}.", default),
            (false, false) => t!("Now {default} ({origin}).", default, origin),
        })
    }
}

/// A tenth of the number's order of magnitude, 1 for whole numbers.
fn own_step(value: f64, whole: bool) -> f64 {
    if whole || value == 0.0 {
        return 1.0;
    }
    10_f64.powf((value.abs().log10() + 1e-9).floor() - 1.0)
}

/// Draws a labelled number with its unit.
#[component]
pub(crate) fn NumberField(props: &NumberFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let shown = props.value.map(format::exact).unwrap_or_default();
    let text = draft.as_deref().unwrap_or(&shown).to_owned();
    let problem = props.problem(&text).filter(|_| draft.is_some());

    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(Some(dom::value(&event)))
    };
    let finish = {
        let (draft, on_change, value) = (draft.clone(), props.on_change.clone(), props.value);
        let is_legal = props.problem(&text).is_none();
        move || {
            if let (Some(text), true) = (draft.as_deref(), is_legal) {
                let next = format::parse(text);
                if next != value {
                    on_change.emit(next);
                }
            }
            // What is not legal is not kept; the field shows what holds.
            draft.set(None);
        }
    };
    let step = {
        let (draft, on_change, value) = (draft.clone(), props.on_change.clone(), props.value);
        let (up, down) = (props.stepped(&text, 1.0), props.stepped(&text, -1.0));
        move |direction: f64| {
            let next = if direction > 0.0 { up } else { down };
            draft.set(None);
            if Some(next) != value {
                on_change.emit(Some(next));
            }
        }
    };
    let onblur = {
        let finish = finish.clone();
        move |_: FocusEvent| finish()
    };
    let onkeydown = {
        let (draft, step) = (draft.clone(), step.clone());
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => finish(),
                "Escape" => draft.set(None),
                "ArrowUp" => {
                    event.prevent_default();
                    step(1.0);
                }
                "ArrowDown" => {
                    event.prevent_default();
                    step(-1.0);
                }
                _ => {}
            }
        }
    };
    let (is_bare, is_stepped) = (props.look == Beside::Nothing, props.look == Beside::Steps);
    let is_own = props.value.is_some() && props.default.is_some();
    let default_words = props.default_words();
    let explanation = (!props.explanation.is_empty()).then(|| props.explanation.to_string());
    let hint: Vec<String> = explanation.iter().chain(&default_words).cloned().collect();
    let hint = hint.join(" ");
    let seen = match (props.explained, is_own) {
        (true, _) => Some(hint.clone()),
        (false, true) => default_words,
        (false, false) => None,
    };
    let (hint_id, problem_id) = (
        format!("{}-hint", props.id),
        format!("{}-problem", props.id),
    );
    let described_by = match (&problem, hint.is_empty()) {
        (Some(_), true) => Some(problem_id.clone()),
        (Some(_), false) => Some(format!("{problem_id} {hint_id}")),
        (None, false) => Some(hint_id.clone()),
        (None, true) => None,
    };
    let placeholder = props
        .default
        .map_or_else(|| props.placeholder.to_string(), format::exact);
    let current = props.value.or(props.default);
    html! {
        <div class={classes!("field", is_own.then_some("is-own"), is_bare.then_some("field--bare"))}>
            <label
                class={if is_bare { "visually-hidden" } else { "field__label" }}
                for={props.id.clone()}
                data-tooltip={(!props.explained && !is_bare && !hint.is_empty()).then(|| hint.clone())}
                data-tooltip-side="start"
            >
                { &props.label }
            </label>
            <div class="number">
                <span class="slot">
                    { for is_stepped.then(|| step_button(props, "minus", -1.0, current, &step)) }
                </span>
                <input
                    class="number__input"
                    id={props.id.clone()}
                    type="text"
                    inputmode={if props.whole { "numeric" } else { "decimal" }}
                    autocomplete="off"
                    value={text}
                    {placeholder}
                    aria-describedby={described_by}
                    aria-invalid={problem.is_some().to_string()}
                    {oninput}
                    {onblur}
                    {onkeydown}
                />
                <span class="slot">
                    { for (!props.unit.is_empty()).then(|| html! { <span class="number__unit">{ &props.unit }</span> }) }
                </span>
                <span class="slot">
                    { for is_stepped.then(|| step_button(props, "plus", 1.0, current, &step)) }
                </span>
            </div>
            <div class="slot" aria-live="polite">
                { for problem.map(|problem| html! { <p class="field__problem" id={problem_id}>{ problem }</p> }) }
            </div>
            <div class="slot">
                { for (!hint.is_empty()).then(|| html! { <p class="visually-hidden" id={hint_id}>{ hint.clone() }</p> }) }
            </div>
            <div class="slot">
                { for seen.map(|seen| html! {
                    <p class="field__hint">
                        { seen }
                        <span class="slot">{ for (is_own && !props.required).then(|| reset(props)) }</span>
                    </p>
                }) }
            </div>
        </div>
    }
}

fn step_button(
    props: &NumberFieldProps,
    picture: &'static str,
    direction: f64,
    current: Option<f64>,
    step: &(impl Fn(f64) + Clone + 'static),
) -> Html {
    let words = if direction > 0.0 {
        t!("One more: {label}", label = props.label)
    } else {
        t!("One fewer: {label}", label = props.label)
    };
    let at_end = match current {
        Some(current) if direction > 0.0 => current >= props.max,
        Some(current) => current <= props.min,
        None => false,
    };
    let step = step.clone();
    html! {
        <button
            type="button"
            class="number__step"
            aria-label={words}
            disabled={at_end}
            onclick={move |_: MouseEvent| step(direction)}
        >
            { icon(picture, Size::Normal) }
        </button>
    }
}

fn reset(props: &NumberFieldProps) -> Html {
    let onclick = props.on_change.reform(|_: MouseEvent| None);
    html! {
        <button
            type="button"
            class="field__reset"
            aria-label={t!("Use the default for {label}", label = props.label)}
            {onclick}
        >
            { t!("Use the default") }
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn props(min: f64, max: f64) -> NumberFieldProps {
        NumberFieldProps {
            id: "x".into(),
            label: "Data".into(),
            unit: "GB".into(),
            value: None,
            default: Some(20.0),
            placeholder: AttrValue::default(),
            min,
            max,
            whole: false,
            step: None,
            required: false,
            look: Beside::Label,
            explanation: "How much.".into(),
            origin: "from the offer".into(),
            explained: false,
            on_change: Callback::noop(),
        }
    }

    #[test]
    fn what_is_not_legal_is_named_with_the_range() {
        let field = props(0.1, 8760.0);
        assert_eq!(
            field.problem("-3").as_deref(),
            Some("A number from 0.1 to 8,760\u{a0}GB.")
        );
        assert_eq!(field.problem("8,760"), None);
        assert_eq!(field.problem(""), None);
        assert!(field.problem("many").is_some());
        let whole = NumberFieldProps {
            whole: true,
            required: true,
            ..props(1.0, f64::MAX)
        };
        assert_eq!(
            whole.problem("1.5").as_deref(),
            Some("A whole number of at least 1\u{a0}GB.")
        );
        assert!(whole.problem("").is_some());
    }

    #[test]
    fn arrows_step_by_a_tenth_of_the_size_and_stop_at_the_ends() {
        let field = props(0.0, 250.0);
        assert_eq!(field.stepped("", 1.0), 21.0);
        assert_eq!(field.stepped("200", 1.0), 210.0);
        assert_eq!(field.stepped("0.3", -1.0), 0.29);
        assert_eq!(field.stepped("245", 1.0), 250.0);
        assert_eq!(field.stepped("0", -1.0), 0.0);
    }

    #[test]
    fn the_default_is_told_once_the_value_is_your_own() {
        let field = props(0.0, 250.0);
        let words =
            |field: &NumberFieldProps| field.default_words().unwrap().replace('\u{a0}', " ");
        assert_eq!(words(&field), "Now 20 GB (from the offer).");
        let own = NumberFieldProps {
            value: Some(50.0),
            ..field
        };
        assert_eq!(words(&own), "Without your value: 20 GB (from the offer).");
    }
}
