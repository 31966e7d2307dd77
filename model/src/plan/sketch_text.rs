//! A plan in the arrow notation of [`super::sketch`], as far as the notation can say it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::sketch::{COMPONENT_OPTIONS, type_of_name};
use super::{
    Backoff, Component, Connection, Id, Journey, Mode, Need, Place, Plan, Redundancy, Requirement,
    Site,
};
use crate::components;

/// A plan in the notation, and which of its parts the text names, by their index in the plan.
///
/// What the text does not name has an id that the notation cannot write, or one that comes twice, or ends that are
/// not there. Of what it names it says every field that the notation has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SketchText {
    /// The text: places, components, connections, requirements, one a line.
    pub text: String,
    /// The places in it, in its order.
    pub places: Vec<usize>,
    /// The components in it, in its order.
    pub components: Vec<usize>,
    /// The connections in it, in its order.
    pub connections: Vec<usize>,
    /// The requirements in it, in its order.
    pub requirements: Vec<usize>,
}

/// Writes a plan in the notation; reading the text never fails.
pub fn sketch_text(plan: &Plan) -> SketchText {
    let mut written = SketchText::default();
    let mut lines: Vec<String> = Vec::new();
    let mut known: BTreeSet<&Id> = BTreeSet::new();
    for (index, place) in plan.places.iter().enumerate() {
        if is_word(&place.id) && known.insert(&place.id) {
            written.places.push(index);
            lines.push(place_line(place));
        }
    }
    paragraph(&mut written.text, &mut lines);
    let mut named: BTreeSet<&Id> = BTreeSet::new();
    for (index, component) in plan.components.iter().enumerate() {
        let is_typed = components::component_type(&component.kind).is_some();
        if is_typed && is_name(&component.id) && named.insert(&component.id) {
            written.components.push(index);
            lines.push(component_line(plan, component));
        }
    }
    paragraph(&mut written.text, &mut lines);
    for (index, connection) in plan.connections.iter().enumerate() {
        if named.contains(&connection.from) && named.contains(&connection.to) {
            written.connections.push(index);
            lines.push(connection_line(connection));
        }
    }
    paragraph(&mut written.text, &mut lines);
    for (index, requirement) in plan.requirements.iter().enumerate() {
        if let Some(line) = requirement_line(requirement) {
            written.requirements.push(index);
            lines.push(line);
        }
    }
    paragraph(&mut written.text, &mut lines);
    written
}

/// Writes lines with a free one before them, and forgets them.
fn paragraph(text: &mut String, lines: &mut Vec<String>) {
    if !text.is_empty() && !lines.is_empty() {
        text.push('\n');
    }
    for line in lines.drain(..) {
        text.push_str(&line);
        text.push('\n');
    }
}

fn place_line(place: &Place) -> String {
    let mut line = format!("place {}: {}", place.id, place.kind.id());
    if let Some(outer) = place.within.as_ref().filter(|outer| is_word(outer)) {
        line.push_str(" in ");
        line.push_str(outer);
    }
    let mut options = Options::default();
    options.number("unavailability", place.unavailability);
    options.word("site", place.site.map(Site::id));
    let options = options.finish();
    if options.is_empty() {
        line
    } else {
        format!("{line} {options}")
    }
}

fn component_line(plan: &Plan, component: &Component) -> String {
    let mut line = component.id.to_string();
    if type_of_name(&component.id).as_ref() != Some(&component.kind) {
        line.push(':');
        line.push_str(&component.kind.replace('_', "-"));
    }
    if let Some(instances) = component.instances.filter(|count| count.is_finite()) {
        line.push('*');
        line.push_str(&number(instances));
    }
    if component.placement.iter().all(|place| is_word(place)) {
        for (index, place) in component.placement.iter().enumerate() {
            line.push(if index == 0 { '@' } else { '/' });
            line.push_str(place);
        }
    }
    let mut options = Options::default();
    let is_source =
        components::component_type(&component.kind).is_some_and(|kind| kind.behaviour.is_source);
    if is_source {
        let mut journeys = plan.journeys.iter();
        let first = journeys.find(|journey| journey.entry.as_ref() == Some(&component.id));
        if let Some(journey) = first {
            journey_options(&mut options, journey);
        }
    }
    component_options(&mut options, component);
    line + &options.finish()
}

