/// What `fopdt` can be given: `gain e^(-L s) / (T s + 1)`.
enum FopdtParameters {
    static let gain = PlantParameter.gain(default: 1)
    static let time = PlantParameter.time("time_s", "time constant", default: 0.7)
    static let deadTime = PlantParameter.deadTime(default: 0.3)

    static let all = [
        gain, time, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) throws(PlantFault) -> LinearPlant<Scalar> {
        try LinearPlant(
            gain: Scalar(values[gain]), lags: [Scalar(values[time])],
            deadTimeSeconds: values[deadTime])
    }
}
