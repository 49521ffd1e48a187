package import FoundationEssentials
import Glibc

/// Whole small files, read and written at set-up.
package enum RegularFile {
    /// The first bytes of a file. A pipe that nobody writes is refused, not waited for.
    ///
    /// - Parameter limit: no more bytes than these are read.
    package static func read(path: String, limit: Int) throws(ModelFault) -> Data {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: reason(errno)) }
        defer { _ = close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "no regular file")
        }
        var content = Data(count: min(limit, Int(clamping: status.st_size)))
        var filled = 0
        while filled < content.count {
            let got = unsafe content.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(
                    descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if got == 0 { break }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw .unreadable(path: path, reason: reason(errno)) }
            filled += got
        }
        return content.prefix(filled)
    }

    /// Writes the file; it appears whole or not at all.
    package static func write(_ content: Data, to path: String) throws(ModelFault) {
        do {
            try content.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let cause = (error as? CocoaError)?.underlying as? POSIXError
            throw .unwritable(
                path: path, reason: cause.map { reason($0.code.rawValue) } ?? "\(error)")
        }
    }

    private static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
