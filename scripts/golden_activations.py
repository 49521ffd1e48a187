"""Golden vectors of the activations and of the wirings of the one cell, in plain integers."""
import zlib

from cell_arithmetic import (LIMIT32, ONE31, SEGMENTS, TABLE_CRC32, SplitMix64, cell_tanh, sigma,
                             sigma15, step_cell, tanh)

WIRING_STEPS = 1000
WIRING_CHECKPOINTS = (1, 10, 100, 1000)


def arguments():
    """About 2,500 values of z: both ends, both sides of every segment's edge, small and uniform."""
    positive = {0, 1, 2, 2**20, LIMIT32, LIMIT32 - 1, 2**30, 2**30 - 1, 2**30 + 1}
    positive |= {(k << 21) + d for k in range(SEGMENTS + 1) for d in (-1, 0)}
    # tanh looks up 2|z|: its odd edges lie at half the argument.
    positive |= {(k << 20) + d for k in range(1, SEGMENTS, 14) for d in (-1, 0, 1)}
    positive |= {1 << n for n in range(31)}
    rng = SplitMix64(20)
    positive |= {rng.uniform(0, LIMIT32) >> (n % 20) for n in range(60)}
    positive = {v for v in positive if 0 <= v <= LIMIT32}
    return sorted(positive | {-v for v in positive})


def activations(packed):
    z = arguments()
    cells, rng = [], SplitMix64(21)
    for bits in range(15, 31):
        values = {0, 1, LIMIT32, LIMIT32 - 1, 1 << bits, min(LIMIT32, 8 << bits)}
        values |= {rng.uniform(0, LIMIT32) >> n for n in (0, 1, 3, 5, 9, 14)}
        values = sorted(values | {-v for v in values})
        cells.append({"fractionBits": bits, "c": values,
                      "tanh": [cell_tanh(c, bits) for c in values]})
    return {
        "tableCRC32": TABLE_CRC32,
        "count": len(z),
        "z": packed(z, "i4"),
        "sigma": packed([sigma(v) for v in z], "u4"),
        "sigma15": packed([sigma15(v) for v in z], "u2"),
        "tanh": packed([tanh(v) for v in z], "i4"),
        "cells": cells,
    }


def wiring(name, kind, bits, seed, i=(), n=(), low=-LIMIT32, high=LIMIT32, c=None, r=None, cells=4):
    """One run. Each step draws, for cell after cell: i (`free`, `tied-drawn`), n (`free`), then g;
    `delay` draws one g a step, the one that is written. Pinned gates come from i and n."""
    c, r = c or [0] * cells, r or [0] * cells
    document = {
        "name": name, "kind": kind, "cells": cells, "fractionBits": bits, "steps": WIRING_STEPS,
        "seed": seed, "i": list(i), "n": list(n), "candidateLow": low, "candidateHigh": high,
        "initialC": c, "initialR": r,
    }
    rng, crc, clips, checkpoints, c, r = SplitMix64(seed), 0, 0, [], list(c), list(r)
    gate = lambda: rng.uniform(0, ONE31) >> rng.uniform(0, 31)
    for step in range(WIRING_STEPS):
        written = rng.uniform(low, high) if kind == "delay" else None
        for j in range(cells):
            match kind:
                case "free":
                    ij, nj = gate(), gate()
                case "tied-drawn":
                    ij = nj = gate()
                case "delay":
                    ij = nj = ONE31 if j == step % cells else 0
                case _:
                    ij, nj = i[j], n[j]
            g = written if kind == "delay" else rng.uniform(low, high)
            c[j], r[j], clipped = step_cell(c[j], r[j], ij, nj, g, bits)
            clips += clipped
        for values in (c, r):
            for v in values:
                crc = zlib.crc32(v.to_bytes(4, "little", signed=True), crc)
        if step + 1 in WIRING_CHECKPOINTS:
            checkpoints.append({"steps": step + 1, "crc32": crc})
    return document | {"checkpoints": checkpoints, "finalC": c, "finalR": r, "saturations": clips}


def wirings():
    rates = [ONE31, ONE31 // 1000, 215, 1]
    zero, one = [0] * 4, [ONE31] * 4
    ends = [LIMIT32, -LIMIT32, 123456789, -1]
    residues = [2**30 - 1, -(2**30), 0, 77]
    runs = [
        wiring("tied gates", "tied", 27, 31, rates, rates),
        wiring("tied gates drawn", "tied-drawn", 27, 32),
        wiring("integrator", "integrator", 27, 33, rates, zero),
        wiring("integrator into its limit", "integrator", 30, 34, rates, zero, low=-1000),
        wiring("integrator into its lower limit", "integrator", 28, 35, one, zero, high=2000),
        wiring("leak", "leak", 27, 36, [ONE31, ONE31 // 2, 3, ONE31 // 100], rates),
        wiring("leak of coarse cells", "leak", 15, 37, rates, rates[::-1], c=ends, r=residues),
        wiring("leak of fine cells", "leak", 30, 38, rates[::-1], rates, c=ends, r=residues),
        wiring("hold", "hold", 27, 39, zero, zero, c=ends, r=residues),
        wiring("delay line of 5", "delay", 27, 40, cells=5),
        wiring("delay line of 1", "delay", 30, 41, cells=1),
        wiring("free gates, coarse", "free", 15, 42, c=ends, r=residues),
        wiring("free gates", "free", 27, 43, c=ends, r=residues),
        wiring("free gates, fine", "free", 30, 44, c=ends, r=residues),
    ]
    return {"runs": runs}
