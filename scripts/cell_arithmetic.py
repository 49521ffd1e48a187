"""The cell's arithmetic of docs/arithmetic.md, written from that page and from nothing else.

Two paths: plain Python integers, which cannot overflow and are the oracle, and numpy Int64 vectors
for long runs. `scripts/golden-vectors.py` holds one against the other before it writes anything.
The only thing shared with the Swift sources is the integer table, which is data.
"""
import dataclasses
import pathlib
import re
import zlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "Sources/FixedPoint/SigmoidCoefficients.swift"
ONE31 = 1 << 31
LIMIT32, LIMIT16 = 2**31 - 1, 32767
ROW_LIMIT = 65535
SEGMENTS = 512
MASK64 = 2**64 - 1


def read_table():
    """The 1,024 literals, checked against the checksum beside them."""
    text = TABLE.read_text()
    literals = re.search(r"InlineArray<1024, Int32> = \[(.*?)\]", text, re.S).group(1)
    table = [int(v) for v in literals.replace("\n", " ").split(",") if v.strip()]
    stated = int(re.search(r"crc32: UInt32 = 0x([0-9A-Fa-f]+)", text).group(1), 16)
    found = zlib.crc32(b"".join(v.to_bytes(4, "little", signed=True) for v in table))
    if len(table) != 2 * SEGMENTS or found != stated:
        raise SystemExit(f"{TABLE.name}: {len(table)} literals, crc {found:#x}, stated {stated:#x}")
    return table, found


COEFFICIENTS, TABLE_CRC32 = read_table()
K, C = COEFFICIENTS[0::2], COEFFICIENTS[1::2]


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        return z ^ (z >> 31)

    def uniform(self, lo, hi):
        return lo + self.next() % (hi - lo + 1)


# The oracle: plain integers.


def rhu(v, n):
    """v / 2^n, rounded half up."""
    return v if n == 0 else (2 * v + 2**n) // 2 ** (n + 1)


def sat32(v):
    return max(-LIMIT32, min(LIMIT32, v))


def sat16(v):
    return max(-LIMIT16, min(LIMIT16, v))


def sigma(z):
    """Q26 to Q31."""
    if z > 0:
        return ONE31 - sigma(-z)
    a = -z
    if a >= 16 << 26:
        return 0
    k, t = a >> 21, a & (2**21 - 1)
    left = K[k - 1] if k else ONE31
    p = rhu(t * (2**21 - t), 20)
    return rhu((left << 21) + (K[k] - left) * t - rhu(C[k] * p, 14), 22)


def sigma15(z):
    return rhu(sigma(z), 16)


def tanh_of_doubled(negative, doubled):
    """tanh, Q31, of the value whose sign is given and whose doubled magnitude is `doubled`, Q26."""
    magnitude = min(LIMIT32, ONE31 - 2 * sigma(-doubled))
    if doubled == 0:
        return 0
    return -magnitude if negative else magnitude


def tanh(z):
    """Q26 to Q31."""
    return tanh_of_doubled(z < 0, 2 * abs(z))


def cell_tanh(c, fraction_bits):
    """Of a cell, to Q31."""
    a = abs(c)
    doubled = a << (27 - fraction_bits) if fraction_bits <= 27 else rhu(a, fraction_bits - 27)
    return tanh_of_doubled(c < 0, doubled)


def step_cell(c, r, i, n, g, fraction_bits):
    """One cell: returns c', r' and whether it clipped."""
    total = rhu(i * g, 31 - fraction_bits) - c * n + r
    assert abs(total) < 2**63
    d = rhu(total, 31)
    r = total - (d << 31)
    assert -(2**30) <= r < 2**30
    unclipped = c + d
    c = sat32(unclipped)
    return (c, 0, True) if c != unclipped else (c, r, False)


@dataclasses.dataclass
class Network:
    """Integers only. Rows gate by gate i, f, o, g; a row has N input, then H recurrent weights."""

    units: int
    inputs: int
    outputs: int
    fraction_bits: int
    weights: list
    biases: list
    exponents: list
    output_weights: list
    output_biases: list
    output_exponents: list

    def prove(self):
        """What docs/arithmetic.md proves at load."""
        rows = self.weights + self.output_weights
        biases = self.biases + self.output_biases
        exponents = self.exponents + self.output_exponents
        assert len(rows) == len(biases) == len(exponents) == 4 * self.units + self.outputs
        for row, bias, exponent in zip(rows, biases, exponents):
            assert all(abs(w) <= LIMIT16 for w in row) and 0 <= exponent <= 30
            assert row_sum(row, bias) <= ROW_LIMIT
        assert 15 <= self.fraction_bits <= 30


