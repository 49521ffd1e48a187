import Assembly
import Configuration
import Control

/// The interlocks of a run, which the first loop of each tick reads for all.
final class InterlockPanel {
    /// Bit n: interlock n is open.
    private(set) var open: UInt8 = 0
    /// Bit n: interlock n is not read, or too old.
    private(set) var lost: UInt8 = 0

    private let interlocks: [Interlock]
    /// Empty on a simulated plant.
    private let ports: [InputPort]
    private let plan: InterlockPlan
    private var lastTick: UInt64?

    /// - Parameter ports: of the interlocks in the order of the configuration; none on a simulated
    ///   plant.
    init(_ settings: Settings, ports: [InputPort]) {
        self.ports = ports
        plan = InterlockPlan(settings)
        interlocks = settings.interlocks.map {
            Interlock(
                isActiveHigh: $0.isActiveHigh,
                maxAgeNanoseconds: UInt64($0.sensor.maxAgeMilliseconds) * 1_000_000)
        }
    }

    /// - Parameter now: of the tick on the loops' clock.
    func read(tick: UInt64, now: UInt64) {
        guard tick != lastTick else { return }
        lastTick = tick
        guard !ports.isEmpty else {
            open = plan.open(atNanoseconds: now)
            return
        }
        open = 0
        lost = 0
        for index in interlocks.indices {
            let bit: UInt8 = 1 << UInt8(index)
            switch interlocks[index].state(ports[index].read(), now: now) {
            case .permits: break
            case .open: open |= bit
            case .lost: lost |= bit
            }
        }
    }
}
