import FixedPoint

/// Minimises a function of some real numbers without derivatives: the covariance matrix adaptation
/// evolution strategy of Hansen, arXiv 1604.00772, with its default parameters and positive weights
/// only.
///
/// The caller evaluates a whole generation at a time, in whatever order: `sample`, then `update`
/// with the costs. The same seed, start and costs give the same search on every machine: the normal
/// numbers are sums of twelve uniform ones, and no function of the C library is used.
///
/// Bounds are mirrors: a point beyond is evaluated where its reflection is, so that no candidate
/// ever lies outside and no penalty has to be weighed.
package struct CMAES: Sendable {
    /// Numbers that are searched over.
    package let dimension: Int
    /// Candidates a generation.
    package let population: Int
    /// The best candidate so far; the start before the first update.
    package private(set) var best: [Double]
    package private(set) var bestCost = Double.infinity
    package private(set) var generation = 0
    /// The overall step, in units of the first deviations.
    package private(set) var step = 1.0

    private let parameters: CMAESParameters
    private let deviations: [Double]
    private let bounds: [ClosedRange<Double>]
    private let start: [Double]
    private var random: SplitMix64
    /// All below in units of the deviations, from the start.
    private var mean: [Double]
    private var covariance: Matrix
    private var eigen: SymmetricEigen
    private var covariancePath: [Double]
    private var stepPath: [Double]
    /// (1 - cs)^(2 generations).
    private var pathDecay = 1.0
    private var steps: [[Double]] = []

    /// - Parameters:
    ///   - start: where the search begins, inside the bounds.
    ///   - deviations: how far it looks at first in each number, above 0: about a third of where
    ///     the answer is expected.
    ///   - bounds: for each number; none for no bounds.
    ///   - population: 0 for the default 4 + 3 ln n.
    package init(
        start: [Double], deviations: [Double], bounds: [ClosedRange<Double>] = [],
        population: Int = 0, seed: UInt64
    ) {
        let n = start.count
        precondition(n >= 1 && deviations.count == n && deviations.allSatisfy { $0 > 0 })
        precondition(bounds.isEmpty || bounds.count == n)
        precondition(zip(bounds, start).allSatisfy { $0.contains($1) })
        precondition(population == 0 || population >= 4)
        dimension = n
        self.population =
            population > 0 ? population : 4 + Int(3 * PortableMath.ln(Double(n)))
        parameters = CMAESParameters(dimension: n, population: self.population)
        self.deviations = deviations
        self.bounds = bounds
        self.start = start
        best = start
        random = SplitMix64(seed: seed)
        mean = [Double](repeating: 0, count: n)
        covariance = Matrix.identity(n)
        eigen = SymmetricEigen(covariance)
        covariancePath = mean
        stepPath = mean
    }

    /// The largest deviation of the search now, as a share of the first: small when it has ended.
    package var spread: Double {
        step * max(0, eigen.values.max() ?? 0).squareRoot()
    }

    /// The candidates of a generation, inside the bounds.
    package mutating func sample() -> [[Double]] {
        steps = (0..<population).map { _ in
            let normal = (0..<dimension).map { index in
                max(0, eigen.values[index]).squareRoot() * nextNormal()
            }
            return eigen.vectors.times(normal)
        }
        return steps.map { point(at: $0) }
    }

    /// Takes the cost of each candidate of the last `sample`, in its order; one that is not a
    /// number counts as the worst.
    package mutating func update(costs: [Double]) {
        precondition(costs.count == population && steps.count == population)
        let ranked = costs.map { $0.isNaN ? Double.infinity : $0 }.enumerated()
            .sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
        if let first = ranked.first, first.element < bestCost {
            bestCost = first.element
            best = point(at: steps[first.offset])
        }
        let chosen = ranked.prefix(parameters.weights.count).map { steps[$0.offset] }
        adapt(chosen)
        steps = []
        generation += 1
        if generation.isMultiple(of: parameters.eigenInterval) {
            eigen = SymmetricEigen(covariance)
        }
    }

    private mutating func adapt(_ chosen: [[Double]]) {
        let n = dimension
        var move = [Double](repeating: 0, count: n)
        for (weight, step) in zip(parameters.weights, chosen) {
            for index in 0..<n { move[index] += weight * step[index] }
        }
        for index in 0..<n { mean[index] += step * move[index] }

        let cs = parameters.stepLearning
        let whitened = whiten(move)
        let stepGain = (cs * (2 - cs) * parameters.effective).squareRoot()
        for index in 0..<n {
            stepPath[index] = (1 - cs) * stepPath[index] + stepGain * whitened[index]
        }
        pathDecay *= (1 - cs) * (1 - cs)
        let length = stepPath.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Where the step grows fast the covariance waits.
        let isSteady =
            length / (1 - pathDecay).squareRoot()
            < (1.4 + 2 / Double(n + 1)) * parameters.expectedLength
        step *= PortableMath.exp(
            min(1, cs / parameters.stepDamping * (length / parameters.expectedLength - 1)))
        adaptCovariance(chosen, move, isSteady: isSteady)
    }

    private mutating func adaptCovariance(
        _ chosen: [[Double]], _ move: [Double], isSteady: Bool
    ) {
        let n = dimension
        let cc = parameters.pathLearning
        let pathGain = isSteady ? (cc * (2 - cc) * parameters.effective).squareRoot() : 0
        for index in 0..<n {
            covariancePath[index] = (1 - cc) * covariancePath[index] + pathGain * move[index]
        }
        let (c1, cmu) = (parameters.rankOne, parameters.rankMu)
        let kept = 1 - c1 - cmu + (isSteady ? 0 : c1 * cc * (2 - cc))
        for row in 0..<n {
            for column in 0...row {
                var sum = kept * covariance[row, column]
                sum += c1 * covariancePath[row] * covariancePath[column]
                for (weight, step) in zip(parameters.weights, chosen) {
                    sum += cmu * weight * step[row] * step[column]
                }
                covariance[row, column] = sum
                covariance[column, row] = sum
            }
        }
    }

    /// The inverse square root of the covariance times a vector.
    private func whiten(_ vector: [Double]) -> [Double] {
        var scaled = [Double](repeating: 0, count: dimension)
        for column in 0..<dimension {
            var sum = 0.0
            for row in 0..<dimension { sum += eigen.vectors[row, column] * vector[row] }
            scaled[column] = sum / max(eigen.values[column], 1e-300).squareRoot()
        }
        return eigen.vectors.times(scaled)
    }

    /// A candidate in the caller's units, reflected into the bounds.
    private func point(at offset: [Double]) -> [Double] {
        (0..<dimension).map { index in
            let free = start[index] + deviations[index] * (mean[index] + step * offset[index])
            guard !bounds.isEmpty else { return free }
            return Self.mirrored(free, bounds[index])
        }
    }

    static func mirrored(_ value: Double, _ range: ClosedRange<Double>) -> Double {
        let width = range.upperBound - range.lowerBound
        guard width > 0, value.isFinite else { return range.lowerBound }
        var offset = (value - range.lowerBound).truncatingRemainder(dividingBy: 2 * width)
        if offset < 0 { offset += 2 * width }
        let inside = range.lowerBound + (offset <= width ? offset : 2 * width - offset)
        return min(max(inside, range.lowerBound), range.upperBound)
    }

    private mutating func nextNormal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += Double(random.next() >> 11) * 0x1p-53 }
        return sum
    }
}
