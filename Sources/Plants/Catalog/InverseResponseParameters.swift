/// What `inverse-response` can be given: `gain e^(-L s) (1 - a s) / (T s + 1)^n`.
enum InverseResponseParameters {
    static let gain = PlantParameter.gain(default: 1)
    static let time = PlantParameter.time("time_s", "time constant of each lag", default: 1)
    static let order = PlantParameter(
        "order", "number of equal lags", default: 3, in: 2...16, isWhole: true)
    static let zero = PlantParameter.time(
        "zero_s", "time of the zero in the right half plane, a", default: 0.5)
    static let deadTime = PlantParameter.deadTime(default: 0)

    static let all = [
        gain, time, order, zero, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) throws(PlantFault) -> LinearPlant<Scalar> {
        try LinearPlant(
            gain: Scalar(values[gain]),
            lags: [Scalar](
                repeating: Scalar(values[time]), count: Int(values[order])),
            zero: Scalar(-values[zero]), deadTimeSeconds: values[deadTime])
    }
}
