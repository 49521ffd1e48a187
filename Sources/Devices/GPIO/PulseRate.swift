/// Frequency of pulses from the times of their edges, by the reciprocal method: whole periods
/// divided by the time that they took, which is exact at any speed.
///
/// While no edge comes, the frequency is known to be below one edge in the time since the last: the
/// value follows that bound down, and is 0 after `idleNanoseconds`.
package struct PulseRate: Sendable {
    private let idleNanoseconds: UInt64
    private let blankNanoseconds: UInt64
    /// The edge from which is counted, and the last one.
    private var anchor: UInt64?
    private var last: UInt64 = 0
    private var count: UInt64 = 0
    private var hertz: Double?
    private var begin: UInt64

    /// - Parameters:
    ///   - idleNanoseconds: no edge for so long is standstill.
    ///   - blankNanoseconds: an edge that follows another one sooner is a bounce.
    package init(idleNanoseconds: UInt64, blankNanoseconds: UInt64, nowNanoseconds now: UInt64) {
        self.idleNanoseconds = idleNanoseconds
        self.blankNanoseconds = blankNanoseconds
        begin = now
    }

    package mutating func take(edgeAt time: UInt64) {
        guard anchor != nil else {
            anchor = time
            last = time
            return
        }
        // The kernel's times do not go back; a clock of another kind must not trap.
        guard time > last, time - last >= blankNanoseconds else { return }
        last = time
        count += 1
    }

    /// Edges were lost: what they would have said is left out, and counting begins anew.
    package mutating func restart(nowNanoseconds now: UInt64) {
        anchor = nil
        count = 0
        hertz = nil
        begin = now
    }

    /// The frequency in Hz; `nil` while it is not known.
    package mutating func hertz(nowNanoseconds now: UInt64) -> Double? {
        let reference = anchor ?? begin
        if count > 0 {
            hertz = Double(count) * 1e9 / Double(last - reference)
            anchor = last
            count = 0
            return hertz
        }
        let silence = now > reference ? now - reference : 0
        if silence >= idleNanoseconds {
            // The next edge begins a new count: the time before it is no period.
            anchor = nil
            hertz = 0
        } else if silence > 0, let known = hertz {
            hertz = min(known, 1e9 / Double(silence))
        }
        return hertz
    }
}
