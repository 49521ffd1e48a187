/// What `quadruple-tank` can be given; the defaults are the minimum-phase setting.
enum QuadrupleTankParameters {
    static let pump1 = PlantParameter(
        "pump_1", "flow of pump 1 a volt", unit: "cm^3/(s V)", default: 3.33, in: 0.1...100)
    static let pump2 = PlantParameter(
        "pump_2", "flow of pump 2 a volt", unit: "cm^3/(s V)", default: 3.35, in: 0.1...100)
    static let valve1 = PlantParameter(
        "valve_1", "part of pump 1 that goes to tank 1", default: 0.7, in: 0...1)
    static let valve2 = PlantParameter(
        "valve_2", "part of pump 2 that goes to tank 2", default: 0.6, in: 0...1)
    static let volts = PlantParameter(
        "volts", "both pumps at the start", unit: "V", default: 3, in: 0...10)
    static let deadTime = PlantParameter.deadTime(default: 0)

    static let all = [
        pump1, pump2, valve1, valve2, volts, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> QuadrupleTankPlant<Scalar> {
        QuadrupleTankPlant(
            pump1: Scalar(values[pump1]), pump2: Scalar(values[pump2]),
            valve1: Scalar(values[valve1]), valve2: Scalar(values[valve2]),
            initialVolts: Scalar(values[volts]), deadTimeSeconds: values[deadTime])
    }
}