fn journey_options(options: &mut Options, journey: &Journey) {
    options.number("rps", journey.peak_rps);
    if let Some(population) = &journey.population {
        options.number("population", Some(population.users));
        options.number("think_s", population.think_seconds);
    }
    options.number("growth", journey.growth_percent_month);
    let runs: Vec<String> = journey
        .profile
        .chunk_by(|a, b| a == b)
        .flat_map(|run| run.chunks(24))
        .map(|run| match run.len() {
            1 => number(run[0]),
            hours => format!("{}*{hours}", number(run[0])),
        })
        .collect();
    options.word(
        "profile",
        Some(runs.join(",").as_str()).filter(|_| !runs.is_empty()),
    );
    let target = journey.target.as_ref();
    let target = target.filter(|target| target.percentile == 95.0);
    options.number(
        "target_ms",
        target.map(|target| milliseconds(target.seconds)),
    );
}

fn component_options(options: &mut Options, component: &Component) {
    let overrides = component.overrides.as_ref();
    options.number(
        "unavailability",
        overrides.and_then(|own| own.unavailability),
    );
    if let Some(hosting) = &component.hosting {
        options.word("kind", hosting.kind.map(super::hosting::HostingKind::id));
        options.word("offer", hosting.offer.as_deref());
        options.word("software", hosting.software.as_deref());
        options.word("disk", hosting.disk.map(super::hosting::Disk::id));
        options.word(
            "neighbour",
            hosting.neighbour.map(super::hosting::Neighbour::id),
        );
        let burst = hosting
            .extra
            .as_ref()
            .and_then(|extra| extra.burst.as_ref());
        if let Some(burst) = burst {
            options.number("burst", Some(burst.instances));
            options.number("burst_hours", Some(burst.hours_month));
            options.number("burst_start", burst.start_seconds);
        }
    }
    let redundancy = component
        .redundancy
        .as_ref()
        .map(|redundancy| match redundancy {
            Redundancy::All => "all".to_owned(),
            Redundancy::Capacity => "capacity".to_owned(),
            Redundancy::K(k) => format!("k:{}", number(*k)),
            Redundancy::Quorum(k) => format!("quorum:{}", number(*k)),
            Redundancy::PrimaryReplica(_) => "primary-replica".to_owned(),
        });
    options.word("redundancy", redundancy.as_deref());
    options.word("standby_for", component.standby_for.as_deref());
    for (key, value) in &component.settings {
        if !is_word(key) || COMPONENT_OPTIONS.contains(&key.as_str()) {
            continue;
        }
        match value {
            Value::Number(known) => options.number(key, known.as_f64()),
            Value::String(word) => options.word(key, Some(word)),
            _ => {}
        }
    }
}

fn connection_line(connection: &Connection) -> String {
    let mut options = Options::default();
    options.number("calls", connection.calls);
    options.word("group", connection.group.as_deref());
    let need = connection.need.as_ref().map(|need| match need {
        Need::All => "all".to_owned(),
        Need::Any => "any".to_owned(),
        Need::K(k) => number(*k),
        Need::Optional => "optional".to_owned(),
    });
    options.word("need", need.as_deref());
    options.word("mode", connection.mode.map(Mode::id));
    options.number("weight", connection.weight);
    options.word("only_on_miss_of", connection.only_on_miss_of.as_deref());
    options.number("reads", connection.reads);
    options.number("writes", connection.writes);
    options.number("request_bytes", connection.request_bytes);
    options.number("response_bytes", connection.response_bytes);
    options.number("retries", connection.retries);
    options.number("retry_budget", connection.retry_budget);
    options.word("backoff", connection.backoff.map(Backoff::id));
    options.number("timeout_ms", connection.timeout_ms);
    options.number("rtt_ms", connection.rtt_ms);
    options.number("unavailability", connection.unavailability);
    let arrow = match options.finish().as_str() {
        "" => "->".to_owned(),
        "[mode=async]" => "~>".to_owned(),
        "[need=optional]" => "?>".to_owned(),
        options => format!("-{options}->"),
    };
    format!("{} {arrow} {}", connection.from, connection.to)
}

