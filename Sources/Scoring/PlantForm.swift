import Configuration
import Episodes
import Tuning

/// The three ways in which a file writes a linear process, in the units of the file.
enum PlantForm {
    /// `gain (1 + z s) ... / ((1 + T1 s) ...)`, an oscillating pair and `1/s`, each optional.
    case chain(Chain)
    /// Coefficients with the highest power of s first, as MATLAB and SciPy write them.
    case polynomials(numerator: [Double], denominator: [Double], deadTime: Double)
    case states(StateSpace, deadTime: Double)

    struct Chain {
        var gain: Double
        var lags: [Double]
        var zeros: [Double]
        var pair: ChainModel.Pair?
        var isIntegrating: Bool
        var deadTime: Double
    }

    static let chainKeys = [
        "gain", "lags_s", "zeros_s", "pair_time_s", "pair_damping", "integrating",
    ]
    static let polynomialKeys = ["numerator", "denominator"]
    static let stateKeys = ["a", "b", "c", "d"]
    static let keys = chainKeys + polynomialKeys + stateKeys + ["dead_time_s"]

    private static let times = 1e-6...1e7
    private static let coefficients = -1e15...1e15
    private static let orderLimit = 16

    init(_ reader: TableReader) throws(ConfigurationError) {
        let dead = try reader.number("dead_time_s", 0...1e7, default: 0)
        if reader.table["a"] != nil {
            try reader.refuse(Self.chainKeys + Self.polynomialKeys, beside: "a")
            self = .states(try Self.states(reader), deadTime: dead)
        } else if reader.table["denominator"] != nil {
            try reader.refuse(Self.chainKeys + Self.stateKeys, beside: "denominator")
            let count = 1...(Self.orderLimit + 1)
            guard
                let top = try reader.numbers("numerator", Self.coefficients, count: count)
            else { throw reader.fault("numerator", "missing", "coefficients, highest power first") }
            let bottom = try reader.numbers("denominator", Self.coefficients, count: count) ?? []
            self = .polynomials(numerator: top, denominator: bottom, deadTime: dead)
        } else if reader.table["gain"] != nil {
            try reader.refuse(Self.stateKeys + ["numerator"], beside: "gain")
            self = .chain(try Self.chain(reader, deadTime: dead))
        } else {
            throw reader.fault(
                "gain", "missing",
                "gain and lags_s, numerator and denominator, a, b and c, or catalog")
        }
    }

    var isIntegrating: Bool {
        switch self {
        case .chain(let chain): chain.isIntegrating
        case .polynomials(_, let denominator, _): denominator.last == 0
        case .states(let space, _): space.a.solved(space.b) == nil
        }
    }

    private static func chain(
        _ reader: TableReader, deadTime: Double
    ) throws(ConfigurationError) -> Chain {
        var pair: ChainModel.Pair?
        if let time = try reader.number("pair_time_s", times) {
            pair = ChainModel.Pair(
                time: time, damping: try reader.required("pair_damping", 0.05...10))
        } else if reader.table["pair_damping"] != nil {
            throw reader.fault("pair_time_s", "missing", "needed with pair_damping")
        }
        return Chain(
            gain: try reader.required("gain", 1e-9...1e9),
            lags: try reader.numbers("lags_s", times, count: 0...orderLimit) ?? [],
            zeros: try reader.numbers("zeros_s", -1e7...1e7, count: 0...8) ?? [], pair: pair,
            isIntegrating: try reader.flag("integrating") ?? false, deadTime: deadTime)
    }

    private static func states(_ reader: TableReader) throws(ConfigurationError) -> StateSpace {
        guard let rows = try reader.matrix("a", coefficients, rows: 1...orderLimit) else {
            throw reader.fault("a", "missing", "a square matrix")
        }
        let order = rows.count
        guard let b = try reader.numbers("b", coefficients, count: order...order) else {
            throw reader.fault("b", "missing", "a list of \(order) numbers")
        }
        guard let c = try reader.numbers("c", coefficients, count: order...order) else {
            throw reader.fault("c", "missing", "a list of \(order) numbers")
        }
        let d = try reader.number("d", coefficients, default: 0)
        var a = Matrix(rows: order, columns: order)
        for row in 0..<order {
            for column in 0..<order { a[row, column] = rows[row][column] }
        }
        return StateSpace(a: a, b: b, c: c, d: d)
    }

