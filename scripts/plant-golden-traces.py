#!/usr/bin/env python3
"""Golden traces of the plants, from SciPy.

Each trace is one plant under a stated sequence of held inputs and loads. Linear plants are taken
from their transfer function and solved exactly, by the matrix exponential; the others are
integrated from their equations by an eighth-order method at tight tolerances, restarted wherever
an input changes. Dead time moves those instants, in rational arithmetic: nothing is rounded to a
grid. The outputs are those at the beginning of each period.

    python3 scripts/plant-golden-traces.py           writes Tests/Golden/plants/*.csv
    python3 scripts/plant-golden-traces.py --check   recomputes and compares, exit 1 on a difference
    python3 scripts/plant-golden-traces.py --tclab   compares the TCLab trace with the package `tclab`

Needs numpy and scipy; --tclab needs tclab.
"""

import argparse
import math
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.optimize import brentq, fsolve
from scipy.signal import tf2ss

DIRECTORY = Path(__file__).resolve().parent.parent / "Tests" / "Golden" / "plants"
# Relative and absolute tolerance of the integration, far below what the tests allow.
RTOL, ATOL = 1e-12, 1e-12
# Two builds of SciPy may differ by rounding, amplified by the integration.
CHECK_TOLERANCE = 1e-8


class Nonlinear:
    """A plant by its right-hand side, its output and the state it starts in."""

    def __init__(self, rhs, output, start):
        self.rhs, self.output, self.state = rhs, output, np.array(start, float)

    def advance(self, seconds, inputs):
        answer = solve_ivp(lambda t, x: self.rhs(x, inputs), (0, seconds), self.state,
                           method="DOP853", rtol=RTOL, atol=ATOL)
        if not answer.success:
            raise RuntimeError(answer.message)
        self.state = answer.y[:, -1]


class Linear:
    """A plant by the numerator and denominator of its transfer function, at rest at zero."""

    def __init__(self, numerator, denominator):
        self.a, self.b, self.c, d = tf2ss(numerator, denominator)
        assert np.all(d == 0)
        self.state = np.zeros(self.a.shape[0])

    def advance(self, seconds, inputs):
        n = len(self.state)
        block = np.zeros((n + 1, n + 1))
        block[:n, :n], block[:n, n] = self.a, self.b[:, 0]
        step = expm(block * seconds)
        self.state = step[:n, :n] @ self.state + step[:n, n] * inputs[0]

    def output(self, state):
        return self.c @ state


def power(lag, order):
    """Coefficients of (lag s + 1)^order."""
    polynomial = np.array([1.0])
    for _ in range(order):
        polynomial = np.polymul(polynomial, [lag, 1.0])
    return polynomial


def tclab(ambient=21.0, power_1=200.0, power_2=100.0):
    def rhs(x, q):
        h1, h2, t1, t2 = x
        return [power_1 * q[0] / 5720 + (ambient - h1) / 20 - (h1 - h2) / 100,
                power_2 * q[1] / 5720 + (ambient - h2) / 20 + (h1 - h2) / 100,
                (h1 - t1) / 140, (h2 - t2) / 140]
    return Nonlinear(rhs, lambda x: x[2:], [ambient] * 4)


def heater():
    mass, specific_heat, transfer, area, emissivity = 0.004, 500.0, 10.0, 12e-4, 0.9
    sigma, watts_per_percent, ambient, sensor = 5.670374419e-8, 0.01, 296.15, 20.0

    def rhs(x, q):
        heat = (watts_per_percent * q[0] + transfer * area * (ambient - x[0])
                + emissivity * sigma * area * (ambient**4 - x[0]**4))
        return [heat / (mass * specific_heat), (x[0] - x[1]) / sensor]
    return Nonlinear(rhs, lambda x: [x[1] - 273.15], [ambient, ambient])


def motor():
    r, l, k, j, b, coulomb, turning = 1.0, 0.015, 0.08, 9.2e-4, 1.28e-3, 0.092, 2.0

    def rhs(x, v):
        i, w = x
        return [(v[0] - r * i - k * w) / l,
                (k * i - b * w - coulomb * math.tanh(w / turning)) / j]
    return Nonlinear(rhs, lambda x: [x[1]], [0.0, 0.0])


