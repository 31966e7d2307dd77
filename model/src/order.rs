//! Stable sorting, sets and maps for which a visitor loads one sort instead of one per type.
//!
//! The standard library compiles its sort anew for every type and comparison, 5 KB each in the browser. Here the
//! places of the items are sorted, which is the same type every time, and the items are then put there.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Stable sorting of a slice, small where it is compiled.
pub trait Order<T> {
    /// Sorts as [`slice::sort_by`] does; `O(n log n)` comparisons.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts as [`slice::sort_by_key`] does; `O(n log n)` comparisons.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places = Places::find(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        put(self, places.list());
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// Sets and maps of what an iterator gives. Those that are collected are sorted first, with a sort of its own for
/// every type.
pub trait Gather: Iterator + Sized {
    /// The set of these.
    fn gather_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        for item in self {
            set.insert(item);
        }
        set
    }

    /// The map of these; of two with the same key the later one.
    fn gather_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        for (key, value) in self {
            map.insert(key, value);
        }
        map
    }
}

impl<I: Iterator> Gather for I {}

/// So many items need no room of their own to be sorted.
const FEW: usize = 16;

/// Which item comes first, second, and so on; nothing where they are in order already.
struct Places {
    few: [usize; FEW],
    many: Vec<usize>,
    count: usize,
}

impl Places {
    fn find(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Self {
        let is_in_order = (1..count).all(|index| compare(index - 1, index).is_le());
        let mut places = Self {
            few: std::array::from_fn(|index| index),
            many: Vec::new(),
            count: if is_in_order { 0 } else { count },
        };
        if places.count > FEW {
            places.many.extend(0..count);
        }
        places.list().sort_by(|&a, &b| compare(a, b));
        places
    }

    fn list(&mut self) -> &mut [usize] {
        if self.count > FEW {
            &mut self.many
        } else {
            &mut self.few[..self.count]
        }
    }
}

/// Puts every item in its place, one circle of exchanges after the other.
fn put<T>(items: &mut [T], places: &mut [usize]) {
    for start in 0..places.len() {
        let mut hole = start;
        loop {
            let next = std::mem::replace(&mut places[hole], hole);
            if next == start {
                break;
            }
            items.swap(hole, next);
            hole = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_sort_of_the_standard_library(items in prop::collection::vec((0..9_u8, 0..99_u8), 0..60)) {
            let (mut own, mut expected) = (items.clone(), items);
            own.order_by(|a, b| f64::from(b.0).total_cmp(&f64::from(a.0)));
            expected.sort_by(|a, b| f64::from(b.0).total_cmp(&f64::from(a.0)));
            prop_assert_eq!(&own, &expected);
            own.order_by_key(|item| item.1);
            expected.sort_by_key(|item| item.1);
            prop_assert_eq!(own, expected);
        }
    }
}
