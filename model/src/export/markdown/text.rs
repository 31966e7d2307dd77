//! Free text as one line that no Markdown reader takes for anything but text.

/// The words of a title, a name or a note, with everything escaped that means something in Markdown.
pub(in crate::export) fn text(free: &str) -> String {
    let mut out = String::with_capacity(free.len());
    let words = free
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(' ');
        }
        // An address alone would become a link.
        let is_address = word.contains("://") || word.starts_with("www.") || word.contains('@');
        for character in word.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                    out.extend(['\\', character]);
                }
                ':' | '.' | '@' if is_address => out.extend(['\\', character]),
                '#' | '-' | '+' | '=' if out.is_empty() => out.extend(['\\', character]),
                '.' | ')'
                    if index == 0
                        && !out.is_empty()
                        && out.bytes().all(|byte| byte.is_ascii_digit()) =>
                {
                    out.extend(['\\', character]);
                }
                _ => out.push(character),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_stays_text() {
        for (free, written) in [
            ("Shop & Co", "Shop &amp; Co"),
            ("a|b", "a\\|b"),
            ("two\nlines\u{0}", "two lines"),
            ("# not a heading", "\\# not a heading"),
            ("- not a list", "\\- not a list"),
            ("12. not a list", "12\\. not a list"),
            ("v1.2 is fine", "v1.2 is fine"),
            ("![x](http://a.b)", "!\\[x\\](http\\://a\\.b)"),
            ("<script>", "&lt;script&gt;"),
            (
                "`code` *b* _i_ ~~s~~ $m$",
                "\\`code\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\$m\\$",
            ),
            ("C:\\", "C:\\\\"),
        ] {
            assert_eq!(text(free), written);
        }
    }
}