def row_sum(row, bias):
    return sum(abs(w) for w in row) + -(-abs(bias) // 2**15)


class Oracle:
    """A network in plain integers, slow and certain."""

    def __init__(self, network):
        self.network = network
        self.c, self.r, self.h = ([0] * network.units for _ in range(3))
        self.y, self.cell_clips, self.output_clips = [0] * network.outputs, 0, 0

    @staticmethod
    def row(weights, bias, values):
        acc = bias + sum(w * v for w, v in zip(weights, values, strict=True))
        assert abs(acc) <= LIMIT32
        return acc

    def step(self, x):
        net, units = self.network, self.network.units
        values, z = list(x) + self.h, []
        for weights, bias, s in zip(net.weights, net.biases, net.exponents):
            acc = self.row(weights, bias, values)
            z.append(sat32(acc << (11 - s)) if s <= 11 else rhu(acc, s - 11))
        for j in range(units):
            i, n = sigma(z[j]), sigma(-z[units + j])
            o, g = sigma(z[2 * units + j]), tanh(z[3 * units + j])
            self.c[j], self.r[j], clipped = step_cell(
                self.c[j], self.r[j], i, n, g, net.fraction_bits)
            self.cell_clips += clipped
            self.h[j] = sat16(rhu(o * cell_tanh(self.c[j], net.fraction_bits), 47))
        for m in range(net.outputs):
            s = net.output_exponents[m]
            acc = self.row(net.output_weights[m], net.output_biases[m], self.h)
            unclipped = acc << (13 - s) if s <= 13 else rhu(acc, s - 13)
            self.y[m] = sat32(unclipped)
            self.output_clips += self.y[m] != unclipped


# The vectors: numpy Int64. docs/arithmetic.md gives the bounds: every intermediate is below 2^63.

# Both ends of each segment, then its bend.
NEAR, FAR, BEND = (np.array(v, dtype=np.int64) for v in ([ONE31] + K[:-1], K, C))


def vector_rhu(v, n):
    """`n` may be a vector; (1 << n) >> 1 is no half for n = 0."""
    return (v + ((1 << n) >> 1)) >> n


def vector_sigma(z):
    a = np.abs(z)
    inside = np.minimum(a, (16 << 26) - 1)
    k, t = inside >> 21, inside & (2**21 - 1)
    near = NEAR[k]
    bend = (BEND[k] * ((t * (2**21 - t) + 2**19) >> 20) + 2**13) >> 14
    low = ((near << 21) + (FAR[k] - near) * t - bend + 2**21) >> 22
    low[a != inside] = 0
    return np.where(z > 0, ONE31 - low, low)


def vector_tanh(negated_doubled, sign):
    """`negated_doubled` is -2|z| in Q26."""
    return sign * np.minimum(ONE31 - 2 * vector_sigma(negated_doubled), LIMIT32)


class Vector:
    """A network in Int64 vectors."""

    def __init__(self, network):
        column = lambda v: np.array(v, dtype=np.int64)
        self.network = network
        self.c, self.r, self.h = (column([0] * network.units) for _ in range(3))
        self.weights, self.biases = column(network.weights), column(network.biases)
        s = column(network.exponents)
        self.left, self.right = np.maximum(11 - s, 0), np.maximum(s - 11, 0)
        self.half = (1 << self.right) >> 1
        self.output_weights = column(network.output_weights)
        self.output_biases = column(network.output_biases)
        s = column(network.output_exponents)
        self.output_left, self.output_right = np.maximum(13 - s, 0), np.maximum(s - 13, 0)
        self.output_half = (1 << self.output_right) >> 1
        self.y = np.zeros(network.outputs, dtype=np.int64)
        self.cell_clips = self.output_clips = 0

    def step(self, x):
        units, bits = self.network.units, self.network.fraction_bits
        acc = self.biases + self.weights @ np.concatenate((x, self.h))
        z = ((acc << self.left) + self.half) >> self.right
        z = np.minimum(np.maximum(z, -LIMIT32), LIMIT32)
        z[units:2 * units] *= -1
        i, n, o = (vector_sigma(z[k * units:(k + 1) * units]) for k in range(3))
        g = vector_tanh(-2 * np.abs(z[3 * units:]), np.sign(z[3 * units:]))

        total = vector_rhu(i * g, 31 - bits) - self.c * n + self.r
        d = (total + 2**30) >> 31
        unclipped = self.c + d
        self.c = np.minimum(np.maximum(unclipped, -LIMIT32), LIMIT32)
        clipped = self.c != unclipped
        self.r = np.where(clipped, 0, total - (d << 31))
        self.cell_clips += int(np.count_nonzero(clipped))

        a = np.abs(self.c)
        doubled = a << (27 - bits) if bits <= 27 else vector_rhu(a, bits - 27)
        h = vector_rhu(o * vector_tanh(-doubled, np.sign(self.c)), 47)
        self.h = np.minimum(np.maximum(h, -LIMIT16), LIMIT16)

        acc = self.output_biases + self.output_weights @ self.h
        unclipped = ((acc << self.output_left) + self.output_half) >> self.output_right
        self.y = np.minimum(np.maximum(unclipped, -LIMIT32), LIMIT32)
        self.output_clips += int(np.count_nonzero(self.y != unclipped))
