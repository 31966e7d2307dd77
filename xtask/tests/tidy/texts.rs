//! What a person reads is kept as a text, and every language says what the page knows.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenTree};
use serde_json::Value;

use super::tokens::{each_group, text_of};
use super::tree::{Tree, fails, hold, holds_for, under};

/// Attributes, properties and fields that are read or heard.
const SHOWN: &[&str] = &[
    "label",
    "title",
    "placeholder",
    "explanation",
    "tooltip",
    "roledescription",
    "hint",
    "needs",
];

/// Calls whose text is shown.
const SAYING: &[&str] = &["Announce", "with_action"];

/// Literals in such a place that are the same in every language.
const SAME: &[(&str, &str)] = &[
    // The name of a key, as it stands on it.
    ("frontend/src/widgets/finder.rs", "Esc"),
];

/// All English texts, as `cargo xtask docs` found them.
const KNOWN: &str = "docs/generated/texts.json";

#[test]
fn what_is_shown_is_kept_as_a_text() {
    hold(shown);
    for fault in [
        "html! { <p>{ \"Nothing drawn yet\" }</p> }",
        "html! { <button aria-label=\"Close\" /> }",
        "html! { <Field label=\"Name\" /> }",
        "const A: Action = Action { label: \"Undo\" };",
        "effects.push(Effect::Announce(\"Everything is back.\".to_owned()));",
    ] {
        fails(shown, "frontend/src/panels/x.rs", &in_function(fault));
    }
    for fine in [
        "html! { <p class=\"a b\">{ t!(\"Nothing drawn yet\") }</p> }",
        "html! { <Field label={t!(\"Name\")} id=\"Name\" /> }",
        "const A: Action = Action { label: text!(\"Undo\"), id: \"Undo\" };",
        "html! { <p>{ \" · \" }</p> }",
    ] {
        holds_for(shown, "frontend/src/panels/x.rs", &in_function(fine));
    }
}

#[test]
fn every_language_says_what_the_page_knows() {
    hold(languages);
    let of = |texts: &str, code: &str| {
        Tree::from([
            (
                KNOWN.to_owned(),
                "{\"{count} cards\": {\"one\": \"{count} card\"}, \"Add\": {}}".to_owned(),
            ),
            (
                "assets/texts/de.json".to_owned(),
                format!("{{\"code\": \"{code}\", \"name\": \"Deutsch\", \"texts\": {texts}}}"),
            ),
            (
                "index.html".to_owned(),
                "content=\"./de.json\" data-code=\"de\" data-name=\"Deutsch\"><link data-trunk rel=\"copy-file\" href=\"assets/texts/de.json\">".to_owned(),
            ),
        ])
    };
    let good = "{\"{count} cards\": {\"one\": \"eine Karte\", \"other\": \"{count} Karten\"}}";
    assert_eq!(languages(&of(good, "de")), [""; 0]);
    assert_eq!(languages(&of(good, "at")).len(), 1);
    assert_eq!(languages(&of("{\"Subtract\": \"\"}", "de")).len(), 1);
    assert_eq!(languages(&of("{\"Add\": \"{name}\"}", "de")).len(), 1);
    let mut unlisted = of(good, "de");
    unlisted.remove("index.html");
    assert_eq!(languages(&unlisted).len(), 1);
}

fn in_function(code: &str) -> String {
    format!("//! X.\nfn f() {{ {code} }}\n")
}

fn shown(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in under(tree, "frontend/src/") {
        if path.ends_with("/tests.rs") {
            continue;
        }
        each_group(text, &mut |trees| {
            for (index, tree) in trees.iter().enumerate() {
                let before = &trees[..index];
                let found = match (before, tree) {
                    (
                        [.., TokenTree::Ident(name), TokenTree::Punct(sign)],
                        TokenTree::Literal(literal),
                    ) if matches!(sign.as_char(), '=' | ':')
                        && SHOWN.contains(&name.to_string().as_str()) =>
                    {
                        text_of(literal)
                    }
                    (before, TokenTree::Group(group)) => {
                        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                        match (before.last(), group.delimiter(), inside.as_slice()) {
                            (
                                Some(TokenTree::Punct(sign)),
                                Delimiter::Brace,
                                [TokenTree::Literal(literal)],
                            ) if sign.as_char() == '>' && is_element(before) => text_of(literal),
                            (
                                Some(TokenTree::Ident(name)),
                                Delimiter::Parenthesis,
                                [TokenTree::Literal(literal), ..],
                            ) if SAYING.contains(&name.to_string().as_str()) => text_of(literal),
                            _ => None,
                        }
                    }
                    _ => None,
                };
                let letters =
                    |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
                if let Some(text) = found.filter(letters)
                    && !SAME.contains(&(path.as_str(), text.as_str()))
                {
                    faults.push(format!("{path}: \"{text}\" is no text; say t!(…)"));
                }
            }
        });
    }
    faults
}

/// Whether the `>` at the end closes a tag, and is not that of `=>` or `->`.
fn is_element(before: &[TokenTree]) -> bool {
    !matches!(before, [.., TokenTree::Punct(first), TokenTree::Punct(_)] if matches!(first.as_char(), '=' | '-')
        && first.spacing() == proc_macro2::Spacing::Joint)
}

fn languages(tree: &Tree) -> Vec<String> {
    let parsed = |path: &str| {
        tree.get(path)
            .and_then(|text| serde_json::from_str(text).ok())
    };
    let known: Value = parsed(KNOWN).unwrap_or_default();
    let page = tree.get("index.html").map_or("", String::as_str);
    let mut faults = Vec::new();
    for (path, text) in under(tree, "assets/texts/") {
        let Ok(language) = serde_json::from_str::<Value>(text) else {
            faults.push(format!("{path} is no JSON"));
            continue;
        };
        let code = path["assets/texts/".len()..].trim_end_matches(".json");
        if language["code"] != code {
            faults.push(format!("{path}: its code is not {code}"));
        }
        let name = language["name"].as_str().unwrap_or_default();
        let offered =
            format!("content=\"./{code}.json\" data-code=\"{code}\" data-name=\"{name}\"");
        if !page.contains(&offered) || !page.contains(&format!("href=\"{path}\"")) {
            faults.push(format!("{path}: index.html does not offer it"));
        }
        let texts = language["texts"].as_object().cloned().unwrap_or_default();
        for (english, said) in &texts {
            let Some(entry) = known.get(english) else {
                faults.push(format!("{path}: the page does not say \"{english}\""));
                continue;
            };
            let one = entry["one"].as_str().unwrap_or(english);
            let allowed: BTreeSet<&str> = names(english).union(&names(one)).copied().collect();
            let forms: Vec<&Value> = match said {
                Value::Object(forms) => forms.values().collect(),
                text => vec![text],
            };
            for form in forms {
                match form.as_str() {
                    // A number may be a word, in all languages as in English.
                    Some(text) => {
                        let own = names(text);
                        let lacks = names(english)
                            .into_iter()
                            .any(|name| name != "count" && !own.contains(name));
                        if lacks || !own.is_subset(&allowed) {
                            faults.push(format!("{path}: other names than in \"{english}\""));
                        }
                    }
                    None => faults.push(format!("{path}: no text for \"{english}\"")),
                }
            }
        }
        let all = known.as_object().map_or(0, serde_json::Map::len);
        println!("{path} lacks {} of {all} texts", all - texts.len().min(all));
    }
    faults
}

/// What stands in braces.
fn names(text: &str) -> BTreeSet<&str> {
    let after = text.split('{').skip(1);
    after
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
