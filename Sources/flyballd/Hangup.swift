import Glibc

/// What SIGHUP means: the terminal is gone, or somebody asks for the configuration to be read again.
///
/// A terminal that hangs up takes itself away from its processes before their shell can pass the
/// signal on; a service has none. So the run ends when it began with a terminal that it has no more.
struct Hangup {
    private let hadControllingTerminal: Bool
    /// Of standard input, output and error, those that began as terminals.
    private let terminals: [Int32]

    /// Looks at what there is at the start.
    init() {
        hadControllingTerminal = Self.hasControllingTerminal
        terminals = (0...2).filter { isatty($0) == 1 }
    }

    var isTerminalGone: Bool {
        hadControllingTerminal && !Self.hasControllingTerminal
            || terminals.contains { isatty($0) != 1 }
    }

    private static var hasControllingTerminal: Bool {
        let terminal = unsafe open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }
}
