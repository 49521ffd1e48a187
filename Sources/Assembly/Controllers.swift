package import Configuration
import Control
import FixedPoint
package import ModelFile

/// The loops of a configuration, ready to run, each in its own memory.
package struct Controllers {
    package let instances: [ControllerInstance]
    /// The model of each loop; `nil` where only the PID runs.
    package let models: [Model?]

    /// Builds every loop and loads every model that the configuration names.
    package init(_ settings: Settings) throws(AssemblyError) {
        var models: [Model?] = []
        for index in settings.loops.indices {
            models.append(try Self.model(settings, loop: index))
        }
        try self.init(settings, models: models)
    }

    /// Builds every loop around models that are at hand: those of a record.
    package init(_ settings: Settings, models: [Model?]) throws(AssemblyError) {
        var instances: [ControllerInstance] = []
        for (index, model) in models.enumerated() {
            do {
                let parameters = try LoopParameters(settings, loop: index)
                instances.append(
                    try ControllerInstance(parameters: parameters, model: model))
            } catch let error as ConfigurationError {
                throw .configuration(error)
            } catch let error as ModelFault {
                throw .model(path: settings.path, error)
            } catch {
                preconditionFailure("no other error is thrown above: \(error)")
            }
        }
        self.instances = instances
        self.models = models
    }

    /// The model that a loop names, or the one written down from its gains.
    private static func model(
        _ settings: Settings, loop index: Int
    ) throws(AssemblyError) -> Model? {
        guard let learned = settings.loops[index].learned else { return nil }
        if learned.isFromPID {
            do {
                return try Model(
                    pid: try PIDParameters(settings, loop: index),
                    periodSeconds: Double(settings.periodMilliseconds) / 1_000)
            } catch let error as ConfigurationError {
                throw .configuration(error)
            } catch {
                throw .configuration(
                    settings.error(
                        at: settings.loops[index].pid.kpPosition, key: "loop.pid.kp",
                        found: "\(error)"))
            }
        }
        let path = settings.resolve(learned.model.value)
        let model: Model
        do throws(ModelFault) {
            model = try ModelReader.read(path: path)
        } catch {
            throw .model(path: path, error)
        }
        try checkPeriod(of: model, settings, learned)
        return model
    }

    /// A law made for another sample time is another law.
    private static func checkPeriod(
        of model: Model, _ settings: Settings, _ learned: LearnedSettings
    ) throws(AssemblyError) {
        let period = Double(settings.periodMilliseconds) / 1_000
        guard (model.description.periodSeconds / period - 1).magnitude > 0.001 else { return }
        throw .configuration(
            settings.error(
                at: learned.model.position, key: "loop.learned.model",
                found: "a model made for a period of \(model.description.periodSeconds) s",
                allowed: "a model for period_ms = \(settings.periodMilliseconds)"))
    }
}

/// Why a configuration that is well-formed cannot run.
package enum AssemblyError: Error, CustomStringConvertible {
    case configuration(ConfigurationError)
    case model(path: String, ModelFault)

    package var description: String {
        switch self {
        case .configuration(let error): error.description
        case .model(let path, let fault): "\(path): \(fault.description)"
        }
    }
}
