import Glibc

/// The number with which a system call failed.
package struct CallFault: Error, Equatable, Sendable {
    package var errno: Int32

    package init(errno: Int32) { self.errno = errno }

    /// Whether the file or device is not there, or no more.
    var isAbsence: Bool { errno == ENOENT || errno == ENODEV || errno == ENXIO }
}
