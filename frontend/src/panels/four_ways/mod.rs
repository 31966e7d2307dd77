//! Four ways: the same architecture on each kind of hosting side by side, to choose from.

mod measures;
mod reach;
mod stands;
mod work_out;

use std::rc::Rc;

use model::components::Layer;
use model::evaluate::LineItem;
use model::four_ways::{Mapping, Way};
use model::order::Order as _;
use model::plan::HostingKind;
use yew::prelude::*;

use super::miniature::miniature;
use super::words::charge_in_sentence;
use super::{Shown, name_of};
use crate::state::{Message, Notice, Tone};
use crate::texts::{fill, say};
use crate::widgets::dialog::Dialog;
use crate::widgets::format::{self, Figure};
use crate::widgets::icon::{Size, icon, icon_of};
use crate::widgets::severity::{Weight, tag};

use measures::{MEASURES, Measure, Reading, best};
use stands::{hosted_on, offer_of, stands};
use work_out::use_ways;

/// More components than this are not listed one by one.
const MOST_LISTED: usize = 100;

/// Charges that are named.
const CHARGES: usize = 3;

/// The same architecture in four ways.
#[derive(Properties, PartialEq)]
pub(crate) struct FourWaysProps {
    /// What is shown.
    pub shown: Shown,
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the four ways.
#[component]
pub(crate) fn FourWays(props: &FourWaysProps) -> Html {
    let (shown, send) = (&props.shown, &props.send);
    let ways = use_ways(shown);
    let says_why = use_state_eq(|| false);
    let columns: Vec<Column> = HostingKind::ALL
        .into_iter()
        .enumerate()
        .map(|(index, kind)| Column {
            kind,
            way: ways.get(index).cloned(),
        })
        .collect();
    let is_done = ways.len() == columns.len();
    let toggle_why = {
        let says_why = says_why.clone();
        Callback::from(move |_: MouseEvent| says_why.set(!*says_why))
    };
    html! {
        <Dialog
            id="four-ways-title"
            title={t!("Four ways to host it")}
            class="ways"
            on_close={send.reform(|()| Message::Close)}
        >
            <p class="ways__lead" role="status">{ verdict(shown, &ways) }</p>
            <table class="ways__table" aria-labelledby="four-ways-title" aria-busy={(!is_done).to_string()}>
                <thead class="ways__head">
                    <tr>
                        <td class="ways__corner" rowspan="2">
                            <span>{ t!("The same drawing, hosted as") }</span>
                        </td>
                        { for columns.iter().map(|column| column.heading(shown)) }
                    </tr>
                    <tr class="ways__choices">
                        { for columns.iter().map(|column| column.choice(shown, send)) }
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row" class="ways__label">{ t!("Drawing") }<span class="ways__now">{ t!("each card in its kind's colour and pattern") }</span></th>
                        { for columns.iter().map(|column| column.cell("ways__drawing", |way| html! {
                            <>
                                { miniature(&way.plan, "ways__picture") }
                                <span class="visually-hidden">{ drawing_words(way) }</span>
                            </>
                        })) }
                    </tr>
                    { for MEASURES.iter().map(|measure| measure_row(shown, &columns, measure)) }
                </tbody>
                <tbody>
                    <tr key="reach" data-measure="reach">
                        <th scope="row" class="ways__label">
                            { t!("Room to grow") }
                            <span class="ways__now">{ reach::now(&shown.evaluation) }</span>
                        </th>
                        { for columns.iter().map(|column| column.cell("ways__reach", |way| reach::reach(shown, way))) }
                    </tr>
                    { layers_row(shown, &columns) }
                    { charges_row(shown, &columns) }
                </tbody>
                <tbody>
                    <tr class="ways__group">
                        <th scope="rowgroup" colspan="5">
                            <span class="ways__group-text">
                                <span>{ t!("What stands on what") }</span>
                                <button type="button" class="button button--small" aria-pressed={says_why.to_string()} onclick={toggle_why}>
                                    { icon("info", Size::Small) }
                                    { t!("Say why") }
                                </button>
                            </span>
                        </th>
                    </tr>
                    { for mapping_rows(shown, &columns, *says_why) }
                </tbody>
            </table>
            <p class="ways__note">{ rule_words(shown) }</p>
        </Dialog>
    }
}

/// One of the four, known or not yet.
struct Column {
    kind: HostingKind,
    way: Option<Rc<Way>>,
}

impl Column {
    fn class(&self) -> &'static str {
        match self.kind {
            HostingKind::BareMetal => "kind--bare_metal",
            HostingKind::Vps => "kind--vps",
            HostingKind::Iaas => "kind--iaas",
            HostingKind::Paas => "kind--paas",
        }
    }

