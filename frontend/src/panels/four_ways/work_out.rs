//! Works out one way in each turn of the page, so that nobody has to wait.

use std::rc::Rc;

use model::four_ways::{Way, way};
use model::plan::HostingKind;
use yew::prelude::*;

use super::super::Shown;
use crate::widgets::timer::use_timer;

/// What is known so far.
#[derive(Clone, PartialEq)]
struct Known {
    of: Shown,
    ways: Vec<Rc<Way>>,
}

/// The ways of a plan that are known by now, in the order of [`HostingKind::ALL`].
#[hook]
pub(super) fn use_ways(shown: &Shown) -> Vec<Rc<Way>> {
    let known = use_state_eq(|| Known {
        of: shown.clone(),
        ways: Vec::new(),
    });
    let ways = if known.of == *shown {
        known.ways.clone()
    } else {
        Vec::new()
    };
    let next = HostingKind::ALL.get(ways.len()).copied();
    let turn = next.map(|kind| (shown.clone(), kind));
    let (of, so_far) = (shown.clone(), ways.clone());
    use_timer(turn, 1, move || {
        if let Some(kind) = next {
            let mut ways = so_far.clone();
            ways.push(Rc::new(way(&of.plan, &of.catalog, None, kind)));
            known.set(Known {
                of: of.clone(),
                ways,
            });
        }
    });
    ways
}
