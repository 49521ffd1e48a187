"""Model files made wrong, from a good one, by chance with a seed.

A model is a safetensors file: eight bytes with the length of the header, the header in JSON,
the tensors. Its SHA-256 stands in the header and is taken with zeros in its own place. Half of
the kinds below seal the file again, so that what lies behind that check is tried as well.
"""

import hashlib
import json
import re
from dataclasses import dataclass

#: What the programs read at most.
BYTE_LIMIT = 4 << 20
_SEAL = re.compile(rb'"sha256":"([0-9a-f]{64})"')
_WIDTHS = {"I8": 1, "U8": 1, "I16": 2, "I32": 4, "U32": 4}


@dataclass
class DamagedModel:
    """What was made of a model file."""

    kind: str
    content: bytes
    #: What the programs may exit with.
    allowed: tuple = (65,)


def _split(content):
    """The header as a dictionary, and the tensors."""
    length = int.from_bytes(content[:8], "little")
    return json.loads(content[8:8 + length]), content[8 + length:]


def _join(header, payload):
    """A file with a valid seal."""
    text = header if isinstance(header, bytes) else json.dumps(
        header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    content = len(text).to_bytes(8, "little") + text + payload
    seal = _SEAL.search(content)
    if seal is None:
        return content
    begin, end = seal.span(1)
    blank = content[:begin] + b"0" * 64 + content[end:]
    return content[:begin] + hashlib.sha256(blank).hexdigest().encode() + content[end:]


def _tensors(header):
    return [name for name in header if name != "__metadata__"]


def truncated(content, chance):
    """The file ends somewhere, also before it begins."""
    end = chance.choice((0, 7, chance.randrange(len(content))))
    return DamagedModel("truncated", content[:end])


def flipped(content, chance):
    """One to eight bits are wrong."""
    changed = bytearray(content)
    for place in chance.sample(range(len(content) * 8), chance.randint(1, 8)):
        changed[place // 8] ^= 1 << place % 8
    return DamagedModel("flipped", bytes(changed))


def overwritten(content, chance):
    """A block of zeros or of noise, as a bad medium leaves it."""
    size = chance.randint(16, 512)
    place = chance.randrange(len(content) - size)
    block = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))
    if block == content[place:place + size]:
        block = chance.randbytes(size)
    return DamagedModel("overwritten", content[:place] + block + content[place + size:])


def length(content, chance):
    """A header of an impossible length."""
    wrong = chance.choice((0, 1, len(content), (1 << 20) + 1, 1 << 32, 1 << 63, (1 << 64) - 1))
    return DamagedModel(f"header of {wrong}", wrong.to_bytes(8, "little") + content[8:])


def huge(content, chance):
    """Too large a file, or something else altogether."""
    made = chance.choice((
        content + bytes(BYTE_LIMIT), chance.randbytes(len(content)), content + b"\0",
        content + content))
    return DamagedModel("huge or foreign", made)


def nested(content, chance):
    """A header of JSON far inside itself."""
    depth = chance.choice((100, 10_000, 300_000))
    kind = chance.choice(("array", "object", "open", "inside"))
    _, payload = _split(content)
    text = {
        "array": b"[" * depth + b"]" * depth, "object": b'{"a":' * depth + b"1" + b"}" * depth,
        "open": b"[" * depth,
        "inside": b'{"__metadata__":' + b"[" * depth + b"]" * depth + b"}"}[kind]
    # The limit of a header is 1 MiB; some of these are above it.
    return DamagedModel(f"nested {depth} ({kind})", _join(text, payload))


def weight(content, chance):
    """A weight, bias or exponent of another model: sealed, but the golden trace knows."""
    header, payload = _split(content)
    # The first of each: others may be those of units that nothing asks.
    name = chance.choice(("lstm.weight", "lstm.bias", "lstm.exponent", "output.weight",
                          "output.exponent"))
    begin, _ = header[name]["data_offsets"]
    width = _WIDTHS[header[name]["dtype"]]
    changed = bytearray(payload)
    changed[begin + width - 1] ^= chance.choice((0x10, 0x20, 0x40))
    return DamagedModel(f"sealed {name}", _join(header, bytes(changed)))


def extremes(content, chance):
    """All bytes of a tensor at their extreme: sums, shifts and gates beyond every bound."""
    header, payload = _split(content)
    name = chance.choice(_tensors(header))
    begin, end = header[name]["data_offsets"]
    octet = chance.choice((b"\xff", b"\x80", b"\x7f"))
    changed = payload[:begin] + octet * (end - begin) + payload[end:]
    allowed = (65,) if changed != payload else (0,)
    # Only the law reads these, so that no check but that of their range can know.
    if name.startswith(("law.", "features.mantissa")):
        allowed = (65, 0)
    return DamagedModel(f"sealed {name} all {octet.hex()}", _join(header, changed), allowed)


def entry(content, chance):
    """An entry of the header that does not fit its tensor."""
    header, payload = _split(content)
    name = chance.choice(_tensors(header))
    field, wrong = chance.choice((
        ("dtype", "F32"), ("dtype", "I64"), ("dtype", 3), ("shape", []), ("shape", [0]),
        ("shape", [-1]), ("shape", [1 << 40]), ("shape", [65_536, 65_536]), ("shape", [1.5]),
        ("shape", "all"), ("data_offsets", [0]), ("data_offsets", [8, 0]),
        ("data_offsets", [0, 1 << 62]), ("data_offsets", [-8, 0]), ("data_offsets", [0, 1e300]),
        ("data_offsets", None)))
    header[name][field] = wrong
    return DamagedModel(f"sealed {name}.{field} {wrong}", _join(header, payload))


def lacking(content, chance):
    """A tensor or a word of the metadata is not there."""
    header, payload = _split(content)
    name = chance.choice([*_tensors(header), *header["__metadata__"]])
    if name in header:
        del header[name]
    else:
        del header["__metadata__"][name]
    return DamagedModel(f"sealed without {name}", _join(header, payload))


def metadata(content, chance):
    """A word of the metadata that says something impossible."""
    header, payload = _split(content)
    key = chance.choice((
        "format", "version", "cell_fraction_bits", "golden_crc32_256", "golden_crc32_10000",
        "gate_order", "period_s"))
    wrong = chance.choice(("", "nan", "-1", "1e400", "99999999999999999999", "0", "\u0000", 7))
    assert key in header["__metadata__"], key
    header["__metadata__"][key] = wrong
    # `flyball simulate` and the daemon run the first 256 steps of the golden trace, `flyball check`
    # all 10,000.
    allowed = (65, 0) if key == "golden_crc32_10000" else (65,)
    return DamagedModel(f"sealed {key} {wrong!r}", _join(header, payload), allowed)


def period(content, chance):
    """A law for another period: no damage, but the configuration may not name it."""
    header, payload = _split(content)
    header["__metadata__"]["period_s"] = chance.choice(("0.2", "3600", "1e-3"))
    return DamagedModel("sealed period", _join(header, payload), (78,))


def renamed(content, chance):
    """Free text may say anything; this stays valid."""
    header, payload = _split(content)
    header["__metadata__"]["origin"] = chance.choice(("x" * 10_000, "", "\u2603"))
    return DamagedModel("sealed origin", _join(header, payload), (0,))


KINDS = (
    truncated, flipped, overwritten, length, huge, nested, weight, extremes, entry, lacking,
    metadata, period, renamed)


def damage_model(content, number, chance):
    """One damaged file of a good one; the kinds take turns."""
    return KINDS[number % len(KINDS)](content, chance)