def hole_flow(hole, level):
    """Torricelli above a film of a hundredth of a millimetre, linear below."""
    level = max(level, 0.0)
    return hole * math.sqrt(2 * 981.0) * level / math.sqrt(level + 1e-3)


def tank():
    area, full, hole, valve, level = 200.0, 500.0, 0.79, 3.0, 20.0

    def rhs(x, u):
        return [(full * max(x[1], 0.0) / 100 - hole_flow(hole, x[0])) / area,
                (u[0] - x[1]) / valve]
    return Nonlinear(rhs, lambda x: [max(x[0], 0.0)], [level, 100 * hole_flow(hole, level) / full])


def quadruple_tank(k=(3.33, 3.35), gamma=(0.7, 0.6), volts=3.0):
    def rhs(h, v):
        q = [hole_flow(a, x) for a, x in zip((0.071, 0.057, 0.071, 0.057), h)]
        return [(-q[0] + q[2] + gamma[0] * k[0] * v[0]) / 28,
                (-q[1] + q[3] + gamma[1] * k[1] * v[1]) / 32,
                (-q[2] + (1 - gamma[1]) * k[1] * v[1]) / 28,
                (-q[3] + (1 - gamma[0]) * k[0] * v[0]) / 32]
    rest = fsolve(lambda h: rhs(h, (volts, volts)), [12.0, 12.0, 2.0, 2.0], xtol=1e-12)
    return Nonlinear(rhs, lambda h: h[:2], rest)


def cstr():
    q, volume, rho, cp, heat, activation, k0, ua = 100, 100, 1000, 0.239, 5e4, 8750, 7.2e10, 5e4
    feed_kelvin, feed = 350, 1

    def per_minute(x, coolant):
        ca, t = x
        rate = k0 * math.exp(-activation / t) * ca
        return [q / volume * (feed - ca) - rate,
                q / volume * (feed_kelvin - t) + heat / (rho * cp) * rate
                + ua / (volume * rho * cp) * (coolant - t)]

    def concentration(t):
        return feed / (1 + volume / q * k0 * math.exp(-activation / t))
    kelvin = brentq(lambda t: per_minute([concentration(t), t], 300.0)[1], 310, 335, xtol=1e-13)
    return Nonlinear(lambda x, u: [v / 60 for v in per_minute(x, u[0])],
                     lambda x: [x[1]], [concentration(kelvin), kelvin])


def jacket():
    power, cj, cv, ua, gj, gv = 4000.0, 8400.0, 42000.0, 200.0, 5.0, 5.0
    feed, cold, valve, ambient, water = 10.0, 15.0, 5.0, 20.0, 4.186

    def rhs(x, u):
        vessel, wall, flow = x
        through = ua * (wall - vessel)
        return [(through - water * max(flow, 0.0) * (vessel - cold - u[2]) - gv * (vessel - ambient)) / cv,
                (power * u[0] / 100 - through - gj * (wall - ambient)) / cj,
                (feed + u[1] - flow) / valve]
    # The two balances are linear with the feed at its rest.
    rest = np.linalg.solve([[ua + water * feed + gv, -ua], [-ua, ua + gj]],
                           [water * feed * cold + gv * ambient, gj * ambient])
    return Nonlinear(rhs, lambda x: x, [*rest, feed])


def steps(*changes):
    """A held sequence from pairs of the period it begins in and its value."""
    return lambda n: [value for begin, value in changes if begin <= n][-1]


ZERO = steps((0, 0.0))


class Case:
    """One trace: what the Swift side needs to repeat it, and the plant to compute it."""

    def __init__(self, name, plant, period, count, inputs, loads, dead_time="0", rest=None,
                 parameters=None, build=None):
        self.name, self.plant, self.count, self.build = name, plant, count, build
        self.period, self.dead_time = Fraction(period), Fraction(dead_time)
        self.inputs, self.loads = inputs, loads
        # What was held before the first period.
        self.rest = rest or [0.0] * len(inputs)
        self.parameters = dict(parameters or {}, dead_time_s=float(self.dead_time))