    // MARK: The process

    /// The process with its output divided and its command multiplied: `scale` times the gain.
    func process(
        _ reader: TableReader, scale: Double
    ) throws(ConfigurationError) -> PlantFamily.Process {
        switch self {
        case .chain(let chain):
            return try Self.process(chain, reader, scale: scale)
        case .polynomials(let top, let bottom, let dead):
            return try Self.linear(reader, "denominator") { () throws(TuningFault) in
                try TransferFunction(
                    numerator: top.reversed().map { $0 * scale }, denominator: bottom.reversed(),
                    deadTimeSeconds: dead)
            }
        case .states(let space, let dead):
            let scaled = StateSpace(
                a: space.a, b: space.b, c: space.c.map { $0 * scale }, d: space.d * scale)
            let norm = space.a.rowSumNorm
            return try Self.found(reader, "a") { () throws(TuningFault) in
                try LinearProcess(
                    scaled, deadTime: dead, timeScaleSeconds: norm > 0 ? 1 / norm : 1)
            }
        }
    }

    private static func process(
        _ chain: Chain, _ reader: TableReader, scale: Double
    ) throws(ConfigurationError) -> PlantFamily.Process {
        let poles = chain.lags.count + (chain.pair == nil ? 0 : 2) + (chain.isIntegrating ? 1 : 0)
        guard poles > chain.zeros.count else {
            throw reader.fault(
                "lags_s", "\(poles) poles and \(chain.zeros.count) zeros",
                "more poles than zeros")
        }
        if chain.zeros.count <= 1, chain.zeros.isEmpty || !chain.lags.isEmpty {
            return .chain(
                ChainModel(
                    gain: chain.gain * scale, lags: chain.lags, deadTime: chain.deadTime,
                    zero: chain.zeros.first ?? 0, pair: chain.pair,
                    isIntegrating: chain.isIntegrating))
        }
        return try linear(reader, "zeros_s") { () throws(TuningFault) in
            var factors = try TransferFunction(
                gain: chain.gain * scale, lags: chain.lags,
                pair: chain.pair.map { ($0.time, $0.damping) },
                integrators: chain.isIntegrating ? 1 : 0, deadTimeSeconds: chain.deadTime)
            for zero in chain.zeros {
                let shifted = [0] + factors.numerator.map { $0 * zero }
                let top = shifted.indices.map { index in
                    shifted[index]
                        + (index < factors.numerator.count ? factors.numerator[index] : 0)
                }
                factors = try TransferFunction(
                    numerator: top, denominator: factors.denominator,
                    deadTimeSeconds: factors.deadTimeSeconds)
            }
            return factors
        }
    }

    private static func linear(
        _ reader: TableReader, _ key: String,
        _ make: () throws(TuningFault) -> TransferFunction
    ) throws(ConfigurationError) -> PlantFamily.Process {
        try found(reader, key) { () throws(TuningFault) in
            let function = try make()
            return try LinearProcess(
                StateSpace(function), deadTime: function.deadTimeSeconds,
                timeScaleSeconds: function.timeScaleSeconds - function.deadTimeSeconds)
        }
    }

    private static func found(
        _ reader: TableReader, _ key: String,
        _ make: () throws(TuningFault) -> LinearProcess
    ) throws(ConfigurationError) -> PlantFamily.Process {
        let linear: LinearProcess
        do throws(TuningFault) {
            linear = try make()
        } catch {
            throw reader.fault(key, "\(error)", "a stable or integrating process")
        }
        guard linear.linearised.gain > 0 else {
            throw reader.fault(
                key, "a gain of \(linear.linearised.gain)",
                "a gain above 0: turn the sign of the command")
        }
        guard linear.space.rest(output: 1) != nil else {
            throw reader.fault(key, "a process that rests nowhere", "one that does")
        }
        return .linear(linear)
    }
}
