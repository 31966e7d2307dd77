//! How well a few typed letters match a text: all of them, in order, best at the starts of words.

/// Where a query was found in a text, and how well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Match {
    /// How well; more is better.
    pub score: i32,
    /// The characters that match, counted from 0, in order.
    pub at: Vec<usize>,
}

/// A letter that matches.
const HIT: i32 = 4;
/// It follows the one before at once.
const NEXT: i32 = 12;
/// It starts a word.
const START: i32 = 10;
/// It starts the text.
const FIRST: i32 = 6;
/// A letter that was passed over between two that match; no gap costs more than `MOST_PASSED` of them.
const PASSED: i32 = 1;
const MOST_PASSED: usize = 6;
/// No more of a text is looked at.
const LOOKED_AT: usize = 200;

/// The word of `text` that starts with `query`, which has two letters at least; case does not matter.
pub(crate) fn word<'a>(query: &str, text: &'a str) -> Option<&'a str> {
    let query = query.trim();
    let mut words = text.split(' ').filter(|_| query.len() > 1);
    words.find(|word| {
        let start = word.get(..query.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(query))
    })
}

/// The best way to find each letter of `query` in `text`, in order; none where there is no way.
///
/// Blanks in the query separate words that are found one after the other. Case does not matter.
/// An empty query matches everything. The best way is found by dynamic programming over letters of the query
/// and of the text, which are cut to 200.
pub(crate) fn find(query: &str, text: &str) -> Option<Match> {
    let wanted: Vec<char> = query
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(lower)
        .take(LOOKED_AT)
        .collect();
    if wanted.is_empty() {
        return Some(Match::default());
    }
    let text: Vec<char> = text.chars().take(LOOKED_AT).collect();
    if !is_within(&wanted, &text) {
        return None;
    }
    // `best[j]`: the best score with the letters so far, the last of them at `j` of the text.
    let mut best: Vec<Option<i32>> = vec![None; text.len()];
    let mut came_from = vec![0_u16; wanted.len() * text.len()];
    for (i, &letter) in wanted.iter().enumerate() {
        let mut row: Vec<Option<i32>> = vec![None; text.len()];
        // The best of the row before that is further away than a gap's cost grows, and where it is.
        let mut far: Option<(i32, usize)> = None;
        for j in i..text.len() {
            let edge = j.checked_sub(MOST_PASSED + 2);
            if let Some(edge) = edge
                && let Some(score) = best[edge]
                && far.is_none_or(|(known, _)| score > known)
            {
                far = Some((score, edge));
            }
            if lower(text[j]) != letter {
                continue;
            }
            let own = HIT + start(&text, j);
            if i == 0 {
                let passed = cost(j);
                row[j] = Some(own - passed);
                continue;
            }
            let mut found = far.map(|(score, from)| (score - cost(MOST_PASSED), from));
            let near = j.saturating_sub(MOST_PASSED + 1);
            for (from, score) in (near..j).zip(&best[near..j]) {
                let Some(score) = *score else { continue };
                let passed = j - from - 1;
                let gain = if passed == 0 { NEXT } else { -cost(passed) };
                if found.is_none_or(|(known, _)| score + gain >= known) {
                    found = Some((score + gain, from));
                }
            }
            if let Some((score, from)) = found {
                row[j] = Some(score + own);
                came_from[i * text.len() + j] = from as u16;
            }
        }
        best = row;
    }
    let (mut j, score) = best
        .iter()
        .enumerate()
        .filter_map(|(j, score)| Some((j, (*score)?)))
        .fold(
            None,
            |known: Option<(usize, i32)>, (j, score)| match known {
                Some((_, best)) if best >= score => known,
                _ => Some((j, score)),
            },
        )?;
    let mut at = vec![j];
    for i in (1..wanted.len()).rev() {
        j = usize::from(came_from[i * text.len() + j]);
        at.push(j);
    }
    at.reverse();
    // Of two texts that match as well, the shorter is meant.
    let rest = i32::try_from((text.len() - wanted.len()).min(30) / 6).unwrap_or(0);
    Some(Match {
        score: score - rest,
        at,
    })
}

fn is_within(wanted: &[char], text: &[char]) -> bool {
    let mut letters = text.iter();
    wanted
        .iter()
        .all(|letter| letters.any(|known| lower(*known) == *letter))
}

/// What a letter is worth for where it stands.
fn start(text: &[char], j: usize) -> i32 {
    match j.checked_sub(1).map(|before| text[before]) {
        None => START + FIRST,
        Some(before) if !before.is_alphanumeric() => START,
        Some(before) if before.is_lowercase() && text[j].is_uppercase() => START,
        _ => 0,
    }
}

/// What a gap of so many letters costs.
fn cost(passed: usize) -> i32 {
    i32::try_from(passed.min(MOST_PASSED)).unwrap_or(0) * PASSED
}

/// One letter in lower case; those that become several stay as they are.
fn lower(letter: char) -> char {
    let mut all = letter.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(query: &str, text: &str) -> Option<i32> {
        find(query, text).map(|found| found.score)
    }

    #[test]
    fn letters_match_in_order_whatever_their_case() {
        assert_eq!(find("dup", "Duplicate").unwrap().at, [0, 1, 2]);
        assert_eq!(find("ZF", "Zoom to fit").unwrap().at, [0, 8]);
        assert_eq!(find("zoom fit", "Zoom to fit").unwrap().at.len(), 7);
        assert_eq!(find("fz", "Zoom to fit"), None);
        assert_eq!(find("ü", "Über").unwrap().at, [0]);
        assert_eq!(find("x", ""), None);
        assert_eq!(find("  ", "anything").unwrap(), Match::default());
    }

    #[test]
    fn starts_of_words_and_runs_are_better() {
        assert!(score("sq", "SQL database") > score("sq", "Mosque"));
        assert!(score("app", "App server") > score("app", "A paper plane"));
        assert!(score("exp", "Export as JSON") > score("exp", "Next page"));
        assert!(score("orders", "orders") > score("orders", "orders of last year"));
        // The run inside is better than letters scattered before it.
        assert_eq!(find("db", "ad ob db").unwrap().at, [6, 7]);
        assert_eq!(find("cache", "c a cache").unwrap().at, [4, 5, 6, 7, 8]);
    }

    #[test]
    fn what_is_found_spells_the_query() {
        let texts = [
            "Load balancer",
            "load_balancer",
            "Lob",
            "ÄÖÜ ß",
            "a".repeat(500).as_str(),
        ]
        .map(str::to_owned);
        for text in &texts {
            for query in ["lb", "l", "load", "aaa", "ß", "öü", "lod blnc"] {
                let Some(found) = find(query, text) else {
                    continue;
                };
                let letters: Vec<char> = text.chars().collect();
                let spelt: String = found.at.iter().map(|&j| lower(letters[j])).collect();
                let wanted: String = query.split_whitespace().collect();
                assert_eq!(spelt, wanted);
                assert!(found.at.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }

    #[test]
    fn long_texts_and_far_letters_are_found_too() {
        let text = format!("a{}z", "-".repeat(150));
        assert_eq!(find("az", &text).unwrap().at, [0, 151]);
        assert_eq!(find("z", &"a".repeat(100_000)), None);
    }
}
