package import FixedPoint

/// A heater level as it is sent: 0 ... 100 %, in steps of the firmware's format.
///
/// A value of this type can be neither out of range nor not a number.
package struct TCLabLevel: Equatable, Sendable, BitwiseCopyable {
    package static let off = TCLabLevel(Q16_16(bits: 0), decimals: 0)

    /// How far the reported level may lie from the one sent: one step of the finest format sent,
    /// which covers the rounding of the board's single-precision numbers.
    package static let toleranceHundredths: Int64 = 1

    /// 0 ... 10000; a multiple of 100 when sent without decimals.
    package let hundredths: Int64
    private let decimals: Int

    /// The nearest level that can be sent, rounded half up; outside 0 ... 100 %, the end of it.
    package init(_ percent: Q16_16, decimals: Int) {
        let clipped = Int64(min(max(percent.bits, 0), 100 << 16))
        self.decimals = decimals == 0 ? 0 : 2
        hundredths =
            decimals == 0
            ? (clipped + (1 << 15)) >> 16 * 100 : (clipped * 100 + (1 << 15)) >> 16
    }

    /// Whether a reported level is the one sent.
    package func isReported(as echo: Q16_16) -> Bool {
        // Doubled and scaled by 65536, so that the comparison is exact.
        let difference = abs(Int64(echo.bits) * 100 - hundredths << 16)
        return difference <= Self.toleranceHundredths << 16
    }

    func append(to line: inout ProtocolLine) {
        let whole = hundredths / 100
        if whole >= 100 { line.append(UInt8(ascii: "1")) }
        if whole >= 10 { line.append(Self.digit(whole / 10)) }
        line.append(Self.digit(whole))
        guard decimals > 0 else { return }
        line.append(UInt8(ascii: "."))
        line.append(Self.digit(hundredths / 10))
        line.append(Self.digit(hundredths))
    }

    private static func digit(_ number: Int64) -> UInt8 {
        UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }
}
