//! The tokens of a source file, without what only tests and documentation say.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

/// Calls with the trees of a file, and then of each group in it, from the outside in; none where it is no Rust.
pub(crate) fn each_group(source: &str, with: &mut impl FnMut(&[TokenTree])) {
    each_group_in(source.parse().unwrap_or_default(), with);
}

/// The same for a part of a file.
pub(crate) fn each_group_in(stream: TokenStream, with: &mut impl FnMut(&[TokenTree])) {
    let mut waiting = vec![stream];
    while let Some(stream) = waiting.pop() {
        let trees = without_tests(stream);
        with(&trees);
        let groups = trees.iter().filter_map(|tree| match tree {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        });
        let start = waiting.len();
        waiting.extend(groups);
        waiting[start..].reverse();
    }
}

/// The text of a literal; none for a number or a sign.
pub(crate) fn text_of(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// Trees without `#[cfg(test)] mod tests { … }`, attributes and documentation.
fn without_tests(stream: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut trees = stream.into_iter().peekable();
    let mut is_test = false;
    while let Some(tree) = trees.next() {
        let is_attribute = matches!(&tree, TokenTree::Punct(sign) if sign.as_char() == '#');
        if is_attribute {
            // `#[…]`, or `#![…]` for the whole file.
            if matches!(trees.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == '!') {
                trees.next();
            }
            if let Some(TokenTree::Group(attribute)) = trees.peek() {
                is_test |= attribute.stream().to_string().replace(' ', "") == "cfg(test)";
                trees.next();
            }
            continue;
        }
        if is_test {
            let ends = match &tree {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(sign) => sign.as_char() == ';',
                _ => false,
            };
            is_test = !ends;
            continue;
        }
        kept.push(tree);
    }
    kept
}
