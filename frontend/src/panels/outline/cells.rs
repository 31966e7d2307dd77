//! How the rows and cells of the outline look and read.

use std::rc::Rc;

use model::components::component_type;
use model::evaluate::Resource;
use model::plan::{Component, Connection, HostingKind, Id, Journey, Mode, Need};
use yew::prelude::*;

use super::rows::{Part, Row};
use super::{Happening, Outline, edits, is_selected};
use crate::panels::offer_facts::kind_class;
use crate::panels::words::resource_words;
use crate::panels::{Shown, name_of};
use crate::texts::say;
use crate::widgets::format;
use crate::widgets::icon::{Size, icon, icon_of};
use crate::widgets::meter::Load;
use crate::widgets::select::Select;
use crate::widgets::text_field::TextField;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Name,
    Type,
    Hosting,
    Offer,
    Instances,
    Calls,
    Load,
    Month,
    Findings,
}

impl Column {
    /// All of them, from the start of the row.
    pub(super) const ALL: [Self; 9] = [
        Self::Name,
        Self::Type,
        Self::Hosting,
        Self::Offer,
        Self::Instances,
        Self::Calls,
        Self::Load,
        Self::Month,
        Self::Findings,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Hosting => "hosting",
            Self::Offer => "offer",
            Self::Instances => "instances",
            Self::Calls => "calls",
            Self::Load => "load",
            Self::Month => "month",
            Self::Findings => "findings",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Name => t!("Name"),
            Self::Type => t!("Type"),
            Self::Hosting => t!("Hosting"),
            Self::Offer => t!("Offer"),
            Self::Instances => t!("Instances"),
            Self::Calls => t!("Calls"),
            Self::Load => t!("Load"),
            Self::Month => t!("A month"),
            Self::Findings => t!("Findings"),
        }
    }

    fn class(self) -> String {
        format!("outline__cell outline__cell--{}", self.id())
    }
}

/// The id of the element of a row.
pub(super) fn row_id(row: usize) -> String {
    format!("outline-{row}")
}

/// The id of the element of a cell.
pub(super) fn cell_id(row: usize, column: Column) -> String {
    format!("outline-{row}-{}", column.id())
}

/// The headings.
pub(super) fn head() -> Html {
    html! {
        <div class="outline__head" role="rowgroup">
            <div class="outline__row outline__row--head" role="row" aria-rowindex="1">
                { for Column::ALL.iter().enumerate().map(|(index, column)| html! {
                    <div key={column.id()} class={column.class()} role="columnheader" aria-colindex={(index + 1).to_string()}>
                        { column.heading() }
                    </div>
                }) }
            </div>
        </div>
    }
}

/// What a part is called.
pub(super) fn name(shown: &Shown, part: Part) -> String {
    let plan = &shown.plan;
    match part {
        Part::Component(index) => name_of(&plan.components[index]),
        Part::Place(index) => {
            let place = &plan.places[index];
            if place.name.is_empty() {
                place.id.to_string()
            } else {
                place.name.clone()
            }
        }
        Part::Journey(index) => {
            let journey = &plan.journeys[index];
            if journey.name.is_empty() {
                journey.id.to_string()
            } else {
                journey.name.clone()
            }
        }
        Part::Connection(index) => shown.name(&plan.connections[index].to),
    }
}

/// A row.
pub(super) fn row(outline: &Outline, ctx: &Context<Outline>, at: usize, is_active: bool) -> Html {
    let props = ctx.props();
    let row = outline.rows[at];
    let Some(id) = row.part.id(&props.shown.plan) else {
        return Html::default();
    };
    let selected = is_selected(&props.selection, id);
    let kind = match row.part {
        Part::Place(_) => "outline__row--place",
        Part::Component(_) => "outline__row--component",
        Part::Journey(_) | Part::Connection(_) => "outline__row--inner",
    };
    let class = classes!(
        "outline__row",
        kind,
        selected.then_some("is-selected"),
        (is_active && outline.column.is_none()).then_some("is-active"),
        (at % 2 == 1).then_some("outline__row--odd"),
        outline.drop_class(at),
    );
    html! {
        <div
            key={format!("{:?}", row.part)}
            id={row_id(at)}
            {class}
            role="row"
            data-part={id.to_string()}
            aria-level={row.level.to_string()}
            aria-rowindex={(at + 2).to_string()}
            aria-expanded={row.open.map(|open| open.to_string())}
            aria-selected={selected.to_string()}
        >
            { for Column::ALL.iter().enumerate().map(|(index, column)| cell(outline, ctx, at, index, *column)) }
        </div>
    }
}

