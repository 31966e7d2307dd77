//! Text in pictures has no line of its own to break at: it is cut where it would not fit.

/// The text, or as much of it as fits a width, in pixels at a font size; an estimate that errs on the short side.
pub(super) fn fitted(text: &str, width: f64, font_size: f64) -> String {
    if measured(text, font_size) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = advance('…') * font_size;
    for character in text.chars() {
        used += advance(character) * font_size;
        if used > width {
            break;
        }
        cut.push(character);
    }
    // A sign of several characters is kept whole or goes: flags, faces with a colour, letters with marks.
    while cut.ends_with('\u{200d}') || text[cut.len()..].starts_with(is_joining) {
        if cut.pop().is_none() {
            break;
        }
    }
    format!("{}…", cut.trim_end())
}

/// Whether a character belongs to the one before it.
fn is_joining(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{20d0}'..='\u{20ff}')
}

/// About how wide a text is, in pixels at a font size.
pub(super) fn measured(text: &str, font_size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * font_size
}

/// Width of a character in a system font, as a share of the font size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '·' => 0.36,
        'm' | 'w' | 'M' | 'W' | '…' => 0.9,
        'A'..='Z' | '×' => 0.68,
        _ if character.is_ascii() => 0.58,
        _ if is_joining(character) => 0.0,
        // Letters of other alphabets are about as wide as Latin ones; signs and pictures are square.
        '\u{80}'..='\u{10ff}' => 0.66,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_keep_their_capitals_in_a_sentence() {}

    #[test]
    fn what_fits_stays_and_the_rest_is_cut() {
        assert_eq!(fitted("Orders", 100.0, 14.0), "Orders");
        let long = "Payments of the autumn campaign";
        let cut = fitted(long, 100.0, 14.0);
        assert!(cut.ends_with('…') && long.starts_with(cut.trim_end_matches('…')));
        assert!(measured(&cut, 14.0) <= 100.0);
    }

    #[test]
    fn a_sign_of_several_characters_is_not_cut_in_the_middle() {
        let crew = "🧑\u{200d}🚀".repeat(9);
        for width in 20..90 {
            let cut = fitted(&crew, f64::from(width), 14.0);
            let kept = cut.trim_end_matches('…');
            assert!(kept.len().is_multiple_of("🧑\u{200d}🚀".len()), "{cut}");
        }
        assert!(fitted(&"e\u{301}".repeat(100_000), 50.0, 14.0).len() < 60);
    }
}
