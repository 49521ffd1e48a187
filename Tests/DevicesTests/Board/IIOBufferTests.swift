import Control
import Devices
import Foundation
import Glibc
import Testing

@Suite("A converter that captures by itself")
struct IIOBufferTests {
    static let start: UInt64 = 1_000_000_000
    static let directory = "/sys/bus/iio/devices/iio:device0"
    static let node = "/dev/iio:device0"

    /// Two voltages of 12 bits in 16, a temperature that nobody wants, a timestamp.
    static let tree = [
        "name": "ads1115", "in_voltage0_scale": "0.5", "in_voltage_offset": "-8",
        "in_voltage_scale": "2", "current_timestamp_clock": "realtime", "buffer/enable": "0",
        "buffer/length": "2", "trigger/current_trigger": "",
        "scan_elements/in_voltage0_en": "0", "scan_elements/in_voltage0_index": "0",
        "scan_elements/in_voltage0_type": "le:s12/16>>4", "scan_elements/in_voltage3_en": "0",
        "scan_elements/in_voltage3_index": "3", "scan_elements/in_voltage3_type": "be:u16/16>>0",
        "scan_elements/in_temp_en": "1", "scan_elements/in_temp_index": "4",
        "scan_elements/in_temp_type": "le:s16/16>>0", "scan_elements/in_timestamp_en": "0",
        "scan_elements/in_timestamp_index": "5",
        "scan_elements/in_timestamp_type": "le:s64/64>>0",
    ]

    static func files(_ changes: [String: String?] = [:]) -> ScriptedFiles {
        var all = tree
        for (file, text) in changes { all[file] = text }
        return ScriptedFiles(
            Dictionary(uniqueKeysWithValues: all.map { ("\(directory)/\($0.key)", $0.value) }))
    }

    /// Sensors of `voltage3` and `voltage0`, not in the order of the records.
    let inputs = [ReadInput("b"), ReadInput("a")]

    func buffer<Calls: FileCalls>(
        _ calls: Calls, trigger: String = "sysfstrig0", device: String = "ads1115"
    ) -> IIOBuffer<Calls> {
        IIOBuffer(
            name: "adc", device: device, trigger: trigger,
            inputs: [
                IIOInput(inputs[0].channel, "voltage3"),
                IIOInput(inputs[1].channel, "voltage0"),
            ], cycleNanoseconds: 50_000_000, calls: calls)
    }

