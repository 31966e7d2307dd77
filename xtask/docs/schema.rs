//! The JSON Schema of the plan file, from the types that read it.

use model::plan::Plan;
use model::plan::format::FORMAT;
use serde_json::{Map, Value, json};

pub(crate) fn text() -> String {
    let mut schema = Value::from(schemars::schema_for!(Plan));
    // The reader checks the version before it reads the rest, so the types do not know this field.
    let mut properties = Map::new();
    properties.insert(
        "format".to_owned(),
        json!({ "description": "The format and its version.", "const": FORMAT }),
    );
    if let Value::Object(fields) = schema["properties"].take() {
        properties.extend(fields);
    }
    schema["title"] = json!("Hosting plan");
    schema["properties"] = properties.into();
    schema["required"] = json!(["format"]);
    format!("{schema:#}\n")
}
