//! Numbers below a limit that wait for their turn: each once, whoever asks for it again, and taken in order.

/// A set of numbers, a bit for each, from which the least or the greatest is taken.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Turns {
    words: Vec<u64>,
    /// No word before this one has a bit.
    first: usize,
    /// From here on no word has a bit.
    end: usize,
}

impl Turns {
    /// Nothing waits; numbers are below `limit`.
    pub(in crate::analysis) fn new(limit: usize) -> Self {
        let words = vec![0; limit.div_ceil(64)];
        Self {
            first: words.len(),
            end: 0,
            words,
        }
    }

    /// Lets a number wait for its turn.
    pub(in crate::analysis) fn insert(&mut self, number: usize) {
        let word = number / 64;
        self.words[word] |= 1 << (number % 64);
        self.first = self.first.min(word);
        self.end = self.end.max(word + 1);
    }

    /// Takes the least.
    pub(in crate::analysis) fn pop_first(&mut self) -> Option<usize> {
        while self.first < self.end {
            let word = &mut self.words[self.first];
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some(self.first * 64 + bit);
            }
            self.first += 1;
        }
        self.end = 0;
        self.first = self.words.len();
        None
    }

    /// Takes the greatest.
    pub(in crate::analysis) fn pop_last(&mut self) -> Option<usize> {
        while self.first < self.end {
            let word = &mut self.words[self.end - 1];
            if *word != 0 {
                let bit = 63 - word.leading_zeros() as usize;
                *word ^= 1 << bit;
                return Some((self.end - 1) * 64 + bit);
            }
            self.end -= 1;
        }
        self.end = 0;
        self.first = self.words.len();
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_taken_as_from_an_ordered_set(steps in prop::collection::vec((0..3_u8, 0..300_usize), 0..200)) {
            let (mut turns, mut set) = (Turns::new(300), BTreeSet::new());
            for (step, number) in steps {
                match step {
                    0 => prop_assert_eq!(turns.pop_first(), set.pop_first()),
                    1 => prop_assert_eq!(turns.pop_last(), set.pop_last()),
                    _ => {
                        turns.insert(number);
                        set.insert(number);
                    }
                }
            }
        }
    }
}
