internal import Glibc

/// A system call on a record file that failed: which one, on what, and why.
package struct IOFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was attempted.
    package enum Operation: String, Sendable {
        case createDirectory = "create directory"
        case open
        case read
        case write
        case truncate
        case synchronize
    }

    package var operation: Operation
    package var path: String
    /// `errno` of the call; ESPIPE also stands for all that is no regular file.
    package var code: Int32

    package init(operation: Operation, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The device or the quota is full: recording can go on when space returns.
    package var isOutOfSpace: Bool {
        code == ENOSPC || code == EDQUOT
    }

    /// A file of that name exists already.
    var isExisting: Bool {
        code == EEXIST
    }

    package var description: String {
        guard code != ESPIPE else { return "cannot \(operation.rawValue) \(path): no regular file" }
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return "cannot \(operation.rawValue) \(path): \(reason)"
    }
}
