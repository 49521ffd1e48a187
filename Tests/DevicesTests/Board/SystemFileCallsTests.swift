import CRealtime
import Devices
import Foundation
import Glibc
import Testing

@Suite("The kernel's files, on a tree of a test")
struct SystemFileCallsTests {
    static func withTree(_ body: (SystemFileCalls, String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: root + "/sys/x", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(SystemFileCalls(root: root), root)
    }

    static func errno(_ body: () throws(CallFault) -> Void) -> Int32? {
        do throws(CallFault) {
            try body()
            return nil
        } catch {
            return error.errno
        }
    }

    @Test("reads without the line end, writes in place, lists sorted")
    func whole() throws {
        try Self.withTree { files, root in
            try "23125\n".write(toFile: root + "/sys/x/temp", atomically: false, encoding: .utf8)
            try "".write(toFile: root + "/sys/x/.hidden", atomically: false, encoding: .utf8)
            try "a\nb\n\n".write(toFile: root + "/sys/x/also", atomically: false, encoding: .utf8)
            #expect(try files.read("/sys/x/temp") == "23125")
            #expect(try files.read("/sys/x/also") == "a\nb\n")
            #expect(try files.list("/sys/x") == ["also", "temp"])
            try files.write("/sys/x/temp", "9")
            #expect(try files.read("/sys/x/temp").hasPrefix("9"))
        }
    }

    @Test("no more than a page is read")
    func long() throws {
        try Self.withTree { files, root in
            let text = String(repeating: "x", count: 10_000)
            try text.write(toFile: root + "/sys/x/long", atomically: false, encoding: .utf8)
            #expect(try files.read("/sys/x/long").utf8.count == 4_096)
        }
    }

    @Test("what is not there fails with its number, and nothing is created")
    func absent() throws {
        try Self.withTree { files, root in
            let read = Self.errno { () throws(CallFault) in _ = try files.read("/sys/y") }
            let written = Self.errno { () throws(CallFault) in try files.write("/sys/y", "1") }
            let listed = Self.errno { () throws(CallFault) in _ = try files.list("/sys/y") }
            let armed = Self.errno { () throws(CallFault) in _ = try files.arm("/sys/y", "1") }
            #expect([read, written, listed, armed] == [ENOENT, ENOENT, ENOENT, ENOENT])
            let directory = Self.errno { () throws(CallFault) in _ = try files.read("/sys/x") }
            #expect(directory == EISDIR)
            #expect(!FileManager.default.fileExists(atPath: root + "/sys/y"))
        }
    }

    /// In a process of its own: the words of all devices of a process are said together.
    @Test("an armed file is written by the last words, and not after it was disarmed")
    func armed() async {
        await #expect(processExitsWith: .success) {
            try SystemFileCallsTests.withTree { files, root in
                let path = root + "/sys/x/enable"
                _ = FileManager.default.createFile(atPath: path, contents: nil)
                _ = FileManager.default.createFile(atPath: root + "/sys/x/other", contents: nil)
                let descriptor = try files.arm("/sys/x/enable", "0")
                flyball_rt_last_words_say()
                #expect(try files.read("/sys/x/enable") == "0")
                files.disarm(descriptor)
                // Another file under the same number must not get the words.
                let other = try files.hold("/sys/x/other")
                #expect(dup2(other, descriptor) == descriptor)
                flyball_rt_last_words_say()
                #expect(try files.read("/sys/x/other").isEmpty)
                #expect(try files.read("/sys/x/enable") == "0")
            }
        }
    }

    @Test("a file that one holds is refused to the next one until it was released")
    func held() throws {
        try Self.withTree { files, root in
            _ = FileManager.default.createFile(atPath: root + "/sys/x/enable", contents: nil)
            let first = try files.hold("/sys/x/enable")
            let second = Self.errno { () throws(CallFault) in
                _ = try files.hold("/sys/x/enable")
            }
            #expect(second == EBUSY)
            // Whoever holds it writes it as before.
            try files.write("/sys/x/enable", "1")
            // As in a child of this process, between fork and exec.
            let inherited = dup(first)
            files.release(first)
            files.release(try files.hold("/sys/x/enable"))
            close(inherited)
        }
    }
}