fn cell(
    outline: &Outline,
    ctx: &Context<Outline>,
    at: usize,
    index: usize,
    column: Column,
) -> Html {
    let (props, link) = (ctx.props(), ctx.link());
    let row = outline.rows[at];
    let id = row.part.id(&props.shown.plan).cloned().unwrap_or_default();
    let is_active = outline.active.as_ref() == Some(&id) && outline.column == Some(column);
    let is_edited = outline.editing.as_ref() == Some(&(id.clone(), column));
    let (pressed, twice) = (id.clone(), id.clone());
    let onclick = (!is_edited)
        .then(|| link.callback(move |event| Happening::Pressed(pressed.clone(), column, event)));
    let ondblclick = (!is_edited).then(|| {
        link.callback(move |_: MouseEvent| Happening::PressedTwice(twice.clone(), column))
    });
    let content = if is_edited {
        editor(ctx, row.part, column)
    } else {
        match column {
            Column::Name => name_cell(ctx, row),
            _ => content(outline, ctx, row.part, column),
        }
    };
    html! {
        <div
            key={column.id()}
            id={cell_id(at, column)}
            class={classes!(column.class(), is_active.then_some("is-active"))}
            role="gridcell"
            aria-colindex={(index + 1).to_string()}
            {onclick}
            {ondblclick}
        >
            { content }
        </div>
    }
}

/// The name with what folds the row, behind the room that its depth takes.
fn name_cell(ctx: &Context<Outline>, row: Row) -> Html {
    let shown = &ctx.props().shown;
    let plan = &shown.plan;
    let sign = match row.part {
        Part::Place(_) => "place",
        Part::Component(index) => {
            component_type(&plan.components[index].kind).map_or("external_service", |kind| kind.id)
        }
        Part::Journey(_) => "person",
        Part::Connection(_) => "arrow-right",
    };
    let unheard = match row.part {
        Part::Connection(_) => format!("{} ", t!("calls")),
        Part::Journey(_) => format!("{} ", t!("journey")),
        Part::Place(_) | Part::Component(_) => String::new(),
    };
    let fold = row.open.map(|open| {
        let id = row.part.id(plan).cloned().unwrap_or_default();
        let onclick = ctx.link().callback(move |event: MouseEvent| {
            event.stop_propagation();
            Happening::Turn(id.clone())
        });
        let sign = if open { "chevron-down" } else { "chevron-right" };
        html! { <span class="outline__fold" aria-hidden="true" {onclick}>{ icon(sign, Size::Small) }</span> }
    });
    html! {
        <>
            <span class={format!("outline__indent outline__indent--{}", row.level.min(9))} />
            <span class="outline__twist">{ for fold }</span>
            { icon_of(sign, Size::Normal, "outline__icon") }
            <span class="outline__name"><span class="visually-hidden">{ unheard }</span>{ name(shown, row.part) }</span>
        </>
    }
}

fn content(outline: &Outline, ctx: &Context<Outline>, part: Part, column: Column) -> Html {
    let shown = &ctx.props().shown;
    if column == Column::Findings {
        return html! { <span class="slot">{ for findings(outline, shown, part) }</span> };
    }
    match part {
        Part::Component(index) => component(shown, index, column),
        Part::Place(index) => {
            let place = &shown.plan.places[index];
            let text = match column {
                Column::Type => say(place.kind.name()).to_owned(),
                Column::Calls => spread_over(shown, &place.id),
                _ => String::new(),
            };
            html! { <span>{ text }</span> }
        }
        Part::Connection(index) => connection(shown, &shown.plan.connections[index], column),
        Part::Journey(index) => journey(shown, &shown.plan.journeys[index], column),
    }
}

/// The components that stand in a place and in others too, and so have their row further out.
fn spread_over(shown: &Shown, place: &Id) -> String {
    let plan = &shown.plan;
    let are_here = |component: &&Rc<Component>| {
        component.placement.len() > 1 && component.placement.contains(place)
    };
    let names: Vec<String> = plan
        .components
        .iter()
        .filter(are_here)
        .map(|component| name_of(component))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    t!("part of {names}", names = format::few(&names, 3))
}

