//! `docs/plan.schema.json`: the plan file as a JSON Schema, for editors that complete and check.

use model::plan::{Plan, format};

/// Draft 2020-12, from the types that read the file.
pub(crate) fn text() -> String {
    let mut schema = schemars::schema_for!(Plan).to_value();
    schema["title"] = "Hosting plan".into();
    schema["properties"]["format"] = serde_json::json!({
        "const": format::FORMAT,
        "description": "Which format this is, and its version.",
    });
    schema["required"] = serde_json::json!(["format"]);
    let mut text = format!("{schema:#}");
    text.push('\n');
    text
}