fn requirement_line(requirement: &Requirement) -> Option<String> {
    let value = match &requirement.value {
        Value::Number(known) => number(known.as_f64()?),
        Value::String(word) => word.clone(),
        _ => return None,
    };
    let metric = &requirement.metric;
    (is_word(metric) && is_word(&value))
        .then(|| format!("require {metric} {} {value}", requirement.op.symbol()))
}

/// Settings in square brackets; what the notation cannot write is left out.
#[derive(Default)]
struct Options(Vec<String>);

impl Options {
    fn number(&mut self, key: &str, value: Option<f64>) {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            self.0.push(format!("{key}={}", number(value)));
        }
    }

    fn word(&mut self, key: &str, value: Option<&str>) {
        let is_plain = |c: char| !(c.is_whitespace() || c.is_control() || c == ']' || c == '#');
        if let Some(value) = value.filter(|value| !value.is_empty() && value.chars().all(is_plain))
        {
            self.0.push(format!("{key}={value}"));
        }
    }

    fn finish(self) -> String {
        if self.0.is_empty() {
            String::new()
        } else {
            format!("[{}]", self.0.join(" "))
        }
    }
}

/// A number as the notation reads it back, never with an exponent.
fn number(value: f64) -> String {
    value.to_string()
}

/// Seconds in milliseconds, without the last digits that a thousandfold adds.
fn milliseconds(seconds: f64) -> f64 {
    let exact = seconds * 1000.0;
    let round = (exact * 1e6).round() / 1e6;
    if round.is_finite() { round } else { exact }
}

/// Whether the notation reads these letters as one word.
fn is_word(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '.';
    !text.is_empty() && text.chars().all(is_letter) && !text.ends_with('-')
}

/// Whether a component can have this name: a word that starts no other kind of line, and no arrow.
fn is_name(id: &str) -> bool {
    is_word(id) && !id.starts_with('-') && id != "place" && id != "require"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    fn again(text: &str) -> String {
        sketch_text(&sketch(text).unwrap()).text
    }

    #[test]
    fn every_line_says_one_thing() {
        assert_eq!(
            again(
                "users[rps=200] -> lb -> app-server*2@a/b -[calls=3 need=any]-> db\nplace a: zone in b"
            ),
            "place a: zone in b\n\
             \n\
             users[rps=200]\n\
             lb\n\
             app-server*2@a/b\n\
             db\n\
             \n\
             users -> lb\n\
             lb -> app-server\n\
             app-server -[calls=3 need=any]-> db\n"
        );
        assert_eq!(
            again("x:cache\nrequire cost.month <= 400"),
            "x:cache\n\nrequire cost.month <= 400\n"
        );
    }

    #[test]
    fn every_type_is_written_so_that_it_is_read() {
        for kind in components::ALL {
            let text = format!("some:{}", kind.id.replace('_', "-"));
            assert_eq!(sketch(&text).unwrap().components[0].kind, kind.id);
            assert_eq!(again(&text), format!("{text}\n"), "{}", kind.id);
        }
    }

    #[test]
    fn what_the_notation_cannot_write_is_left_out() {
        let mut plan = sketch("users -> app -> db").unwrap();
        let odd = ["", "place", "a b", "x-", "-x", "x#", "日 本", "]"];
        for id in odd {
            plan.components.push(std::rc::Rc::new(Component {
                id: Id::from(id),
                kind: "cache".to_owned(),
                ..Component::default()
            }));
        }
        let written = sketch_text(&plan);
        assert_eq!(written.components, [0, 1, 2]);
        assert!(sketch(&written.text).is_ok(), "{}", written.text);
    }
}
