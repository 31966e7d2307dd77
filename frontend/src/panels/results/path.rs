//! How failures reach a journey, as a sentence and as a picture: `Orders fails → Shop has no SQL database → Checkout is down`.

use std::rc::Rc;

use model::components::component_type;
use model::evaluate::JourneyEvaluation;
use model::plan::Id;
use model::story::{Step, Story, Why};
use yew::prelude::*;

use super::super::Shown;
use super::super::words::{in_sentence, sentence_start};
use crate::widgets::format;
use crate::widgets::icon::{Size, icon};

/// Steps that stand side by side in the picture; more are counted.
const MOST_ABREAST: usize = 3;

/// A part of a path: what it is called, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    icon: String,
    name: String,
    word: String,
    look: &'static str,
}

impl Node {
    fn clause(&self) -> String {
        format!("{} {}", self.name, self.word)
    }
}

/// What happens from the first failure to the journey: one column after the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    columns: Vec<Vec<Node>>,
}

impl Path {
    /// The path that a story tells; that of events which no story explains ends at once.
    pub(super) fn new(
        shown: &Shown,
        journey: &JourneyEvaluation,
        events: &[Rc<str>],
        story: &Story,
    ) -> Self {
        let mut columns = vec![events.iter().map(|event| cause(shown, event)).collect()];
        let most = story.steps.first().map_or(0, |step| step.distance);
        for distance in (0..=most).rev() {
            let here = story.steps.iter().filter(|step| step.distance == distance);
            columns.push(here.filter_map(|step| falls(shown, step)).collect());
        }
        columns.push(vec![Node {
            icon: "person".to_owned(),
            name: journey.name.clone(),
            word: t!("is down").to_owned(),
            look: "path__node path__node--end",
        }]);
        columns.retain(|column: &Vec<Node>| !column.is_empty());
        Self { columns }
    }

    /// The path in words.
    pub(super) fn sentence(&self) -> String {
        let clauses: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let is_cause = index == 0 && column.len() > 1;
                let all_fail = column.iter().all(|node| node.word == t!("fails"));
                if is_cause && all_fail {
                    let names: Vec<&str> = column.iter().map(|node| node.name.as_str()).collect();
                    return t!("{list} fail together", list = format::list(&names));
                }
                let clauses: Vec<String> = column.iter().map(Node::clause).collect();
                format::few(&clauses, MOST_ABREAST)
            })
            .collect();
        let sentence = clauses.join(" → ");
        if sentence.is_empty() {
            sentence
        } else {
            format!("{}.", sentence_start(&sentence))
        }
    }

    /// The path as a picture; its words stand in the sentence.
    pub(super) fn picture(&self) -> Html {
        html! {
            <ol class="path" aria-hidden="true">
                { for self.columns.iter().enumerate().map(|(index, column)| html! {
                    <li class="path__step" key={index}>
                        <span class="slot">
                            { for (index > 0).then(|| icon("arrow-right", Size::Normal)) }
                        </span>
                        <span class="path__nodes">
                            { for column.iter().take(MOST_ABREAST).enumerate().map(|(at, node)| html! {
                                <span class={node.look} key={at}>
                                    { icon(&node.icon, Size::Normal) }
                                    <span class="path__words">
                                        <span class="path__name">{ &node.name }</span>
                                        <span class="path__word">{ &node.word }</span>
                                    </span>
                                </span>
                            }) }
                            { for (column.len() > MOST_ABREAST).then(|| html! {
                                <span class="path__more" key="more">
                                    { tn!(column.len() - MOST_ABREAST; "and {count} more", "and {count} more") }
                                </span>
                            }) }
                        </span>
                    </li>
                }) }
            </ol>
        }
    }
}

/// An event: what it happens to, and what it is.
fn cause(shown: &Shown, event: &str) -> Node {
    let (kind, id) = event.split_once(':').unwrap_or(("component", event));
    let component = id.split_once('#').map_or(id, |(id, _)| id);
    let (icon, name, word) = match kind {
        "place" => ("place".to_owned(), shown.event_name(event), t!("is out")),
        "connection" => (
            "arrow-right".to_owned(),
            shown.event_name(event),
            t!("breaks"),
        ),
        "common_cause" => (
            icon_of(shown, component),
            t!("All of {name}", name = shown.name(component)),
            t!("fail at once"),
        ),
        "failover" => (
            icon_of(shown, component),
            shown.event_name(event),
            t!("does not work"),
        ),
        "switchover" => (
            icon_of(shown, component),
            shown.name(component),
            t!("switches to its replica"),
        ),
        _ => (
            icon_of(shown, component),
            shown.event_name(event),
            t!("fails"),
        ),
    };
    Node {
        icon,
        name,
        word: word.to_owned(),
        look: "path__node path__node--cause",
    }
}

/// A component that falls; none where its own failure says it all, and for the users, whose journey is told instead.
fn falls(shown: &Shown, step: &Step) -> Option<Node> {
    let component = shown.plan.component(&step.component)?;
    let is_source = component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source);
    let word = match &step.why {
        Why::Lost { events, .. } if says_it_all(events, &step.component) => return None,
        Why::Lost { left: 0, .. } => t!("is gone with it").to_owned(),
        Why::Lost { left, needed, .. } => {
            t!("has {left} of the {needed} that it needs", left, needed)
        }
        Why::Unserved { .. } if is_source => return None,
        Why::Unserved { by, needed, .. } => match by.first() {
            None => t!("cannot reach what it needs").to_owned(),
            Some(_) if *needed > 1 => t!("has fewer than {needed} of what it needs", needed),
            Some(first) => t!("has no {component}", component = noun(shown, first)),
        },
    };
    Some(Node {
        icon: icon_of(shown, &step.component),
        name: shown.name(&step.component),
        word,
        look: "path__node",
    })
}

/// Whether the events are failures of this component by itself, so that there is nothing to add.
fn says_it_all(events: &[Rc<str>], component: &Id) -> bool {
    events.iter().all(|event| {
        let own = event.split_once(':').map_or(&**event, |(_, id)| id);
        let is_place = event.starts_with("place:");
        !is_place && own.split_once('#').map_or(own, |(id, _)| id) == component.as_str()
    })
}

/// The icon of a component's type.
fn icon_of(shown: &Shown, id: &str) -> String {
    let component = shown.plan.component(id);
    let kind = component.and_then(|component| component_type(&component.kind));
    kind.map_or_else(|| "box".to_owned(), |kind| kind.id.to_owned())
}

/// What a component is, in a sentence: `SQL database`, `load balancer`.
fn noun(shown: &Shown, id: &Id) -> String {
    let component = shown.plan.component(id);
    let kind = component.and_then(|component| component_type(&component.kind));
    let Some(kind) = kind else {
        return shown.name(id);
    };
    in_sentence(kind.name).into_owned()
}
