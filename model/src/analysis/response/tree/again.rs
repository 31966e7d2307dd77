//! Requests that come back to the same line: how alike their waits are.
//!
//! **Question.** A request calls one component several times: where do its waits belong together?
//!
//! **Model.** Every component is visited so often per request, with a mean pause in which the request is elsewhere:
//! on its way, at other components, or at its caller. How alike the waits then are is in
//! [`succession`](crate::analysis::queueing::succession).
//!
//! **Assumptions.** Calls go to each instance with a line of its own equally often. Calls within a circle, parallel calls,
//! calls with attempts, rooms, held workers and users who wait for their answers count as independent. So do all where it
//! changes the variance of the response by less than [`LEAST`] of it.
//!
//! **Formula.** `k` waits that count as one: of their transform `w(z)`, `w(k z)^(1/k)` for each, with the same mean and
//! `k` times the variance.
//!
//! **Reference.** As there.
//!
//! **Complexity.** `O(connections + components journeys)`, and that of the succession where a request comes back.

use std::mem::take;

use super::Tree;
use crate::analysis::queueing::succession::Succession;
use crate::analysis::response::Path;
use crate::analysis::response::node::Visit;
use crate::analysis::traffic::Resource;

/// Waits are independent where the variance of the response grows by less than this part of it, and as alike as they
/// are from twice that on.
const LEAST: f64 = 1e-3;

/// Visits of one component by one request.
#[derive(Clone, Copy, Debug, Default)]
struct Visits {
    /// How many on average.
    count: f64,
    /// Time between them, summed over all of them.
    pauses: f64,
    /// The calls of one caller that follow each other directly, and the pause between two of them.
    row: f64,
    row_pause: f64,
}

impl Visits {
    fn pause(self) -> f64 {
        if self.count > 0.0 {
            self.pauses / self.count
        } else {
            0.0
        }
    }
}

impl Tree {
    /// Finds the lines that requests come back to, and lets the sum of their waits vary as much as it does; none where a
    /// circle has no solution.
    pub(super) fn come_back(&mut self, path: &Path) -> Option<()> {
        let (found, visits) = match path.own_waiting {
            Some(_) => (Vec::new(), vec![Visits::default(); self.nodes.len()]),
            None => self.alike_waits(path),
        };
        self.more_variance = self.more_variance(path, &visits);
        if found.iter().all(|alike| *alike <= 1.0) {
            return Some(());
        }
        let independent = self.moments().variance;
        self.set_alike(path, &found, 1.0)?;
        let more = (self.moments().variance / independent - 1.0) / LEAST;
        if more < 2.0 {
            self.set_alike(path, &found, (more - 1.0).max(0.0))?;
        }
        Some(())
    }

    /// By how much the variance could grow if the waits that count as independent were all alike.
    fn more_variance(&self, path: &Path, visits: &[Visits]) -> f64 {
        let flow = &path.traffic.journeys[path.journey];
        let nodes = self.nodes.iter().zip(visits);
        let each = nodes.map(|(node, known)| {
            let component = node.component;
            let resolved = &path.topology.components[component];
            let count = flow.synchronous_visits[component];
            let is_known = known.count >= count * (1.0 - 1e-9)
                && resolved.pool.is_none()
                && resolved.room.is_none();
            let lines = if resolved.shares_line {
                1
            } else {
                path.traffic.serving[component].max(1)
            };
            if is_known || count <= 1.0 {
                0.0
            } else {
                count * (count - 1.0) / lines as f64 * node.wait().variance
            }
        });
        each.sum()
    }

    /// How alike the waits of one request at every node are, and how often and with which pauses it comes there.
    fn alike_waits(&self, path: &Path) -> (Vec<f64>, Vec<Visits>) {
        let mut alike = vec![1.0; self.nodes.len()];
        let mut visits = vec![Visits::default(); self.nodes.len()];
        if let Some(entry) = self.entry.node {
            visits[entry].count = 1.0;
        }
        for set in self.sets.iter().rev() {
            let node = set.start;
            if set.len() == 1 && visits[node].count > 0.0 {
                alike[node] = self.alike(path, node, visits[node]);
                self.send_on(path, node, &mut visits);
            }
        }
        (alike, visits)
    }

    /// Lets waits be alike to this part of what was found.
    fn set_alike(&mut self, path: &Path, found: &[f64], part: f64) -> Option<()> {
        for (node, alike) in self.nodes.iter_mut().zip(found) {
            node.alike = 1.0 + part * (alike - 1.0);
        }
        for set in 0..self.sets.len() {
            let times = take(&mut self.times);
            self.times = self.settled(path, self.sets[set].clone(), times, false)?;
        }
        Some(())
    }

    /// Adds what the visits of a node call.
    fn send_on(&self, path: &Path, node: usize, visits: &mut [Visits]) {
        let here = visits[node];
        let from = &self.nodes[node];
        let round = here.pause() + stay(path, from.component);
        for call in &from.calls {
            let asked = (1.0 - from.hit) * (1.0 - call.spared);
            for (count, visit) in &call.branches {
                let &Visit {
                    node: Some(to),
                    elsewhere,
                    ..
                } = visit
                else {
                    continue;
                };
                let per_visit = asked * count;
                if to == node || per_visit <= 0.0 {
                    continue;
                }
                let pause = if here.count > 1.0 {
                    (round / per_visit - stay(path, self.nodes[to].component)).max(elsewhere)
                } else {
                    elsewhere
                };
                let there = &mut visits[to];
                there.count += here.count * per_visit;
                there.pauses += here.count * per_visit * pause;
                if call.branches.len() == 1 && *count > there.row {
                    there.row = *count;
                    there.row_pause = elsewhere;
                }
            }
        }
    }

    /// How alike the waits of one request at a node are.
    fn alike(&self, path: &Path, node: usize, visits: Visits) -> f64 {
        let node = &self.nodes[node];
        let component = node.component;
        let station = &path.stations[component];
        let resolved = &path.topology.components[component];
        let independent = node.waiting <= 0.0 || station.pool.is_some() || resolved.room.is_some();
        if independent || (visits.count <= 1.0 && visits.row <= 1.0) {
            return 1.0;
        }
        let Some(utilisation) = station.utilisation(Resource::Cpu) else {
            return 1.0;
        };
        let instances = path.traffic.serving[component].max(1) as f64;
        let lines = if resolved.shares_line { 1.0 } else { instances };
        let all = path.traffic.loads[component].arrival_rate.0;
        let own = &path.traffic.journeys[path.journey];
        let own = own.arrival_rate.0 * own.visits[component] * path.traffic.let_in[component];
        let served_per_second = all / utilisation / lines;
        let alike = |visits: f64, pause: f64| {
            let succession = Succession {
                utilisation,
                scv: station.scv,
                visits,
                share: own / all / lines,
                pause: pause * served_per_second,
            };
            1.0 + (succession.alike() - 1.0) / lines
        };
        let in_a_row = alike(visits.row, visits.row_pause);
        in_a_row.max(alike(visits.count, visits.pause()))
    }
}

/// Mean time in line and in service of one visit.
fn stay(path: &Path, component: usize) -> f64 {
    let waiting = path.waiting(component).map_or(0.0, |waiting| waiting.0);
    waiting + path.stations[component].service_time.0
}
