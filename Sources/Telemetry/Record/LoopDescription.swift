/// What a reader of a record must know of one loop: its name and the units of its values.
package struct LoopDescription: Equatable, Sendable {
    /// Name in the configuration; the topic is `/loop/` and this.
    package var name: String
    /// Unit of reading, target, estimate and setpoint.
    package var sensorUnit: String
    /// Unit of output.
    package var outputUnit: String
    /// SHA-256 of the model file in hexadecimal; empty when the loop runs without one.
    package var modelHash: String

    package init(name: String, sensorUnit: String, outputUnit: String, modelHash: String = "") {
        self.name = name
        self.sensorUnit = sensorUnit
        self.outputUnit = outputUnit
        self.modelHash = modelHash
    }
}
