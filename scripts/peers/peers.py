"""Peers from PyPI on the same questions as `vaktlast bench staffing`: JSON lines, exit 1 where one disagrees with the formula."""

import argparse
import json
import math
import random
import statistics
import sys
import time

import ciw
import simpy
from pyworkforce.queuing import ErlangC

# M/M/3 with two erlang: service takes 1 on average, so that waits are in service times.
ARRIVALS, SERVICE_RATE, SERVERS = 2.0, 1.0, 3
# Erlang C of 2 erlang and 3 servers is 4/9 (Erlang 1917); the mean wait is that over 3 - 2.
MEAN_WAIT = 4 / 9

# Load, servers, service and target in seconds, share that waits, service level: the rows of Tests/StaffingTests/ErlangTests.swift.
ERLANG = [
    (10, 14, 180, 20, 0.17413193359504991, 0.8883500191794669),
    (10, 11, 180, 20, 0.6821182046893323, 0.38961381172915344),
    (2, 3, 1800, 600, 0.4444444444444445, 0.6815416397449825),
    (1.2, 3, 2700, 2700, 0.14117647058823526, 0.9766636863687173),
]


def ciw_waits(customers, seed):
    """Ciw's waits, in the order of arrival."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=ARRIVALS)],
        service_distributions=[ciw.dists.Exponential(rate=SERVICE_RATE)],
        number_of_servers=[SERVERS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    return [record.waiting_time for record in records]


def simpy_waits(customers, seed):
    """SimPy's waits, in the order of arrival."""
    draws = random.Random(seed)
    environment = simpy.Environment()
    crew = simpy.Resource(environment, capacity=SERVERS)
    waits = [0.0] * customers

    def customer(number):
        arrived = environment.now
        with crew.request() as request:
            yield request
            waits[number] = environment.now - arrived
            yield environment.timeout(draws.expovariate(SERVICE_RATE))

    def arrivals():
        for number in range(customers):
            yield environment.timeout(draws.expovariate(ARRIVALS))
            environment.process(customer(number))

    environment.process(arrivals())
    environment.run()
    return waits


def simulated(peer, run, customers, seed):
    """One line, and whether the mean wait lies within four standard errors of the formula's."""
    started = time.process_time()
    waits = run(customers, seed)
    seconds = time.process_time() - started
    # Waits that follow one another are alike: the error comes from the means of forty long batches.
    size = len(waits) // 40
    means = [statistics.fmean(waits[place * size : (place + 1) * size]) for place in range(40)]
    error = statistics.stdev(means) / math.sqrt(40)
    mean = statistics.fmean(waits)
    agrees = abs(mean - MEAN_WAIT) <= 4 * error
    line = {"peer": peer, "customers": customers, "seconds": round(seconds, 4), "meanWait": mean, "standardError": error}
    print(json.dumps(line | {"expectedMeanWait": MEAN_WAIT, "agrees": agrees}))
    return agrees


def erlang():
    """pyworkforce's Erlang C on the published rows, to nine digits."""
    started = time.process_time()
    largest = 0.0
    for load, servers, service, target, waiting, level in ERLANG:
        peer = ErlangC(transactions=load, aht=service, asa=target, interval=service, shrinkage=0.0)
        for got, expected in ((peer.waiting_probability(servers), waiting), (peer.service_level(servers), level)):
            largest = max(largest, abs(got - expected) / expected)
    seconds = time.process_time() - started
    agrees = largest < 1e-9
    print(json.dumps({"peer": "pyworkforce", "rows": len(ERLANG), "seconds": round(seconds, 6), "largestRelativeError": largest, "agrees": agrees}))
    return agrees


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000, help="customers of M/M/3, at least 4000")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.customers < 4000:
        parser.error(f"--customers {arguments.customers}: under 4000 the error of the mean is not known; ask for more")
    agree = [
        erlang(),
        simulated("ciw", ciw_waits, arguments.customers, arguments.seed),
        simulated("simpy", simpy_waits, arguments.customers, arguments.seed),
    ]
    sys.exit(0 if all(agree) else 1)


if __name__ == "__main__":
    main()
