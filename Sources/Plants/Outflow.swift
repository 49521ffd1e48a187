/// The flow out of a tank through a hole at its bottom, by Torricelli's law.
///
/// `a sqrt(2 g h)` has an infinite slope at an empty tank, which neither a fixed step nor a
/// derivative can follow. `a sqrt(2 g) h / sqrt(h + film)` is the same law above a film of
/// `filmCentimetres`, with a finite slope below: at 10 cm it differs by 5e-5.
public struct Outflow<Scalar: PlantScalar>: Sendable {
    /// Acceleration of fall, cm/s^2, as in Johansson (2000).
    static var gravity: Double { 981 }
    /// Where the law bends towards zero, cm.
    @usableFromInline static var filmCentimetres: Double { 1e-3 }

    /// Hole area times `sqrt(2 g)`, cm^2.5 / s.
    @usableFromInline let coefficient: Scalar

    /// - Parameter hole: Area of the hole, cm^2.
    init(hole: Scalar) {
        coefficient = hole * Scalar((2 * Self.gravity).squareRoot())
    }

    /// The flow at a level in cm, in cm^3/s; none below zero.
    @inlinable
    public func flow(_ level: Scalar) -> Scalar {
        let positive = Scalar.maximum(level, Scalar(0))
        return coefficient * positive / Scalar.sqrt(positive + Scalar(Self.filmCentimetres))
    }

    /// The level at which a flow in cm^3/s leaves: the positive root of `h^2 = q^2 (h + film)`,
    /// with `q` the flow over the coefficient; empty for a flow below zero.
    func level(_ flow: Scalar) -> Scalar {
        let speed = Scalar.maximum(flow, Scalar(0)) / coefficient
        let square = speed * speed
        let root = Scalar.sqrt(square * square + Scalar(4 * Self.filmCentimetres) * square)
        return (square + root) * Scalar(0.5)
    }

    /// The time in which a film runs out of a tank of `area` cm^2: no step may be longer.
    func filmSeconds(area: Scalar) -> Double {
        (area * Scalar(Self.filmCentimetres.squareRoot()) / coefficient).leastValue
    }
}
