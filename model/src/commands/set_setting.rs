//! Sets one parameter of a component.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CommandError, Edit, name_of, with_component};
use crate::components::{self, Values};
use crate::plan::{Id, Plan, format};
use crate::words::{self, Words, small, text};

/// Sets one parameter of a component, or takes its own value back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetSetting {
    /// The component.
    pub component: Id,
    /// The parameter.
    pub setting: String,
    /// The value; none for the default.
    pub value: Option<Value>,
}

impl Edit for SetSetting {
    fn apply(&self, plan: &Plan) -> Result<Plan, CommandError> {
        let component = plan
            .component(&self.component)
            .ok_or_else(|| CommandError::Unknown(self.component.clone()))?;
        let parameter = components::component_type(&component.kind)
            .and_then(|kind| kind.parameter(&self.setting));
        if let (Some(parameter), Some(value)) = (parameter, &self.value) {
            match parameter.values {
                Values::Number { unit, min, max, .. } => {
                    if !value
                        .as_f64()
                        .is_some_and(|value| (min..=max).contains(&value))
                    {
                        let legal = if unit.is_empty() {
                            words!("a number from {min} to {max}", min, max)
                        } else {
                            words!(
                                "a number from {min} to {max} {unit}",
                                min,
                                max,
                                unit = text(unit)
                            )
                        };
                        return Err(CommandError::IllegalNumber {
                            what: parameter.label,
                            legal,
                        });
                    }
                }
                Values::Choice(words) => {
                    if !words.iter().any(|(word, _)| value.as_str() == Some(word)) {
                        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                        let legal = words!("one of {words}", words = words.join(", "));
                        return Err(CommandError::IllegalNumber {
                            what: parameter.label,
                            legal,
                        });
                    }
                }
            }
        }
        with_component(plan, &self.component, |component| match &self.value {
            Some(value) => {
                let value = value.as_f64().map_or_else(|| value.clone(), format::number);
                component.settings.insert(self.setting.clone(), value);
            }
            None => {
                component.settings.shift_remove(&self.setting);
            }
        })
    }

    fn label(&self, plan: &Plan) -> Words {
        let parameter = plan
            .component(&self.component)
            .and_then(|component| components::component_type(&component.kind))
            .and_then(|kind| kind.parameter(&self.setting));
        let setting = parameter.map_or_else(
            || words::Value::from(&self.setting),
            |parameter| small(parameter.label),
        );
        words!(
            "Change {setting} of {name}",
            setting,
            name = name_of(plan, &self.component)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    #[test]
    fn only_legal_values_are_taken() {
        let plan = sketch("users -> cache").unwrap();
        let set = |value: Value| {
            SetSetting {
                component: "cache".into(),
                setting: "hit_ratio".to_owned(),
                value: Some(value),
            }
            .apply(&plan)
        };
        assert!(set(Value::from(0.5)).is_ok());
        assert!(
            set(Value::from(1.5))
                .unwrap_err()
                .to_string()
                .contains("from 0 to 1")
        );
        assert!(set(Value::from("half")).is_err());
    }
}
