/// The way of a command to the plant: limits, steps, delay.
struct CommandPipeline: Sendable {
    private let model: ActuatorModel
    private var latest: Double
    private var waiting: [Double]
    private var next = 0
    /// The level that acts on the plant.
    private(set) var level: Double

    init(_ model: ActuatorModel) {
        self.model = model
        latest = model.start
        level = model.start
        waiting = [Double](repeating: model.start, count: max(0, model.delayTicks))
    }

    mutating func command(_ value: Double) {
        var level = value
        if model.quantum > 0 { level = (level / model.quantum).rounded() * model.quantum }
        latest = min(max(level, model.range.lowerBound), model.range.upperBound)
    }

    /// One period passes; returns the level that acts in it.
    ///
    /// - Parameter isStuck: keeps the level; commands on their way pass by meanwhile.
    mutating func advance(isStuck: Bool) -> Double {
        var arrived = latest
        if !waiting.isEmpty {
            arrived = waiting[next]
            waiting[next] = latest
            next = next + 1 == waiting.count ? 0 : next + 1
        }
        if !isStuck { level = arrived }
        return level
    }
}
