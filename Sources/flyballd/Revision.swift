import Assembly
import Configuration
import Control
import ModelFile

/// A checked configuration with all that the running loops take over from it.
///
/// A class, since it goes to the control thread as a pointer. Unchecked: whoever made it hands it
/// over and touches it again when the control thread has said that it is done with it. It then holds
/// what ran before, and frees it there.
final class Revision: @unchecked Sendable {
    /// What one loop takes over. A class, so that what is in it can be exchanged in place.
    final class Loop {
        let instance: ControllerInstance
        /// Whether the learned law is another one, not only in the same place.
        let replacesLaw: Bool
        let requested: SupervisorState
        var plan: SetpointPlan

        init(
            instance: ControllerInstance, replacesLaw: Bool, requested: SupervisorState,
            plan: SetpointPlan
        ) {
            self.instance = instance
            self.replacesLaw = replacesLaw
            self.requested = requested
            self.plan = plan
        }
    }

    /// Counted up by each reload; the start is 0.
    let number: UInt32
    let settings: Settings
    let models: [Model?]
    let loops: [Loop]
    let links: CascadeLinks

    /// - Parameter withEvents: whether the setpoint events of a simulation belong to the plans.
    init(
        _ settings: Settings, _ controllers: Controllers, replacing running: [Model?],
        number: UInt32, withEvents: Bool
    ) {
        self.number = number
        self.settings = settings
        models = controllers.models
        links = CascadeLinks(settings)
        loops = settings.loops.enumerated().map { index, loop in
            Loop(
                instance: controllers.instances[index],
                replacesLaw: Controllers.isOther(controllers.models[index], than: running[index]),
                requested: loop.law == .learned ? .learned : .fallback,
                plan: SetpointPlan(settings, loop: index, withEvents: withEvents))
        }
    }
}
