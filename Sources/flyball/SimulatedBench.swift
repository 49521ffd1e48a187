import ArgumentParser
import Assembly
import Configuration
import Control
import ControlSocket
import FixedPoint
import ModelFile

/// An experiment on the simulated plant: the loop, the desk and the requests are those of the
/// daemon, only the clock is not.
struct SimulatedBench: ExperimentBench {
    private var run: SimulatedRun
    private var desk: OperatorDesk
    private let settings: Settings
    private let loop: Int
    private var last: LoopStatus?

    /// Ticks between two looks at the progress: within the lease and the samples of an answer.
    private static let ticksBetween = 50

    init(_ settings: Settings, loop: Int, seed: UInt64?) throws {
        var quiet = settings
        // A load in the middle of the experiment would be taken for the process.
        quiet.simulation?.events = []
        self.settings = quiet
        self.loop = loop
        do throws(AssemblyError) {
            run = try SimulatedRun(quiet, law: .pid, seed: seed)
        } catch {
            throw Console.fail(error)
        }
        // The lease is in ticks: of a hundredth of a second no answer can come too late.
        desk = OperatorDesk(
            quiet, models: run.controllers.models, realPeriodSeconds: 0.01, processID: 0)
    }

    /// Holds the safe level from the beginning.
    mutating func rest() throws {
        let actuator = settings.output(ofLoop: loop)
        var request = ControlRequest(.mode, loop: settings.loops[loop].name)
        request.mode = "manual"
        request.output = actuator.safe
        _ = try ask(request)
    }

    /// Lets the PID settle for a time.
    mutating func settle(seconds: Double) {
        tick(Int(min(1e6, seconds * 1_000 / Double(settings.periodMilliseconds))))
    }

    mutating func status() throws -> LoopReportedStatus {
        let status = try ask(ControlRequest(.status)).status
        guard let found = status?.loops.first(where: { $0.name == settings.loops[loop].name })
        else {
            throw Console.fail(.failed, "the simulated loop has not run yet")
        }
        return found
    }

    mutating func begin(_ experiment: ExperimentRequest) throws -> UInt32 {
        var request = ControlRequest(.experiment, loop: settings.loops[loop].name)
        request.experiment = experiment
        guard let number = try ask(request).number else {
            throw Console.fail(.failed, "the experiment has no number")
        }
        return number
    }

    mutating func progress(_ number: UInt32, after tick: UInt64?) throws -> ExperimentProgress {
        var request = ControlRequest(.progress, loop: settings.loops[loop].name)
        request.number = number
        request.after = tick
        guard let progress = try ask(request).progress else {
            throw Console.fail(.failed, "the experiment has no progress")
        }
        if progress.isActing, !progress.hasMore { self.tick(Self.ticksBetween) }
        return progress
    }

    mutating func abort(_ number: UInt32) throws {
        var request = ControlRequest(.abort, loop: settings.loops[loop].name)
        request.number = number
        _ = try ask(request)
    }

    /// Of the program in a period of the loop: one of them is a tick of the loop.
    private var ticksPerPeriod: Int {
        settings.loops[loop].periodMilliseconds / settings.periodMilliseconds
    }

    /// A request as a client would send it, and the tick that obeys it.
    private mutating func ask(_ request: ControlRequest) throws -> ControlAnswer {
        let bytes: [UInt8]
        do throws(SocketFault) {
            bytes = try ControlCoding.line(request)
        } catch {
            throw Console.fail(.failed, error.description)
        }
        var orders: [LoopRequest] = []
        let line = SocketLine(client: 0, peer: SocketPeer(user: 0, process: 0), bytes: bytes)
        var reply = desk.take(line, now: 0) {
            orders.append($0)
            return true
        }
        for order in orders { run.take(order) }
        if reply == nil {
            tick(ticksPerPeriod)
            reply = desk.replies(now: 0).first
        }
        guard let answer = reply?.answer, answer.ok else {
            throw Console.fail(.failed, reply?.answer.error ?? "the loop did not obey")
        }
        return answer
    }

    private mutating func tick(_ count: Int) {
        for _ in 0..<count {
            var records: [TickRecord] = []
            run.step { record, _ in records.append(record) }
            for record in records { desk.take(run.status(record)) }
        }
    }
}
