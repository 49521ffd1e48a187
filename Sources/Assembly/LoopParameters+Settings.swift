package import Configuration
package import Control
import FixedPoint
import ModelFile

extension LoopParameters {
    /// What a loop of the configuration is told: units to fractions, times to ticks.
    ///
    /// The configuration has been checked, so that only gains beyond the fixed-point range are left
    /// to refuse; the error names the place of `kp`.
    package init(_ settings: Settings, loop index: Int) throws(ConfigurationError) {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        let period = Double(loop.periodMilliseconds) / 1_000
        let outputSpan = actuator.high - actuator.low
        guard
            let measurementRange = EngineeringRange(sensor.low, sensor.high),
            let outputRange = EngineeringRange(actuator.low, actuator.high),
            let limitLow = Q16_16(sensor.limitLow), let limitHigh = Q16_16(sensor.limitHigh),
            let maxRate = Q16_16(sensor.maxRatePerSecond), let safe = Q16_16(actuator.safe)
        else {
            throw settings.error(
                at: sensor.position, key: "sensor or actuator",
                found: "a value that fixed point cannot hold", allowed: "-32768 to 32768")
        }
        // A rate below the resolution must not forbid every change.
        let rate = Q16_16(bits: max(1, maxRate.bits))
        let ramp = loop.rampPerSecond.map { max(1, ($0 * period * 65_536).rounded()) } ?? 0
        let slew = max(1, (actuator.slewPerSecond * period / outputSpan * 0x1p28).rounded())
        self.init(
            index: UInt8(index), measurementRange: measurementRange, limitLow: limitLow,
            limitHigh: limitHigh, maxRatePerSecond: rate,
            maxAgeNanoseconds: UInt64(sensor.maxAgeMilliseconds) * 1_000_000,
            outputRange: outputRange, safeLevel: safe, slewPerTick: Int32(clamping: slew),
            rampPerTick: Int32(clamping: ramp),
            pid: try PIDParameters(settings, loop: index),
            supervisor: SupervisorLimits(settings, loop: index),
            holdsOnOverrun: settings.overrun == .hold)
        guards = GuardParameters(settings, loop: index)
        isOuter = loop.cascade != nil
        feedForward = try loop.feedForward.map { feed throws(ConfigurationError) in
            try FeedForwardParameters(feed, settings, loop: index)
        }
    }
}

extension SupervisorLimits {
    init(_ settings: Settings, loop index: Int) {
        let loop = settings.loops[index]
        let actuator = settings.output(ofLoop: index)
        func ticks(_ milliseconds: Int) -> UInt32 {
            let period = loop.periodMilliseconds
            return UInt32(clamping: (milliseconds + period - 1) / period)
        }
        self.init(
            bridgeTicks: ticks(loop.supervisor.bridgeMilliseconds),
            recoverTicks: max(1, ticks(loop.supervisor.recoverMilliseconds)),
            retryTicks: ticks(loop.supervisor.retryMilliseconds),
            actuatorFaultTicks: ticks(actuator.maxAgeMilliseconds), implausibleTicks: 3,
            overrunTicks: settings.overrun == .safe ? UInt32(clamping: settings.overrunLimit) : 0,
            overrunWindowTicks: UInt32(clamping: settings.overrunWindow))
    }
}

extension PIDParameters {
    /// Gains in the user's units and seconds to gains per tick of normalised values.
    init(_ settings: Settings, loop index: Int) throws(ConfigurationError) {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        let period = Double(loop.periodMilliseconds) / 1_000
        let pid = loop.pid
        let kp = pid.kp * (sensor.high - sensor.low) / (actuator.high - actuator.low)
        let ki = pid.tiSeconds > 0 ? kp * period / pid.tiSeconds : 0
        let kd = kp * pid.tdSeconds / period
        guard
            let proportional = Gain(kp), let integral = Gain(ki), let derivative = Gain(kd),
            let filter = Gain(period / (pid.tfSeconds + period)),
            let measurementFilter = Gain(period / (pid.filterSeconds + period)),
            let weight = Gain(pid.setpointWeight),
            let tracking = Gain(Self.trackingShare(pid, periodSeconds: period))
        else {
            throw settings.error(
                at: pid.kpPosition, key: "loop.pid.kp",
                found: "gains of \(kp), \(ki) a tick, \(kd) ticks of the output range per span",
                allowed: "sizes below 16384")
        }
        self.init(
            proportional: proportional, integral: integral, derivative: derivative,
            derivativeFilter: filter, measurementFilter: measurementFilter, setpointWeight: weight,
            tracking: tracking)
    }

    /// Share of a saturation that flows back in a tick. The default tracking time is sqrt(Ti Td)
    /// for a PID (Astrom and Hagglund, *Advanced PID Control*, 2006, section 3.5) and Ti / 3 for a
    /// PI, for which they only ask that it be shorter than Ti.
    private static func trackingShare(_ pid: PIDSettings, periodSeconds: Double) -> Double {
        guard pid.tiSeconds > 0 else { return 0 }
        var time = pid.ttSeconds
        if time == 0 {
            time =
                pid.tdSeconds > 0
                ? (pid.tiSeconds * pid.tdSeconds).squareRoot() : pid.tiSeconds / 3
        }
        return min(1, periodSeconds / time)
    }
}

extension EngineeringRange {
    init?(_ low: Double, _ high: Double) {
        guard let low = Q16_16(low), let high = Q16_16(high) else { return nil }
        self.init(low: low, high: high)
    }
}

extension Int32 {
    /// The nearest Int32 of a whole number that is not negative.
    fileprivate init(clamping value: Double) {
        self = value >= 2_147_483_647 ? .max : Int32(value)
    }
}
