//! One card of the drawing.

use std::rc::Rc;

use model::diagram::{CARD_HEIGHT, CARD_WIDTH};
use yew::prelude::*;

use super::connection::note_sign;
use super::fates::CardFate;
use super::scene::Face;
use super::text::measured;

/// How a card stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// It does not.
    #[default]
    None,
    /// The connection being drawn may end here.
    Target,
    /// It may not.
    Refused,
    /// It is being moved, and drawn elsewhere.
    Lifted,
    /// It is drawn where it is being moved to.
    Dragging,
    /// It is not in the plan yet.
    Ghost,
}

#[derive(PartialEq)]
pub(super) struct CardProps {
    /// What is on it.
    pub face: Rc<Face>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether what is being typed finds it.
    pub sought: bool,
    /// How it stands out.
    pub mark: Mark,
    /// Whether it is drawn without what cannot be read or seized from afar.
    pub plain: bool,
    /// What becomes of it, while parts are taken away.
    pub fate: Option<Rc<CardFate>>,
}

/// The left edge of a card, with its rounded corners.
const EDGE: &str = "M6.5.3A8 8 0 0 0 .5 8v56a8 8 0 0 0 6 7.7z";

/// Draws a card; one that is a picture of another takes no focus and no pointer.
pub(super) fn card(props: &CardProps) -> Html {
    let face = &props.face;
    let is_picture = matches!(props.mark, Mark::Dragging | Mark::Ghost);
    let class = classes!(
        "card",
        face.kind.map(|kind| format!("kind--{kind}")),
        props.selected.then_some("is-selected"),
        props.sought.then_some("is-sought"),
        props.fate.as_ref().map(|fate| fate.class),
        match props.mark {
            Mark::None | Mark::Lifted => None,
            Mark::Target => Some("is-target"),
            Mark::Refused => Some("is-refused"),
            Mark::Dragging => Some("is-dragging"),
            Mark::Ghost => Some("is-ghost"),
        },
    );
    let (name_y, detail_y, icon_y) = if face.bars.is_some() {
        ("25", "42", "13")
    } else {
        ("30", "47", "23")
    };
    let edge = face.kind.map_or("", |_| EDGE);
    let (width, height) = (CARD_WIDTH.to_string(), CARD_HEIGHT.to_string());
    html! {
        <g
            {class}
            data-component={(!is_picture).then(|| face.id.to_string())}
            role={(!is_picture).then_some("graphics-symbol")}
            aria-roledescription={(!is_picture).then(|| t!("component"))}
            aria-label={(!is_picture).then(|| spoken(props))}
            aria-hidden={is_picture.then_some("true")}
            tabindex={(!is_picture).then_some("0")}
            opacity={(props.mark == Mark::Lifted).then_some("0")}
            transform={format!("translate({} {})", face.area.x, face.area.y)}
        >
            <rect class="card__ring" x="-4" y="-4" width="176" height="80" rx="11" />
            <g>
                { for (1..=face.stack).rev().map(|step| {
                    let offset = 4.0 * step as f64;
                    html! {
                        <rect key={step} class="card__stack" x={offset.to_string()} y={(-offset).to_string()}
                            width={width.clone()} height={height.clone()} rx="8" />
                    }
                }) }
            </g>
            <rect class="card__body" {width} {height} rx="8" />
            <path class="card__edge-ground" d={edge} />
            <path class="card__edge" fill={format!("url(#kind-{})", face.kind.unwrap_or("none"))} d={edge} />
            <use class="card__icon" href={format!("#icon-{}", face.icon)} x="19" y={icon_y} width="26" height="26" />
            <g>
                { for face.noted.then(|| note_sign(42.0, 38.0)) }
            </g>
            <text class="card__name" x="55" y={name_y}>{ &face.name }</text>
            <g>
                { for (!props.plain).then(|| html! {
                    <text class={classes!("card__offer", face.saturated.then_some("card__offer--saturated"))} x="55" y={detail_y}>
                        { &face.detail }
                    </text>
                }) }
            </g>
            <g>
                { for (face.pinned && !props.plain).then(|| html! {
                    <use class="card__pin" href="#icon-pin" x="153" y="53" width="12" height="12" />
                }) }
            </g>
            <g>{ for face.bars.filter(|_| !props.plain).map(bars) }</g>
            <g>
                { for face.badge.map(|(severity, count)| html! {
                    <g class={format!("card__badge severity--{}", severity.id())} transform="translate(140 -10)">
                        <rect width="36" height="20" rx="10" />
                        <use href={format!("#icon-{}", severity.id())} x="6" y="4" width="12" height="12" />
                        <text x="25" y="14.5">{ count }</text>
                    </g>
                }) }
            </g>
            <g>{ for props.fate.iter().map(|fate| fate_of(fate)) }</g>
            <g>
                { for face.spread.iter().filter(|_| !props.plain).map(|places| {
                    let width = measured(places, 12.0) + 28.0;
                    html! {
                        <g class="card__spread" transform="translate(8 -11)">
                            <rect width={format!("{width:.0}")} height="20" rx="10" />
                            <use href="#icon-place" x="6" y="4" width="12" height="12" />
                            <text x="21" y="14.5">{ places }</text>
                        </g>
                    }
                }) }
            </g>
            <g class="card__handles">{ for (!is_picture && !props.plain).then(handles) }</g>
        </g>
    }
}

