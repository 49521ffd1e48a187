/// An experiment as a client asks for it; what is left out is chosen by the loop's own limits.
package struct ExperimentRequest: Codable, Equatable, Sendable {
    /// `step` or `relay`.
    package var kind: String
    /// The step, or half the distance between the relay's levels; actuator unit, signed.
    package var amplitude: Double
    /// With the command held before anything moves.
    package var settleSeconds: Double
    /// After which it is over whatever happens, settling included.
    package var limitSeconds: Double
    /// Half of the relay's dead band; sensor unit.
    package var hysteresis: Double?
    /// Whole cycles of the relay that are wanted.
    package var cycles: Int?
    /// The range that the measurement may move in; sensor unit. By default it keeps a twentieth of
    /// their span away from the protective limits.
    package var low: Double?
    package var high: Double?
    /// The fastest that the measurement may move, sensor unit per second, as a mean over ten
    /// seconds or ten ticks; by default the sensor's own limit.
    package var ratePerSecond: Double?

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, amplitude, hysteresis, cycles, low, high
        case settleSeconds = "settle_s"
        case limitSeconds = "limit_s"
        case ratePerSecond = "max_rate_per_s"
    }

    package init(
        kind: String, amplitude: Double, settleSeconds: Double, limitSeconds: Double,
        hysteresis: Double? = nil, cycles: Int? = nil, low: Double? = nil, high: Double? = nil,
        ratePerSecond: Double? = nil
    ) {
        self.kind = kind
        self.amplitude = amplitude
        self.settleSeconds = settleSeconds
        self.limitSeconds = limitSeconds
        self.hysteresis = hysteresis
        self.cycles = cycles
        self.low = low
        self.high = high
        self.ratePerSecond = ratePerSecond
    }

    package init(from decoder: any Decoder) throws {
        try AnyKey.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(String.self, forKey: .kind)
        amplitude = try container.decode(Double.self, forKey: .amplitude)
        settleSeconds = try container.decode(Double.self, forKey: .settleSeconds)
        limitSeconds = try container.decode(Double.self, forKey: .limitSeconds)
        hysteresis = try container.decodeIfPresent(Double.self, forKey: .hysteresis)
        cycles = try container.decodeIfPresent(Int.self, forKey: .cycles)
        low = try container.decodeIfPresent(Double.self, forKey: .low)
        high = try container.decodeIfPresent(Double.self, forKey: .high)
        ratePerSecond = try container.decodeIfPresent(Double.self, forKey: .ratePerSecond)
    }
}
