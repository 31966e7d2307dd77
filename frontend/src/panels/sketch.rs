//! The plan as text: what is typed is drawn as soon as it can be read, and what cannot says where and why.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::plan::Plan;
use model::plan::sketch::{SketchError, read};
use model::plan::sketch_text::sketch_text;
use model::redraw::redraw;
use yew::prelude::*;

use crate::browser::element;
use crate::browser::timers::{self, Later};
use crate::state::Message;
use crate::texts::{self, say};
use crate::widgets::icon::{Size, icon};

/// The plan, and where messages go.
#[derive(Properties)]
pub(crate) struct SketchProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Whether it is what the last text became.
    pub is_redrawn: bool,
    /// Where messages go.
    pub send: Callback<Message>,
}

impl PartialEq for SketchProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.is_redrawn == other.is_redrawn
            && self.send == other.send
    }
}

/// What happens to the text.
pub(crate) enum Happening {
    /// This is what it says now.
    Typed(String),
    /// The hand rests, or left.
    Settled,
    /// It was scrolled.
    Scrolled,
    /// The faulty line of this number is wanted.
    Wanted(usize),
}

/// The text.
pub(crate) struct Sketch {
    area: NodeRef,
    gutter: NodeRef,
    /// What was typed, or written from the plan.
    text: String,
    /// The lines of it that cannot be read.
    errors: Vec<SketchError>,
    /// Why the plan is not as the text says, although it can be read.
    refusal: Option<String>,
    /// The plan that says what the notation cannot.
    origin: Rc<Plan>,
    settling: Option<Later>,
}

/// How long the hand rests before the text is read, in milliseconds.
const REST: u32 = 250;
/// No more faults are listed.
const MOST: usize = 20;
const FAULTS: &str = "sketch-faults";

/// What can be written, and what it means.
const NOTATION: &[(&str, &str)] = &[
    (
        "users -> app-server -> sql-database",
        text!("each calls the next"),
    ),
    ("shop:app-server", text!("a name and its type")),
    ("app-server*2@zone-a/zone-b", text!("two, in two places")),
    ("shop -> orders, pictures", text!("calls both")),
    ("shop ~> queue", text!("nobody waits for the answer")),
    ("shop ?> cache", text!("can be missed")),
    (
        "shop -[calls=3 need=any]-> orders",
        text!("three calls each; any one is enough"),
    ),
    (
        "users[rps=200 target_ms=300]",
        text!("how many ask, and how fast it shall be"),
    ),
    (
        "shop[kind=vps service_time_ms=20]",
        text!("what is set about it"),
    ),
    (
        "place zone-a: zone in region-1",
        text!("where things stand"),
    ),
    (
        "require cost.month <= 400",
        text!("what is asked of the plan"),
    ),
    ("# a remark", text!("is not read, and kept while you type")),
];

impl Component for Sketch {
    type Message = Happening;
    type Properties = SketchProps;

