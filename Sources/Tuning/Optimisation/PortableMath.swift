/// exp and ln from additions and multiplications alone: the C library's differ in the last bit from
/// one machine to the next, and a search that takes the better of two would part there.
package enum PortableMath {
    private static let ln2 = 0.693_147_180_559_945_3

    /// exp(x) to about 1e-15, for |x| up to 700; beyond, the value there.
    package static func exp(_ x: Double) -> Double {
        var reduced = min(max(x, -700), 700)
        let doublings = (reduced / ln2).rounded()
        reduced -= doublings * ln2
        var term = 1.0
        var sum = 1.0
        for index in 1...18 {
            term *= reduced / Double(index)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(doublings), significand: 1)
    }

    /// ln(x) to about 1e-15, for x above 0.
    package static func ln(_ x: Double) -> Double {
        var significand = x.significand
        var exponent = Double(x.exponent)
        if significand > 1.414_213_562_373_095 {
            significand /= 2
            exponent += 1
        }
        let ratio = (significand - 1) / (significand + 1)
        var term = ratio
        var sum = 0.0
        for index in stride(from: 1.0, through: 25, by: 2) {
            sum += term / index
            term *= ratio * ratio
        }
        return 2 * sum + exponent * ln2
    }
}
