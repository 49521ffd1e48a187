package import FixedPoint

extension Gain {
    /// The nearest gain; `nil` when `value` is not finite or not below 2^14 in size.
    ///
    /// Values below 2^-31 lose relative precision and end at zero.
    package init?(_ value: Double) {
        guard value.isFinite, value.magnitude < 16_384 else { return nil }
        guard value != 0 else {
            self = .zero
            return
        }
        // Mantissa in 2^30 ... 2^31; one more halving when rounding reaches 2^31.
        var shift = min(62, 30 - Int(value.exponent))
        var mantissa = (value * Double(sign: .plus, exponent: shift, significand: 1)).rounded()
        if mantissa.magnitude > 2_147_483_647 {
            shift -= 1
            mantissa = (mantissa / 2).rounded()
        }
        self.init(mantissa: Int32(mantissa), shift: shift)
    }

    var negated: Gain { Gain(mantissa: 0 &- mantissa, shift: Int(shift)) ?? self }

    package var doubleValue: Double {
        Double(mantissa) * Double(sign: .plus, exponent: -Int(shift), significand: 1)
    }
}

extension Gate {
    /// The nearest gate of a fraction; clipped to 0 ... 1, and shut when it is not a number.
    package init(_ value: Double) {
        guard value.isFinite else {
            self = .shut
            return
        }
        self.init(clamping: Int64((min(max(value, 0), 1) * 2_147_483_648).rounded()))
    }

    package var doubleValue: Double { Double(bits) / 2_147_483_648 }
}

extension Q16_16 {
    /// The nearest value; `nil` when it is not finite or does not fit.
    package init?(_ value: Double) {
        let scaled = (value * 65_536).rounded()
        guard scaled.magnitude <= 2_147_483_647 else { return nil }
        self.init(bits: Int32(scaled))
    }

    package var doubleValue: Double { Double(bits) / 65_536 }
}

extension Q3_28 {
    /// The nearest value; `nil` when it is not finite or does not fit.
    package init?(_ value: Double) {
        let scaled = (value * 268_435_456).rounded()
        guard scaled.magnitude <= 2_147_483_647 else { return nil }
        self.init(bits: Int32(scaled))
    }

    package var doubleValue: Double { Double(bits) / 268_435_456 }
}
