import Assembly
import Configuration
import Control
import FoundationEssentials
import ModelFile
import Pictures
import Realtime
import Service
import Telemetry

/// What happens to each tick after the control thread: recorded, counted, shown, and logged when
/// something changes.
struct Follower: ~Copyable, Sendable {
    private var timing: TickTiming
    private var lastTime: UInt64 = 0
    private var recorder: Recorder?
    private var trail: AlarmTrail?
    private var settings: Settings
    private var lastStates: [UInt16?]
    private var lastFeeds: [FeedForwardState?]
    private let names: [String]
    private var view: LiveView?
    private var recordFault: IOFault?

    /// - Parameters:
    ///   - view: of the first loop, when one was asked for.
    ///   - realPeriodNanoseconds: period of the ticks in real time.
    init(
        _ settings: Settings, recorder: consuming Recorder?, trail: AlarmTrail?,
        view: LiveView?, realPeriodNanoseconds: UInt64
    ) {
        self.recorder = recorder
        self.trail = trail
        self.settings = settings
        timing = TickTiming(
            periodNanoseconds: realPeriodNanoseconds,
            budgetNanoseconds: RealtimeWishes.budgetNanoseconds(
                settings, periodNanoseconds: realPeriodNanoseconds),
            loopCount: settings.loops.count)
        names = settings.loops.map(\.name)
        lastStates = settings.loops.map { _ in nil }
        lastFeeds = settings.loops.map { _ in nil }
        self.view = view
    }

    /// Takes the terminal: not before there is a run to show.
    mutating func open() {
        view?.open()
    }

    /// Goes on in another file: another configuration is in force from the next tick on.
    mutating func revise(_ change: RunningConfiguration.Description, now: UInt64) {
        recorder?.revise(change.run, now: now)
        trail?.revise(change.run)
        settings = change.settings
    }

    mutating func take(_ record: TickRecord) {
        let loop = Int(record.loop)
        recorder?.write(record)
        trail?.take(record)
        timing.take(record)
        lastTime = record.timeNanoseconds
        if loop == 0 { show(record) }
        logFeed(record)
        let state = UInt16(record.state) << 8 | UInt16(record.cause)
        if lastStates[loop] != state {
            lastStates[loop] = state
            let place = trailPlace(record)
            if view == nil { logState(record, name: names[loop], trail: place) }
        }
    }

    /// Writes what is old enough and reports a record that cannot be written.
    mutating func flush(now: UInt64) {
        recorder?.flushIfDue(now: now)
        let fault = Self.fault(of: recorder)
        guard fault != recordFault else { return }
        recordFault = fault
        if let fault {
            Log.write(.error, "record: \(fault); the loops go on, not recorded", .recordFault)
        } else {
            Log.write(.notice, "record: works again", .recordRestored)
        }
    }

    /// Timing up to the last whole tick.
    func timing(pageFaults: PageFaults) -> RunTiming {
        timing.snapshot(pageFaults: pageFaults)
    }

    /// Closes the record and prints what the run was like.
    mutating func finish(droppedByRing: UInt64, pageFaults: PageFaults) {
        timing.close()
        note(timing(pageFaults: pageFaults).ticks)
        recorder?.close()
        view?.close()
        Self.print(timing.statistics.table)
        Self.print("page faults \(pageFaults.minor), from a disk \(pageFaults.major)\n")
        report(pageFaults)
        if droppedByRing > 0 {
            Log.write(
                .error, "\(droppedByRing) ticks found the ring full and were not recorded",
                .ticksLost)
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

    /// What should not have happened in a run; said once, at its end.
    private func report(_ pageFaults: PageFaults) {
        let late = timing.statistics.overBudget
        if late > 0, timing.statistics.budgetNanoseconds < timing.statistics.periodNanoseconds {
            Log.write(
                .warning, "\(late) ticks computed longer than realtime.budget_us", .overBudget)
        }
        guard pageFaults.minor + pageFaults.major > 0 else { return }
        Log.write(
            .notice,
            "the control thread met \(pageFaults.minor) page faults after its start, and "
                + "\(pageFaults.major) that waited for a disk", .pageFaults)
    }

    /// The last line of a record: the timing of the whole run, as JSON.
    private mutating func note(_ timing: TimingSnapshot) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let json = try? encoder.encode(timing) else { return }
        recorder?.note("timing " + String(decoding: json, as: UTF8.self), now: lastTime)
    }

    private static func fault(of recorder: borrowing Recorder?) -> IOFault? {
        switch recorder {
        case .none: return nil
        case .some(let recorder): return recorder.fault
        }
    }

    /// Where the ticks that led to a safe state are; `nil` when nothing went wrong.
    private mutating func trailPlace(_ record: TickRecord) -> String? {
        let cause = SupervisorCause(rawValue: record.cause)
        guard record.state == SupervisorState.safe.rawValue, cause != .starting,
            cause != .requested
        else { return nil }
        switch recorder {
        case .none: return trail?.write()
        case .some(let recorder):
            guard let directory = settings.record?.directory.value else { return nil }
            return settings.resolve(directory) + "/" + recorder.fileName
        }
    }

    /// Says it once when a feed-forward loses its sensor, and when it follows it again.
    private mutating func logFeed(_ record: TickRecord) {
        let loop = Int(record.loop)
        let state = FeedForwardState(rawValue: record.feedForwardState)
        let last = lastFeeds[loop]
        lastFeeds[loop] = state
        guard view == nil, state != last,
            let text = FeedForwardText.text(record, after: last, settings)
        else { return }
        let isLost = state == .fades || state == .holds
        Log.write(
            isLost ? .warning : .notice, "\(names[loop]): \(text)", .feedForward,
            fields: ["loop": names[loop]])
    }

    private func logState(_ record: TickRecord, name: String, trail: String?) {
        guard let state = SupervisorState(rawValue: record.state),
            let cause = SupervisorCause(rawValue: record.cause)
        else { return }
        let isSafe = state == .safe && cause != .starting
        let latch = record.latched != 0 ? ", latched" : ""
        var fields = ["loop": name, "state": "\(state)", "cause": "\(cause)"]
        var rest = CauseText.text(record, settings).map { ": \($0)" } ?? ""
        if let trail {
            rest += "; the last \(AlarmTrail.seconds) s are in \(trail)"
            fields["trail"] = trail
        }
        Log.write(
            isSafe ? .alert : .notice,
            "\(name): \(Self.name(of: state, record)) (\(cause)\(latch)) at tick "
                + "\(record.tick), estimate "
                + NumberText.significant(record.estimate.doubleValue) + rest,
            isSafe ? .safeState : .stateChanged,
            fields: fields)
    }

    /// The PID is a fallback only where another law was asked for.
    private static func name(of state: SupervisorState, _ record: TickRecord) -> String {
        let isAskedFor = record.requestedState == SupervisorState.fallback.rawValue
        return state == .fallback && isAskedFor ? "PID" : "\(state)"
    }

    private mutating func show(_ record: TickRecord) {
        guard view != nil else { return }
        let state = SupervisorState(rawValue: record.state) ?? .safe
        let cause = SupervisorCause(rawValue: record.cause) ?? .starting
        view?.show(record, status: "\(Self.name(of: state, record)) (\(cause))")
    }

    private static func print(_ text: String) {
        Output.standard.write(text)
    }
}
