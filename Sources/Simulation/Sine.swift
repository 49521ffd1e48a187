/// A sine from additions and multiplications alone, the same to the last bit on every machine.
package enum Sine {
    /// sin(2 pi turns), to 1e-9 for any finite argument: Taylor series to the 15th power after
    /// folding into a quarter turn.
    package static func value(turns: Double) -> Double {
        var fraction = turns - turns.rounded(.down)
        var sign = 1.0
        if fraction >= 0.5 {
            fraction -= 0.5
            sign = -1
        }
        if fraction > 0.25 { fraction = 0.5 - fraction }
        let x = 2 * Double.pi * fraction
        var term = x
        var sum = x
        for n in stride(from: 2.0, through: 14, by: 2) {
            term *= -x * x / (n * (n + 1))
            sum += term
        }
        return sign * sum
    }
}
