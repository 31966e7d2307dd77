//! What there is to draw: a plan and its evaluation as shapes and words, without Yew and without a browser.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use model::catalog::{Catalog, Offer};
use model::components::{self, ComponentType};
use model::diagram::{self, Gate, Grid, PlaceBox, Rect, Route};
use model::evaluate::{ComponentEvaluation, Evaluation, Need, Resource};
use model::order::Gather as _;
use model::plan::{Component, Connection, HostingKind, Id, Mode, PlaceKind, Plan};
use model::rules::Severity;

use super::flow::Pace;
use super::text::{fitted, measured};
use crate::texts::{inside, say};
use crate::widgets::format;

/// Everything that is drawn of a plan.
///
/// What follows from the plan alone is shared by the scenes of one plan, and a scene shares with the one before it
/// the cards and connections that are as they were.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    /// What it was made from.
    source: Option<Source>,
    /// The heading of the drawing, for screen readers.
    pub title: String,
    /// The cards, in the order of the plan.
    pub faces: Vec<Rc<Face>>,
    /// Where they stand.
    pub cards: Rc<[Rect]>,
    /// The same by their place.
    pub grid: Rc<Grid>,
    /// The connections, in the order of the plan; none where an end is missing.
    pub wires: Vec<Option<Rc<Wire>>>,
    /// Where the connections run, by their place.
    pub wire_grid: Rc<Grid>,
    /// The containers, the outer ones first.
    pub places: Vec<Rc<PlaceFace>>,
    /// The same as geometry alone.
    pub boxes: Rc<[PlaceBox]>,
    /// For every component, in the order of the plan, the place whose container holds its card.
    pub homes: Rc<[Option<Id>]>,
    /// Free room round cards that lie in a container and do not stand in the place.
    pub outsiders: Rc<[(Rect, String)]>,
    /// The signs at alternatives.
    pub gates: Vec<Rc<Gate>>,
}

/// What a scene was made from.
#[derive(Clone, Debug)]
struct Source {
    plan: Rc<Plan>,
    evaluation: Rc<Evaluation>,
    catalog: Rc<Catalog>,
}

/// One card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Face {
    /// The component.
    pub id: Id,
    /// Where it stands.
    pub area: Rect,
    /// The icon of its type.
    pub icon: &'static str,
    /// Its name, cut to the card.
    pub name: String,
    /// What a tooltip says: its name where the card cuts it, and its notes.
    pub whole: String,
    /// Whether there are notes about it.
    pub noted: bool,
    /// Whether an arrangement leaves it where it stands.
    pub pinned: bool,
    /// What it runs on, or how much comes from it, cut to the card.
    pub detail: String,
    /// Whether the second line says that it is overloaded.
    pub saturated: bool,
    /// The class of its hosting kind; none for what has no hosting.
    pub kind: Option<&'static str>,
    /// Card edges behind it, for further instances.
    pub stack: usize,
    /// How busy or full its processor, memory, disk and network are; none for what has none.
    pub bars: Option<[f64; 4]>,
    /// The worst finding about it, and how many there are.
    pub badge: Option<(Severity, usize)>,
    /// The places of its instances, where they stand in several.
    pub spread: Option<String>,
    /// What a screen reader says.
    pub spoken: String,
}

/// One connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wire {
    /// The connection.
    pub id: Id,
    /// Its way.
    pub route: Route,
    /// Its way as path data.
    pub path: String,
    /// How thick it is.
    pub width: f64,
    /// Whether the caller does not wait.
    pub asynchronous: bool,
    /// Whether the caller survives its loss.
    pub optional: bool,
    /// How requests run along it; none where nothing does.
    pub pace: Option<Pace>,
    /// Calls and load.
    pub label: String,
    /// What is noted about it.
    pub note: String,
    /// What a screen reader says.
    pub spoken: String,
}

/// One container.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceFace {
    /// The place and what it covers.
    pub area: PlaceBox,
    /// Its name.
    pub name: String,
    /// What kind of place it is.
    pub domain: &'static str,
    /// What is noted about it.
    pub note: String,
}

