//! How plans come into the editor and go out: files, starting plans, text, exports, and plans to compare with.

use std::rc::Rc;

use model::commands::{Command, ReplacePlan, Together};
use model::diagram;
use model::plan::{Plan, format};

use super::super::history::Subject;
use super::super::{
    Compare, Compared, Effect, FocusTarget, LoadProblem, Message, Notice, Overlay, Selection, Tone,
};
use super::Editor;

impl Editor {
    /// Takes plans in and hands them out.
    pub(super) fn exchange(
        &mut self,
        message: Message,
        now_seconds: f64,
        effects: &mut Vec<Effect>,
    ) {
        match message {
            Message::LoadBytes { name, bytes } => match format::read(&bytes) {
                Ok(plan) => self.replace(plan, now_seconds, effects),
                Err(error) => self.fail(LoadProblem::new(name, &bytes, &error), effects),
            },
            Message::LoadFailed(problem) => self.fail(problem, effects),
            Message::DismissLoadProblem => self.load_problem = None,
            Message::LoadTemplate(template) => match template.plan() {
                Ok(plan) => self.replace(plan, now_seconds, effects),
                Err(error) => self.notify(Notice::new(Tone::Refused, error.to_string()), effects),
            },
            Message::StartEmpty => self.replace(Plan::default(), now_seconds, effects),
            Message::Export(format) => self.export(format, effects),
            Message::Print => effects.push(Effect::Print),
            Message::Download { name, mime, text } => {
                effects.push(Effect::Download { name, mime, text });
            }
            Message::DraftFailed(reason) => {
                let notice = Notice::new(Tone::Warning, reason)
                    .with_action(t!("Export now"), Message::Export("json"));
                self.notify(notice, effects);
            }
            _ => {}
        }
    }

    /// Makes the plan what its text says; texts within a pause are one step.
    pub(super) fn redraw(&mut self, drawn: &Plan, now_seconds: f64, effects: &mut Vec<Effect>) {
        let mut plan = drawn.clone();
        for component in &mut plan.components {
            // What the text named before stays where it was put.
            if component.position.is_none()
                && let Some(known) = self.plan.component(&component.id)
            {
                Rc::make_mut(component).position = known.position;
            }
        }
        let command = Command::from(Together {
            title: model::words!("Edit the text"),
            commands: vec![Command::from(ReplacePlan {
                plan: arranged(plan),
            })],
        });
        self.edit(&command, Some(Subject::text()), now_seconds, effects);
        self.redrawn = Some(Rc::clone(&self.plan));
    }

    /// Sets a plan beside this one, or puts it away.
    pub(super) fn compare(&mut self, compare: Compare, effects: &mut Vec<Effect>) {
        let compared = match compare {
            Compare::Template(template) => Compared::template(&template),
            Compare::Pin => Some(Compared::pinned(&self.plan)),
            Compare::ChooseFile => {
                effects.push(Effect::ChooseFileToCompare);
                return;
            }
            Compare::Bytes { name, bytes } => match Compared::file(&name, &bytes) {
                Ok(compared) => Some(compared),
                Err(error) => {
                    self.fail(LoadProblem::new(name, &bytes, &error), effects);
                    return;
                }
            },
            Compare::Stop => None,
        };
        effects.push(Effect::Announce(match &compared {
            Some(compared) => t!("Compared with {name}.", name = compared.name),
            None => t!("Nothing is compared.").to_owned(),
        }));
        self.compared = compared;
    }

    pub(super) fn fail(&mut self, problem: LoadProblem, effects: &mut Vec<Effect>) {
        self.overlay = None;
        effects.push(Effect::Announce(t!(
            "{name} could not be opened. {why}",
            name = problem.name,
            why = problem.text
        )));
        self.load_problem = Some(Rc::new(problem));
    }

    pub(super) fn replace(&mut self, plan: Plan, now_seconds: f64, effects: &mut Vec<Effect>) {
        let command = Command::from(ReplacePlan {
            plan: arranged(plan),
        });
        self.load_problem = None;
        self.overlay = None;
        self.placing = None;
        self.scenario = None;
        self.edit(&command, None, now_seconds, effects);
        self.select(Selection::default());
        self.show_start();
        let title = match self.plan.title.as_str() {
            "" if self.plan.components.is_empty() => t!("An empty drawing"),
            "" => t!("The plan"),
            title => title,
        };
        effects.push(Effect::Announce(t!("{title} is open.", title)));
        effects.push(Effect::Focus(FocusTarget::Canvas));
    }

    pub(super) fn export(&mut self, export: &'static str, effects: &mut Vec<Effect>) {
        if matches!(self.overlay, Some(Overlay::ExportMenu | Overlay::MoreMenu)) {
            self.overlay = None;
        }
        effects.push(if export == "json" {
            Effect::Download {
                name: format!("{}.json", self.file_name()),
                mime: "application/json",
                text: format::write(&self.plan),
            }
        } else {
            Effect::ExportReport(export)
        });
    }
}

/// A plan in which every component has a position.
pub(super) fn arranged(mut plan: Plan) -> Plan {
    let corners = diagram::layout(&plan);
    for (component, corner) in plan.components.iter_mut().zip(corners) {
        if component.position != Some([corner.x, corner.y]) {
            Rc::make_mut(component).position = Some([corner.x, corner.y]);
        }
    }
    plan
}
