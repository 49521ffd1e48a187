/// An open descriptor, closed when its owner lets go.
///
/// A class inside the noncopyable port, because Swift 6.3.1 leaves out the `deinit` of a generic
/// noncopyable struct that stores a value of its parameter, when that is trivial and the struct is
/// used from another file or module: lines stayed open and locked.
final class OpenLine<Calls: TerminalCalls>: Sendable {
    let descriptor: Int32
    private let calls: Calls

    init(descriptor: Int32, calls: Calls) {
        self.descriptor = descriptor
        self.calls = calls
    }

    deinit { calls.close(descriptor) }
}
