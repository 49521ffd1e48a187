"""Opens a model file with the public `safetensors` package and recomputes its golden trace.

The SHA-256 of the file is computed anew. The network is run by scripts/cell_arithmetic.py, the
second implementation of docs/arithmetic.md: the first 1,000 steps in plain integers, all 10,000 in
vectors. The CRCs after 256 and 10,000 steps must be those that the file carries.

    python3 Tests/Python/read_model.py MODEL
"""
import hashlib
import pathlib
import sys
import zlib

import numpy as np
from safetensors import safe_open

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from cell_arithmetic import Network, Oracle, SplitMix64, Vector  # noqa: E402

ORACLE_STEPS = 1_000
TYPES = {
    "lstm.weight": np.int16, "lstm.bias": np.int32, "lstm.exponent": np.int8,
    "output.weight": np.int16, "output.bias": np.int32, "output.exponent": np.int8,
    "features.source": np.uint8, "features.mantissa": np.int32, "features.shift": np.uint8,
    "law.integral_scale": np.int32, "law.gates": np.uint32,
    "law.setpoint": np.int32, "law.envelope": np.int32,
}


def main(path):
    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    blanked = pathlib.Path(path).read_bytes().replace(metadata["sha256"].encode(), b"0" * 64)
    assert hashlib.sha256(blanked).hexdigest() == metadata["sha256"], "SHA-256"
    assert metadata["format"] == "flyball-model" and metadata["version"] == "2", metadata
    assert {name: t.dtype for name, t in tensors.items()} == {
        name: np.dtype(t) for name, t in TYPES.items()}, "tensors or their types"
    units = len(tensors["lstm.bias"]) // 4
    inputs, outputs = len(tensors["features.source"]), len(tensors["output.bias"])
    assert tensors["lstm.weight"].shape == (4 * units, inputs + units)
    integers = lambda name: tensors[name].astype(int).tolist()
    network = Network(
        units=units, inputs=inputs, outputs=outputs,
        fraction_bits=int(metadata["cell_fraction_bits"]),
        weights=integers("lstm.weight"), biases=integers("lstm.bias"),
        exponents=integers("lstm.exponent"), output_weights=integers("output.weight"),
        output_biases=integers("output.bias"), output_exponents=integers("output.exponent"))
    network.prove()
    print(f"{path}: {inputs} inputs, {units} units, {outputs} outputs, {metadata['origin']}")
    check_trace(network, tensors, metadata)


def check_trace(network, tensors, metadata):
    crc = 0
    for kind in ("lstm", "output"):
        rows = zip(tensors[kind + ".exponent"], tensors[kind + ".bias"], tensors[kind + ".weight"])
        for exponent, bias, weights in rows:
            crc = zlib.crc32(exponent.tobytes() + bias.tobytes() + weights.tobytes(), crc)
    state, oracle = Vector(network), Oracle(network)
    random = SplitMix64(1)
    for step in range(1, 10_001):
        x = [random.uniform(-32767, 32767) for _ in range(network.inputs)]
        state.step(np.array(x))
        if step <= ORACLE_STEPS:
            oracle.step(x)
            assert (oracle.h, oracle.c, oracle.r, oracle.y) == tuple(
                v.tolist() for v in (state.h, state.c, state.r, state.y)), f"step {step}"
        for unit in range(network.units):
            crc = zlib.crc32(
                int(state.h[unit]).to_bytes(2, "little", signed=True)
                + int(state.c[unit]).to_bytes(4, "little", signed=True)
                + int(state.r[unit]).to_bytes(4, "little", signed=True), crc)
        crc = zlib.crc32(state.y.astype("<i4").tobytes(), crc)
        if step in (256, 10_000):
            stated = int(metadata[f"golden_crc32_{step}"])
            if crc != stated:
                sys.exit(f"after {step} steps the CRC is {crc}, the file says {stated}")
            print(f"after {step} steps the CRC is {crc}, as the file says")


if __name__ == "__main__":
    main(sys.argv[1])
