import Devices
import FixedPoint
import Glibc
import Realtime
import Testing

@Suite("The end of a TCLab")
struct TCLabEndTests {
    /// A device on a scripted line that is stopped by its second request for temperatures.
    struct Run {
        let terminal: ScriptedTerminal
        let isConfirmed: Bool
        /// From the stop to the end of the thread, on the line's clock.
        let tookNanoseconds: UInt64

        /// - Parameter answer: to a request with its number, counted from the stop, or nil for the
        ///   board's own answer.
        init(
            deadlineNanoseconds: UInt64 = 100_000_000,
            prepare: (ScriptedTerminal) -> Void = { _ in },
            answer: @escaping @Sendable (Int) -> ScriptedTerminal.Answer?
        ) throws {
            var device = TCLabDevice(
                try TCLabSettings(
                    path: "/p", deadlineNanoseconds: deadlineNanoseconds,
                    cycleNanoseconds: 100_000_000))
            let stop = StopFlag()
            var board = FakeBoard("1.4.3")
            var scans = 0
            var sinceStop = -1
            let terminal = ScriptedTerminal { request in
                if request == "SCAN" { scans += 1 }
                if scans == 2 { sinceStop += 1 }
                let regular = board.answer(request)
                guard sinceStop >= 0 else { return regular }
                stop.raise()
                return answer(sinceStop) ?? regular
            }
            prepare(terminal)
            guard var acquisition = device.acquisition(stop: stop, calls: terminal) else {
                throw TCLabSettingsFault.channelTaken("thread")
            }
            acquisition.run()
            self.terminal = terminal
            isConfirmed = device.monitor.status == .stopped(confirmed: true)
            let isScan = terminal.requests.enumerated().filter { $0.element == "SCAN" }
            tookNanoseconds =
                terminal.nowNanoseconds - terminal.requestTimes[isScan[1].offset]
        }

        var opens: Int { terminal.trace.count { $0.hasPrefix("open") } }
    }

    /// Requests that an unheard board gets in three seconds: one in 80 ms, but for those that the
    /// end of a limit cuts short.
    static let threeSecondsOfRequests = 43

    /// The stop is noticed in the waits of a cycle that is out of step: three of them.
    static let longest = TCLabTiming.endLimit + 3 * TCLabTiming.stopStep + 1_000_000

    @Test("a board that is deaf for three seconds is opened anew and confirms its heaters off")
    func deaf() throws {
        let run = try Run { $0 < Self.threeSecondsOfRequests ? .nothing : nil }
        #expect(run.isConfirmed)
        #expect(run.opens == 2)
        // What is left after the silence: three answers and at most a round of deadlines.
        #expect(run.tookNanoseconds > 2_900_000_000)
        #expect(run.tookNanoseconds < 3_500_000_000)
    }

    @Test("a board that stays deaf is given up after the stated time")
    func deafForEver() throws {
        let run = try Run { _ in .nothing }
        #expect(!run.isConfirmed)
        #expect(run.tookNanoseconds <= Self.longest)
        #expect(run.tookNanoseconds >= TCLabTiming.endLimit - 2 * TCLabTiming.firstRetry)
    }

    @Test("a line that breaks at the end is opened again, as often as it takes")
    func broken() throws {
        let run = try Run(prepare: { terminal in
            terminal.fail(.open, with: 0, ENOENT, ENOENT)
            // VER, SCAN, Q1, Q2, SCAN, and then the board is pulled out.
            terminal.fail(.write, with: 0, 0, 0, 0, 0, EIO)
        }) { _ in nil }
        #expect(run.opens == 4)
        #expect(run.isConfirmed)
        #expect(run.terminal.requests.suffix(3) == ["Q1 0", "Q2 0", "X"])
    }

    @Test("a line that stays away is given up after the stated time")
    func gone() throws {
        let run = try Run(prepare: { terminal in
            terminal.fail(.open, with: 0)
            for _ in 0..<100 { terminal.fail(.open, with: ENOENT) }
            terminal.fail(.write, with: 0, 0, 0, 0, 0, EIO)
        }) { _ in nil }
        #expect(!run.isConfirmed)
        #expect(run.tookNanoseconds <= Self.longest)
    }

    @Test("a stop cuts a request of two seconds short")
    func cutsShort() throws {
        let run = try Run(deadlineNanoseconds: 2_000_000_000) { $0 == 0 ? .nothing : nil }
        #expect(run.isConfirmed)
        #expect(run.terminal.requests.suffix(3) == ["Q1 0", "Q2 0", "X"])
        #expect(run.tookNanoseconds < 200_000_000)
    }
}
