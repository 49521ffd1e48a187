import CRealtime
import Devices
import Glibc
import Realtime
import Service

/// Ends the threads of a run: outputs first, then the record, then what was said.
///
/// No step waits longer than it is given here, so that a thread that hangs keeps no other step from
/// its turn, and the daemon has ended 5 s after the signal, the time that service managers give as
/// the least. A second signal changes nothing and is not needed.
struct OrderedEnd {
    /// The control thread looks at its flag every 100 ms; without it the devices turn off all the
    /// same.
    private static let controlNanoseconds: UInt64 = 400_000_000
    /// `TCLabTiming.endLimit`, beginning when the control thread has ended, and a little for busy
    /// machines.
    private static let outputsNanoseconds: UInt64 = 4_600_000_000
    /// From the begin, too: a record is closed while the devices turn off.
    private static let recordNanoseconds: UInt64 = 4_800_000_000
    /// For a reload that waits for the control thread in vain, to see that.
    private static let reloadNanoseconds: UInt64 = 50_000_000
    private static let wordsNanoseconds: UInt64 = 4_900_000_000

    /// The signal, or the last tick.
    let begin: UInt64

    /// Ends a run that never had threads but those of the devices.
    static func abandon(_ hardware: Hardware) {
        let end = OrderedEnd(begin: MonotonicClock.nowNanoseconds)
        if hardware.stop(byNanoseconds: end.begin + outputsNanoseconds) == .hung {
            end.leaveHung(.absent)
        }
    }

    /// The status to exit with. Does not return when a thread hangs: its owner would wait for it.
    func run(
        _ hardware: Hardware, control: borrowing RealtimeThread, _ controlStop: StopFlag,
        _ outcome: ControlOutcome, follower: borrowing RealtimeThread, _ followerStop: StopFlag,
        operators: borrowing SideThread, checkpoints: borrowing SideThread,
        reloads: borrowing ReloadSide, _ resumption: Resumption
    ) -> ExitStatus {
        operators.end()
        checkpoints.end()
        reloads.end()
        controlStop.raise()
        _ = control.hasEnded(byNanoseconds: begin + Self.controlNanoseconds)
        followerStop.raise()
        let outputs = hardware.stop(byNanoseconds: begin + Self.outputsNanoseconds)
        // A late one has ended meanwhile.
        let isControlHung = !control.hasEnded(byNanoseconds: 0)
        if isControlHung {
            Log.write(.alert, "the control thread hangs; the outputs are off", .threadHangs)
        }
        let isRecordHung = !follower.hasEnded(byNanoseconds: begin + Self.recordNanoseconds)
        if isRecordHung {
            Log.write(
                .error, "record: the disk does not answer; the end of the record is lost",
                .recordFault)
        }
        let isOperatorHung = !operators.hasEnded(byNanoseconds: begin + Self.recordNanoseconds)
        let isCheckpointHung = !checkpoints.hasEnded(byNanoseconds: begin + Self.recordNanoseconds)
        let isHung = isControlHung || isRecordHung || isOperatorHung || isCheckpointHung
        var status = isHung ? ExitStatus.failed : .ended
        if outputs != .confirmed { status = .absent }
        if outcome.isLatched { status = .latched }
        if !isHung && outputs != .hung { resumption.end() }
        // A model may take seconds to be read and proved: nobody needs it any more.
        let isReading = !reloads.hasEnded(
            byNanoseconds: MonotonicClock.nowNanoseconds + Self.reloadNanoseconds)
        if isHung || outputs == .hung || isReading { leaveHung(status) }
        _ = Output.finish(byNanoseconds: begin + Self.wordsNanoseconds)
        return status
    }

    private func leaveHung(_ status: ExitStatus) -> Never {
        _ = Output.finish(byNanoseconds: begin + Self.wordsNanoseconds)
        // The terminal of a view whose thread is the one that hangs.
        flyball_rt_last_words_say()
        _exit(status.rawValue)
    }
}
