/// What a loop drives, in the words of an actuator: one, or the setpoint of another loop.
package struct LoopOutput: Equatable, Sendable {
    package var name: String
    package var unit: Unit
    package var low: Double
    package var high: Double
    /// Of an outer loop: the setpoint that the inner loop has of its own, within the range.
    package var safe: Double
    package var slewPerSecond: Double
    package var maxAgeMilliseconds: Int
    /// Device and channel, or the word for a setpoint.
    package var place: String
}

extension Settings {
    /// What loop `index` drives.
    package func output(ofLoop index: Int) -> LoopOutput {
        let loop = loops[index]
        if let place = loop.actuator?.index {
            let actuator = actuators[place]
            return LoopOutput(
                name: actuator.name, unit: actuator.unit, low: actuator.low, high: actuator.high,
                safe: actuator.safe, slewPerSecond: actuator.slewPerSecond,
                maxAgeMilliseconds: actuator.maxAgeMilliseconds,
                place: "\(actuator.device.name) \(actuator.channel.value)")
        }
        // The reader has made sure that there is one of the two.
        guard let cascade = loop.cascade else { preconditionFailure("a loop without an output") }
        let inner = loops[cascade.inner.index]
        let span = cascade.high - cascade.low
        return LoopOutput(
            name: inner.name, unit: sensors[inner.sensor.index].unit, low: cascade.low,
            high: cascade.high, safe: min(max(inner.setpoint, cascade.low), cascade.high),
            // The whole range in one tick.
            slewPerSecond: cascade.slewPerSecond
                ?? span * 1_000 / Double(loop.periodMilliseconds),
            // A setpoint does not expire: the inner loop hears in each of its ticks what this one does.
            maxAgeMilliseconds: 600_000, place: "setpoint")
    }

    /// The loop that commands the setpoint of loop `index`.
    package func outer(ofLoop index: Int) -> Int? {
        loops.firstIndex { $0.cascade?.inner.index == index }
    }

    /// The loops in the order in which they run within a tick: each behind the one that commands it.
    package var tickOrder: [Int] {
        var order: [Int] = []
        func add(_ index: Int) {
            guard !order.contains(index) else { return }
            if let outer = outer(ofLoop: index) { add(outer) }
            order.append(index)
        }
        loops.indices.forEach(add)
        return order
    }
}