/// Room for text on a card.
const TEXT_WIDTH: f64 = 106.0;
/// Room for text in a tooltip, on several lines.
const TOOLTIP: f64 = 3_000.0;

impl Scene {
    /// What there is to draw; parts that are as they were are shared with the scene before.
    pub(crate) fn new(
        plan: &Rc<Plan>,
        evaluation: &Rc<Evaluation>,
        catalog: &Rc<Catalog>,
        before: &Scene,
    ) -> Self {
        let source = before.source.as_ref();
        let geometry = match source {
            Some(source) if Rc::ptr_eq(&source.plan, plan) => before.geometry(),
            _ => before.arranged(plan),
        };
        // The same figures from the same catalogue: a card is as it was unless its component is another.
        let known = source.filter(|source| {
            Rc::ptr_eq(&source.evaluation, evaluation)
                && Rc::ptr_eq(&source.catalog, catalog)
                && source.plan.places == plan.places
        });
        let mut scene = Self {
            source: Some(Source {
                plan: Rc::clone(plan),
                evaluation: Rc::clone(evaluation),
                catalog: Rc::clone(catalog),
            }),
            ..geometry
        };
        scene.draw_gates(before);
        scene.draw_faces(before, known);
        scene.draw_wires(before, known);
        scene
    }

    /// What follows from the plan alone, as it is here.
    fn geometry(&self) -> Self {
        Self {
            source: None,
            title: self.title.clone(),
            faces: Vec::new(),
            cards: Rc::clone(&self.cards),
            grid: Rc::clone(&self.grid),
            wires: self.wires.clone(),
            wire_grid: Rc::clone(&self.wire_grid),
            places: self.places.clone(),
            boxes: Rc::clone(&self.boxes),
            homes: Rc::clone(&self.homes),
            outsiders: Rc::clone(&self.outsiders),
            gates: Vec::new(),
        }
    }

    /// What follows from a plan alone, its connections without words.
    fn arranged(&self, plan: &Plan) -> Self {
        let cards: Vec<Rect> = diagram::layout(plan).into_iter().map(Rect::card).collect();
        let routes = diagram::routes(plan, &cards);
        let boxes = diagram::places(plan, &cards);
        let outsiders = diagram::outsiders(plan, &cards, &boxes)
            .into_iter()
            .map(|outsider| {
                let place = plan.place(&outsider.place);
                let name = place.map_or("", |place| match place.name.as_str() {
                    "" => &place.id,
                    name => name,
                });
                (outsider.area, t!("not in {name}", name))
            })
            .collect();
        let places = boxes
            .iter()
            .cloned()
            .enumerate()
            .map(|(index, area)| shared(place(plan, area), self.places.get(index)))
            .collect();
        let wire_bounds = routes
            .iter()
            .map(|route| route.as_ref().map_or(Rect::default(), Route::bounds))
            .collect();
        let title = if plan.title.is_empty() {
            t!("Plan")
        } else {
            &plan.title
        };
        let wires = routes
            .into_iter()
            .enumerate()
            .map(|(index, route)| Some(self.way(index, route?)))
            .collect();
        Self {
            source: None,
            title: t!(
                "{title}, {components}, {connections}",
                title,
                components = tn!(plan.components.len(); "{count} component", "{count} components"),
                connections =
                    tn!(plan.connections.len(); "{count} connection", "{count} connections")
            ),
            faces: Vec::new(),
            grid: Rc::new(Grid::new(cards.clone())),
            cards: cards.into(),
            wires,
            wire_grid: Rc::new(Grid::new(wire_bounds)),
            places,
            boxes: boxes.into(),
            homes: diagram::homes(plan).into(),
            outsiders,
            gates: Vec::new(),
        }
    }

    /// A connection as it was, if it still runs this way; otherwise one without words.
    fn way(&self, index: usize, route: Route) -> Rc<Wire> {
        match self.wires.get(index) {
            Some(Some(before)) if before.route == route => Rc::clone(before),
            _ => Rc::new(Wire {
                path: route.path(),
                route,
                ..Wire::default()
            }),
        }
    }

