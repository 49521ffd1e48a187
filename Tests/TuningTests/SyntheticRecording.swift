import FixedPoint
import Tuning

/// Recordings of known processes: noise, gaps, quantisation and irregular times from a seed.
struct SyntheticRecording {
    var process: TransferFunction
    /// Time and level of each command, held until the next.
    var commands: [(time: Double, level: Double)]
    var seconds: Double
    var noise = 0.0
    /// Correlation of the noise from one 0.1 s to the next.
    var noiseMemory = 0.0
    var quantum = 0.0
    var level = 20.0
    /// Mean seconds between rows; the times are irregular by half of it.
    var interval = 1.0
    /// Share of the rows without measurement.
    var missing = 0.0
    var seed: UInt64 = 1

    private static let fine = 0.1

    /// A step from 20 to 50 at 30 s.
    init(_ process: TransferFunction, seconds: Double) {
        self.process = process
        self.seconds = seconds
        commands = [(0, 20), (30, 50)]
    }

    func recording() throws -> Recording {
        var random = SplitMix64(seed: seed)
        func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
        func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
        let ticks = Int(seconds / Self.fine)
        let levels = (0..<ticks).map { tick in
            (commands.last { $0.time <= Double(tick) * Self.fine + 1e-9 }?.level ?? 0)
                - commands[0].level
        }
        let output = process.output(toHeld: levels, periodSeconds: Self.fine)
        var coloured = 0.0
        var recording = Recording()
        var next = 0.0
        for tick in 0..<ticks {
            coloured =
                noiseMemory * coloured
                + noise * (1 - noiseMemory * noiseMemory).squareRoot() * normal()
            let time = Double(tick) * Self.fine
            let isChange = tick > 0 && levels[tick] != levels[tick - 1]
            guard time + 1e-9 >= next || isChange else { continue }
            if !isChange { next = time + interval * (0.5 + uniform()) }
            var value = level + output[tick] + coloured
            if quantum > 0 { value = (value / quantum).rounded(.down) * quantum }
            try recording.append(
                time: time, command: levels[tick] + commands[0].level,
                measurement: uniform() < missing ? nil : value)
        }
        return recording
    }
}
