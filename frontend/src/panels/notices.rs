//! What the page says on its own: the first sentence, things done, files that cannot be opened.

use std::rc::Rc;

use yew::prelude::*;

use crate::state::{LoadProblem, Message, Notice, NoticeAction, Overlay, Tone};
use crate::texts::say;
use crate::widgets::button::{Button, IconButton, Look};
use crate::widgets::icon::{Size, icon};

/// The first sentence over the drawing.
pub(crate) fn welcome(send: &Callback<Message>) -> Html {
    html! {
        <p class="welcome">
            <span>{ t!("A small shop on four machines. Put the database somewhere else and watch what changes.") }</span>
            { IconButton {
                icon: "close".into(),
                label: t!("Dismiss").into(),
                side: Some("end".into()),
                small: true,
                on_click: send.reform(|()| Message::DismissWelcome),
                ..IconButton::default()
            }.draw() }
        </p>
    }
}

/// What stands where nothing is drawn.
pub(crate) fn empty_drawing(send: &Callback<Message>) -> Html {
    html! {
        <div class="canvas__empty">
            <svg class="canvas__empty-picture" viewBox="0 0 224 80" aria-hidden="true">
                <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 4">
                    <rect x="1" y="24" width="56" height="32" rx="6" />
                    <rect x="84" y="24" width="56" height="32" rx="6" />
                    <rect x="167" y="24" width="56" height="32" rx="6" />
                </g>
                <g fill="none" stroke="currentColor" stroke-width="1.5">
                    <path d="M57 40h25M140 40h25M78 36l4 4-4 4M161 36l4 4-4 4" />
                </g>
            </svg>
            <h2 class="canvas__empty-title">{ t!("Nothing drawn yet") }</h2>
            <p class="canvas__empty-text">
                { t!("Start with who visits, then what answers them. Add components from the palette, or begin with a plan that works.") }
            </p>
            <div class="canvas__empty-actions">
                { Button {
                    label: t!("Choose a starting plan").into(),
                    look: Look::Primary,
                    on_click: send.reform(|()| Message::Open(Overlay::Gallery)),
                    ..Button::default()
                }.draw() }
                { Button {
                    label: t!("Import a plan").into(),
                    icon: Some("import".into()),
                    on_click: send.reform(|()| Message::ChooseFile),
                    ..Button::default()
                }.draw() }
            </div>
        </div>
    }
}

/// What was done or refused last; the page's live region reads it out.
pub(crate) fn toasts(notice: Option<&Rc<Notice>>, send: &Callback<Message>) -> Html {
    html! { <div class="toasts">{ for notice.map(|notice| toast(notice, send)) }</div> }
}

fn toast(notice: &Notice, send: &Callback<Message>) -> Html {
    let id = notice.id;
    let action = |action: &NoticeAction| {
        let message = (*action.message).clone();
        let onclick = {
            let send = send.clone();
            move |_: MouseEvent| {
                send.emit(Message::DismissNotice(id));
                send.emit(message.clone());
            }
        };
        html! { <button key={action.label} type="button" class="toast__action" {onclick}>{ say(action.label) }</button> }
    };
    let picture = match notice.tone {
        Tone::Done => "check",
        Tone::Refused => "info",
        Tone::Warning => "medium",
    };
    let dismiss = send.reform(move |_: MouseEvent| Message::DismissNotice(id));
    html! {
        <div class="toast" key={id.to_string()}>
            { icon(picture, Size::Normal) }
            <span class="toast__text">{ &notice.text }</span>
            <span class="toast__actions">{ for notice.actions.iter().map(action) }</span>
            <button type="button" class="toast__action toast__action--icon" aria-label={t!("Dismiss")} onclick={dismiss}>
                { icon("close", Size::Small) }
            </button>
        </div>
    }
}

/// Why a file could not be opened, and what to do.
pub(crate) fn load_problem(problem: &LoadProblem, send: &Callback<Message>) -> Html {
    html! {
        <div class="load-problem severity--error" role="alert">
            { icon("error", Size::Normal) }
            <div>
                <h2 class="load-problem__title">{ t!("This file could not be opened") }</h2>
                <p class="load-problem__text">
                    <strong>{ &problem.name }</strong>
                    { ". " }
                    { &problem.text }
                    { " " }{ t!("Your drawing is unchanged.") }
                </p>
                <div class="slot">
                    { for problem.excerpt.as_ref().map(|excerpt| html! {
                        <pre class="load-problem__place" tabindex="0" aria-label={t!("The place in the file")}>{ excerpt }</pre>
                    }) }
                </div>
                <div class="load-problem__actions">
                    { Button {
                        label: t!("Choose another file").into(),
                        look: Look::Primary,
                        on_click: send.reform(|()| Message::ChooseFile),
                        ..Button::default()
                    }.draw() }
                    { Button {
                        label: t!("Keep the drawing").into(),
                        on_click: send.reform(|()| Message::DismissLoadProblem),
                        ..Button::default()
                    }.draw() }
                </div>
            </div>
        </div>
    }
}

/// What covers the page while a file is dragged over it.
pub(crate) fn drop_target() -> Html {
    html! {
        <div class="drop" aria-hidden="true">
            <div class="drop__frame">
                { icon("import", Size::Large) }
                <p>{ t!("Drop the plan to open it") }</p>
                <p class="drop__hint">{ t!("A JSON file of up to 5 MB. You can undo it.") }</p>
            </div>
        </div>
    }
}
