//! What holds for every closed population, every pool and every room, and every plan with them.
#![expect(
    clippy::unwrap_used,
    reason = "a plan that cannot be read is a failed test"
)]

use model::analysis::queueing::bounds::bounds;
use model::analysis::queueing::closed::{Centre, Closed, Method, closed, throughputs};
use model::analysis::queueing::finite_room::finite_room;
use model::analysis::queueing::worker_pool::worker_pool;
use model::catalog::Catalog;
use model::evaluate::{Evaluation, evaluate};
use model::plan::sketch::sketch;
use model::units::{RequestsPerSecond, Seconds};
use proptest::prelude::*;

/// Demand in milliseconds, servers, like stations.
type Station = (f64, usize, usize);

fn centres(stations: &[Station]) -> Vec<Centre> {
    let centre = |&(millis, servers, like): &Station| {
        Centre::servers(Seconds::from_millis(millis), servers).times(like)
    };
    stations.iter().map(centre).collect()
}

fn station() -> impl Strategy<Value = Station> {
    (1e-3..1e3, 1_usize..40, 1_usize..4)
}

/// Whether one number is no larger than another but for rounding.
fn at_most(small: f64, large: f64) -> bool {
    small <= large * (1.0 + 1e-9) + 1e-300
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn users_are_conserved_and_keep_within_the_bounds(
        users in 1_usize..300,
        think in prop_oneof![Just(0.0), 0.0..100.0],
        stations in prop::collection::vec(station(), 1..5),
    ) {
        let found = closed(users, Seconds(think), &centres(&stations)).unwrap();
        prop_assert_eq!(found.method, Method::Exact);
        let counted = found.users.iter().sum::<f64>() + found.throughput.0 * think;
        prop_assert!((counted / users as f64 - 1.0).abs() < 1e-9);
        let split: Vec<Seconds> = stations
            .iter()
            .flat_map(|&(millis, servers, like)| {
                std::iter::repeat_n(Seconds::from_millis(millis / (servers * like) as f64), like)
            })
            .collect();
        let all: f64 = stations.iter().map(|&(millis, ..)| millis / 1e3).sum();
        let away = think + all - split.iter().map(|demand| demand.0).sum::<f64>();
        let [low, high] = bounds(users, Seconds(away.max(0.0)), &split).unwrap().throughput;
        prop_assert!(at_most(low, found.throughput.0) && at_most(found.throughput.0, high));
        prop_assert!(found.utilisation.iter().all(|&used| (0.0..=1.0).contains(&used)));
        prop_assert!(found.residence.iter().all(|time| time.0.is_finite() && time.0 >= 0.0));
    }

    #[test]
    fn more_users_and_more_servers_never_get_less_done(
        users in 1_usize..200,
        think in 0.0..10.0,
        stations in prop::collection::vec(station(), 1..4),
        better in 0_usize..4,
    ) {
        let more: Vec<Station> = stations
            .iter()
            .enumerate()
            .map(|(m, &(millis, servers, like))| {
                (millis, servers + usize::from(m == better % stations.len()), like)
            })
            .collect();
        let now = throughputs(users, Seconds(think), &centres(&stations)).unwrap();
        let then = throughputs(users, Seconds(think), &centres(&more)).unwrap();
        prop_assert!(now.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        for (now, then) in now.iter().zip(then) {
            prop_assert!(at_most(now.0, then.0));
        }
        let response = |stations: &[Station]| -> Closed {
            closed(users, Seconds(think), &centres(stations)).unwrap()
        };
        prop_assert!(at_most(response(&more).response.0, response(&stations).response.0));
    }

    #[test]
    fn more_workers_and_more_servers_never_make_anyone_wait_longer(
        rate in 0.0..200.0,
        stations in prop::collection::vec(station(), 1..4),
        workers in 1_usize..60,
        room in 1_usize..200,
    ) {
        let speeds = throughputs(workers + 1, Seconds(0.0), &centres(&stations)).unwrap();
        let rate = RequestsPerSecond(rate);
        let few = worker_pool(rate, &speeds[..workers], None).unwrap();
        let many = worker_pool(rate, &speeds, None).unwrap();
        prop_assert!(few.capacity.0 <= many.capacity.0);
        if let Some(few) = few.steady {
            let many = many.steady.unwrap();
            prop_assert!(at_most(many.response.0, few.response.0));
            prop_assert!(at_most(many.waiting.0, few.waiting.0));
        }
        let limited = worker_pool(rate, &speeds, Some(room)).unwrap().steady.unwrap();
        prop_assert!((0.0..=1.0).contains(&limited.refused));
        prop_assert!(at_most(limited.requests, room as f64));
        let one = finite_room(rate, Seconds(0.1), workers, room).unwrap();
        let two = finite_room(rate, Seconds(0.1), workers + 1, room).unwrap();
        prop_assert!(at_most(two.waiting.0, one.waiting.0) && at_most(two.refused, one.refused));
    }
}

/// A plan with all of it: users and a load from outside, through workers that are held and limited room.
#[derive(Clone, Debug)]
struct Shop {
    users: f64,
    think: f64,
    rate: f64,
    pool: f64,
    room: f64,
    instances: u32,
    calls: f64,
    millis: f64,
    servers: f64,
}

fn shop() -> impl Strategy<Value = Shop> {
    let number = || prop_oneof![Just(0.0), 1.0..50.0_f64, Just(1e9), Just(-3.0)];
    let some = || prop_oneof![1.0..30.0_f64, Just(1e9), Just(0.0)];
    (
        number(),
        number(),
        number(),
        number(),
        number(),
        1_u32..5,
        some(),
        number(),
        some(),
    )
        .prop_map(
            |(users, think, rate, pool, room, instances, calls, millis, servers)| Shop {
                users: users.floor(),
                think,
                rate,
                pool: pool.floor(),
                room: room.floor(),
                instances,
                calls,
                millis,
                servers,
            },
        )
}

fn evaluation(shop: &Shop) -> Evaluation {
    let text = format!(
        "users[population={} think_s={}] -> lb -> app*{}[service_time_ms={} servers={} pool={} room={}] -[calls={}]-> web[service_time_ms=3 pool=9] -> db[service_time_ms=2 servers=4 room=50]
        others:users[rps={}] -> app
        jobs:users[population=3] ~> worker*2[service_time_ms=20 pool=4] -> db",
        shop.users, shop.think, shop.instances, shop.millis, shop.servers, shop.pool, shop.room, shop.calls, shop.rate
    );
    evaluate(&sketch(&text).unwrap(), &Catalog::default(), None)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn plans_with_all_of_it_have_only_finite_numbers(shop in shop()) {
        let evaluation = evaluation(&shop);
        let good = |number: f64| number.is_finite() && number >= 0.0;
        for journey in &evaluation.journeys {
            prop_assert!(good(journey.arrival_rate.0));
            prop_assert!(journey.capacity.is_none_or(|capacity| good(capacity.0)));
            if let Some(response) = journey.response {
                prop_assert!(good(response.mean.0));
                let times = [response.p50, response.p95, response.p99];
                let times: Vec<f64> = times.into_iter().flatten().map(|time| time.0).collect();
                prop_assert!(times.iter().all(|&time| good(time)));
                prop_assert!(times.windows(2).all(|pair| at_most(pair[0], pair[1])));
            }
            if let Some(population) = journey.population {
                prop_assert!(at_most(journey.arrival_rate.0 * population.think.0, population.users as f64));
                let limits = population.limits.into_iter().flatten();
                prop_assert!(limits.into_iter().all(|limit| good(limit.0)));
            }
        }
        for component in evaluation.components.values() {
            prop_assert!((0.0..=1.0).contains(&component.refused));
            prop_assert!(component.waiting.is_none_or(|waiting| good(waiting.0)));
            if let Some(pool) = component.pool {
                prop_assert!(good(pool.capacity_rps.0));
                prop_assert!((0.0..=1.0).contains(&pool.busy_share));
                prop_assert!((0.0..=1.0).contains(&pool.all_busy_probability));
            }
        }
    }

    #[test]
    fn a_larger_pool_never_lowers_the_capacity_of_a_plan(
        instances in 1_u32..5,
        pool in 1_u32..40,
        more in 1_u32..40,
        rate in 1.0..50.0,
        calls in 0.1..5.0,
    ) {
        let capacity = |pool: u32| {
            let text = format!(
                "users[rps={rate}] -> app*{instances}[service_time_ms=12 servers=2 pool={pool}] -[calls={calls}]-> db[service_time_ms=5 servers=4]"
            );
            let evaluation = evaluate(&sketch(&text).unwrap(), &Catalog::default(), None);
            evaluation.journeys[0].capacity.unwrap().0
        };
        prop_assert!(at_most(capacity(pool), capacity(pool + more)));
    }
}
