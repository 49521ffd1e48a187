import Glibc
import Synchronization

import Telemetry

/// A disk in memory with a capacity that a test may change, and a trace of what it was asked.
final class FakeDisk: RecordStorage {
    struct Contents {
        var files: [String: [UInt8]] = [:]
        var capacity = Int.max
        var synchronizations = 0
        var writes: [Int] = []
        /// Refuses to synchronise while true.
        var isFailing = false
        /// What a loss of power leaves of each file whose name it leaves.
        var safeBytes: [String: [UInt8]] = [:]
        var safeNames: Set<String> = []
    }

    let contents = Mutex(Contents())

    /// Names in their order.
    var names: [String] { contents.withLock { $0.files.keys.sorted() } }

    var capacity: Int {
        get { contents.withLock { $0.capacity } }
        set { contents.withLock { $0.capacity = newValue } }
    }

    func bytes(of name: String) -> [UInt8] {
        contents.withLock { $0.files[name] ?? [] }
    }

    /// All files of the run, read in order.
    func records() throws -> [RecordFile] {
        try names.map { try RecordFile(bytes: bytes(of: $0)) }
    }

    func create(name: String) throws(IOFault) -> any ByteSink {
        let isNew = contents.withLock { contents in
            guard contents.files[name] == nil else { return false }
            contents.files[name] = []
            return true
        }
        guard isNew else { throw IOFault(operation: .open, path: name, code: EEXIST) }
        return FakeFile(name: name, disk: self)
    }

    func remove(name: String) {
        contents.withLock { $0.files[name] = nil }
    }

    func synchronizeNames() {
        contents.withLock { $0.safeNames = Set($0.files.keys) }
    }

    /// Leaves what was waited for, and the least that a disk may have of the rest: as ext4 does it, a
    /// name without its bytes.
    func losePower() {
        contents.withLock { contents in
            var left: [String: [UInt8]] = [:]
            for name in contents.safeNames { left[name] = contents.safeBytes[name] ?? [] }
            contents.files = left
        }
    }
}
