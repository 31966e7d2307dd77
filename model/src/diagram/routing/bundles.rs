//! Which connections share a way where they run together, so that many lines become one that can be followed.
//!
//! Connections share a line only where it hides nothing: all that a distributor sends on; all from a group of callers to
//! a group of targets if each of the callers calls each of the targets; all to one target that has several callers. Then
//! every way along the shared line is a connection that exists. What waits and what does not, and what a caller needs
//! and what it can do without, are drawn apart.

use super::links::Twins;
use crate::components;
use crate::order::Order as _;
use crate::plan::{Connection, Mode, Need, Plan};

/// So many callers of one target, or more, share their way to it.
const CALLERS: usize = 3;

/// For every connection the number of its bundle; one that is alone has a number of its own.
pub(super) fn bundles(plan: &Plan, ends: &[Option<(usize, usize)>], twins: &[Twins]) -> Vec<usize> {
    let count = plan.components.len();
    let mut bundles: Vec<usize> = (count..count + ends.len()).collect();
    let distributes: Vec<bool> = plan
        .components
        .iter()
        .map(|component| {
            components::component_type(&component.kind)
                .is_some_and(|kind| kind.behaviour.distributes)
        })
        .collect();
    let mut calls: Vec<Call> = Vec::new();
    for (number, ends) in ends.iter().enumerate() {
        let Some((from, to)) = *ends else { continue };
        if twins[number].count > 1 {
            continue;
        }
        if distributes[from] {
            bundles[number] = from;
        } else {
            calls.push(Call {
                from,
                manner: manner(&plan.connections[number]),
                to,
                number,
            });
        }
    }
    // The targets of the same callers, then the callers of the same targets among what is left.
    let rest = groups(turned(calls), count, &mut bundles);
    let rest = groups(turned(rest), count, &mut bundles);
    fans_in(rest, count, &mut bundles);
    bundles
}

/// One connection, as it is sorted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    from: usize,
    manner: u8,
    to: usize,
    number: usize,
}

/// How a connection is drawn.
fn manner(connection: &Connection) -> u8 {
    u8::from(connection.mode == Some(Mode::Async))
        + 2 * u8::from(connection.need == Some(Need::Optional))
}

/// The calls with their ends exchanged.
fn turned(calls: Vec<Call>) -> Vec<Call> {
    let turn = |call: Call| Call {
        from: call.to,
        to: call.from,
        ..call
    };
    calls.into_iter().map(turn).collect()
}

/// Bundles what callers of the same several targets call; the calls that are left over.
fn groups(mut calls: Vec<Call>, count: usize, bundles: &mut [usize]) -> Vec<Call> {
    calls.order_by(Call::cmp);
    // The calls of one caller in one manner.
    let mut callers: Vec<&[Call]> = calls
        .chunk_by(|a, b| (a.from, a.manner) == (b.from, b.manner))
        .collect();
    let targets = |calls: &[Call]| -> Vec<usize> { calls.iter().map(|call| call.to).collect() };
    callers.order_by(|a, b| {
        let what = |calls: &[Call]| (calls[0].manner, targets(calls));
        what(a).cmp(&what(b)).then(a[0].from.cmp(&b[0].from))
    });
    let mut rest = Vec::new();
    for group in callers.chunk_by(|a, b| a[0].manner == b[0].manner && targets(a) == targets(b)) {
        let is_group = group.len() > 1 && group[0].len() > 1;
        let first = group[0][0].number;
        for call in group.iter().copied().flatten() {
            if is_group {
                bundles[call.number] = count + first;
            } else {
                rest.push(*call);
            }
        }
    }
    rest
}

/// Bundles what several call.
fn fans_in(mut calls: Vec<Call>, count: usize, bundles: &mut [usize]) {
    calls.order_by(|a, b| (a.to, a.manner, a.number).cmp(&(b.to, b.manner, b.number)));
    for group in calls.chunk_by(|a, b| (a.to, a.manner) == (b.to, b.manner)) {
        if group.len() >= CALLERS {
            for call in group {
                bundles[call.number] = count + group[0].number;
            }
        }
    }
}
