import Glibc

/// Means over plants.
package enum Averages {
    /// exp of the mean logarithm. - Precondition: not empty.
    package static func geomean(_ values: [Double]) -> Double {
        precondition(!values.isEmpty)
        return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
    }

    /// The middle one, or the mean of the middle two. - Precondition: not empty.
    package static func median(_ values: [Double]) -> Double {
        precondition(!values.isEmpty)
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
