import Glibc

extension Double: PlantScalar {
    public static func exp(_ value: Double) -> Double { Glibc.exp(value) }

    public static func tanh(_ value: Double) -> Double { Glibc.tanh(value) }

    @inlinable
    public static func sqrt(_ value: Double) -> Double { value.squareRoot() }

    @inlinable
    public var leastValue: Double { self }
}
