package import Configuration
import FoundationEssentials
package import ModelFile

/// The process that `flyball tune` found, as its state file holds it: in the units of sensor and
/// actuator.
package struct TunedProcess: Codable, Sendable {
    package let gain: Double
    package let lagsSeconds: [Double]
    package let deadTimeSeconds: Double
    package let isIntegrating: Bool
    /// The output of a self-regulating process without a command.
    package let outputAtRest: Double

    enum CodingKeys: String, CodingKey {
        case gain
        case lagsSeconds = "lags_s"
        case deadTimeSeconds = "dead_time_s"
        case isIntegrating = "integrating"
        case outputAtRest = "output_at_rest"
    }

    package init(
        gain: Double, lagsSeconds: [Double], deadTimeSeconds: Double, isIntegrating: Bool,
        outputAtRest: Double
    ) {
        self.gain = gain
        self.lagsSeconds = lagsSeconds
        self.deadTimeSeconds = deadTimeSeconds
        self.isIntegrating = isIntegrating
        self.outputAtRest = outputAtRest
    }

    /// A state file larger than this is none.
    private static let byteLimit = 1 << 20

    /// The process in a state file.
    ///
    /// - Throws: `AssemblyError.state`, which names the file.
    package init(stateFile path: String) throws(AssemblyError) {
        struct State: Decodable { let process: TunedProcess }
        let bytes: Data
        do throws(ModelFault) {
            bytes = try RegularFile.read(path: path, limit: Self.byteLimit)
        } catch {
            throw .state(path: path, isMissing: true, "cannot be read: run `flyball tune` first")
        }
        do {
            self = try JSONDecoder().decode(State.self, from: bytes).process
        } catch {
            throw .state(path: path, isMissing: false, "is no state file of `flyball tune`")
        }
    }

    /// The same in parts of the ranges of a loop's sensor and actuator.
    package func normalised(
        _ settings: Settings, loop index: Int
    ) throws(ModelFault) -> IdentifiedProcess {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        return try IdentifiedProcess(
            gain: gain * (actuator.high - actuator.low) / (sensor.high - sensor.low),
            lags: lagsSeconds, deadTime: deadTimeSeconds, isIntegrating: isIntegrating)
    }
}
