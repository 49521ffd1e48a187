#!/usr/bin/env python3
"""Opens a record with the public MCAP reader and compares it with the table exported from it.

usage: read_record.py RECORD.mcap TABLE.csv

The reader knows nothing of this project: names and types come from the schema inside the record.
Every value of every tick must be the double, the integer or the name that the table has. A copy
of the record without its end must give the ticks of all whole chunks.
"""

import csv
import io
import sys
import zlib

from mcap.reader import make_reader
from mcap.records import Channel, Chunk, DataEnd, Message, Schema
from mcap.stream_reader import StreamReader, breakup_chunk
from mcap_protobuf.decoder import DecoderFactory


def table_name(descriptor, number):
    """The table's name of an enumeration value: STATE_SAFE of enum State is `safe`."""
    value = descriptor.values_by_number.get(number)
    if value is None:
        return str(number)
    prefix = "".join("_" + c if c.isupper() else c.upper() for c in descriptor.name).lstrip("_")
    words = value.name.removeprefix(prefix + "_").lower().split("_")
    return words[0] + "".join(word.capitalize() for word in words[1:])


def experiment_name(experiment):
    """The table's word for an experiment: `none`, or its kind and its number."""
    kind = table_name(experiment.DESCRIPTOR.fields_by_name["kind"].enum_type, experiment.kind)
    return kind if experiment.kind == 0 else f"{kind} {experiment.number}"


def differences(message, row):
    for field in message.DESCRIPTOR.fields:
        value, cell = getattr(message, field.name), row.pop(field.name)
        if field.message_type is not None:
            same = experiment_name(value) == cell
        elif field.enum_type is not None:
            same = table_name(field.enum_type, value) == cell
        elif field.cpp_type == field.CPPTYPE_DOUBLE:
            same = float(cell) == value
        else:
            same = int(cell) == value
        if not same:
            yield f"{field.name}: record {value}, table {cell}"
    for name in row:
        yield f"{name}: in the table only"


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        names = [cell.split(" [")[0] for cell in next(rows)]
        return [dict(zip(names, row, strict=True)) for row in rows]


def check_whole(octets, table):
    reader = make_reader(
        io.BytesIO(octets), validate_crcs=True, decoder_factories=[DecoderFactory()])
    summary = reader.get_summary()
    ticks = [
        (channel, message, tick)
        for schema, channel, message, tick in reader.iter_decoded_messages(log_time_order=False)
        if schema.name == "flyball.Tick"
    ]
    assert len(ticks) == len(table), f"record {len(ticks)} ticks, table {len(table)}"
    for number, ((channel, message, tick), row) in enumerate(zip(ticks, table)):
        found = list(differences(tick, row))
        assert not found, f"tick {number} on {channel.topic}: " + "; ".join(found)
    start = int(metadata(reader)["start_unix_ns"]) - int(metadata(reader)["start_clock_ns"])
    assert all(m.log_time == start + t.time_ns for _, m, t in ticks), "log times"
    count = sum(summary.statistics.channel_message_counts.values())
    assert count == summary.statistics.message_count >= len(ticks), "statistics"
    indexed = sum(1 for _ in reader.iter_messages(topics=["/loop/heater"]))
    heater = sum(1 for channel, _, _ in ticks if channel.topic == "/loop/heater")
    assert indexed == heater > 0, "messages found by the index"
    assert len(list(reader.iter_attachments())) == summary.statistics.attachment_count == 2
    return len(ticks)


def metadata(reader):
    (record,) = [m for m in reader.iter_metadata() if m.name == "flyball"]
    return record.metadata


def check_checksums(octets):
    """The two checksums that the package's reader leaves alone: of the data and of the index."""
    position, data_end = 8, None
    while data_end is None:
        length = int.from_bytes(octets[position + 1:position + 9], "little")
        if octets[position] == 0x0F:
            data_end = position
        position += 9 + length
    stored = int.from_bytes(octets[data_end + 9:data_end + 13], "little")
    assert stored == zlib.crc32(octets[:data_end]), "checksum of the data section"
    start = int.from_bytes(octets[-28:-20], "little")
    assert start == position, "start of the summary section"
    assert int.from_bytes(octets[-12:-8], "little") == zlib.crc32(octets[start:-12]), "summary"


def check_torn(octets, table):
    """Reads the first two thirds record by record, as one does with a file that was cut off."""
    decoders, schemas, channels, ticks = DecoderFactory(), {}, {}, 0
    try:
        reader = StreamReader(
            io.BytesIO(octets[:len(octets) * 2 // 3]), emit_chunks=True, validate_crcs=True)
        for record in reader.records:
            assert not isinstance(record, DataEnd), "the cut is behind the data"
            if isinstance(record, Schema):
                schemas[record.id] = record
            elif isinstance(record, Channel):
                channels[record.id] = record
            elif isinstance(record, Chunk):
                for message in breakup_chunk(record, validate_crc=True):
                    channel = channels[message.channel_id]
                    schema = schemas[channel.schema_id]
                    if isinstance(message, Message) and schema.name == "flyball.Tick":
                        tick = decoders.decoder_for("protobuf", schema)(message.data)
                        assert tick.tick == int(table[ticks]["tick"]), "order of the torn file"
                        ticks += 1
    except Exception as end:
        assert type(end).__name__ in ("EndOfFile", "error", "InvalidMagic"), repr(end)
    assert 0 < ticks < len(table), f"{ticks} ticks of a torn file"
    return ticks


def main():
    with open(sys.argv[1], "rb") as file:
        octets = file.read()
    whole = check_whole(octets, read_table(sys.argv[2]))
    check_checksums(octets)
    torn = check_torn(octets, read_table(sys.argv[2]))
    print(f"record and table agree in {whole} ticks; {torn} ticks of the torn copy are read")


if __name__ == "__main__":
    main()
