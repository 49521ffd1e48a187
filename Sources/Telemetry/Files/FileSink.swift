internal import Glibc

/// A record file on disk, created new; one `write` call where the kernel takes all bytes at once.
package final class FileSink: ByteSink {
    private let descriptor: Int32
    private let path: String

    /// - Parameter exclusive: refuse a file that exists; false only for device files.
    package init(path: String, exclusive: Bool = true) throws(IOFault) {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (exclusive ? O_EXCL : 0)
        let opened = unsafe open(path, flags, 0o644)
        guard opened >= 0 else {
            throw IOFault(operation: .open, path: path, code: errno)
        }
        self.descriptor = opened
        self.path = path
    }

    deinit {
        _ = close(descriptor)
    }

    package func write(_ bytes: [UInt8]) throws(IOFault) {
        var code: Int32 = 0
        unsafe bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    written += count
                } else if count == 0 {
                    code = EIO
                    return
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        guard code == 0 else { throw IOFault(operation: .write, path: path, code: code) }
    }

    package func truncate(to length: UInt64) throws(IOFault) {
        guard let offset = off_t(exactly: length), ftruncate(descriptor, offset) == 0 else {
            throw IOFault(operation: .truncate, path: path, code: errno)
        }
    }

    package func synchronize() throws(IOFault) {
        // EINVAL: a pipe or a device, which has no medium to wait for.
        guard fdatasync(descriptor) == 0 || errno == EINVAL else {
            throw IOFault(operation: .synchronize, path: path, code: errno)
        }
    }
}