def trace(case):
    """The outputs at the beginning of each period."""
    plant, period, dead_time = case.build(), case.period, case.dead_time
    instants = {n * period for n in range(case.count)}
    instants |= {n * period + dead_time for n in range(case.count)}
    last = (case.count - 1) * period
    instants = sorted(t for t in instants if t <= last)
    rows = []
    for index, now in enumerate(instants):
        if (now / period).denominator == 1:
            rows.append([float(y) for y in plant.output(plant.state)])
        if index + 1 == len(instants):
            break
        taken = math.floor((now - dead_time) / period)
        begun = math.floor(now / period)
        acting = [(held if taken < 0 else u(taken)) + d(begun)
                  for u, d, held in zip(case.inputs, case.loads, case.rest)]
        plant.advance(float(instants[index + 1] - now), acting)
    return rows


def cases():
    up_down = steps((0, 0.0), (2, 1.0), (60, 0.4), (100, 0.7))
    late_load = steps((0, 0.0), (40, 0.2), (80, -0.1))
    yield Case("fopdt", "fopdt", "0.1", 120, [up_down], [late_load], "0.34",
               parameters={"gain": 1.5, "time_s": 0.7},
               build=lambda: Linear([1.5], [0.7, 1]))
    yield Case("lag", "lag", "0.2", 140, [up_down], [late_load],
               parameters={"gain": 1.0, "time_s": 1.0, "order": 4},
               build=lambda: Linear([1.0], power(1.0, 4)))
    yield Case("lag-eight", "lag", "0.5", 140, [up_down], [late_load], "1",
               parameters={"gain": 1.25, "time_s": 0.8, "order": 8},
               build=lambda: Linear([1.25], power(0.8, 8)))
    yield Case("underdamped", "underdamped", "0.25", 140, [up_down], [late_load], "0.6",
               parameters={"gain": 2.0, "time_s": 1.0, "damping": 0.1},
               build=lambda: Linear([2.0], [1, 0.2, 1]))
    yield Case("integrator", "integrator", "0.2", 140,
               [steps((0, 0.0), (5, 1.0), (40, 0.0), (70, -0.8))], [late_load], "0.3",
               parameters={"gain": 0.25, "time_s": 1.0},
               build=lambda: Linear([0.25], [1, 1, 0]))
    yield Case("inverse-response", "inverse-response", "0.2", 140, [up_down], [late_load],
               parameters={"gain": 1.0, "time_s": 1.0, "order": 3, "zero_s": 1.5},
               build=lambda: Linear([-1.5, 1.0], power(1.0, 3)))

    heaters = [steps((0, 0.0), (10, 100.0), (60, 48.0)), steps((0, 0.0), (120, 50.0))]
    heater_load = [steps((0, 0.0), (150, -10.0)), ZERO]
    yield Case("tclab", "tclab", "1", 240, heaters, heater_load, build=tclab)
    yield Case("tclab-late", "tclab", "2", 120, heaters, heater_load, "5.3",
               parameters={"ambient_c": 11.0, "power_1": 100.0, "power_2": 200.0},
               build=lambda: tclab(11.0, 100.0, 200.0))
    yield Case("heater", "heater", "5", 160,
               [steps((0, 0.0), (4, 100.0), (40, 55.0), (100, 20.0))],
               [steps((0, 0.0), (70, 15.0))], "15", build=heater)
    yield Case("motor", "motor", "0.01", 200,
               [steps((0, 0.0), (5, 9.0), (60, 0.5), (100, -10.0), (150, 2.0))],
               [steps((0, 0.0), (40, -1.5))], "0.01", build=motor)
    valve = 100 * hole_flow(0.79, 20.0) / 500
    yield Case("tank", "tank", "1", 240,
               [steps((0, valve), (5, 70.0), (90, 0.0), (190, 40.0))],
               [steps((0, 0.0), (50, -8.0), (90, 0.0))], "3", rest=[valve], build=tank)
    pumps = [steps((0, 3.0), (10, 3.6), (90, 2.5)), steps((0, 3.0), (50, 3.4))]
    pump_load = [ZERO, steps((0, 0.0), (70, -0.5))]
    yield Case("quadruple-tank", "quadruple-tank", "2", 150, pumps, pump_load, rest=[3.0, 3.0],
               build=quadruple_tank)
    yield Case("quadruple-tank-inverse", "quadruple-tank", "2", 150, pumps, pump_load, "3",
               rest=[3.0, 3.0],
               parameters={"pump_1": 3.14, "pump_2": 3.29, "valve_1": 0.43, "valve_2": 0.34},
               build=lambda: quadruple_tank((3.14, 3.29), (0.43, 0.34)))
    yield Case("cstr", "cstr", "2", 200,
               [steps((0, 300.0), (5, 302.0), (80, 297.0), (140, 301.0))],
               [steps((0, 0.0), (40, -1.0))], rest=[300.0], build=cstr)
    yield Case("cstr-ignition", "cstr", "2", 150, [steps((0, 300.0), (5, 309.0), (90, 290.0))],
               [ZERO], "2.5", rest=[300.0], build=cstr)
    yield Case("jacket", "jacket", "1", 400,
               [steps((0, 0.0), (5, 80.0), (150, 30.0)), steps((0, 0.0), (200, 8.0), (300, -15.0)),
                steps((0, 0.0), (350, 5.0))], [ZERO, steps((0, 0.0), (250, 2.0)), ZERO], "2", build=jacket)


