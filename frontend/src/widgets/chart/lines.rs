//! Lines over hours or months, with a readout of one of them under the pointer or the arrow keys.

use yew::prelude::*;

use super::{Measure, percent};
use crate::widgets::table::{Column, Row, table};
use crate::widgets::{dom, format};
use model::order::Order as _;

/// How one series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A line.
    Line,
    /// A line over a filled ground.
    Area,
    /// A limit: dashed, in the colour of what is serious.
    Limit,
}

/// Numbers of one kind, one for each point of the chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    /// What they are about; stands at the end of the line.
    pub name: AttrValue,
    /// One number for each point.
    pub values: Vec<f64>,
    /// How it is drawn.
    pub look: Look,
}

/// Lines over hours or months.
#[derive(Properties, PartialEq)]
pub(crate) struct LinesProps {
    /// What is drawn.
    pub title: AttrValue,
    /// What is to be seen, in a sentence.
    pub sentence: AttrValue,
    /// The heading over the points in the table.
    pub along: AttrValue,
    /// The name of each point, from left to right.
    pub points: Vec<AttrValue>,
    /// A name is written below every so many points.
    pub every: usize,
    /// The lines.
    pub series: Vec<Series>,
    /// What the numbers count.
    pub measure: Measure,
    /// A point to mark, if there is one.
    #[prop_or_default]
    pub mark: Option<usize>,
    /// Whether the numbers stand in a table instead.
    pub as_table: bool,
}

/// Pixels from the top of the chart to the ground line.
const HEIGHT: f64 = 150.0;
/// Pixels that a name at the end of a line needs.
const NAME: f64 = 15.0;

/// Draws lines over hours or months.
#[component]
pub(crate) fn Lines(props: &LinesProps) -> Html {
    let at = use_state_eq(|| None::<usize>);
    let node = use_node_ref();
    if props.as_table {
        return numbers(props);
    }
    let last = props.points.len().saturating_sub(1);
    let largest = props
        .series
        .iter()
        .flat_map(|series| &series.values)
        .copied()
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max);
    let top = round_up(largest);
    let x = |index: usize| percent(index as f64 / last.max(1) as f64);
    let y = |value: f64| HEIGHT * (1.0 - (value / top).clamp(0.0, 1.0));
    let on_move = {
        let (at, node) = (at.clone(), node.clone());
        Callback::from(move |event: PointerEvent| {
            at.set(
                dom::place_within(&node, &event)
                    .map(|(across, _)| (across.clamp(0.0, 1.0) * last as f64).round() as usize),
            );
        })
    };
    let onkeydown = {
        let at = at.clone();
        move |event: KeyboardEvent| {
            let next = match (&*event.key(), *at) {
                ("ArrowRight" | "ArrowUp", now) => now.map_or(0, |now| (now + 1).min(last)),
                ("ArrowLeft" | "ArrowDown", now) => now.map_or(last, |now| now.saturating_sub(1)),
                ("Home", _) => 0,
                ("End", _) => last,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            at.set(Some(next));
        }
    };
    let away = {
        let at = at.clone();
        move || at.set(None)
    };
    let (on_leave, on_blur) = (away.clone(), away);
    let readout = at.map_or_else(|| props.sentence.to_string(), |at| reading(props, at));
    let marked = at.or(props.mark);
    html! {
        <div class="chart">
            <h3 class="chart__title">{ &props.title }</h3>
            <p class="chart__readout" role="status">{ readout }</p>
            <ul class="chart__legend" aria-hidden="true">
                { for props.series.iter().enumerate().map(|(index, series)| html! {
                    <li class={class(index, series.look)} key={index}>
                        <svg class="chart__swatch"><path class="chart__line" d="M0 4H22" /></svg>
                        { &series.name }
                    </li>
                }) }
            </ul>
            <div
                class="chart__frame"
                role="img"
                tabindex="0"
                aria-label={t!("{title}. {sentence} Arrow keys read it point by point.", title = props.title, sentence = props.sentence)}
                {onkeydown}
                onblur={move |_: FocusEvent| on_blur()}
            >
                <svg
                    ref={node}
                    class="chart__plot"
                    aria-hidden="true"
                    onpointermove={on_move.clone()}
                    onpointerdown={on_move}
                    onpointerleave={move |_: PointerEvent| on_leave()}
                >
                    <rect class="chart__ground" width="100%" height={HEIGHT.to_string()} />
                    <g>
                        { for [0.0, 0.5, 1.0].into_iter().map(|share| {
                            let y = format::attribute(y(share * top));
                            html! {
                                <g key={y.clone()}>
                                    <line class="chart__grid" x2="100%" y1={y.clone()} y2={y.clone()} />
                                    <text class="chart__tick chart__tick--side" x="-8" {y} dy="4">
                                        { props.measure.text(share * top) }
                                    </text>
                                </g>
                            }
                        }) }
                    </g>
                    <g>
                        { for (0..=last).step_by(props.every.max(1)).map(|index| html! {
                            <text
                                class={if index == last { "chart__tick chart__tick--last" } else { "chart__tick" }}
                                key={index}
                                x={x(index)}
                                y={(HEIGHT + 18.0).to_string()}
                            >
                                { props.points.get(index).cloned().unwrap_or_default() }
                            </text>
                        }) }
                    </g>
                    <svg width="100%" height={HEIGHT.to_string()} viewBox={format!("0 0 {} {HEIGHT}", last.max(1))} preserveAspectRatio="none">
                        { for props.series.iter().enumerate().map(|(index, series)| {
                            let class = class(index, series.look);
                            let line = path(&series.values, y);
                            html! {
                                <g {class} key={index}>
                                    <path class="chart__line" d={line.clone()} />
                                    <g>
                                        { for (series.look == Look::Area).then(|| html! {
                                            <path class="chart__area" d={format!("{line}V{HEIGHT}H0z")} />
                                        }) }
                                    </g>
                                </g>
                            }
                        }) }
                    </svg>
                    <g>
                        { for marked.map(|index| html! {
                            <g>
                                <line class="chart__cursor" x1={x(index)} x2={x(index)} y2={HEIGHT.to_string()} />
                                { for props.series.iter().enumerate().filter_map(|(order, series)| {
                                    let y = format::attribute(y(*series.values.get(index)?));
                                    Some(html! {
                                        <circle class={class(order, series.look)} key={order} cx={x(index)} cy={y} r="3.5" />
                                    })
                                }) }
                            </g>
                        }) }
                    </g>
                    <g>
                        { for names(&props.series, y).into_iter().map(|(index, y)| html! {
                            <text class={class(index, props.series[index].look)} key={index} x="100%" dx="8" y={format::attribute(y)} dy="4">
                                { &props.series[index].name }
                            </text>
                        }) }
                    </g>
                </svg>
            </div>
        </div>
    }
}

