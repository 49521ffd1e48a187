package import Configuration
import Control
import FixedPoint
package import ModelFile

/// The loops of a configuration, ready to run, each in its own memory.
package struct Controllers {
    package let instances: [ControllerInstance]
    /// The model of each loop; `nil` where only the PID runs.
    package let models: [Model?]
    /// What was let pass because the configuration says so: to be said at every start.
    package let warnings: [String]

    /// Builds every loop and loads every model that the configuration names.
    package init(_ settings: Settings) throws(AssemblyError) {
        var models: [Model?] = []
        var warnings: [String] = []
        for index in settings.loops.indices {
            let model = try Self.model(settings, loop: index)
            if let model {
                warnings += try CertificateCheck(settings, loop: index).warnings(model)
            }
            models.append(model)
        }
        try self.init(settings, models: models, warnings: warnings)
    }

    /// Builds every loop around models that are at hand: those of a record.
    ///
    /// - Precondition: one model, or `nil`, for each loop.
    package init(
        _ settings: Settings, models: [Model?], warnings: [String] = []
    ) throws(AssemblyError) {
        precondition(models.count == settings.loops.count)
        var instances: [ControllerInstance] = []
        for (index, model) in models.enumerated() {
            instances.append(try Self.instance(settings, loop: index, model))
        }
        self.instances = instances
        self.models = models
        self.warnings = warnings
    }

    /// Whether a loop with a model is another one than with the model that runs.
    package static func isOther(_ model: Model?, than running: Model?) -> Bool {
        model != running
    }

    private static func instance(
        _ settings: Settings, loop index: Int, _ model: Model?
    ) throws(AssemblyError) -> ControllerInstance {
        let parameters: LoopParameters
        do throws(ConfigurationError) {
            parameters = try LoopParameters(settings, loop: index)
        } catch {
            throw .configuration(error)
        }
        do throws(ModelFault) {
            return try ControllerInstance(parameters: parameters, model: model)
        } catch {
            let learned = settings.loops[index].learned
            let isFile = learned.map { !$0.isFromPID } ?? false
            throw .model(
                path: isFile ? settings.resolve(learned?.model.value ?? "") : settings.path, error)
        }
    }

    /// The model that a loop names, or the one written down from its gains.
    private static func model(
        _ settings: Settings, loop index: Int
    ) throws(AssemblyError) -> Model? {
        guard let learned = settings.loops[index].learned else { return nil }
        if learned.isFromPID {
            return try constructed(settings, loop: index)
        }
        let path = settings.resolve(learned.model.value)
        let model: Model
        do throws(ModelFault) {
            model = try ModelReader.read(path: path)
        } catch {
            throw .model(path: path, error)
        }
        guard model.isConditional else {
            try checkPeriod(of: model, settings, loop: index, learned)
            return model
        }
        return try conditioned(model, settings, loop: index, learned, path: path)
    }

    /// The law for the process that was tuned, from a model for processes of all kinds.
    private static func conditioned(
        _ model: Model, _ settings: Settings, loop index: Int, _ learned: LearnedSettings,
        path: String
    ) throws(AssemblyError) -> Model {
        guard let process = learned.process else {
            throw .configuration(
                settings.error(
                    at: learned.model.position, key: "loop.learned.process", found: "nothing",
                    allowed: "the state file of `flyball tune`: this model must be told its process"
                ))
        }
        let tuned = try TunedProcess(stateFile: settings.resolve(process.value))
        do throws(ModelFault) {
            return try model.conditioned(
                on: tuned.normalised(settings, loop: index),
                periodSeconds: Double(settings.loops[index].periodMilliseconds) / 1_000)
        } catch {
            throw .model(path: path, error)
        }
    }

    private static func constructed(
        _ settings: Settings, loop index: Int
    ) throws(AssemblyError) -> Model {
        let pid = settings.loops[index].pid
        guard pid.filterSeconds == 0 else {
            throw .configuration(
                settings.error(
                    at: pid.filterPosition, key: "loop.pid.filter_s",
                    found: "\(pid.filterSeconds) with the model \"from-pid\"",
                    allowed: "0: that network has no filter on the measurement"))
        }
        let gains: PIDParameters
        do throws(ConfigurationError) {
            gains = try PIDParameters(settings, loop: index)
        } catch {
            throw .configuration(error)
        }
        do throws(ModelFault) {
            return try Model(
                pid: gains, periodSeconds: Double(settings.loops[index].periodMilliseconds) / 1_000)
        } catch {
            throw .configuration(
                settings.error(
                    at: pid.kpPosition, key: "loop.pid.kp",
                    found: "\(error)"))
        }
    }

    /// A law made for another sample time is another law.
    private static func checkPeriod(
        of model: Model, _ settings: Settings, loop index: Int, _ learned: LearnedSettings
    ) throws(AssemblyError) {
        let milliseconds = settings.loops[index].periodMilliseconds
        let period = Double(milliseconds) / 1_000
        guard (model.description.periodSeconds / period - 1).magnitude > 0.001 else { return }
        throw .configuration(
            settings.error(
                at: learned.model.position, key: "loop.learned.model",
                found: "a model made for a period of \(model.description.periodSeconds) s",
                allowed: "a model for period_ms = \(milliseconds)"))
    }
}
