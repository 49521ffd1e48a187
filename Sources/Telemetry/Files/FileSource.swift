internal import Glibc

/// A record file on disk, read by position, so that it may grow under the reader.
package final class FileSource: ByteSource {
    private let descriptor: Int32
    private let path: String

    /// Opens a regular file. A pipe that nobody writes is refused, not waited for.
    package init(path: String) throws(IOFault) {
        let opened = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0 else {
            throw IOFault(operation: .open, path: path, code: errno)
        }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            _ = close(opened)
            throw IOFault(operation: .open, path: path, code: ESPIPE)
        }
        self.descriptor = opened
        self.path = path
    }

    deinit {
        _ = close(descriptor)
    }

    package func size() throws(IOFault) -> UInt64 {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw IOFault(operation: .read, path: path, code: errno)
        }
        return UInt64(clamping: status.st_size)
    }

    package func read(at offset: UInt64, count: Int) throws(IOFault) -> [UInt8] {
        guard let start = off_t(exactly: offset), count > 0 else { return [] }
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let position = start + off_t(filled)
                let got = unsafe pread(descriptor, rest.baseAddress, rest.count, position)
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        guard code == 0 else { throw IOFault(operation: .read, path: path, code: code) }
        return bytes
    }
}
