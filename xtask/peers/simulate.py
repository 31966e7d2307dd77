"""How many events a second Ciw and SimPy get through: one station of eight servers, four fifths busy.

Prints a line for each: the name and version, and the events (arrivals and ends of service) per second, best of five.
"""

import random
import time
from importlib.metadata import version

import ciw
import simpy

CUSTOMERS = 30_000
RATE, SERVICE_TIME, SERVERS = 80.0, 0.08, 8


def with_ciw():
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RATE)],
        service_distributions=[ciw.dists.Exponential(rate=1 / SERVICE_TIME)],
        number_of_servers=[SERVERS],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    start = time.perf_counter()
    simulation.simulate_until_max_customers(CUSTOMERS)
    return time.perf_counter() - start


def with_simpy():
    chance = random.Random(1)
    environment = simpy.Environment()
    servers = simpy.Resource(environment, capacity=SERVERS)

    def visit():
        with servers.request() as request:
            yield request
            yield environment.timeout(chance.expovariate(1 / SERVICE_TIME))

    def arrivals():
        for _ in range(CUSTOMERS):
            yield environment.timeout(chance.expovariate(RATE))
            environment.process(visit())

    environment.process(arrivals())
    start = time.perf_counter()
    environment.run()
    return time.perf_counter() - start


for name, run in [("Ciw", with_ciw), ("SimPy", with_simpy)]:
    seconds = min(run() for _ in range(5))
    print(f"{name} {version(name.lower())} {2 * CUSTOMERS / seconds:.0f}")
