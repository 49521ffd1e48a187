/// One measured number, and the largest that it may be.
struct Figure: Encodable {
    /// With its unit.
    let key: String
    let value: Double
    let limit: Double?

    init(_ key: String, _ value: Double, limit: Double? = nil) {
        self.key = key
        self.value = value
        self.limit = limit
    }

    var isWithinLimit: Bool { limit.map { value <= $0 } ?? true }
}
