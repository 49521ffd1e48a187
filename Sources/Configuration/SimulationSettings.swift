/// The simulated plant and its scenario.
package struct SimulationSettings: Equatable, Sendable {
    package var plant: Located<String>
    /// Simulated seconds in a real second, for the daemon.
    package var speed: Double
    package var seed: UInt32
    /// Step of every actuator's level in its own unit, 0 for none.
    package var commandQuantum: Double
    package var commandDelaySeconds: Double
    package var durationSeconds: Double
    /// In the order of their names; the plant checks them.
    package var parameters: [PlantParameter]
    /// In the order of the file, which need not be that of time.
    package var events: [SimulationEvent]
}
