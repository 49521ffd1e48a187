#!/usr/bin/env python3
"""Writes the golden files of imported weights: one network in three layouts, and what its law commands.

    scripts/golden-imports.py [--check]        with scripts/python in front of it

The law is written here from docs/import.md, in NumPy and in the layout that Keras documents; the files
are written by the public `safetensors` package. All weights lie on the grid of float16, so that each type
holds the same network. `--check` compares with the committed files instead of writing them.
"""
import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import save

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests/Golden/imports"
UNITS, FEATURES, OUTPUTS, SAMPLES = 3, 4, 2, 60
INTEGRAL, TRACKING = 0.03, 0.1


def network(random):
    """Keras: kernel, recurrent kernel and bias with columns i, f, c, o; kernel and bias of a Dense."""
    shapes = [(FEATURES, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,), (UNITS, OUTPUTS), (OUTPUTS,)]
    kernel, recurrent, bias, dense, dense_bias = (
        (random.normal(size=shape) * 0.8).astype(np.float16).astype(np.float64) for shape in shapes)
    # As unit_forget_bias leaves it: the stored bias holds the 1.
    bias[UNITS:2 * UNITS] = np.float16([1.0, 2.5, 0.25])
    return kernel, recurrent, bias, 0.125 * dense, dense_bias * np.array([0.0, 1.0])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def commands(weights, setpoint, measurement):
    kernel, recurrent, bias, dense, dense_bias = weights
    h, c = np.zeros(UNITS), np.zeros(UNITS)
    integral = u = 0.4
    y_before, result = measurement[0], []
    for r, y in zip(setpoint, measurement):
        x = np.array([4 * (r - y), 15 * (y - y_before), 2 * y - 1, 2 * u - 1])
        i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        q, gate = h @ dense + dense_bias
        integral += INTEGRAL * 2 * sigmoid(gate) * (r - y)
        u = min(max(integral + q, 0.0), 1.0)
        integral += TRACKING * (u - integral - q)
        y_before = y
        result.append(u)
    return result


def files(weights):
    kernel, recurrent, bias, dense, dense_bias = weights
    icfo = np.concatenate([np.arange(UNITS) + gate * UNITS for gate in (0, 2, 1, 3)])
    keras = {"sequential/lstm/lstm_cell/kernel": kernel,
             "sequential/lstm/lstm_cell/recurrent_kernel": recurrent,
             "sequential/lstm/lstm_cell/bias": bias,
             "sequential/dense/kernel": dense, "sequential/dense/bias": dense_bias}
    pytorch = {"lstm.weight_ih_l0": kernel.T, "lstm.weight_hh_l0": recurrent.T,
               "lstm.bias_ih_l0": 0.25 * bias, "lstm.bias_hh_l0": 0.75 * bias,
               "head.weight": dense.T, "head.bias": dense_bias}
    half = {"weight_ih": kernel.T[icfo], "weight_hh": recurrent.T[icfo], "bias_ih": bias[icfo],
            "bias_hh": 0 * bias, "output.weight": dense.T, "output.bias": dense_bias,
            "log_std": np.zeros(1)}
    types = {"keras": (keras, np.float64), "pytorch": (pytorch, np.float32),
             "half-icfo": (half, np.float16)}
    return {name + ".safetensors": save({key: np.ascontiguousarray(value.astype(kind))
                                         for key, value in tensors.items()})
            for name, (tensors, kind) in types.items()}


def is_same(path, content):
    stored = path.read_bytes()
    if path.suffix != ".json":
        return stored == content
    # The last bits of exp differ from machine to machine.
    pair = [json.loads(text) for text in (stored, content)]
    return pair[0].keys() == pair[1].keys() and all(
        np.allclose(pair[0][key], pair[1][key], rtol=0, atol=1e-12) for key in pair[0])


def main():
    random = np.random.default_rng(7)
    weights = network(random)
    setpoint = np.where(np.arange(SAMPLES) < 10, 0.5, 0.7)
    setpoint[40:] = 0.3
    measurement = 0.5 + 0.08 * np.cumsum(random.normal(size=SAMPLES)) / np.sqrt(SAMPLES)
    contents = files(weights)
    law = {"integral": INTEGRAL, "tracking": TRACKING, "start": 0.4, "setpoint": setpoint.tolist(),
           "measurement": measurement.tolist(),
           "command": commands(weights, setpoint, measurement)}
    contents["law.json"] = (json.dumps(law, indent=1) + "\n").encode()
    for name, content in contents.items():
        path = TARGET / name
        if "--check" in sys.argv:
            assert is_same(path, content), f"{path} is not what this script makes"
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    print(f"{len(contents)} files, commands {min(law['command']):.3f} ... {max(law['command']):.3f}")


main()
