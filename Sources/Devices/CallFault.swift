/// The number with which a system call failed.
package struct CallFault: Error, Equatable, Sendable {
    package var errno: Int32

    package init(errno: Int32) { self.errno = errno }
}
