import Control
import FixedPoint
import Testing

@Suite("The setpoint ramp")
struct SetpointRampTests {
    private func bits(
        _ ramp: inout SetpointRamp, to target: Int32, measurement: Int32? = nil,
        elapsed: UInt32 = 1
    ) -> Int32 {
        ramp.advance(
            to: Q16_16(bits: target), measurement: measurement.map { Q16_16(bits: $0) },
            elapsedTicks: elapsed
        ).bits
    }

    @Test("without a rate follows its target at once", arguments: [Int32.min, -1, 0, .max])
    func jump(target: Int32) {
        var ramp = SetpointRamp(stepPerTick: 0)
        #expect(bits(&ramp, to: target, measurement: 7) == target)
        #expect(bits(&ramp, to: 3) == 3)
    }

    @Test("starts where the plant is and arrives exactly, from below and from above")
    func arrives() {
        var ramp = SetpointRamp(stepPerTick: 10)
        #expect(
            [110, 120, 125, 125] == (0..<4).map { _ in bits(&ramp, to: 125, measurement: 100) })
        #expect([115, 105, 99, 99] == (0..<4).map { _ in bits(&ramp, to: 99, measurement: 0) })
    }

    @Test("waits at the target until a measurement is known, then begins at it")
    func waits() {
        var ramp = SetpointRamp(stepPerTick: 10)
        #expect(bits(&ramp, to: 500) == 500)
        #expect(ramp.setpoint == nil)
        #expect(bits(&ramp, to: 500, measurement: 100) == 110)
    }

    @Test("goes on through missed periods")
    func missed() {
        var ramp = SetpointRamp(stepPerTick: 10)
        #expect(bits(&ramp, to: 1_000, measurement: 0, elapsed: 5) == 50)
        #expect(bits(&ramp, to: 1_000, elapsed: .max) == 1_000)
    }

    @Test("crosses the whole range without wrapping")
    func extremes() {
        var ramp = SetpointRamp(stepPerTick: .max)
        #expect(bits(&ramp, to: .max, measurement: .min) == -1)
        let steps = [bits(&ramp, to: .max), bits(&ramp, to: .max)]
        #expect(steps == [.max - 1, .max])
        #expect(bits(&ramp, to: .min, elapsed: .max) == .min)
    }

    @Test("begins at the plant again after a restart")
    func restart() {
        var ramp = SetpointRamp(stepPerTick: 10)
        #expect(bits(&ramp, to: 1_000, measurement: 0, elapsed: 90) == 900)
        ramp.restart()
        #expect(bits(&ramp, to: 1_000, measurement: 300) == 310)
    }
}
