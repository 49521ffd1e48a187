package import ModelFile

/// Where the weights of an LSTM and of the layer behind it lie in a file of another program.
package struct WeightNames: Equatable, Sendable {
    package enum Layout: String, CaseIterable, Sendable {
        /// `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` of an LSTM, the same without
        /// `_l0` of an LSTMCell; `weight` and `bias` of a Linear. A row for each gate and unit.
        case pytorch
        /// `kernel`, `recurrent_kernel`, `bias`; `kernel` and `bias` of a Dense. A column for each
        /// gate and unit.
        case keras
    }

    /// PyTorch: weights of inputs and hidden values, both biases. Keras: the two weights, the bias.
    package let lstm: [String]
    package let outputWeight: String
    /// `nil` for a layer without bias.
    package let outputBias: String?
    /// Tensors that are no part of the law.
    package let unused: [String]

    /// Names that a message lists at most, and their length.
    private static let listLimit = 12
    private static let nameLimit = 60

    /// Finds the layers by their names.
    ///
    /// - Parameters:
    ///   - lstm, output: names of the layers, where the file has several.
    package init(
        in file: TensorFile, layout: Layout, lstm: String? = nil, output: String? = nil
    ) throws(ModelFault) {
        // Keras appends the number of an output to the name of a variable.
        let pairs = file.names.map { name in
            (name.hasSuffix(":0") ? String(name.dropLast(2)) : name, name)
        }
        let stored = Dictionary(pairs) { first, _ in first }
        let parts = Self.parts(layout, Array(stored.keys))
        let prefix = try Self.layer(
            stored, [parts.anchor], named: lstm, key: "weights.lstm", what: "an LSTM")
        if let other = stored.keys.sorted().first(where: { Self.isSecondLayer($0, prefix) }) {
            throw .illegalValue(
                key: "the LSTM", found: "one with \(Self.short(other))",
                allowed: "one layer in one direction, without projection")
        }
        var found: [String] = []
        for part in parts.lstm { found.append(try Self.tensor(prefix + part, stored)) }
        let rest = stored.filter { !found.contains($0.value) }
        let behind = try Self.layer(
            rest, [parts.outputWeight], named: output, key: "weights.output",
            what: "an output layer")
        self.lstm = found
        outputWeight = try Self.tensor(behind + parts.outputWeight, rest)
        outputBias = rest[behind + "bias"]
        let used = found + [outputWeight] + (outputBias.map { [$0] } ?? [])
        unused = file.names.filter { !used.contains($0) }
    }

    private struct Parts {
        var lstm: [String]
        var outputWeight: String
        /// What tells the LSTM from other layers.
        var anchor: String
    }

    private static func parts(_ layout: Layout, _ names: [String]) -> Parts {
        switch layout {
        case .keras:
            return Parts(
                lstm: ["kernel", "recurrent_kernel", "bias"], outputWeight: "kernel",
                anchor: "recurrent_kernel")
        case .pytorch:
            let end = names.contains { $0.hasSuffix("weight_ih_l0") } ? "_l0" : ""
            let lstm = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map { $0 + end }
            return Parts(lstm: lstm, outputWeight: "weight", anchor: lstm[0])
        }
    }

    /// The prefix of the one layer that has all of these parts, or of the one that the user names.
    private static func layer(
        _ stored: [String: String], _ parts: [String], named wanted: String?, key: String,
        what: String
    ) throws(ModelFault) -> String {
        let prefixes = Set(
            stored.keys.compactMap { name -> String? in
                guard let part = parts.first(where: { name.hasSuffix($0) }) else { return nil }
                let prefix = String(name.dropLast(part.count))
                return prefix.isEmpty || prefix.hasSuffix(".") || prefix.hasSuffix("/")
                    ? prefix : nil
            }
        ).sorted()
        if let wanted {
            if let found = prefixes.first(where: { $0 == wanted || $0.dropLast() == wanted }) {
                return found
            }
            throw .illegalValue(key: key, found: wanted, allowed: listed(prefixes, "no such layer"))
        }
        guard let first = prefixes.first else {
            throw .missing(
                "\(what) with a tensor \(parts[0]) (the file has \(listed(stored.values)))")
        }
        guard prefixes.count == 1 else {
            throw .illegalValue(
                key: key, found: "not named, and the file has several",
                allowed: listed(prefixes, ""))
        }
        return first
    }

    private static func tensor(
        _ name: String, _ stored: [String: String]
    ) throws(ModelFault) -> String {
        guard let found = stored[name] else {
            throw .missing("tensor \(short(name)) (the file has \(listed(stored.values)))")
        }
        return found
    }

    private static func isSecondLayer(_ name: String, _ prefix: String) -> Bool {
        guard name.hasPrefix(prefix) else { return false }
        let part = name.dropFirst(prefix.count)
        return part.hasPrefix("weight_hr") || part.hasSuffix("_reverse")
            || part.hasPrefix("weight_ih_l") && part != "weight_ih_l0"
    }

    private static func listed(_ names: some Sequence<String>, _ none: String = "none") -> String {
        let all = names.sorted()
        guard !all.isEmpty else { return none }
        let shown = all.prefix(listLimit).map(short)
        let more = all.count > shown.count ? ["and \(all.count - shown.count) more"] : []
        return (shown + more).joined(separator: ", ")
    }

    private static func short(_ name: String) -> String {
        name.count > nameLimit ? name.prefix(nameLimit) + "..." : name
    }
}
