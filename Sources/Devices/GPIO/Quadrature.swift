/// The position of an encoder with two phases, in quarter steps, from the changes of its lines.
///
/// Forwards is A before B. A change of both lines at once, or of none, cannot be told and is counted
/// as a fault.
package struct Quadrature: Sendable {
    package private(set) var position: Int64 = 0
    package private(set) var faults: UInt64 = 0
    private var a: Bool
    private var b: Bool

    package init(a: Bool, b: Bool) {
        self.a = a
        self.b = b
    }

    /// - Parameter line: 0 for A, 1 for B.
    package mutating func take(line: Int, isActive: Bool) {
        let isA = line == 0
        guard (isA ? a : b) != isActive else {
            faults += 1
            return
        }
        if isA { a = isActive } else { b = isActive }
        // After A has changed, it differs from B on the way forwards; after B, they are equal.
        position += (a != b) == isA ? 1 : -1
    }
}
