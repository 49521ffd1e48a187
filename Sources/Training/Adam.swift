/// Adam (Kingma and Ba, ICLR 2015) with the decay rates 0.9 and 0.98.
struct Adam: Codable, Equatable, Sendable {
    private var mean: [Double]
    private var square: [Double]
    private var steps = 0
    private static let meanDecay = 0.9
    private static let squareDecay = 0.98

    init(count: Int) {
        mean = [Double](repeating: 0, count: count)
        square = mean
    }

    func isComplete(parameters count: Int) -> Bool {
        mean.count == count && square.count == count && steps >= 0
    }

    mutating func step(_ parameters: inout [Float], gradient: [Double], rate: Double) {
        steps += 1
        var (meanPower, squarePower) = (1.0, 1.0)
        for _ in 0..<steps {
            meanPower *= Self.meanDecay
            squarePower *= Self.squareDecay
            if squarePower < 1e-18 { break }
        }
        for index in parameters.indices {
            let slope = gradient[index]
            mean[index] = Self.meanDecay * mean[index] + (1 - Self.meanDecay) * slope
            square[index] =
                Self.squareDecay * square[index] + (1 - Self.squareDecay) * slope * slope
            let step = mean[index] / (1 - meanPower)
            let size = (square[index] / (1 - squarePower)).squareRoot() + 1e-8
            parameters[index] -= Float(rate * step / size)
        }
    }
}