fn class(index: usize, look: Look) -> String {
    match look {
        Look::Limit => "chart__series chart__series--limit".to_owned(),
        Look::Line | Look::Area => format!("chart__series chart__series--{}", index % 5),
    }
}

/// One point in words.
fn reading(props: &LinesProps, at: usize) -> String {
    let mut text = props
        .points
        .get(at)
        .map(|point| format!("{point}: "))
        .unwrap_or_default();
    for (index, series) in props.series.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(&series.name);
        text.push(' ');
        text.push_str(
            &series
                .values
                .get(at)
                .map_or_else(String::new, |value| props.measure.text(*value)),
        );
    }
    text
}

/// The same numbers as a table.
fn numbers(props: &LinesProps) -> Html {
    let columns: Vec<Column> = std::iter::once(Column::text(props.along.clone()))
        .chain(
            props
                .series
                .iter()
                .map(|series| Column::number(series.name.clone())),
        )
        .collect();
    let rows: Vec<Row> = props
        .points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let values = props.series.iter().map(|series| {
                let text = series
                    .values
                    .get(index)
                    .map(|value| props.measure.text(*value));
                html! { { text.unwrap_or_default() } }
            });
            Row {
                key: point.to_string(),
                cells: std::iter::once(html! { { point } }).chain(values).collect(),
            }
        })
        .collect();
    table(&props.title, &columns, &rows, None)
}

/// A line through the values, one unit to the right for each.
fn path(values: &[f64], y: impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    for (index, value) in values.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&format::attribute(index as f64));
        path.push(' ');
        path.push_str(&format::attribute(y(*value)));
    }
    path
}

/// Where the name of each series stands: at the end of its line, none over another.
fn names(series: &[Series], y: impl Fn(f64) -> f64) -> Vec<(usize, f64)> {
    let mut names: Vec<(usize, f64)> = series
        .iter()
        .enumerate()
        .filter_map(|(index, series)| Some((index, y(*series.values.last()?))))
        .collect();
    names.order_by(|a, b| a.1.total_cmp(&b.1));
    let mut free = f64::NEG_INFINITY;
    for (_, y) in &mut names {
        *y = y.max(free);
        free = *y + NAME;
    }
    // What was pushed below the ground goes up again, as far as it must.
    let mut end = HEIGHT;
    for (_, y) in names.iter_mut().rev() {
        *y = y.min(end);
        end = *y - NAME;
    }
    names
}

/// The next number that reads well on an axis, as does its half: one digit and noughts.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let size = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]
        .into_iter()
        .map(|step| step * size)
        .find(|step| *step >= value * (1.0 - 1e-9))
        .unwrap_or(10.0 * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_no_smaller_than_what_is_drawn() {
        for (value, end) in [
            (0.0, 1.0),
            (0.3, 0.3),
            (1.0, 1.0),
            (60.0, 60.0),
            (130.0, 200.0),
            (2100.0, 3000.0),
        ] {
            assert!((round_up(value) / end - 1.0).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn names_of_lines_that_end_together_stand_apart_and_inside() {
        let series = |value| Series {
            name: "".into(),
            values: vec![value],
            look: Look::Line,
        };
        let found = names(&[series(0.0), series(0.01), series(0.0)], |value| {
            HEIGHT * (1.0 - value)
        });
        let mut places: Vec<f64> = found.iter().map(|(_, y)| *y).collect();
        places.order_by(f64::total_cmp);
        assert!(
            places
                .windows(2)
                .all(|pair| pair[1] - pair[0] >= NAME - 1e-9),
            "{places:?}"
        );
        assert!(
            places.iter().all(|y| (0.0..=HEIGHT).contains(y)),
            "{places:?}"
        );
    }
}
