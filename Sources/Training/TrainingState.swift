/// Where a training stands: written down, it goes on after a kill as if nothing had been.
package struct TrainingState: Codable, Equatable, Sendable {
    package internal(set) var phase = 0
    package internal(set) var iteration = 0
    package internal(set) var rollbacks = 0
    /// The law now, the best so far, and the one that the window of costs began with.
    var now: Point
    var good: Point
    var tried: Point
    var goodRatio = Double.infinity
    /// Factor of the rate: smaller after every roll back.
    var caution = 1.0
    /// Costs over parity since the window began.
    var recent: [Double] = []
    /// Sum of so many laws of a phase that is averaged.
    var sum: [Double] = []
    var summed = 0

    /// Parameters with the memory of their optimiser.
    struct Point: Codable, Equatable, Sendable {
        var parameters: [Float]
        var adam: Adam
    }

    init(_ parameters: [Float]) {
        now = Point(parameters: parameters, adam: Adam(count: parameters.count))
        good = now
        tried = now
    }

    /// Whether it has as many numbers everywhere as a law of so many parameters.
    package func isComplete(parameters count: Int) -> Bool {
        [now, good, tried].allSatisfy {
            $0.parameters.count == count && $0.adam.isComplete(parameters: count)
        } && sum.count == (summed == 0 ? 0 : count) && phase >= 0 && iteration >= 0
            && summed >= 0 && summed <= iteration
    }

    /// The law now is one of those whose mean the phase ends with.
    mutating func add() {
        if sum.isEmpty { sum = [Double](repeating: 0, count: now.parameters.count) }
        for place in sum.indices { sum[place] += Double(now.parameters[place]) }
        summed += 1
    }

    var mean: [Float] { sum.map { Float($0 / Double(summed)) } }

    /// The next phase begins, with an optimiser that remembers nothing.
    mutating func enter(phase next: Int) {
        let total = rollbacks
        self = TrainingState(now.parameters)
        phase = next
        rollbacks = total
    }
}
