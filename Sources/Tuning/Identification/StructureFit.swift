import Glibc

/// One structure fitted to a recording by least squares of the simulated output.
///
/// For given lags and dead time the rest is linear: the gain, the level at the start and, unless
/// the process is taken to begin at rest, the trace of what was under way before: a decay with the
/// slowest lag or, when integrating, the drift under the first command. So only lags and dead time
/// are searched for: on a grid, then from its best points by Levenberg and Marquardt's steps on the
/// residual that the linear fit leaves (variable projection, Golub and Pereyra, Inverse Problems
/// 19, 2003).
struct StructureFit {
    let structure: ModelStructure
    let beginsAtRest: Bool
    /// Logarithms of the lags, then the dead time.
    private(set) var point: [Double]
    private(set) var fit: LinearFit
    private let forced: ForcedResponse
    private let elapsed: [Double]
    private let target: [Double]
    private let limits: Limits

    /// What a recording can tell apart.
    struct Limits {
        let shortestLag: Double
        let longestLag: Double
        let longestDeadTime: Double
    }

    private static let startCount = 3
    private static let iterationLimit = 60
    private static let lagGrid = 14
    private static let deadTimeGrid = 12
    /// Measurements that the grid is looked at with.
    private static let gridSamples = 600

    /// Nil when no point of the grid can be fitted.
    init?(
        _ structure: ModelStructure, beginsAtRest: Bool, _ recording: Recording, _ limits: Limits
    ) {
        let known = recording.measurements.filter { !$0.isNaN }
        let stride = max(1, known.count / Self.gridSamples)
        let coarse = ForcedResponse(recording, every: stride)
        let thin = known.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
        let starts = Self.starts(structure, beginsAtRest: beginsAtRest, coarse, thin, limits)
        let forced = ForcedResponse(recording)
        let elapsed = forced.elapsed
        var best: (point: [Double], fit: LinearFit)?
        for start in starts {
            guard
                let found = Self.descend(
                    from: start, limits,
                    { Self.columns(structure, beginsAtRest: beginsAtRest, forced, elapsed, $0) },
                    known)
            else { continue }
            if found.fit.sumOfSquares < best?.fit.sumOfSquares ?? .infinity { best = found }
        }
        guard let best else { return nil }
        self.structure = structure
        self.beginsAtRest = beginsAtRest
        point = best.point
        fit = best.fit
        self.forced = forced
        self.elapsed = elapsed
        target = known
        self.limits = limits
    }

    /// The largest first.
    var lags: [Double] { Self.lags(point) }
    /// In the order of the columns of the Jacobian.
    var pointLags: [Double] { point.dropLast().map { exp($0) } }
    var deadTimeSeconds: Double { point[point.count - 1] }
    var gain: Double { fit.coefficients[0] }
    /// Gain, lags, dead time, level, and the trace.
    var parameterCount: Int { point.count + fit.coefficients.count }
    /// What the model says, at the times of the measurements.
    var predicted: [Double] { zip(target, fit.residuals).map { $0 - $1 } }

    /// The derivative of the prediction by gain, lags, dead time, and the other coefficients.
    var jacobian: [[Double]] {
        let columns = self.columns(at: point)
        var rows = [columns[0]]
        for index in point.indices {
            let step = Self.difference(point, index)
            var (up, down) = (point, point)
            up[index] += step
            down[index] = index == point.count - 1 ? max(0, down[index] - step) : down[index] - step
            let width = up[index] - down[index]
            // By the lag itself, not by its logarithm.
            let chain = index == point.count - 1 ? 1 : exp(point[index])
            let high = combined(self.columns(at: up))
            let low = combined(self.columns(at: down))
            rows.append(zip(high, low).map { ($0 - $1) / width / chain })
        }
        return rows + columns.dropFirst()
    }

    private func combined(_ columns: [[Double]]) -> [Double] {
        var sum = [Double](repeating: 0, count: elapsed.count)
        for (coefficient, column) in zip(fit.coefficients, columns) {
            for index in sum.indices { sum[index] += coefficient * column[index] }
        }
        return sum
    }

    private static func lags(_ point: [Double]) -> [Double] {
        point.dropLast().map { exp($0) }.sorted(by: >)
    }

    private func columns(at point: [Double]) -> [[Double]] {
        Self.columns(structure, beginsAtRest: beginsAtRest, forced, elapsed, point)
    }

    private static func columns(
        _ structure: ModelStructure, beginsAtRest: Bool, _ forced: ForcedResponse,
        _ elapsed: [Double], _ point: [Double]
    ) -> [[Double]] {
        let lags = lags(point)
        let response = forced.values(
            structure, lags: lags, deadTimeSeconds: max(0, point[point.count - 1]))
        let level = [Double](repeating: 1, count: elapsed.count)
        if beginsAtRest { return [response, level] }
        let slow = lags.first ?? 1
        return [
            response, level, structure.isIntegrating ? elapsed : elapsed.map { exp(-$0 / slow) },
        ]
    }

