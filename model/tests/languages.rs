//! Whatever the model says, another language can say: each sentence is a text with its values.

mod any_command;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use any_command::command;
use model::catalog::{Catalog, Date};
use model::evaluate::{Evaluation, evaluate};
use model::exit_drill::{Drill, Move, exit_drill};
use model::four_ways::four_ways;
use model::plan::{Id, Plan};
use model::scenarios::{Loss, Scenario, aftermath};
use model::templates;
use model::words::{English, Voice, Words};
use proptest::prelude::*;

/// English in brackets: whatever stands outside of them no language could say otherwise.
#[derive(Default)]
struct Bracketed(RefCell<BTreeMap<&'static str, &'static str>>);

impl Voice for Bracketed {
    fn text(&self, english: &'static str) -> &'static str {
        let mut known = self.0.borrow_mut();
        let leak = || &*Box::leak(format!("⟦{english}⟧").into_boxed_str());
        known.entry(english).or_insert_with(leak)
    }

    fn counted(&self, count: f64, one: &'static str, other: &'static str) -> &'static str {
        self.text(English.counted(count, one, other))
    }

    fn number(&self, value: f64, decimals: usize) -> String {
        English.number(value, decimals)
    }

    fn exact(&self, value: f64) -> String {
        English.exact(value)
    }

    fn grouped(&self, value: f64) -> String {
        English.grouped(value)
    }

    fn date(&self, iso: &str) -> String {
        English.date(iso)
    }
}

/// What is wrong with a sentence, if something is.
fn fault(voice: &Bracketed, words: &Words) -> Option<String> {
    let said = words.say(voice);
    let is_whole = said.starts_with('⟦') && said.ends_with('⟧');
    let plain = said.replace(['⟦', '⟧'], "");
    let is_english = plain.eq_ignore_ascii_case(&words.to_string());
    let names = said.split('{').skip(1);
    let has_gap = names
        .filter_map(|rest| rest.split_once('}'))
        .any(|(name, _)| name.chars().all(|letter| letter.is_ascii_lowercase()));
    (!is_whole || !is_english || has_gap).then_some(said)
}

/// Every sentence of an evaluation.
fn sentences(plan: &Rc<Plan>, evaluation: &Evaluation) -> Vec<Words> {
    let mut all: Vec<Words> = Vec::new();
    all.extend(evaluation.problems.iter().map(|one| one.message.clone()));
    for finding in &evaluation.findings {
        all.extend([&finding.title, &finding.why, &finding.advice].map(Words::clone));
        if let Some(fix) = &finding.fix {
            all.extend([fix.label.clone(), fix.command.label(plan)]);
        }
    }
    for component in evaluation.components.values() {
        for line in &component.line_items {
            all.push(line.formula.clone());
            all.push(line.price.words());
        }
        all.extend(component.missing_prices.iter().map(|one| one.why.clone()));
        let holds = component.exit.iter().flat_map(|exit| &exit.holds);
        all.extend(holds.map(|hold| hold.what.clone()));
    }
    all.extend(evaluation.totals.holds.iter().map(|one| one.what.clone()));
    all.retain(|words| !words.is_empty());
    all
}

fn check(voice: &Bracketed, all: &[Words]) {
    for words in all {
        assert_eq!(fault(voice, words), None, "{words}");
    }
}

#[test]
fn all_that_is_said_of_every_template_is_text_with_values() {
    let catalog = Catalog::embedded();
    let today = Date::parse("2026-11-21").unwrap();
    let voice = Bracketed::default();
    let mut said = 0;
    for template in templates::ALL {
        let plan = Rc::new(template.plan().unwrap());
        let evaluation = evaluate(&plan, &catalog, Some(today));
        let mut all = sentences(&plan, &evaluation);
        for provider in &catalog.providers {
            let drill = Drill {
                provider: provider.id.clone(),
                told: today,
                ends: today.after_days(90),
                is_in_eu: true,
            };
            let report = exit_drill(&plan, &catalog, &evaluation, &drill);
            let report = report.filter(|report| !report.moves.is_empty());
            if let Some(report) = report {
                all.extend(report.steps.into_iter().map(|step| step.text));
                all.extend(report.moves.iter().map(Move::whereabouts));
            }
        }
        for component in &plan.components {
            let scenario = Scenario {
                losses: [Loss::Instance(component.id.clone(), 1)].into(),
            };
            let after = aftermath(&plan, &catalog, &scenario);
            let fates = after
                .components
                .values()
                .filter_map(|fate| fate.why.as_ref());
            let journeys = after.journeys.iter().filter_map(|fate| fate.why.as_ref());
            all.extend(fates.chain(journeys).map(|why| why.words(Id::to_string)));
        }
        check(&voice, &all);
        said += all.len();
    }
    assert!(said > 300, "{said}");
}

#[test]
fn every_way_of_hosting_is_told_in_text_with_values() {
    let catalog = Catalog::embedded();
    let voice = Bracketed::default();
    let plan = Rc::new(templates::ALL[1].plan().unwrap());
    for way in four_ways(&plan, &catalog, None) {
        let why = way.mappings.iter().map(|mapping| mapping.why.clone());
        check(&voice, &why.collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_that_is_said_of_any_plan_is_text_with_values(
        template in 0..templates::ALL.len(),
        edits in prop::collection::vec((any::<u8>(), 0_usize..1100, 0_usize..1100, -1e9_f64..1e9), 0..20),
    ) {
        let catalog = Catalog::embedded();
        let voice = Bracketed::default();
        let mut plan = Rc::new(templates::ALL[template].plan().unwrap());
        for (choice, a, b, number) in edits {
            let Some(command) = command(&plan, choice, a, b, number) else { continue };
            prop_assert_eq!(fault(&voice, &command.label(&plan)), None);
            match command.apply(&plan) {
                Ok(next) => plan = next,
                Err(refused) => prop_assert_eq!(fault(&voice, &refused.words()), None),
            }
        }
        let evaluation = evaluate(&plan, &catalog, None);
        for words in sentences(&plan, &evaluation) {
            prop_assert_eq!(fault(&voice, &words), None);
        }
    }
}
