import Configuration
package import Episodes

/// What a suite asks of a law: a quantity over plants and classes, and its limit.
package struct Target: Equatable, Sendable {
    /// How many values become one.
    package enum Taking: String, CaseIterable, Sendable {
        case geomean
        case median
        case worst
        /// The number of values within `bound`; the limit is then the least.
        case within
    }

    package var quantity: TargetQuantity
    package var taking: Taking
    /// All when nil.
    package var signal: SignalClass?
    /// The baseline of a ratio.
    package var over: String?
    package var limit: Double
    package var bound: Double?

    init(_ reader: TableReader, _ quantities: [TargetQuantity]) throws(ConfigurationError) {
        try reader.requireKnown(["what", "take", "class", "over", "limit", "bound"])
        quantity = try Self.word("what", reader, among: quantities)
        taking = try Self.word("take", reader, among: Taking.allCases)
        limit = try reader.required("limit", 0...1e9)
        if reader.table["class"] != nil {
            signal = try Self.word("class", reader, among: SignalClass.allCases)
        }
        if quantity.isRatio {
            over = try Self.word("over", reader, among: Baseline.allCases).rawValue
        } else {
            try reader.refuse(["over"], beside: "what = \"\(quantity.rawValue)\"")
        }
        if quantity != .cost, quantity != .error {
            try reader.refuse(["class"], beside: "what = \"\(quantity.rawValue)\"")
        }
        if taking == .within {
            bound = try reader.required("bound", 0...1e9)
        } else {
            try reader.refuse(["bound"], beside: "take = \"\(taking.rawValue)\"")
        }
    }

    private enum Baseline: String, CaseIterable {
        case optimal = "pid*"
        case betterSIMC = "better_simc"
        case simcPI = "simc_pi"
        case simcPID = "simc_pid"
        case amigoPI = "amigo_pi"
        case amigoPID = "amigo_pid"
    }

    private static func word<Word: RawRepresentable<String>>(
        _ key: String, _ reader: TableReader, among words: [Word]
    ) throws(ConfigurationError) -> Word {
        let names = words.map(\.rawValue)
        let allowed = "one of \(names.joined(separator: ", "))"
        guard let text = try reader.text(key) else { throw reader.fault(key, "missing", allowed) }
        guard let word = words.first(where: { $0.rawValue == text }) else {
            throw reader.fault(
                key, "the text \"\(text.prefix(40))\"", allowed,
                suggestion: Nearest.word(to: text, among: names))
        }
        return word
    }

    /// In words: `cost over pid*, steps, geomean`.
    package var title: String {
        var text = quantity.rawValue.replacing("_", with: " ")
        if let over { text += " over \(over.replacing("_", with: " "))" }
        if let signal { text += ", \(signal.rawValue.replacing("_", with: " "))" }
        if let bound { return text + ", plants within \(bound)" }
        return text + ", \(taking.rawValue)"
    }

    /// The values as one figure; nil when there are none, or one was not measured.
    package func figure(_ values: [Double?]) -> Double? {
        let known = values.compactMap(\.self)
        guard !known.isEmpty, known.count == values.count else { return nil }
        switch taking {
        case .geomean: return Averages.geomean(known)
        case .median: return Averages.median(known)
        case .worst: return known.contains(where: \.isNaN) ? .nan : known.max()
        case .within: return Double(known.count { $0 <= (bound ?? 0) })
        }
    }

    /// Whether a figure keeps the limit; a figure that is no number does not.
    package func isMet(by figure: Double) -> Bool {
        taking == .within ? figure >= limit : figure <= limit
    }
}

/// What a target is about.
package enum TargetQuantity: String, CaseIterable, Sendable {
    /// Ratios to a baseline; the worst mismatch corner only to the reference of the run.
    case cost
    case error
    case corner
    /// Peak of the sensitivity, the worst operating point of each plant.
    case sensitivity
    case medianOffset = "median_offset"
    case worstOffset = "worst_offset"
    case ripple
    case limitCycles = "limit_cycles"
    case fixedOverFloat = "fixed_over_float"
    /// Of a board's scenario, nominal.
    case setpointError = "iae_setpoint"
    case overshoot
    case travel = "total_variation"

    var isRatio: Bool { self == .cost || self == .error || self == .corner }

    static let ofFamilies: [TargetQuantity] = [
        .cost, .error, .corner, .sensitivity, .medianOffset, .worstOffset, .ripple, .limitCycles,
        .fixedOverFloat,
    ]
    static let ofBoard: [TargetQuantity] = [.setpointError, .overshoot, .travel]
}

/// What a target came to.
package struct TargetResult: Codable, Equatable, Sendable {
    package var target: String
    package var limit: Double
    /// Nil when it was not measured.
    package var found: Double?
    package var met: Bool?

    /// - Parameter isWhole: false when a plant has no score: then the target is neither met nor
    ///   missed, whatever the others say.
    package init(_ target: Target, _ values: [Double?], isWhole: Bool = true) {
        self.target = target.title
        limit = target.limit
        found = target.figure(values)
        met = isWhole ? found.map { target.isMet(by: $0) } : nil
    }
}