    fn draw_gates(&mut self, before: &Scene) {
        let Some(Source {
            plan, evaluation, ..
        }) = &self.source
        else {
            return;
        };
        let wires = self.wires.iter();
        let routes: Vec<Option<Route>> = wires
            .map(|wire| Some(wire.as_ref()?.route.clone()))
            .collect();
        let gates = diagram::gates(plan, &evaluation.dependencies, &routes);
        let gates = gates.into_iter().enumerate();
        self.gates = gates
            .map(|(index, gate)| shared(gate, before.gates.get(index)))
            .collect();
    }

    fn draw_faces(&mut self, before: &Scene, known: Option<&Source>) {
        let Some(Source {
            plan,
            evaluation,
            catalog,
            ..
        }) = &self.source
        else {
            return;
        };
        let findings = findings_by_subject(evaluation);
        let parts = plan.components.iter().zip(self.cards.iter()).enumerate();
        let face = |(index, (component, &area)): (usize, (&Rc<Component>, &Rect))| {
            let drawn = before.faces.get(index);
            let was = known.and_then(|known| known.plan.components.get(index));
            if let (Some(drawn), Some(was)) = (drawn, was)
                && Rc::ptr_eq(was, component)
                && drawn.area == area
            {
                return Rc::clone(drawn);
            }
            let computed = evaluation.components.get(&component.id);
            let badge = findings.get(&component.id).copied();
            let mut face = face(component, area, computed, catalog, badge);
            place_face(plan, component, &mut face);
            shared(face, drawn)
        };
        self.faces = parts.map(face).collect();
    }

    fn draw_wires(&mut self, before: &Scene, known: Option<&Source>) {
        let Some(Source {
            plan, evaluation, ..
        }) = &self.source
        else {
            return;
        };
        let optional = optional_connections(evaluation);
        // A name at an end may be another although the connection is as it was.
        let is_renamed = known.is_none_or(|known| {
            let (old, new) = (&known.plan.components, &plan.components);
            let same = |(old, new): (&Rc<Component>, &Rc<Component>)| {
                Rc::ptr_eq(old, new) || old.id == new.id && name_of(old) == name_of(new)
            };
            old.len() != new.len() || !old.iter().zip(new).all(same)
        });
        let known = known.filter(|_| !is_renamed);
        let names = plan
            .components
            .iter()
            .map(|component| (component.id.as_str(), name_of(component)))
            .gather_map();
        let wires = std::mem::take(&mut self.wires);
        let drawn = wires.into_iter().zip(&plan.connections).enumerate();
        let draw = |(index, (way, connection)): (usize, (Option<Rc<Wire>>, &Rc<Connection>))| {
            let way = way?;
            let drawn = before.wires.get(index).and_then(Option::as_ref);
            let was = known.and_then(|known| known.plan.connections.get(index));
            let is_optional = optional.contains(&connection.id);
            if let (Some(drawn), Some(was)) = (drawn, was)
                && Rc::ptr_eq(drawn, &way)
                && Rc::ptr_eq(was, connection)
            {
                return Some(way);
            }
            let load = evaluation.connections.get(&connection.id);
            let load = load.map(|connection| connection.arrival_rate.0);
            let wire = Wire {
                pace: Pace::of(load, evaluation.components.get(&connection.to)),
                ..wire(&names, connection, &way, load, is_optional)
            };
            Some(shared(wire, drawn))
        };
        self.wires = drawn.map(draw).collect();
    }
}

/// The name of a component: its label, or else its type's.
pub(super) fn name_of(component: &Component) -> &str {
    if !component.label.is_empty() {
        return &component.label;
    }
    components::component_type(&component.kind).map_or(component.kind.as_str(), |kind| kind.name)
}

/// The card of a component that is not in the plan yet.
pub(super) fn ghost(kind: &'static ComponentType, area: Rect) -> Face {
    let component = Component {
        kind: kind.id.to_owned(),
        ..Component::default()
    };
    face(&component, area, None, &Catalog::default(), None)
}

/// A rate as people say it, without the space that large type needs: `600/s`.
fn rate(per_second: f64) -> String {
    let figure = format::rate(per_second);
    figure.value + &figure.unit
}

fn shared<T: PartialEq>(new: T, before: Option<&Rc<T>>) -> Rc<T> {
    match before {
        Some(before) if **before == new => Rc::clone(before),
        _ => Rc::new(new),
    }
}