def text(case):
    lines = ["# Written by scripts/plant-golden-traces.py; compared by PlantsTests.",
             f"# plant = {case.plant}", f"# period_s = {float(case.period)!r}"]
    lines += [f"# parameter {name} = {float(value)!r}"
              for name, value in sorted(case.parameters.items())]
    width = range(1, len(case.inputs) + 1)
    lines.append(",".join(["tick"] + [f"u{i}" for i in width] + [f"d{i}" for i in width]
                          + [f"y{i}" for i in width]))
    for n, outputs in enumerate(trace(case)):
        values = [u(n) for u in case.inputs] + [d(n) for d in case.loads] + outputs
        lines.append(",".join([str(n)] + [repr(float(v)) for v in values]))
    return "\n".join(lines) + "\n"


def rows_of(content):
    lines = [line for line in content.splitlines() if not line.startswith("#")]
    return np.array([[float(v) for v in line.split(",")] for line in lines[1:]])


def check(case):
    """True when the stored trace says what is computed now."""
    stored, computed = (DIRECTORY / f"{case.name}.csv").read_text(), text(case)
    heads = [[line for line in t.splitlines() if line.startswith("#")] for t in (stored, computed)]
    if heads[0] != heads[1]:
        print(f"{case.name}: other parameters")
        return False
    a, b = rows_of(stored), rows_of(computed)
    difference = np.max(np.abs(a - b) / (1 + np.abs(b))) if a.shape == b.shape else math.inf
    print(f"{case.name}: {difference:.2g} apart")
    return bool(difference <= CHECK_TOLERANCE)


def compare_with_package():
    """The package integrates by Euler at 0.2 s: its error is of first order in that step."""
    from tclab import TCLabModel
    case = next(c for c in cases() if c.name == "tclab")
    ours = np.array(trace(case))
    for step in (0.2, 0.02, 0.002):
        model, theirs = TCLabModel(synced=False), []
        model.tlast, model.maxstep = 0.0, step
        for n in range(case.count):
            theirs.append([model._T1, model._T2])
            model._Q1, model._Q2 = (u(n) + d(n) for u, d in zip(case.inputs, case.loads))
            model.update(float(n + 1))
        print(f"step {step} s: at most {np.max(np.abs(ours - theirs)):.2g} C apart")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--tclab", action="store_true")
    arguments = parser.parse_args()
    if arguments.tclab:
        compare_with_package()
        return 0
    if arguments.check:
        return 0 if all([check(case) for case in cases()]) else 1
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    for case in cases():
        (DIRECTORY / f"{case.name}.csv").write_text(text(case))
    return 0


if __name__ == "__main__":
    sys.exit(main())
