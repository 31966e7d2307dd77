//! Where the instances of a component stand: paths of failure domains, dealt round robin.

use std::ops::Index;

/// The failure domains of each instance, from the narrowest to the widest; instances that stand alike share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// Of the first instances; then they begin anew.
    paths: Vec<Vec<usize>>,
    instances: usize,
}

impl Placement {
    /// So many instances, dealt to these paths in turn, of which there is at least one.
    pub(super) fn new(mut paths: Vec<Vec<usize>>, instances: usize) -> Self {
        paths.truncate(instances.max(1));
        Self { paths, instances }
    }

    /// How many instances there are.
    pub fn len(&self) -> usize {
        self.instances
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.instances == 0
    }

    /// The path of the first instance.
    pub fn first(&self) -> Option<&Vec<usize>> {
        self.paths.first().filter(|_| self.instances > 0)
    }

    /// The path of every instance.
    pub fn iter(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.paths.iter().cycle().take(self.instances)
    }

    /// How many instances stand on such a path.
    pub fn count(&self, counts: impl Fn(&[usize]) -> bool) -> usize {
        let paths = self.paths().filter(|(path, _)| counts(path));
        paths.map(|(_, instances)| instances).sum()
    }

    /// The paths, and how many instances each of them has.
    pub fn paths(&self) -> impl Iterator<Item = (&Vec<usize>, usize)> {
        let count = self.paths.len();
        let paths = self.paths.iter().enumerate();
        paths.map(move |(place, path)| {
            let before = self.instances + count - 1 - place;
            (path, before / count)
        })
    }
}

impl Index<usize> for Placement {
    type Output = Vec<usize>;

    fn index(&self, instance: usize) -> &Self::Output {
        &self.paths[instance % self.paths.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_are_dealt_in_turn() {
        let placement = Placement::new(vec![vec![0, 2], vec![1, 2]], 5);
        let all: Vec<&Vec<usize>> = placement.iter().collect();
        assert_eq!(
            all,
            [
                &vec![0, 2],
                &vec![1, 2],
                &vec![0, 2],
                &vec![1, 2],
                &vec![0, 2]
            ]
        );
        assert_eq!(placement[3], vec![1, 2]);
        let counts: Vec<usize> = placement.paths().map(|(_, count)| count).collect();
        assert_eq!(counts, [3, 2]);
        assert_eq!(placement.count(|path| path.contains(&0)), 3);
        let few = Placement::new(vec![vec![0], vec![1], vec![2]], 2);
        assert_eq!(few.paths().map(|(_, count)| count).sum::<usize>(), 2);
    }
}
