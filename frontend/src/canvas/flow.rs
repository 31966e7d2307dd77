//! Requests that run along a connection: how dense by their number, in which colour and pattern by how busy what answers them is.

use std::fmt::Write as _;

use model::diagram::Point;
use model::evaluate::ComponentEvaluation;
use yew::prelude::*;

use super::scene::Wire;

/// How requests run along a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// From 1, a trickle, to 4: the orders of magnitude of the requests per second.
    level: u8,
    /// How busy the callee is.
    state: Busy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Busy {
    Little,
    Much,
    Full,
}

/// Chevrons stand this far apart, in units of the canvas.
const CHEVRON_STEP: f64 = 48.0;

impl Pace {
    /// The pace of so many requests per second to a callee; none where nothing runs.
    pub(super) fn of(
        per_second: Option<f64>,
        callee: Option<&ComponentEvaluation>,
    ) -> Option<Self> {
        let rate = per_second.filter(|rate| *rate > 0.0)?;
        let level = match rate {
            ..1.0 => 1,
            ..30.0 => 2,
            ..1000.0 => 3,
            _ => 4,
        };
        let share = callee
            .and_then(ComponentEvaluation::busiest)
            .map_or(0.0, |(_, share)| share);
        let state = if callee.is_some_and(|callee| callee.saturated) {
            Busy::Full
        } else if share >= 0.7 {
            Busy::Much
        } else {
            Busy::Little
        };
        Some(Self { level, state })
    }
}

/// Draws requests that run along a connection, and chevrons for those who want no motion.
pub(super) fn flow(wire: &Wire) -> Html {
    let Some(Pace { level, state }) = wire.pace else {
        return html! { <g></g> };
    };
    let state = match state {
        Busy::Little => "",
        Busy::Much => "is-busy",
        Busy::Full => "is-full",
    };
    html! {
        <g aria-hidden="true">
            <path class={classes!("flow", format!("flow--{level}"), state)} d={wire.path.clone()}
                stroke-width={format!("{:.1}", wire.width + 2.5)} />
            <path class={classes!("flow__chevrons", state)} d={chevrons(&wire.route.points)} />
        </g>
    }
}

/// Chevrons along a way, pointing to its end, as path data.
fn chevrons(points: &[Point]) -> String {
    let mut data = String::new();
    let mut until_next = CHEVRON_STEP / 2.0;
    for ends in points.windows(2) {
        let [from, to] = ends else { continue };
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.hypot(dy);
        if length <= 0.0 {
            continue;
        }
        let (along, across) = ((dx / length, dy / length), (-dy / length, dx / length));
        while until_next < length {
            let tip = from.moved(along.0 * until_next, along.1 * until_next);
            let wing = |side: f64| {
                tip.moved(
                    5.0 * (side * across.0 - along.0),
                    5.0 * (side * across.1 - along.1),
                )
            };
            let (left, right) = (wing(1.0), wing(-1.0));
            // Writing to a string cannot fail.
            let _ = write!(
                data,
                "M{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
                left.x, left.y, tip.x, tip.y, right.x, right.y
            );
            until_next += CHEVRON_STEP;
        }
        until_next -= length;
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_requests_run_denser_and_none_do_not_run() {
        assert_eq!(Pace::of(None, None), None);
        assert_eq!(Pace::of(Some(0.0), None), None);
        let levels: Vec<u8> = [0.2, 5.0, 80.0, 2_000.0]
            .into_iter()
            .filter_map(|rate| Pace::of(Some(rate), None))
            .map(|pace| pace.level)
            .collect();
        assert_eq!(levels, [1, 2, 3, 4]);
    }

    #[test]
    fn chevrons_point_to_the_callee_and_go_round_corners() {
        let points = [
            Point { x: 0.0, y: 0.0 },
            Point { x: 60.0, y: 0.0 },
            Point { x: 60.0, y: 60.0 },
        ];
        assert_eq!(
            chevrons(&points),
            "M19.0 5.0 24.0 0.0 19.0 -5.0M55.0 7.0 60.0 12.0 65.0 7.0"
        );
        assert_eq!(chevrons(&points[..1]), "");
    }
}
