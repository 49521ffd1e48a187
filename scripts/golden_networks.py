"""The networks and inputs of the golden vectors: random, slow and extreme, from fixed seeds."""
import dataclasses
import math

from cell_arithmetic import LIMIT16, ROW_LIMIT, Network, SplitMix64, row_sum


@dataclasses.dataclass
class Input:
    """`uniform`: x[k] drawn in order k = 0 ..< N, each step, uniform(-amplitude, amplitude).
    `square`: x[k] at step t is signs[k] * amplitude while (t / periods[k]) is even, else its
    negative; the division is an integer one, the first step is t = 0."""

    kind: str
    seed: int
    amplitude: int
    periods: list
    signs: list

    def stream(self, inputs):
        rng, t = SplitMix64(self.seed), 0
        while True:
            if self.kind == "uniform":
                yield [rng.uniform(-self.amplitude, self.amplitude) for _ in range(inputs)]
            else:
                yield [s * self.amplitude * (-1 if t // p % 2 else 1)
                       for s, p in zip(self.signs, self.periods, strict=True)]
            t += 1


@dataclasses.dataclass
class Case:
    name: str
    kind: str
    network: Network
    input: Input


def quantised(units, amplitude, bias):
    """Row of `units / 2^15 * amplitude / 1000` with bias `bias / 1000` at the largest exponent
    that the bound on a row's sum admits."""
    for s in range(30, -1, -1):
        row = [(2 * u * amplitude * 2**s + 1000 * 2**15) // (2000 * 2**15) for u in units]
        b = bias * 2 ** (s + 15) // 1000
        if max(map(abs, row)) <= LIMIT16 and row_sum(row, b) <= ROW_LIMIT:
            return row, b, s
    raise ValueError("row too large")


def network_of(rows, output_rows, shape, fraction_bits):
    weights, biases, exponents = map(list, zip(*rows))
    output_weights, output_biases, output_exponents = map(list, zip(*output_rows))
    network = Network(*shape, fraction_bits, weights, biases, exponents, output_weights,
                      output_biases, output_exponents)
    network.prove()
    return network


def drawn(rng, count):
    return [rng.uniform(-LIMIT16, LIMIT16) for _ in range(count)]


def random_case(seed, units, inputs, outputs, fraction_bits):
    """Uniform weights of about 2 / sqrt(columns), biases to +-1."""
    rng, columns = SplitMix64(seed), units + inputs
    amplitude = 2000 * 1000 // math.isqrt(columns * 10**6)
    rows = [quantised(drawn(rng, columns), amplitude, rng.uniform(-1000, 1000))
            for _ in range(4 * units)]
    output_rows = [quantised(drawn(rng, units), 4 * amplitude, rng.uniform(-1000, 1000))
                   for _ in range(outputs)]
    network = network_of(rows, output_rows, (units, inputs, outputs), fraction_bits)
    return Case(f"random-h{units}", "random", network,
                Input("uniform", 1000 + seed, LIMIT16, [], []))


def slow_case(seed, units, inputs, outputs, fraction_bits):
    """1 - f from 1e-3 to 1.2e-7 across the units, exactly 0 in each fourth; a small input gate."""
    rng, columns, rows = SplitMix64(seed), units + inputs, []
    amplitude = 1500 * 1000 // math.isqrt(columns * 10**6)
    for gate in "ifog":
        for j in range(units):
            weights = drawn(rng, columns)
            spread = 8900 * j // (units - 1)
            match gate:
                case "i":
                    rows.append(quantised(weights, amplitude, -rng.uniform(6500, 9500)))
                case "f":
                    bias = 17500 if j % 4 == 3 else 6900 + spread
                    rows.append(quantised(weights, min(amplitude, 1000 // columns), bias))
                case "o":
                    rows.append(quantised(weights, amplitude, rng.uniform(-1000, 2000)))
                case "g":
                    rows.append(quantised(weights, amplitude, rng.uniform(-200, 200)))
    output_rows = [quantised(drawn(rng, units), 3 * amplitude, 0) for _ in range(outputs)]
    network = network_of(rows, output_rows, (units, inputs, outputs), fraction_bits)
    return Case(f"slow-h{units}", "slow", network,
                Input("uniform", 1000 + seed, LIMIT16, [], []))


def full_row(rng, columns, preferred, signs):
    """A row whose sum is exactly the limit: greedy from the preferred columns, rest in the bias."""
    row, left = [0] * columns, ROW_LIMIT
    for k in preferred:
        size = min(left, rng.uniform(LIMIT16 // 2, LIMIT16) if rng.next() % 2 else LIMIT16)
        row[k], left = signs[k] * size, left - size
    bias = left * 2**15 - (rng.uniform(0, 2**15 - 1) if left else 0)
    return row, bias if rng.next() % 2 else -bias


def extreme_row(rng, inputs, units, signs):
    columns = inputs + units
    every = signs + [1 if rng.next() % 2 else -1 for _ in range(units)]
    match rng.next() % 4:
        case 0:
            row, bias = full_row(rng, columns, range(inputs), every)
        case 1:
            row, bias = full_row(rng, columns, range(inputs, columns), every)
        case 2:
            row, bias = full_row(rng, columns, [], every)
        case _:
            row = [every[k] * (ROW_LIMIT // columns) for k in range(columns)]
            bias = (ROW_LIMIT % columns) * 2**15
    assert row_sum(row, bias) == ROW_LIMIT
    return row, bias, rng.uniform(0, 30)


def extreme_case(seed, units, inputs, outputs, fraction_bits):
    """Full rows, any exponent, square waves at full scale, cells that run into their limits.

    The first quarter are integrators (f and i pinned at 1) and the next a mixture of pinned gates.
    A cell of 15 fraction bits would need 65,536 steps to its limit: only the others reach theirs."""
    rng, rows = SplitMix64(seed), []
    signs = [1 if rng.next() % 2 else -1 for _ in range(inputs)]
    for gate in "ifog":
        for j in range(units):
            row, bias, exponent = extreme_row(rng, inputs, units, signs)
            if j < units // 4 and gate in "if":
                row, bias, exponent = [0] * (inputs + units), ROW_LIMIT * 2**15, rng.uniform(0, 11)
            elif j < units // 4 and gate == "g":
                row, bias = full_row(rng, inputs + units, range(inputs), signs + [1] * units)
                exponent = rng.uniform(0, 16)
            elif j < units // 2:
                exponent = rng.uniform(0, 12)
            rows.append((row, bias, exponent))
    output_rows = []
    for m in range(outputs):
        row, bias, exponent = extreme_row(rng, 0, units, [])
        output_rows.append((row, bias, (m * 9 + 4) % 31))
    network = network_of(rows, output_rows, (units, inputs, outputs), fraction_bits)
    periods = [[40, 7, 193, 1, 64, 1000, 3, 11][(k + seed) % 8] for k in range(inputs)]
    return Case(f"extreme-h{units}-f{fraction_bits}", "extreme", network,
                Input("square", 0, LIMIT16, periods, signs))


def all_cases():
    """Seed, units, inputs, outputs, fraction bits. Every count of inputs 1 ... 8 occurs."""
    return [
        random_case(1, 8, 1, 1, 27),
        random_case(2, 16, 3, 2, 27),
        random_case(3, 32, 8, 4, 26),
        random_case(4, 64, 4, 3, 27),
        slow_case(5, 8, 2, 1, 27),
        slow_case(6, 16, 5, 2, 28),
        slow_case(7, 32, 7, 3, 27),
        slow_case(8, 64, 3, 1, 27),
        extreme_case(9, 8, 8, 4, 15),
        extreme_case(10, 8, 1, 1, 30),
        extreme_case(11, 16, 6, 3, 27),
        extreme_case(12, 16, 2, 2, 15),
        extreme_case(13, 32, 4, 4, 30),
        extreme_case(14, 64, 2, 2, 27),
    ]