fn findings_by_subject(evaluation: &Evaluation) -> BTreeMap<Id, (Severity, usize)> {
    let mut found: BTreeMap<Id, (Severity, usize)> = BTreeMap::new();
    let mut add = |id: &Id, severity: Severity| {
        let entry = found.entry(id.clone()).or_insert((severity, 0));
        *entry = (entry.0.max(severity), entry.1 + 1);
    };
    for finding in &evaluation.findings {
        for subject in &finding.subjects {
            add(subject, finding.severity);
        }
    }
    for subject in evaluation
        .problems
        .iter()
        .flat_map(|problem| &problem.subjects)
    {
        add(subject, Severity::Error);
    }
    found
}

fn optional_connections(evaluation: &Evaluation) -> BTreeSet<&Id> {
    evaluation
        .dependencies
        .iter()
        .filter(|dependency| dependency.need == Need::Optional)
        .flat_map(|dependency| &dependency.connections)
        .gather_set()
}

fn face(
    component: &Component,
    area: Rect,
    computed: Option<&ComponentEvaluation>,
    catalog: &Catalog,
    badge: Option<(Severity, usize)>,
) -> Face {
    let kind = components::component_type(&component.kind);
    let is_source = kind.is_some_and(|kind| kind.behaviour.is_source);
    let has_hosting =
        kind.is_some_and(|kind| !kind.behaviour.is_source && !kind.behaviour.is_external);
    let hosting = computed
        .and_then(|computed| computed.hosting)
        .or_else(|| component.hosting.as_ref().and_then(|hosting| hosting.kind));
    let offer = component
        .hosting
        .as_ref()
        .and_then(|hosting| hosting.offer.as_deref())
        .and_then(|id| catalog.offer(id));
    let instances = computed.map_or(1, |computed| computed.instances.max(1));
    let saturated = computed.is_some_and(|computed| computed.saturated);

    let many = if instances > 1 {
        format!(" ×{instances}")
    } else {
        String::new()
    };
    let room = TEXT_WIDTH - measured(&many, 12.0);
    let runs_on = match offer {
        _ if is_source => {
            let load = computed.map_or(0.0, |computed| computed.arrival_rate.0);
            t!("{rate} at peak", rate = rate(load))
        }
        _ if !has_hosting => t!("Run by others").to_owned(),
        Some(offer) => offer_name(offer, catalog, room),
        None => hosting
            .map_or(t!("Not chosen yet"), |kind| say(kind.name()))
            .to_owned(),
    };
    let detail = if saturated {
        let full = computed.and_then(ComponentEvaluation::busiest);
        let resource = full.map_or(Resource::Cpu, |(resource, _)| resource);
        t!("{resource} full", resource = resource_name(resource))
    } else {
        format!("{}{many}", fitted(&runs_on, room, 12.0))
    };
    let name = name_of(component);
    Face {
        id: component.id.clone(),
        area,
        icon: kind.map_or("external_service", |kind| kind.id),
        whole: tooltip(name, &component.notes),
        noted: !component.notes.is_empty(),
        pinned: component.is_pinned(),
        name: fitted(name, TEXT_WIDTH, 14.0),
        detail,
        saturated,
        kind: has_hosting.then(|| kind_class(hosting)),
        stack: (instances - 1).min(2),
        bars: computed.filter(|_| has_hosting).map(bars),
        badge,
        spread: None,
        spoken: noted(
            spoken(name, kind, instances, &runs_on, saturated, badge),
            &component.notes,
        ),
    }
}

/// What a screen reader says of a part, with the notes about it.
pub(super) fn noted(spoken: String, notes: &str) -> String {
    if notes.is_empty() {
        return spoken;
    }
    t!("{spoken}, noted: {notes}", spoken, notes)
}

/// What a card has no room for: a long name, and notes.
fn tooltip(name: &str, notes: &str) -> String {
    let mut text = String::new();
    if measured(name, 14.0) > TEXT_WIDTH {
        text.push_str(&fitted(name, TOOLTIP, 14.0));
    }
    if !notes.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&fitted(notes, TOOLTIP, 14.0));
    }
    text
}