fn component(shown: &Shown, index: usize, column: Column) -> Html {
    let component: &Component = &shown.plan.components[index];
    let kind = component_type(&component.kind);
    let computed = shown.evaluation.components.get(&component.id);
    let is_hosted = edits::is_hosted(shown, index);
    let text = match column {
        Column::Type => kind.map_or_else(
            || t!("Unknown type \"{kind}\"", kind = component.kind),
            |kind| say(kind.name).to_owned(),
        ),
        Column::Hosting if is_hosted => {
            let chosen = component.hosting.as_ref().and_then(|hosting| hosting.kind);
            return html! {
                <span class="outline__hosting">
                    <span class="slot">
                        { for chosen.map(|kind| html! { <span class={classes!("swatch", kind_class(kind))} /> }) }
                    </span>
                    { chosen.map_or(t!("Not chosen"), |kind| say(kind.name())) }
                </span>
            };
        }
        Column::Offer if is_hosted => {
            let offer = component
                .hosting
                .as_ref()
                .and_then(|hosting| hosting.offer.as_deref());
            offer.map_or_else(String::new, |id| {
                let known = shown.catalog.offer(id);
                known.map_or_else(|| id.to_owned(), |offer| offer.name.clone())
            })
        }
        Column::Instances if is_hosted => {
            let count = computed.map_or(1, |computed| computed.instances.max(1));
            format!("×{count}")
        }
        Column::Calls => {
            let calls = shown.plan.connections.iter();
            let called: Vec<&Id> = calls
                .filter(|connection| connection.from == component.id)
                .map(|connection| &connection.to)
                .collect();
            let mut names: Vec<String> = called.iter().take(3).map(|id| shown.name(id)).collect();
            if called.len() > names.len() {
                names.push(tn!(called.len() - names.len(); "{count} more", "{count} more"));
            }
            names.join(", ")
        }
        Column::Load => {
            return html! { <span class="slot">{ for load(shown, component) }</span> };
        }
        Column::Month => computed
            .filter(|_| is_hosted)
            .map_or_else(String::new, |computed| match computed.cost_month {
                Some(month) => format::money(month.0, shown.currency()),
                None if computed.cost_known_month.0 > 0.0 => {
                    t!(
                        "{sum} and more",
                        sum = format::money(computed.cost_known_month.0, shown.currency())
                    )
                }
                None => t!("not priced").to_owned(),
            }),
        _ => String::new(),
    };
    html! { <span>{ text }</span> }
}

/// The busiest resource of a component; of users, how much they ask for.
fn load(shown: &Shown, component: &Component) -> Option<Html> {
    let computed = shown.evaluation.components.get(&component.id)?;
    let is_source = component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source);
    if is_source {
        let rate = format::rate(computed.arrival_rate.0).to_string();
        return Some(html! { <span>{ rate }</span> });
    }
    let (resource, share) = computed.busiest()?;
    let word = Load::of(share).word();
    let of = match resource {
        Resource::Cpu => t!("CPU"),
        Resource::Disk | Resource::DiskThroughput => t!("disk"),
        Resource::NetworkIn | Resource::NetworkOut => t!("net"),
        other => resource_words(other),
    };
    Some(html! {
        <span class={classes!("outline__load", word.map(|(weight, _)| weight.class()))}>
            <span class="slot">{ for word.map(|(weight, _)| icon(weight.icon(), Size::Small)) }</span>
            <span class="outline__share">{ format::percent(share) }</span>
            <span class="outline__of">
                { of }
                <span class="visually-hidden">{ word.map_or("", |(_, word)| say(word)) }</span>
            </span>
        </span>
    })
}

fn connection(shown: &Shown, connection: &Connection, column: Column) -> Html {
    let computed = shown.evaluation.connections.get(&connection.id);
    let text = match column {
        Column::Type => {
            let mut words = Vec::new();
            words.extend(
                connection
                    .calls
                    .map(|calls| t!("{calls} calls", calls = format::short(calls))),
            );
            words.extend(match connection.mode {
                Some(Mode::Async) => Some(t!("nobody waits").to_owned()),
                Some(Mode::Parallel) => Some(t!("in parallel").to_owned()),
                Some(Mode::Sync) | None => None,
            });
            words.extend(match connection.need {
                Some(Need::Any) => Some(t!("any one is enough").to_owned()),
                Some(Need::Optional) => Some(t!("can be missed").to_owned()),
                Some(Need::K(k)) => Some(t!("any {k} are enough", k = format::short(k))),
                Some(Need::All) | None => None,
            });
            if words.is_empty() {
                words.push(t!("Connection").to_owned());
            }
            words.join(" · ")
        }
        Column::Load => computed.map_or_else(String::new, |computed| {
            format::rate(computed.arrival_rate.0).to_string()
        }),
        _ => String::new(),
    };
    html! { <span>{ text }</span> }
}

