import ControlSocket

/// Where an experiment is made: a running daemon, or the simulated plant.
protocol ExperimentBench {
    /// The loop as it is now.
    mutating func status() throws -> LoopReportedStatus
    /// Begins; the number of the experiment.
    mutating func begin(_ experiment: ExperimentRequest) throws -> UInt32
    /// What was measured in later ticks; asking for it keeps the experiment alive.
    mutating func progress(_ number: UInt32, after tick: UInt64?) throws -> ExperimentProgress
    mutating func abort(_ number: UInt32) throws
}