/// Says on a card that it is pinned, and in which places its instances stand.
fn place_face(plan: &Plan, component: &Component, face: &mut Face) {
    if face.pinned {
        face.spoken = t!("{face}, pinned", face = face.spoken);
    }
    let mut names: Vec<&str> = Vec::new();
    for id in &component.placement {
        let name = match plan.place(id) {
            Some(place) if place.kind == PlaceKind::Account => continue,
            Some(place) if !place.name.is_empty() => place.name.as_str(),
            _ => id.as_str(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    face.spoken = t!(
        "{spoken}, in {places}",
        spoken = face.spoken,
        places = format::list(&names)
    );
    if names.len() > 1 {
        face.spread = Some(fitted(&names.join(" · "), 118.0, 12.0));
    }
}

/// The name of an offer, without its provider's where it does not fit the card.
fn offer_name(offer: &Offer, catalog: &Catalog, room: f64) -> String {
    if measured(&offer.name, 12.0) <= room {
        return offer.name.clone();
    }
    let provider = catalog
        .provider_of(offer)
        .map_or("", |provider| &provider.name);
    let first = provider.split(' ').next().unwrap_or_default();
    let rest = offer.name.strip_prefix(first).unwrap_or(&offer.name);
    let rest = rest.trim();
    if rest.is_empty() {
        offer.name.clone()
    } else {
        rest.to_owned()
    }
}

fn kind_class(kind: Option<HostingKind>) -> &'static str {
    kind.map_or("none", HostingKind::id)
}

fn bars(computed: &ComponentEvaluation) -> [f64; 4] {
    let busy = |resources: &[Resource]| {
        computed
            .resources
            .iter()
            .filter(|used| resources.contains(&used.resource))
            .map(|used| used.utilisation)
            .fold(0.0, f64::max)
    };
    [
        busy(&[Resource::Cpu]),
        busy(&[Resource::Memory]),
        busy(&[Resource::Disk, Resource::DiskThroughput, Resource::Storage]),
        busy(&[
            Resource::NetworkIn,
            Resource::NetworkOut,
            Resource::Connections,
        ]),
    ]
}

fn resource_name(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => t!("CPU"),
        Resource::Memory => t!("Memory"),
        Resource::Disk | Resource::DiskThroughput => t!("Disk"),
        Resource::NetworkIn | Resource::NetworkOut => t!("Network"),
        Resource::Storage => t!("Storage"),
        Resource::Connections => t!("Connections"),
        Resource::Workers => t!("Workers"),
    }
}

fn spoken(
    name: &str,
    kind: Option<&ComponentType>,
    instances: usize,
    runs_on: &str,
    saturated: bool,
    badge: Option<(Severity, usize)>,
) -> String {
    let mut parts = vec![name.to_owned()];
    if let Some(kind) = kind.filter(|kind| kind.name != name) {
        parts.push(inside(kind.name));
    }
    if instances > 1 {
        parts.push(tn!(instances; "{count} instance", "{count} instances"));
    }
    parts.push(runs_on.to_owned());
    if saturated {
        parts.push(t!("overloaded").to_owned());
    }
    if let Some((_, count)) = badge {
        parts.push(tn!(count; "{count} finding", "{count} findings"));
    }
    parts.join(", ")
}

fn wire<'p>(
    names: &BTreeMap<&str, &'p str>,
    connection: &'p Connection,
    way: &Wire,
    load: Option<f64>,
    optional: bool,
) -> Wire {
    let end = |id: &'p Id| names.get(id.as_str()).copied().unwrap_or(id.as_str());
    let asynchronous = connection.mode == Some(Mode::Async);
    let mut label = Vec::new();
    if let Some(calls) = connection.calls.filter(|calls| (calls - 1.0).abs() > 1e-9) {
        label.push(t!("{number} calls", number = format::short(calls)));
    }
    label.push(load.map_or_else(|| t!("no load").to_owned(), rate));
    let label = label.join(" · ");
    let (from, to) = (end(&connection.from), end(&connection.to));
    let calls = match (asynchronous, optional) {
        (true, _) => t!(
            "{from} calls {to}, without waiting, {label}",
            from,
            to,
            label
        ),
        (_, true) => t!(
            "{from} calls {to}, can do without, {label}",
            from,
            to,
            label
        ),
        _ => t!("{from} calls {to}, {label}", from, to, label),
    };
    Wire {
        id: connection.id.clone(),
        path: way.path.clone(),
        route: way.route.clone(),
        width: (1.5 + 0.6 * (1.0 + load.unwrap_or(0.0).max(0.0)).log10()).min(4.0),
        asynchronous,
        optional,
        pace: None,
        spoken: noted(calls, &connection.notes),
        label,
        note: fitted(&connection.notes, TOOLTIP, 14.0),
    }
}

