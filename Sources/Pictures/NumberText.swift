/// Numbers as people read them, the same bytes on every machine and in every locale.
package enum NumberText {
    /// Most decimals that are printed; a `Double` has no more meaning than that here.
    static let decimalsLimit = 12

    /// `value` with exactly `decimals` digits after the point (0...12), rounded half away from
    /// zero. Not-a-number is "nan", infinities are "inf" and "-inf".
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return nonFinite(value) }
        let places = max(0, min(decimals, decimalsLimit))
        var decimal = Decimal(value)
        decimal.round(decimals: places)
        return decimal.text(decimals: places)
    }

    /// `value` with so many significant digits (1...12); digits before the point are never dropped,
    /// so 1234 to three digits stays 1234. Below 1e-4 and from 1e7 on: `1.23e-7`.
    package static func significant(_ value: Double, digits: Int = 4) -> String {
        guard value.isFinite else { return nonFinite(value) }
        guard value != 0 else { return "0" }
        let count = max(1, min(digits, decimalsLimit))
        var decimal = Decimal(value)
        if decimal.exponent < -3 || decimal.exponent > 7 {
            decimal.round(significant: count)
            return decimal.scientificText(significant: count)
        }
        decimal.round(significant: max(count, decimal.exponent))
        return decimal.text(decimals: max(0, count - decimal.exponent))
    }

    /// A length of time with three significant digits in the unit that suits it: ns, us, ms, s,
    /// min, h.
    package static func duration(nanoseconds: Double) -> String {
        let steps: [(unit: String, nanoseconds: Double, next: Double)] = [
            ("ns", 1, 1_000), ("us", 1e3, 1_000), ("ms", 1e6, 1_000), ("s", 1e9, 120),
            ("min", 60e9, 120), ("h", 3_600e9, .infinity),
        ]
        guard nanoseconds.isFinite else { return nonFinite(nanoseconds) }
        guard nanoseconds != 0 else { return "0 s" }
        let magnitude = nanoseconds.magnitude
        // 0.9995 rounds up to the next unit: "1.00 ms", never "1000 us".
        let step = steps.first { magnitude < $0.nanoseconds * $0.next * 0.9995 }
        guard let step else { return nonFinite(nanoseconds) }
        let value = nanoseconds / step.nanoseconds
        let isWhole = step.unit == "ns" && value == value.rounded()
        let number = isWhole ? fixed(value, decimals: 0) : significant(value, digits: 3)
        return number + " " + step.unit
    }

    /// The same for a length of time in seconds.
    package static func duration(seconds: Double) -> String {
        duration(nanoseconds: seconds * 1e9)
    }

    private static func nonFinite(_ value: Double) -> String {
        value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
    }
}
