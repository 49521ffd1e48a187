package import Configuration

/// When a loop whose period is a multiple of the program's has a tick of its own.
package struct LoopSchedule: Sendable {
    /// A tick of a loop: its index, and how many of its own were missed before it.
    package struct Due: Equatable, Sendable {
        package let index: UInt64
        package let missed: UInt64
    }

    private let divisor: UInt64
    private var last: UInt64?

    package init(_ settings: Settings, loop index: Int) {
        divisor = UInt64(
            max(1, settings.loops[index].periodMilliseconds / settings.periodMilliseconds))
    }

    /// Whether the loop is due in the program's tick `index`; a period that began while ticks were
    /// missed is made up for at once, and the ones before it count as missed.
    package mutating func due(_ index: UInt64) -> Due? {
        let own = index / divisor
        guard own != last else { return nil }
        let missed = last.map { own - $0 - 1 } ?? own
        last = own
        return Due(index: own, missed: missed)
    }

    /// Whether every tick of the program is one of the loop.
    package var isEveryTick: Bool { divisor == 1 }
}
