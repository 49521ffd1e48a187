public import Plants

/// A value and its derivative along one direction, sixteen episodes at once: forward mode.
///
/// One text of a plant's equations gives its simulation (`Lanes`) and its derivatives (`LaneDual`).
public struct LaneDual: PlantScalar {
    public var value: Lanes
    public var slope: Lanes

    @inlinable
    public init(_ value: Lanes, slope: Lanes = .zero) {
        self.value = value
        self.slope = slope
    }

    @inlinable
    public init(_ value: Double) { self.init(Lanes(value)) }

    @inlinable
    public static func + (left: Self, right: Self) -> Self {
        Self(left.value + right.value, slope: left.slope + right.slope)
    }

    @inlinable
    public static func - (left: Self, right: Self) -> Self {
        Self(left.value - right.value, slope: left.slope - right.slope)
    }

    @inlinable
    public static func * (left: Self, right: Self) -> Self {
        Self(
            left.value * right.value, slope: left.slope * right.value + left.value * right.slope)
    }

    @inlinable
    public static func / (left: Self, right: Self) -> Self {
        let quotient = left.value / right.value
        return Self(quotient, slope: (left.slope - quotient * right.slope) / right.value)
    }

    @inlinable
    public static prefix func - (value: Self) -> Self { Self(-value.value, slope: -value.slope) }

    @inlinable
    public static func exp(_ value: Self) -> Self {
        let result = Lanes.exp(value.value)
        return Self(result, slope: result * value.slope)
    }

    @inlinable
    public static func tanh(_ value: Self) -> Self {
        let result = Lanes.tanh(value.value)
        return Self(result, slope: (1 - result * result) * value.slope)
    }

    /// At zero the slope is taken as that of a root of 1e-6.
    @inlinable
    public static func sqrt(_ value: Self) -> Self {
        let result = value.value.squareRoot()
        let steepest = Lanes.maximum(result, Lanes(repeating: 1e-3))
        return Self(result, slope: value.slope / (2 * steepest))
    }

    @inlinable
    public static func minimum(_ left: Self, _ right: Self) -> Self {
        let isRight = left.value .> right.value
        return Self(
            left.value.replacing(with: right.value, where: isRight),
            slope: left.slope.replacing(with: right.slope, where: isRight))
    }

    @inlinable
    public static func maximum(_ left: Self, _ right: Self) -> Self {
        let isRight = left.value .< right.value
        return Self(
            left.value.replacing(with: right.value, where: isRight),
            slope: left.slope.replacing(with: right.slope, where: isRight))
    }

    public var leastValue: Double { value.leastValue }
}

/// A scalar that can hold a different constant in each episode.
protocol LaneScalar: PlantScalar {
    init(constant: Lanes)
}

extension SIMD16: LaneScalar where Scalar == Float {
    init(constant: Lanes) { self = constant }
}

extension LaneDual: LaneScalar {
    init(constant: Lanes) { self.init(constant) }
}
