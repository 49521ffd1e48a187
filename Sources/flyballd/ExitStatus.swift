/// What the daemon exits with; systemd and scripts act on it.
enum ExitStatus: Int32 {
    case ended = 0
    case failed = 1
    case usage = 2
    case damaged = 65
    case missing = 66
    /// A device is absent, or something else answers in its place.
    case absent = 69
    case notPermitted = 77
    case configuration = 78
    /// A safe state is latched: only the operator may go on.
    case latched = 100
}
