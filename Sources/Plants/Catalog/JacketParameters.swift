/// What `jacket` can be given.
enum JacketParameters {
    static let power = PlantParameter(
        "power_w", "heater at 100 %", unit: "W", default: 4000, in: 1...1e6)
    static let jacket = PlantParameter(
        "jacket_j_per_k", "heat capacity of the jacket", unit: "J/K", default: 8400, in: 1...1e7)
    static let vessel = PlantParameter(
        "vessel_j_per_k", "heat capacity of the vessel", unit: "J/K", default: 42_000,
        in: 1...1e8)
    static let exchange = PlantParameter(
        "exchange_w_per_k", "between jacket and vessel", unit: "W/K", default: 200, in: 0.1...1e5)
    static let jacketLoss = PlantParameter(
        "jacket_loss_w_per_k", "from the jacket to the surroundings", unit: "W/K", default: 5,
        in: 0...1e4)
    static let vesselLoss = PlantParameter(
        "vessel_loss_w_per_k", "from the vessel to the surroundings", unit: "W/K", default: 5,
        in: 0...1e4)
    static let feed = PlantParameter(
        "feed_g_per_s", "feed without input 2", unit: "g/s", default: 10, in: 0...1000)
    static let feedTemperature = PlantParameter(
        "feed_c", "temperature of the feed", unit: "C", default: 15, in: -50...200)
    static let feedSeconds = PlantParameter.time("feed_s", "lag of the feed's valve", default: 5)
    static let ambient = PlantParameter(
        "ambient_c", "temperature of the surroundings", unit: "C", default: 20, in: -50...100)
    static let deadTime = PlantParameter.deadTime(default: 2)

    static let all = [
        power, jacket, vessel, exchange, jacketLoss, vesselLoss, feed, feedTemperature,
        feedSeconds, ambient, deadTime,
    ]

    static func plant<Scalar: PlantScalar>(
        _ values: PlantParameterValues
    ) -> JacketPlant<Scalar> {
        JacketPlant(
            power: Scalar(values[power]), jacket: Scalar(values[jacket]),
            vessel: Scalar(values[vessel]), exchange: Scalar(values[exchange]),
            jacketLoss: Scalar(values[jacketLoss]), vesselLoss: Scalar(values[vesselLoss]),
            feed: Scalar(values[feed]), feedTemperature: Scalar(values[feedTemperature]),
            feedSeconds: Scalar(values[feedSeconds]), ambient: Scalar(values[ambient]),
            deadTimeSeconds: values[deadTime])
    }
}