    /// `voltage0` in 16ths, `voltage3`, and the timestamp, as the kernel lays them out.
    static func record(_ first: Int16, _ second: UInt16, at time: UInt64) -> [UInt8] {
        let half = UInt16(bitPattern: first << 4)
        return [UInt8(half & 0xFF), UInt8(half >> 8), UInt8(second >> 8), UInt8(second & 0xFF)]
            + [0, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: time >> (8 * $0)) }
    }

    static func open(_ buffer: IIOBuffer<ScriptedFiles>) -> BoardFault? {
        boardFault { () throws(BoardFault) in try buffer.open(nowNanoseconds: start) }
    }

    static func serve(
        _ buffer: IIOBuffer<ScriptedFiles>, at now: UInt64 = start + 100
    ) -> BoardFault? {
        boardFault { () throws(BoardFault) in _ = try buffer.serve(nowNanoseconds: now) }
    }

    @Test("the node is had first, then all is stopped, set, triggered and started, in this order")
    func setUp() throws {
        let files = Self.files()
        #expect(Self.open(buffer(files)) == nil)
        let scan = "\(Self.directory)/scan_elements"
        #expect(
            files.trace == [
                "list /sys/bus/iio/devices", "read \(Self.directory)/name", "open \(Self.node)",
                "list \(Self.directory)", "list \(scan)",
                "read \(Self.directory)/in_voltage_scale",
                "read \(Self.directory)/in_voltage_offset",
                "read \(scan)/in_voltage3_index", "read \(scan)/in_voltage3_type",
                "read \(Self.directory)/in_voltage0_scale",
                "read \(Self.directory)/in_voltage_offset",
                "read \(scan)/in_voltage0_index", "read \(scan)/in_voltage0_type",
                "read \(scan)/in_timestamp_index", "read \(scan)/in_timestamp_type",
                "write \(Self.directory)/buffer/enable 0",
                "write \(Self.directory)/current_timestamp_clock monotonic",
                "write \(scan)/in_temp_en 0", "write \(scan)/in_timestamp_en 1",
                "write \(scan)/in_voltage0_en 1", "write \(scan)/in_voltage3_en 1",
                "write \(Self.directory)/trigger/current_trigger sysfstrig0",
                "write \(Self.directory)/buffer/length 1024",
                "write \(Self.directory)/buffer/enable 1",
            ])
    }

    @Test("the newest record counts, with its own time; nothing new leaves the reading as it is")
    func newest() throws {
        let files = Self.files()
        let buffer = buffer(files)
        #expect(Self.open(buffer) == nil)
        files.clearTrace()
        files.feed(
            Self.record(100, 7, at: Self.start + 10) + Self.record(-3, 40_000, at: Self.start + 60))
        let next = try buffer.serve(nowNanoseconds: Self.start + 100)
        #expect(next == Self.start + 50_000_100)
        // (40000 - 8) * 2 is more than a reading can hold; (-3 - 8) * 0.5 is none too many.
        #expect(inputs[0].reading == .failure(.outOfRange))
        #expect(inputs[1].reading == .success(-5.5))
        #expect(inputs[1].timeNanoseconds == Self.start + 60)
        #expect(Self.serve(buffer, at: Self.start + 200) == nil)
        #expect(inputs[1].timeNanoseconds == Self.start + 60)
        #expect(files.trace == ["read 8", "read 8"])
    }

    @Test("without timestamps a record is as old as the look before it")
    func unstamped() throws {
        let files = Self.files(["current_timestamp_clock": nil])
        let buffer = buffer(files, trigger: "own")
        #expect(Self.open(buffer) == nil)
        #expect(!files.trace.contains { $0.contains("current_trigger") })
        #expect(files[Self.directory + "/scan_elements/in_timestamp_en"] == "0")
        #expect(Self.serve(buffer, at: Self.start + 100) == nil)
        files.feed([0x40, 0x06, 0x00, 0x20])
        #expect(Self.serve(buffer, at: Self.start + 300) == nil)
        #expect(inputs[1].reading == .success(46) && inputs[0].reading == .success(48))
        #expect(inputs[1].timeNanoseconds == Self.start + 100)
        // A full one takes no more, so that its last record may be of any age.
        files.feed([UInt8](repeating: 0, count: 4 * 1_024))
        #expect(Self.serve(buffer, at: Self.start + 400) == nil)
        #expect(inputs.map(\.reading) == [.failure(.malformed), .failure(.malformed)])
    }

    @Test("half a record, or a time of another clock, is a fault")
    func garbage() throws {
        let files = Self.files()
        let buffer = buffer(files)
        #expect(Self.open(buffer) == nil)
        files.feed([1, 2, 3])
        #expect(Self.serve(buffer) == .malformed(Self.node))
        for time in [0, Self.start + 2_000_000_000, 1 << 63] {
            files.feed(Self.record(1, 1, at: time))
            #expect(Self.serve(buffer) == .foreignClock(Self.node))
        }
        // A little younger than the look is as young as the look.
        files.feed(Self.record(18, 1, at: Self.start + 1_000_000))
        #expect(Self.serve(buffer) == nil)
        #expect(inputs[1].timeNanoseconds == Self.start + 100)
    }

    @Test(
        "every call that fails is said with its file",
        arguments: [
            "list /sys/bus/iio/devices", "open \(node)", "list \(directory)",
            "list \(directory)/scan_elements", "read \(directory)/in_voltage0_scale",
            "read \(directory)/scan_elements/in_voltage3_index",
            "read \(directory)/scan_elements/in_timestamp_type",
            "write \(directory)/buffer/enable", "write \(directory)/current_timestamp_clock",
            "write \(directory)/scan_elements/in_temp_en",
            "write \(directory)/trigger/current_trigger", "write \(directory)/buffer/length",
        ])
    func failing(call: String) throws {
        let files = Self.files()
        files.fail(call, with: EBUSY)
        let path = String(call.split(separator: " ")[1])
        let buffer = buffer(files)
        #expect(Self.open(buffer) == .call(path, errno: EBUSY))
        buffer.lose()
        #expect(inputs[0].reading == .failure(.disconnected))
        let isOpened = files.trace.contains("open \(Self.node)") && call != "open \(Self.node)"
        #expect(files.trace.contains("release 8") == isOpened)
    }

    @Test("a start that fails, a device that has gone: the capture is stopped and let go")
    func lost() throws {
        let files = Self.files()
        files.fail("write \(Self.directory)/buffer/enable", with: 0, EINVAL)
        let buffer = buffer(files)
        #expect(
            Self.open(buffer) == .call("\(Self.directory)/buffer/enable", errno: EINVAL))
        buffer.lose()
        #expect(Self.open(buffer) == nil)
        files.fail("read 8", with: ENODEV)
        files.clearTrace()
        #expect(Self.serve(buffer) == .call(Self.node, errno: ENODEV))
        files.fail("write \(Self.directory)/buffer/enable", with: ENODEV)
        buffer.lose()
        #expect(
            files.trace == [
                "read 8", "write \(Self.directory)/buffer/enable 0", "release 8",
            ])
        #expect(Self.serve(buffer) == .notFound("ads1115"))
        #expect(buffer.close())
    }

    @Test(
        "a channel that is not captured, an index or a type that is none, are said",
        arguments: [
            (
                "in_voltage3_en", nil,
                BoardFault.notFound("\(directory)/scan_elements/in_voltage3_en")
            ),
            ("in_voltage3_index", "x", .malformed("\(directory)/scan_elements/in_voltage3_index")),
            (
                "in_voltage0_type", "le:s12",
                .malformed("\(directory)/scan_elements/in_voltage0_type")
            ),
        ] as [(String, String?, BoardFault)])
    func wrong(file: String, text: String?, fault: BoardFault) {
        let files = Self.files(["scan_elements/\(file)": text])
        #expect(Self.open(buffer(files)) == fault)
    }

    /// A pipe stands in for the node: the kernel's calls, and none of them waits.
    @Test("the kernel's calls read what has come of a pipe, and nothing when nothing has")
    func pipe() throws {
        try SystemFileCallsTests.withTree { calls, root in
            for (file, text) in Self.tree {
                let path = root + Self.directory + "/" + file
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent,
                    withIntermediateDirectories: true)
                try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
            }
            try FileManager.default.createDirectory(
                atPath: root + "/dev", withIntermediateDirectories: true)
            let made = unsafe mkfifo(root + Self.node, 0o600)
            #expect(made == 0)
            let buffer = buffer(calls)
            let now = Self.start
            try buffer.open(nowNanoseconds: now)
            let enabled = root + Self.directory + "/buffer/enable"
            #expect(try String(contentsOfFile: enabled, encoding: .utf8) == "1")
            _ = try buffer.serve(nowNanoseconds: now)
            let writer = unsafe Glibc.open(root + Self.node, O_WRONLY | O_NONBLOCK)
            try #require(writer >= 0)
            _ = try buffer.serve(nowNanoseconds: now)
            #expect(inputs[1].reading == .failure(.stale))
            let bytes = Self.record(100, 20, at: now - 5)
            let written = unsafe Glibc.write(writer, bytes, bytes.count)
            #expect(written == bytes.count)
            _ = try buffer.serve(nowNanoseconds: now)
            #expect(inputs[1].reading == .success(46) && inputs[0].reading == .success(24))
            #expect(inputs[1].timeNanoseconds == now - 5)
            Glibc.close(writer)
            #expect(buffer.close())
            #expect(try String(contentsOfFile: enabled, encoding: .utf8) == "0")
        }
    }
}
