//! What the rules say, with why and what to do.

use super::page::Page;
use super::text::text;

pub(super) fn write(page: &mut Page) {
    page.section("Findings");
    if page.evaluation.findings.is_empty() {
        page.line("None of the rules has anything to say about this plan.");
    }
    for finding in &page.evaluation.findings {
        page.line(format!(
            "- **{}** ({})  \n  {}  \n  {}",
            text(&finding.title.to_string()),
            finding.severity.id(),
            text(&finding.why.to_string()),
            text(&finding.advice.to_string())
        ));
    }
}
