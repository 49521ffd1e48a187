import ControlSocket
import Realtime

/// An experiment on a loop of a running daemon, asked for twice a second.
struct DaemonBench: ExperimentBench {
    let connection: DaemonConnection
    let loop: String

    private static let nanosecondsBetween: UInt64 = 500_000_000

    func status() throws -> LoopReportedStatus {
        let status = try connection.ask(ControlRequest(.status)).status
        guard let found = status?.loops.first(where: { $0.name == loop }) else {
            throw Console.fail(.failed, "the daemon runs no loop \"\(loop)\"")
        }
        return found
    }

    func begin(_ experiment: ExperimentRequest) throws -> UInt32 {
        var request = ControlRequest(.experiment, loop: loop)
        request.experiment = experiment
        guard let number = try connection.ask(request).number else {
            throw Console.fail(.failed, "the daemon's answer has no number")
        }
        return number
    }

    func progress(_ number: UInt32, after tick: UInt64?) throws -> ExperimentProgress {
        var request = ControlRequest(.progress, loop: loop)
        request.number = number
        request.after = tick
        guard let progress = try connection.ask(request).progress else {
            throw Console.fail(.failed, "the daemon's answer has no progress")
        }
        if progress.isActing, !progress.hasMore {
            MonotonicClock.sleep(
                untilNanoseconds: MonotonicClock.nowNanoseconds + Self.nanosecondsBetween)
        }
        return progress
    }

    func abort(_ number: UInt32) throws {
        var request = ControlRequest(.abort, loop: loop)
        request.number = number
        _ = try connection.ask(request)
    }
}
