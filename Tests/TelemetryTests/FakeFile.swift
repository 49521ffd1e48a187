import Glibc
import Synchronization
import Telemetry

/// A file on a `FakeDisk`; like a real one it takes a part of a write before it is full.
final class FakeFile: ByteSink {
    private let name: String
    private let disk: FakeDisk

    init(name: String, disk: FakeDisk) {
        self.name = name
        self.disk = disk
    }

    func write(_ bytes: [UInt8]) throws(IOFault) {
        let isWritten = disk.contents.withLock { contents in
            let used = contents.files.values.reduce(0) { $0 + $1.count }
            let taken = max(0, min(bytes.count, contents.capacity - used))
            contents.files[name, default: []] += bytes.prefix(taken)
            contents.writes.append(bytes.count)
            return taken == bytes.count
        }
        guard isWritten else { throw IOFault(operation: .write, path: name, code: ENOSPC) }
    }

    func truncate(to length: UInt64) throws(IOFault) {
        disk.contents.withLock { contents in
            contents.files[name] = contents.files[name].map { Array($0.prefix(Int(length))) }
        }
    }

    func synchronize() throws(IOFault) {
        let isFailing = disk.contents.withLock { contents in
            contents.synchronizations += 1
            if !contents.isFailing { contents.safeBytes[name] = contents.files[name] }
            return contents.isFailing
        }
        guard !isFailing else { throw IOFault(operation: .synchronize, path: name, code: EIO) }
    }
}
