import ControlSocket
import FixedPoint
import Foundation
import Glibc
import Testing

@Suite("The control socket against clients of every kind")
struct SocketServerTests {
    static let second: UInt64 = 1_000_000_000

    /// A server in a directory of its own, with a clock that the test moves.
    final class Bench {
        let directory: String
        let server: SocketServer
        var now: UInt64 = second
        var gone: [UInt64] = []

        init() throws {
            directory =
                FileManager.default.temporaryDirectory.path + "/cs-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
            server = try SocketServer(path: directory + "/demo.sock")
        }

        /// Rounds, 20 ms apart.
        @discardableResult
        func rounds(_ count: Int = 1) -> [SocketLine] {
            (0..<count).flatMap { _ in
                now += SocketLimits.roundNanoseconds
                return server.round(now: now) { gone.append($0) }
            }
        }

        func answer(_ line: SocketLine, _ text: String) {
            server.answer(line.client, Array(text.utf8), now: now)
        }

        deinit {
            server.close()
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    /// A client that does what it likes.
    final class Rough {
        let descriptor: Int32

        init(_ path: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { field in
                unsafe field.copyBytes(from: path.utf8)
            }
            let status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(status == 0)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }

        @discardableResult
        func write(_ bytes: [UInt8]) -> Int {
            unsafe bytes.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
        }

        func write(_ text: String) { write(Array(text.utf8)) }

        /// What has come; `nil` at the end of the connection.
        func read() -> String? {
            var bytes = [UInt8](repeating: 0, count: 300_000)
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count < 0 { return errno == EAGAIN ? "" : nil }
            return count == 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
        }

        deinit { close(descriptor) }
    }

    @Test("a line goes in whole and its answer comes back")
    func exchange() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        client.write("{\"request\":")
        #expect(bench.rounds(3).isEmpty)
        client.write("\"status\"}\n{\"second\"}\n")
        let lines = bench.rounds(3)
        #expect(
            lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"request\":\"status\"}"])
        #expect(lines.first?.peer == SocketPeer(user: getuid(), process: getpid()))
        bench.answer(lines[0], "one")
        #expect(client.read() == "one\n")
        // The second line waited for the first answer.
        #expect(
            bench.rounds().map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"second\"}"])
    }

    @Test("the socket is for owner and group, from its first moment")
    func permissions() throws {
        let bench = try Bench()
        var entry = stat()
        unsafe #expect(lstat(bench.server.path, &entry) == 0)
        #expect(entry.st_mode & 0o777 == 0o660)
    }

    @Test("bytes that are no text are a line like any other")
    func garbage() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        var generator = SplitMix64(seed: 2)
        let bytes = (0..<2_000).map { _ in UInt8.random(in: 11...255, using: &generator) }
        client.write(bytes + [10])
        #expect(bench.rounds(2).map(\.bytes) == [bytes])
    }

    @Test("a line longer than the limit is refused and its client closed")
    func longLine() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        client.write([UInt8](repeating: 65, count: SocketLimits.lineBytes))
        #expect(bench.rounds(2).isEmpty)
        #expect(client.read()?.contains("a line is at most 8192 bytes") == true)
        bench.rounds(2)
        #expect(client.read() == nil && bench.gone.count == 1)
    }

    @Test("half a line is waited for 5 s, however slowly more of it comes")
    func halfLine() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        client.write("x")
        bench.rounds()
        for _ in 0..<4 {
            bench.now += Self.second
            client.write("x")
            #expect(bench.rounds().isEmpty && bench.gone.isEmpty)
        }
        bench.now += Self.second
        bench.rounds()
        #expect(bench.gone.count == 1)
    }

    @Test("a client that says nothing is closed after 30 s")
    func idle() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        bench.rounds()
        bench.now += 29 * Self.second
        bench.rounds()
        #expect(client.read() == "")
        bench.now += 2 * Self.second
        bench.rounds()
        #expect(client.read() == nil)
    }

    @Test("a client that never reads is closed, and takes no more than one answer's memory")
    func neverReading() throws {
        let bench = try Bench()
        let client = try Rough(bench.server.path)
        let answer = [UInt8](repeating: 66, count: SocketLimits.answerBytes - 1)
        var answered = 0
        for _ in 0..<600 where bench.gone.isEmpty {
            client.write("ask\n")
            for line in bench.rounds() {
                bench.server.answer(line.client, answer, now: bench.now)
                answered += 1
            }
        }
        #expect(bench.gone.count == 1)
        // What the kernel buffers, and no round more.
        #expect(answered <= 3)
    }

    @Test("of a thousand connections sixteen are kept, the rest are told and closed")
    func thousand() throws {
        let bench = try Bench()
        var clients: [Rough] = []
        for _ in 0..<1_000 {
            clients.append(try Rough(bench.server.path))
            // The accept queue holds 16: a blocking connect would wait for this very thread.
            if clients.count % 8 == 0 { bench.rounds() }
        }
        bench.rounds(4)
        let told = clients.filter { $0.read()?.contains("too many clients") == true }
        #expect(told.count == 1_000 - SocketLimits.clients)
        clients[0].write("first\n")
        clients[15].write("last\n")
        #expect(bench.rounds(2).count == 2)
        clients = []
        bench.rounds(2)
        #expect(bench.gone.count == SocketLimits.clients)
        let next = try Rough(bench.server.path)
        next.write("again\n")
        #expect(bench.rounds(2).count == 1)
    }

    @Test("a client that leaves with its answer outstanding is gone, and its answer nobody's")
    func leaving() throws {
        let bench = try Bench()
        var client: Rough? = try Rough(bench.server.path)
        client?.write("ask\n")
        let lines = bench.rounds(2)
        #expect(lines.count == 1 && client != nil)
        client = nil
        bench.rounds()
        #expect(bench.gone == lines.map(\.client))
        bench.answer(lines[0], "nobody")
        bench.rounds()
    }

    @Test("a socket whose owner was killed is replaced; one that is listened at is not")
    func stale() throws {
        let bench = try Bench()
        #expect(throws: SocketFault.cannotListen(path: bench.server.path, errno: EADDRINUSE)) {
            _ = try SocketServer(path: bench.server.path)
        }
        let path = bench.directory + "/left.sock"
        let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8)
        }
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        close(left)
        let server = try SocketServer(path: path)
        server.close()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file in the socket's place is left alone")
    func file() throws {
        let bench = try Bench()
        let path = bench.directory + "/file"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: SocketFault.cannotListen(path: path, errno: EADDRINUSE)) {
            _ = try SocketServer(path: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test("paths that no socket can have are refused with their reason")
    func paths() {
        let long = "/tmp/" + String(repeating: "x", count: 103)
        #expect(throws: SocketFault.cannotListen(path: long, errno: ENAMETOOLONG)) {
            _ = try SocketServer(path: long)
        }
        #expect(throws: SocketFault.cannotListen(path: "/nowhere/s", errno: ENOENT)) {
            _ = try SocketServer(path: "/nowhere/s")
        }
        #expect(throws: SocketFault.cannotConnect(path: "/nowhere/s", errno: ENOENT)) {
            _ = try SocketConnection(path: "/nowhere/s")
        }
    }

    @Test("the tool's end asks and hears, and says so when nobody answers")
    func connection() throws {
        let bench = try Bench()
        let connection = try SocketConnection(path: bench.server.path)
        #expect(throws: SocketFault.noAnswer(afterSeconds: 0.05)) {
            _ = try connection.ask(Array("hello".utf8), withinSeconds: 0.05)
        }
        let lines = bench.rounds(2)
        bench.answer(lines[0], "late")
        let answer = try connection.ask(Array("again".utf8), withinSeconds: 1)
        #expect(String(decoding: answer, as: UTF8.self) == "late")
        bench.server.close()
        #expect(throws: SocketFault.closed) { _ = try connection.ask(Array("x".utf8)) }
    }
}
