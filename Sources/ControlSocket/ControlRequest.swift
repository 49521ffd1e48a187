/// What a client asks of the daemon: one JSON object on one line.
///
/// Values are in the units of the loop's sensor and actuator, as its status says them.
package struct ControlRequest: Codable, Equatable, Sendable {
    package enum Verb: String, Codable, CaseIterable, Sendable {
        case status, set, mode, experiment, progress, abort, inject, reload
    }

    package var request: Verb
    /// The name of the loop; every request but `status` and `reload` needs it.
    package var loop: String?
    /// `set`: the setpoint; without one the configured setpoints are in force again.
    package var setpoint: Double?
    /// `set`: the unit of the setpoint, checked when it is there.
    package var unit: String?
    /// `mode`: `auto`, `pid`, `learned`, `shadow`, `manual` or `safe`.
    package var mode: String?
    /// `mode`: the command of `manual`.
    package var output: Double?
    /// `experiment`: what is to be done.
    package var experiment: ExperimentRequest?
    /// `progress`, `abort`: the number that `experiment` was answered with.
    package var number: UInt32?
    /// `progress`: only samples of later ticks are wanted.
    package var after: UInt64?
    /// `inject`: `sensor-missing`, `sensor-stuck`, `sensor-offset`, `actuator-failing` or `none`.
    package var fault: String?
    /// `inject`: what `sensor-offset` adds.
    package var offset: Double?
    /// `inject`: after how long the fault is over.
    package var seconds: Double?

    package init(_ request: Verb, loop: String? = nil) {
        self.request = request
        self.loop = loop
    }

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case request, loop, setpoint, unit, mode, output, experiment, number, after, fault, offset
        case seconds = "duration_s"
    }

    /// Refuses keys that nobody would read.
    package init(from decoder: any Decoder) throws {
        try AnyKey.check(decoder, CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        request = try container.decode(Verb.self, forKey: .request)
        loop = try container.decodeIfPresent(String.self, forKey: .loop)
        setpoint = try container.decodeIfPresent(Double.self, forKey: .setpoint)
        unit = try container.decodeIfPresent(String.self, forKey: .unit)
        mode = try container.decodeIfPresent(String.self, forKey: .mode)
        output = try container.decodeIfPresent(Double.self, forKey: .output)
        experiment = try container.decodeIfPresent(ExperimentRequest.self, forKey: .experiment)
        number = try container.decodeIfPresent(UInt32.self, forKey: .number)
        after = try container.decodeIfPresent(UInt64.self, forKey: .after)
        fault = try container.decodeIfPresent(String.self, forKey: .fault)
        offset = try container.decodeIfPresent(Double.self, forKey: .offset)
        seconds = try container.decodeIfPresent(Double.self, forKey: .seconds)
    }
}
