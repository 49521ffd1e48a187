import Testing
import Tuning

@Suite("Experiments and proposals")
struct ExperimentTests {
    /// Runs a relay around a level of 0, the command of the opposite sign of the measurement.
    ///
    /// - Parameter quantum: step of the sensor, 0 for none; the relay sees what is recorded.
    private func oscillation(
        _ process: TransferFunction, hysteresis: Double, seconds: Double, quantum: Double = 0
    ) throws -> Recording {
        let period = 0.01
        var plant = SampledProcess(process, periodSeconds: period)
        var command = 1.0
        var recording = Recording()
        for tick in 0..<Int(seconds / period) {
            let output =
                quantum > 0 ? (plant.output / quantum).rounded() * quantum : plant.output
            if output > hysteresis { command = -1 }
            if output < -hysteresis { command = 1 }
            if tick.isMultiple(of: 5) {
                try recording.append(
                    time: Double(tick) * period, command: command, measurement: output)
            }
            plant.advance(input: command)
        }
        return recording
    }

    @Test("a relay on lags finds gain and period as well as a first harmonic can")
    func readsRelay() throws {
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1])
        let exact = try UltimatePoint(of: process)
        let found = try RelayOscillation(
            oscillation(process, hysteresis: 0, seconds: 60), hysteresis: 0)
        // The third harmonic passes three lags with 1/27 of its third: a few percent.
        #expect(abs(found.point.gain / exact.gain - 1) < 0.05)
        #expect(abs(found.point.periodSeconds / exact.periodSeconds - 1) < 0.03)
    }

    @Test(
        "the hysteresis slows the oscillation, and its correction keeps the gain above the plain one"
    )
    func correctsHysteresis() throws {
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1])
        let recording = try oscillation(process, hysteresis: 0.1, seconds: 60)
        let found = try RelayOscillation(recording, hysteresis: 0.1)
        let plain = try RelayOscillation(recording, hysteresis: 0)
        #expect(found.point.gain > plain.point.gain)
        #expect(found.point.periodSeconds > 3.7)
        // At the frequency of this oscillation the process itself has this gain, by its formula.
        let there = process.response(at: 2 * .pi / found.point.periodSeconds)
        #expect(abs(plain.point.gain * there.magnitude - 1) < 0.05)
    }

    @Test(
        "an oscillation as small as the sensor's step is refused, with the reason and the remedy",
        arguments: [(0.0, 0.1), (0.05, 0.1), (0.1, 0.1), (0.2, 0.1)])
    func refusesCoarse(hysteresis: Double, quantum: Double) throws {
        // The amplitude without a hysteresis is 4 / (8 pi), 0.16.
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1])
        let recording = try oscillation(
            process, hysteresis: hysteresis, seconds: 60, quantum: quantum)
        let fault = #expect(throws: TuningFault.self) {
            try RelayOscillation(recording, hysteresis: hysteresis)
        }
        let text = try #require(fault?.description)
        #expect(text.contains("sensor with steps of") && text.contains("a larger amplitude"))
    }

    @Test("a sensor with steps well below the oscillation takes little from the ultimate point")
    func takesFine() throws {
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1])
        let exact = try UltimatePoint(of: process)
        let recording = try oscillation(process, hysteresis: 0, seconds: 60, quantum: 0.02)
        let found = try RelayOscillation(recording, hysteresis: 0)
        // A step of 0.02 is a dead band of 0.01 on both sides, which makes the oscillation slower.
        #expect(abs(found.point.gain / exact.gain - 1) < 0.15)
    }

    @Test("what is no steady oscillation is refused")
    func refuses() throws {
        let process = try TransferFunction(gain: 1, lags: [1, 1, 1])
        let short = try oscillation(process, hysteresis: 0, seconds: 8)
        #expect(throws: TuningFault.self) { try RelayOscillation(short, hysteresis: 0) }
        let whole = try oscillation(process, hysteresis: 0, seconds: 60)
        #expect(throws: TuningFault.self) { try RelayOscillation(whole, hysteresis: 5) }
    }

    @Test("what is proposed is stable within the limit, and nothing within it is better")
    func proposes() throws {
        for model in [
            try ProcessModel(gain: 0.6, lags: [140, 20], deadTimeSeconds: 2),
            try ProcessModel(gain: -2, lags: [5], deadTimeSeconds: 10),
            try ProcessModel(gain: 0.01, lags: [], deadTimeSeconds: 7, isIntegrating: true),
        ] {
            let proposal = try TuningProposal(model, periodSeconds: 1)
            let choice = try #require(proposal.choice)
            let taken = proposal.rows[choice]
            #expect(taken.margins.isStable)
            #expect(taken.margins.ms <= 1.608)
            for row in proposal.rows
            where row.gains.tdSeconds == 0 && row.margins.isStable && row.margins.ms <= 1.6 {
                #expect(taken.loadIAE <= row.loadIAE, "\(row.title)")
            }
        }
    }
}
