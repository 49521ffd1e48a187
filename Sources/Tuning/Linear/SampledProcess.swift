/// A sampled linear process in motion, from rest.
package struct SampledProcess: Sendable {
    package let periodSeconds: Double
    private let model: SampledStateSpace
    /// Held inputs on their way, oldest first; `line[0]` acts first in the next period.
    private var line: [Double]
    private var state: [Double]

    package init(_ process: TransferFunction, periodSeconds: Double) {
        self.periodSeconds = periodSeconds
        model = SampledStateSpace(
            StateSpace(process), deadTimeSeconds: process.deadTimeSeconds,
            periodSeconds: periodSeconds)
        line = [Double](repeating: 0, count: model.delay + 1)
        state = [Double](repeating: 0, count: model.order)
    }

    /// The output now.
    package var output: Double {
        zip(model.c, state).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// One period with `input` held.
    package mutating func advance(input: Double) {
        line.append(input)
        var next = model.transition.times(state)
        for row in next.indices {
            next[row] += model.before[row] * line[0] + model.now[row] * line[1]
        }
        state = next
        line.removeFirst()
    }

    /// The pulse response at a frequency in rad/s.
    package func response(at frequency: Double) -> Complex {
        model.response(at: frequency * periodSeconds)
    }
}