fn place(plan: &Plan, area: PlaceBox) -> PlaceFace {
    let source = plan.place(&area.id);
    PlaceFace {
        name: source
            .filter(|place| !place.name.is_empty())
            .map_or_else(|| area.id.to_string(), |place| place.name.clone()),
        domain: source.map_or("", |place| say(place.kind.name())),
        note: source.map_or_else(String::new, |place| fitted(&place.notes, TOOLTIP, 14.0)),
        area,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::evaluate::evaluate;
    use model::templates;

    fn scene_of(plan: &Plan, before: &Scene) -> Scene {
        let catalog = Rc::new(Catalog::embedded());
        let evaluation = Rc::new(evaluate(plan, &catalog, None));
        Scene::new(&Rc::new(plan.clone()), &evaluation, &catalog, before)
    }

    #[test]
    fn every_template_is_drawn_whole() {
        for template in templates::ALL {
            let plan = template.plan().unwrap();
            let scene = scene_of(&plan, &Scene::default());
            assert_eq!(scene.faces.len(), plan.components.len());
            assert!(scene.wires.iter().all(Option::is_some), "{}", template.id);
            for face in &scene.faces {
                assert_ne!(face.detail, "Not chosen yet", "{} {}", template.id, face.id);
            }
        }
    }

    #[test]
    fn what_stays_the_same_is_shared() {
        let mut plan = templates::template("shop").unwrap().plan().unwrap();
        let before = scene_of(&plan, &Scene::default());
        Rc::make_mut(&mut plan.components[4]).position = Some([780.0, 400.0]);
        let after = scene_of(&plan, &before);
        assert!(Rc::ptr_eq(&before.faces[0], &after.faces[0]));
        assert!(!Rc::ptr_eq(&before.faces[4], &after.faces[4]));
        let shared = |index: usize| {
            Rc::ptr_eq(
                before.wires[index].as_ref().unwrap(),
                after.wires[index].as_ref().unwrap(),
            )
        };
        assert!(shared(0) && !shared(3));
    }

    #[test]
    fn a_scene_made_from_the_one_before_is_the_same_as_a_new_one() {
        let catalog = Rc::new(Catalog::embedded());
        let plan = templates::template("shop").unwrap().plan().unwrap();
        let evaluation = Rc::new(evaluate(&plan, &catalog, None));
        let mut moved = plan.clone();
        Rc::make_mut(&mut moved.components[2]).position = Some([40.0, 900.0]);
        let mut renamed = moved.clone();
        Rc::make_mut(&mut renamed.components[3]).label = "Something else".to_owned();
        let mut busier = renamed.clone();
        Rc::make_mut(&mut busier.connections[1]).calls = Some(7.0);
        let mut before = Scene::default();
        for plan in [plan, moved, renamed, busier] {
            let plan = Rc::new(plan);
            let scene = Scene::new(&plan, &evaluation, &catalog, &before);
            let anew = Scene::new(&plan, &evaluation, &catalog, &Scene::default());
            assert_eq!(scene.faces, anew.faces);
            assert_eq!(scene.wires, anew.wires);
            assert_eq!(scene.gates, anew.gates);
            let none = Rc::new(Evaluation::default());
            let unknown = Scene::new(&plan, &none, &catalog, &scene);
            let anew = Scene::new(&plan, &none, &catalog, &Scene::default());
            assert_eq!((unknown.faces, unknown.wires), (anew.faces, anew.wires));
            before = scene;
        }
    }
}
