//! The English texts in a source file: those in `t!`, `tn!`, `text!`, `words!` and `counted!`, and the tables of the model.

use proc_macro2::{Delimiter, Group, TokenTree};

use crate::tokens::{each_group, each_group_in, text_of};

/// An English text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// What is said for any number but one, or always.
    pub text: String,
    /// What is said for exactly one, where that differs.
    pub one: Option<String>,
}

/// Macros whose first literal is a text.
const ALWAYS: &[&str] = &["t", "text", "words"];
/// Macros whose first two literals, behind a `;`, are a text for one and a text for others.
const COUNTED: &[&str] = &["tn", "counted"];

/// Fields of the model's tables that are shown.
const FIELDS: &[&str] = &[
    "name",
    "label",
    "unit",
    "explanation",
    "purpose",
    "why",
    "advice",
    "limits",
    "benefit",
];
/// Tables of the model as macros, each row with an id and a name.
const NAMED_ROWS: &[&str] = &["charges"];
/// Functions of the model whose literals are shown.
const FUNCTIONS: &[&str] = &["name", "explanation", "adjective", "words"];

/// The texts in the macros of a file, in its order; tests say nothing.
pub(crate) fn in_macros(source: &str) -> Vec<Spoken> {
    let mut found = Vec::new();
    each_group(source, &mut |trees| {
        for (name, group) in macros(trees) {
            if ALWAYS.contains(&name.as_str()) {
                found.extend(literals(group).first().map(|text| always(text)));
            } else if COUNTED.contains(&name.as_str())
                && let [one, other, ..] = literals(behind_semicolon(group)).as_slice()
            {
                found.push(Spoken {
                    text: other.clone(),
                    one: Some(one.clone()),
                });
            }
        }
    });
    found
}

/// The texts in the tables of a file of the model, in its order.
pub(crate) fn in_tables(source: &str) -> Vec<Spoken> {
    let mut found = Vec::new();
    each_group(source, &mut |trees| {
        let sentences = trees.iter().filter_map(|tree| match tree {
            TokenTree::Literal(literal) => text_of(literal).filter(|text| is_sentence(text)),
            _ => None,
        });
        found.extend(sentences.map(|text| always(&text)));
        let turned = trees.windows(3).filter_map(|three| match three {
            [
                TokenTree::Literal(literal),
                TokenTree::Punct(point),
                TokenTree::Ident(into),
            ] if point.as_char() == '.' && into == "into" => text_of(literal),
            _ => None,
        });
        found.extend(turned.map(|text| always(&text)));
        for (name, rows) in macros(trees) {
            if NAMED_ROWS.contains(&name.as_str()) {
                let names = literals(rows);
                found.extend(names.chunks_exact(2).map(|row| always(&row[1])));
            }
        }
        for (index, tree) in trees.iter().enumerate() {
            let TokenTree::Ident(ident) = tree else {
                continue;
            };
            let (ident, rest) = (ident.to_string(), &trees[index + 1..]);
            match rest {
                [TokenTree::Punct(colon), TokenTree::Literal(literal), ..]
                    if colon.as_char() == ':' && FIELDS.contains(&ident.as_str()) =>
                {
                    found.extend(text_of(literal).as_ref().map(|text| always(text)));
                }
                [TokenTree::Ident(name), ..]
                    if ident == "fn" && FUNCTIONS.contains(&name.to_string().as_str()) =>
                {
                    let body = rest.iter().find_map(|tree| match tree {
                        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                            Some(group.stream())
                        }
                        _ => None,
                    });
                    each_group_in(body.unwrap_or_default(), &mut |trees| {
                        let texts = trees.iter().filter_map(|tree| match tree {
                            TokenTree::Literal(literal) => text_of(literal),
                            _ => None,
                        });
                        found.extend(texts.map(|text| always(&text)));
                    });
                }
                [TokenTree::Group(sentence), ..] if ident == "text" => {
                    found.extend(literals(sentence).first().map(|text| always(text)));
                }
                [TokenTree::Group(choices), ..] if ident == "Choice" => {
                    each_group_in(choices.stream(), &mut |trees| {
                        if let [TokenTree::Literal(_), _, TokenTree::Literal(name), ..] = trees {
                            found.extend(text_of(name).as_ref().map(|text| always(text)));
                        }
                    });
                }
                _ => {}
            }
        }
    });
    found.retain(|spoken| spoken.text.contains(char::is_alphabetic));
    found
}

/// Whether a text is a whole sentence without values, as explanations are.
fn is_sentence(text: &str) -> bool {
    text.split(' ').count() > 2 && text.ends_with('.') && !text.contains('{')
}

/// Macros that are called among these trees.
fn macros(trees: &[TokenTree]) -> impl Iterator<Item = (String, &Group)> {
    trees.windows(3).filter_map(|three| match three {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(bang),
            TokenTree::Group(group),
        ] if bang.as_char() == '!' => Some((name.to_string(), group)),
        _ => None,
    })
}

fn always(text: &str) -> Spoken {
    Spoken {
        text: text.to_owned(),
        one: None,
    }
}

fn literals(trees: impl Into<Trees>) -> Vec<String> {
    let Trees(trees) = trees.into();
    trees
        .iter()
        .filter_map(|tree| match tree {
            TokenTree::Literal(literal) => text_of(literal),
            _ => None,
        })
        .collect()
}

struct Trees(Vec<TokenTree>);

impl From<&Group> for Trees {
    fn from(group: &Group) -> Self {
        Self(group.stream().into_iter().collect())
    }
}

impl From<Vec<TokenTree>> for Trees {
    fn from(trees: Vec<TokenTree>) -> Self {
        Self(trees)
    }
}

fn behind_semicolon(group: &Group) -> Vec<TokenTree> {
    let trees = group.stream().into_iter();
    trees
        .skip_while(|tree| !matches!(tree, TokenTree::Punct(sign) if sign.as_char() == ';'))
        .collect()
}
