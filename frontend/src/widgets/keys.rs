//! Names for the parts of a list, no two the same: Yew stops at a name that comes twice.

use std::collections::BTreeSet;

/// The names, each that came before with its place in the list behind it.
pub(crate) fn unique(names: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let mut name = name.into();
            while !taken.insert(name.clone()) {
                name = format!("{name} {index}");
            }
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_comes_twice_and_the_first_keeps_its_own() {
        let names = unique(["a", "b", "a 2", "a", "a", "a 4"]);
        assert_eq!(names[..3], ["a", "b", "a 2"]);
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}
