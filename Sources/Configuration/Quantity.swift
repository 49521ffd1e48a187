/// A number with its unit, as `"8.5 %/C"` says.
package struct Quantity {
    /// Longest text that is looked at, in bytes.
    private static let lengthLimit = 64

    package let number: Double
    /// What follows the number without blanks around it; empty when there is no unit.
    package let unitText: String

    /// Nil when the text does not begin with a decimal number. The number may be infinite when it
    /// has too large an exponent; the range check refuses it.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.lengthLimit else { return nil }
        let bytes = Array(text.utf8)
        var scanner = bytes[...].drop { $0 == UInt8(ascii: " ") }
        let begin = scanner.startIndex
        if let sign = scanner.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            scanner = scanner.dropFirst()
        }
        let whole = Self.skipDigits(&scanner)
        var fraction = 0
        if scanner.first == UInt8(ascii: ".") {
            scanner = scanner.dropFirst()
            fraction = Self.skipDigits(&scanner)
            guard fraction > 0 else { return nil }
        }
        guard whole > 0 else { return nil }
        Self.skipExponent(&scanner)
        let numberText = String(decoding: bytes[begin..<scanner.startIndex], as: UTF8.self)
        guard let number = Double(numberText) else { return nil }
        self.number = number
        var rest = String(decoding: scanner, as: UTF8.self)[...]
        while rest.first == " " { rest = rest.dropFirst() }
        while rest.last == " " { rest = rest.dropLast() }
        unitText = String(rest)
    }

    /// Returns how many digits were skipped.
    private static func skipDigits(_ scanner: inout ArraySlice<UInt8>) -> Int {
        let before = scanner.count
        scanner = scanner.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return before - scanner.count
    }

    /// Skips `e-3`; an `e` without digits belongs to the unit.
    private static func skipExponent(_ scanner: inout ArraySlice<UInt8>) {
        guard let letter = scanner.first, letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E")
        else { return }
        var exponent = scanner.dropFirst()
        if let sign = exponent.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            exponent = exponent.dropFirst()
        }
        if skipDigits(&exponent) > 0 { scanner = exponent }
    }
}
