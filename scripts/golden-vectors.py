#!/usr/bin/env python3
"""Generates Tests/Golden: the results of an independent implementation of docs/arithmetic.md.

    python3 scripts/golden-vectors.py            writes the files
    python3 scripts/golden-vectors.py --check    exit 1 when a committed file differs
    python3 scripts/golden-vectors.py --float    compares the cases with double precision

Needs numpy from PyPI. Arrays are base64 of little-endian integers, matrices row by row; checksums
are zlib's CRC-32, cumulative from the first step. docs/golden-vectors.md describes every field.
"""
import argparse
import base64
import concurrent.futures
import itertools
import json
import pathlib
import sys
import zlib

import numpy as np

import golden_activations
import golden_float
import golden_networks
from cell_arithmetic import TABLE_CRC32, Oracle, Vector

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "Tests/Golden"
STEPS = 10_000
CHECKPOINTS = (1, 10, 100, 1000, 10_000)
FILE_LIMIT = 60_000
# The oracle runs beside the vectors for as many steps as this many multiplications allow.
ORACLE_MULTIPLICATIONS = 4_000_000


def packed(values, width):
    return base64.b64encode(np.array(values, dtype=f"<{width}").tobytes()).decode()


def plain(values):
    return [int(v) for v in values]


def state(cell):
    return {"c": plain(cell.c), "r": plain(cell.r), "h": plain(cell.h), "y": plain(cell.y)}


def run(case):
    """Results of a case; the first steps are computed twice and compared."""
    network = case.network
    vector = Vector(network)
    oracle = Oracle(network)
    per_step = 4 * network.units * (network.units + network.inputs)
    doubled = min(STEPS, ORACLE_MULTIPLICATIONS // per_step)
    crc, checkpoints, first = 0, [], []
    stream = itertools.islice(case.input.stream(network.inputs), STEPS)
    for step, x in enumerate(stream, 1):
        vector.step(x)
        if step <= doubled:
            oracle.step(x)
            clips = (oracle.cell_clips, oracle.output_clips)
            if (state(vector) != state(oracle)
                    or clips != (vector.cell_clips, vector.output_clips)):
                raise SystemExit(f"{case.name}: vectors and plain integers differ at step {step}")
        for values, width in ((vector.c, "i4"), (vector.r, "i4"), (vector.h, "i2"),
                              (vector.y, "i4")):
            crc = zlib.crc32(values.astype(f"<{width}").tobytes(), crc)
        if step <= 3:
            first.append({"x": plain(x)} | state(vector))
        if step in CHECKPOINTS:
            checkpoints.append({"steps": step, "crc32": crc})
    return {
        "first": first,
        "checkpoints": checkpoints,
        "final": state(vector),
        "cellSaturations": vector.cell_clips,
        "outputSaturations": vector.output_clips,
        "saturations": vector.cell_clips + vector.output_clips,
    }


def lstm_document(case):
    net = case.network
    return {
        "name": case.name,
        "kind": case.kind,
        "units": net.units,
        "inputs": net.inputs,
        "outputs": net.outputs,
        "fractionBits": net.fraction_bits,
        "steps": STEPS,
        "tableCRC32": TABLE_CRC32,
        "input": vars(case.input),
        "weights": packed(net.weights, "i2"),
        "biases": packed(net.biases, "i4"),
        "exponents": packed(net.exponents, "u1"),
        "outputWeights": packed(net.output_weights, "i2"),
        "outputBiases": packed(net.output_biases, "i4"),
        "outputExponents": packed(net.output_exponents, "u1"),
    } | run(case)


def text(document):
    """One line a field: differences stay readable."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}"
             for key, value in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def documents():
    yield "activations.json", golden_activations.activations(packed)
    yield "wirings.json", golden_activations.wirings()
    cases = list(golden_networks.all_cases())
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for case, document in zip(cases, pool.map(lstm_document, cases)):
            yield f"lstm/{case.name}.json", document


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    parser.add_argument("--float", action="store_true", help="compare with double precision")
    options = parser.parse_args()
    if options.float:
        golden_float.report(golden_networks.all_cases(), STEPS)
        return 0
    expected, failures = set(), 0
    for name, document in documents():
        path, content = GOLDEN / name, text(document)
        expected.add(path)
        if len(content) > FILE_LIMIT:
            raise SystemExit(f"{name}: {len(content)} bytes, limit {FILE_LIMIT}")
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        elif not path.exists() or path.read_text() != content:
            print(f"{name} differs from what docs/arithmetic.md gives", file=sys.stderr)
            failures += 1
    for path in sorted(set((GOLDEN / "lstm").glob("*.json")) - expected):
        print(f"{path.name} is no case of this script", file=sys.stderr)
        failures += 1
    print(f"{len(expected)} files, {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
