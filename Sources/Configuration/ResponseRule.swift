/// What the rules of response expect of a process that is known: the figures that the configuration
/// leaves out.
///
/// With `u` the command, `uh` the one that holds the setpoint that needs most of it, `u1` full command,
/// `T` and `D` lag and dead time of the process with one lag:
///
///     [loop.unresponsive]    command = uh + (u1 - uh) / 2
///     [loop.uncommanded]     command = 2 % of the range above its lower end
///     both                   time_s = D + T
///                            change = a quarter of the rise expected in that time
///
/// Expected is `K (u - uh) (1 - exp(-(time_s - D) / T))`, with `u` the `command` of the rule for a plant
/// that must respond, and `u1` for an output that sticks. Just below that setpoint nothing rises more
/// slowly; a lower one only makes it faster.
struct ResponseRule {
    enum Kind { case unresponsive, uncommanded }

    let kind: Kind
    /// Nil when nothing is known: then all must be stated.
    let process: ProcessSettings?
    /// Of the output.
    let range: (low: Double, high: Double)
    /// All that the configuration asks for.
    let setpoints: [Double]

    /// Share of the expected rise that must come, or may not.
    static let share = 0.25
    /// Share of the range that an output which is off may have.
    static let offShare = 0.02
    /// Share of the range that must be left above the holding command.
    static let leastRoom = 0.1

    /// What cannot be worked out, and why.
    struct Refusal: Error {
        let found: String
        let allowed: String
    }

    /// What the rule is with what the configuration states itself, and the rest worked out.
    func settings(
        command: Double?, seconds: Double?, change: Double?
    ) throws(Refusal) -> ResponseSettings {
        if let command, let seconds, let change {
            return ResponseSettings(command: command, seconds: seconds, change: change)
        }
        let missing = [
            command == nil ? "command" : nil, seconds == nil ? "time_s" : nil,
            change == nil ? "change" : nil,
        ].compactMap { $0 }
        guard let process else {
            throw Refusal(
                found: "missing: " + missing.joined(separator: ", "),
                allowed: "needed are all three, or a table [loop.process] from which they follow, "
                    + "as `flyball tune` prints it")
        }
        var result = try settings(process, command, seconds, change)
        result.workedOut = missing
        return result
    }

    private func settings(
        _ process: ProcessSettings, _ command: Double?, _ seconds: Double?, _ change: Double?
    ) throws(Refusal) -> ResponseSettings {
        let span = range.high - range.low
        if command == nil, kind == .uncommanded, range.low < 0 {
            throw Refusal(
                found: "found an output from \(Wording.number(range.low))",
                allowed: "with one of two directions \"command\" must be stated")
        }
        let holding = max(range.low, setpoints.map { process.command(holding: $0) }.max() ?? 0)
        let room = range.high - holding
        guard change != nil && command != nil || room >= Self.leastRoom * span else {
            throw Refusal(
                found: "found a process that needs \(Wording.number(rounded(holding))) to hold "
                    + "its setpoint",
                allowed: "where a tenth of the range is not left, \"command\" and \"change\" must "
                    + "be stated")
        }
        let model = process.reduced
        let stated =
            command
            ?? (kind == .unresponsive ? holding + room / 2 : range.low + Self.offShare * span)
        let time = seconds ?? model.deadTimeSeconds + model.lagSeconds
        let acting = kind == .unresponsive ? stated : range.high
        let expected = process.move(acting - holding, withinSeconds: time)
        let moved = change ?? expected * Self.share
        guard moved > 0 else {
            throw Refusal(
                found: "found a process that is not expected to rise within "
                    + "\(Wording.number(rounded(time))) s at \(Wording.number(rounded(acting)))",
                allowed: "a longer \"time_s\", or a \"change\" of your own")
        }
        return ResponseSettings(
            command: rounded(stated), seconds: rounded(time), change: rounded(moved))
    }

    /// Three digits behind the point: what is printed is what holds. Never 0.
    private func rounded(_ value: Double) -> Double {
        let result = (value * 1_000).rounded() / 1_000
        return value > 0 ? max(result, 0.001) : result
    }
}
