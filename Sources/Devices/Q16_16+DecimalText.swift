package import FixedPoint

extension Q16_16 {
    /// The number that the ASCII text says, rounded half away from zero.
    ///
    /// Takes `-`, one to five digits, and optionally a point and one to six digits: what an Arduino
    /// prints for a finite number. Everything else is `nil`: nothing, spaces, a plus, an exponent,
    /// `nan`, `inf`, `ovf`, and values beyond Q16.16.
    package init?(decimalText text: Span<UInt8>) {
        var index = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard let whole = Self.digits(text, from: &index, limit: 5) else { return nil }
        var numerator = whole.value
        var denominator: Int64 = 1
        if index < text.count {
            guard text[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            guard let fraction = Self.digits(text, from: &index, limit: 6), index == text.count
            else { return nil }
            // At most eleven digits: the numerator stays below 10^11, its product below 2^54.
            denominator = fraction.scale
            numerator = numerator * denominator + fraction.value
        }
        let magnitude = (numerator * 131_072 + denominator) / (2 * denominator)
        guard let bits = Int32(exactly: isNegative ? -magnitude : magnitude) else { return nil }
        self.init(bits: bits)
    }

    /// One to `limit` digits and ten to the power of their number; `nil` when there are none or
    /// more. Advances the index past them.
    private static func digits(
        _ text: Span<UInt8>, from index: inout Int, limit: Int
    ) -> (value: Int64, scale: Int64)? {
        var value: Int64 = 0
        var scale: Int64 = 1
        let first = index
        while index < text.count, text[index] >= UInt8(ascii: "0"),
            text[index] <= UInt8(ascii: "9")
        {
            guard index - first < limit else { return nil }
            value = value * 10 + Int64(text[index] - UInt8(ascii: "0"))
            scale *= 10
            index += 1
        }
        return index > first ? (value, scale) : nil
    }
}