    /// The kind with its colour, pattern and icon, and who it is had from.
    fn heading(&self, shown: &Shown) -> Html {
        let provider = self.way.as_ref().map(|way| {
            let id = way.provider.as_deref();
            let provider = id.and_then(|id| shown.catalog.provider(id));
            provider.map_or(t!("nothing to move"), |provider| provider.name.as_str())
        });
        html! {
            <th scope="col" class={classes!("ways__kind", self.class())} key={self.kind.id()}>
                <span class="swatch ways__band" aria-hidden="true" />
                <span class="ways__name">
                    { icon_of(self.kind.id(), Size::Large, "ways__icon") }
                    { say(self.kind.name()) }
                    <span class="ways__provider">{ provider.unwrap_or(t!("working it out")) }</span>
                </span>
            </th>
        }
    }

    /// Whether it carries the peak, and the button that makes the plan so.
    fn choice(&self, shown: &Shown, send: &Callback<Message>) -> Html {
        let class = classes!("ways__cell", self.class());
        let Some(way) = &self.way else {
            return html! { <td {class} key={self.kind.id()}>{ waiting() }</td> };
        };
        let verdict = if way.carries_peak() {
            (Weight::Good, t!("carries the peak"))
        } else {
            (Weight::Error, t!("does not carry the peak"))
        };
        let exceptions = way.exceptions().count();
        let is_now = Rc::ptr_eq(&way.plan, &shown.plan);
        let label = if is_now {
            t!("Your plan now")
        } else {
            t!("Adopt")
        };
        let name = (!is_now).then(|| t!("Adopt {name}", name = say(self.kind.name())));
        let (kind, adopt) = (self.kind, way.adopt.clone());
        let onclick = send.reform(move |_: MouseEvent| Message::Edit(adopt.clone()));
        let (close, tell) = (send.clone(), send.clone());
        let onclick = Callback::from(move |event: MouseEvent| {
            onclick.emit(event);
            close.emit(Message::Close);
            let words = t!(
                "Everything that can be is on {name} now.",
                name = say(kind.name())
            );
            let notice = Notice::new(Tone::Done, words).with_action(t!("Undo"), Message::Undo);
            tell.emit(Message::Notify(notice));
        });
        html! {
            <td {class} key={self.kind.id()}>
                <div class="ways__choice">
                    <button
                        type="button"
                        class="button ways__adopt"
                        data-adopt={self.kind.id()}
                        aria-label={name}
                        disabled={is_now}
                        {onclick}
                    >
                        { label }
                    </button>
                    { tag(verdict.0, verdict.1) }
                    <span class="slot">
                        { for (exceptions > 0).then(|| tag(Weight::Medium, &tn!(exceptions; "{count} not this way", "{count} not this way"))) }
                    </span>
                </div>
            </td>
        }
    }

    /// A cell that is drawn from the way once that is known.
    fn cell(&self, class: &'static str, draw: impl FnOnce(&Way) -> Html) -> Html {
        let content = self.way.as_ref().map_or_else(waiting, |way| draw(way));
        html! {
            <td class={classes!("ways__cell", class, self.class())} key={self.kind.id()}>{ content }</td>
        }
    }
}

fn waiting() -> Html {
    html! { <span class="ways__waiting">{ "…" }</span> }
}

/// What decides, in a sentence or two.
fn verdict(shown: &Shown, ways: &[Rc<Way>]) -> String {
    if ways.len() < HostingKind::ALL.len() {
        return t!("Working out what each component would stand on…").to_owned();
    }
    let able: Vec<&Rc<Way>> = ways
        .iter()
        .filter(|way| way.carries_peak() && way.evaluation.totals.not_priced == 0)
        .collect();
    let least = |sum: fn(&Way) -> f64| {
        let least = able.iter().min_by(|a, b| sum(a).total_cmp(&sum(b)))?;
        let text = format::money(sum(least), shown.currency());
        Some((least.kind, text))
    };
    let cash = least(|way| way.evaluation.totals.cost_month.0);
    let loaded = least(|way| way.evaluation.totals.cost_loaded_month.0);
    let (Some((cash, cash_text)), Some((loaded, loaded_text))) = (cash, loaded) else {
        return t!("No way carries the peak with every price known.").to_owned();
    };
    let rate = shown.plan.assumptions.get("day_rate").base;
    let rate = format::money(rate, shown.currency());
    if cash == loaded {
        return t!(
            "{name} costs least: {cash_text} a month in cash, and {loaded_text} with your work at {rate} a day.",
            name = say(cash.name()),
            cash_text,
            loaded_text,
            rate
        );
    }
    t!(
        "{name} costs the least cash, {cash_text} a month. Once your work counts at {rate} a day, {other} costs least: {loaded_text}.",
        name = say(cash.name()),
        cash_text,
        rate,
        other = say(loaded.name()),
        loaded_text
    )
}

