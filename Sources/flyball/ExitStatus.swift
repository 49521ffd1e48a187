import ArgumentParser

/// What the programs exit with; the same numbers everywhere, so that scripts and systemd can tell.
enum ExitStatus: Int32 {
    /// A comparison or a check failed.
    case failed = 1
    case usage = 2
    /// Damaged data or model.
    case damaged = 65
    /// An input file is missing.
    case missing = 66
    /// A device is absent.
    case absent = 69
    case notPermitted = 77
    case configuration = 78

    var code: ExitCode { ExitCode(rawValue) }
}
