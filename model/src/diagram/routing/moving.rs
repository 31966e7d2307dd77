//! Connections of cards that are being moved: prepared once, then cheap at every step.

use super::super::{Grid, Rect};
use super::links::{Joined, Standing, joined, links};
use super::route::Route;
use super::router::Router;
use crate::plan::{Id, Plan};

/// Cards that are being moved, with what hangs on them: prepared once, so that each step of the movement costs what
/// the neighbours' connections cost, however large the plan is.
#[derive(Debug)]
pub struct Moving {
    cards: Vec<Rect>,
    is_moved: Vec<bool>,
    moved: Vec<usize>,
    /// The connections at the moved cards and at their neighbours: those share sides.
    near: Vec<Option<Joined>>,
    /// Connections with one end moved: where they are in `near`, and their index in the plan.
    torn: Vec<(usize, usize)>,
    along: Vec<usize>,
}

impl Moving {
    /// Takes up the components for which `is_moved` holds. `cards` are the cards of the plan's components.
    pub fn new(plan: &Plan, cards: &[Rect], is_moved: impl Fn(&Id) -> bool) -> Self {
        let count = cards.len().min(plan.components.len());
        let components = &plan.components[..count];
        let is_moved: Vec<bool> = components.iter().map(|c| is_moved(&c.id)).collect();
        let joined: Vec<Option<Joined>> = joined(plan)
            .into_iter()
            .map(|joined| joined.filter(|joined| joined.from.max(joined.to) < count))
            .collect();
        let is_torn = |joined: &Joined| is_moved[joined.from] != is_moved[joined.to];
        let mut shares_side = vec![false; count];
        for joined in joined.iter().flatten().filter(|joined| is_torn(joined)) {
            shares_side[joined.from] = true;
            shares_side[joined.to] = true;
        }
        let (mut near, mut torn, mut along) = (Vec::new(), Vec::new(), Vec::new());
        for (number, joined) in joined.into_iter().enumerate() {
            let Some(joined) = joined else { continue };
            if is_torn(&joined) {
                torn.push((near.len(), number));
            } else if is_moved[joined.from] {
                along.push(number);
            }
            if shares_side[joined.from] || shares_side[joined.to] {
                near.push(Some(joined));
            }
        }
        Self {
            cards: cards.to_vec(),
            moved: (0..count).filter(|&card| is_moved[card]).collect(),
            is_moved,
            near,
            torn,
            along,
        }
    }

    /// The connections among what is moved, by their index in the plan: they move along as they are.
    pub fn along(&self) -> &[usize] {
        &self.along
    }

    /// The connections between what is moved and what is not, by their index in the plan.
    pub fn torn(&self) -> impl Iterator<Item = usize> + '_ {
        self.torn.iter().map(|&(_, number)| number)
    }

    /// The ways of the torn connections once the cards have been moved by so much; `grid` holds all cards where
    /// they stood.
    pub fn routes(&self, grid: &Grid, by: (f64, f64)) -> Vec<Route> {
        let standing = Standing {
            cards: &self.cards,
            is_moved: &self.is_moved,
            by,
        };
        let links = links(&self.near, standing);
        let mut router = Router::new(standing, grid, &self.moved);
        let torn = |near: usize| self.torn.binary_search_by_key(&near, |&(near, _)| near);
        let ways = router.routes(&links, &|near| torn(near).is_ok());
        let torn = self.torn.iter();
        torn.filter_map(|&(near, _)| ways[near].clone()).collect()
    }
}
