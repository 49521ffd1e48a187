/// What `integrator` can be given: `gain e^(-L s) / (s (T s + 1))`.
enum IntegratorParameters {
    static let gain = PlantParameter(
        "gain", "rate of the output at full input", unit: "1/s", default: 0.25, in: 1e-4...1000)
    static let time = PlantParameter.time("time_s", "time constant of the lag", default: 1)
    static let deadTime = PlantParameter.deadTime(default: 0.3)

    static let all = [
        gain, time, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) throws(PlantFault) -> LinearPlant<Scalar> {
        try LinearPlant(
            gain: Scalar(values[gain]), lags: [Scalar(values[time])],
            isIntegrating: true, deadTimeSeconds: values[deadTime])
    }
}