/// How the offers were chosen.
fn rule_words(shown: &Shown) -> String {
    let ceiling = shown.plan.assumptions.get("planning_ceiling").base;
    t!(
        "Each component moves to the cheapest offer that is at most {share} busy at the peak and has room for its memory and data, as far as possible at one provider, with as many instances to spare as now. List prices without tax. Adopting a column is one step that you can undo.",
        share = format::percent(ceiling)
    )
}

fn drawing_words(way: &Way) -> String {
    let moved = way.mappings.len() - way.exceptions().count();
    tn!(
        way.mappings.len();
        "{moved} of {count} component on {name}",
        "{moved} of {count} components on {name}",
        moved,
        name = say(way.kind.name())
    )
}

/// One of the six numbers: a figure, a bar on a common scale, the best one marked, and what changes.
fn measure_row(shown: &Shown, columns: &[Column], measure: &Measure) -> Html {
    let now = (measure.read)(shown, &shown.evaluation);
    let readings: Vec<Option<Reading>> = columns
        .iter()
        .map(|column| Some((measure.read)(shown, &column.way.as_ref()?.evaluation)))
        .collect();
    let known: Vec<Reading> = readings.iter().flatten().cloned().collect();
    let marks = if known.len() == columns.len() {
        best(&known)
    } else {
        vec![false; columns.len()]
    };
    let most = known
        .iter()
        .filter_map(|reading| reading.amount)
        .fold(0.0, f64::max);
    html! {
        <tr key={measure.id} data-measure={measure.id}>
            <th scope="row" class="ways__label">
                { say(measure.name) }
                <span class="ways__now">{ t!("now {figure}", figure = within_sentence(&now.figure)) }</span>
            </th>
            { for columns.iter().zip(&readings).zip(marks).map(|((column, reading), is_best)| {
                column.cell("ways__measure", |_| html! {
                    <>{ for reading.iter().map(|reading| figure(shown, column.kind, measure, reading, &now, most, is_best)) }</>
                })
            }) }
        </tr>
    }
}

/// A figure inside a sentence: only `Nothing` is a word.
fn within_sentence(figure: &Figure) -> String {
    if figure.value == t!("Nothing") {
        t!("nothing").to_owned()
    } else {
        figure.to_string().trim_end().to_owned()
    }
}

fn figure(
    shown: &Shown,
    kind: HostingKind,
    measure: &Measure,
    reading: &Reading,
    now: &Reading,
    most: f64,
    is_best: bool,
) -> Html {
    let share = reading
        .amount
        .filter(|_| most > 0.0)
        .map_or(if reading.amount.is_none() { 1.0 } else { 0.0 }, |amount| {
            amount / most
        });
    html! {
        <div class="ways__reading" key={measure.id}>
            <p class="ways__figure">
                <span class="ways__value">{ &reading.figure.value }</span>
                { " " }
                <span class="ways__unit">{ &reading.figure.unit }</span>
                <span class="ways__best">{ for is_best.then(|| tag(Weight::Good, t!("best"))) }</span>
            </p>
            { if reading.amount.is_some() { bar(kind, share) } else { filled(share, "url(#saturated)".to_owned()) } }
            <p class="ways__aside">
                { delta(shown, measure, reading, now) }
                <span class="ways__said">{ &reading.note }</span>
            </p>
        </div>
    }
}

/// A share as a bar in the pattern of a kind of hosting.
fn bar(kind: HostingKind, share: f64) -> Html {
    filled(share, format!("url(#kind-{})", kind.id()))
}

fn filled(share: f64, fill: String) -> Html {
    let width = format!("{}%", format::attribute(share.clamp(0.0, 1.0) * 100.0));
    html! {
        <svg class="ways__bar" aria-hidden="true">
            <rect class="ways__track" width="100%" height="100%" />
            <rect class="ways__ground" width={width.clone()} height="100%" />
            <rect {width} height="100%" {fill} />
        </svg>
    }
}

