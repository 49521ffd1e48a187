import CRealtime
import Glibc
import Realtime

/// The kernel's files, below a root that is empty but in tests.
package struct SystemFileCalls: FileCalls {
    /// No attribute of sysfs is longer than a page.
    private static let capacity = 4_096

    private let root: String

    package init(root: String = "") { self.root = root }

    package func read(_ path: String) throws(CallFault) -> String {
        let descriptor = try open(path, O_RDONLY)
        defer { _ = flyball_rt_close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.capacity)
        var length = 0
        while length < bytes.count {
            var count: UInt32 = 0
            let status = unsafe bytes.withUnsafeMutableBytes { all in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: all[length...])
                return unsafe flyball_rt_read(
                    descriptor, rest.baseAddress, UInt32(rest.count), &count)
            }
            try check(status)
            guard count > 0 else { break }
            length += Int(count)
        }
        let text = String(decoding: bytes.prefix(length), as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    package func write(_ path: String, _ text: String) throws(CallFault) {
        // As a shell does it; sysfs takes the whole text whatever was there.
        let descriptor = try open(path, O_WRONLY | O_TRUNC)
        defer { _ = flyball_rt_close(descriptor) }
        var count: UInt32 = 0
        let length = UInt32(text.utf8.count)
        try check(unsafe flyball_rt_write(descriptor, text, length, &count))
        guard count == length else { throw CallFault(errno: EIO) }
    }

    package func list(_ directory: String) throws(CallFault) -> [String] {
        do {
            return try DirectoryNames.read(root + directory)
        } catch {
            throw CallFault(errno: error.errno)
        }
    }

    /// Against everybody who asks the same way, as another daemon and `flyball safe` do.
    package func hold(_ path: String) throws(CallFault) -> Int32 {
        let descriptor = try open(path, O_WRONLY)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno == EWOULDBLOCK ? EBUSY : errno
            _ = flyball_rt_close(descriptor)
            throw CallFault(errno: code)
        }
        return descriptor
    }

    package func openStream(_ path: String) throws(CallFault) -> Int32 {
        try open(path, O_RDONLY)
    }

    package func readStream(_ descriptor: Int32, limit: Int) throws(CallFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var count: UInt32 = 0
        let status = unsafe bytes.withUnsafeMutableBytes { all in
            unsafe flyball_rt_read(descriptor, all.baseAddress, UInt32(all.count), &count)
        }
        if status == -EAGAIN { return [] }
        try check(status)
        return Array(bytes.prefix(Int(count)))
    }

    package func release(_ descriptor: Int32) {
        _ = flyball_rt_close(descriptor)
    }

    package func arm(_ path: String, _ text: String) throws(CallFault) -> Int32 {
        let descriptor = try open(path, O_WRONLY)
        let status = unsafe flyball_rt_last_words_arm(descriptor, text, UInt32(text.utf8.count))
        guard status == 0 else {
            _ = flyball_rt_close(descriptor)
            throw CallFault(errno: -status)
        }
        return descriptor
    }

    package func disarm(_ descriptor: Int32) {
        flyball_rt_last_words_disarm(descriptor)
        _ = flyball_rt_close(descriptor)
    }

    /// Non-blocking, so that a pipe in place of a file keeps nobody waiting.
    private func open(_ path: String, _ mode: Int32) throws(CallFault) -> Int32 {
        let descriptor = unsafe Glibc.open(root + path, mode | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw CallFault(errno: errno) }
        return descriptor
    }

    private func check(_ status: Int32) throws(CallFault) {
        guard status == 0 else { throw CallFault(errno: -status) }
    }
}
