/// What `motor` can be given; SI units.
enum MotorParameters {
    static let resistance = PlantParameter(
        "resistance_ohm", "of the winding", unit: "Ohm", default: 1, in: 1e-3...1000)
    static let inductance = PlantParameter(
        "inductance_h", "of the winding", unit: "H", default: 0.015, in: 1e-6...10)
    static let torque = PlantParameter(
        "torque_nm_per_a", "torque constant, and back EMF in V s/rad", unit: "Nm/A", default: 0.08,
        in: 1e-5...100)
    static let inertia = PlantParameter(
        "inertia_kgm2", "of the rotor and what it turns", unit: "kg m^2", default: 9.2e-4,
        in: 1e-9...1000)
    static let viscous = PlantParameter(
        "viscous_nms", "friction that grows with the speed", unit: "Nm s/rad", default: 1.28e-3,
        in: 0...100)
    static let coulomb = PlantParameter(
        "coulomb_nm", "friction that does not", unit: "Nm", default: 0.092, in: 0...100)
    static let turning = PlantParameter(
        "turning_rad_per_s", "speed over which the friction turns its sign", unit: "rad/s",
        default: 2, in: 1e-3...1000)
    static let deadTime = PlantParameter.deadTime(default: 0.01)

    static let all = [
        resistance, inductance, torque, inertia, viscous, coulomb, turning, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> MotorPlant<Scalar> {
        MotorPlant(
            resistance: Scalar(values[resistance]), inductance: Scalar(values[inductance]),
            torqueConstant: Scalar(values[torque]), inertia: Scalar(values[inertia]),
            viscous: Scalar(values[viscous]), coulomb: Scalar(values[coulomb]),
            turningSpeed: Scalar(values[turning]), deadTimeSeconds: values[deadTime])
    }
}
