/// What the tables around a table say: the units and names against which its keys are judged.
struct ReadingContext {
    let index: NameIndex
    /// The driver of the device that the table refers to.
    var driver: String?
    /// Nil where the sensor is unknown: then a quantity may have any unit.
    var sensorUnit: Unit?
    var actuatorUnit: Unit?

    init(index: NameIndex) {
        self.index = index
    }

    /// The units that a quantity may have; empty when that is unknown.
    func units(_ relation: UnitRelation) -> [Unit] {
        let unit: Unit? =
            switch relation {
            case .sensor: sensorUnit
            case .sensorPerSecond: sensorUnit?.perSecond
            case .actuator: actuatorUnit
            case .actuatorPerSecond: actuatorUnit?.perSecond
            case .actuatorPerSensor:
                if let actuatorUnit, let sensorUnit { actuatorUnit.per(sensorUnit) } else { nil }
            case .sensorPerActuator:
                if let actuatorUnit, let sensorUnit { sensorUnit.per(actuatorUnit) } else { nil }
            case .anySensor: nil
            }
        if relation == .anySensor { return index.allSensorUnits }
        return unit.map { [$0] } ?? []
    }
}
