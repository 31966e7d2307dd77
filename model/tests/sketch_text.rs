//! What holds for every plan that is written as text and read back.

mod any_command;

use std::rc::Rc;

use any_command::{CHOICES, command};
use model::plan::Plan;
use model::plan::sketch::{read, sketch};
use model::plan::sketch_text::sketch_text;
use model::redraw::redraw;
use model::templates;
use proptest::prelude::*;

/// The same text changes nothing, and what was read is written as it was.
fn holds(plan: &Plan) {
    let text = sketch_text(plan).text;
    let said = sketch(&text).expect("what the planner writes it reads");
    assert_eq!(redraw(plan, &said).as_ref(), Ok(plan), "{text}");
    assert_eq!(sketch_text(&said).text, text);
    // Drawn on an empty sheet it is what the notation says of the plan.
    let drawn = redraw(&Plan::default(), &said).expect("an empty sheet takes everything");
    assert_eq!(sketch_text(&drawn).text, text);
}

#[test]
fn every_template_is_written_whole_and_read_back() {
    for template in templates::ALL {
        let plan = template.plan().unwrap();
        holds(&plan);
        let written = sketch_text(&plan);
        assert_eq!(written.components.len(), plan.components.len());
        assert_eq!(written.connections.len(), plan.connections.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Also of plans that many odd edits have left behind.
    #[test]
    fn any_plan_is_written_and_read_back(
        template in 0..templates::ALL.len(),
        edits in prop::collection::vec((0..CHOICES, 0..40_usize, 0..40_usize, -1e9..1e9_f64), 0..12),
    ) {
        let mut plan = Rc::new(templates::ALL[template].plan().unwrap());
        for (choice, a, b, number) in edits {
            if let Some(Ok(next)) = command(&plan, choice, a, b, number).map(|edit| edit.apply(&plan)) {
                plan = next;
            }
        }
        holds(&plan);
    }

    /// A text is read to its end, whatever it is, and every fault has a place in it.
    #[test]
    fn any_text_is_read_or_refused_in_words(text in "[a-z]{0,4}([ ->~?*@/:,#=\\[\\]\n]|place |require |db|app|users|ü){0,40}") {
        let (_, errors) = read(&text);
        for error in errors {
            let line = text.lines().nth(error.line - 1).unwrap();
            prop_assert!(error.column <= line.chars().count() + 1);
            prop_assert!(!error.message().to_string().is_empty());
        }
    }
}
