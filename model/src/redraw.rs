//! A plan as a sketch of it says it, with all kept that the notation cannot say.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::commands::{CommandError, Edit, Remove};
use crate::plan::format::{MAX_COMPONENTS, MAX_CONNECTIONS};
use crate::plan::sketch::read;
use crate::plan::sketch_text::{SketchText, sketch_text};
use crate::plan::{
    Component, Connection, Hosting, Id, Journey, Overrides, Place, Plan, Population, Requirement,
};

/// The plan as a plan that was read from a sketch says it.
///
/// What was drawn is compared with what the notation says of the present plan: only what differs is changed. Labels,
/// positions, notes and whatever else the notation cannot write stay with every part that remains; a part is the same
/// when its id is, a connection when its ends are.
///
/// # Errors
/// When it has more parts than a plan can hold.
pub fn redraw(plan: &Plan, drawn: &Plan) -> Result<Plan, CommandError> {
    let written = sketch_text(plan);
    let (said, _) = read(&written.text);
    if *drawn == said {
        return Ok(plan.clone());
    }
    let kept: BTreeSet<&Id> = drawn.components.iter().map(|one| &one.id).collect();
    let gone = said.components.iter().map(|one| &one.id);
    let gone = gone.filter(|id| !kept.contains(id)).cloned().collect();
    let (connections, new) = connections(plan, &said, drawn, &written);
    let next = Plan {
        places: places(plan, &said, drawn, &written),
        components: components(plan, &said, drawn, &written),
        connections,
        requirements: requirements(plan, &said, drawn, &written),
        ..plan.clone()
    };
    let mut next = Remove {
        components: gone,
        ..Remove::default()
    }
    .apply(&next)?;
    // Their ends are drawn, so that nothing took them out again.
    for connection in new {
        let id = next.free_id(&format!("{}-{}", connection.from, connection.to));
        next.connections
            .push(Rc::new(Connection { id, ..connection }));
    }
    set_journeys(&mut next, &said, drawn);
    let full = [
        (text!("components"), next.components.len(), MAX_COMPONENTS),
        (
            text!("connections"),
            next.connections.len(),
            MAX_CONNECTIONS,
        ),
    ];
    match full.into_iter().find(|(_, count, limit)| count > limit) {
        Some((what, _, limit)) => Err(CommandError::TooMany { what, limit }),
        None => Ok(next),
    }
}

/// Changes a field where the drawn value differs from the one that was said.
fn follow<T: Clone + PartialEq>(field: &mut T, said: &T, drawn: &T) {
    if said != drawn {
        field.clone_from(drawn);
    }
}

fn places(plan: &Plan, said: &Plan, drawn: &Plan, written: &SketchText) -> Vec<Rc<Place>> {
    let mut left: BTreeMap<&Id, &Rc<Place>> = BTreeMap::new();
    for place in &drawn.places {
        left.entry(&place.id).or_insert(place);
    }
    let mut places = Vec::new();
    let mut said = written.places.iter().copied().zip(&said.places).peekable();
    for (index, place) in plan.places.iter().enumerate() {
        let Some((_, said)) = said.next_if(|(at, _)| *at == index) else {
            places.push(Rc::clone(place));
            continue;
        };
        let Some(drawn) = left.remove(&place.id) else {
            continue;
        };
        let mut place = Rc::clone(place);
        if said != drawn {
            let next = Rc::make_mut(&mut place);
            follow(&mut next.kind, &said.kind, &drawn.kind);
            follow(&mut next.within, &said.within, &drawn.within);
            follow(&mut next.site, &said.site, &drawn.site);
            follow(
                &mut next.unavailability,
                &said.unavailability,
                &drawn.unavailability,
            );
        }
        places.push(place);
    }
    let is_new = |place: &&Rc<Place>| {
        left.get(&place.id)
            .is_some_and(|known| Rc::ptr_eq(known, place))
    };
    places.extend(drawn.places.iter().filter(is_new).cloned());
    places
}

fn components(plan: &Plan, said: &Plan, drawn: &Plan, written: &SketchText) -> Vec<Rc<Component>> {
    let mut left: BTreeMap<&Id, &Rc<Component>> =
        drawn.components.iter().map(|one| (&one.id, one)).collect();
    let mut components = Vec::new();
    let said = written.components.iter().copied().zip(&said.components);
    let mut said = said.peekable();
    for (index, component) in plan.components.iter().enumerate() {
        let mut component = Rc::clone(component);
        // What is drawn no longer is taken out at the end, with all that refers to it.
        if let Some((_, said)) = said.next_if(|(at, _)| *at == index)
            && let Some(drawn) = left.remove(&said.id)
            && said != drawn
        {
            change_component(Rc::make_mut(&mut component), said, drawn);
        }
        components.push(component);
    }
    let is_new = |component: &&Rc<Component>| left.contains_key(&component.id);
    components.extend(drawn.components.iter().filter(is_new).cloned());
    components
}

