import Glibc

/// The request that sets an actuator, and the answer that confirms it.
package struct ExchangeOutput {
    package let channel: OutputChannel
    private let request: LinePattern
    let response: LinePattern
    private let field: String
    private let decimals: Int
    private let scale: Double
    private let offset: Double
    /// The text that was sent last, confirmed or not.
    var sent: [UInt8]?
    /// Whether it is sent again although it is the same: once in each round.
    var isDue = true

    /// The number sent is the level times `scale`, plus `offset`.
    ///
    /// - Parameters:
    ///   - field: in the answer, the level as the device has it; without this field the answer is only
    ///     compared.
    ///   - decimals: behind the point of the number sent, 0 ... 6.
    package init(
        _ channel: OutputChannel, request: LinePattern, response: LinePattern, field: String,
        decimals: Int, scale: Double = 1, offset: Double = 0
    ) {
        precondition((0...6).contains(decimals))
        self.channel = channel
        self.request = request
        self.response = response
        self.field = field
        self.decimals = decimals
        self.scale = scale
        self.offset = offset
    }

    /// What turns the outputs safe without anybody who listens; the first terminator closes a request
    /// that was cut.
    package static func lastWords(_ framing: LineFraming, _ outputs: [ExchangeOutput]) -> [UInt8] {
        guard !outputs.isEmpty else { return [] }
        return framing.terminator.bytes + outputs.flatMap { framing.line($0.safeRequest) }
    }

    var safeRequest: [UInt8] { request.text(number(channel.safe)) }

    func request(nowNanoseconds now: UInt64) -> [UInt8] {
        request.text(number(channel.dueLevel(nowNanoseconds: now)))
    }

    /// Whether an answer that fits says what was sent with this level, to half of the last decimal.
    func confirms(_ numbers: [String: Double], level: Double) -> Bool {
        guard let read = numbers[field] else { return true }
        // A hundredth of the last decimal is for numbers that binary fractions do not hold.
        return (read * factor - units(level)).magnitude <= 0.51
    }

    private var factor: Double { pow(10, Double(decimals)) }

    /// The level in units of the last decimal.
    private func units(_ level: Double) -> Double { ((level * scale + offset) * factor).rounded() }

    /// Rounded half away from zero. Below 2^63: 32768 times 10^6, and 32767, with six decimals.
    private func number(_ level: Double) -> String {
        let units = Int64(units(level))
        guard decimals > 0 else { return "\(units)" }
        let digits = "\(units.magnitude)"
        let missing = max(0, decimals + 1 - digits.utf8.count)
        let padded = String(repeating: "0", count: missing) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
