import Glibc

/// The answer of a model with gain 1 to a recorded command, at the times of the measurements.
///
/// The command counts from its first value, at which the model rests. Between its changes, and at
/// any dead time, the answer is exact.
struct ForcedResponse {
    private let begin: Double
    /// When the command changed, and to what, from its first value.
    private let changes: [(time: Double, level: Double)]
    private let sampleTimes: [Double]

    /// - Parameter every: takes each so many of the measurements.
    init(_ recording: Recording, every stride: Int = 1) {
        begin = recording.times.first ?? 0
        let first = recording.commands.first ?? 0
        var changes: [(time: Double, level: Double)] = []
        for (time, command) in zip(recording.times, recording.commands)
        where command - first != changes.last?.level ?? 0 {
            changes.append((time, command - first))
        }
        self.changes = changes
        let known = recording.times.indices.filter { !recording.measurements[$0].isNaN }
        sampleTimes = known.enumerated().filter { $0.offset.isMultiple(of: stride) }
            .map { recording.times[$0.element] }
    }

    func values(_ structure: ModelStructure, lags: [Double], deadTimeSeconds: Double) -> [Double] {
        var chain = LagChain(lags: lags, isIntegrating: structure.isIntegrating)
        var now = begin
        var level = 0.0
        var next = 0
        var values: [Double] = []
        values.reserveCapacity(sampleTimes.count)
        for time in sampleTimes {
            while next < changes.count, changes[next].time + deadTimeSeconds <= time {
                let arrival = changes[next].time + deadTimeSeconds
                chain.advance(arrival - now, level: level)
                now = arrival
                level = changes[next].level
                next += 1
            }
            chain.advance(time - now, level: level)
            now = time
            values.append(chain.output)
        }
        return values
    }

    /// Seconds of each measurement since the first row.
    var elapsed: [Double] { sampleTimes.map { $0 - begin } }
}

/// Up to two lags and an integrator behind each other, moved exactly under a held input.
private struct LagChain {
    let lags: [Double]
    let isIntegrating: Bool
    private var first = 0.0
    private var second = 0.0
    private var integral = 0.0

    init(lags: [Double], isIntegrating: Bool) {
        self.lags = lags
        self.isIntegrating = isIntegrating
    }

    var output: Double {
        if isIntegrating { return integral }
        return lags.count > 1 ? second : first
    }

    mutating func advance(_ seconds: Double, level: Double) {
        guard seconds > 0 else { return }
        guard let slow = lags.first else {
            integral += level * seconds
            return
        }
        let decay = exp(-seconds / slow)
        let gap = first - level
        if isIntegrating {
            integral += level * seconds + gap * slow * (1 - decay)
        } else if lags.count > 1 {
            let fast = lags[1]
            if abs(slow - fast) < 1e-6 * slow {
                second = level + (second - level + gap * seconds / slow) * decay
            } else {
                let share = gap * slow / (slow - fast)
                second = level + (second - level - share) * exp(-seconds / fast) + share * decay
            }
        }
        first = level + gap * decay
    }
}
