import ArgumentParser

/// The experiments that a tuning can make.
enum TuneExperimentKind: String, ExpressibleByArgument, CaseIterable {
    case step, relay
}
