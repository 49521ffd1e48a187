import Configuration
import Control
import FixedPoint
import ModelFile

extension FeedForwardParameters {
    /// What a feed-forward is told: units to fractions of the spans, times to ticks.
    init(
        _ feed: FeedForwardSettings, _ settings: Settings, loop index: Int
    ) throws(ConfigurationError) {
        let sensor = settings.sensors[feed.sensor.index]
        let output = settings.output(ofLoop: index)
        let period = Double(settings.loops[index].periodMilliseconds) / 1_000
        let span = output.high - output.low
        let gain = feed.gain * (sensor.high - sensor.low) / span
        let lead = feed.lagSeconds > 0 ? feed.leadSeconds / feed.lagSeconds : 0
        guard let range = EngineeringRange(sensor.low, sensor.high),
            let rate = Q16_16(sensor.maxRatePerSecond), let zero = Q16_16(feed.zero),
            let fixedGain = Gain(gain), let lag = Gain(period / (feed.lagSeconds + period)),
            let fixedLead = Gain(lead)
        else {
            throw settings.error(
                at: feed.gainPosition, key: "loop.feedforward.gain",
                found: "a gain of \(gain) output ranges per span, a lead of \(lead) lags",
                allowed: "sizes below 16384")
        }
        let (low, high) = (Self.fraction(feed.low / span), Self.fraction(feed.high / span))
        let way = Double(Int64(high.bits) - Int64(low.bits))
        let step = (way * period / feed.fadeSeconds).rounded(.up)
        self.init(
            range: range, maxRatePerSecond: Q16_16(bits: max(1, rate.bits)),
            maxAgeNanoseconds: UInt64(sensor.maxAgeMilliseconds) * 1_000_000, zero: zero,
            gain: fixedGain, lag: lag, lead: fixedLead, low: low, high: high,
            stepPerTick: Int32(min(max(step, 1), Double(Int32.max))), holds: feed.holdsWhenLost)
    }

    /// At most twice the output range, with which any command is at its end.
    private static func fraction(_ value: Double) -> Q3_28 {
        Q3_28(bits: Int32((min(max(value, -2), 2) * 0x1p28).rounded()))
    }
}
