//! What could not be used as drawn.

use super::page::Page;
use super::text::text;

pub(super) fn write(page: &mut Page) {
    if page.evaluation.problems.is_empty() {
        return;
    }
    page.section("Problems");
    page.line("These parts of the plan could not be used as drawn; everything below is computed without them or with what the sentence says.\n");
    for problem in &page.evaluation.problems {
        page.line(format!("- {}", text(&problem.message.to_string())));
    }
}
