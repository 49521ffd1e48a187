/// A linear process as a chain: lags, a zero on the first, an oscillating pair, an integrator.
///
/// `gain * (1 + zero s) / ((T1 s + 1)(T2 s + 1)...) * 1/(T^2 s^2 + 2 damping T s + 1) * 1/s`, each
/// part but the gain optional, behind a dead time. It covers first order plus dead time, lags of
/// any order, inverse response (a negative zero), underdamped and integrating processes, and with
/// them the test batch of Astrom and Hagglund (J. Process Control 14, 2004).
public struct LinearPlant<Scalar: PlantScalar>: Plant {
    /// Poles a chain may have: bounds the state.
    public static var allowedOrder: ClosedRange<Int> { 1...32 }
    /// Steps in the fastest time constant: leaves an error below 1e-6 of full scale.
    static var substepsPerLag: Double { 20 }

    public let gain: Scalar
    public let deadTimeSeconds: Double
    public let typicalPeriodSeconds: Double
    public let maximumSubstepSeconds: Double
    public let stateCount: Int

    @usableFromInline let ratesPerSecond: [Scalar]
    @usableFromInline let zero: Scalar
    @usableFromInline let hasPair: Bool
    @usableFromInline let pairStiffness: Scalar
    @usableFromInline let pairFriction: Scalar
    @usableFromInline let isIntegrating: Bool

    /// Checks and takes the parts of the chain; times in seconds.
    /// - Parameters:
    ///   - zero: The time of `1 + zero s`; negative for an inverse response, 0 for none.
    ///   - pair: Natural time (1 / natural frequency) and damping of the oscillating pair.
    public init(
        gain: Scalar, lags: [Scalar], zero: Scalar = Scalar(0),
        pair: (naturalSeconds: Scalar, damping: Scalar)? = nil,
        isIntegrating: Bool = false, deadTimeSeconds: Double = 0
    ) throws(PlantFault) {
        let order = lags.count + (pair == nil ? 0 : 2) + (isIntegrating ? 1 : 0)
        guard Self.allowedOrder.contains(order) else {
            throw .unusableOrder(found: order, allowed: Self.allowedOrder)
        }
        for lag in lags { try requirePositive(lag, "a lag") }
        if let pair {
            try requirePositive(pair.naturalSeconds, "the natural time")
            try requirePositive(pair.damping, "the damping")
        }
        let hasZero = zero.leastValue != 0
        if hasZero, lags.isEmpty || order < 2 { throw .zeroWithoutSecondPole }

        var times = lags.map(\.leastValue)
        if let pair { times += [pair.naturalSeconds.leastValue, pair.naturalSeconds.leastValue] }
        self.gain = gain
        self.deadTimeSeconds = deadTimeSeconds
        maximumSubstepSeconds = (times.min() ?? .infinity) / Self.substepsPerLag
        typicalPeriodSeconds = Self.typicalPeriod(
            times: times, delaySeconds: deadTimeSeconds + max(0, -zero.leastValue))
        stateCount = order
        ratesPerSecond = lags.map { Scalar(1) / $0 }
        self.zero = zero
        hasPair = pair != nil
        let natural = pair?.naturalSeconds ?? Scalar(1)
        pairStiffness = Scalar(1) / (natural * natural)
        pairFriction = Scalar(2) * (pair?.damping ?? Scalar(0)) / natural
        self.isIntegrating = isIntegrating
    }

    public var inputs: [PlantSignal] {
        [PlantSignal("input", unit: "1", range: isIntegrating ? -1...1 : 0...1)]
    }

    public var outputs: [PlantSignal] { [PlantSignal("output", unit: "1", range: -10...10)] }

    public var initialOutput: [Scalar] { [Scalar(0)] }

    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        var drive = input[0]
        let lagCount = ratesPerSecond.count
        for index in 0..<lagCount {
            let change = (drive - state[index]) * ratesPerSecond[index]
            rate[index] = change
            drive = index == 0 ? state[0] + zero * change : state[index]
        }
        var index = lagCount
        if hasPair {
            let (position, velocity) = (state[index], state[index + 1])
            rate[index] = velocity
            rate[index + 1] = (drive - position) * pairStiffness - pairFriction * velocity
            drive = position
            index += 2
        }
        if isIntegrating { rate[index] = drive }
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar {
        let last = hasPair && !isIntegrating ? stateCount - 2 : stateCount - 1
        return gain * state[last]
    }

    /// Integrating: no input and the output wherever it is. Otherwise the input that the gain asks
    /// for.
    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let wanted = output[0] / gain
        let throughout = isIntegrating ? Scalar(0) : wanted
        var state = [Scalar](repeating: throughout, count: stateCount)
        if hasPair { state[ratesPerSecond.count + 1] = Scalar(0) }
        if isIntegrating { state[stateCount - 1] = wanted }
        return PlantEquilibrium(state: state, input: [throughout])
    }

    /// A fifth of the effective dead time by the half rule of Skogestad, but between 1/60 and 1/20
    /// of the average residence time.
    private static func typicalPeriod(times: [Double], delaySeconds: Double) -> Double {
        let sorted = times.sorted(by: >)
        let residence = sorted.reduce(delaySeconds, +)
        guard residence > 0 else { return 1 }
        let rest = sorted.dropFirst(2).reduce(0, +)
        let effective = delaySeconds + (sorted.count > 1 ? sorted[1] / 2 : 0) + rest
        return min(max(effective / 5, residence / 60), residence / 20)
    }
}

/// Checks one parameter at set-up.
private func requirePositive<Scalar: PlantScalar>(
    _ value: Scalar, _ quantity: String
) throws(PlantFault) {
    let least = value.leastValue
    guard least > 0, least.isFinite else { throw .notPositive(quantity: quantity, found: least) }
}