fn change_component(next: &mut Component, said: &Component, drawn: &Component) {
    follow(&mut next.kind, &said.kind, &drawn.kind);
    follow(&mut next.instances, &said.instances, &drawn.instances);
    follow(&mut next.placement, &said.placement, &drawn.placement);
    follow(&mut next.redundancy, &said.redundancy, &drawn.redundancy);
    follow(&mut next.standby_for, &said.standby_for, &drawn.standby_for);
    for (key, value) in &drawn.settings {
        if said.settings.get(key) != Some(value) {
            next.settings.insert(key.clone(), value.clone());
        }
    }
    for key in said.settings.keys() {
        if !drawn.settings.contains_key(key) {
            next.settings.remove(key);
        }
    }
    if said.overrides != drawn.overrides {
        let own = next.overrides.get_or_insert_default();
        own.unavailability = drawn.overrides.as_ref().and_then(|own| own.unavailability);
        next.overrides = next
            .overrides
            .take()
            .filter(|own| *own != Overrides::default());
    }
    if said.hosting != drawn.hosting {
        let none = Hosting::default();
        let said = said.hosting.as_ref().unwrap_or(&none);
        let drawn = drawn.hosting.as_ref().unwrap_or(&none);
        let own = next.hosting.get_or_insert_default();
        follow(&mut own.kind, &said.kind, &drawn.kind);
        follow(&mut own.offer, &said.offer, &drawn.offer);
        follow(&mut own.software, &said.software, &drawn.software);
        follow(&mut own.disk, &said.disk, &drawn.disk);
        follow(&mut own.neighbour, &said.neighbour, &drawn.neighbour);
        follow(&mut own.extra, &said.extra, &drawn.extra);
        next.hosting = next.hosting.take().filter(|own| *own != Hosting::default());
    }
}

/// Those that stay as they shall be, and the new ones, whose ids only count.
///
/// A connection is told by its ends; of several between the same ends, the first is the first.
fn connections(
    plan: &Plan,
    said: &Plan,
    drawn: &Plan,
    written: &SketchText,
) -> (Vec<Rc<Connection>>, Vec<Connection>) {
    let mut left: BTreeMap<(&Id, &Id), Vec<&Rc<Connection>>> = BTreeMap::new();
    for connection in drawn.connections.iter().rev() {
        let ends = (&connection.from, &connection.to);
        left.entry(ends).or_default().push(connection);
    }
    let mut connections = Vec::new();
    let said = written.connections.iter().copied().zip(&said.connections);
    let mut said = said.peekable();
    for (index, connection) in plan.connections.iter().enumerate() {
        let Some((_, said)) = said.next_if(|(at, _)| *at == index) else {
            connections.push(Rc::clone(connection));
            continue;
        };
        let drawn = left.get_mut(&(&said.from, &said.to)).and_then(Vec::pop);
        let Some(drawn) = drawn else { continue };
        let mut connection = Rc::clone(connection);
        change_connection(&mut connection, said, drawn);
        connections.push(connection);
    }
    let new = drawn.connections.iter().filter(|connection| {
        let left = left.get(&(&connection.from, &connection.to));
        left.is_some_and(|left| left.iter().any(|one| Rc::ptr_eq(one, connection)))
    });
    let new = new
        .map(|connection| Connection::clone(connection))
        .collect();
    (connections, new)
}

fn change_connection(connection: &mut Rc<Connection>, said: &Connection, drawn: &Connection) {
    let is_same = Connection {
        id: said.id.clone(),
        ..drawn.clone()
    } == *said;
    if is_same {
        return;
    }
    let next = Rc::make_mut(connection);
    follow(&mut next.calls, &said.calls, &drawn.calls);
    follow(&mut next.group, &said.group, &drawn.group);
    follow(&mut next.need, &said.need, &drawn.need);
    follow(&mut next.mode, &said.mode, &drawn.mode);
    follow(&mut next.weight, &said.weight, &drawn.weight);
    follow(
        &mut next.only_on_miss_of,
        &said.only_on_miss_of,
        &drawn.only_on_miss_of,
    );
    follow(&mut next.reads, &said.reads, &drawn.reads);
    follow(&mut next.writes, &said.writes, &drawn.writes);
    follow(
        &mut next.request_bytes,
        &said.request_bytes,
        &drawn.request_bytes,
    );
    follow(
        &mut next.response_bytes,
        &said.response_bytes,
        &drawn.response_bytes,
    );
    follow(&mut next.retries, &said.retries, &drawn.retries);
    follow(
        &mut next.retry_budget,
        &said.retry_budget,
        &drawn.retry_budget,
    );
    follow(&mut next.backoff, &said.backoff, &drawn.backoff);
    follow(&mut next.timeout_ms, &said.timeout_ms, &drawn.timeout_ms);
    follow(&mut next.rtt_ms, &said.rtt_ms, &drawn.rtt_ms);
    follow(
        &mut next.unavailability,
        &said.unavailability,
        &drawn.unavailability,
    );
}

