/// What `tank` can be given; lengths in cm.
enum TankParameters {
    static let area = PlantParameter(
        "area_cm2", "cross section", unit: "cm^2", default: 200, in: 1...1e6)
    static let flow = PlantParameter(
        "flow_cm3_per_s", "inflow at 100 %", unit: "cm^3/s", default: 500, in: 0.1...1e6)
    static let hole = PlantParameter(
        "hole_cm2", "area of the outlet", unit: "cm^2", default: 0.79, in: 1e-3...1000)
    static let valve = PlantParameter.time("valve_s", "lag of the valve", default: 3)
    static let level = PlantParameter(
        "level_cm", "level at the start", unit: "cm", default: 20, in: 0...1000)
    static let deadTime = PlantParameter.deadTime(default: 3)

    static let all = [
        area, flow, hole, valve, level, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> TankPlant<Scalar> {
        TankPlant(
            area: Scalar(values[area]), fullFlow: Scalar(values[flow]),
            hole: Scalar(values[hole]), valveSeconds: Scalar(values[valve]),
            initialLevel: Scalar(values[level]), deadTimeSeconds: values[deadTime])
    }
}
