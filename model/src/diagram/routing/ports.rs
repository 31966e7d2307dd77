//! Where connections leave and reach the sides of cards: in the order of where they lead, evenly spaced.

use super::links::{Link, Standing};
use super::side::Side;
use crate::order::Order as _;

/// Distance between two ports of one side, where there is room.
const PORT_GAP: f64 = 18.0;

/// One end of a connection at a side of a card.
struct End {
    card: usize,
    side: Side,
    bundle: usize,
    number: usize,
    leaves: bool,
    /// Where the other end is, along the side.
    aim: f64,
}

/// Gives the ends at each side of each card a port of their own, those of one bundle a common one.
pub(super) fn spread_ports(links: &mut [Option<Link>], standing: Standing) {
    let mut ends: Vec<End> = Vec::with_capacity(2 * links.len());
    for (number, link) in links.iter().enumerate() {
        let Some(link) = link else { continue };
        let Link { from, to, .. } = *link;
        for (card, other, side, leaves) in [
            (from, to, link.leaves, true),
            (to, from, link.arrives, false),
        ] {
            ends.push(End {
                card,
                side,
                bundle: link.bundle,
                number,
                leaves,
                aim: side.along(standing.card(other).centre()),
            });
        }
    }
    ends.order_by(|a, b| {
        let key = |end: &End| (end.card, end.side, end.bundle, !end.leaves, end.number);
        key(a).cmp(&key(b))
    });
    let mut is_alone = vec![(false, false); links.len()];
    for side in ends.chunk_by(|a, b| (a.card, a.side) == (b.card, b.side)) {
        spread_side(side, links, standing, &mut is_alone);
    }
    straighten(links, standing, &is_alone);
}

fn spread_side(
    side: &[End],
    links: &mut [Option<Link>],
    standing: Standing,
    is_alone: &mut [(bool, bool)],
) {
    let mut ports: Vec<&[End]> = side
        .chunk_by(|a, b| (a.bundle, a.leaves) == (b.bundle, b.leaves))
        .collect();
    ports.order_by(|a, b| {
        let mean = |port: &[End]| port.iter().map(|end| end.aim).sum::<f64>() / port.len() as f64;
        let first = |port: &[End]| (port[0].number, port[0].leaves);
        mean(a).total_cmp(&mean(b)).then(first(a).cmp(&first(b)))
    });
    let (card, side) = (side[0].card, side[0].side);
    let area = standing.card(card);
    let (low, high) = side.span(area);
    let last = ports.len() as f64 - 1.0;
    let gap = PORT_GAP.min((high - low) / last.max(1.0));
    let twins = |end: &End| links[end.number].as_ref().map(|link| link.twins.first);
    let alone = ports
        .iter()
        .all(|port| port.len() == 1 && twins(&port[0]) == twins(&ports[0][0]));
    for (position, port) in ports.into_iter().enumerate() {
        let along = f64::midpoint(low, high) + (position as f64 - last / 2.0) * gap;
        for end in port {
            let Some(link) = &mut links[end.number] else {
                continue;
            };
            if end.leaves {
                link.start = side.at(area, along);
                is_alone[end.number].0 = alone;
            } else {
                link.end = side.at(area, along);
                is_alone[end.number].1 = alone;
            }
        }
    }
}

/// Moves ports level with the other ends where the side has no others and reaches that far.
fn straighten(links: &mut [Option<Link>], standing: Standing, is_alone: &[(bool, bool)]) {
    for first in 0..links.len() {
        let Some(link) = &links[first] else { continue };
        if link.twins.count > 1 || link.leaves == link.arrives {
            continue;
        }
        let (start_alone, end_alone) = is_alone[first];
        let (start, end) = (link.leaves.along(link.start), link.arrives.along(link.end));
        let reaches = |side: Side, card: usize, along: f64| {
            let (low, high) = side.span(standing.card(card));
            (low..=high).contains(&along)
        };
        let moves_end = end_alone && reaches(link.arrives, link.to, start);
        let moves_start = !moves_end && start_alone && reaches(link.leaves, link.from, end);
        if let Some(link) = &mut links[first] {
            if moves_end {
                link.end = link.arrives.at(standing.card(link.to), start);
            } else if moves_start {
                link.start = link.leaves.at(standing.card(link.from), end);
            }
        }
    }
    straighten_twins(links, standing, is_alone);
}

/// The same for connections that run side by side: all of them, or none.
fn straighten_twins(links: &mut [Option<Link>], standing: Standing, is_alone: &[(bool, bool)]) {
    let mut twins: Vec<usize> = (0..links.len())
        .filter(|&number| {
            let link = links[number].as_ref();
            link.is_some_and(|link| link.twins.count > 1 && link.leaves != link.arrives)
        })
        .collect();
    let first_of = |number: usize| links[number].as_ref().map(|link| link.twins.first);
    twins.order_by_key(|&number| first_of(number));
    let groups: Vec<Vec<usize>> = twins
        .chunk_by(|&a, &b| first_of(a) == first_of(b))
        .map(<[usize]>::to_vec)
        .collect();
    for group in groups {
        // The card that all ports come level with, and the one whose ports move.
        let Some(Link { from, to, .. }) = links[group[0]] else {
            continue;
        };
        let fits = |stays: usize| {
            group.iter().all(|&number| {
                let Some(link) = &links[number] else {
                    return false;
                };
                let (is_free, side, card, along) = if link.from == stays {
                    (
                        is_alone[number].1,
                        link.arrives,
                        link.to,
                        link.leaves.along(link.start),
                    )
                } else {
                    (
                        is_alone[number].0,
                        link.leaves,
                        link.from,
                        link.arrives.along(link.end),
                    )
                };
                let (low, high) = side.span(standing.card(card));
                is_free && (low..=high).contains(&along)
            })
        };
        let Some(stays) = [from, to].into_iter().find(|&card| fits(card)) else {
            continue;
        };
        for number in group {
            let Some(link) = &mut links[number] else {
                continue;
            };
            if link.from == stays {
                let along = link.leaves.along(link.start);
                link.end = link.arrives.at(standing.card(link.to), along);
            } else {
                let along = link.arrives.along(link.end);
                link.start = link.leaves.at(standing.card(link.from), along);
            }
        }
    }
}
