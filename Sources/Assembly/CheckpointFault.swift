/// Why a checkpoint cannot be used.
package struct CheckpointFault: Error {
    package let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
