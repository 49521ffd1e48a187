/// A finite number as decimal digits: `0.d1d2d3... * 10^exponent`, so that rounding to digits and
/// printing need no locale, no logarithm and no C library and give the same bytes everywhere.
///
/// The digits are those of the shortest text that reads back as the same `Double`; 0.125 to two
/// decimals is therefore 0.13, as a reader of "0.125" expects.
struct Decimal {
    private(set) var isNegative: Bool
    /// Digits 0...9, the first not 0; empty for zero.
    private(set) var digits: [UInt8]
    /// Power of ten of the digit before the first one: 12.5 is 0.125 * 10^2.
    private(set) var exponent: Int

    /// - Precondition: `value` is finite; infinities and NaN become zero.
    init(_ value: Double) {
        isNegative = value < 0
        digits = []
        exponent = 0
        guard value.isFinite, value != 0 else { return }
        var pointSeen = false
        var text = value.magnitude.description.utf8[...]
        while let byte = text.first, byte != UInt8(ascii: "e") {
            text.removeFirst()
            if byte == UInt8(ascii: ".") {
                pointSeen = true
            } else if digits.isEmpty, byte == UInt8(ascii: "0") {
                // A leading zero counts only for the place of the point.
                if pointSeen { exponent -= 1 }
            } else {
                digits.append(byte &- UInt8(ascii: "0"))
                if !pointSeen { exponent += 1 }
            }
        }
        if !text.isEmpty {
            exponent += Int(Substring(text.dropFirst())) ?? 0
        }
        dropTrailingZeros()
    }

    /// Rounds half away from zero to so many digits after the point.
    mutating func round(decimals: Int) {
        keep(exponent + decimals)
    }

    /// Rounds half away from zero to so many significant digits.
    mutating func round(significant: Int) {
        keep(significant)
    }

    /// The digits with a point and exactly `decimals` places after it. "-0" never appears.
    func text(decimals: Int) -> String {
        var result = isNegative && !digits.isEmpty ? "-" : ""
        if exponent <= 0 { result += "0" }
        for place in stride(from: 0, to: exponent, by: 1) {
            result += digit(place)
        }
        guard decimals > 0 else { return result }
        result += "."
        for place in exponent..<(exponent + decimals) {
            result += digit(place)
        }
        return result
    }

    /// The digits as `d.ddde-7` with `significant` digits.
    func scientificText(significant: Int) -> String {
        var result = isNegative ? "-" : ""
        result += digit(0)
        if significant > 1 {
            result += "."
            for place in 1..<significant {
                result += digit(place)
            }
        }
        return result + "e\(exponent - 1)"
    }

    private func digit(_ place: Int) -> String {
        place >= 0 && place < digits.count ? String(digits[place]) : "0"
    }

    private mutating func keep(_ count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            exponent = 0
            return
        }
        var carries = digits[count] >= 5
        digits.removeLast(digits.count - count)
        var place = count - 1
        while carries, place >= 0 {
            carries = digits[place] == 9
            digits[place] = carries ? 0 : digits[place] + 1
            place -= 1
        }
        if carries {
            digits.insert(1, at: 0)
            exponent += 1
        }
        dropTrailingZeros()
        if digits.isEmpty { exponent = 0 }
    }

    private mutating func dropTrailingZeros() {
        while digits.last == 0 { digits.removeLast() }
    }
}
