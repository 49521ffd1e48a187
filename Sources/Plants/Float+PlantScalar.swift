import Glibc

extension Float: PlantScalar {
    public static func exp(_ value: Float) -> Float { Glibc.exp(value) }

    public static func tanh(_ value: Float) -> Float { Glibc.tanh(value) }

    @inlinable
    public static func sqrt(_ value: Float) -> Float { value.squareRoot() }

    @inlinable
    public var leastValue: Double { Double(self) }
}