fn requirements(plan: &Plan, said: &Plan, drawn: &Plan, written: &SketchText) -> Vec<Requirement> {
    if said.requirements == drawn.requirements {
        return plan.requirements.clone();
    }
    let mut left: Vec<&Requirement> = drawn.requirements.iter().collect();
    let said = written.requirements.iter().copied().zip(&said.requirements);
    let mut said = said.peekable();
    let mut requirements = Vec::new();
    for (index, requirement) in plan.requirements.iter().enumerate() {
        match said.next_if(|(at, _)| *at == index) {
            None => requirements.push(requirement.clone()),
            Some((_, said)) => {
                if let Some(at) = left.iter().position(|one| *one == said) {
                    left.remove(at);
                    requirements.push(requirement.clone());
                }
            }
        }
    }
    requirements.extend(left.into_iter().cloned());
    requirements
}

/// What the text says of users is said of the first journey that starts with them.
fn set_journeys(plan: &mut Plan, said: &Plan, drawn: &Plan) {
    for drawn in &drawn.journeys {
        let Some(entry) = &drawn.entry else { continue };
        let starts = |journey: &Rc<Journey>| journey.entry.as_ref() == Some(entry);
        let plain = Journey {
            entry: Some(entry.clone()),
            ..Journey::default()
        };
        let was_said = said.journeys.iter().find(|one| starts(one));
        let said = was_said.map_or(&plain, |said| &**said);
        let own = plan.journeys.iter_mut().find(|one| starts(one));
        match own {
            Some(own) => {
                if !says_same(said, drawn) {
                    change_journey(Rc::make_mut(own), said, drawn);
                }
            }
            // Users whose journeys were all taken away on purpose get none back.
            None if was_said.is_some() && says_same(said, drawn) => {}
            None => {
                let id = plan.free_id(&drawn.id);
                plan.journeys.push(Rc::new(Journey {
                    id,
                    ..Journey::clone(drawn)
                }));
            }
        }
    }
}

fn says_same(a: &Journey, b: &Journey) -> bool {
    Journey {
        id: a.id.clone(),
        ..b.clone()
    } == *a
}

fn change_journey(next: &mut Journey, said: &Journey, drawn: &Journey) {
    follow(&mut next.peak_rps, &said.peak_rps, &drawn.peak_rps);
    follow(&mut next.profile, &said.profile, &drawn.profile);
    follow(
        &mut next.growth_percent_month,
        &said.growth_percent_month,
        &drawn.growth_percent_month,
    );
    follow(&mut next.target, &said.target, &drawn.target);
    if said.population != drawn.population {
        let unknown = next.population.take().map(|population| population.unknown);
        next.population = drawn.population.as_ref().map(|drawn| Population {
            unknown: unknown.unwrap_or_default(),
            ..drawn.clone()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::sketch;

    fn redrawn(plan: &Plan, change: impl FnOnce(String) -> String) -> Plan {
        redraw(plan, &sketch(&change(sketch_text(plan).text)).unwrap()).unwrap()
    }

    fn shop() -> Plan {
        let mut plan =
            sketch("users[rps=200] -> lb -> app*2[offer=small disk=local] -[calls=3]-> db")
                .unwrap();
        let app = Rc::make_mut(&mut plan.components[2]);
        app.label = "Shop".to_owned();
        app.position = Some([7.0, 9.0]);
        app.settings
            .insert("odd".to_owned(), serde_json::json!([1, 2]));
        app.hosting.get_or_insert_default().automated = Some(true);
        let call = Rc::make_mut(&mut plan.connections[2]);
        call.id = Id::from("app-db");
        call.notes = "By replica".to_owned();
        Rc::make_mut(&mut plan.journeys[0]).name = "Browse".to_owned();
        plan
    }

    #[test]
    fn what_the_text_does_not_change_stays() {
        let plan = shop();
        assert_eq!(redrawn(&plan, |text| text), plan);
        assert_eq!(redrawn(&plan, |text| format!("# remark\n\n{text}")), plan);
    }

    #[test]
    fn a_change_leaves_what_the_notation_cannot_say() {
        let plan = shop();
        let next = redrawn(&plan, |text| {
            let text = text.replace("app*2", "app*5").replace(" disk=local", "");
            text.replace("calls=3", "calls=4")
                .replace("rps=200", "rps=50")
        });
        let mut wanted = plan.clone();
        let app = Rc::make_mut(&mut wanted.components[2]);
        app.instances = Some(5.0);
        app.hosting.get_or_insert_default().disk = None;
        Rc::make_mut(&mut wanted.connections[2]).calls = Some(4.0);
        Rc::make_mut(&mut wanted.journeys[0]).peak_rps = Some(50.0);
        assert_eq!(next, wanted);
    }

    #[test]
    fn parts_come_and_go() {
        let plan = shop();
        let next = redrawn(&plan, |text| {
            let text = text
                .replace("db\n\n", "\n")
                .replace("app -[calls=3]-> db\n", "");
            format!("{text}place a: zone\napp -> cache@a")
        });
        let ids: Vec<&str> = next.components.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["users", "lb", "app", "cache"]);
        let ids: Vec<&str> = next.connections.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["c1", "c2", "app-cache"]);
        assert_eq!(next.places.len(), 1);
        assert_eq!(next.components[2], plan.components[2]);
        let empty = redrawn(&plan, |_| String::new());
        assert!(empty.components.is_empty() && empty.journeys.is_empty());
    }
}
