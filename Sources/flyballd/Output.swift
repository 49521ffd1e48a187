import Glibc

/// Text for a descriptor that somebody may have stopped reading.
enum Output {
    /// A pipe that is writable takes so much without blocking (pipe(7), PIPE_BUF).
    private static let chunkBytes = 4_096

    /// Writes what is taken at once and drops the rest: a full pipe or a stopped terminal must not keep the
    /// daemon from its end.
    static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            var interest = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard unsafe poll(&interest, 1, 0) == 1 else { return }
            let end = min(start + chunkBytes, bytes.count)
            let count = unsafe bytes[start..<end].withUnsafeBytes { chunk in
                unsafe Glibc.write(descriptor, chunk.baseAddress, chunk.count)
            }
            guard count > 0 else { return }
            start += count
        }
    }
}
