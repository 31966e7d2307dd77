//! What the editor asks of the browser once it does more than draw: files handed out, the clipboard.

use model::plan::format;
use yew::Callback;

use crate::browser::clipboard;
use crate::browser::files::{self, Chosen, Content};
use crate::state::{Compare, Effect, LoadProblem, Message, Rework};

/// Does one of them; what comes of it is sent on.
pub(crate) fn run(effect: Effect, send: &Callback<Message>) {
    let send = send.clone();
    match effect {
        Effect::Download { name, mime, text } => files::download(&name, mime, &text),
        Effect::ChooseFileToCompare => {
            files::choose(format::MAX_BYTES, move |chosen| {
                send.emit(match opened(chosen) {
                    Message::LoadBytes { name, bytes } => {
                        Message::Compare(Compare::Bytes { name, bytes })
                    }
                    failed => failed,
                });
            });
        }
        Effect::WriteClipboard(text) => {
            clipboard::write(text, move || {
                send.emit(Message::Rework(Rework::NoClipboard { keys: "Ctrl C" }));
            });
        }
        Effect::ReadClipboard(at) => {
            clipboard::read(move |text| {
                send.emit(Message::Rework(match text {
                    Some(text) => Rework::Paste {
                        text,
                        at,
                        whole: false,
                    },
                    None => Rework::NoClipboard { keys: "Ctrl V" },
                }));
            });
        }
        _ => {}
    }
}

/// What a file means to the editor.
pub(crate) fn opened(file: Chosen) -> Message {
    let Chosen { name, content } = file;
    match content {
        Content::Bytes(bytes) => Message::LoadBytes { name, bytes },
        Content::TooLarge(size) => Message::LoadFailed(match format::check_size(size) {
            Err(error) => LoadProblem {
                name,
                text: error.to_string(),
                excerpt: None,
            },
            Ok(()) => unreadable(name),
        }),
        Content::Unreadable => Message::LoadFailed(unreadable(name)),
    }
}

fn unreadable(name: String) -> LoadProblem {
    LoadProblem {
        name,
        text: t!("The browser could not read it. Choose it again, or a copy of it.").to_owned(),
        excerpt: None,
    }
}
