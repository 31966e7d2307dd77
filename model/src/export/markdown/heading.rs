//! The title and the notes of the plan.

use super::page::Page;
use super::text::text;

pub(super) fn write(page: &mut Page) {
    let title = match text(&page.plan.title) {
        title if title.is_empty() => "Hosting plan".to_owned(),
        title => title,
    };
    page.line(format!("# {title}"));
    let notes = text(&page.plan.notes);
    if !notes.is_empty() {
        page.note(&notes);
    }
}
