/// The exponential function, the same to the last bit on every machine: what follows from it is part
/// of a record's configuration.
enum Exponential {
    /// exp(-x) for x of 0 and above, by the series of exp(x / 2^n) and n squarings; within 1e-13.
    static func decay(_ x: Double) -> Double {
        // Beyond, less than 1e-17 is left.
        guard x < 40 else { return 0 }
        let part = x / 64
        var (sum, term) = (1.0, 1.0)
        for order in 1...16 {
            term *= part / Double(order)
            sum += term
        }
        for _ in 0..<6 { sum *= sum }
        return 1 / sum
    }
}
