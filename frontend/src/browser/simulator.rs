//! A simulation in a worker, which is loaded only for that.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{ErrorEvent, MessageEvent, Worker};

/// A simulation that runs as long as this lives.
pub(crate) struct Simulator {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// What a simulator says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// So many percent are done.
    Progress(u32),
    /// What was seen, as `hosting-simulation/1`.
    Report(String),
    /// Why there is no report.
    Fault(String),
}

/// Simulates a plan, given as JSON, and tells how that goes; nothing where the browser has no workers.
pub(crate) fn simulate(
    seed: u64,
    plan: &str,
    hear: impl Fn(Answer) + Clone + 'static,
) -> Option<Simulator> {
    let worker = Worker::new(&address()?).ok()?;
    let (job, answers, starter) = (format!("{seed}\n{plan}"), hear.clone(), worker.clone());
    let messages = EventListener::new(&worker, "message", move |event| {
        let text = event
            .dyn_ref::<MessageEvent>()
            .and_then(|event| event.data().as_string())
            .unwrap_or_default();
        match text.split_once(' ') {
            Some(("progress", percent)) => {
                answers(Answer::Progress(percent.parse().unwrap_or(0)));
            }
            Some(("report", report)) => answers(Answer::Report(report.to_owned())),
            Some((_, fault)) => answers(Answer::Fault(fault.to_owned())),
            // It is ready.
            None => {
                let _ = starter.post_message(&job.as_str().into());
            }
        }
    });
    let faults = EventListener::new(&worker, "error", move |event| {
        let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        hear(Answer::Fault(message.unwrap_or_default()));
    });
    Some(Simulator {
        worker,
        _listeners: [messages, faults],
    })
}

/// Where the worker starts, with the files that it loads, as the page names them.
fn address() -> Option<String> {
    let page = web_sys::window()?.document()?;
    let names = page.query_selector("meta[name=simulator]").ok()??;
    let (start, program, wasm) = (
        names.get_attribute("content")?,
        names.get_attribute("data-program")?,
        names.get_attribute("data-wasm")?,
    );
    Some(format!("{start}?program={program}&wasm={wasm}"))
}
