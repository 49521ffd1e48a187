/// What the rules of response of a loop can be worked out from, as far as the file says it.
struct KnownPlant {
    /// Nil without a table [loop.process].
    let process: ProcessSettings?
    let range: (low: Double, high: Double)
    let setpoints: [Double]

    /// - Parameter actuator: its reading; nil for a loop that commands another one.
    init?(
        _ extras: SettingsReader.LoopExtras, actuator: SectionReading?, setpoints: [Double]
    ) {
        if let range = try? actuator?.range("range") {
            self.range = range
        } else if let cascade = extras.cascade {
            range = (cascade.low, cascade.high)
        } else {
            return nil
        }
        process = extras.process
        self.setpoints = setpoints
    }

    func rule(_ kind: ResponseRule.Kind) -> ResponseRule {
        ResponseRule(kind: kind, process: process, range: range, setpoints: setpoints)
    }
}
