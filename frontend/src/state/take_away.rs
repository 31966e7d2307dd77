//! What is taken away to see what follows: never a part of the plan, and nothing that is undone.

use std::rc::Rc;

use model::plan::{Id, Plan};
use model::scenarios::{Loss, Scenario};

/// Something that is done with what is taken away.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TakeAway {
    /// Start to take parts away, or put everything back and go on editing.
    Toggle,
    /// Show exactly this.
    Show(Scenario),
    /// A card was hit: one more of its instances is gone, after the last one all are back.
    Card(Id),
    /// A place or a connection was hit: gone when there, there when gone.
    Turn(Loss),
    /// Exactly so many instances of a component are gone.
    Count(Id, usize),
    /// Put everything back, and go on editing.
    End,
}

impl TakeAway {
    /// What is gone then; none while the plan is whole and being edited.
    pub(super) fn after(self, now: Option<&Scenario>, plan: &Plan) -> Option<Rc<Scenario>> {
        let gone = now.cloned().unwrap_or_default();
        let next = match self {
            Self::Toggle if now.is_some() => return None,
            Self::End => return None,
            Self::Toggle => gone,
            Self::Show(scenario) => scenario.within(plan),
            Self::Turn(loss) => gone.turned(&loss),
            Self::Count(id, count) => gone.with_taken(&id, count.min(instances(plan, &id))),
            Self::Card(id) => {
                let all = instances(plan, &id);
                let count = (gone.taken(&id) + 1) % (all + 1);
                gone.with_taken(&id, count)
            }
        };
        Some(Rc::new(next))
    }
}

/// How many instances of a component can be taken away; none of what has no type that runs.
fn instances(plan: &Plan, id: &Id) -> usize {
    let Some(component) = plan.component(id) else {
        return 0;
    };
    let is_source = model::components::component_type(&component.kind)
        .is_some_and(|kind| kind.behaviour.is_source);
    if is_source {
        return 0;
    }
    let count = component.instances.unwrap_or(1.0);
    if count.is_finite() {
        (count.round() as usize).clamp(1, MOST)
    } else {
        1
    }
}

/// More instances are taken away together.
const MOST: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use model::plan::sketch::sketch;

    #[test]
    fn a_card_goes_through_its_instances_and_comes_back() {
        let plan = sketch("users -> app*2 -> db").unwrap();
        let app = Id::from("app");
        let mut now: Option<Rc<Scenario>> = None;
        for expected in [1, 2, 0, 1] {
            now = TakeAway::Card(app.clone()).after(now.as_deref(), &plan);
            assert_eq!(now.as_ref().unwrap().taken(&app), expected);
        }
        let users = TakeAway::Card("users".into()).after(None, &plan).unwrap();
        assert!(users.is_empty());
    }

    #[test]
    fn losses_add_up_until_everything_is_put_back() {
        let plan = sketch("place eu: zone\nusers -> app@eu -> db").unwrap();
        let place = Loss::Place("eu".into());
        let one = TakeAway::Turn(place.clone()).after(None, &plan).unwrap();
        let two = TakeAway::Card("db".into())
            .after(Some(&one), &plan)
            .unwrap();
        assert_eq!(two.losses.len(), 2);
        let back = TakeAway::Turn(place).after(Some(&two), &plan).unwrap();
        assert_eq!(back.losses.len(), 1);
        assert_eq!(TakeAway::End.after(Some(&back), &plan), None);
        assert_eq!(TakeAway::Toggle.after(Some(&back), &plan), None);
        assert!(TakeAway::Toggle.after(None, &plan).unwrap().is_empty());
    }

    #[test]
    fn only_what_the_plan_has_is_shown_as_gone() {
        let plan = sketch("users -> db").unwrap();
        let wanted = Scenario::of_events(["component:db", "component:gone"]);
        let shown = TakeAway::Show(wanted).after(None, &plan).unwrap();
        assert_eq!(*shown, Scenario::of_events(["component:db"]));
    }
}
