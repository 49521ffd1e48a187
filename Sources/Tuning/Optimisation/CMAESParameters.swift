/// The constants of the strategy for a dimension and a population (arXiv 1604.00772, table 1).
struct CMAESParameters: Sendable {
    /// Of the better half, falling, with sum 1.
    let weights: [Double]
    /// The variance-effective number of those.
    let effective: Double
    let stepLearning: Double
    let stepDamping: Double
    let pathLearning: Double
    let rankOne: Double
    let rankMu: Double
    /// The mean length of a normal vector.
    let expectedLength: Double
    /// Generations for which one decomposition of the covariance is good enough.
    let eigenInterval: Int

    init(dimension: Int, population: Int) {
        let n = Double(dimension)
        let half = PortableMath.ln(Double(population + 1) / 2)
        let raw = (1...population / 2).map { half - PortableMath.ln(Double($0)) }
        let sum = raw.reduce(0, +)
        weights = raw.map { $0 / sum }
        let mu = 1 / weights.reduce(0) { $0 + $1 * $1 }
        effective = mu
        stepLearning = (mu + 2) / (n + mu + 5)
        stepDamping =
            1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + stepLearning
        pathLearning = (4 + mu / n) / (n + 4 + 2 * mu / n)
        rankOne = 2 / ((n + 1.3) * (n + 1.3) + mu)
        rankMu = min(1 - rankOne, 2 * (0.25 + mu + 1 / mu - 2) / ((n + 2) * (n + 2) + mu))
        expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
        eigenInterval = max(1, Int(1 / (10 * n * (rankOne + rankMu))))
    }
}
