/// What `tclab` can be given; the defaults are those of the `tclab` package.
enum TclabParameters {
    static let ambient = PlantParameter(
        "ambient_c", "temperature around it", unit: "C", default: 21, in: -50...60)
    static let power1 = PlantParameter(
        "power_1", "power of heater 1, of 255; up to 510 for a stronger heater", default: 200,
        in: 1...510)
    static let power2 = PlantParameter(
        "power_2", "power of heater 2, of 255", default: 100, in: 1...255)
    static let loss = PlantParameter.time("loss_s", "time in which a heater cools", default: 20)
    static let coupling = PlantParameter.time(
        "coupling_s", "time in which the heaters share heat", default: 100)
    static let sensor = PlantParameter.time("sensor_s", "lag of a sensor", default: 140)
    static let deadTime = PlantParameter.deadTime(default: 0)

    static let all = [
        ambient, power1, power2, loss, coupling, sensor, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> TclabPlant<Scalar> {
        TclabPlant(
            ambient: Scalar(values[ambient]), power1: Scalar(values[power1]),
            power2: Scalar(values[power2]), lossSeconds: Scalar(values[loss]),
            couplingSeconds: Scalar(values[coupling]), sensorSeconds: Scalar(values[sensor]),
            deadTimeSeconds: values[deadTime])
    }
}
