/// How a number stands in one or two registers, or in a bit.
package struct ModbusNumber: Equatable, Sendable {
    package enum Form: Sendable {
        case bit, u16, i16, u32, i32, f32
    }

    private let form: Form
    private let isLowWordFirst: Bool

    /// - Parameter isLowWordFirst: of two registers, whether the first is the low one. Inside a register
    ///   the high byte is first, always.
    package init(_ form: Form, isLowWordFirst: Bool = false) {
        self.form = form
        self.isLowWordFirst = isLowWordFirst
    }

    package var wordCount: Int {
        switch form {
        case .bit, .u16, .i16: 1
        case .u32, .i32, .f32: 2
        }
    }

    /// `nil` for a floating-point number that is not finite, and for another count of words.
    package func value(_ words: [UInt16]) -> Double? {
        guard words.count == wordCount else { return nil }
        switch form {
        case .bit: return words[0] == 0 ? 0 : 1
        case .u16: return Double(words[0])
        case .i16: return Double(Int16(bitPattern: words[0]))
        case .u32: return Double(double(words))
        case .i32: return Double(Int32(bitPattern: double(words)))
        case .f32:
            let number = Float(bitPattern: double(words))
            return number.isFinite ? Double(number) : nil
        }
    }

    /// Rounded to the nearest, and to the ends of what the form holds. A bit is 1 from 0.5 upwards.
    package func words(_ value: Double) -> [UInt16] {
        let whole = value.rounded()
        switch form {
        case .bit: return [value >= 0.5 ? 1 : 0]
        case .u16: return [UInt16(min(max(whole, 0), 65_535))]
        case .i16: return [UInt16(bitPattern: Int16(min(max(whole, -32_768), 32_767)))]
        case .u32: return words(UInt32(min(max(whole, 0), 4_294_967_295)))
        case .i32:
            let clamped = Int32(min(max(whole, -2_147_483_648), 2_147_483_647))
            return words(UInt32(bitPattern: clamped))
        case .f32: return words(Float(value).bitPattern)
        }
    }

    private func double(_ words: [UInt16]) -> UInt32 {
        let (high, low) = isLowWordFirst ? (words[1], words[0]) : (words[0], words[1])
        return UInt32(high) << 16 | UInt32(low)
    }

    private func words(_ bits: UInt32) -> [UInt16] {
        let (high, low) = (UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits))
        return isLowWordFirst ? [low, high] : [high, low]
    }
}
