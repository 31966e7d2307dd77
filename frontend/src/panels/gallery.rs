//! The starting plans, each with its drawing in small.

use model::plan::Plan;
use model::templates::{self, Template};
use yew::prelude::*;

use super::miniature::miniature;
use crate::state::Message;
use crate::widgets::button::Button;
use crate::widgets::dialog::Dialog;
use crate::widgets::format;

/// The starting plans in a dialog.
#[derive(Properties, PartialEq)]
pub(crate) struct GalleryProps {
    /// Where messages go.
    pub send: Callback<Message>,
}

/// Draws the starting plans.
#[component]
pub(crate) fn Gallery(props: &GalleryProps) -> Html {
    let send = &props.send;
    let plans = use_memo((), |()| {
        templates::ALL
            .iter()
            .filter_map(|template| Some((*template, template.plan().ok()?)))
            .collect::<Vec<(Template, Plan)>>()
    });
    let foot = html! {
        { Button {
            label: t!("Open a file").into(),
            icon: Some("import".into()),
            on_click: send.reform(|()| Message::ChooseFile),
            ..Button::default()
        }.draw() }
    };
    html! {
        <Dialog
            id="gallery-title"
            title={t!("Starting plans")}
            class="gallery"
            {foot}
            on_close={send.reform(|()| Message::Close)}
        >
            <p class="gallery__lead">
                { t!("Each adds one idea to the one before. Opening one replaces the drawing; undo brings yours back.") }
            </p>
            <ul class="gallery__list">
                { for plans.iter().map(|(template, plan)| starter(*template, plan, send)) }
                <li key="empty">
                    <button
                        type="button"
                        class="starter starter--empty"
                        onclick={send.reform(|_: MouseEvent| Message::StartEmpty)}
                    >
                        <svg class="starter__picture" viewBox="0 0 264 112" aria-hidden="true">
                            <rect class="mini__frame" x="92" y="32" width="80" height="48" rx="8" />
                            <path class="mini__frame" d="M132 46v20M122 56h20" stroke-dasharray="none" />
                        </svg>
                        <span class="starter__name">{ t!("Start empty") }</span>
                        <span class="starter__text">{ t!("A blank sheet, for the plan that you have in mind.") }</span>
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

fn starter(template: Template, plan: &Plan, send: &Callback<Message>) -> Html {
    let peak: f64 = plan
        .journeys
        .iter()
        .filter_map(|journey| journey.peak_rps)
        .sum();
    let facts = tn!(
        plan.components.len();
        "{count} component · {peak} requests a second",
        "{count} components · {peak} requests a second",
        peak = format::short(peak)
    );
    html! {
        <li key={template.id}>
            <button
                type="button"
                class="starter"
                data-template={template.id}
                onclick={send.reform(move |_: MouseEvent| Message::LoadTemplate(template))}
            >
                { miniature(plan, "starter__picture") }
                <span class="starter__name">{ &plan.title }</span>
                <span class="starter__text">{ &plan.notes }</span>
                <span class="starter__facts">{ facts }</span>
            </button>
        </li>
    }
}
