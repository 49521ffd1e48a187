/// What `lag` can be given: `gain e^(-L s) / (T s + 1)^n`.
enum LagParameters {
    static let gain = PlantParameter.gain(default: 1)
    static let time = PlantParameter.time("time_s", "time constant of each lag", default: 1)
    static let order = PlantParameter(
        "order", "number of equal lags", default: 4, in: 1...16, isWhole: true)
    static let deadTime = PlantParameter.deadTime(default: 0)

    static let all = [
        gain, time, order, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) throws(PlantFault) -> LinearPlant<Scalar> {
        try LinearPlant(
            gain: Scalar(values[gain]),
            lags: [Scalar](
                repeating: Scalar(values[time]), count: Int(values[order])),
            deadTimeSeconds: values[deadTime])
    }
}
