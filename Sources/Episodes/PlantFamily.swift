/// A plant and how its relatives may differ, normalised, with what an episode on it looks like.
package struct PlantFamily: Codable, Equatable, Sendable {
    package var name: String
    package var process: Process
    package var periodSeconds: Double
    /// The actuator works in two directions: commands in -1 ... 1 instead of 0 ... 1.
    package var isBipolar = false
    /// Price of a unit of travel of the command against a unit of error and sample.
    package var effortWeight = 0.3
    /// Setpoints of the episodes, in parts of the measurement span.
    package var setpoints = 0.2...0.75
    /// Step of the sensor in parts of the span; 0 for none.
    package var quantum = 1.0 / 4_096
    /// Acts beside the command in every episode: what holds the output where it rests without a
    /// command, or pulls an integrating process away from it.
    package var standingLoad = 0.0
    /// Deviation of the measurement noise in parts of the span.
    package var noise = 0.002

    package enum Process: Codable, Equatable, Sendable {
        case chain(ChainModel)
        case catalog(CatalogPlant)
        /// Any linear process, of which only gain, dead time and all times together are varied.
        case linear(LinearProcess)
    }

    package init(name: String, process: Process, periodSeconds: Double) {
        self.name = name
        self.process = process
        self.periodSeconds = periodSeconds
    }

    /// A linear family at the sample time that its dynamics ask for.
    package init(name: String, _ chain: ChainModel) {
        self.init(name: name, process: .chain(chain), periodSeconds: chain.samplePeriod)
        isBipolar = chain.isIntegrating
    }

    /// A linear process at the sample time that the model of its step response asks for.
    package init(name: String, _ linear: LinearProcess) {
        self.init(
            name: name, process: .linear(linear), periodSeconds: linear.linearised.samplePeriod)
        isBipolar = linear.linearised.isIntegrating
    }

    package var lagCount: Int {
        switch process {
        case .chain(let chain): chain.lags.count
        case .catalog: 2
        case .linear: 1
        }
    }

    /// Lowest command, and the distance to the highest.
    package var commandLow: Double { isBipolar ? -1 : 0 }
    package var commandSpan: Double { isBipolar ? 2 : 1 }

    /// Measurement spans per unit of output: a motor's span lies on both sides of standstill.
    package var spansPerUnit: Double { process == .catalog(.motor) ? 2 : 1 }

    /// A linear plant that the rules of tuning may take for the nominal one.
    package var linearised: ChainModel {
        switch process {
        case .chain(let chain): chain
        case .catalog(let plant): plant.linearised
        case .linear(let linear): linear.linearised
        }
    }

    /// Setpoints and measurements that a law trained on this family knows: a fifth of the span
    /// beyond the setpoints.
    package var envelope: ClosedRange<Double> {
        (setpoints.lowerBound - 0.2)...(setpoints.upperBound + 0.2)
    }

    /// Sixteen relatives.
    /// - Precondition: sixteen variations.
    package func plants(_ variations: [PlantVariation]) -> PlantLanes {
        switch process {
        case .chain(let chain):
            return PlantLanes(
                chains: variations.map { chain.varied($0) }, periodSeconds: periodSeconds)
        case .catalog(let plant):
            return plant.lanes(variations, periodSeconds: periodSeconds)
        case .linear(let linear):
            return PlantLanes(
                variations.map {
                    (linear.space.varied($0), linear.deadTime * $0.deadTime)
                },
                periodSeconds: periodSeconds)
        }
    }
}

extension ChainModel {
    /// The relative of a chain; a zero is scaled with the dead time.
    package func varied(_ variation: PlantVariation) -> ChainModel {
        var result = self
        result.gain *= variation.gain
        result.deadTime *= variation.deadTime
        result.zero *= variation.deadTime
        for index in lags.indices { result.lags[index] *= variation.lags[index] }
        result.pair?.time *= variation.lags[0]
        return result
    }
}
