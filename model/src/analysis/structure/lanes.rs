//! Many states of one gate at once: a bit for each.

/// Whether something has failed in each of [`Lanes::COUNT`] states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Lanes([u64; 4]);

impl Lanes {
    /// How many states there are.
    pub(in crate::analysis) const COUNT: usize = 256;

    /// Failed in all of them.
    pub(in crate::analysis) const ALL: Self = Self([u64::MAX; 4]);

    /// Marks one state as failed.
    pub(in crate::analysis) fn set(&mut self, lane: usize) {
        self.0[lane / 64] |= 1 << (lane % 64);
    }

    /// Whether it has failed in this state.
    pub(in crate::analysis) fn has(self, lane: usize) -> bool {
        self.0[lane / 64] >> (lane % 64) & 1 == 1
    }

    /// In how many states it has failed.
    pub(in crate::analysis) fn ones(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Failed in both.
    pub(in crate::analysis) fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// Failed in either.
    pub(in crate::analysis) fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// The states in which at least `count` of the inputs fail, counted in binary, one digit per plane.
    pub(in crate::analysis) fn at_least(
        count: usize,
        of: usize,
        inputs: impl Iterator<Item = Self>,
    ) -> Self {
        if count > of {
            return Self::default();
        }
        if count == 1 {
            return inputs.fold(Self::default(), Self::or);
        }
        if count == of {
            return inputs.fold(Self::ALL, Self::and);
        }
        let digits = (usize::BITS - of.leading_zeros()) as usize;
        let mut planes = vec![Self::default(); digits];
        for input in inputs {
            let mut carry = input;
            for plane in &mut planes {
                let both = plane.and(carry);
                *plane = Self(std::array::from_fn(|word| plane.0[word] ^ carry.0[word]));
                carry = both;
            }
        }
        // Greater or equal, digit by digit from the highest: still equal, or already greater.
        let (mut equal, mut greater) = (Self::ALL, Self::default());
        for (digit, plane) in planes.iter().enumerate().rev() {
            if count >> digit & 1 == 1 {
                equal = equal.and(*plane);
            } else {
                greater = greater.or(equal.and(*plane));
                equal = Self(std::array::from_fn(|word| equal.0[word] & !plane.0[word]));
            }
        }
        equal.or(greater)
    }
}
