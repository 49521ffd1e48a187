import CRealtime
import Configuration
import Control
import Glibc
import ModelFile
import Pictures

/// The first loop on standard output while it runs: a picture on a terminal, lines elsewhere.
struct LiveView: Sendable {
    private var view: TerminalView
    private let startNanoseconds: UInt64
    /// The terminal, opened once more; -1 without one.
    private var lastWordsDescriptor: Int32 = -1

    /// - Parameter startNanoseconds: time of the loop's clock that is shown as 0 s.
    init(_ settings: Settings, startNanoseconds: UInt64) {
        let loop = settings.loops[0]
        let actuator = settings.output(ofLoop: 0)
        let chart = TerminalChart(
            title: "\(settings.name): \(loop.name)",
            unit: settings.sensors[loop.sensor.index].unit.symbol,
            commandUnit: actuator.unit.symbol, commandRange: actuator.low...actuator.high)
        view = TerminalView(
            mode: isatty(1) == 1 ? Self.repaint() : .lines(every: 60), chart: chart)
        self.startNanoseconds = startNanoseconds
    }

    /// Takes the terminal. From now on a crash gives it back as `close` does.
    mutating func open() {
        guard case .repaint = view.mode else { return }
        // Opened anew, so that only this use never waits: a terminal that has been stopped must not
        // keep a process that crashes from its end.
        lastWordsDescriptor = unsafe Glibc.open(
            "/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        let words = view.closing
        // Without a place for them a crash leaves the cursor hidden, and no more than that.
        _ = unsafe flyball_rt_last_words_arm(
            lastWordsDescriptor, words, UInt32(words.utf8.count))
        Output.standard.write(view.opening)
    }

    /// Shows a tick, in the window as large as it is now.
    mutating func show(_ record: TickRecord, status: String) {
        if case .repaint = view.mode { view.mode = Self.repaint() }
        let sample = TerminalSample(
            time: Double(record.timeNanoseconds &- startNanoseconds) * 1e-9,
            setpoint: record.setpoint.doubleValue, measurement: record.estimate.doubleValue,
            command: record.output.doubleValue)
        Output.standard.write(view.update(sample, status: status))
    }

    /// Gives the terminal back.
    mutating func close() {
        Output.standard.write(view.closing)
        guard lastWordsDescriptor >= 0 else { return }
        flyball_rt_last_words_disarm(lastWordsDescriptor)
        _ = Glibc.close(lastWordsDescriptor)
        lastWordsDescriptor = -1
    }

    /// A terminal that does not say its size, or says none, is taken for one of 80 by 24.
    private static func repaint() -> TerminalView.Mode {
        var size = winsize()
        let isKnown = unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return .repaint(
            width: isKnown ? Int(size.ws_col) : 80, height: isKnown ? Int(size.ws_row) : 24)
    }
}
