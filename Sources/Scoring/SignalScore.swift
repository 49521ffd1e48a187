/// Figures of a law and of the baselines on one signal, in the units of the plant's file.
package struct SignalScore: Codable, Sendable {
    package var plant: String
    package var periodSeconds: Double
    package var samples: Int
    package var laws: [LawFigures]
    /// Share of ticks in which the supervisor let another law act than the one judged.
    package var strayShare: Double

    /// One law: on the nominal plant, and on fifteen relatives within a quarter of it.
    package struct LawFigures: Codable, Equatable, Sendable {
        package var law: String
        /// Integral of |setpoint - output| without noise, output unit times seconds.
        package var iae: Double
        /// Sum of the changes of the command, in its unit.
        package var totalVariation: Double
        /// Largest |setpoint - output|, output unit.
        package var largestError: Double
        /// Mean of setpoint - output over the last tenth.
        package var finalError: Double
        /// The cost of episodes: error in spans and samples plus priced travel in ranges.
        package var cost: Double
        /// The law's cost over this one's; 1 for the law itself.
        package var lawOver: Double
        /// Largest ratio of the law's cost to this one's among the relatives.
        package var lawOverWorst: Double
    }
}
