"""What scripts/gradient-pytorch.py and scripts/gradient-jax.py share: the batch that the tests of
Training export, where its parameters lie, and the comparison of costs, gradients and times."""
import json
import sys
import time

import numpy as np

SETTLING = 20  # Samples at the start that do not count.
ROUNDNESS = 1e-6  # |x| is sqrt(x^2 + this).
TOLERANCE = 1e-3  # Relative; both sides are in single precision.


class Batch:
    def __init__(self, path):
        with open(path) as file:
            export = json.load(file)
        episodes = export["episodes"]
        self.features = [(f["source"], f["gain"]) for f in export["features"]]
        self.units, self.is_gated = export["units"], export["isGated"]
        self.low, self.span = export["commandLow"], export["commandSpan"]
        self.effort_weight = export["effortWeight"]
        self.parameters = np.array(export["parameters"], np.float32)
        self.cost, self.cpu_seconds = export["cost"], export["cpuSeconds"]
        self.gradient = np.array(export["gradient"])
        self.delay = np.array([e["delay"] for e in episodes])

        def array(key):
            return np.array([e[key] for e in episodes], np.float32)

        order = len(episodes[0]["now"])
        self.transition = array("transition").reshape(-1, order, order)
        self.now, self.before, self.readout = array("now"), array("before"), array("readout")
        self.start_state, self.start_output = array("startState"), array("startOutput")
        self.start_command, self.weight = array("startCommand"), array("weight")
        # Sample by sample.
        self.setpoint, self.load = array("setpoint").T.copy(), array("load").T.copy()
        self.noise = array("noise").T.copy()

    def split(self, p):
        """Rows over features and hidden values, their biases, output rows, gate bias, log of the
        integral gain, logit of the tracking gain."""
        rows, columns = 4 * self.units, len(self.features) + self.units
        outputs = 2 if self.is_gated else 1
        a = rows * columns
        b = a + rows
        c = b + outputs * self.units
        return (p[:a].reshape(rows, columns), p[a:b], p[b:c].reshape(outputs, self.units), p[c],
                p[c + 1], p[c + 2])


def quantities(source, now, slope):
    """A feature before its gain. `now` holds setpoint r, measurement y, command u; `slope` their
    changes since the sample before."""
    r, y, u = now
    return {
        "error": lambda: r - y, "measurementChange": lambda: slope[1],
        "setpointChange": lambda: slope[0], "commandChange": lambda: slope[2],
        "measurement": lambda: 2 * y - 1, "setpoint": lambda: 2 * r - 1,
        "command": lambda: 2 * u - 1,
    }[source]()


def least_cpu_seconds(run, runs):
    least, wall = float("inf"), float("inf")
    for _ in range(runs):
        start, begin = time.process_time(), time.perf_counter()
        run()
        least = min(least, time.process_time() - start)
        wall = min(wall, time.perf_counter() - begin)
    return least, wall


def report(name, batch, cost, gradient, seconds):
    """Prints the comparison; exits with 1 when cost or gradient differ."""
    cost_error = abs(cost / batch.cost - 1)
    size = np.sqrt(np.mean(batch.gradient ** 2))
    # A slope far below the others is a difference of large terms: its rounding is theirs.
    error = np.max(np.abs(gradient - batch.gradient) / (np.abs(batch.gradient) + 0.1 * size))
    norm_error = np.linalg.norm(gradient - batch.gradient) / np.linalg.norm(batch.gradient)
    lanes, samples = len(batch.delay), len(batch.setpoint)
    print(f"{name}: {lanes} episodes of {samples} samples, {batch.units} units, "
          f"{len(gradient)} parameters")
    print(f"  cost {cost:.6f}, ours {batch.cost:.6f}: {cost_error:.1e} apart")
    print(f"  gradient: worst parameter {error:.1e} apart, the whole {norm_error:.1e}")
    cpu, wall = seconds
    ours = batch.cpu_seconds
    print(f"  forward and backward, least CPU time on one thread: {cpu * 1e3:.1f} ms "
          f"(wall {wall * 1e3:.1f} ms), ours {ours * 1e3:.1f} ms: ours is {cpu / ours:.2f} times "
          "as fast")
    if not (cost_error < TOLERANCE and error < TOLERANCE):
        sys.exit(f"{name}: more than {TOLERANCE} apart")