fn journey(shown: &Shown, journey: &Journey, column: Column) -> Html {
    let mut all = shown.evaluation.journeys.iter();
    let computed = all.find(|computed| computed.id == journey.id);
    let text = match (column, computed) {
        (Column::Type, Some(computed)) => match &computed.response {
            Some(response) => match response.p95 {
                Some(p95) => t!("95 % within {time}", time = format::duration(p95.0)),
                None => t!("mean {time}", time = format::duration(response.mean.0)),
            },
            None => t!("does not get through").to_owned(),
        },
        (Column::Load, Some(computed)) => format::rate(computed.arrival_rate.0).to_string(),
        _ => String::new(),
    };
    html! { <span>{ text }</span> }
}

fn findings(outline: &Outline, shown: &Shown, part: Part) -> Option<Html> {
    let (weight, count) = *outline.findings.get(part.id(&shown.plan)?)?;
    Some(html! {
        <span class={classes!("outline__findings", weight.class())}>
            { icon(weight.icon(), Size::Small) }
            { count }
            <span class="visually-hidden">
                { " " }
                { tn!(count; "finding, {weight}", "findings, {weight}", weight = say(weight.word())) }
            </span>
        </span>
    })
}

/// What a cell is edited with.
fn editor(ctx: &Context<Outline>, part: Part, column: Column) -> Html {
    let (shown, send, link) = (&ctx.props().shown, &ctx.props().send, ctx.link());
    let leave = link.callback(|()| Happening::EditEnded);
    let emit = {
        let send = send.clone();
        move |message: Option<crate::state::Message>| {
            if let Some(message) = message {
                send.emit(message);
            }
        }
    };
    let own = shown.clone();
    let field = match (part, column) {
        (Part::Component(index), Column::Hosting) => {
            let component = &shown.plan.components[index];
            let chosen = component.hosting.as_ref().and_then(|hosting| hosting.kind);
            let mut options: Vec<(AttrValue, AttrValue)> = HostingKind::ALL
                .iter()
                .map(|kind| (kind.id().into(), say(kind.name()).into()))
                .collect();
            if chosen.is_none() {
                options.insert(0, ("".into(), t!("Not chosen").into()));
            }
            Select {
                id: "outline-hosting".into(),
                label: t!("Hosting").into(),
                hides_label: true,
                options,
                chosen: chosen.map_or_else(AttrValue::default, |kind| kind.id().into()),
                on_choose: Callback::from(move |kind: AttrValue| {
                    emit(edits::set_hosting(&own, index, &kind));
                }),
                ..Select::default()
            }
            .draw()
        }
        (Part::Component(index), Column::Instances) => {
            let instances = shown.plan.components[index].instances.unwrap_or(1.0);
            let on_change =
                Callback::from(move |text: String| emit(edits::set_instances(&own, index, &text)));
            html! {
                <TextField label={t!("Instances")} value={format::exact(instances)} takes_focus=true
                    {on_change} on_leave={leave.clone()} />
            }
        }
        _ => {
            let on_change =
                Callback::from(move |name: String| emit(edits::rename(&own, part, name)));
            html! {
                <TextField label={t!("Name")} value={own_name(shown, part)} placeholder={name(shown, part)}
                    takes_focus=true {on_change} on_leave={leave.clone()} />
            }
        }
    };
    let onfocusout = {
        let leave = leave.clone();
        move |_: FocusEvent| leave.emit(())
    };
    let onkeydown = move |event: KeyboardEvent| {
        event.stop_propagation();
        if matches!(event.key().as_str(), "Enter" | "Escape") {
            event.prevent_default();
            leave.emit(());
        }
    };
    html! { <span class="outline__edit" {onfocusout} {onkeydown}>{ field }</span> }
}

/// The name that a part was given.
fn own_name(shown: &Shown, part: Part) -> String {
    let plan = &shown.plan;
    match part {
        Part::Component(index) => plan.components[index].label.clone(),
        Part::Place(index) => plan.places[index].name.clone(),
        Part::Journey(index) => plan.journeys[index].name.clone(),
        Part::Connection(_) => String::new(),
    }
}
