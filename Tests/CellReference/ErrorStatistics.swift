/// The largest and the root mean square of many errors.
public struct ErrorStatistics: Sendable {
    public private(set) var maximum = 0.0
    private var sumOfSquares = 0.0
    private var count = 0.0

    public init() {}

    public var rootMeanSquare: Double { count == 0 ? 0 : (sumOfSquares / count).squareRoot() }

    public mutating func add(_ error: Double) {
        maximum = max(maximum, abs(error))
        sumOfSquares += error * error
        count += 1
    }
}
