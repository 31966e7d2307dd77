//! The JSON Schemas of plan and provider files, from the types that read them.

use model::catalog::Provider;
use model::plan::Plan;
use model::plan::format::FORMAT;
use serde_json::{Map, Value, json};

pub(crate) fn provider() -> String {
    let mut schema = Value::from(schemars::schema_for!(Provider));
    schema["title"] = json!("Provider file of the hosting catalogue");
    // The reader parses what the types only call text.
    schema["$defs"]["Date"] = json!({
        "description": "A day, or a month or year where no more is known.",
        "type": "string",
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    });
    format!("{schema:#}\n")
}

pub(crate) fn plan() -> String {
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
