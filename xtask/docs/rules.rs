//! Every rule with its reason, its advice, its limits and its examples.

use model::rules;

pub(crate) fn text() -> String {
    let sections: Vec<String> = rules::ALL
        .iter()
        .map(|rule| {
            format!(
                "## {}\n\n\
                 Severity: {}\n\n\
                 **Why it matters.** {}\n\n\
                 **What to do.** {}\n\n\
                 **When it may be wrong.** {}\n\n\
                 It fires on\n\n```text\n{}\n```\n\n\
                 and is silent on\n\n```text\n{}\n```\n",
                rule.id,
                rule.severity.id(),
                rule.why,
                rule.advice,
                rule.limits,
                rule.bad,
                rule.good
            )
        })
        .collect();
    format!(
        "<!-- Written by `cargo xtask docs`. -->\n\n# Rules\n\n\
         What the planner warns of, in the order of the list; in a plan the most severe findings come first.\n\
         `error` does not work as drawn, `high` hurts with the first failure or the next growth, `medium` will hurt some day, `info` is good to know.\n\
         Each rule is tested on the two sketches shown with it; [the notation](../plan-format.md#sketches) is explained with the plan format.\n\n{}",
        sections.join("\n")
    )
}