fn spoken(props: &CardProps) -> String {
    let spoken = &props.face.spoken;
    match &props.fate {
        Some(fate) => format!("{spoken}, {}", fate.spoken),
        None => spoken.clone(),
    }
}

/// What becomes of a card: a veil that strikes out what is down, and the reason beneath.
fn fate_of(fate: &CardFate) -> Html {
    let (width, height) = (CARD_WIDTH.to_string(), CARD_HEIGHT.to_string());
    let left = ((CARD_WIDTH - fate.width) / 2.0).to_string();
    html! {
        <g class={classes!("card__fate", fate.severity)}>
            <rect class="card__veil" {width} {height} rx="8" />
            <path class="card__strike" d="M17 41 47 11" />
            <g>
                { for (!fate.label.is_empty()).then(|| html! {
                    <g class="card__why" transform={format!("translate({left} 64)")}>
                        <rect width={fate.width.to_string()} height="22" rx="11" />
                        <use href={format!("#icon-{}", fate.icon)} x="7" y="4" width="14" height="14" />
                        <text x="25" y="15">{ &fate.label }</text>
                    </g>
                }) }
            </g>
        </g>
    }
}

/// How long a bar is, and how far apart they stand.
const BAR: f64 = 31.0;
const BAR_STEP: f64 = 34.0;

fn bars(shares: [f64; 4]) -> Html {
    html! {
        <>
            { for shares.into_iter().enumerate().map(|(index, share)| {
                let x = (19.0 + BAR_STEP * index as f64).to_string();
                let class = match share {
                    share if share >= 1.0 => "card__bar card__bar--saturated",
                    share if share >= 0.9 => "card__bar card__bar--full",
                    share if share >= 0.7 => "card__bar card__bar--busy",
                    _ => "card__bar",
                };
                let width = match share {
                    share if share >= 1.0 => BAR,
                    share if share > 0.0 => (BAR * share).clamp(3.0, BAR),
                    _ => 0.0,
                };
                html! {
                    <g key={index}>
                        <rect class="card__track" x={x.clone()} y="57" width={BAR.to_string()} height="4" rx="2" />
                        <rect {class} fill={(share >= 1.0).then_some("url(#saturated)")} {x} y="57"
                            width={format!("{width:.1}")} height="4" rx="2" />
                    </g>
                }
            }) }
        </>
    }
}

fn handles() -> Html {
    let spots = [
        ("right", "168", "36"),
        ("bottom", "84", "72"),
        ("left", "0", "36"),
        ("top", "84", "0"),
    ];
    html! {
        <g>
            { for spots.into_iter().map(|(side, x, y)| html! {
                <g key={side}>
                    <circle class="handle__hit" cx={x} cy={y} r="14" data-handle={side} />
                    <circle class="handle" cx={x} cy={y} r="5" />
                </g>
            }) }
        </g>
    }
}
