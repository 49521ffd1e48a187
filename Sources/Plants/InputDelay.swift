/// The dead time at the input of a plant, exact for inputs held over a period.
///
/// A dead time of `whole` periods and a rest is not rounded: over one period the delayed input is
/// first the one of `whole + 1` periods ago, for `earlierSeconds` (the rest), and then the one of
/// `whole` periods ago, for `laterSeconds`. Whoever integrates splits the period there.
public struct InputDelay<Scalar: PlantScalar>: Sendable {
    /// Periods a dead time may last: bounds the memory of the line.
    public static var limitPeriods: Double { 100_000 }
    /// A rest shorter than this part of the period is rounding of the division, not dead time.
    public static var restResolution: Double { 1e-9 }

    public let inputCount: Int
    public let earlierSeconds: Double
    public let laterSeconds: Double

    /// Rows of inputs, a ring; the row at `newest` came last.
    @usableFromInline var line: [Scalar]
    @usableFromInline let rowCount: Int
    @usableFromInline var newest: Int

    /// A line that has held `initial` for ever.
    public init(
        deadTimeSeconds: Double, periodSeconds: Double, initial: [Scalar]
    ) throws(PlantFault) {
        let longest = Self.limitPeriods * periodSeconds
        guard deadTimeSeconds >= 0, deadTimeSeconds <= longest else {
            throw .unusableDeadTime(foundSeconds: deadTimeSeconds, allowedSeconds: 0...longest)
        }
        var whole = (deadTimeSeconds / periodSeconds).rounded(.down)
        var rest = deadTimeSeconds - whole * periodSeconds
        if rest > periodSeconds * (1 - Self.restResolution) { whole += 1 }
        if rest < periodSeconds * Self.restResolution
            || rest > periodSeconds * (1 - Self.restResolution)
        {
            rest = 0
        }
        inputCount = initial.count
        earlierSeconds = rest
        laterSeconds = periodSeconds - rest
        rowCount = Int(whole) + 2
        newest = 0
        line = []
        line.reserveCapacity(rowCount * initial.count)
        for _ in 0..<rowCount { line.append(contentsOf: initial) }
    }

    /// Takes the input that is held over the period that begins now.
    @inlinable
    public mutating func push(_ input: Span<Scalar>) {
        newest = newest + 1 == rowCount ? 0 : newest + 1
        let start = newest * inputCount
        for index in 0..<inputCount { line[start + index] = input[index] }
    }

    /// The delayed input in the first `earlierSeconds` of the period.
    @inlinable
    public func earlier(_ index: Int) -> Scalar {
        let row = newest + 1 == rowCount ? 0 : newest + 1
        return line[row * inputCount + index]
    }

    /// The delayed input in the last `laterSeconds` of the period.
    @inlinable
    public func later(_ index: Int) -> Scalar {
        let row = newest + 2 >= rowCount ? newest + 2 - rowCount : newest + 2
        return line[row * inputCount + index]
    }
}
