/// A part of a board that is opened, served and closed by the board's thread, and by no other.
///
/// Its calls may wait for the kernel, which is why they are never made on the tick.
package protocol BoardUnit: AnyObject {
    /// What messages call it.
    var name: String { get }

    /// Whether it has outputs, which the end of the thread must find at their safe levels.
    var hasOutputs: Bool { get }

    /// Whether it works: an open one that has to hear of its device first may not yet.
    var isReady: Bool { get }

    /// After opening, in which its device cannot answer yet.
    var settleNanoseconds: UInt64 { get }

    /// Opens what it needs; outputs are at their safe levels from the first moment on.
    func open(nowNanoseconds now: UInt64) throws(BoardFault)

    /// Does what is due, and says when it wants to be served again.
    func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64

    /// It cannot be reached: says so to the tick, and lets go of what it holds, outputs safe first
    /// as far as that is possible.
    func lose()

    /// Drives outputs to their safe levels and lets go when they are there; whether they are. With
    /// nothing to drive, `true`.
    func close() -> Bool
}

extension BoardUnit {
    package var isReady: Bool { true }

    package var settleNanoseconds: UInt64 { 0 }
}
