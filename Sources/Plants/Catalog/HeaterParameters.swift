/// What `heater` can be given; the defaults are those of the APMonitor energy balance.
enum HeaterParameters {
    static let ambient = PlantParameter(
        "ambient_c", "temperature around it", unit: "C", default: 23, in: -50...60)
    static let power = PlantParameter(
        "power_w_per_pct", "power of the heater", unit: "W/%", default: 0.01, in: 1e-4...1000)
    static let capacity = PlantParameter(
        "capacity_j_per_k", "mass times specific heat", unit: "J/K", default: 2, in: 1e-3...1e6)
    static let convection = PlantParameter(
        "convection_w_per_m2k", "heat transfer coefficient", unit: "W/(m^2 K)", default: 10,
        in: 0.1...10_000)
    static let area = PlantParameter(
        "area_m2", "surface", unit: "m^2", default: 12e-4, in: 1e-6...100)
    static let emissivity = PlantParameter(
        "emissivity", "of the surface", default: 0.9, in: 0...1)
    static let sensor = PlantParameter.time("sensor_s", "lag of the sensor", default: 20)
    static let deadTime = PlantParameter.deadTime(default: 15)

    static let all = [
        ambient, power, capacity, convection, area, emissivity, sensor, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> HeaterPlant<Scalar> {
        HeaterPlant(
            ambient: Scalar(values[ambient]), wattsPerPercent: Scalar(values[power]),
            heatCapacity: Scalar(values[capacity]), convection: Scalar(values[convection]),
            area: Scalar(values[area]), emissivity: Scalar(values[emissivity]),
            sensorSeconds: Scalar(values[sensor]), deadTimeSeconds: values[deadTime])
    }
}
