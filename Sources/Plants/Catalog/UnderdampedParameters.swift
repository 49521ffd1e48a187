/// What `underdamped` can be given: `gain e^(-L s) / (T^2 s^2 + 2 d T s + 1)`.
enum UnderdampedParameters {
    static let gain = PlantParameter.gain(default: 1)
    static let time = PlantParameter.time("time_s", "one over the natural frequency", default: 1)
    static let damping = PlantParameter(
        "damping", "damping ratio", default: 0.3, in: 0.01...2)
    static let deadTime = PlantParameter.deadTime(default: 0.2)

    static let all = [
        gain, time, damping, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) throws(PlantFault) -> LinearPlant<Scalar> {
        try LinearPlant(
            gain: Scalar(values[gain]), lags: [],
            pair: (naturalSeconds: Scalar(values[time]), damping: Scalar(values[damping])),
            deadTimeSeconds: values[deadTime])
    }
}
