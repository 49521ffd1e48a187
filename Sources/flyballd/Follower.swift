import Configuration
import Control
import Glibc
import ModelFile
import Pictures
import Realtime
import Telemetry

/// What happens to each tick after the control thread: recorded, counted, shown, and logged when
/// something changes.
struct Follower: ~Copyable, Sendable {
    private(set) var statistics: TickStatistics
    private var recorder: Recorder?
    private var lastStates: [UInt16?]
    private let names: [String]
    private var view: TerminalView?
    private var recordFault: IOFault?

    /// - Parameter realPeriodNanoseconds: period of the ticks in real time.
    init(
        _ settings: Settings, recorder: consuming Recorder?, isLive: Bool,
        realPeriodNanoseconds: UInt64
    ) {
        self.recorder = recorder
        statistics = TickStatistics(periodNanoseconds: realPeriodNanoseconds)
        names = settings.loops.map(\.name)
        lastStates = settings.loops.map { _ in nil }
        if isLive { view = Self.view(settings) }
        if let view { Self.print(view.opening) }
    }

    mutating func take(_ record: TickRecord) {
        let loop = Int(record.loop)
        recorder?.write(record)
        if loop == 0 {
            statistics.record(
                latenessNanoseconds: record.latenessNanoseconds,
                stepNanoseconds: record.stepNanoseconds,
                missedPeriods: UInt64(record.missedPeriods))
            show(record)
        }
        let state = UInt16(record.state) << 8 | UInt16(record.cause)
        if lastStates[loop] != state {
            lastStates[loop] = state
            if view == nil { logState(record, name: names[loop]) }
        }
    }

    /// Writes what is old enough and reports a record that cannot be written.
    mutating func flush(now: UInt64) {
        recorder?.flushIfDue(now: now)
        let fault = Self.fault(of: recorder)
        guard fault != recordFault else { return }
        recordFault = fault
        if let fault {
            Log.write(.error, "record: \(fault); the loops go on, not recorded")
        } else {
            Log.write(.notice, "record: works again")
        }
    }

    /// Closes the record and prints what the run was like.
    mutating func finish(droppedByRing: UInt64) {
        recorder?.close()
        if let view { Self.print(view.closing) }
        Self.print(statistics.table)
        if droppedByRing > 0 {
            Log.write(.error, "\(droppedByRing) ticks found the ring full and were not recorded")
        }
        switch recorder {
        case .none: break
        case .some(let recorder):
            let lost = recorder.statistics.dropped
            Self.print(
                "record: \(recorder.statistics.recorded) ticks in \(recorder.statistics.files) "
                    + "files, \(lost) lost, last file \(recorder.fileName)\n")
        }
    }

    // MARK: Private

    private static func fault(of recorder: borrowing Recorder?) -> IOFault? {
        switch recorder {
        case .none: return nil
        case .some(let recorder): return recorder.fault
        }
    }

    private func logState(_ record: TickRecord, name: String) {
        guard let state = SupervisorState(rawValue: record.state),
            let cause = SupervisorCause(rawValue: record.cause)
        else { return }
        let isSafe = state == .safe && cause != .starting
        let latch = record.latched != 0 ? ", latched" : ""
        Log.write(
            isSafe ? .alert : .notice,
            "\(name): \(Self.name(of: state, record)) (\(cause)\(latch)) at tick "
                + "\(record.tick), estimate "
                + NumberText.significant(record.estimate.doubleValue))
    }

    /// The PID is a fallback only where another law was asked for.
    private static func name(of state: SupervisorState, _ record: TickRecord) -> String {
        let isAskedFor = record.requestedState == SupervisorState.fallback.rawValue
        return state == .fallback && isAskedFor ? "PID" : "\(state)"
    }

    private static func view(_ settings: Settings) -> TerminalView {
        let loop = settings.loops[0]
        let actuator = settings.actuators[loop.actuator.index]
        let chart = TerminalChart(
            title: "\(settings.name): \(loop.name)",
            unit: settings.sensors[loop.sensor.index].unit.symbol,
            commandUnit: actuator.unit.symbol, commandRange: actuator.low...actuator.high)
        guard isatty(1) == 1 else {
            return TerminalView(mode: .lines(every: 60), chart: chart)
        }
        var size = winsize()
        let isKnown = unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return TerminalView(
            mode: .repaint(
                width: isKnown ? Int(size.ws_col) : 80, height: isKnown ? Int(size.ws_row) : 24),
            chart: chart)
    }

    private mutating func show(_ record: TickRecord) {
        guard view != nil else { return }
        let state = SupervisorState(rawValue: record.state) ?? .safe
        let cause = SupervisorCause(rawValue: record.cause) ?? .starting
        let sample = TerminalSample(
            time: Double(record.timeNanoseconds) * 1e-9, setpoint: record.setpoint.doubleValue,
            measurement: record.estimate.doubleValue, command: record.output.doubleValue)
        let status = "\(Self.name(of: state, record)) (\(cause))"
        let text = view?.update(sample, status: status) ?? ""
        Self.print(text)
    }

    private static func print(_ text: String) {
        Output.standard.write(text)
    }
}
