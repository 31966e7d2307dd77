//! Data without a copy elsewhere.

use serde_json::Value;

use super::{Context, Finding, Rule, Severity};
use crate::commands::SetSetting;

pub(super) const RULE: Rule = Rule {
    id: "missing-backup",
    severity: Severity::High,
    why: "A second instance does not help against a wrong command: it deletes there too. Without a backup the data is gone for good.",
    advice: "Back it up elsewhere at least once a day, and try to restore it once in a while.",
    limits: "Blind to backups that a managed service makes by itself: say so in the settings.",
    bad: "users -> app -> db",
    good: "users -> app -> db[backup_interval_hours=24]",
    check,
};

fn check(context: &Context) -> Vec<Finding> {
    let topology = context.topology;
    let lacks_backup = |component: &usize| {
        let resolved = &topology.components[*component];
        resolved.keeps_data() && resolved.protection.backup.is_none()
    };
    (0..topology.components.len())
        .filter(lacks_backup)
        .map(|component| {
            let name = topology.name(component);
            let has_copies = topology.components[component].instances > 1
                || !topology.standbys(component).is_empty();
            let title = if has_copies {
                words!("{name} has copies, but no backup", name)
            } else {
                words!("Nothing backs up {name}", name)
            };
            let backup = SetSetting {
                component: topology.id(component).clone(),
                setting: "backup_interval_hours".to_owned(),
                value: Some(Value::from(24)),
            };
            RULE.finding(vec![topology.id(component).clone()], title)
                .fix(words!("Back up {name} every day", name), backup)
        })
        .collect()
}
