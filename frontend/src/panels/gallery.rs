//! The starting plans, each with its drawing in small.

use model::components::component_type;
use model::diagram::{CARD_HEIGHT, CARD_WIDTH, Point, Rect, corner, routes};
use model::plan::{HostingKind, Plan};
use model::templates;
use yew::prelude::*;

use crate::state::Message;
use crate::widgets::dialog::Dialog;
use crate::widgets::format;

/// The starting plans in a dialog.
#[derive(Properties, PartialEq)]
pub(crate) struct GalleryProps {
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the starting plans.
#[component]
pub(crate) fn Gallery(props: &GalleryProps) -> Html {
    let send = &props.send;
    let plans = use_memo((), |()| {
        templates::ALL
            .iter()
            .filter_map(|template| Some((template.id, template.plan().ok()?)))
            .collect::<Vec<(&'static str, Plan)>>()
    });
    html! {
        <Dialog
            id="gallery-title"
            title="Starting plans"
            class="gallery"
            on_close={send.reform(|()| Message::Close)}
        >
            <p class="gallery__lead">
                { "Each adds one idea to the one before. Opening one replaces the drawing; undo brings yours back." }
            </p>
            <ul class="gallery__list">
                { for plans.iter().map(|(id, plan)| starter(id, plan, send)) }
                <li key="empty">
                    <button
                        type="button"
                        class="starter starter--empty"
                        onclick={send.reform(|_: MouseEvent| Message::StartEmpty)}
                    >
                        <svg class="starter__picture" viewBox="0 0 264 112" aria-hidden="true">
                            <rect class="mini__frame" x="92" y="32" width="80" height="48" rx="8" />
                            <path class="mini__frame" d="M132 46v20M122 56h20" stroke-dasharray="none" />
                        </svg>
                        <span class="starter__name">{ "Start empty" }</span>
                        <span class="starter__text">{ "A blank sheet, for the plan that you have in mind." }</span>
                    </button>
                </li>
                <li key="file">
                    <button
                        type="button"
                        class="starter starter--empty"
                        onclick={send.reform(|_: MouseEvent| Message::ChooseFile)}
                    >
                        <svg class="starter__picture" viewBox="0 0 264 112" aria-hidden="true">
                            <path class="mini__frame" d="M112 26h26l14 14v46h-40z" stroke-dasharray="none" />
                            <path class="mini__frame" d="M138 26v14h14M132 74V54M124 62l8-8 8 8" stroke-dasharray="none" />
                        </svg>
                        <span class="starter__name">{ "Open a file" }</span>
                        <span class="starter__text">{ "A plan that was exported before, from this page or by a script." }</span>
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

fn starter(id: &'static str, plan: &Plan, send: &Callback<Message>) -> Html {
    let peak: f64 = plan
        .journeys
        .iter()
        .filter_map(|journey| journey.peak_rps)
        .sum();
    let facts = format!(
        "{} · {} requests a second",
        format::count(plan.components.len(), "component", "components"),
        format::short(peak)
    );
    html! {
        <li key={id}>
            <button
                type="button"
                class="starter"
                data-template={id}
                onclick={send.reform(move |_: MouseEvent| Message::LoadTemplate(id))}
            >
                { picture(plan) }
                <span class="starter__name">{ &plan.title }</span>
                <span class="starter__text">{ &plan.notes }</span>
                <span class="starter__facts">{ facts }</span>
            </button>
        </li>
    }
}

/// Width and height of the drawing in small.
const FRAME: (f64, f64) = (264.0, 112.0);
/// Cards in small.
const NODE: (f64, f64) = (40.0, 28.0);

/// The drawing in small: the same geometry, with cards of a size of their own.
fn picture(plan: &Plan) -> Html {
    let corners: Vec<Point> = plan
        .components
        .iter()
        .filter_map(|component| corner(component))
        .collect();
    if corners.len() != plan.components.len() {
        return html! { <svg class="starter__picture mini" viewBox="0 0 264 112" aria-hidden="true" /> };
    }
    let scale = scale_of(&corners);
    let middle = middle_of(&corners);
    let place = |point: Point| Point {
        x: (FRAME.0 - NODE.0) / 2.0 + (point.x - middle.x) * scale.0,
        y: (FRAME.1 - NODE.1) / 2.0 + (point.y - middle.y) * scale.1,
    };
    let cards: Vec<Rect> = corners
        .iter()
        .map(|&point| {
            let Point { x, y } = place(point);
            Rect {
                x,
                y,
                width: NODE.0,
                height: NODE.1,
            }
        })
        .collect();
    html! {
        <svg class="starter__picture mini" viewBox="0 0 264 112" aria-hidden="true">
            <g>
                { for plan.connections.iter().zip(routes(plan, &cards)).filter_map(|(connection, route)| {
                    let route = route?;
                    Some(html! { <path class="mini__line" key={connection.id.as_str()} d={route.path()} /> })
                }) }
            </g>
            <g>
                { for plan.components.iter().zip(&cards).map(|(component, card)| {
                    let kind = component.hosting.as_ref().and_then(|hosting| hosting.kind);
                    let is_source = component_type(&component.kind)
                        .is_some_and(|kind| kind.behaviour.is_source);
                    node(&component.id, &component.kind, kind, is_source, *card)
                }) }
            </g>
        </svg>
    }
}

fn node(id: &str, kind: &str, hosting: Option<HostingKind>, is_source: bool, card: Rect) -> Html {
    let class = hosting.map(|hosting| format!("kind--{}", hosting.id()));
    let edge = "M5 .5A4.5 4.5 0 0 0 .5 5v18A4.5 4.5 0 0 0 5 27.5z";
    let radius = if is_source { "14" } else { "5" };
    let icon_x = if hosting.is_some() { "14.5" } else { "12" };
    let transform = format!(
        "translate({} {})",
        format::attribute(card.x),
        format::attribute(card.y)
    );
    html! {
        <g key={id} {class} {transform}>
            <rect class="mini__node" width="40" height="28" rx={radius} />
            <g>
                { for hosting.map(|hosting| html! {
                    <>
                        <path class="mini__ground" d={edge} />
                        <path fill={format!("url(#kind-{})", hosting.id())} d={edge} />
                    </>
                }) }
            </g>
            <use class="mini__icon" href={format!("#icon-{kind}")} x={icon_x} y="6" width="16" height="16" />
        </g>
    }
}

/// How much smaller than the canvas, in each direction: it fits, and never grows.
fn scale_of(corners: &[Point]) -> (f64, f64) {
    let (width, height) = extent_of(corners);
    let fits = |extent: f64, room: f64, most: f64| {
        if extent > 0.0 {
            (room / extent).min(most)
        } else {
            most
        }
    };
    (
        fits(width, FRAME.0 - NODE.0 - 24.0, NODE.0 * 1.8 / CARD_WIDTH),
        fits(height, FRAME.1 - NODE.1 - 16.0, NODE.1 * 1.3 / CARD_HEIGHT),
    )
}

fn middle_of(corners: &[Point]) -> Point {
    let (left, top) = least(corners);
    let (width, height) = extent_of(corners);
    Point {
        x: left + width / 2.0,
        y: top + height / 2.0,
    }
}

fn extent_of(corners: &[Point]) -> (f64, f64) {
    let (left, top) = least(corners);
    let right = corners.iter().map(|point| point.x).fold(left, f64::max);
    let bottom = corners.iter().map(|point| point.y).fold(top, f64::max);
    (right - left, bottom - top)
}

fn least(corners: &[Point]) -> (f64, f64) {
    let first = corners
        .first()
        .map_or((0.0, 0.0), |point| (point.x, point.y));
    corners
        .iter()
        .fold(first, |(x, y), point| (x.min(point.x), y.min(point.y)))
}
