//! The plans and sketches in the documents are what they say they are.

use std::path::Path;

use model::catalog::Catalog;
use model::plan::format;
use model::plan::sketch::sketch;
use model::topology::Topology;

/// Blocks of one language in a document.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(document);
    let bytes = std::fs::read(path).expect("the document is there");
    let text = String::from_utf8(bytes).expect("it is text");
    let start = format!("```{language}\n");
    let blocks = text.split(&start).skip(1);
    let inner = blocks.filter_map(|rest| rest.split("```").next());
    inner.map(str::to_owned).collect()
}

#[test]
fn every_plan_shown_opens_without_a_problem() {
    let catalog = Catalog::embedded();
    for document in ["README.md", "docs/plan-format.md"] {
        let plans = blocks(document, "json");
        assert!(!plans.is_empty(), "{document} shows a plan");
        for text in plans {
            let plan = format::read(text.as_bytes()).expect(document);
            let topology = Topology::new(&plan, &catalog);
            assert_eq!(topology.problems, [], "{document}");
        }
    }
}

#[test]
fn every_sketch_shown_is_in_the_notation() {
    let sketches = blocks("docs/plan-format.md", "text");
    assert!(!sketches.is_empty());
    for text in sketches {
        assert!(!sketch(&text).expect(&text).components.is_empty());
    }
}
