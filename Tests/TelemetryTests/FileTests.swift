import Glibc
import Telemetry
import Testing

@Suite("Record files on a real file system")
struct FileTests {
    /// A fresh directory of this test, removed by `remove`.
    private static func scratch() throws -> String {
        var template = Array("/tmp/flyball-record-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) } != nil
        }
        try #require(made)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test("a record written to a directory is read from its path")
    func directory() throws {
        let directory = try Self.scratch()
        let ticks = Samples.ticks(300)
        var recorder = try Recorder(
            directory: directory + "/records", run: Samples.run,
            options: RecorderOptions(maxFileBytes: .max))
        for tick in ticks { recorder.write(tick) }
        let path = directory + "/records/" + recorder.fileName

        // While it is being written, a reader sees all whole chunks.
        var reader = try RecordReader(path: path)
        var seen = 0
        while try reader.next() != nil { seen += 1 }
        #expect(seen == Int(recorder.statistics.recorded))
        recorder.close()
        while try reader.next() != nil { seen += 1 }
        #expect(seen == ticks.count)
        #expect(try reader.tail() == .complete)

        let file = try RecordFile(path: path)
        #expect(file.ticks == ticks)
        #expect(unsafe unlink(path) == 0)
        #expect(unsafe rmdir(directory + "/records") == 0)
        #expect(unsafe rmdir(directory) == 0)
    }

    @Test("an existing file is never overwritten")
    func existing() throws {
        let directory = try Self.scratch()
        let storage = DirectoryStorage(directory: directory)
        _ = try storage.create(name: "x.mcap")
        #expect(throws: IOFault(operation: .open, path: directory + "/x.mcap", code: EEXIST)) {
            _ = try storage.create(name: "x.mcap")
        }
        storage.remove(name: "x.mcap")
        #expect(unsafe rmdir(directory) == 0)
    }

    @Test("a directory, a device and a pipe are no records; the pipe is not waited for")
    func noRegularFile() throws {
        let directory = try Self.scratch()
        let pipe = directory + "/pipe"
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        for path in [directory, "/dev/null", "/dev/zero", pipe] {
            let fault = IOFault(operation: .open, path: path, code: ESPIPE)
            #expect(throws: RecordFault.io(fault)) { _ = try RecordReader(path: path) }
            #expect(fault.description == "cannot open \(path): no regular file")
        }
        #expect(unsafe unlink(pipe) == 0)
        #expect(unsafe rmdir(directory) == 0)
    }

    @Test("a full device says so")
    func fullDevice() throws {
        let sink = try FileSink(path: "/dev/full", exclusive: false)
        let fault = #expect(throws: IOFault.self) { try sink.write([1, 2, 3]) }
        #expect(fault?.isOutOfSpace == true)
        #expect(fault?.description == "cannot write /dev/full: No space left on device")
    }

    @Test("a device without a medium is not waited for")
    func device() throws {
        let sink = try FileSink(path: "/dev/null", exclusive: false)
        try sink.write([1, 2, 3])
        try sink.synchronize()
    }

    @Test("a directory that cannot be made is an error of the start")
    func noDirectory() {
        let storage = DirectoryStorage(directory: "/proc/x/records")
        let expected = IOFault(
            operation: .createDirectory, path: "/proc/x/records", code: ENOENT)
        #expect(throws: expected) {
            _ = try storage.create(name: "x.mcap")
        }
    }

    @Test(
        "file names carry the date by the calendar",
        arguments: [
            (0, "19700101T000000Z"), (951_782_400, "20000229T000000Z"),
            (1_735_689_599, "20241231T235959Z"), (1_767_225_600, "20260101T000000Z"),
            (4_107_456_000, "21000228T000000Z"), (4_107_542_400, "21000301T000000Z"),
        ] as [(UInt64, String)])
    func stamp(unixSeconds: UInt64, expected: String) {
        #expect(RecordFileName.stamp(unixSeconds: unixSeconds) == expected)
    }

    @Test("a file name is taken apart and followed")
    func nameParsing() {
        let name = RecordFileName("a-b-20260101T000000Z-1a2b-9999.mcap")
        #expect(name?.next.description == "a-b-20260101T000000Z-1a2b-10000.mcap")
        for other in ["x.mcap", "x-1.mcap", "x-0001.csv", "x-00a1.mcap", "x-0000.mcap", ""] {
            #expect(RecordFileName(other) == nil)
        }
    }
}
