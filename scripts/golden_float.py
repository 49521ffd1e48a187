"""Double precision beside the integers: a second opinion on the error of the arithmetic.

The same dequantised weights and inputs, float activations, no rounding anywhere. Errors are of `h`
of which one step of Q15 is 3.05e-5 (its span, -1 ... 1, is 2: halve a figure to relate it to the
span). `free`: the float network feeds back its
own h. `forced`: it is fed the integers' h, so that no recurrence amplifies an error. `unpinned`: as
`free`, but a gate beyond +-16 is not exactly 0 or 1. `memory` is the error of tanh(c) in the forced
run: what the cell holds, before h is rounded to Q15.
"""
import itertools

import numpy as np

from cell_arithmetic import LIMIT32, Vector


class FloatNetwork:
    def __init__(self, case, pinned):
        net, self.pinned = case.network, pinned
        scale = np.exp2(np.array(net.exponents, dtype=float))
        self.units = net.units
        self.weights = np.array(net.weights) / scale[:, None]
        self.biases = np.array(net.biases) / scale / 2.0**15
        self.c, self.h = np.zeros(net.units), np.zeros(net.units)
        self.limit = LIMIT32 / 2.0**net.fraction_bits

    def step(self, x, h):
        z = self.biases + self.weights @ np.concatenate((x, h))
        u = self.units
        z[u:2 * u] *= -1
        gates = 1 / (1 + np.exp(-np.clip(z[:3 * u], -700, 700)))
        if self.pinned:
            gates[z[:3 * u] <= -16], gates[z[:3 * u] >= 16] = 0, 1
        i, n, o = gates[:u], gates[u:2 * u], gates[2 * u:]
        self.c = np.clip(self.c + i * np.tanh(z[3 * u:]) - n * self.c, -self.limit, self.limit)
        self.h = o * np.tanh(self.c)


def errors(case, steps):
    """Maximum and root mean square of free, forced and unpinned runs, and of the memory."""
    vector = Vector(case.network)
    floats = [FloatNetwork(case, pinned) for pinned in (True, True, False)]
    worst, squares = np.zeros(4), np.zeros(4)
    cell = 2.0**case.network.fraction_bits
    for x in itertools.islice(case.input.stream(case.network.inputs), steps):
        before = vector.h / 2.0**15
        vector.step(x)
        scaled = np.array(x) / 2.0**15
        for k, network in enumerate(floats):
            network.step(scaled, before if k == 1 else network.h)
        memory = np.tanh(floats[1].c) - np.tanh(vector.c / cell)
        for k, error in enumerate([f.h - vector.h / 2.0**15 for f in floats] + [memory]):
            worst[k] = max(worst[k], np.abs(error).max())
            squares[k] += (error * error).mean()
    return worst, np.sqrt(squares / steps)


def report(cases, steps):
    print(f"error of h over {steps} steps, in units of 1.0; the span of h is 2.0")
    print(f"{'case':16}" + "".join(f"{name + ' max':>13} {'rms':>9}" for name in (
        "free", "forced", "unpinned", "memory")))
    for case in cases:
        print(f"{case.name:16}" + "".join(
            f"{worst:13.2e} {rms:9.2e}" for worst, rms in zip(*errors(case, steps))))
