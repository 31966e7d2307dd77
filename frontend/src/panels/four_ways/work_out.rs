//! Works out the ways between two frames, so that nobody has to wait.

use std::cell::RefCell;
use std::rc::Rc;

use model::four_ways::{Way, WorkingOut};
use model::plan::HostingKind;
use yew::prelude::*;

use super::super::Shown;
use crate::browser::clock;
use crate::widgets::timer::use_turns;

/// So long the page does not answer at a time, in seconds, unless a single step takes longer.
const TURN: f64 = 0.008;

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
    let begin = {
        let known = known.clone();
        move |of: &Shown| {
            let of = of.clone();
            let known = known.clone();
            let ways = RefCell::new(Vec::new());
            let mut kinds = HostingKind::ALL.into_iter();
            let mut next = kinds.next().map(|kind| WorkingOut::new(&of.plan, kind));
            move || {
                let start = clock::now_seconds();
                while let Some(working_out) = &mut next {
                    if let Some(way) = working_out.step(&of.catalog, None) {
                        ways.borrow_mut().push(Rc::new(way));
                        known.set(Known {
                            of: of.clone(),
                            ways: ways.borrow().clone(),
                        });
                        next = kinds.next().map(|kind| WorkingOut::new(&of.plan, kind));
                        break;
                    }
                    if clock::now_seconds() - start > TURN {
                        break;
                    }
                }
                next.is_some()
            }
        }
    };
    use_turns(shown.clone(), begin);
    if known.of == *shown {
        known.ways.clone()
    } else {
        Vec::new()
    }
}