    fn create(ctx: &Context<Self>) -> Self {
        let origin = Rc::clone(&ctx.props().plan);
        Self {
            area: NodeRef::default(),
            gutter: NodeRef::default(),
            text: sketch_text(&origin).text,
            errors: Vec::new(),
            refusal: None,
            origin,
            settling: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &SketchProps) -> bool {
        let props = ctx.props();
        if Rc::ptr_eq(&props.plan, &before.plan) || props.is_redrawn {
            return true;
        }
        // The plan changed elsewhere: what was typed stays where the notation has no word for the change.
        let text = sketch_text(&props.plan).text;
        if !self.errors.is_empty() || sketch_text(&before.plan).text != text {
            self.text = text;
            self.errors.clear();
            self.refusal = None;
            self.settling = None;
        }
        self.origin = Rc::clone(&props.plan);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        match happening {
            Happening::Typed(text) => {
                self.text = text;
                let link = ctx.link().clone();
                self.settling = Some(timers::later(REST, move || {
                    link.send_message(Happening::Settled);
                }));
                true
            }
            Happening::Settled => self.settling.take().is_some() && self.draw(ctx),
            Happening::Scrolled => {
                element::scroll_to(&self.gutter, element::scrolled(&self.area));
                false
            }
            Happening::Wanted(index) => {
                if let Some(error) = self.errors.get(index) {
                    element::put_caret(&self.area, error.line, error.column);
                }
                false
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let faulty = !self.errors.is_empty() || self.refusal.is_some();
        let oninput = link.callback(|event: InputEvent| Happening::Typed(element::text_of(&event)));
        html! {
            <section class="sketch" aria-label={t!("Text")}>
                <div class="sketch__page">
                    <pre class="sketch__gutter" aria-hidden="true" ref={self.gutter.clone()}>{ for gutter(&self.text, &self.errors) }</pre>
                    <textarea
                        ref={self.area.clone()}
                        id="sketch-text"
                        class="sketch__text scroll"
                        aria-label={t!("The plan as text")}
                        aria-invalid={faulty.then_some("true")}
                        aria-describedby={FAULTS}
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        value={self.text.clone()}
                        {oninput}
                        onblur={link.callback(|_: FocusEvent| Happening::Settled)}
                        onscroll={link.callback(|_: Event| Happening::Scrolled)}
                    />
                </div>
                <div class="sketch__faults" id={FAULTS}>
                    <p class={classes!("sketch__state", faulty.then_some("severity--error"))} role="status">
                        { icon(if faulty { "error" } else { "check" }, Size::Small) }
                        { self.state() }
                    </p>
                    <ul class="sketch__list">
                        { for self.errors.iter().take(MOST).enumerate().map(|(index, error)| html! {
                            <li key={index}>
                                <button type="button" class="sketch__fault" onclick={link.callback(move |_: MouseEvent| Happening::Wanted(index))}>
                                    <span class="sketch__where">{ t!("Line {line}, column {column}", line = error.line, column = error.column) }</span>
                                    <span>{ texts::words(error.message()) }</span>
                                </button>
                            </li>
                        }) }
                    </ul>
                    <details class="sketch__help">
                        <summary>{ t!("How to write it") }</summary>
                        <dl>
                            { for NOTATION.iter().map(|(code, words)| html! {
                                <div key={*code}><dt><code>{ code }</code></dt><dd>{ say(words) }</dd></div>
                            }) }
                        </dl>
                        <p>{ t!("Names, positions, notes and what else the text has no word for stay with every part whose name in the text stays.") }</p>
                    </details>
                </div>
            </section>
        }
    }
}

impl Sketch {
    /// Makes the plan what the text says, where it can be read.
    fn draw(&mut self, ctx: &Context<Self>) -> bool {
        let (drawn, errors) = read(&self.text);
        self.errors = errors;
        self.refusal = None;
        if self.errors.is_empty() {
            match redraw(&self.origin, &drawn) {
                Ok(plan) => ctx.props().send.emit(Message::Redraw(Rc::new(plan))),
                Err(refusal) => self.refusal = Some(refusal.to_string()),
            }
        }
        true
    }

    /// What came of the text, in a sentence.
    fn state(&self) -> String {
        let what = match (self.errors.len(), &self.refusal) {
            (0, None) => return t!("The drawing is what the text says.").to_owned(),
            (0, Some(refusal)) => return refusal.clone(),
            (count, _) => tn!(
                count;
                "One line cannot be read.",
                "{count} lines cannot be read."
            ),
        };
        format!("{what} {}", t!("The drawing stays as it was until then."))
    }
}

/// The numbers of the lines, those of faulty ones set off.
fn gutter(text: &str, errors: &[SketchError]) -> Vec<Html> {
    let mut faulty: BTreeSet<usize> = BTreeSet::new();
    faulty.extend(errors.iter().map(|error| error.line));
    let mut parts = Vec::new();
    let mut run = String::new();
    for line in 1..=text.split('\n').count() {
        if faulty.contains(&line) {
            let before = std::mem::take(&mut run);
            parts.push(html! { <span>{ before }</span> });
            parts.push(html! { <span class="sketch__bad">{ format!("✕ {line}\n") }</span> });
        } else {
            run.push_str(&line.to_string());
            run.push('\n');
        }
    }
    parts.push(html! { <span>{ run }</span> });
    parts
}
