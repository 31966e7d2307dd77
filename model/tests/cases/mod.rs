//! Known answers of other tools, by kind; each says where it is from and how near the model has to come.

use serde_json::Value;

/// Every file of cases.
const FILES: [&str; 6] = [
    include_str!("cost.json"),
    include_str!("graph.json"),
    include_str!("percentiles.json"),
    include_str!("queueing.json"),
    include_str!("reliability.json"),
    include_str!("threads.json"),
];

/// All cases of a kind, at least one.
pub(crate) fn cases(kind: &str) -> Vec<Value> {
    let all = FILES.iter().flat_map(|file| {
        let cases: Vec<Value> = serde_json::from_str(file).expect("a file of cases is a list");
        cases
    });
    let cases: Vec<Value> = all.filter(|case| case["kind"] == kind).collect();
    assert!(!cases.is_empty(), "no case of kind {kind}");
    cases
}
