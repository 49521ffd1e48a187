package import Configuration
package import Control
import FixedPoint
import ModelFile

extension GuardParameters {
    /// The rules of a loop: units to fractions and fixed point, times to ticks.
    package init(_ settings: Settings, loop index: Int) {
        self.init()
        let loop = settings.loops[index]
        let actuator = settings.output(ofLoop: index)
        let span = actuator.high - actuator.low
        let guards = loop.guards
        stuck = guards.stuck.map {
            StuckLimits(
                resolution: Self.positive($0.resolution), deviation: Self.positive($0.deviation),
                commandChange: Self.fraction(($0.commandChange ?? span / 10) / span),
                ticks: Self.ticks($0.seconds, loop))
        }
        func response(_ response: ResponseSettings) -> ResponseLimits {
            ResponseLimits(
                command: Self.fraction((response.command - actuator.low) / span),
                change: Self.positive(response.change),
                ticks: Self.ticks(response.seconds, loop), isReversed: loop.pid.kp < 0)
        }
        unresponsive = guards.unresponsive.map(response)
        uncommanded = guards.uncommanded.map(response)
        agreement = guards.redundant.flatMap {
            Self.agreement($0, settings.sensors[$0.sensor.index], loop)
        }
        if let outer = settings.outer(ofLoop: index), let cascade = settings.loops[outer].cascade {
            outerLostTicks = Self.ticks(Double(cascade.lostMilliseconds) / 1_000, loop)
        }
        latchingInterlocks = settings.interlocks.enumerated().reduce(0) { bits, interlock in
            interlock.element.latches ? bits | 1 << UInt8(interlock.offset) : bits
        }
    }

    /// `nil` only for a sensor that the reader would have refused.
    private static func agreement(
        _ redundant: RedundantSettings, _ sensor: SensorSettings, _ loop: LoopSettings
    ) -> AgreementLimits? {
        guard let range = EngineeringRange(sensor.low, sensor.high),
            let low = Q16_16(sensor.limitLow), let high = Q16_16(sensor.limitHigh)
        else { return nil }
        return AgreementLimits(
            range: range, limitLow: low, limitHigh: high,
            maxAgeNanoseconds: UInt64(sensor.maxAgeMilliseconds) * 1_000_000,
            disagreement: positive(redundant.disagreement),
            ticks: ticks(redundant.seconds, loop))
    }

    /// Not 0, which every reading would have moved by.
    private static func positive(_ value: Double) -> Q16_16 {
        Q16_16(bits: max(1, Q16_16(value)?.bits ?? .max))
    }

    private static func fraction(_ value: Double) -> Q3_28 {
        Q3_28(bits: Int32((min(max(value, 0), 1) * 0x1p28).rounded()))
    }

    private static func ticks(_ seconds: Double, _ loop: LoopSettings) -> UInt32 {
        let ticks = (seconds * 1_000 / Double(loop.periodMilliseconds)).rounded(.up)
        return UInt32(min(max(ticks, 1), 4e9))
    }
}
