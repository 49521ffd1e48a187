/// The number a plant's equations are written in.
///
/// One text of the equations serves simulation in `Double`, training in `Float`, derivatives (dual
/// numbers) and many plants at once (lanes). Values are therefore never compared: limits are
/// written with `minimum` and `maximum`, and there is no `Bool` in the protocol.
public protocol PlantScalar: Sendable {
    /// A constant of the equations: the same value in each lane, with derivative zero.
    init(_ value: Double)

    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self
    static prefix func - (value: Self) -> Self

    static func exp(_ value: Self) -> Self
    static func tanh(_ value: Self) -> Self

    /// The square root; of a negative value it is not a number.
    static func sqrt(_ value: Self) -> Self

    static func minimum(_ left: Self, _ right: Self) -> Self
    static func maximum(_ left: Self, _ right: Self) -> Self

    /// The smallest value held (lanes hold several), to choose step sizes and to check parameters
    /// at set-up. Equations never read it.
    var leastValue: Double { get }
}