/// How much better or worse it is than now.
fn delta(shown: &Shown, measure: &Measure, reading: &Reading, now: &Reading) -> Html {
    let (Some(then), Some(before)) = (reading.amount, now.amount) else {
        return html! { <span class="slot" /> };
    };
    let size = (then - before).abs();
    let amount = (measure.difference)(shown, size);
    let is_seen = amount.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if reading.figure == now.figure || !is_seen {
        return html! { <span class="ways__same">{ t!("as now") }</span> };
    }
    let (weight, arrow, words) = if then < before {
        (Weight::Good, "arrow-down", measure.words.0)
    } else {
        (Weight::High, "arrow-up", measure.words.1)
    };
    html! {
        <span class={classes!("ways__delta", weight.class())}>
            { icon(arrow, Size::Small) }
            { fill(say(words), &[("amount", &amount)]) }
            <span class="visually-hidden">{ " " }{ t!("than now;") }</span>
        </span>
    }
}

/// The seven layers, those that are yours filled.
fn layers_row(shown: &Shown, columns: &[Column]) -> Html {
    let now = shown.evaluation.totals.yours.len();
    html! {
        <tr key="layers" data-measure="layers">
            <th scope="row" class="ways__label">
                { t!("Yours to run") }
                <span class="ways__now">{ t!("now {now} of {all} layers", now, all = Layer::ALL.len()) }</span>
            </th>
            { for columns.iter().map(|column| column.cell("ways__layers", |way| {
                let yours = &way.evaluation.totals.yours;
                html! {
                    <>
                        <ul class="ways__strip" aria-label={t!("{yours} of {all} layers are yours", yours = yours.len(), all = Layer::ALL.len())}>
                            { for Layer::ALL.iter().rev().map(|layer| {
                                let is_yours = yours.contains(layer);
                                let class = classes!("ways__layer", is_yours.then_some("ways__layer--yours"));
                                let whose = if is_yours { t!("yours") } else { t!("theirs") };
                                html! { <li {class} key={layer.name()}>{ say(layer.name()) }<span class="ways__whose">{ whose }</span></li> }
                            }) }
                        </ul>
                    </>
                }
            })) }
        </tr>
    }
}

/// The largest charges of the bill.
fn charges_row(shown: &Shown, columns: &[Column]) -> Html {
    html! {
        <tr key="charges" data-measure="charges">
            <th scope="row" class="ways__label">
                { t!("Largest charges") }
                <span class="ways__now">{ t!("of a month") }</span>
            </th>
            { for columns.iter().map(|column| column.cell("ways__charges", |way| {
                let mut charges: Vec<(String, &LineItem)> = way
                    .evaluation
                    .components
                    .iter()
                    .flat_map(|(id, component)| component.line_items.iter().map(move |item| (shown.name(id), item)))
                    .filter(|(_, item)| item.month.0 > 0.0)
                    .collect();
                charges.order_by(|a, b| b.1.month.0.total_cmp(&a.1.month.0));
                html! {
                    <ol class="ways__terms">
                        { for charges.iter().take(CHARGES).enumerate().map(|(index, (name, item))| html! {
                            <li key={index}>
                                <span>{ format!("{name}: {}", charge_in_sentence(item)) }</span>
                                <span class="ways__sum">{ format::money(item.month.0, shown.currency()) }</span>
                            </li>
                        }) }
                    </ol>
                }
            })) }
        </tr>
    }
}

/// What each component stands on in each way.
fn mapping_rows(shown: &Shown, columns: &[Column], says_why: bool) -> Vec<Html> {
    let hosted: Vec<&std::rc::Rc<model::plan::Component>> = shown
        .plan
        .components
        .iter()
        .filter(|component| {
            let mut known = columns.iter().filter_map(|column| column.way.as_ref());
            known.any(|way| mapping_of(way, &component.id).is_some())
        })
        .collect();
    let more = hosted.len().saturating_sub(MOST_LISTED);
    let mut rows: Vec<Html> = hosted
        .iter()
        .take(MOST_LISTED)
        .map(|component| {
            let now = hosted_on(shown, offer_of(component), component.instances.unwrap_or(1.0));
            html! {
                <tr key={component.id.as_str()} data-mapping={component.id.to_string()}>
                    <th scope="row" class="ways__label">
                        <span class="ways__component">
                            { icon(&component.kind, Size::Normal) }
                            { name_of(component) }
                        </span>
                        <span class="ways__now">{ t!("now {now}", now) }</span>
                    </th>
                    { for columns.iter().map(|column| column.cell("ways__stands", |way| {
                        mapping_of(way, &component.id).map_or_else(waiting, |mapping| stands(shown, way, mapping, says_why))
                    })) }
                </tr>
            }
        })
        .collect();
    if more > 0 {
        rows.push(html! {
            <tr key="more of them"><td class="ways__rest" colspan="5">{ tn!(more; "and {count} more", "and {count} more") }</td></tr>
        });
    }
    rows
}

fn mapping_of<'w>(way: &'w Way, id: &str) -> Option<&'w Mapping> {
    way.mappings.iter().find(|mapping| mapping.component == *id)
}