    /// The best points of the grid. A large trace can hide a wrong dead time: where one is fitted,
    /// as many points again are taken that fit best without.
    private static func starts(
        _ structure: ModelStructure, beginsAtRest: Bool, _ coarse: ForcedResponse,
        _ target: [Double], _ limits: Limits
    ) -> [[Double]] {
        let points = grid(structure, limits)
        let elapsed = coarse.elapsed
        return (beginsAtRest ? [true] : [true, false]).flatMap { isAtRest in
            points.compactMap { point -> (point: [Double], cost: Double)? in
                let columns = Self.columns(
                    structure, beginsAtRest: isAtRest, coarse, elapsed, point)
                return LinearFit(columns: columns, target: target).map { (point, $0.sumOfSquares) }
            }.sorted { $0.cost < $1.cost }.prefix(startCount).map(\.point)
        }
    }

    private static func grid(_ structure: ModelStructure, _ limits: Limits) -> [[Double]] {
        let (low, high) = (log(limits.shortestLag), log(limits.longestLag))
        let lags = (0..<lagGrid).map {
            low + (high - low) * (Double($0) + 0.5) / Double(lagGrid)
        }
        // Square law: short dead times are told apart more finely.
        let dead = (0..<deadTimeGrid).map { index in
            let share = Double(index) / Double(deadTimeGrid)
            return limits.longestDeadTime * share * share
        }
        switch structure.lagCount {
        case 0: return dead.map { [$0] }
        case 1: return lags.flatMap { lag in dead.map { [lag, $0] } }
        default:
            return lags.indices.flatMap { slow in
                (0...slow).flatMap { fast in dead.map { [lags[slow], lags[fast], $0] } }
            }
        }
    }

    /// A step small against what the fit can tell, large against rounding.
    private static func difference(_ point: [Double], _ index: Int) -> Double {
        guard index == point.count - 1 else { return 1e-4 }
        return 1e-4 * (point[index] + point.dropLast().reduce(0) { $0 + exp($1) }) + 1e-9
    }

    private static func descend(
        from start: [Double], _ limits: Limits, _ columns: ([Double]) -> [[Double]],
        _ target: [Double]
    ) -> (point: [Double], fit: LinearFit)? {
        func linear(_ point: [Double]) -> LinearFit? {
            LinearFit(columns: columns(point), target: target)
        }
        var point = start
        guard var fit = linear(point) else { return nil }
        var damping = 1e-3
        for _ in 0..<iterationLimit {
            let slopes = point.indices.map { index -> [Double] in
                let step = difference(point, index)
                var moved = point
                moved[index] += step
                guard let there = linear(moved) else {
                    return [Double](repeating: 0, count: target.count)
                }
                return zip(there.residuals, fit.residuals).map { ($0 - $1) / step }
            }
            guard let next = improved(slopes, point, fit, &damping, limits, linear) else { break }
            let gained = fit.sumOfSquares - next.fit.sumOfSquares
            (point, fit) = next
            if gained <= 1e-10 * fit.sumOfSquares { break }
        }
        return (point, fit)
    }

    /// A damped step that makes the residual smaller; nil when none does.
    private static func improved(
        _ slopes: [[Double]], _ point: [Double], _ fit: LinearFit, _ damping: inout Double,
        _ limits: Limits, _ linear: ([Double]) -> LinearFit?
    ) -> (point: [Double], fit: LinearFit)? {
        let size = point.count
        var normal = Matrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0..<size {
                normal[row, column] = LinearFit.product(slopes[row], slopes[column])
            }
        }
        let right = slopes.map { -LinearFit.product($0, fit.residuals) }
        for _ in 0..<12 {
            var damped = normal
            for index in 0..<size { damped[index, index] = normal[index, index] * (1 + damping) }
            if let move = damped.solvedSymmetric(right) {
                let next = bounded(zip(point, move).map { $0 + $1 }, limits)
                if next != point, let there = linear(next), there.sumOfSquares < fit.sumOfSquares {
                    damping = max(damping / 10, 1e-9)
                    return (next, there)
                }
            }
            damping *= 10
        }
        return nil
    }

    private static func bounded(_ point: [Double], _ limits: Limits) -> [Double] {
        var point = point
        for index in point.indices.dropLast() {
            point[index] = min(max(point[index], log(limits.shortestLag)), log(limits.longestLag))
        }
        let last = point.count - 1
        point[last] = min(max(point[last], 0), limits.longestDeadTime)
        return point
    }
}
