//! `docs/generated/rules.md`: every rule with its reason, its advice and its limits.

use std::fmt::Write as _;

use model::rules;

/// One section per rule, in the order in which findings are shown.
pub(crate) fn text() -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Rules\n\n\
         A rule reads the reports on a plan and names a fault; the sketches are its tests.\n",
    );
    for rule in rules::ALL {
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "\n## {}\n\nSeverity: {}.\n\n**Why.** {}\n\n**What to do.** {}\n\n**When it may be wrong.** {}\n\n\
             Fires on:\n\n```text\n{}\n```\n\nSilent on:\n\n```text\n{}\n```\n",
            rule.id,
            format!("{:?}", rule.severity).to_lowercase(),
            rule.why,
            rule.advice,
            rule.limits,
            rule.bad.trim(),
            rule.good.trim()
        );
    }
    page
}
