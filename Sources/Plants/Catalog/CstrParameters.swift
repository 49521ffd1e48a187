/// What `cstr` can be given; the reaction itself is fixed.
enum CstrParameters {
    static let flow = PlantParameter(
        "flow_m3_per_min", "through the reactor", unit: "m^3/min", default: 100, in: 1...1000)
    static let feedTemperature = PlantParameter(
        "feed_k", "temperature of the feed", unit: "K", default: 350, in: 250...450)
    static let feedConcentration = PlantParameter(
        "feed_mol_per_m3", "concentration of the feed", unit: "mol/m^3", default: 1, in: 0...2)
    static let transfer = PlantParameter(
        "transfer_j_per_min_k", "heat transfer to the jacket", unit: "J/(min K)", default: 5e4,
        in: 1e3...1e6)
    static let temperature = PlantParameter(
        "temperature_k", "temperature at the start", unit: "K", default: 324.475443431599,
        in: 250...500)
    static let deadTime = PlantParameter.deadTime(default: 0)

    static let all = [
        flow, feedTemperature, feedConcentration, transfer, temperature, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> CstrPlant<Scalar> {
        CstrPlant(
            flow: Scalar(values[flow]), feedKelvin: Scalar(values[feedTemperature]),
            feedConcentration: Scalar(values[feedConcentration]),
            heatTransfer: Scalar(values[transfer]), initialKelvin: Scalar(values[temperature]),
            deadTimeSeconds: values[deadTime])
    }
}
